"""A running camera that is open to strangers opens an incident, until it is mended."""

from __future__ import annotations

import logging

from django.utils.translation import gettext, override

from hokanko.cameras.examined import exposed
from hokanko.cameras.hygiene import FAULTS
from hokanko.cameras.jobs import NAME
from hokanko.cameras.models import Camera, Examination
from hokanko.casebook.actions import note_over, open_incident
from hokanko.casebook.models import Case
from hokanko.errors import Refusal
from hokanko.people.models import Organisation
from hokanko.rules.actor import machine

FACT = "exposed"

log = logging.getLogger(__name__)


def tell_exposed() -> None:
    """Open and end the incidents that the last examinations give reason for (a job)."""
    running = Camera.objects.exclude(activated_at=None).filter(ended_at=None).values("org")
    standing = Case.objects.filter(fact__startswith=f"{FACT}/", fact_over_at=None)
    concerned = standing.exclude(state="closed").values("org")
    every = Organisation.objects.filter(pk__in=running) | Organisation.objects.filter(
        pk__in=concerned
    )
    for org in every.distinct().order_by("pk"):
        try:
            _tell(org)
        except Refusal as barred:
            log.warning("no incident at %s: %s", org.pk, barred.en)


def _tell(org: Organisation) -> None:
    by, now = machine(NAME, org.pk, via="schedule"), exposed(org.pk)
    for seen in now:
        open_incident(org, fact=FACT, which=_which(seen), story=_story(seen), by=by)
    there = {f"{FACT}/{_which(seen)}" for seen in now}
    rows = Case.objects.filter(org=org, fact__startswith=f"{FACT}/", fact_over_at=None)
    for case in rows.exclude(state="closed").exclude(fact__in=there).order_by("number"):
        note_over(org, fact=FACT, which=case.fact.removeprefix(f"{FACT}/"), by=by)


def _which(seen: Examination) -> str:
    return f"camera:{seen.camera_id}"


def _story(seen: Examination) -> str:
    """What was found, in the language of the registers."""
    with override("ja"):
        told = gettext("、").join(str(FAULTS[code]) for code in seen.faults)
    return f"カメラ {seen.camera.number}：{told}"
