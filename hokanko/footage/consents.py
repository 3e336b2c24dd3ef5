"""Consents of persons filmed (本人の同意): which there are, and whether a use may rest on them."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from hokanko import clock
from hokanko.errors import Conflict, Missing
from hokanko.footage.models import Footage, PersonConsent
from hokanko.people import numbering
from hokanko.rules.decide import adopted_book
from hokanko.rules.purpose import needs_consent

# what may be wrong with the consents that a use is said to rest on, gravest first
NONE, WITHDRAWN, LATE, OTHER, ELSEWHERE = "none", "withdrawn", "late", "other", "elsewhere"


def are_kept(org: str) -> bool:
    """Whether the rulebook knows a use, or a ground of provision, that rests on consent."""
    book = adopted_book(org)
    return any(p.needs_consent for p in book.purposes) or any(g.consent for g in book.grounds)


def consents_at(org: str) -> QuerySet[PersonConsent]:
    """An organisation's, newest first; the scans are left where they are."""
    every = PersonConsent.objects.filter(org=org).defer("file")
    return every.select_related("footage", "camera").order_by("-entered_at", "-number")


def standing_at(org: str) -> QuerySet[PersonConsent]:
    """Those that nobody has withdrawn, to choose from."""
    return consents_at(org).filter(withdrawn_on=None)


def consent(name: str | UUID) -> PersonConsent:
    """The one of that id or number. Raises Missing."""
    every = PersonConsent.objects.select_related("org__parent", "footage", "camera", "entered_by")
    key = {"pk": name} if isinstance(name, UUID) else {"number": name}
    found = every.filter(**key).first()
    if found is None:
        raise Missing("この同意の記録はありません。", "There is no such consent.")
    return found


def next_number(org: str, at: datetime) -> str:
    """The next number of a year: "MIDORI-C-2026-0001". Call it inside the transaction."""
    return numbering.next_number(PersonConsent, org, f"C-{clock.day_of(at):%Y}")


def covers(given: PersonConsent, footage: Footage) -> bool:
    """Whether it speaks of this piece: itself, or its camera on the day it was taken."""
    if given.footage_id is not None:
        return given.footage_id == footage.pk
    if given.camera_id != footage.camera_id or footage.captured is None:
        return False
    day = clock.day_of(footage.captured)
    return given.since is not None and given.until is not None and given.since <= day <= given.until


def insist_given(on: date) -> None:
    """Raises Conflict for a consent of a day to come: nobody has said it yet."""
    if on > clock.today():
        raise Conflict(
            "同意の日が、今日より後になっています。",
            "The day of the consent lies in the future.",
            mend_ja="同意を得た日を書いてください。",
            mend_en="Write the day on which it was given.",
        )


def stated(note: str, given: Sequence[PersonConsent]) -> str:
    """The purpose as told; where nothing was told, the one that was consented to."""
    return note if note.strip() else "\n".join(dict.fromkeys(each.purpose for each in given))


def lacking(
    org: str,
    given: Sequence[PersonConsent],
    *,
    purposes: Collection[str],
    note: str,
    films: Sequence[Footage],
    ground: str = "",
) -> str:
    """What keeps a use today from resting on these consents; "" where nothing does or need be.

    "none" is on record | one is "withdrawn" | "late", given after today | for an "other" purpose
    than stated in `note`, a line for each | of footage "elsewhere". `ground` is the one granted on;
    for it the purpose is weighed by whoever decides.
    """
    named = [each for each in given if each.org_id == org]
    for_use = needs_consent(org, purposes)
    grounds = {row.id for row in adopted_book(org).grounds if row.consent}
    if not for_use and not (named and ground in grounds):
        return ""
    faults = {
        NONE: not named,
        WITHDRAWN: any(each.withdrawn_on is not None for each in named),
        LATE: any(each.on > clock.today() for each in named),
        OTHER: for_use and not _stated_all(org, named, purposes, note),
        ELSEWHERE: not all(any(covers(each, piece) for each in named) for piece in films),
    }
    return next((code for code, present in faults.items() if present), "")


def _stated_all(
    org: str, named: Sequence[PersonConsent], purposes: Collection[str], note: str
) -> bool:
    """Whether each consent is to a purpose that is stated, and nothing else is stated beside.

    Where another purpose wants a text too, that text stands in the same field.
    """
    told = {_plain(line) for line in note.splitlines() if line.strip()}
    agreed = {_plain(each.purpose) for each in named}
    texts = [p for p in adopted_book(org).purposes if p.id in purposes and p.needs_text]
    return agreed <= told and (len(texts) > 1 or told <= agreed)


def _plain(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())
