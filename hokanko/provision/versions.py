"""The form of a request as it stands: as plain values beside a turn, and to be amended."""

from __future__ import annotations

from hokanko import clock
from hokanko.formats.canon import JSON
from hokanko.provision.form import Form
from hokanko.provision.models import Provision


def as_it_stands(provision: Provision) -> dict[str, JSON]:
    """The form's fields as plain values, to be kept beside a turn."""
    return {
        "outline": provision.outline,
        "happened_from": clock.iso(provision.happened_from),
        "happened_until": clock.iso(provision.happened_until),
        "wearer": provision.wearer.name if provision.wearer else "",
        "wants": list(provision.wants),
        "purposes": list(provision.purposes),
        "purpose_note": provision.purpose_note,
        "telephone": provision.telephone,
        "remarks": provision.remarks,
        "recipient": provision.recipient,
    }


def form_of(provision: Provision) -> Form:
    """The form as it was last submitted; its paper stays with the request."""
    return Form(
        outline=provision.outline,
        happened_from=provision.happened_from,
        happened_until=provision.happened_until,
        wearer=provision.wearer,
        wants=provision.wants,
        purposes=provision.purposes,
        purpose_note=provision.purpose_note,
        telephone=provision.telephone,
        remarks=provision.remarks,
        recipient=provision.recipient,
        paper_title=str(provision.details.get("paper_named", "")),
        body_kind=provision.details.get("body_kind", ""),
        consents=list(provision.rests_on.all()),
    )
