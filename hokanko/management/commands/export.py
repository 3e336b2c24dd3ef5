"""hokanko export: hand footage over, through the verbs of provision and never around them."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from hokanko.errors import Refusal
from hokanko.footage.models import Footage
from hokanko.footage.queries import footage
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report
from hokanko.management.commands.take_in import moment
from hokanko.people.models import Person
from hokanko.people.queries import actor, person
from hokanko.provision.actions import Form, ask, enter, grant
from hokanko.provision.handover import deliver
from hokanko.provision.models import Provision

HOUR = timedelta(hours=1)


class Command(Base):
    help = "依頼書・決裁・入力を経て、映像を包みとして提供する"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("footage")
        parser.add_argument("--to", required=True, type=Path, help="包みを置く場所（.zip も可）")
        parser.add_argument("--by", required=True, metavar="LOGIN", help="依頼者")
        parser.add_argument("--purpose", action="append", default=[], help="ア・イ・ウ・法令")
        parser.add_argument("--purpose-note", default="", help="イの（　）内、又は法令名と条項")
        parser.add_argument("--outline", default="", help="事案概要")
        parser.add_argument("--from", dest="since", type=moment, help="事案取扱日時の始まり")
        parser.add_argument("--until", type=moment, help="事案取扱日時の終わり")
        parser.add_argument(
            "--wearer", metavar="LOGIN", help="カメラ装着警察官（既定は映像の装着者）"
        )
        parser.add_argument("--telephone", default="", help="警電（既定は登録された番号）")
        parser.add_argument("--remarks", default="", help="参考事項")
        parser.add_argument(
            "--still",
            action="append",
            type=int,
            default=[],
            metavar="MS",
            help="静止画の位置（ミリ秒）。書けば画像の提供も依頼する",
        )
        parser.add_argument("--stills-only", action="store_true", help="映像は出力しない")
        parser.add_argument("--decided-by", metavar="LOGIN", help="運用管理者（当直は運用主任者）")
        parser.add_argument("--ground", default="", help="提供事由 ア〜エ")
        parser.add_argument("--ground-note", default="")
        parser.add_argument("--entered-by", metavar="LOGIN", help="運用主任者又は運用担当者")
        parser.add_argument("--medium", default="", help="外部記録媒体の番号")

    def run(self, given: dict[str, Any]) -> Report:
        piece, requester = footage(given["footage"]), person(given["by"])
        provision = _open_request(piece, requester) or _submit(piece, requester, given)
        _decide(provision, given)
        _enter(provision, piece, given)
        hander = person(given["entered_by"]) if given["entered_by"] else provision.entered_by
        delivering = (["still"] if given["still"] else []) + (
            [] if given["stills_only"] else ["medium"]
        )
        assert hander is not None, "entering was refused otherwise"
        done = deliver(
            provision,
            hander=hander,
            receiver=requester,
            delivering=delivering,
            medium=given["medium"],
            target=given["to"],
            by=actor(hander, via="cli"),
        )
        return Report(
            {
                "package": str(done.path),
                "footage": [str(piece.pk)],
                "index": done.index,
                "request": provision.number,
            },
            [
                f"{provision.number}: {piece.number} を提供しました。",
                f"包み: {done.path}（台帳 {done.index} 行目）",
                f"確かめ方: hokanko verify {done.path}",
            ],
        )


def _open_request(piece: Footage, requester: Person) -> Provision | None:
    """A request of this person for this footage that is still on its way."""
    mine = Provision.objects.filter(requester=requester, files__footage=piece)
    return mine.filter(state__in=("asked", "approved", "entered")).order_by("submitted_at").first()


def _submit(piece: Footage, requester: Person, given: dict[str, Any]) -> Provision:
    taken = piece.captured or piece.created
    wants = (["still"] if given["still"] else []) + ([] if given["stills_only"] else ["medium"])
    form = Form(
        outline=given["outline"],
        happened_from=given["since"] or taken,
        happened_until=given["until"] or taken + HOUR,
        wearer=person(given["wearer"]) if given["wearer"] else piece.wearer,
        wants=wants,
        purposes=given["purpose"],
        purpose_note=given["purpose_note"],
        telephone=given["telephone"] or requester.telephone,
        remarks=given["remarks"],
    )
    by = actor(requester, via="cli")
    provision = ask(piece.org, form, requester, [(piece, given["still"])], by=by)
    publish()
    return provision


def _decide(provision: Provision, given: dict[str, Any]) -> None:
    if provision.state != "asked":
        return
    if not given["decided_by"]:
        raise _waits(
            provision, "police-7.2.4", "運用管理者の決裁", "運用管理者", "--decided-by, --ground"
        )
    decider = person(given["decided_by"])
    grant(provision, decider, given["ground"], given["ground_note"], by=actor(decider, via="cli"))


def _enter(provision: Provision, piece: Footage, given: dict[str, Any]) -> None:
    if provision.state != "approved":
        return
    if not given["entered_by"]:
        raise _waits(provision, "police-7.2.5", "専用アプリへの入力", "運用担当者", "--entered-by")
    clerk = person(given["entered_by"])
    enter(provision, clerk, [(piece, given["still"])], by=actor(clerk, via="cli"))


def _waits(provision: Provision, clause: str, what: str, who: str, option: str) -> Refusal:
    """The request stands and waits for somebody: nothing is handed over yet."""
    refusal = Refusal(
        f"依頼書 {provision.number} は、{what}を待っています。",
        f"Request {provision.number} waits for a decision or entry.",
        clauses=[clause],
        article={"police-7.2.4": "第7 2(4)", "police-7.2.5": "第7 2(5)"}[clause],
        who_may=[who],
        mend_ja=f"済んだら同じ命令をもう一度実行してください（{option}）。",
        mend_en=f"Run the same command again afterwards ({option}).",
    )
    refusal.verb, refusal.org = "provision.hand_over", provision.org_id
    refusal.about = f"provision:{provision.pk}"
    return refusal
