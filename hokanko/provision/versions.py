"""The form of a request as plain values: the version that is kept beside a turn."""

from __future__ import annotations

from hokanko import clock
from hokanko.formats.canon import JSON
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
