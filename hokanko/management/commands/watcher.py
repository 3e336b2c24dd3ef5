"""hokanko watcher: who is told when a camera falls silent."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from hokanko.errors import Unavailable
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.people.queries import organisation, thing_of_org
from hokanko.recorder.alarm import send
from hokanko.recorder.models import Watcher
from hokanko.recorder.queries import watcher, watchers
from hokanko.recorder.watchers import EMAIL, WEBHOOK, add_watcher, drop_watcher
from hokanko.rules.decide import require


class Command(Base):
    help = "カメラの途絶を知らせる先"

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        found = verbs.add_parser("list", help="一覧")
        add = verbs.add_parser("add", help="登録する")
        for each in (found, add):
            each.add_argument("--org", required=True)
        add.add_argument("--means", required=True, choices=[EMAIL, WEBHOOK])
        add.add_argument("--address", required=True, help="電子メール、又は https:// のアドレス")
        for name, words in (("drop", "外す"), ("try", "試しに送る")):
            one = verbs.add_parser(name, help=words)
            one.add_argument("watcher", type=UUID, metavar="ID")
            by_option(one, required=True)
        for each in (found, add):
            by_option(each, required=True)

    def run(self, given: dict[str, Any]) -> Report:
        report: Report = getattr(self, f"_{given['verb']}")(given)
        publish()
        return report

    def _list(self, given: dict[str, Any]) -> Report:
        org = organisation(given["org"])
        require(asker(given), "intake.watch", thing_of_org(org))
        rows = [_told(row) for row in watchers(org)]
        lines = [f"{row['id']}\t{row['means']}\t{row['address']}\t{row['trouble']}" for row in rows]
        return Report({"watchers": rows}, lines or ["登録がありません。"])

    def _add(self, given: dict[str, Any]) -> Report:
        org = organisation(given["org"])
        row, secret = add_watcher(org, given["means"], given["address"], by=asker(given))
        lines = [f"登録しました: {row.pk}"]
        if secret:
            lines.append(f"署名の鍵（この一度だけ示します）: {secret}")
        return Report(_told(row) | {"secret": secret or None}, lines)

    def _drop(self, given: dict[str, Any]) -> Report:
        row = watcher(given["watcher"])
        drop_watcher(row, by=asker(given))
        return Report({"dropped": str(row.pk)}, ["外しました。"])

    def _try(self, given: dict[str, Any]) -> Report:
        row = watcher(given["watcher"])
        require(asker(given), "intake.watch", thing_of_org(row.org))
        try:
            send(row, None, ended=False)
        except Unavailable as error:
            return Report({"taken": False, "trouble": error.en}, [str(error)], 1)
        return Report({"taken": True, "trouble": ""}, ["受け取られました。"])


def _told(row: Watcher) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "means": row.means,
        "address": row.address,
        "reached_at": row.reached_at.isoformat() if row.reached_at else None,
        "trouble": row.trouble,
    }
