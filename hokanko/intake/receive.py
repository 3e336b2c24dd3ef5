"""Taking one file in, from its first byte to the verified footage."""

from __future__ import annotations

import time
from collections.abc import Callable

from hokanko.errors import HokankoError, Unsound
from hokanko.footage.models import Footage
from hokanko.intake.actions import begin, file, find_again, give_up
from hokanko.intake.models import Arrival
from hokanko.intake.queries import same_as
from hokanko.intake.sources import Source
from hokanko.people.models import Organisation
from hokanko.rules.actor import Actor
from hokanko.vault import cabinet
from hokanko.vault.models import SealedObject
from hokanko.vault.store import shelf

TELL_EVERY_S = 0.5


def receive(
    org: Organisation,
    camera: str,
    source: Source,
    *,
    expected_sha256: str | None = None,
    by: Actor,
) -> Footage:
    """Seal, read back, compare, file. What fails leaves the source untouched and says so.

    Bytes that this camera has given before are recognised after sealing, and not kept twice.
    `expected_sha256` (hex) is what the sender says of the bytes; raises Unsound when they differ.
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
        _compare(sealed, expected_sha256)
    except (HokankoError, OSError) as error:
        give_up(arrival, error.ja if isinstance(error, HokankoError) else str(error), by=by)
        raise
    known = same_as(arrival.camera, sealed.sha256)
    if known is not None:
        shelf().remove(sealed.name)
        return find_again(arrival, known, by=by)
    return file(arrival, sealed, by=by)


def _compare(sealed: SealedObject, expected_sha256: str | None) -> None:
    if expected_sha256 in (None, sealed.sha256):
        return
    shelf().remove(sealed.name)
    raise Unsound(
        "届いた中身が、送り主の示したハッシュ値と一致しません。何も取り込んでいません。",
        "What arrived is not what the sender's hash says. Nothing was taken in.",
        mend_ja="もう一度送ってください。",
        mend_en="Send it again.",
    )


def _teller(arrival: Arrival) -> Callable[[int], None]:
    """Progress for the arrivals page, not more often than a person can read."""
    told = 0.0

    def tell(done: int) -> None:
        nonlocal told
        if time.monotonic() - told > TELL_EVERY_S:
            told = time.monotonic()
            Arrival.objects.filter(pk=arrival.pk).update(bytes_done=done)

    return tell
