"""Verbs of management PCs (管理用パソコン): prepared, enrolled, moved, retired."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.people.attach import Scan, enclose
from hokanko.people.models import Organisation, Terminal
from hokanko.people.queries import digest, thing_of_org, thing_of_terminal
from hokanko.people.sniff import PICTURES, kind_of
from hokanko.rules.actor import Actor
from hokanko.rules.decide import parameter, require
from hokanko.rules.verb import verb

CODE_LIFE = timedelta(hours=24)


@verb("terminal.prepare")
def prepare_terminal(
    org: Organisation,
    *,
    name: str,
    place: str,
    wire_checked_on: date | None,
    photo: Scan | None = None,
    charger: str = "",
    by: Actor,
) -> tuple[Terminal, str]:
    """Prepare a management PC; the one-time code, opened in its browser, enrols it.

    `photo` shows its security wire; `charger` is the multi-charger that stands beside it. Raises
    Conflict for a photo that is none.
    """
    allowed = place in parameter(org.pk, "storage.places")
    permit = require(
        by,
        "terminal.prepare",
        thing_of_org(org),
        place_allowed=allowed,
        wire=wire_checked_on is not None,
        photo=photo is not None,
    )
    assert wire_checked_on is not None, "an unchecked wire was refused"
    code = secrets.token_urlsafe(24)
    terminal = Terminal(
        org=org,
        name=name,
        place=place,
        wire_checked_on=wire_checked_on,
        charger=charger.strip(),
        code_digest=digest(code),
        enrolled_at=clock.now(),
    )
    if photo is not None:
        _show_wire(terminal, photo)
    terminal.save(force_insert=True)
    permit.write(
        "terminal.prepared",
        about=thing_of_terminal(terminal).name,
        facts={
            "place": place,
            "wire": str(wire_checked_on),
            "charger": terminal.charger,
            "file_sha256": terminal.file_sha256,
        },
    )
    return terminal, code


@verb("terminal.enrol")
def enrol_terminal(terminal: Terminal, code: str, *, by: Actor) -> str:
    """Turn the one-time code into the secret that this browser will keep."""
    fresh = terminal.enrolled_at is not None and clock.now() - terminal.enrolled_at < CODE_LIFE
    valid = fresh and secrets.compare_digest(terminal.code_digest, digest(code))
    permit = require(by, "terminal.enrol", thing_of_terminal(terminal), code_valid=valid)
    secret = secrets.token_urlsafe(32)
    terminal.code_digest, terminal.secret_digest = "", digest(secret)
    terminal.enrolled_at = clock.now()
    terminal.save(update_fields=["code_digest", "secret_digest", "enrolled_at"])
    permit.write("terminal.enrolled", facts={"place": terminal.place})
    return secret


@verb("terminal.move")
def move_terminal(
    terminal: Terminal,
    *,
    place: str,
    wire_checked_on: date | None,
    photo: Scan | None = None,
    charger: str = "",
    by: Actor,
) -> None:
    """Take a management PC to another place: it stays enrolled, its wire is shown anew.

    The photograph of the old place counts no more. Raises Conflict where it stands there already.
    """
    before = terminal.place
    permit = require(
        by,
        "terminal.move",
        thing_of_terminal(terminal),
        place_allowed=place in parameter(terminal.org_id, "storage.places"),
        wire=wire_checked_on is not None,
        photo=photo is not None,
    )
    assert wire_checked_on is not None, "an unchecked wire was refused"
    if place == before:
        raise Conflict("この端末は、もうその場所にあります。", "It stands there already.")
    terminal.place, terminal.wire_checked_on = place, wire_checked_on
    terminal.charger = charger.strip()
    terminal.file, terminal.file_name, terminal.file_type, terminal.file_sha256 = None, "", "", ""
    if photo is not None:
        _show_wire(terminal, photo)
    terminal.save()
    permit.write(
        "terminal.moved",
        facts={
            "place_before": before,
            "place": place,
            "wire": str(wire_checked_on),
            "charger": terminal.charger,
            "file_sha256": terminal.file_sha256,
        },
    )


@verb("terminal.retire")
def retire_terminal(terminal: Terminal, *, by: Actor) -> None:
    """Take a management PC out of service."""
    permit = require(by, "terminal.retire", thing_of_terminal(terminal))
    terminal.retired_at = clock.now()
    terminal.save(update_fields=["retired_at"])
    permit.write("terminal.retired")


def _show_wire(terminal: Terminal, photo: Scan) -> None:
    """File the photograph, sealed. Raises Conflict for anything but a photograph."""
    if kind_of(photo.content) not in PICTURES:
        raise Conflict(
            "セキュリティワイヤーの写真は、JPEGかPNGにしてください。",
            "The photograph of the wire is sent as JPEG or PNG.",
        )
    enclose(terminal, photo)
