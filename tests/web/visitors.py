"""How tests come in through the front door: a browser with somebody logged in."""

from __future__ import annotations

from django.test import Client

from hokanko.ledger.models import Entry
from hokanko.rehearsal.cast import Cast

BACKEND = "django.contrib.auth.backends.ModelBackend"


def browser(cast: Cast, login: str, **more: bool) -> Client:
    """A browser in which that member of the cast is logged in."""
    client = Client(**more)  # type: ignore[arg-type]  # Django's own keywords
    client.force_login(cast.people[login], backend=BACKEND)
    return client


def kinds_written() -> list[str]:
    """The kinds of all ledger lines, oldest first."""
    return list(Entry.objects.order_by("id").values_list("kind", flat=True))
