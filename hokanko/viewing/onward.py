"""One camera of a stretch, part by part on the clock of the stretch, over borders and gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from hokanko.coverage.spans import Span
from hokanko.errors import Conflict, Missing
from hokanko.footage.models import Footage
from hokanko.media import play, still
from hokanko.media.play import Part
from hokanko.rules.actor import Actor
from hokanko.vault import cabinet
from hokanko.vault.look import Look
from hokanko.viewing import presence
from hokanko.viewing.looking import show_piece
from hokanko.viewing.models import Viewing
from hokanko.viewing.parts import frame_rate, plan
from hokanko.viewing.queries import problem
from hokanko.viewing.stretch import Piece, at, cameras_of, pieces, span_of

BLANK_MS = 10_000
SMALL_WIDTH = 240
MS = timedelta(milliseconds=1)


def part_of_stretch(viewing: Viewing, number: int, start_ms: int, *, by: Actor) -> Part:
    """The part at `start_ms` of the camera of that number, 0 the first, while the room stands.

    Times are counted from the beginning of the stretch. Where nothing was recorded, the part is
    black. Raises Conflict when the room does not stand, Missing for what is not in the stretch.
    """
    whole, cameras = span_of(viewing), cameras_of(viewing)
    if whole is None or number >= len(cameras) or not 0 <= start_ms < whole.length // MS:
        raise Missing("この閲覧に、その映像はありません。", "That is not in this viewing.")
    if problem(viewing, by):
        raise Conflict("いまは映像を映し出せません。", "The picture may not be shown now.")
    found = pieces(cameras[number], whole)
    sound = number == 0 and all(_sounds(piece.footage) for piece in found)
    moment = whole.begun + start_ms * MS
    piece = at(found, moment)
    if piece is not None:
        made = _shown(viewing, piece, moment, whole, sound=sound, by=by)
        if made is not None:
            return made
    later = (p.span.begun for p in found if p.span.begun > moment)
    until = min([*later, whole.ended, moment + BLANK_MS * MS])
    black = play.blank(max(1, (until - moment) // MS), sound=sound)
    return _placed(black, moment, whole)


def small(viewing: Viewing, number: int, start_ms: int, *, by: Actor) -> bytes:
    """A small JPEG of the picture at `start_ms`, made in memory; it counts as watched.

    Raises as `part_of_stretch`, and Missing where nothing was recorded.
    """
    whole, cameras = span_of(viewing), cameras_of(viewing)
    if whole is None or number >= len(cameras) or not 0 <= start_ms < whole.length // MS:
        raise Missing("この閲覧に、その映像はありません。", "That is not in this viewing.")
    moment = whole.begun + start_ms * MS
    piece = at(pieces(cameras[number], whole), moment)
    if piece is None:
        raise Missing("この時刻の記録はありません。", "There is no recording at that time.")
    _admit(viewing, piece.footage, by)
    with cabinet.opened(cabinet.original(str(piece.footage.pk))) as reader:
        picture = still.thumbnail(Look(reader), (moment - piece.zero) // MS, SMALL_WIDTH)
    seen_s = start_ms / 1000
    presence.watched_too(viewing, [[seen_s, seen_s + 1 / frame_rate(piece.footage)]])
    return picture


def _admit(viewing: Viewing, footage: Footage, by: Actor) -> None:
    """Let a piece be shown, and have it written the first time. Raises Conflict."""
    if problem(viewing, by, footage):
        raise Conflict("この部分は、いまは映し出せません。", "This part may not be shown now.")
    if not viewing.shown.filter(pk=footage.pk).exists():
        show_piece(viewing, footage, by=by)


def _shown(
    viewing: Viewing, piece: Piece, moment: datetime, whole: Span, *, sound: bool, by: Actor
) -> Part | None:
    """The part of a piece; None where it has no picture after all.

    What was filmed outside the stretch stays outside: a part that can only be copied together
    with some of it is made anew.
    """
    footage = piece.footage
    _admit(viewing, footage, by)
    how, start_ms = plan(footage), (moment - piece.zero) // MS
    left_ms = max(1, (whole.ended - moment) // MS)
    with cabinet.opened(cabinet.original(str(footage.pk))) as reader:
        make = partial(
            play.part, Look(reader), start_ms, hold_ms=(piece.span.ended - piece.zero) // MS
        )
        try:
            if how.mode in ("native", "copy"):
                made = _placed(
                    make(min(left_ms, play.COPIED_PART_MS), sound=sound), piece.zero, whole
                )
                if made.start_ms >= 0 and made.end_ms <= whole.length // MS:
                    return made
            short = min(left_ms, play.ENCODED_PART_MS)
            return _placed(make(short, sound=sound, encode=True), piece.zero, whole)
        except Missing:
            return None


def _placed(part: Part, zero: datetime, whole: Span) -> Part:
    """The part with its times counted from the beginning of the stretch."""
    shift = (zero - whole.begun) // MS
    end_ms = part.end_ms + shift
    last = end_ms >= whole.length // MS
    return replace(part, start_ms=part.start_ms + shift, end_ms=end_ms, last=last)


def _sounds(footage: Footage) -> bool:
    return any(stream["kind"] == "audio" for stream in footage.facts.get("streams", ()))
