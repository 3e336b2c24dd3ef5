"""hokanko viewing: the turns of a request for viewing between who asked and who decides."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.db.models import Q

from hokanko import clock
from hokanko.errors import Missing
from hokanko.management.base import Report, asker
from hokanko.management.turns import TurnsCommand, acting
from hokanko.people.queries import organisation, thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import may
from hokanko.viewing import turning
from hokanko.viewing.models import Viewing
from hokanko.viewing.queries import EVERY, viewing


class Command(TurnsCommand):
    help = "閲覧の申出を差し戻し、答えて出し直し、取り下げる"

    def form_options(self, parser: ArgumentParser) -> None:
        parser.add_argument("--purpose", action="append", help="利用目的（書いたものに置き換わる）")
        parser.add_argument("--note", help="記載事項")

    def listed(self, given: dict[str, Any]) -> Report:
        org, by = organisation(given["org"]), asker(given)
        rows = Viewing.objects.select_related(*EVERY).filter(org=org).order_by("asked_at", "pk")
        if not may(by, "footage.list", thing_of_org(org)):
            rows = rows.filter(Q(viewer=by.id))
        told = [self.as_json(row) for row in rows]
        lines = [f"{row['id']}\t{row['footage']}\t{row['state']}" for row in told]
        return Report({"org": org.pk, "viewings": told}, lines)

    def found(self, name: str) -> Viewing:
        try:
            return viewing(UUID(name))
        except ValueError as odd:
            raise Missing("この閲覧はありません。", "There is no such viewing.") from odd

    def send_back(self, found: Any, given: dict[str, Any], by: Actor) -> None:
        turning.send_back(found, acting(by), given["question"], given["due"], by=by)

    def answer(self, found: Any, given: dict[str, Any], by: Actor) -> None:
        purposes = given["purpose"] or found.purposes
        note = found.note if given["note"] is None else given["note"]
        consents = list(found.rests_on.order_by("number"))
        turning.resubmit(found, purposes, note, given["answer"], consents=consents, by=by)

    def withdraw(self, found: Any, given: dict[str, Any], by: Actor) -> None:
        turning.withdraw(found, given["reason"], by=by)

    def as_json(self, found: Any) -> dict[str, Any]:
        return {
            "id": str(found.pk),
            "footage": found.footage.number,
            "org": found.org_id,
            "viewer": found.viewer.login,
            "state": found.state,
            "asked": clock.iso(found.asked_at),
            "answer_due": found.answer_due.isoformat() if found.answer_due else None,
            "turns": list(found.turns.order_by("number", "pk").values_list("kind", flat=True)),
        }
