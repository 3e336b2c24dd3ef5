"""What the commands of both kinds of request share: listed, sent back, answered, withdrawn."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any
from uuid import UUID

from hokanko.ledger.publish import publish
from hokanko.management.base import Command, Report, asker, by_option
from hokanko.people.models import Person
from hokanko.rules.actor import Actor


class TurnsCommand(Command):
    """The turns of one kind of request; what differs by kind is in the methods below `run`."""

    named = ("ID", "申出の ID")

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        listing = verbs.add_parser("list", help="所属の一覧")
        listing.add_argument("--org", required=True)
        by_option(listing, required=True)
        back = verbs.add_parser("send-back", help="差し戻して尋ねる")
        back.add_argument("--question", required=True, help="尋ねること・直してほしいところ")
        back.add_argument("--due", type=date.fromisoformat, metavar="DAY", help="答えの期限")
        answer = verbs.add_parser("answer", help="答えて、直すところを直して出し直す")
        answer.add_argument("--answer", required=True, help="照会への答え・直したところ")
        self.form_options(answer)
        gone = verbs.add_parser("withdraw", help="取り下げる")
        gone.add_argument("--reason", required=True, help="取り下げる理由")
        for each in (back, answer, gone):
            each.add_argument("name", metavar=self.named[0], help=self.named[1])
            by_option(each, required=True)

    def run(self, given: dict[str, Any]) -> Report:
        if given["verb"] == "list":
            return self.listed(given)
        found, by = self.found(given["name"]), asker(given)
        act = {"send-back": self.send_back, "answer": self.answer, "withdraw": self.withdraw}
        act[given["verb"]](found, given, by)
        publish()
        found.refresh_from_db()
        told = self.as_json(found)
        return Report(told, [f"{given['name']}\t{told['state']}"])

    def form_options(self, parser: ArgumentParser) -> None:
        """What of the form is amended with an answer; the rest stands as it was submitted."""

    def listed(self, given: dict[str, Any]) -> Report:
        """The requests of an organisation."""
        raise AssertionError(given)

    def found(self, name: str) -> Any:
        """The request of that name. Raises Missing."""
        raise AssertionError(name)

    def send_back(self, found: Any, given: dict[str, Any], by: Actor) -> None:
        """Send it back with a question."""

    def answer(self, found: Any, given: dict[str, Any], by: Actor) -> None:
        """Answer and submit it again."""

    def withdraw(self, found: Any, given: dict[str, Any], by: Actor) -> None:
        """Take it back."""

    def as_json(self, found: Any) -> dict[str, Any]:
        """A request without what people wrote in it."""
        raise AssertionError(found)


def acting(by: Actor) -> Person:
    """Who acts, as a person."""
    return Person.objects.get(pk=UUID(by.id))
