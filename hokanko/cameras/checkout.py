"""Verbs of a worn camera: out with an officer, back on the charger, found, to repair, set up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from hokanko import clock
from hokanko.cameras.models import Camera, Checkout
from hokanko.cameras.out import ends, grace, positions, running
from hokanko.cameras.queries import announced, thing
from hokanko.errors import Conflict
from hokanko.people.models import Person
from hokanko.people.standing import is_trained
from hokanko.rules.actor import Actor
from hokanko.rules.decide import has_ended, is_signed, is_valid, require
from hokanko.rules.verb import verb

TICKS: Final = ("cord", "lamp", "continuous")
GOOD, DAMAGED = "good", "damaged"


@dataclass(frozen=True, slots=True)
class Worn:
    """How an officer wears a camera: where, and which of `TICKS` were seen to."""

    position: str = ""
    ticks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """How a camera is set up: it shows that it records, its lamp is lit, its storage is locked."""

    sign: bool
    lamp: bool
    lock: bool


@verb("camera.issue")
def issue(
    camera: Camera, wearer: Person, worn: Worn, *, until: datetime | None = None, by: Actor
) -> Checkout:
    """Hand a camera out to a wearer (police-4.1-log); it is due back at the shift's end `until`.

    Without `until` that is the next change of shift. Raises Conflict for a camera not at hand.
    """
    org, now = camera.org_id, clock.now()
    known = positions(org)
    permit = require(
        by,
        "camera.issue",
        thing(camera),
        holder_trained=is_trained(wearer),
        enacted=is_signed(org),
        valid=is_valid(org),
        announced=announced(camera.org),
        ended=has_ended(org, clock.today()),
        position_barred=bool(known) and worn.position not in known,
        unticked=[tick for tick in TICKS if known and tick not in worn.ticks],
    )
    _insist_at_hand(camera)
    taken = Checkout.objects.create(
        camera=camera,
        wearer=wearer,
        position=worn.position,
        ticks=list(worn.ticks),
        out_at=now,
        out_by_id=_person(by),
        due_at=(until or ends(org, now)[0]) + grace(org),
    )
    camera.holder, camera.docked_at, camera.bay = wearer, None, ""
    camera.save(update_fields=["holder", "docked_at", "bay"])
    permit.write(
        "camera.issued",
        facts={
            "number": camera.number,
            "holder": str(wearer.pk),
            "position": worn.position,
            "ticks": list(worn.ticks),
            "return_by": clock.iso(taken.due_at),
        },
    )
    return taken


@verb("camera.return")
def bring_back(
    camera: Camera, *, condition: str = GOOD, remark: str = "", bay: str = "", by: Actor
) -> Checkout | None:
    """A camera is on the charger: its check-out ends (police-7.1.1), and is given back.

    The charger itself calls this too, with its `bay`. A camera that was there before stays so and
    nothing is written. Raises Conflict for one that is reported lost or away.
    """
    permit = require(by, "camera.return", thing(camera))
    _insist_present(camera)
    out, was_here, now = running(camera), camera.docked_at is not None, clock.now()
    if out is None and was_here and camera.bay == bay:
        return None
    camera.holder, camera.docked_at, camera.bay = None, now, bay
    camera.save(update_fields=["holder", "docked_at", "bay"])
    if out is None:
        permit.write("camera.docked", facts={"number": camera.number, "bay": bay})
        return None
    _end(out, condition, remark, by)
    permit.write(
        "camera.returned",
        facts={
            "number": camera.number,
            "holder": str(out.wearer_id),
            "condition": condition,
            "late": now > out.due_at,
            "bay": bay,
        },
        private={"remark": remark} if remark else None,
    )
    return out


@verb("camera.pull")
def pull(camera: Camera, *, by: Actor) -> None:
    """The charger no longer holds a camera: until it is checked out, it is unaccounted for."""
    permit = require(by, "camera.pull", thing(camera))
    if camera.docked_at is None:
        return
    bay, camera.docked_at, camera.bay = camera.bay, None, ""
    camera.save(update_fields=["docked_at", "bay"])
    permit.write("camera.pulled", facts={"number": camera.number, "bay": bay})


@verb("camera.find")
def find_again(camera: Camera, *, remark: str = "", by: Actor) -> None:
    """A lost camera is back on the charger. Its incident stays open until it is dealt with."""
    permit = require(by, "camera.find", thing(camera))
    if camera.lost_at is None:
        raise Conflict("このカメラは紛失していません。", "This camera is not reported lost.")
    for out in (
        camera.checkouts.filter(returned_at=None).exclude(lost_at=None).order_by("out_at", "pk")
    ):
        _end(out, GOOD, remark, by)
    camera.lost_at, camera.docked_at = None, clock.now()
    camera.save(update_fields=["lost_at", "docked_at"])
    permit.write(
        "camera.found",
        facts={"number": camera.number},
        private={"remark": remark} if remark else None,
    )


@verb("camera.repair")
def send_away(camera: Camera, *, by: Actor) -> None:
    """A camera goes to repair. Raises Conflict while it is out, lost or away already."""
    permit = require(by, "camera.repair", thing(camera))
    _insist_at_hand(camera)
    camera.repair_since, camera.docked_at, camera.bay = clock.now(), None, ""
    camera.save(update_fields=["repair_since", "docked_at", "bay"])
    permit.write("camera.sent_away", facts={"number": camera.number})


@verb("camera.repair")
def take_back(camera: Camera, *, by: Actor) -> None:
    """A camera is back from repair, on the charger."""
    permit = require(by, "camera.repair", thing(camera))
    if camera.repair_since is None:
        raise Conflict("このカメラは修理に出ていません。", "This camera is not at repair.")
    camera.repair_since, camera.docked_at = None, clock.now()
    camera.save(update_fields=["repair_since", "docked_at"])
    permit.write("camera.mended", facts={"number": camera.number})


@verb("camera.profile")
def set_up(camera: Camera, profile: Profile, *, by: Actor) -> None:
    """Set a camera up. The police's rules refuse lamp or sign off (police-6.3.2-lamp)."""
    said = {"sign": profile.sign, "lamp": profile.lamp, "lock": profile.lock}
    off = [name for name, on in said.items() if not on]
    seated = by.sits_at(camera.org_id)
    permit = require(by, "camera.profile", thing(camera), off=off, seat_enrolled=seated)
    camera.sign_on, camera.lamp_on, camera.lock_on = profile.sign, profile.lamp, profile.lock
    camera.profiled_at = clock.now()
    camera.save(update_fields=["sign_on", "lamp_on", "lock_on", "profiled_at"])
    permit.write("camera.profiled", facts={"number": camera.number, **said})


