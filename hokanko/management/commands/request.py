"""hokanko request: the turns of a request between who asked and who decides."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from hokanko import clock
from hokanko.ledger.publish import publish
from hokanko.management import fields
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.management.commands.take_in import moment
from hokanko.people.attach import Scan
from hokanko.people.models import Person
from hokanko.people.queries import organisation, person, thing_of_org
from hokanko.provision import turning
from hokanko.provision.form import Form
from hokanko.provision.models import Provision
from hokanko.provision.queries import provision, thing, whose
from hokanko.provision.versions import form_of
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require

TOLD = {  # option, and the field of the form that it amends
    "outline": "outline",
    "since": "happened_from",
    "until": "happened_until",
    "purpose": "purposes",
    "purpose_note": "purpose_note",
    "want": "wants",
    "telephone": "telephone",
    "remarks": "remarks",
}


class Command(Base):
    help = "提供の依頼を差し戻し、答えて出し直し、取り下げる"

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        listing = verbs.add_parser("list", help="所属の依頼の一覧")
        listing.add_argument("--org", required=True)
        by_option(listing, required=True)
        back = verbs.add_parser("send-back", help="差し戻して尋ねる")
        back.add_argument("--question", required=True, help="尋ねること・直してほしいところ")
        back.add_argument("--due", type=date.fromisoformat, metavar="DAY", help="答えの期限")
        answer = verbs.add_parser("answer", help="答えて、直すところを直して出し直す")
        answer.add_argument("--answer", required=True, help="照会への答え・直したところ")
        _form_options(answer)
        gone = verbs.add_parser("withdraw", help="取り下げる")
        gone.add_argument("--reason", required=True, help="取り下げる理由")
        for each in (back, answer, gone):
            each.add_argument("number", metavar="NUMBER", help="依頼番号")
            by_option(each, required=True)

    def run(self, given: dict[str, Any]) -> Report:
        if given["verb"] == "list":
            return _listed(given)
        found, by = provision(given["number"]), asker(given)
        me = Person.objects.get(pk=UUID(by.id))
        act = {"send-back": _send_back, "answer": _answer, "withdraw": _withdraw}
        act[given["verb"]](found, me, given, by)
        publish()
        found.refresh_from_db()
        return Report(_as_json(found), [f"{found.number}\t{found.state}"])


def _form_options(parser: ArgumentParser) -> None:
    """What of the form is amended; the rest stands as it was submitted."""
    parser.add_argument("--outline", help="事案概要")
    parser.add_argument("--from", dest="since", type=moment, help="事案取扱日時の始まり")
    parser.add_argument("--until", type=moment, help="事案取扱日時の終わり")
    parser.add_argument("--wearer", metavar="LOGIN", help="カメラ装着警察官")
    parser.add_argument("--purpose", action="append", help="利用目的（書いたものに置き換わる）")
    parser.add_argument("--purpose-note", help="イの（　）内、又は法令名と条項")
    parser.add_argument(
        "--want", action="append", choices=("still", "medium", "show"), help="依頼内容"
    )
    parser.add_argument("--telephone", help="電話")
    parser.add_argument("--remarks", help="参考事項")
    parser.add_argument("--enclose", type=Path, metavar="FILE", help="根拠となる文書の写し")
    parser.add_argument("--enclose-title", default="", metavar="NAME", help="その文書の名前")


def _listed(given: dict[str, Any]) -> Report:
    org = organisation(given["org"])
    require(asker(given), "footage.list", thing_of_org(org))
    rows = [_as_json(row) for row in Provision.objects.filter(org=org).order_by("number")]
    lines = [f"{row['number']}\t{row['state']}\t{row['answer_due'] or '-'}" for row in rows]
    return Report({"org": org.pk, "requests": rows}, lines)


def _send_back(found: Provision, me: Person, given: dict[str, Any], by: Actor) -> None:
    turning.send_back(found, me, given["question"], given["due"], by=by)


def _answer(found: Provision, me: Person, given: dict[str, Any], by: Actor) -> None:
    stands = whose(found, by) | {"spoken": False, "answer_missing": False}
    require(by, "provision.resubmit", thing(found), **stands)
    form = _amended(form_of(found), given)
    with fields.naming(fields.of_request(found.org, form)):
        turning.resubmit(found, form, me, given["answer"], by=by)


def _withdraw(found: Provision, me: Person, given: dict[str, Any], by: Actor) -> None:
    turning.withdraw(found, me, given["reason"], by=by)


def _amended(form: Form, given: dict[str, Any]) -> Form:
    told = {field: given[option] for option, field in TOLD.items() if given[option] is not None}
    if given["wearer"]:
        told["wearer"] = person(given["wearer"])
    if given["enclose"]:
        path = given["enclose"]
        told["paper"] = Scan(path.read_bytes(), path.name)
        told["paper_title"] = given["enclose_title"]
    return replace(form, **told)


def _as_json(row: Provision) -> dict[str, Any]:
    """A request without what people wrote in it."""
    return {
        "number": row.number,
        "org": row.org_id,
        "state": row.state,
        "submitted": clock.iso(row.submitted_at),
        "answer_due": row.answer_due.isoformat() if row.answer_due else None,
        "turns": list(row.turns.order_by("at", "pk").values_list("kind", flat=True)),
    }
