"""hokanko medium: what was handed out, and its return or destruction."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any
from uuid import UUID

from hokanko import clock
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.people.models import Person
from hokanko.people.queries import organisation, thing_of_org
from hokanko.provision import media
from hokanko.provision.ending import Ending, end
from hokanko.provision.models import ProvidedMedium
from hokanko.rules.decide import require


class Command(Base):
    help = "渡した媒体・画像の管理簿"

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        listed = verbs.add_parser("list", help="渡した媒体・画像の一覧")
        listed.add_argument("--org", required=True)
        listed.add_argument("--overdue", action="store_true", help="期限を過ぎたものだけ")
        by_option(listed)
        for kind, words in ((media.RETURNED, "返却"), (media.DESTROYED, "廃棄")):
            ended = verbs.add_parser(kind, help=f"{words}を記録する")
            ended.add_argument("number", metavar="NUMBER", help="管理番号")
            ended.add_argument("--how", required=True, help="方法")
            ended.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD")
            by_option(ended)

    def run(self, given: dict[str, Any]) -> Report:
        if given["verb"] == "list":
            return _listed(given)
        piece, by = media.medium_of(given["number"]), asker(given)
        ending = Ending(given["verb"], given["on"] or clock.today(), given["how"])
        end(piece, ending, Person.objects.get(pk=UUID(by.id)), by=by)
        publish()
        return Report(_as_json(piece), [f"{piece.number}: 記録しました。"])


def _listed(given: dict[str, Any]) -> Report:
    org = organisation(given["org"])
    require(asker(given), "footage.list", thing_of_org(org))
    rows = media.overdue(org.pk) if given["overdue"] else media.media_at(org.pk)
    found = [_as_json(each) for each in rows]
    return Report({"media": found}, ["\t".join(map(str, row.values())) for row in found])


def _as_json(piece: ProvidedMedium) -> dict[str, Any]:
    return {
        "number": piece.number,
        "kind": piece.kind,
        "medium": piece.medium,
        "keep_until": str(piece.keep_until or ""),
        "ending": piece.ending,
        "ended_on": str(piece.ended_on or ""),
    }
