"""The verb of the shift check: the worn cameras are counted, and the count is closed."""

from __future__ import annotations

from hokanko.cameras.out import Count, count
from hokanko.errors import Conflict
from hokanko.people.models import Organisation
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("camera.count")
def close_count(org: Organisation, *, normal: bool, remark: str = "", by: Actor) -> Count:
    """Close the count of a unit's cameras (police-4.3): as normal only with every one of them.

    Otherwise it is closed with what is being done about it. Raises Conflict without that remark.
    """
    found = count(org.pk)
    missing = bool(found.unaccounted)
    permit = require(by, "camera.count", thing_of_org(org), normal=normal, unaccounted=missing)
    if not normal and not remark.strip():
        raise Conflict(
            "異常の内容と、とった措置を書いてください。",
            "Say what is amiss and what is being done.",
        )
    permit.write(
        "camera.counted",
        about=f"org:{org.pk}",
        facts={
            "registered": found.registered,
            "docked": len(found.docked),
            "out": len(found.out),
            "repair": len(found.repair),
            "lost": len(found.lost),
            "unaccounted": [camera.number for camera in found.unaccounted],
            "normal": normal,
        },
        private={"remark": remark.strip()} if remark.strip() else None,
    )
    return found
