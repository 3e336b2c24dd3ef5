"""hokanko export: hand footage over, through the verbs of provision and never around them."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hokanko.errors import Conflict, Missing, Refusal
from hokanko.footage.models import Footage
from hokanko.footage.queries import footage
from hokanko.ledger.prove import proof_of
from hokanko.ledger.publish import publish
from hokanko.management import fields
from hokanko.management.base import Command as Base
from hokanko.management.base import Report
from hokanko.management.commands.take_in import moment
from hokanko.management.fresh import refuse_taken, write_fresh
from hokanko.people.models import Person
from hokanko.people.queries import actor, person
from hokanko.provision.actions import ask, enter, grant
from hokanko.provision.consenting import Said, record_consent
from hokanko.provision.form import Form
from hokanko.provision.handover import deliver, show_at_desk
from hokanko.provision.judging import Judged
from hokanko.provision.models import Provision
from hokanko.provision.reprint import record_paper, request_paper
from hokanko.provision.taker import BODY_KINDS, Taker, to_outsiders
from hokanko.rules.decide import adopted_book, parameter

HOUR = timedelta(hours=1)
Chosen = Sequence[tuple[Footage, Sequence[int]]]
OPEN = ("asked", "returned", "approved", "entered")


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
        files = fields.wanted(pieces, given["still"])
        provision = _open_request(pieces, requester, given) or _submit(files, requester, given)
        _record_consents(provision, requester, given)
        _decide(provision, given)
        _enter(provision, files, given)
        clerk = person(given["entered_by"]) if given["entered_by"] else provision.entered_by
        hander = clerk or requester  # a request that was declined has neither: asked, and refused
        taker = _taker(provision, requester, given)
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
                delivering=_wants(given),
                medium=given["medium"],
                target=given["to"],
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
    parser.add_argument("--show", action="store_true", help="窓口で見せるだけで、何も渡さない")


def _wants(given: dict[str, Any]) -> list[str]:
    if given["show"]:
        return ["show"]
    return (["still"] if given["still"] else []) + ([] if given["stills_only"] else ["medium"])


def _record_consents(provision: Provision, recorder: Person, given: dict[str, Any]) -> None:
    said = [(pair, True) for pair in fields.pairs(given["consent"])]
    said += [(pair, False) for pair in fields.pairs(given["refused"])]
    for (name, day), yes in said:
        answer = Said(name, yes, date.fromisoformat(day))
        record_consent(provision, answer, recorder, by=actor(recorder, via="cli"))


def _taker(provision: Provision, requester: Person, given: dict[str, Any]) -> Taker:
    if not to_outsiders(provision.org_id):
        return Taker(requester.name, person=requester)
    return Taker(
        given["taker"],
        recipient=given["recipient"] or provision.recipient,
        identity=given["identity"],
        undertaking_on=given["undertaking"],
    )


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


def _open_request(
    pieces: Sequence[Footage], requester: Person, given: dict[str, Any]
) -> Provision | None:
    """A request of this person for all this footage that is still on its way."""
    mine = Provision.objects.filter(requester=requester)
    for piece in pieces:
        mine = mine.filter(files__footage=piece)
    if given["recipient"]:
        mine = mine.filter(recipient=given["recipient"])
    return mine.filter(state__in=OPEN).order_by("submitted_at", "pk").first()


def _submit(files: Chosen, requester: Person, given: dict[str, Any]) -> Provision:
    taken = sorted(piece.captured or piece.created for piece, _stills in files)
    org, worn = files[0][0].org, [piece.wearer for piece, _stills in files if piece.wearer]
    form = Form(
        outline=given["outline"],
        happened_from=given["since"] or taken[0],
        happened_until=given["until"] or taken[-1] + HOUR,
        wearer=person(given["wearer"]) if given["wearer"] else next(iter(worn), None),
        wants=_wants(given),
        purposes=given["purpose"],
        purpose_note=given["purpose_note"],
        telephone=given["telephone"] or ("" if given["recipient"] else requester.telephone),
        remarks=given["remarks"],
        recipient=given["recipient"],
        body_kind=given["body_kind"],
    )
    by = actor(requester, via="cli")
    with fields.naming(fields.of_request(org, form)):
        provision = ask(org, form, requester, files, by=by)
    publish()
    return provision


def _decide(provision: Provision, given: dict[str, Any]) -> None:
    if provision.state == "returned":
        raise Conflict(
            f"依頼書 {provision.number} は、依頼者の答え・確認を待っています。",
            f"Request {provision.number} waits for its requester.",
            mend_ja="依頼者が答えて出し直したあとで、もう一度実行してください"
            "（hokanko request answer）。",
            mend_en="Run it again once the requester has answered (hokanko request answer).",
        )
    if provision.state != "asked":
        return
    if not given["decided_by"]:
        raise _waits(provision, "provision.decider", "決裁", "--decided-by, --ground")
    decider = person(given["decided_by"])
    stated = dict(fields.pairs(given["condition"]))
    told = (given["necessity"], given["shown"], given["others"], given["return_on"])
    judged = Judged(stated, *told)
    by, ground, note = actor(decider, via="cli"), given["ground"], given["ground_note"]
    with fields.naming(fields.of_decision(provision, given, stated)):
        grant(provision, decider, ground, note, judged=judged, by=by)


def _enter(provision: Provision, files: Chosen, given: dict[str, Any]) -> None:
    if provision.state != "approved":
        return
    if not given["entered_by"]:
        raise _waits(provision, "provision.entered_by", "専用アプリへの入力", "--entered-by")
    clerk = person(given["entered_by"])
    extent, by = fields.extent_of(provision, given), actor(clerk, via="cli")
    enter(provision, clerk, files, extent=extent, by=by)


def _waits(provision: Provision, named: str, what: str, option: str) -> Refusal:
    """The request stands and waits for the posts that a parameter names: nothing is handed over."""
    book = adopted_book(provision.org_id)
    clauses = book.parameter(named).clauses[:1]
    posts = parameter(provision.org_id, named) or parameter(provision.org_id, "provision.decider")
    whose = f"{posts[0]}の" if named == "provision.decider" else ""
    refusal = Refusal(
        f"依頼書 {provision.number} は、{whose}{what}を待っています。",
        f"Request {provision.number} waits for a decision or entry.",
        clauses=clauses,
        article=book.clause(clauses[0]).article if clauses else "",
        who_may=posts,
        mend_ja=f"済んだら同じ命令をもう一度実行してください（{option}）。",
        mend_en=f"Run the same command again afterwards ({option}).",
    )
    refusal.verb, refusal.org = "provision.hand_over", provision.org_id
    refusal.about = f"provision:{provision.pk}"
    return refusal
