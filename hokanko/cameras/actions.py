"""Verbs of cameras: register, decide where one stands, begin, end, take down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.cameras.passwords import check
from hokanko.cameras.queries import FIXED, frame, require_past, thing
from hokanko.cameras.ready import OWN, lacking
from hokanko.cameras.sealed import place_of_camera, seal
from hokanko.cameras.sheets import sheet_for, told_reach
from hokanko.cameras.standing import AIM, PLACE, SETTINGS, Siting, changes, on_its_map
from hokanko.errors import Conflict
from hokanko.formats.canon import JSON
from hokanko.media.redraw import Picture
from hokanko.people.models import Organisation
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("camera.register")
def register(
    org: Organisation,
    *,
    number: str,
    serial: str,
    kind: str,
    mount: str = "",
    display_only: bool = False,
    place_type: str = "",
    photo: Picture | None = None,
    by: Actor,
) -> Camera:
    """Register a camera: only footage of registered ones is accepted (police-2.1).

    `photo` shows it as mounted, where it is mounted already (home-2.2).
    """
    told = {"outside_premises": _is_outside(mount), "display_only": display_only}
    permit = require(by, "camera.register", thing_of_org(org), **told)
    if Camera.objects.filter(org=org, number=number).exists():
        raise Conflict(
            f"カメラ番号「{number}」はもう登録されています。",
            f"Camera {number} is registered already.",
        )
    camera = Camera(
        org=org,
        number=number,
        serial=serial,
        kind=kind,
        mount=mount,
        display_only=display_only,
        place_type=place_type.strip(),
        registered_at=clock.now(),
    )
    _show(camera, photo)
    camera.save()
    permit.write(
        "camera.registered",
        about=thing(camera).name,
        facts={
            "number": number,
            "serial": serial,
            "kind": kind,
            "place_type": camera.place_type,
            "sha256": photo.sha256 if photo else "",
        },
    )
    return camera


@verb("camera.site")
def decide_site(
    camera: Camera,
    siting: Siting,
    *,
    password: str = "",
    photo: Picture | None = None,
    by: Actor,
) -> None:
    """Decide where a camera stands and looks. Another aim reopens its confirmation.

    `password` is the one set in the camera: looked at, never kept. Raises Conflict for a weak one.
    `photo` shows it as mounted; a former one goes with its former place.
    """
    siting = on_its_map(camera, siting)
    changed = changes(camera, siting)
    told = {
        "outside_premises": _is_outside(siting.mount),
        "display_only": siting.display_only,
        "closed_place": siting.closed_place and not siting.scope_note.strip(),
        "settings": bool(password) or not changed.keys().isdisjoint(SETTINGS),
    }
    permit = require(by, "camera.site", thing(camera), **told)
    _insist_running(camera)
    if password:
        check(password, camera)
        camera.password_checked_on = clock.today()
    aimed = _of(camera, AIM)
    _stand(camera, siting)
    _show(camera, photo)
    camera.save()
    reopened = aimed != _of(camera, AIM) and _drop_frames(camera)
    permit.write(
        "camera.sited",
        facts=_where(camera, siting)
        | {
            "sha256": photo.sha256 if photo else "",
            "reopened": reopened,
            "changed": {
                name: [old, new] for name, (old, new) in changed.items() if old is not None
            },
        },
        private={"siting_reason": siting.siting_reason} if siting.siting_reason else None,
    )


@verb("camera.activate")
def activate(camera: Camera, *, by: Actor) -> None:
    """Put a fixed camera into operation, when nothing that the rulebook asks for is lacking."""
    permit = require(by, "camera.activate", thing(camera), lacks=lacking(camera))
    _insist_running(camera)
    if camera.kind != FIXED or camera.activated_at is not None:
        raise Conflict(
            "このカメラは、もう運用しているか、据え付けるカメラではありません。",
            "This camera is in operation already, or is none that is installed.",
        )
    camera.activated_at = clock.now()
    camera.save(update_fields=["activated_at"])
    permit.write("camera.activated", facts={"number": camera.number})


@verb("camera.end")
def end(camera: Camera, *, by: Actor) -> None:
    """End a camera's operation. It is to be taken down; its footage still runs to its last day."""
    permit = require(by, "camera.end", thing(camera))
    _insist_running(camera)
    camera.ended_at = clock.now()
    camera.save(update_fields=["ended_at"])
    _drop_frames(camera)
    permit.write("camera.ended", facts={"number": camera.number})


@verb("camera.remove")
def remove(camera: Camera, *, on: date, remover: str, photo: Picture, by: Actor) -> None:
    """Record that an ended camera was taken down: when, by whom, with a photograph (ward-7.2)."""
    permit = require(by, "camera.remove", thing(camera))
    if camera.ended_at is None or camera.retired_at is not None:
        raise Conflict(
            "撤去を記録できるのは、運用を終えた、まだ撤去していないカメラです。",
            "A removal is recorded of a camera whose operation ended, and once.",
            mend_ja="先に運用を終えてください。",
            mend_en="End its operation first.",
        )
    require_past(on, clock.day_of(camera.ended_at))
    camera.removed_on, camera.removed_by, camera.retired_at = on, remover, clock.now()
    camera.removal_photo = seal(photo, place_of_camera(camera, "removal_photo"))
    camera.save()
    permit.write(
        "camera.removed",
        facts={"number": camera.number, "removed_on": on.isoformat(), "sha256": photo.sha256},
        private={"removed_by": remover},
    )


def _of(camera: Camera, names: Sequence[str]) -> list[object]:
    return [getattr(camera, name) for name in names]


def _stand(camera: Camera, siting: Siting) -> None:
    """The camera as it is to stand; at another place the photograph of the former one goes."""
    stood, had_place = _of(camera, PLACE), bool(camera.place)
    for field in fields(siting):
        setattr(camera, field.name, getattr(siting, field.name))
    if had_place and stood != _of(camera, PLACE):
        camera.mount_photo = None
    camera.sheet = sheet_for(siting.site, siting.sheet) if siting.spot else None


def _where(camera: Camera, siting: Siting) -> dict[str, JSON]:
    """What the ledger says of where a camera stands and looks."""
    return {
        "number": camera.number,
        "site": siting.site.name if siting.site else "",
        "place": siting.place,
        "facing_deg": siting.facing_deg,
        "view_deg": siting.view_deg,
        "reach": told_reach(camera.reach, camera.sheet),
        "sheet": camera.sheet.name if camera.sheet else "",
        "map": siting.spot.in_percent if siting.spot else "",
        "lens": siting.lens,
        "mount": siting.mount,
        "display_only": siting.display_only,
        "closed_place": siting.closed_place,
        "scope_note": siting.scope_note,
        "connection": siting.connection,
        "place_type": siting.place_type,
        "net_measures": siting.net_measures,
    }


def _show(camera: Camera, photo: Picture | None) -> None:
    if photo is not None:
        camera.mount_photo = seal(photo, place_of_camera(camera, "mount_photo"))


def _is_outside(mount: str) -> bool:
    return mount not in {"", OWN}


def _insist_running(camera: Camera) -> None:
    if camera.ended_at is not None:
        raise Conflict("このカメラの運用は終わっています。", "This camera's operation has ended.")


def _drop_frames(camera: Camera) -> bool:
    """The frame of the former aim goes, picture and all; whether there was one."""
    if frame(camera) is None:
        return False
    current = camera.frames.filter(superseded_at=None)
    current.update(superseded_at=clock.now(), picture=None)
    return True
