"""The schedule of cameras that a rulebook is printed with: place, direction, number of each."""

from __future__ import annotations

from hokanko.cameras.models import Camera
from hokanko.cameras.queries import fixed, thing
from hokanko.cameras.ready import ACTIVATE
from hokanko.rules.actor import Actor
from hokanko.rules.decide import rules_at

PRINTED = ("place", "position", "direction")  # of the lacks, those that the schedule prints


def schedule(org: str, by: Actor) -> list[Camera]:
    """The fixed cameras that stand, whole enough to be printed.

    Raises Refusal, naming the camera, where the rulebook asks for what one of them lacks
    (pref-place, ward-2.1-map).
    """
    cameras = list(fixed(org).filter(ended_at=None))
    for camera in cameras:
        has = {
            "place": bool(camera.place),
            "position": camera.map_x is not None and camera.map_y is not None,
            "direction": camera.facing_deg is not None,
        }
        for name in PRINTED:
            bans = (
                []
                if has[name]
                else rules_at(org).objections(by, ACTIVATE, thing(camera), lacks=[name])
            )
            for ban in bans:
                ban.ja = f"カメラ{camera.number}：{ban.ja}"
                ban.en = f"Camera {camera.number}: {ban.en}"
                ban.args = (ban.ja,)
                raise ban
    return cameras
