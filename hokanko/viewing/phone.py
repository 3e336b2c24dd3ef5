"""Attending from a phone: a code that the room shows, once, for this viewing and a short while."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hmac import compare_digest

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.people.models import Person
from hokanko.people.queries import digest
from hokanko.viewing.models import Viewing

CODE_FOR = timedelta(minutes=2)
CODE_BYTES = 16


def offer(viewing: Viewing) -> str:
    """A fresh code for this room; the one before it is worth nothing any more."""
    code = secrets.token_urlsafe(CODE_BYTES)
    viewing.code_sha256, viewing.code_until = digest(code), clock.now() + CODE_FOR
    viewing.save(update_fields=["code_sha256", "code_until"])
    return code


def is_offered(viewing: Viewing, code: str) -> bool:
    """Whether this is the code that the room shows now."""
    lasts = viewing.code_until is not None and clock.now() <= viewing.code_until
    return compare_digest(viewing.code_sha256, digest(code)) and lasts


def spend(viewing: Viewing, code: str) -> None:
    """Use the code up; of two that hold it, one. Raises Conflict."""
    viewing.refresh_from_db(fields=["code_sha256", "code_until"])
    good = is_offered(viewing, code)
    here = Viewing.objects.filter(pk=viewing.pk, code_sha256=digest(code))
    if not good or here.update(code_sha256="", code_until=None) != 1:
        raise no_longer_good()


def no_longer_good() -> Conflict:
    """What is said of a code that was used, replaced, has run out, or never was."""
    return Conflict(
        "この二次元コードは、もう使えません。",
        "This 2D code is no longer good.",
        mend_ja="閲覧室の画面で、新しいコードを出してもらってください。",
        mend_en="Have the room show a fresh one.",
    )


def beat(viewing: Viewing, attendant: Person, browser: str) -> bool:
    """The attendant's phone shows its page. False when it is not he who attends by it any more."""
    here = Viewing.objects.filter(
        pk=viewing.pk,
        state__in=("approved", "open"),
        attendant=attendant,
        phone=browser,
        phone_beat_at__isnull=False,
    ).exclude(confirmed_at=None)
    return bool(browser) and here.update(phone_beat_at=clock.now()) == 1


def leave(viewing: Viewing, attendant: Person, browser: str) -> None:
    """The attendant goes; the room notices at its next beat, and writes it."""
    here = Viewing.objects.filter(pk=viewing.pk, attendant=attendant, phone=browser)
    here.exclude(phone="").update(phone_beat_at=None)
