"""hokanko shift: the time a worn camera was out, what was not filmed, and closing the shift."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hokanko import clock
from hokanko.cameras.models import Checkout
from hokanko.errors import Missing
from hokanko.footage.worn import UNFILMED
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.people.models import Person
from hokanko.people.queries import organisation, person, thing_of_org
from hokanko.rules.decide import may, require
from hokanko.shifts import actions, queries
from hokanko.shifts.queries import Asked, Shift


class Command(Base):
    help = "勤務の一覧、撮影していない時間の説明、締め、一時停止の集計"

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        listing = verbs.add_parser("list", help="一覧")
        count = verbs.add_parser("pauses", help="一時停止を事由ごとに数える")
        count.add_argument("--since", type=date.fromisoformat, metavar="YYYY-MM-DD")
        count.add_argument("--until", type=date.fromisoformat, metavar="YYYY-MM-DD")
        for each in (listing, count):
            each.add_argument("--org", required=True)
            by_option(each)
        show = verbs.add_parser("show", help="一つの勤務")
        told = verbs.add_parser("explain", help="撮影していない時間を説明する")
        told.add_argument("--gap", type=int, required=True, metavar="N", help="show の番号")
        told.add_argument("--ground", default="", help="一時停止の事由（ア・イ・ウ）")
        told.add_argument("--words", default="", help="理由")
        end = verbs.add_parser("close", help="勤務を締める")
        for each in (show, told, end):
            each.add_argument("shift", type=UUID, metavar="ID")
            by_option(each, required=True)

    def run(self, given: dict[str, Any]) -> Report:
        verb = given["verb"]
        if verb == "list":
            return self._list(given)
        if verb == "pauses":
            return self._pauses(given)
        out = queries.checkout(given["shift"])
        if verb == "explain":
            self._explain(out, given, person(given["by"]))
        elif verb == "close":
            actions.close(out, closer=person(given["by"]), by=asker(given))
        publish()
        return self._show(out, given)

    def _list(self, given: dict[str, Any]) -> Report:
        org, by = organisation(given["org"]), asker(given)
        everybody = may(by, "shift.read", thing_of_org(org), own=False)
        me = person(given["by"]) if given["by"] else None
        mine = me is not None and me.org_id == org.pk and not everybody
        require(by, "shift.read", thing_of_org(org), own=mine)
        found = queries.listing(org.pk, wearer=me if mine else None)
        lines = [
            f"{row.checkout.pk}\t{clock.iso(row.checkout.out_at)}\t{row.checkout.camera.number}"
            f"\t{row.checkout.wearer.name}\t{_state(row)}"
            for row in found
        ]
        body = {"org": org.pk, "shifts": [_as_json(row) for row in found]}
        return Report(body, lines or ["勤務の記録はありません。"])

    def _pauses(self, given: dict[str, Any]) -> Report:
        org = organisation(given["org"])
        require(asker(given), "shift.read", thing_of_org(org), own=False)
        until = given["until"] or clock.today()
        since = given["since"] or until - timedelta(days=30)
        counted = dict(sorted(queries.pauses_by_ground(org.pk, since, until).items()))
        body = {"org": org.pk, "since": str(since), "until": str(until), "pauses": counted}
        lines = [f"{ground}\t{count}" for ground, count in counted.items()]
        return Report(body, lines or ["事由を記した一時停止はありません。"])

    def _explain(self, out: Checkout, given: dict[str, Any], me: Person) -> None:
        asked = queries.shift(out).asked
        if not 1 <= given["gap"] <= len(asked):
            raise Missing("その番号の時間はありません。", "There is no gap of that number.")
        actions.explain(
            out,
            asked[given["gap"] - 1].gap,
            ground=given["ground"],
            words=given["words"],
            teller=me,
            by=asker(given),
        )

    def _show(self, out: Checkout, given: dict[str, Any]) -> Report:
        by = asker(given)
        own = queries.is_own(out, by)
        require(by, "shift.read", thing_of_org(out.camera.org), own=own)
        found = queries.shift(out)
        lines = [
            f"{number}\t{UNFILMED[each.gap.kind]}\t{clock.iso(each.gap.begun)}"
            f"\t{each.gap.minutes} 分\t{_told(each)}"
            for number, each in enumerate(found.asked, 1)
        ]
        return Report(_as_json(found), [*lines, f"状態\t{_state(found)}"])


def _told(asked: Asked) -> str:
    return f"説明済み {asked.told.ground}".strip() if asked.told else "説明がまだ"


def _state(shift: Shift) -> str:
    if shift.closing is not None:
        return "締めた"
    if shift.owed:
        return f"説明が要るもの {shift.owed} 件"
    ended = shift.checkout.returned_at or shift.checkout.lost_at
    return "説明は済んでいる" if ended else "持ち出し中"


def _as_json(shift: Shift) -> dict[str, object]:
    """A shift without what people wrote."""
    out = shift.checkout
    return {
        "id": str(out.pk),
        "camera": out.camera.number,
        "wearer": out.wearer.name,
        "out": clock.iso(out.out_at),
        "returned": clock.iso(out.returned_at) if out.returned_at else None,
        "closed": shift.closing is not None,
        "gaps": [
            {
                "kind": each.gap.kind,
                "begun": clock.iso(each.gap.begun),
                "ended": clock.iso(each.gap.ended),
                "minutes": each.gap.minutes,
                "long": each.gap.is_long,
                "explained": each.told is not None,
                "ground": each.told.ground if each.told else "",
            }
            for each in shift.asked
        ],
        "consents_owed": len(shift.unconsented),
    }
