"""hokanko footage: list, show, the whole life of one piece, and the moving of its end."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from hokanko.footage import queries
from hokanko.footage.models import Footage
from hokanko.intake.actions import settle
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.management.commands.take_in import moment
from hokanko.people.queries import person
from hokanko.retention.actions import extend
from hokanko.retention.erase import erase_now
from hokanko.retention.proof import certificate_path


class Command(Base):
    help = "映像ファイルの一覧と経過"

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        listing = verbs.add_parser("list", help="一覧")
        listing.add_argument("--org")
        listing.add_argument("--state", choices=["held", "erased"])
        for verb, ja in (("show", "一つを示す"), ("life", "取込みから消去までの経過")):
            verbs.add_parser(verb, help=ja).add_argument("footage")
        settling = verbs.add_parser("settle", help="撮影日時や装着者を確定する")
        settling.add_argument("footage")
        settling.add_argument("--captured", type=moment, metavar="ISO")
        settling.add_argument("--wearer", metavar="LOGIN")
        settling.add_argument("--reason", required=True)
        by_option(settling, required=True)
        extending = verbs.add_parser("extend", help="保存期間を延ばす（認める規程だけ）")
        extending.add_argument("footage", nargs="+")
        extending.add_argument("--until", type=date.fromisoformat, metavar="DATE", help="後の末日")
        extending.add_argument("--purpose", action="append", default=[], help="規程の利用目的")
        extending.add_argument("--reason", default="", help="特に必要であると認めた理由")
        by_option(extending, required=True)
        erasing = verbs.add_parser("erase", help="期間より早く手で消去する（認める規程だけ）")
        erasing.add_argument("footage")
        erasing.add_argument("--reason", default="", help="消去する理由")
        by_option(erasing, required=True)

    def run(self, given: dict[str, Any]) -> Report:
        report: Report = getattr(self, f"_{given['verb']}")(given)
        return report

    def _list(self, given: dict[str, Any]) -> Report:
        rows = Footage.objects.select_related("camera", "wearer").order_by("created", "number")
        if given["org"]:
            rows = rows.filter(org=given["org"])
        if given["state"]:
            rows = rows.filter(state=given["state"])
        found = [queries.as_json(footage) for footage in rows]
        return Report(
            {"footage": found},
            [f"{f['number']}  {f['state']}  末日 {f['last_day']}  {f['source']}" for f in found],
        )

    def _show(self, given: dict[str, Any]) -> Report:
        footage = queries.footage(given["footage"])
        body = {
            **queries.as_json(footage),
            "facts": footage.facts,
            "origin": footage.origin,
            "captured_by": footage.captured_by,
            "duration_ms": footage.duration_ms,
        }
        return Report(body, [f"{name}: {value}" for name, value in body.items()])

    def _life(self, given: dict[str, Any]) -> Report:
        footage = queries.footage(given["footage"])
        acts = queries.life(footage)
        lines = [
            f"{act.at:%Y-%m-%d %H:%M:%S}  {act.ja}  {act.person}（{'、'.join(act.posts)}）"
            f"  {act.clause or '—'}"
            for act in acts
        ]
        return Report({"id": str(footage.pk), "acts": [act.as_json() for act in acts]}, lines)

    def _settle(self, given: dict[str, Any]) -> Report:
        footage = queries.footage(given["footage"])
        wearer = person(given["wearer"]) if given["wearer"] else None
        settle(
            footage,
            captured=given["captured"],
            wearer=wearer,
            reason=given["reason"],
            by=asker(given),
        )
        publish()
        return Report(queries.as_json(footage), [f"{footage.number} の撮影情報を確定しました。"])

    def _extend(self, given: dict[str, Any]) -> Report:
        pieces = [queries.footage(name) for name in given["footage"]]
        for footage in pieces:
            extend(footage, given["until"], given["reason"], given["purpose"], by=asker(given))
        publish()
        return Report(
            {"footage": [queries.as_json(footage) for footage in pieces]},
            [f"{footage.number}  末日 {footage.last_day}" for footage in pieces],
        )

    def _erase(self, given: dict[str, Any]) -> Report:
        footage = queries.footage(given["footage"])
        erasure = erase_now(footage, given["reason"], person(given["by"]), by=asker(given))
        path = str(certificate_path(erasure))
        body = {"erased": [str(footage.pk)], "certificates": [path]}
        return Report(body, [f"{footage.number} を消去し、証明書を出しました。", path])
