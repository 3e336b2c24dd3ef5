"""Verbs of signs: plan one, hang it, photograph it, move it, take it down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hokanko import clock
from hokanko.cameras.models import Camera, Sign, Site
from hokanko.cameras.queries import require_past
from hokanko.cameras.sealed import place_of_photo, seal
from hokanko.cameras.sheets import hold_sheets, newest_number, sheet_for
from hokanko.cameras.sites import Spot
from hokanko.cameras.untold import require_known
from hokanko.errors import Conflict
from hokanko.formats.canon import JSON
from hokanko.media.redraw import Picture
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("sign.plan")
def plan_sign(
    site: Site,
    *,
    place: str,
    cameras: Sequence[Camera],
    entrance: str = "",
    spot: Spot | None = None,
    by: Actor,
) -> Sign:
    """Put a sign on the map that does not hang yet; it counts for nothing until it hangs."""
    permit = require(by, "sign.plan", thing_of_org(site.org))
    sign = _made(site, place, cameras, entrance, spot)
    permit.write("sign.planned", about=_about(sign), facts=_facts(sign, cameras))
    return sign


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
    require_past(on)
    sign = _made(site, place, cameras, entrance, spot)
    _hang(sign, on, photo)
    permit.write("sign.posted", about=_about(sign), facts=_facts(sign, cameras, photo))
    return sign


@verb("sign.post")
def hang_sign(sign: Sign, *, on: date, photo: Picture | None = None, by: Actor) -> None:
    """Record that a planned sign hangs now, or photograph anew one that does."""
    permit = require(by, "sign.post", thing_of_org(sign.site.org))
    _insist_up(sign)
    require_past(on)
    _hang(sign, on, photo)
    cameras = list(sign.cameras.order_by("number", "pk"))
    permit.write("sign.posted", about=_about(sign), facts=_facts(sign, cameras, photo))


@verb("sign.move")
def move_sign(
    sign: Sign,
    *,
    place: str,
    on: date,
    entrance: str = "",
    spot: Spot | None = None,
    photo: Picture | None = None,
    by: Actor,
) -> None:
    """Record that a sign hangs elsewhere now. Its photograph there takes the former one's place."""
    permit = require(by, "sign.move", thing_of_org(sign.site.org))
    _insist_up(sign)
    if sign.posted_on is None:
        raise Conflict(
            "この表示板は、まだ掲示していません。",
            "This sign does not hang yet.",
            mend_ja="予定をやめて、新しい場所で予定してください。",
            mend_en="Drop the plan, and plan it at the new place.",
        )
    require_past(on, sign.posted_on)
    before, sign.place, sign.entrance = sign.place, place, entrance
    _draw(sign, spot)
    sign.photo = None
    _hang(sign, on, photo)
    facts = {
        "place": place,
        "entrance": entrance,
        "moved_from": before,
        "posted_on": on.isoformat(),
        "sha256": photo.sha256 if photo else "",
    }
    permit.write("sign.moved", about=_about(sign), facts=facts)


@verb("site.map")
def place_sign(sign: Sign, spot: Spot | None, *, by: Actor) -> None:
    """Draw a sign elsewhere on the map, or not at all; it hangs where it hung."""
    permit = require(by, "site.map", thing_of_org(sign.site.org))
    _insist_up(sign)
    _draw(sign, spot)
    sign.save(update_fields=["sheet", "map_x", "map_y"])
    facts: dict[str, JSON] = {"place": sign.place, "number": sign.number}
    facts |= {
        "sheet": sign.sheet.name if sign.sheet else "",
        "map": spot.in_percent if spot else "",
    }
    permit.write("sign.placed", about=_about(sign), facts=facts)


@verb("sign.remove")
def remove_sign(
    sign: Sign, *, on: date, photo: Picture, confirmed: bool = False, by: Actor
) -> None:
    """Record that a sign was taken down, with a photograph (ward-7.2-sign).

    `confirmed` is needed where it was the last that told of a camera which still runs.
    """
    permit = require(by, "sign.remove", thing_of_org(sign.site.org))
    _insist_up(sign)
    require_past(on, sign.posted_on)
    require_known(sign, confirmed=confirmed)
    sign.removed_on = on
    sign.removal_photo = seal(photo, place_of_photo(sign, "removal_photo"))
    sign.save(update_fields=["removed_on", "removal_photo"])
    permit.write(
        "sign.removed",
        about=_about(sign),
        facts={"place": sign.place, "removed_on": on.isoformat(), "sha256": photo.sha256},
    )


@verb("sign.plan")
def drop_plan(sign: Sign, *, by: Actor) -> None:
    """Give up a sign that was planned and never hung: nothing has to be taken down."""
    permit = require(by, "sign.plan", thing_of_org(sign.site.org))
    _insist_up(sign)
    if sign.posted_on is not None:
        raise Conflict(
            "この表示板は掲示されています。",
            "This sign hangs.",
            mend_ja="取り外して、撤去を記録してください。",
            mend_en="Take it down, and record its removal.",
        )
    sign.removed_on = clock.today()
    sign.save(update_fields=["removed_on"])
    permit.write("sign.dropped", about=_about(sign), facts={"place": sign.place})


def _made(
    site: Site, place: str, cameras: Sequence[Camera], entrance: str, spot: Spot | None
) -> Sign:
    if not cameras or any(camera.org_id != site.org_id for camera in cameras):
        raise Conflict(
            "この表示板が知らせるカメラを選んでください。", "Choose the cameras that it tells of."
        )
    hold_sheets(site)  # numbers one by one
    number = newest_number(site.signs) + 1
    sign = Sign(site=site, number=number, place=place, entrance=entrance)
    _draw(sign, spot)
    sign.save()
    sign.cameras.set(cameras)
    return sign


def _draw(sign: Sign, spot: Spot | None) -> None:
    sign.sheet = sheet_for(sign.site, spot.sheet) if spot else None
    sign.map_x, sign.map_y = (spot.x, spot.y) if spot else (None, None)


def _hang(sign: Sign, on: date, photo: Picture | None) -> None:
    sign.posted_on = on
    if photo is not None:
        sign.photo = seal(photo, place_of_photo(sign, "photo"))
    sign.save()


def _facts(sign: Sign, cameras: Sequence[Camera], photo: Picture | None = None) -> dict[str, JSON]:
    facts: dict[str, JSON] = {
        "place": sign.place,
        "entrance": sign.entrance,
        "cameras": [camera.number for camera in cameras],
    }
    if sign.posted_on is not None:
        facts |= {"posted_on": sign.posted_on.isoformat(), "sha256": photo.sha256 if photo else ""}
    return facts


def _about(sign: Sign) -> str:
    return f"sign:{sign.pk}"


def _insist_up(sign: Sign) -> None:
    if sign.removed_on is not None:
        raise Conflict("この表示板は撤去されています。", "This sign has been taken down.")
