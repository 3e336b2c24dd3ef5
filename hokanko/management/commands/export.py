"""hokanko export: hand footage over, through the verbs of provision and never around them."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from hokanko.errors import Missing
from hokanko.footage.models import Footage
from hokanko.footage.queries import footage
from hokanko.ledger.prove import proof_of
from hokanko.ledger.publish import publish
from hokanko.management import fields, requested
from hokanko.management.base import Command as Base
from hokanko.management.base import Report
from hokanko.management.commands.take_in import moment
from hokanko.management.fresh import refuse_taken, write_fresh
from hokanko.people.queries import actor, person
from hokanko.provision.handover import deliver, show_at_desk
from hokanko.provision.models import Provision
from hokanko.provision.reprint import record_paper, request_paper
from hokanko.provision.taker import BODY_KINDS, to_outsiders


class Command(Base):
    help = "受付・決裁・入力を経て、映像を包みとして提供する（窓口で見せるだけの記録は --show）"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("footage", nargs="+", help="映像ファイル番号（いくつでも）")
        parser.add_argument("--to", type=Path, help="包みを置く場所（.zip も可）")
        parser.add_argument(
            "--by", required=True, metavar="LOGIN", help="依頼者（外からの求めは、受け付けた者）"
        )
        parser.add_argument(
            "--purpose",
            action="append",
            default=[],
            help="規程の利用目的（police は ア・イ・ウ・法令）",
        )
        parser.add_argument("--purpose-note", default="", help="イの（　）内、又は法令名と条項")
        parser.add_argument("--outline", default="", help="事案概要")
        parser.add_argument("--from", dest="since", type=moment, help="事案取扱日時の始まり")
        parser.add_argument("--until", type=moment, help="事案取扱日時の終わり")
        parser.add_argument(
            "--wearer", metavar="LOGIN", help="カメラ装着警察官（既定は映像の装着者）"
        )
        parser.add_argument("--telephone", default="", help="電話（既定は登録された番号）")
        parser.add_argument("--remarks", default="", help="参考事項")
        parser.add_argument(
            "--still",
            action="append",
            default=[],
            metavar="MS",
            help="静止画の位置（ミリ秒）。映像が二つ以上のときは「番号:MS」。書けば画像の提供も依頼する",
        )
        parser.add_argument("--stills-only", action="store_true", help="映像は出力しない")
        parser.add_argument("--decided-by", metavar="LOGIN", help="運用管理者（当直は運用主任者）")
        parser.add_argument("--ground", default="", help="提供事由（規程の挙げる場合）")
        parser.add_argument("--ground-note", default="")
        parser.add_argument("--return-on", type=date.fromisoformat, help="返却又は廃棄の期限")
        parser.add_argument("--entered-by", metavar="LOGIN", help="運用主任者又は運用担当者")
        parser.add_argument("--medium", default="", help="外部記録媒体の番号")
        parser.add_argument(
            "--paper", type=Path, metavar="FILE", help="依頼書（外へは提供の記録）のPDFも書き出す"
        )
        fields.add_extent(parser)
        _for_outsiders(parser)

    def run(self, given: dict[str, Any]) -> Report:
        pieces, requester = [footage(each) for each in given["footage"]], person(given["by"])
        provision = requested.walked(pieces, requester, given)
        clerk = person(given["entered_by"]) if given["entered_by"] else provision.entered_by
        hander = clerk or requester  # a request that was declined has neither: asked, and refused
        taker = requested.taker_of(provision, requester, given)
        if given["show"]:
            line = show_at_desk(provision, hander, taker, by=actor(hander, via="cli"))
            publish()
            return _shown(provision, pieces, proof_of(line.id).index)
        if given["paper"] is not None:
            refuse_taken(given["paper"])
        if given["to"] is None:
            raise Missing(
                "包みを置く場所（--to）が要ります。", "Say where the package goes (--to)."
            )
        with fields.naming(fields.of_handing(provision, given)):
            done = deliver(
                provision,
                hander=hander,
                receiver=taker,
                delivering=requested.wants(given),
                medium=given["medium"],
                target=given["to"],
                protected=given["protected"],
                by=actor(hander, via="cli"),
            )
        if given["paper"] is not None:
            provision.refresh_from_db()
            outside = to_outsiders(provision.org_id)
            made = record_paper(provision) if outside else request_paper(provision)
            write_fresh(given["paper"], made)
        return Report(
            {
                "package": str(done.path),
                "footage": [str(piece.pk) for piece in pieces],
                "index": done.index,
                "request": provision.number,
            },
            [
                f"{provision.number}: {_numbers(pieces)} を提供しました。",
                f"包み: {done.path}（台帳 {done.index} 行目）",
                f"確かめ方: hokanko verify {done.path}",
            ],
        )


def _for_outsiders(parser: ArgumentParser) -> None:
    """What is told of somebody outside the house, under the rulebooks that know such."""
    parser.add_argument("--recipient", default="", help="提供先（機関名又は氏名）")
    parser.add_argument("--body-kind", default="", choices=["", *BODY_KINDS], help="提供先の種類")
    parser.add_argument(
        "--condition",
        action="append",
        default=[],
        metavar="NAME=TEXT",
        help="その場合に当たることを示す事項（名は規程の様式の項目）",
    )
    parser.add_argument("--necessity", default="", help="必要性の判断")
    parser.add_argument("--shown", type=int, default=1, help="識別できる人の数")
    parser.add_argument("--others", default="", help="同意のない人の扱い")
    for name, said in (("--consent", "同意した人と日"), ("--refused", "同意しなかった人と日")):
        parser.add_argument(name, action="append", default=[], metavar="NAME=DAY", help=said)
    parser.add_argument("--taker", default="", help="受け取る人の氏名")
    parser.add_argument("--identity", default="", help="身分を確かめた方法")
    parser.add_argument("--undertaking", type=date.fromisoformat, help="誓約書を受け取った日")
    parser.add_argument(
        "--protected",
        default="",
        metavar="HOW",
        help="マスクをかけずに渡すとき、決めたとおりにほかの人をどう守ったか",
    )
    parser.add_argument("--show", action="store_true", help="窓口で見せるだけで、何も渡さない")


def _numbers(pieces: Sequence[Footage]) -> str:
    return "、".join(piece.number for piece in pieces)


def _shown(provision: Provision, pieces: Sequence[Footage], index: int | None) -> Report:
    return Report(
        {
            "package": None,
            "footage": [str(piece.pk) for piece in pieces],
            "index": index,
            "request": provision.number,
        },
        [f"{provision.number}: {_numbers(pieces)} を窓口で見せたことを記録しました。"],
    )
