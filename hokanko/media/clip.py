"""The pictures of one range of footage, in a jail: encoded anew to the picture, or copied.

Copied packets begin at a key picture before the range; only encoding ends where it must.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from hokanko.errors import Missing, Unsound
from hokanko.media import facts, jail
from hokanko.media.jail import Answer, JailBroken, Limits, Source
from hokanko.media.mask import MOST, Mask
from hokanko.media.play import refuse_problem

LONGEST_MS = 24 * 3600 * 1000
_LEAST_S, _LONGEST_S = 120, 12 * 3600
_BYTES_A_SECOND = 8 << 20
_MOST_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Clip:
    """What was made of [start_ms, end_ms), both counted from the footage's first picture.

    `first_ms` and `last_ms` are where the first and the last picture stand in the footage;
    `until_ms` is how far the clip reaches, short of `end_ms` where the footage ends or breaks.
    `damaged` packets could not be decoded; `silenced` says that there was sound, which a clip
    never carries; `recipe` names encoder, parameters and library versions.
    """

    start_ms: int
    end_ms: int
    first_ms: int
    last_ms: int
    until_ms: int
    pictures: int
    width: int
    height: int
    damaged: int
    silenced: bool
    recipe: str


def clip(
    source: Source,
    start_ms: int,
    end_ms: int,
    told: Callable[[int], None] | None = None,
    *,
    masks: Sequence[Mask] = (),
) -> Generator[bytes, None, Clip]:
    """Pour an MP4 (H.264, fragmented) of the pictures shown in [start_ms, end_ms).

    `masks` are blackened in them; what was below is in no byte of the clip. `told` hears how far
    the work has come, in milliseconds of the footage. Raises Missing where the footage has no
    picture in the range, Unsound if none can be decoded, JailBroken.
    """
    if not 0 <= start_ms < end_ms <= start_ms + LONGEST_MS:
        raise ValueError("start_ms and end_ms")
    if len(masks) > MOST:
        raise ValueError("masks")
    wish = {"start_ms": start_ms, "end_ms": end_ms, "masks": [asdict(mask) for mask in masks]}

    def hear(said: dict[str, Any]) -> None:
        if told is not None and isinstance(said.get("at_ms"), int):
            told(min(max(said["at_ms"], start_ms), end_ms))

    task, limits = "hokanko.media.inside.clip:clip", _limits(start_ms, end_ms)
    answer = yield from jail.pour(task, source, wish, limits, hear)
    if answer.head.get("problem") == "nothing-there":
        raise nothing_there()
    refuse_problem(answer.head.get("problem"))
    return _weighed(answer, start_ms, end_ms)


def copy(source: Source, start_ms: int, end_ms: int) -> Generator[bytes, None, Clip]:
    """Pour an MP4 of the footage's own packets that show [start_ms, end_ms), as they are.

    It begins with the key picture before the range, which the value tells as its start. Raises
    Missing where the footage has nothing of the range, Unsound where its codec cannot be copied.
    """
    if not 0 <= start_ms < end_ms <= start_ms + LONGEST_MS:
        raise ValueError("start_ms and end_ms")
    wish = {"start_ms": start_ms, "end_ms": end_ms}
    task, limits = "hokanko.media.inside.copied:copy", _limits(start_ms, end_ms)
    answer = yield from jail.pour(task, source, wish, limits, _unheard)
    if answer.head.get("problem") == "nothing-there":
        raise nothing_there()
    if answer.head.get("problem") == "uncopyable":
        raise Unsound(
            "この映像の符号は、そのままでは切り出せません。",
            "The codec of this footage cannot be cut as it is.",
            mend_ja="映像を選び直し、求められた時間だけを切り出してください。",
            mend_en="Choose the files anew and have exactly the range cut out.",
        )
    refuse_problem(answer.head.get("problem"))
    first, until = answer.head.get("first_ms"), answer.head.get("until_ms")
    reach = (first, until) if isinstance(first, int) and isinstance(until, int) else (0, 0)
    return _weighed(answer, min(start_ms, max(0, reach[0])), max(end_ms, reach[1]))


def _unheard(_said: dict[str, Any]) -> None:
    """How far a copy is: it takes no longer than reading does."""


def nothing_there() -> Missing:
    """That the footage has no picture in the range."""
    return Missing(
        "求められた時間の映像は、このファイルにありません。",
        "This file has no pictures in the range asked for.",
        mend_ja="時間の始まりと終わり、映像の撮影日時と長さを確かめてください。",
        mend_en="Check the range, and when and how long this footage was taken.",
    )


def _weighed(answer: Answer, start_ms: int, end_ms: int) -> Clip:
    """The child's claims as a value; what cannot be is not believed."""
    head = answer.head
    try:
        made = Clip(
            start_ms=start_ms,
            end_ms=end_ms,
            **{name: facts.whole(head[name]) for name in _NUMBERS},
            silenced=head["silenced"] is True,
            recipe=facts.text(head["recipe"]),
        )
    except (facts.Odd, KeyError) as odd:
        raise JailBroken("jail-broken", f"odd answer: {odd}") from None
    in_order = start_ms <= made.first_ms <= made.last_ms < made.until_ms <= end_ms
    if not in_order or made.pictures < 1 or made.damaged < 0 or answer.body:
        raise JailBroken("jail-broken", "odd clip")
    return made


_NUMBERS = ("first_ms", "last_ms", "until_ms", "pictures", "width", "height", "damaged")


def _limits(start_ms: int, end_ms: int) -> Limits:
    """Time and room by the length; a file with one key picture is decoded from its beginning."""
    length_s = (end_ms - start_ms) // 1000 + 1
    seconds = min(_LEAST_S + start_ms // 1000 + 8 * length_s, _LONGEST_S)
    room = min(_MOST_BYTES + _BYTES_A_SECOND * length_s, 1 << 40)
    return Limits(cpu_s=2 * seconds, wall_s=float(seconds), answer_bytes=room)
