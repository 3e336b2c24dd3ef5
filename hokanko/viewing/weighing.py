"""What the law is told of a viewing: when it is asked for, and while it is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from hokanko import clock
from hokanko.errors import Refusal
from hokanko.footage.consents import lacking
from hokanko.footage.flags import AT_REST
from hokanko.footage.models import Footage, PersonConsent
from hokanko.footage.queries import filmed_for, thing
from hokanko.rules.actor import Actor
from hokanko.rules.decide import adopted_book, may, require, why_not
from hokanko.rules.purpose import needs_consent, weigh
from hokanko.rules.rows import Purpose
from hokanko.viewing import presence
from hokanko.viewing.models import Viewing
from hokanko.viewing.stretch import leading, thing_of


def purposes(org: str) -> tuple[Purpose, ...]:
    """The closed list, with the document's own words."""
    return adopted_book(org).purposes


def chosen(viewing: Viewing) -> list[Purpose]:
    """The purposes of one viewing."""
    return [p for p in purposes(viewing.org_id) if p.id in viewing.purposes]


def purposes_for(films: Sequence[Footage]) -> list[Purpose]:
    """The closed list without what one of these films was not filmed for: it would be refused."""
    known = {filmed_for(each) for each in films}
    return [p for p in purposes(films[0].org_id) if not p.only_for or known <= {p.only_for}]


def may_ask(footage: Footage, by: Actor) -> None:
    """Raises the refusal that asking for this footage would meet, whatever the purpose."""
    first = next(p for p in purposes(footage.org_id) if not p.needs_text)
    require(by, "viewing.ask", thing(footage), **weigh(footage.org_id, [first.id], ""))


def weighed(
    films: Sequence[Footage],
    purposes: Sequence[str],
    note: str,
    consents: Sequence[PersonConsent],
) -> dict[str, object]:
    """What the law is told of a request for viewing: its purposes, and the consents under it."""
    org = films[0].org_id
    told = weigh(org, purposes, note, {filmed_for(each) for each in films})
    told["consent_lacking"] = lacking(org, consents, purposes=purposes, note=note, films=films)
    return told


def requesting(org: str) -> dict[str, object]:
    """A proper request for stills, as the law is asked whether somebody may submit one at all."""
    first = next(p for p in purposes(org) if not p.needs_text)
    whole = {"nothing_wanted": False, "empty_fields": [], "times_reversed": False}
    return weigh(org, [first.id], "") | whole


def standing(
    viewing: Viewing, by: Actor, now: datetime, footage: Footage | None = None
) -> dict[str, object]:
    """What the law is told about a viewing when it is asked whether it may be open.

    Of a stretch, `footage` is the piece to be shown; else it is asked about the first that lives.
    """
    film = footage or leading(viewing)
    approved = viewing.state in ("approved", "open") and viewing.decided_by_id is not None
    return {
        **weigh(viewing.org_id, viewing.purposes, viewing.note, [filmed_for(film)]),
        "consent_lacking": _consent_lacking(viewing, film),
        "seat_enrolled": by.seat is not None and by.seat.org == viewing.org_id,
        "approved": approved and not is_over(viewing, now) and str(viewing.viewer_id) == by.id,
        "attended": viewing.attendant_id is not None and presence.attended(viewing, now),
        "damaged": bool(AT_REST & set(film.flags)),
    }


def _consent_lacking(viewing: Viewing, film: Footage) -> str:
    if not needs_consent(viewing.org_id, viewing.purposes):
        return ""  # nobody is asked for what does not matter: this runs at every beat
    return lacking(
        viewing.org_id,
        list(viewing.rests_on.all()),
        purposes=viewing.purposes,
        note=viewing.note,
        films=[film],
    )


def is_over(viewing: Viewing, now: datetime) -> bool:
    """Whether the approved time has ended."""
    return viewing.not_after is not None and now > viewing.not_after


def is_direct(viewing: Viewing, by: Actor) -> bool:
    """Whether this person needs neither approval nor attendant (at a management PC).

    Asked as if every post were filled: an approval would not cure a vacancy.
    """
    alone = {"seat_enrolled": True, "approved": False, "attended": False, "damaged": False}
    asked = standing(viewing, by, clock.now()) | alone
    filled = replace(by, vacant=frozenset())
    return may(filled, "viewing.open", thing_of(viewing), **asked)


def hindrance(viewing: Viewing, by: Actor) -> Refusal | None:
    """What bars this viewing even approved and attended, at a management PC; None if nothing."""
    met = {"seat_enrolled": True, "approved": True, "attended": True}
    asked = standing(viewing, by, clock.now()) | met
    return why_not(by, "viewing.open", thing_of(viewing), **asked)
