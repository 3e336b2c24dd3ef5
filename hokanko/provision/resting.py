"""Whether a request, about the very pieces chosen, rests on the consent of those filmed."""

from __future__ import annotations

from collections.abc import Sequence

from hokanko.footage.consents import ELSEWHERE, covers, lacking
from hokanko.footage.models import Footage
from hokanko.footage.queries import overlaps
from hokanko.provision.judging import each_once
from hokanko.provision.models import Consent, Provision
from hokanko.rules.decide import adopted_book

REFUSED = "refused"


def consent_lacking(provision: Provision, films: Sequence[Footage], *, whole: bool = False) -> str:
    """What keeps a request from resting on its consents; "" where nothing does or need be.

    As `footage.consents.lacking`, of what was asked. Once it is granted on consent, of each piece
    too: "refused" where what leaves of it was refused to the same recipient, "elsewhere" where
    fewer speak of it than were counted. `whole`: more of a piece leaves than the time asked for.
    """
    code = lacking(
        provision.org_id,
        list(provision.rests_on.all()),
        purposes=provision.purposes,
        note=provision.purpose_note,
        films=films,
        ground=provision.ground,
    )
    grounds = {row.id for row in adopted_book(provision.org_id).grounds if row.consent}
    if code or provision.ground not in grounds:
        return code
    if any(_is_refused(provision, film, whole=whole) for film in films):
        return REFUSED
    if provision.details.get("others"):
        return ""  # who has not consented is protected otherwise
    shown = int(str(provision.details.get("shown", 1)))
    return ELSEWHERE if any(_speak_of(provision, film) < shown for film in films) else ""


def _is_refused(provision: Provision, film: Footage, *, whole: bool) -> bool:
    """Whether somebody seen refused this recipient a part of what leaves (shop-mgmt-6-refuse)."""
    asked = provision.happened_from, provision.happened_until
    within = not whole and overlaps(film, *asked)  # nothing but the time asked for leaves
    said_no = Consent.objects.filter(
        provision__org=provision.org, provision__recipient=provision.recipient, given=False
    ).select_related("provision")
    refused = ((no.provision.happened_from, no.provision.happened_until) for no in said_no)
    return any(
        overlaps(film, begun, ended) and not (within and (ended < asked[0] or begun > asked[1]))
        for begun, ended in refused
    )


def _speak_of(provision: Provision, film: Footage) -> int:
    """How many consent to this very piece: by an answer to the request, or on record."""
    answers = provision.consents.filter(given=True).values_list("person", flat=True)
    on_record = [each.person for each in provision.rests_on.all() if covers(each, film)]
    return len(each_once(provision, [*answers, *on_record]))
