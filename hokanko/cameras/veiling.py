"""Masks at capture: parts of a camera's picture, blackened before anything is kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from hokanko.cameras.frames import Area
from hokanko.cameras.models import Camera
from hokanko.cameras.queries import FIXED, thing
from hokanko.errors import Conflict
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb

MOST = 10
FULL = 100  # percent of one core: more, and the machine does not keep up


@verb("camera.site")
def veil(
    camera: Camera, masks: Sequence[Area], *, core_percent: int, reason: str, by: Actor
) -> None:
    """Blacken these parts from now on, or none: the recorder begins another piece with it.

    `core_percent` is what it was found to take on this machine. Raises Conflict where that is more
    than there is, for a camera that is not recorded here, and without a reason.
    """
    permit = require(
        by,
        "camera.site",
        thing(camera),
        outside_premises=False,
        display_only=False,
        settings=True,
        closed_place=False,
    )
    if camera.kind != FIXED or camera.ended_at is not None or not camera.stream_url:
        raise Conflict(
            "ここで録画しているカメラだけ、撮るときにマスクをかけられます。",
            "Only cameras that are recorded here can be masked at capture.",
            mend_ja="カメラの側でマスクをかけてください。",
            mend_en="Set a mask in the camera itself.",
        )
    if len(masks) > MOST or not reason.strip():
        raise Conflict(
            f"マスクは{MOST}か所までです。理由を書いてください。",
            f"There are {MOST} masks at most, and a reason is to be written.",
        )
    if masks and core_percent >= FULL:
        raise Conflict(
            f"この機械では間に合いません（一つのコアの{core_percent}％が要ります）。",
            f"This machine does not keep up: {core_percent} % of one core would be needed.",
            mend_ja="カメラの側でマスクをかけるか、カメラの画像を小さくしてください。",
            mend_en="Set the mask in the camera itself, or let it send smaller pictures.",
        )
    camera.masks = [asdict(area) for area in masks]
    camera.save(update_fields=["masks"])
    permit.write(
        "camera.veiled",
        facts={
            "number": camera.number,
            "areas": [f"{a.left},{a.top}-{a.right},{a.bottom}" for a in masks],
            "core_percent": core_percent if masks else 0,
        },
        private={"reason": reason.strip()},
    )
