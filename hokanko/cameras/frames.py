"""Sample frames (確認画像): what a camera films, its intended area marked and confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from hokanko import clock
from hokanko.cameras.models import Camera, CameraFrame
from hokanko.cameras.queries import FIXED, frame, thing
from hokanko.cameras.sealed import place_of_frame, seal
from hokanko.errors import Conflict
from hokanko.media.redraw import Picture
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb

WIDEST = 1280  # pixels: enough to see whose window it is


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of the picture, its edges in percent from the left and from the top."""

    left: int = 0
    top: int = 0
    right: int = 100
    bottom: int = 100

    def __post_init__(self) -> None:
        if not (0 <= self.left < self.right <= 100 and 0 <= self.top < self.bottom <= 100):
            raise Conflict(
                "範囲は0から100まで、左は右より、上は下より小さくしてください。",
                "An area runs from 0 to 100, left before right and top before bottom.",
            )


WAYS = ("mask", "reason")  # beside these there is a third: aim it elsewhere, and film anew


@dataclass(frozen=True, slots=True)
class Outside:
    """A part of the picture that is not one's own, and what is done about it.

    `way` is of WAYS, "" while nothing is decided; `words`: how it is masked, or why it must show.
    """

    area: Area
    way: str = ""
    words: str = ""

    @property
    def row(self) -> dict[str, int | str]:
        """As a frame keeps it."""
        return asdict(self.area) | {"way": self.way, "words": self.words.strip()}


@verb("camera.frame")
def file_frame(
    camera: Camera,
    picture: Picture,
    *,
    area: Area,
    outside: Sequence[Outside] = (),
    by: Actor,
) -> CameraFrame:
    """File a sample frame of the camera's present aim; the one before is superseded.

    What is marked of the former one stays as history; its picture goes.
    """
    permit = require(by, "camera.frame", thing(camera))
    if camera.kind != FIXED or camera.ended_at is not None:
        raise Conflict(
            "確認画像を入れられるのは、運用を終えていない固定カメラです。",
            "Sample frames are of fixed cameras whose operation has not ended.",
        )
    camera.frames.filter(superseded_at=None).update(superseded_at=clock.now(), picture=None)
    made = CameraFrame(
        camera=camera,
        area=asdict(area),
        outside=[each.row for each in outside],
        filed_at=clock.now(),
        filed_by_id=UUID(by.id),
    )
    made.picture = seal(picture, place_of_frame(made))
    made.save()
    permit.write(
        "camera.framed",
        facts={"number": camera.number, "sha256": picture.sha256, "area": asdict(area)},
    )
    return made


@verb("camera.frame")
def mark_outside(camera: Camera, outside: Sequence[Outside], *, by: Actor) -> None:
    """State anew what of the present frame is not one's own. It is to be confirmed again."""
    permit = require(by, "camera.frame", thing(camera))
    seen = frame(camera)
    if seen is None or camera.ended_at is not None:
        raise Conflict(
            "いまの向きの確認画像がありません。",
            "There is no sample frame of the present aim.",
            mend_ja="先に確認画像を入れてください。",
            mend_en="File a sample frame first.",
        )
    seen.outside = [each.row for each in outside]
    seen.confirmed_at = seen.confirmed_by = None
    seen.save(update_fields=["outside", "confirmed_at", "confirmed_by"])
    permit.write(
        "camera.frame_marked",
        facts={
            "number": camera.number,
            "outside_areas": [_in_words(each) for each in outside],
        },
        private={"remedy": "／".join(each.words.strip() for each in outside)} if outside else None,
    )


def _in_words(outside: Outside) -> str:
    edges = outside.area
    return f"{edges.left},{edges.top}-{edges.right},{edges.bottom} {outside.way}".strip()


@verb("camera.confirm")
def confirm(camera: Camera, *, by: Actor) -> None:
    """Confirm that the frame of the present aim shows what is necessary, and no more."""
    permit = require(by, "camera.confirm", thing(camera))
    seen = frame(camera)
    if seen is None or seen.confirmed_at is not None:
        raise Conflict(
            "確認を待っている画像がありません。",
            "No sample frame is waiting to be confirmed.",
            mend_ja="いまの向きの確認画像を入れてください。",
            mend_en="File a sample frame of the present aim.",
        )
    seen.confirmed_at, seen.confirmed_by_id = clock.now(), UUID(by.id)
    seen.save(update_fields=["confirmed_at", "confirmed_by"])
    permit.write("camera.confirmed", facts={"number": camera.number})
