"""Where a fixed camera stands and looks, as a value; and what another one changes."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date

from hokanko.cameras.models import Camera, Sheet, Site
from hokanko.cameras.sites import Spot
from hokanko.formats.canon import JSON

# what shows another picture when it changes
AIM = ("site_id", "place", "facing_deg", "view_deg", "lens")
PLACE = ("site_id", "place", "mount")
SETTINGS = ("lens", "display_only", "connection", "net_measures", "streams_openly")
NOTED = ("place", "facing_deg", "view_deg", "mount", *SETTINGS)  # with the value before a change


@dataclass(frozen=True, slots=True)
class Siting:
    """Where a fixed camera stands and looks, and what else is to be known before it runs."""

    site: Site | None = None
    place: str = ""
    place_type: str = ""
    siting_reason: str = ""
    facing_deg: int | None = None
    view_deg: int | None = None
    lens: str = ""
    reach: float | None = None
    sheet: Sheet | None = None
    map_x: float | None = None
    map_y: float | None = None
    mount: str = ""
    display_only: bool = False
    closed_place: bool = False
    scope_note: str = ""
    connection: str = ""
    net_measures: str = ""
    streams_openly: bool = False
    explained_on: date | None = None
    explained_by: str = ""

    @property
    def spot(self) -> Spot | None:
        """Its place on the map."""
        if self.map_x is None or self.map_y is None:
            return None
        return Spot(self.map_x, self.map_y, self.sheet)

    @classmethod
    def of(cls, camera: Camera) -> Siting:
        """The camera as it is recorded now."""
        return cls(**{field.name: getattr(camera, field.name) for field in fields(cls)})


def changes(camera: Camera, siting: Siting) -> dict[str, tuple[JSON, JSON]]:
    """What the siting changes, with the value before, None where there was none, and after."""
    pairs = {name: (getattr(camera, name), getattr(siting, name)) for name in NOTED}
    return {
        name: (None if old == "" else old, new) for name, (old, new) in pairs.items() if old != new
    }


def on_its_map(camera: Camera, siting: Siting) -> Siting:
    """A place that was stated on the map of another site says nothing on this one's."""
    places = ((at.map_x, at.map_y) for at in (camera, siting))
    before, now = (tuple(round(each or 0, 3) for each in at) for at in places)
    if camera.site_id in (None, siting.site and siting.site.pk) or before != now:
        return siting
    return replace(siting, sheet=None, map_x=None, map_y=None)
