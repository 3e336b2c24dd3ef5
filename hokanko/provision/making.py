"""A clip cut out of its original in a jail and sealed as it comes.

The original is only read. A clip is sealed under its footage's own key: it dies with it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, suppress

from django.db import DatabaseError

from hokanko.jobs import queue
from hokanko.media import clip as media
from hokanko.media.mask import Mask
from hokanko.provision.clipping import keep
from hokanko.provision.clips import job_key
from hokanko.provision.doubting import doubted
from hokanko.provision.masking import keep_masked
from hokanko.provision.masks import masks_of
from hokanko.provision.models import Clip
from hokanko.rules.actor import Actor
from hokanko.vault import cabinet
from hokanko.vault.look import Look
from hokanko.vault.store import shelf

TELL_EVERY_S = 1.0


def make(clip: Clip, *, by: Actor) -> None:
    """Cut the clip out of its original and seal it, unless that is done. May be repeated.

    Raises Missing, Unsound or JailBroken where the footage does not give it, Refusal, Conflict.
    """
    if clip.is_made or not clip.ordered:
        return
    footage = clip.file.footage
    original = cabinet.original(str(footage.pk))
    with doubted(footage), cabinet.opened(original) as reader, ExitStack() as undo:
        masks = masks_of(clip)
        cutting = _cutting(clip, Look(reader), masks)
        poured = _Poured(cutting)
        undo.callback(cutting.close)
        sealed = cabinet.put(
            poured.readinto,
            org=footage.org_id,
            key_day=footage.key_day,
            last_day=original.last_day,
            subject=str(footage.pk),
            role=f"masked-{clip.pk}" if masks else f"clip-{clip.start_ms}-{clip.end_ms}",
            parent=original.name,
            operation=_operation(clip),
        )
        undo.callback(shelf().remove, sealed.name)
        keeping = keep_masked if masks else keep
        keeping(clip, sealed, poured.made(), by=by)
        undo.pop_all()


def _cutting(clip: Clip, source: Look, masks: Sequence[Mask]) -> Generator[bytes, None, media.Clip]:
    """The clip on its way: copied as it is, or encoded anew; what is masked is always encoded."""
    if clip.copied and not masks:
        return media.copy(source, clip.start_ms, clip.end_ms)
    return media.clip(source, clip.start_ms, clip.end_ms, _teller(clip), masks=masks)


def _operation(clip: Clip) -> str:
    if clip.copied and not clip.masks:
        return f"packets of [{clip.start_ms}, {clip.end_ms}) ms, copied from a key picture on"
    masked = f"{len(clip.masks)} rectangles blackened, " if clip.masks else ""
    return f"pictures shown in [{clip.start_ms}, {clip.end_ms}) ms, {masked}encoded anew"


class _Poured:
    """A clip in the making, as the cabinet reads it; what it is, is known at its end."""

    def __init__(self, cutting: Generator[bytes, None, media.Clip]) -> None:
        self._cutting = cutting
        self._rest = memoryview(b"")
        self._made: media.Clip | None = None

    def readinto(self, room: memoryview) -> int:
        """As io.RawIOBase: how many bytes were given, 0 at the end."""
        while not self._rest and self._made is None:
            try:
                self._rest = memoryview(next(self._cutting))
            except StopIteration as done:
                self._made = done.value
        given = min(len(room), len(self._rest))
        room[:given] = self._rest[:given]
        self._rest = self._rest[given:]
        return given

    def made(self) -> media.Clip:
        """What was made, once all was read."""
        assert self._made is not None, "the cabinet reads to the end"
        return self._made


def _teller(clip: Clip) -> Callable[[int], None]:
    """Progress for the page, and a sign of life for the queue; not oftener than one can read."""
    told = 0.0

    def tell(at_ms: int) -> None:
        nonlocal told
        if time.monotonic() - told < TELL_EVERY_S:
            return
        told = time.monotonic()
        share = 100 * (at_ms - clip.start_ms) // (clip.end_ms - clip.start_ms)
        with suppress(DatabaseError):  # busy: the work goes on all the same
            Clip.objects.filter(pk=clip.pk, sha256="").update(percent=min(share, 99))
            queue.prolong(job_key(clip))

    return tell
