"""Later work of imports: a recorder that keeps less or more than promised opens an incident."""

from __future__ import annotations

import logging

from hokanko.casebook.actions import note_over, open_incident
from hokanko.casebook.models import Case
from hokanko.errors import Refusal
from hokanko.imports.capacity import EARLY, LATE, Kept, recorders
from hokanko.imports.models import Import
from hokanko.people.models import Organisation
from hokanko.rules.actor import machine

log = logging.getLogger(__name__)


def tell_capacity() -> None:
    """Open and end the incidents that recorders, as last stated, give reason for."""
    stated = Import.objects.exclude(oldest_at=None).values("org")
    for org in Organisation.objects.filter(pk__in=stated).order_by("pk"):
        try:
            _tell(org)
        except Refusal as barred:
            log.warning("no incident at %s: %s", org.pk, barred.en)


def _tell(org: Organisation) -> None:
    by, now = machine("imports", org.pk, via="schedule"), list(recorders(org.pk))
    wrong = {f"{each.fault}/{_which(each)}": each for each in now if each.fault}
    for each in wrong.values():
        open_incident(org, fact=each.fault, which=_which(each), story=_story(each), by=by)
    for fact in (EARLY, LATE):
        rows = Case.objects.filter(org=org, fact__startswith=f"{fact}/", fact_over_at=None)
        for case in rows.exclude(state="closed").exclude(fact__in=wrong).order_by("number"):
            note_over(org, fact=fact, which=case.fact.removeprefix(f"{fact}/"), by=by)


def _which(each: Kept) -> str:
    return f"recorder:{each.lot.device}"[:100]


def _story(each: Kept) -> str:
    """In the language of the registers."""
    said = (
        f"{each.lot.device}：残っている最も古い映像は{each.held_days}日前のもの。"
        f"保存期間は{each.promised_days}日（許容差{each.tolerance_days}日）。"
    )
    if each.fault == EARLY:
        return f"{said}容量による上書きで、{each.days_off}日早く消えている。（{each.lot.number}）"
    return f"{said}{each.days_off}日過ぎた映像が残っている。（{each.lot.number}）"
