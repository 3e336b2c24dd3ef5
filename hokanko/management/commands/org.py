"""hokanko org: units and headquarters, and the rulebook that each adopts."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from hokanko.errors import Conflict
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.people.actions import add_organisation
from hokanko.people.models import Organisation
from hokanko.people.queries import organisation, thing_of_org
from hokanko.rules.actions import adopt
from hokanko.rules.actor import HOME
from hokanko.rules.decide import adoption


class Command(Base):
    help = "所属を登録し、規程を採択する"

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser("add", help="登録して規程を採択する")
        add.add_argument("--rulebook", required=True, metavar="CODE")
        add.add_argument("--name", required=True)
        add.add_argument("--code", required=True, metavar="ORG")
        add.add_argument("--kind", default="station", choices=["station", "patrol", "hq"])
        add.add_argument("--parent", metavar="HQ", help="上に置く警察本部の記号")
        add.add_argument("--set", action="append", default=[], metavar="PARAM=VALUE")
        by_option(add)
        again = verbs.add_parser("adopt", help="規程の新しい版を採択する")
        again.add_argument("--code", required=True, metavar="ORG")
        again.add_argument("--rulebook", required=True, metavar="CODE")
        again.add_argument("--set", action="append", default=[], metavar="PARAM=VALUE")
        by_option(again)
        verbs.add_parser("list", help="一覧")

    def run(self, given: dict[str, Any]) -> Report:
        verbs = {"add": self._add, "adopt": self._adopt, "list": self._list}
        return verbs[given["verb"]](given)

    def _adopt(self, given: dict[str, Any]) -> Report:
        org = organisation(given["code"])
        values = _pairs(given["set"])
        adopted = adopt(thing_of_org(org), given["rulebook"], values, by=asker(given))
        publish()
        return Report(
            {
                "org": org.pk,
                "name": org.name,
                "rulebook": adopted.book,
                "fingerprint": adopted.fingerprint,
            },
            [f"{org.name}は規程「{adopted.book}」の版 {adopted.fingerprint} を採択しました。"],
        )

    def _add(self, given: dict[str, Any]) -> Report:
        by = asker(given)
        parent = organisation(given["parent"]) if given["parent"] else None
        org = add_organisation(
            given["code"],
            given["name"],
            kind=given["kind"],
            parent=parent,
            rulebook=given["rulebook"],
            values=_pairs(given["set"]),
            by=by,
        )
        adopted = adoption(org.pk)
        assert adopted is not None, "it was adopted with the organisation"
        publish()
        return Report(
            {
                "org": org.pk,
                "name": org.name,
                "rulebook": adopted.book,
                "fingerprint": adopted.fingerprint,
            },
            [
                f"{org.name}（{org.pk}）を登録し、規程「{adopted.book}」を採択しました。",
                f"版の指紋: {adopted.fingerprint}",
            ],
        )

    def _list(self, given: dict[str, Any]) -> Report:
        del given
        rows = Organisation.objects.exclude(pk=HOME).order_by("pk")
        found = [{"org": o.pk, "name": o.name, "kind": o.kind, "parent": o.parent_id} for o in rows]
        return Report({"organisations": found}, [f"{o['org']}\t{o['name']}" for o in found])


def _pairs(words: list[str]) -> dict[str, str]:
    pairs = dict(word.partition("=")[::2] for word in words)
    if "" in pairs or any("=" not in word for word in words):
        raise Conflict("--set は 項目=値 の形で書いてください。", "Write --set as PARAM=VALUE.")
    return pairs
