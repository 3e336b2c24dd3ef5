"""Taking one file in, from its first byte to the verified footage."""

from __future__ import annotations

import time
from collections.abc import Callable

from hokanko.errors import HokankoError
from hokanko.footage.models import Footage
from hokanko.intake.actions import begin, file, find_again, give_up
from hokanko.intake.models import Arrival
from hokanko.intake.queries import same_as
from hokanko.intake.sources import Source
from hokanko.people.models import Organisation
from hokanko.rules.actor import Actor
from hokanko.vault import cabinet
from hokanko.vault.store import shelf

TELL_EVERY_S = 0.5


def receive(org: Organisation, camera: str, source: Source, *, by: Actor) -> Footage:
    """Seal, read back, compare, file. What fails leaves the source untouched and says so.

    Bytes that this camera has given before are recognised after sealing, and not kept twice.
    """
    arrival = begin(org, camera, source, by=by)
    try:
        sealed = cabinet.put(
            source.read,
            org=org.pk,
            key_day=arrival.key_day,
            subject=str(arrival.pk),
            name=arrival.pk.hex,
            progress=_teller(arrival),
        )
    except (HokankoError, OSError) as error:
        give_up(arrival, error.ja if isinstance(error, HokankoError) else str(error), by=by)
        raise
    known = same_as(arrival.camera, sealed.sha256)
    if known is not None:
        shelf().remove(sealed.name)
        return find_again(arrival, known, by=by)
    return file(arrival, sealed, by=by)


def _teller(arrival: Arrival) -> Callable[[int], None]:
    """Progress for the arrivals page, not more often than a person can read."""
    told = 0.0

    def tell(done: int) -> None:
        nonlocal told
        if time.monotonic() - told > TELL_EVERY_S:
            told = time.monotonic()
            Arrival.objects.filter(pk=arrival.pk).update(bytes_done=done)

    return tell
