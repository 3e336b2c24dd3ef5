"""One picture out of footage, made in a jail: unretouched, with parts blackened, or small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from hokanko.media import jail
from hokanko.media.jail import JailBroken, Limits, Source
from hokanko.media.mask import MOST, Mask
from hokanko.media.play import refuse_problem

_LIMITS = Limits(answer_bytes=192 << 20)
_SMALL = Limits(answer_bytes=4 << 20)
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


def picture(source: Source, at_ms: int, masks: Sequence[Mask] = ()) -> bytes:
    """A PNG of the frame on the screen at `at_ms`, counted from the first one: turned upright
    as the container asks, every pixel kept but those below `masks` (whatever their time).

    Raises Missing after the end, Unsound if no picture can be decoded, JailBroken.
    """
    return _picture(source, at_ms, 0, _PNG, _LIMITS, masks)


def thumbnail(source: Source, at_ms: int, width: int) -> bytes:
    """A JPEG of the same frame, its longer side `width` pixels at most. Raises as `picture`."""
    if not 16 <= width <= 4096:
        raise ValueError("width")
    return _picture(source, at_ms, width, _JPEG, _SMALL)


def _picture(
    source: Source,
    at_ms: int,
    widest: int,
    magic: bytes,
    limits: Limits,
    masks: Sequence[Mask] = (),
) -> bytes:
    if at_ms < 0:
        raise ValueError("at_ms")
    if len(masks) > MOST:
        raise ValueError("masks")
    params = {"at_ms": at_ms, "widest": widest, "masks": [asdict(mask) for mask in masks]}
    answer = jail.run("hokanko.media.inside.picture:picture", source, params, limits)
    refuse_problem(answer.head.get("problem"))
    if not answer.body.startswith(magic):
        raise JailBroken("jail-broken", "odd picture")
    return answer.body
