"""Verbs of sites and signs: enter a site, lay its map, hang a sign, take it down."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hokanko import clock
from hokanko.cameras.models import Camera, Sign, Site
from hokanko.cameras.sealed import place_of_photo, seal
from hokanko.errors import Conflict
from hokanko.media.redraw import Picture
from hokanko.people.models import Organisation
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb

MAP_WIDEST = 2000  # pixels: two to a millimetre on A4
PHOTO_WIDEST = 1600


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of the base map: 0 left to 1 right, 0 top to 1 bottom."""

    x: float
    y: float


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
    permit.write("site.opened", about=_about(site), facts={"name": name})
    return site


@verb("site.map")
def lay_map(site: Site, picture: Picture, *, by: Actor) -> None:
    """Put a base map under the placement map, in the place of an earlier one."""
    permit = require(by, "site.map", thing_of_org(site.org))
    site.map_png = picture.body
    site.save(update_fields=["map_png"])
    permit.write(
        "site.mapped", about=_about(site), facts={"name": site.name, "sha256": picture.sha256}
    )


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


@verb("sign.post")
def post_sign(
    site: Site,
    *,
    place: str,
    cameras: Sequence[Camera],
    on: date,
    entrance: str = "",
    spot: Spot | None = None,
    photo: Picture | None = None,
    by: Actor,
) -> Sign:
    """Record a sign that hangs, and the cameras it tells of."""
    permit = require(by, "sign.post", thing_of_org(site.org))
    if not cameras or any(camera.org_id != site.org_id for camera in cameras):
        raise Conflict(
            "この表示板が知らせるカメラを選んでください。", "Choose the cameras that it tells of."
        )
    _insist_past(on)
    sign = Sign(site=site, place=place, entrance=entrance, posted_on=on)
    sign.map_x, sign.map_y = (spot.x, spot.y) if spot else (None, None)
    sign.photo = seal(photo, place_of_photo(sign, "photo")) if photo else None
    sign.save()
    sign.cameras.set(cameras)
    permit.write(
        "sign.posted",
        about=f"sign:{sign.pk}",
        facts={
            "place": place,
            "entrance": entrance,
            "cameras": [camera.number for camera in cameras],
            "posted_on": on.isoformat(),
            "sha256": photo.sha256 if photo else "",
        },
    )
    return sign


@verb("sign.remove")
def remove_sign(sign: Sign, *, on: date, photo: Picture, by: Actor) -> None:
    """Record that a sign was taken down, with a photograph (ward-7.2-sign)."""
    permit = require(by, "sign.remove", thing_of_org(sign.site.org))
    if sign.removed_on is not None:
        raise Conflict("この表示板は撤去されています。", "This sign has been taken down.")
    _insist_past(on)
    sign.removed_on = on
    sign.removal_photo = seal(photo, place_of_photo(sign, "removal_photo"))
    sign.save(update_fields=["removed_on", "removal_photo"])
    permit.write(
        "sign.removed",
        about=f"sign:{sign.pk}",
        facts={"place": sign.place, "removed_on": on.isoformat(), "sha256": photo.sha256},
    )


def _about(site: Site) -> str:
    return f"site:{site.pk}"


def _insist_past(day: date) -> None:
    if day > clock.today():
        raise Conflict("日付がまだ来ていません。", "That day has not come yet.")
