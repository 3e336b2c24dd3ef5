"""Verbs of sites: enter one, state its entrances, close it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hokanko import clock
from hokanko.cameras.models import Sheet, Site
from hokanko.cameras.queries import require_past
from hokanko.cameras.sealed import place_of_site, seal
from hokanko.cameras.sheets import first_sheet
from hokanko.cameras.signs import PLANNED, left
from hokanko.errors import Conflict
from hokanko.media.redraw import Picture
from hokanko.people.models import Organisation
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb

PHOTO_WIDEST = 1600


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of a sheet: 0 left to 1 right, 0 top to 1 bottom; the first, if none is named."""

    x: float
    y: float
    sheet: Sheet | None = None

    @property
    def in_percent(self) -> str:
        """From the left / from the top, in percent."""
        return f"{self.x * 100:.1f} / {self.y * 100:.1f}"


@verb("site.open")
def open_site(org: Organisation, *, name: str, address: str = "", by: Actor) -> Site:
    """Enter a place with cameras and signs; its code goes into the signs' QR."""
    permit = require(by, "site.open", thing_of_org(org))
    if Site.objects.filter(org=org, name=name, closed_at=None).exists():
        raise Conflict(
            f"設置場所「{name}」はもう登録されています。", f"The site {name} is entered already."
        )
    site = Site.objects.create(
        org=org,
        name=name,
        address=address,
        notice_code=secrets.token_urlsafe(12),
        opened_at=clock.now(),
    )
    first_sheet(site)
    permit.write("site.opened", about=_about(site), facts={"name": name})
    return site


@verb("site.entrances")
def state_entrances(site: Site, entrances: Mapping[str, str], *, by: Actor) -> None:
    """State the entrances, each with the reason why it needs no sign, or "" (pref-sign)."""
    permit = require(by, "site.entrances", thing_of_org(site.org))
    site.entrances = [{"name": name, "waived": why} for name, why in entrances.items()]
    site.save(update_fields=["entrances"])
    permit.write(
        "site.described",
        about=_about(site),
        facts={"name": site.name, "entrances": dict(entrances)},
    )


@verb("site.close")
def close_site(site: Site, *, on: date, photo: Picture, by: Actor) -> None:
    """Close a site where no camera and no sign is left, with a photograph of it (ward-7.2).

    Signs that were only planned are given up with it.
    """
    permit = require(by, "site.close", thing_of_org(site.org), left=left(site))
    if site.closed_at is not None:
        raise Conflict("この設置場所は廃止されています。", "This site has been closed.")
    require_past(on)
    site.signs.filter(PLANNED).update(removed_on=on)
    site.closed_on, site.closed_at = on, clock.now()
    site.closing_photo = seal(photo, place_of_site(site))
    site.save(update_fields=["closed_on", "closed_at", "closing_photo"])
    permit.write(
        "site.closed",
        about=_about(site),
        facts={"name": site.name, "closed_on": on.isoformat(), "sha256": photo.sha256},
    )


def _about(site: Site) -> str:
    return f"site:{site.pk}"
