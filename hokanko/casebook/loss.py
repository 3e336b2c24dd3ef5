"""The verb that reports a worn camera lost: the camera's state, and the incident it opens."""

from __future__ import annotations

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.cameras.out import running, wears
from hokanko.cameras.queries import thing
from hokanko.casebook.actions import open_incident
from hokanko.casebook.models import Case
from hokanko.errors import Conflict
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("camera.lose")
def lose(camera: Camera, *, story: str, by: Actor) -> Case:
    """Report a camera lost or stolen; its incident is opened with it, or neither is.

    `story` says what is known of it, and is kept sealed with the incident. Raises Conflict for a
    camera that is reported lost already.
    """
    out, now = running(camera), clock.now()
    permit = require(by, "camera.lose", thing(camera), own=wears(camera, by))
    if camera.lost_at is not None:
        raise Conflict(
            "このカメラは、もう紛失の届けが出ています。", "This camera is reported lost already."
        )
    if not story.strip():
        raise Conflict(
            "紛失に気づいたときの様子を書いてください。", "Say how it was found missing."
        )
    if out is not None:
        out.lost_at = now
        out.save(update_fields=["lost_at"])
    camera.lost_at, camera.holder, camera.docked_at, camera.bay = now, None, None, ""
    camera.repair_since = None
    camera.save(update_fields=["lost_at", "holder", "docked_at", "bay", "repair_since"])
    about = f"カメラ {camera.number}：{story.strip()}"
    case = open_incident(
        camera.org, fact="missing", which=f"camera:{camera.pk}", story=about, by=by
    )
    permit.write(
        "camera.lost",
        facts={"number": camera.number, "holder": str(out.wearer_id) if out else ""},
    )
    return case
