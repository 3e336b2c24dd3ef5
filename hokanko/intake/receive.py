"""Taking one file in, from its first byte to the verified footage."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

from django.db import DatabaseError

from hokanko.errors import Conflict, HokankoError, Unsound
from hokanko.footage.clocks import IMPORT
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing
from hokanko.intake.actions import begin, file, find_again, give_up
from hokanko.intake.models import Arrival
from hokanko.intake.queries import brought_before, same_as
from hokanko.intake.sources import Source
from hokanko.people.models import Organisation
from hokanko.rules.actor import Actor
from hokanko.vault import cabinet
from hokanko.vault.models import SealedObject
from hokanko.vault.store import shelf

TELL_EVERY_S = 1.0
COPIES = (IMPORT, "upload", "cli")  # ways in of what was kept elsewhere; not the camera itself
CLASSES = (1, 2, 3)  # 機密性 a sender may state: low, middle, high


class Erased(Conflict):
    """These very bytes were here, and were erased as the rules have it."""

    def __init__(self, footage: Footage) -> None:
        super().__init__(
            f"映像ファイル {footage.number} として保管し、消去した映像です。取り込みません。",
            f"This was held as {footage.number} and has been erased: it is not taken in again.",
        )


def receive(
    org: Organisation,
    camera: str,
    source: Source,
    *,
    expected_sha256: str | None = None,
    confidentiality: int | None = None,
    by: Actor,
) -> Footage:
    """Seal, read back, compare, file. What fails leaves the source untouched and says so.

    Bytes that this camera has given before are recognised after sealing, and not kept twice.
    `expected_sha256` (hex) is what the sender says of the bytes; raises Unsound when they differ.
    `confidentiality` is the class (機密性) that he states, if any; a rulebook with classes refuses
    what is too high.
    """
    arrival = begin(org, camera, source, confidentiality=confidentiality, by=by)
    try:
        sealed = cabinet.put(
            source.read,
            org=org.pk,
            key_day=arrival.key_day,
            subject=str(arrival.pk),
            name=arrival.pk.hex,
            size=source.size,
            progress=_teller(arrival),
        )
        _compare(sealed, expected_sha256)
        return _file(arrival, sealed, by)
    except (HokankoError, OSError, DatabaseError) as error:
        stop(arrival, _why(error), by=by)
        raise


def stop(arrival: Arrival, why: str, *, by: Actor) -> None:
    """Give a transfer up and clear its shelf, unless it was filed or given up in this very moment.

    In this order: bytes of which a row may already speak are never touched.
    """
    with suppress(Conflict):
        give_up(arrival, why, by=by)
        shelf().remove(arrival.pk.hex)


def _why(error: HokankoError | OSError | DatabaseError) -> str:
    """What stopped it, for the arrivals page and the ledger: no path of this machine."""
    if isinstance(error, HokankoError):
        return error.ja
    said = error.strerror if isinstance(error, OSError) else None
    return f"読み書きの途中で止まりました（{said or type(error).__name__}）。"


def _file(arrival: Arrival, sealed: SealedObject, by: Actor) -> Footage:
    known = same_as(arrival.camera, sealed.sha256)
    if known is None and arrival.origin.get("via") in COPIES:
        known = _brought(arrival, sealed)
    if known is None:
        return file(arrival, sealed, by=by)
    found = find_again(arrival, known, by=by)
    shelf().remove(sealed.name)
    return found


def _brought(arrival: Arrival, sealed: SealedObject) -> Footage | None:
    """What an import has brought before, whatever camera it was given to; None for other ways in.

    Raises Erased for what has been erased since: a copy kept elsewhere does not bring it back (I6).
    """
    before = brought_before(arrival.org_id, sealed.sha256)
    if before is not None and ("held", True) not in thing(before).attributes:
        raise Erased(before)
    return before if arrival.origin.get("via") == IMPORT else None


def _compare(sealed: SealedObject, expected_sha256: str | None) -> None:
    if expected_sha256 in (None, sealed.sha256):
        return
    raise Unsound(
        "届いた中身が、送り主の示したハッシュ値と一致しません。何も取り込んでいません。",
        "What arrived is not what the sender's hash says. Nothing was taken in.",
        mend_ja="もう一度送ってください。",
        mend_en="Send it again.",
    )


def _teller(arrival: Arrival) -> Callable[[int], None]:
    """Progress for the arrivals page, not more often than a person can read."""
    told = time.monotonic()

    def tell(done: int) -> None:
        nonlocal told
        if time.monotonic() - told > TELL_EVERY_S:
            told = time.monotonic()
            with suppress(DatabaseError):  # busy: the copy goes on all the same
                Arrival.objects.filter(pk=arrival.pk).update(bytes_done=done)

    return tell
