"""Verbs of consents: one that a person filmed gave is recorded, and that he withdrew it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.errors import Conflict
from hokanko.footage.consents import insist_given, next_number
from hokanko.footage.models import Footage, PersonConsent
from hokanko.people.attach import Scan, enclose
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@dataclass(frozen=True, slots=True)
class Given:
    """Who agreed to what, when and how; for one piece, or for a camera's days (both counted)."""

    person: str
    purpose: str
    on: date
    how: str
    footage: Footage | None = None
    camera: Camera | None = None
    since: date | None = None
    until: date | None = None
    paper: Scan | None = None


@verb("consent.record")
def record(org: Organisation, given: Given, recorder: Person, *, by: Actor) -> PersonConsent:
    """Put it on record. It is dated as it was given, and opens nothing before that day."""
    ahead = given.on > clock.today()
    permit = require(by, "consent.record", thing_of_org(org), day_ahead=ahead)
    _require_whole(org, given)
    insist_given(given.on)
    now = clock.now()
    row = PersonConsent(
        number=next_number(org.pk, now),
        org=org,
        person=given.person.strip(),
        purpose=given.purpose.strip(),
        footage=given.footage,
        camera=given.camera if given.footage is None else None,
        since=given.since if given.footage is None else None,
        until=given.until if given.footage is None else None,
        on=given.on,
        how=given.how.strip(),
        entered_at=now,
        entered_by=recorder,
    )
    if given.paper is not None:
        enclose(row, given.paper)
    row.save(force_insert=True)
    permit.write(
        "consent.recorded",
        facts={
            "number": row.number,
            "on": row.on.isoformat(),
            "footage": [row.footage.number] if row.footage else [],
            "camera": row.camera.number if row.camera else None,
            "from": row.since.isoformat() if row.since else None,
            "to": row.until.isoformat() if row.until else None,
            "papers": [row.file_sha256] if row.file_sha256 else [],
        },
        private={
            "person_filmed": row.person,
            "consented_to": row.purpose,
            "consented_how": row.how,
        },
    )
    return row


@verb("consent.withdraw")
def withdraw(given: PersonConsent, on: date, how: str, *, by: Actor) -> None:
    """The person has taken it back: from now on no use rests on it."""
    permit = require(by, "consent.withdraw", thing_of_org(given.org))
    if on > clock.today() or on < given.on:
        raise Conflict(
            "撤回の日は、同意の日から今日までの日にしてください。",
            "The day of the withdrawal lies between the consent and today.",
        )
    rows = PersonConsent.objects.filter(pk=given.pk, withdrawn_on=None)
    if rows.update(withdrawn_on=on, withdrawn_how=how.strip()) != 1:
        raise Conflict("この同意は、もう撤回されています。", "This consent is withdrawn already.")
    given.refresh_from_db()
    facts = {"number": given.number, "on": on.isoformat()}
    private = {"person_filmed": given.person, "consented_how": given.withdrawn_how}
    permit.write("consent.withdrawn", facts=facts, private=private)


def _require_whole(org: Organisation, given: Given) -> None:
    """Raises Conflict for what says too little, or speaks of somebody else's footage."""
    if not (given.person.strip() and given.purpose.strip() and given.how.strip()):
        raise Conflict(
            "同意した人、使う目的、同意の方法を書いてください。",
            "State who consented, to which use, and how.",
        )
    days = given.since is not None and given.until is not None and given.since <= given.until
    if given.footage is None and (given.camera is None or not days):
        raise Conflict(
            "どの映像についての同意か、映像ファイル番号か、カメラと期間で示してください。",
            "Say of which footage: by its number, or by a camera and its days.",
        )
    named = given.footage or given.camera
    if named is not None and named.org_id != org.pk:
        raise Conflict(
            "この所属の映像でもカメラでもありません。", "It is not of this organisation."
        )
