"""Footage for a browser's player, part by part, each made in a jail and never stored."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from hokanko.errors import Missing, Unsound
from hokanko.media import facts, jail
from hokanko.media.jail import Answer, JailBroken, Limits, Nothing, Source
from hokanko.media.probe import Probe

_LIMITS = Limits()
_MIME = re.compile(r'video/mp4; codecs="avc1\.[0-9a-f]{6}(, mp4a\.40\.\d{1,2})?"')
COPIED_PART_MS = 10_000
ENCODED_PART_MS = 4_000
_EIGHT_BIT_420 = ("yuv420p", "yuvj420p")


@dataclass(frozen=True, slots=True)
class Plan:
    """How footage can be shown: `mode` is one of "native", "copy", "transcode", "none"."""

    mode: str
    part_ms: int  # how much to ask for at a time; 0 for "native" and "none"


@dataclass(frozen=True, slots=True)
class Part:
    """A self-contained fragmented MP4 whose time begins at 0; it belongs at `start_ms`.

    The next part starts at `end_ms`; `last` says that there is none.
    """

    start_ms: int
    end_ms: int
    last: bool
    mime: str  # for MediaSource.isTypeSupported
    body: bytes


def plan(probe: Probe) -> Plan:
    """The cheapest way to show this footage; for "transcode" ask `part` to encode."""
    video = probe.video
    damaged = any(problem.code == "damaged" for problem in probe.problems)
    if probe.playable == "native":
        return Plan("native", 0)
    if probe.playable == "no" or video is None:
        return Plan("none", 0)
    copyable = video.codec == "h264" and video.pix_fmt in _EIGHT_BIT_420
    if copyable and not damaged and probe.container != "h264":
        return Plan("copy", COPIED_PART_MS)
    return Plan("transcode", ENCODED_PART_MS)


def part(
    source: Source,
    start_ms: int,
    length_ms: int,
    *,
    encode: bool = False,
    hold_ms: int = 0,
    sound: bool = True,
) -> Part:
    """The part at `start_ms`, counted from the first picture, of about `length_ms`, at most 8 MB.

    Copied pictures begin at the key picture at or before the start, so that `start_ms` of the
    answer may be earlier; encoded ones (no side longer than 1280 pixels) begin at the start. A part
    may be shorter than asked. Sound is left out where it cannot be carried.
    `encode` decodes and encodes even what could be copied: for a player that chokes on damage.
    The last picture of all stays until `hold_ms`. Without `sound` there is none.
    Raises Missing after the end, Unsound if no picture can be decoded, JailBroken.
    """
    if start_ms < 0 or length_ms <= 0:
        raise ValueError("start_ms and length_ms")
    wish = {
        "start_ms": start_ms,
        "length_ms": length_ms,
        "hold_ms": hold_ms,
        "encode": encode,
        "sound": sound,
    }
    answer = jail.run("hokanko.media.inside.part:part", source, wish, _LIMITS)
    refuse_problem(answer.head.get("problem"))
    return _made(answer, start_ms)


@lru_cache(maxsize=32)
def blank(length_ms: int, *, sound: bool) -> Part:
    """A part of black pictures, silent if `sound`: for a time of which there is no recording."""
    wish = {"length_ms": length_ms, "sound": sound}
    return _made(jail.run("hokanko.media.inside.blank:blank", Nothing(), wish, _LIMITS), 0)


def _made(answer: Answer, start_ms: int) -> Part:
    """The part that an answer holds. Raises JailBroken for an odd one."""
    try:
        made = Part(
            start_ms=facts.whole(answer.head["start_ms"]),
            end_ms=facts.whole(answer.head["end_ms"]),
            last=answer.head["last"] is True,
            mime=facts.text(answer.head["mime"]),
            body=answer.body,
        )
    except (facts.Odd, KeyError) as odd:
        raise JailBroken("jail-broken", f"odd answer: {odd}") from None
    if not _MIME.fullmatch(made.mime) or made.end_ms <= start_ms or not made.body:
        raise JailBroken("jail-broken", "odd part")
    return made


def refuse_problem(problem: object) -> None:
    """Raise what a task's `problem` means; nothing for None."""
    if problem == "nothing-there":
        raise Missing("この時刻の映像はありません。", "There are no pictures at this time.")
    if problem is not None:
        raise Unsound(
            "この映像は再生できる形に復号できません。",
            "This footage cannot be decoded into pictures.",
            mend_ja="原本はそのまま保管されています。",
            mend_en="The original is kept as it is.",
        )
