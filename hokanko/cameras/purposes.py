"""What a camera films for (設置目的): confirmed before it runs, and never stretched backwards."""

from __future__ import annotations

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.cameras.queries import FIXED, thing
from hokanko.errors import Conflict
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("camera.purpose")
def decide_purpose(camera: Camera, purpose: str, *, commercial: bool = False, by: Actor) -> None:
    """Write down, and so confirm, what a camera films for.

    `commercial`: not against crime alone. That holds from now on; what was filmed before stays
    what it was filmed for (shop-qa-1-12-origin).
    """
    permit = require(by, "camera.purpose", thing(camera), commercial=commercial)
    if camera.kind != FIXED or camera.ended_at is not None:
        raise Conflict(
            "設置目的を定めるのは、運用を終えていない固定カメラです。",
            "Purposes are those of fixed cameras whose operation has not ended.",
        )
    if not (words := purpose.strip()):
        raise Conflict("設置目的を書いてください。", "Write down the purpose.")
    camera.purpose, camera.purpose_at = words, clock.now()
    if not commercial:
        camera.commercial_since = None
    elif camera.commercial_since is None:
        camera.commercial_since = clock.now()
    camera.save(update_fields=["purpose", "purpose_at", "commercial_since"])
    permit.write(
        "camera.purposed",
        facts={"number": camera.number, "purpose": words, "commercial": commercial},
    )
