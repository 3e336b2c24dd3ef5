"""A neighbour's premises, laid out through the verbs: plan, cameras, frames, signs, public page."""

from __future__ import annotations

from hokanko import clock
from hokanko.cameras import actions, frames, laying, posting, purposes, sites
from hokanko.cameras.models import Camera, Sheet, Site
from hokanko.cameras.queries import offered
from hokanko.cameras.sheets import first_sheet
from hokanko.cameras.standing import Siting
from hokanko.people.models import Organisation, Person
from hokanko.public.actions import publish
from hokanko.rehearsal import snapshots
from hokanko.rehearsal.groundplan import plan_of
from hokanko.rehearsal.premises import Hanging, Premises, Standing
from hokanko.rules.actor import Actor

VENDOR = "若葉電気 中田"


def lay_out(org: Organisation, premises: Premises, manager: Person, *, by: Actor) -> list[Camera]:
    """Everything that stands and hangs there, its cameras in operation, its page public."""
    site = sites.open_site(org, name=premises.name, address=premises.address, by=by)
    drawn = _sheets(site, premises, by)
    if premises.entrances:
        sites.state_entrances(site, premises.entrances, by=by)
    cameras = [_stand(org, drawn, each, premises, by) for each in premises.cameras]
    for sign in premises.signs:
        posting.post_sign(
            site,
            place=sign.place,
            cameras=_told_of(sign, cameras),
            on=clock.today(),
            entrance=sign.entrance,
            spot=sites.Spot(*sign.spot, drawn[sign.sheet]),
            photo=snapshots.of_sign(premises.headline, org.name),
            by=by,
        )
    if premises.planned:
        posting.plan_sign(
            site,
            place=premises.planned.place,
            cameras=_told_of(premises.planned, cameras),
            spot=sites.Spot(*premises.planned.spot, drawn[premises.planned.sheet]),
            by=by,
        )
    for camera in cameras:
        actions.activate(camera, by=by)
    publish(org, site, contact=premises.contact, words=premises.words, publisher=manager, by=by)
    return cameras


def _sheets(site: Site, premises: Premises, by: Actor) -> dict[str, Sheet]:
    """The sheets of a site by their names, each with its plan and its width."""
    first = first_sheet(site)
    known: dict[str, Sheet] = {}
    for plan in premises.plans:
        sheet = laying.add_sheet(site, plan.name, by=by) if known else first
        laying.describe_sheet(sheet, name=plan.name, metres_across=plan.across_m, by=by)
        laying.lay_map(sheet, plan_of(plan.drawn), by=by)
        known[plan.name] = sheet
    return known


def _stand(
    org: Organisation, drawn: dict[str, Sheet], standing: Standing, premises: Premises, by: Actor
) -> Camera:
    sheet = drawn[standing.sheet]
    far, across = standing.reach_m, sheet.metres_across
    serial = f"HKFIX-{org.pk}-{int(standing.number):04}"
    camera = actions.register(
        org,
        number=standing.number,
        serial=serial,
        kind="fixed",
        mount=premises.mount,
        place_type=premises.place_type,
        by=by,
    )
    siting = Siting(
        site=sheet.site,
        place=standing.place,
        place_type=premises.place_type,
        siting_reason=standing.reason,
        facing_deg=standing.facing_deg,
        view_deg=standing.view_deg,
        reach=far / across if far and across else None,
        sheet=sheet,
        map_x=standing.spot[0],
        map_y=standing.spot[1],
        mount=premises.mount,
        connection="wired",
        explained_on=clock.today(),
        explained_by=VENDOR,
    )
    actions.decide_site(camera, siting, photo=snapshots.of_mounting(standing.place), by=by)
    purposes.decide_purpose(camera, offered(org.pk), by=by)
    frames.file_frame(
        camera,
        snapshots.of_view(standing.scene, sum(map(ord, serial))),
        area=standing.area,
        outside=standing.outside,
        by=by,
    )
    frames.confirm(camera, by=by)
    return camera


def _told_of(sign: Hanging, cameras: list[Camera]) -> list[Camera]:
    return [camera for camera in cameras if camera.number in sign.tells_of]
