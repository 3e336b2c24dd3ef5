"""hokanko storage: which folders lie at the storage places of the rules."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from hokanko.backup.actions import declare_place, withdraw_place
from hokanko.backup.places import listed, place
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.people.models import Organisation
from hokanko.people.queries import organisation, thing_of_org
from hokanko.rules.decide import require


class Command(Base):
    help = "保管場所（映像と控えの置き場所）を届け出る"

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser("declare", help="フォルダーを届け出る")
        add.add_argument("folder", type=Path, metavar="DIR")
        add.add_argument("--org", required=True)
        add.add_argument("--place", required=True, help="規程の言葉で（例：役場3階サーバ室）")
        by_option(add, required=True)
        back = verbs.add_parser("withdraw", help="届出を取り下げる")
        back.add_argument("id", type=UUID)
        by_option(back, required=True)
        listing = verbs.add_parser("list", help="一覧")
        listing.add_argument("--org", required=True)
        by_option(listing)

    def run(self, given: dict[str, Any]) -> Report:
        by = asker(given)
        if given["verb"] == "withdraw":
            row = place(given["id"])
            org = row.org
            withdraw_place(row, by=by)
        else:
            org = organisation(given["org"])
        if given["verb"] == "declare":
            declare_place(org, given["place"], given["folder"].resolve(), by=by)
        if given["verb"] == "list":
            require(by, "terminal.list", thing_of_org(org))
        publish()
        return _report(org)


def _report(org: Organisation) -> Report:
    found = [
        {
            "id": str(each.row.pk) if each.row else None,
            "place": each.place,
            "folder": each.where,
        }
        for each in listed(org)
    ]
    lines = [f"{each['place']}\t{each['folder']}\t{each['id'] or '保管庫'}" for each in found]
    return Report({"org": org.pk, "storage": found}, lines or ["保管場所はありません。"])
