"""How much of each file leaves: the range asked for, or more of it for a reason that is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hokanko.errors import Conflict
from hokanko.footage.models import Footage
from hokanko.footage.queries import overlaps
from hokanko.provision.models import Provision
from hokanko.rules.decide import adopted_book, parameter

BROAD = timedelta(days=1)
CLIP_REASON = _("求められた時間の部分に限って渡すため")
HARMLESS = {"no-capture-time", "codec-unknown"}  # problems that put no doubt on a file's length
_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Extent:
    """What whoever enters a request chooses: `clip` it to the range asked for, or whole files.

    `reason` says why clips are made, `breadth` why so much is needed: whole files, a whole day,
    more than one camera, what lies outside the time asked for. `copied` clips begin at the key
    picture before the range, untouched.
    """

    clip: bool = False
    reason: str = ""
    breadth: str = ""
    copied: bool = False


WHOLE = Extent()


def clips_allowed(org: str) -> bool:
    """Whether the rulebook lets the range asked for be cut out of a file."""
    known = {row.name for row in adopted_book(org).parameters}
    return "derivative.clip" in known and bool(parameter(org, "derivative.clip"))


def unreasoned(
    provision: Provision,
    wanted: Sequence[tuple[Footage, Sequence[int]]],
    extent: Extent,
    *,
    gives_video: bool,
) -> bool:
    """Whether more than a part of one camera's day is to leave, and nobody has said why.

    So it is with a still outside the time asked for, and with showing what has nothing of it.
    `wanted`: each piece with the positions of its stills, in ms.
    """
    whole = gives_video and (not extent.clip or extent.copied)  # a copy begins before the range
    cameras = {piece.camera_id for piece, _stills in wanted}
    long = provision.happened_until - provision.happened_from >= BROAD
    beside = any(
        is_outside(provision, piece, stills)
        for piece, stills in wanted
        if stills or not gives_video
    )
    return (whole or len(cameras) > 1 or long or beside) and not extent.breadth.strip()


def asked_part(provision: Provision, footage: Footage) -> tuple[int, int] | None:
    """The range asked for as [start, end) in ms of a file; None where all of it was asked for.

    Such a file is handed over as it is: to encode it anew would be processing without need.
    Raises Conflict for footage of another time, or of a time that is not known.
    """
    if footage.captured is None:
        raise Conflict(
            f"{footage.number} は撮影日時が未確定で、求められた時間を切り出せません。",
            f"{footage.number} has no capture time yet: the range cannot be found in it.",
            mend_ja="先に撮影日時を確定してください。",
            mend_en="Settle its capture time first.",
        )
    start = _ms(provision.happened_from, footage.captured)
    end = _ms(provision.happened_until, footage.captured)
    length = footage.duration_ms
    if end <= 0 or start >= end or (length is not None and start >= length):
        raise Conflict(
            f"{footage.number} に、求められた時間の映像はありません。",
            f"{footage.number} has nothing of the range asked for.",
            mend_ja="選ばないか、全部を渡す理由を書いて全部を選んでください。",
            mend_en="Leave it out, or choose whole files and write why.",
        )
    if start <= 0 and length is not None and end >= length and not _is_doubtful(footage):
        return None
    return max(0, start), end if length is None or _is_doubtful(footage) else min(end, length)


def part_in_words(provision: Provision, footage: Footage) -> str:
    """The range asked for as places in a file, for whoever chooses files; — where it has none."""
    try:
        part = asked_part(provision, footage)
    except Conflict:
        return "—"
    if part is None:
        return gettext("全部（切り出さずに渡します）")
    return " 〜 ".join(_place(at) for at in part)


def _place(at_ms: int) -> str:
    minutes, seconds = divmod(at_ms // 1000, 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"


def _ms(moment: datetime, since: datetime) -> int:
    return (moment - since) // _MS


def is_outside(provision: Provision, footage: Footage, stills: Sequence[int]) -> bool:
    """Whether a still is of another time than that asked for; without stills, the whole piece."""
    if footage.captured is None or not stills:
        return not overlaps(footage, provision.happened_from, provision.happened_until)
    start = _ms(provision.happened_from, footage.captured)
    end = _ms(provision.happened_until, footage.captured)
    return any(not start <= at_ms <= end for at_ms in stills)


def _is_doubtful(footage: Footage) -> bool:
    """Whether its length may be other than it claims."""
    problems = footage.facts.get("problems", [])
    return any(problem.get("code") not in HARMLESS for problem in problems)
