"""Whether a notice page is public now, as the ledger tells: published, and not withdrawn since."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date

from hokanko.ledger.models import Entry

PUBLISHED, WITHDRAWN, CONSULTED = "notice.published", "notice.withdrawn", "notice.consulted"
NOTIFIED = "instruction"  # the register in which it stands what a separate notice asks for


def is_announced(orgs: Collection[str]) -> bool:
    """Whether one of these organisations has a notice page that anybody may read."""
    lines = Entry.objects.filter(org__in=orgs, kind__in=(PUBLISHED, WITHDRAWN)).order_by("at", "id")
    newest = dict(lines.values_list("about", "kind"))
    return PUBLISHED in newest.values()


def is_announced_at(site: str) -> bool:
    """Whether one site ("site:id") has a notice page that anybody may read."""
    lines = Entry.objects.filter(about=site, kind__in=(PUBLISHED, WITHDRAWN)).order_by("id")
    return lines.values_list("kind", flat=True).last() == PUBLISHED


def consulted(orgs: Collection[str]) -> Entry | None:
    """The newest consultation on publicity of one of these organisations."""
    return Entry.objects.filter(org__in=orgs, kind=CONSULTED).order_by("-id").first()


def notified(org: str) -> date | None:
    """The day by which a notice wants the report, by the newest entry that stands; None: none."""
    gone = Entry.objects.filter(org=org, kind="evidence.withdrawn").values("about")
    lines = Entry.objects.filter(org=org, kind="evidence.entered").exclude(about__in=gone)
    said = (
        json.loads(bytes(body))["facts"]
        for body in lines.order_by("-id").values_list("body", flat=True)
    )
    days = (each["expires_on"] for each in said if each["register"] == NOTIFIED)
    return next((date.fromisoformat(day) for day in days if day), None)