def _end(out: Checkout, condition: str, remark: str, by: Actor) -> None:
    out.returned_at, out.returned_by_id = clock.now(), _person(by)
    out.condition, out.remark = condition, remark
    out.save(update_fields=["returned_at", "returned_by", "condition", "remark"])


def _insist_at_hand(camera: Camera) -> None:
    """Raises Conflict for a camera that is out, lost or away."""
    _insist_present(camera)
    out = running(camera)
    if out is not None:
        raise Conflict(
            f"カメラ {camera.number} は、{out.wearer.name} が持ち出しています。",
            f"Camera {camera.number} is out with {out.wearer.name}.",
            mend_ja="先に返却を記録してください。",
            mend_en="Record its return first.",
        )


def _insist_present(camera: Camera) -> None:
    if camera.lost_at is not None:
        raise Conflict(
            f"カメラ {camera.number} は、紛失の届けが出ています。",
            f"Camera {camera.number} is reported lost.",
            mend_ja="見つかったときは、発見を記録してください。",
            mend_en="If it was found, enter that first.",
        )
    if camera.repair_since is not None:
        raise Conflict(
            f"カメラ {camera.number} は、修理に出ています。",
            f"Camera {camera.number} is away for repair.",
            mend_ja="戻ったときは、修理からの戻りを記録してください。",
            mend_en="If it is back, enter that first.",
        )


def _person(by: Actor) -> UUID | None:
    """Whose act it was; None for the charger's own."""
    try:
        return UUID(by.id)
    except ValueError:
        return None
