"""hokanko request: the turns of a request between who asked and who decides."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from hokanko import clock
from hokanko.management import fields
from hokanko.management.base import Report, asker
from hokanko.management.commands.take_in import moment
from hokanko.management.turns import TurnsCommand, acting
from hokanko.people.attach import Scan
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


class Command(TurnsCommand):
    help = "提供の依頼を差し戻し、答えて出し直し、取り下げる"
    named = ("NUMBER", "依頼番号")

    def form_options(self, parser: ArgumentParser) -> None:
        _form_options(parser)

    def listed(self, given: dict[str, Any]) -> Report:
        return _listed(given)

    def found(self, name: str) -> Provision:
        return provision(name)

    def send_back(self, found: Any, given: dict[str, Any], by: Actor) -> None:
        turning.send_back(found, acting(by), given["question"], given["due"], by=by)

    def answer(self, found: Any, given: dict[str, Any], by: Actor) -> None:
        _answer(found, given, by)

    def withdraw(self, found: Any, given: dict[str, Any], by: Actor) -> None:
        turning.withdraw(found, acting(by), given["reason"], by=by)

    def as_json(self, found: Any) -> dict[str, Any]:
        return _as_json(found)


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


def _answer(found: Provision, given: dict[str, Any], by: Actor) -> None:
    stands = whose(found, by) | {"spoken": False, "answer_missing": False}
    require(by, "provision.resubmit", thing(found), **stands)
    form = _amended(form_of(found), given)
    with fields.naming(fields.of_request(found.org, form)):
        turning.resubmit(found, form, acting(by), given["answer"], by=by)


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
        "turns": list(row.turns.order_by("number", "pk").values_list("kind", flat=True)),
    }
