"""Verbs of imports: one begins, its clock is stated again, a file is left out, it ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.errors import Conflict
from hokanko.footage.clocks import BY, named_time
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing
from hokanko.imports.models import Import, ImportFile
from hokanko.imports.queries import ended, next_number, require_open
from hokanko.imports.sorting import clock_said
from hokanko.imports.words import KINDS, Why
from hokanko.people.attach import Scan, enclose
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import thing_of_org
from hokanko.retention.moving import count_again
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.permit import Permit
from hokanko.rules.verb import verb

WIDEST_MARK = 60  # characters by which the files of a camera are told apart
MOST_OFF = timedelta(days=365 * 30)  # a clock that was never set stands in 1970 or 2000


@dataclass(frozen=True, slots=True)
class ClockRead:
    """What the recorder's screen showed, the true time at that moment, a photograph of both."""

    shown: datetime | None = None
    true: datetime | None = None
    photo: Scan | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """Which recorder or card it is, who took it out when, whose footage it holds, and its clock.

    `cameras` says for each camera what the paths of its files contain; "" for all that no other
    claims. `oldest` is the oldest footage it shows, by its own clock.
    """

    kind: str
    device: str
    taken_by: str
    taken_at: datetime
    cameras: Mapping[str, str]
    clock: ClockRead = field(default_factory=ClockRead)
    names_utc: bool = False
    oldest: datetime | None = None
    overwrites: bool = False


@verb("import.begin")
def begin(org: Organisation, brought: Brought, *, beginner: Person | None, by: Actor) -> Import:
    """Begin an import: from now on its files may come, in one go or in several."""
    permit = require(by, "import.begin", thing_of_org(org))
    _require_whole(org, brought)
    now = clock.now()
    lot = Import(
        number=next_number(org.pk, now),
        org=org,
        kind=brought.kind,
        device=brought.device.strip(),
        taken_by=brought.taken_by.strip(),
        taken_at=brought.taken_at,
        names_utc=brought.names_utc,
        oldest_at=brought.oldest,
        overwrites=brought.overwrites,
        cameras=dict(brought.cameras),
        begun_at=now,
        begun_by=beginner,
    )
    _read(lot, brought.clock)
    lot.save(force_insert=True)
    permit.write(
        "import.begun",
        about=f"import:{lot.pk}",
        facts={
            "number": lot.number,
            "brought_on": lot.kind,
            "device": lot.device,
            "taken_out": clock.iso(lot.taken_at),
            "cameras": sorted(lot.cameras),
            "oldest": clock.iso(lot.oldest_at) if lot.oldest_at else "",
            "overwrites": lot.overwrites,
            **_clock_facts(lot),
        },
        private={"taken_by": lot.taken_by},
    )
    return lot


@verb("import.state")
def state_again(lot: Import, read: ClockRead, cameras: Mapping[str, str], *, by: Actor) -> None:
    """State the clock or the cameras again; the times of what came already move with the clock.

    Footage whose time a person settled stays as it is, and no original is touched (I4).
    """
    permit = require(by, "import.state", thing_of_org(lot.org))
    require_open(lot)
    _require_marks(lot.org, cameras)
    before = lot.offset_s
    _read(lot, read)
    lot.cameras = dict(cameras)
    lot.save()
    permit.write(
        "import.stated",
        about=f"import:{lot.pk}",
        facts={"number": lot.number, "cameras": sorted(lot.cameras), **_clock_facts(lot)},
    )
    if lot.offset_s != before:
        for row in lot.files.select_related("footage__org").order_by("pk"):
            if row.footage is not None and row.footage.origin.get("import") == lot.number:
                _set_right(row.footage, lot, permit)


@verb("import.leave_out")
def leave_out(row: ImportFile, why: Why, *, by: Actor) -> None:
    """Write down that a file was not made footage, and why; where it lies it is untouched."""
    permit = require(by, "import.leave_out", thing_of_org(row.part_of.org))
    if row.state == why.state and row.note == why.ja:
        return
    row.state, row.note, row.note_en, row.at = why.state, why.ja, why.en, clock.now()
    row.save(update_fields=["state", "note", "note_en", "at"])
    permit.write(
        "import.left_out",
        about=f"import:{row.part_of_id}",
        facts={
            "number": row.part_of.number,
            "path": row.path,
            "outcome": why.state,
            "reason": why.ja,
        },
    )


@verb("import.end")
def end(lot: Import, *, by: Actor) -> None:
    """End an import: what came of it is counted, and nothing more is added to it."""
    permit = require(by, "import.end", thing_of_org(lot.org))
    if Import.objects.filter(pk=lot.pk, ended_at=None).update(ended_at=clock.now()) != 1:
        raise ended()
    lot.refresh_from_db()
    counted: dict[str, int] = {}
    for state in lot.files.values_list("state", flat=True):
        counted[state] = counted.get(state, 0) + 1
    permit.write(
        "import.ended",
        about=f"import:{lot.pk}",
        facts={"number": lot.number, "outcome": dict(sorted(counted.items()))},
    )


def _set_right(footage: Footage, lot: Import, permit: Permit) -> None:
    """Move a capture time that rests on the recorder's clock; retention follows it."""
    if footage.state != "held" or not footage.captured_by.startswith(BY):
        return
    moved = (footage.origin.get("clock_offset_s") or 0) - (lot.offset_s or 0)
    kept = {k: v for k, v in footage.origin.items() if not k.startswith("clock_")}
    footage.origin = kept | clock_said(lot)
    named = named_time(footage.origin)
    assert footage.captured is not None
    footage.captured = named or footage.captured + timedelta(seconds=moved)
    footage.save(update_fields=["origin", "captured"])
    permit.write(
        "import.set_right",
        about=thing(footage).name,
        facts={"number": lot.number, "captured": clock.iso(footage.captured), **_clock_facts(lot)},
    )
    count_again(footage, permit)


def _read(lot: Import, read: ClockRead) -> None:
    """Put a reading of the clock on an import: both times or neither, and a photograph, sealed."""
    if (read.shown is None) != (read.true is None):
        raise Conflict(
            "画面の時刻と正しい時刻は、両方書くか、両方空けてください。",
            "Give both the time on the screen and the true time, or neither.",
        )
    if read.shown is not None and read.true is not None:
        if read.true > clock.now() + timedelta(minutes=5):
            raise Conflict(
                "正しい時刻が、いまより先になっています。", "The true time lies in the future."
            )
        if abs(read.shown - read.true) > MOST_OFF:
            raise Conflict(
                "時計のずれが30年を超えています。読み取った時刻を確かめてください。",
                "The clock would be more than 30 years off: check what was read.",
            )
    lot.shown_at, lot.true_at = read.shown, read.true
    if read.photo is not None:
        enclose(lot, read.photo)


def _clock_facts(lot: Import) -> dict[str, str | int | None]:
    return {
        "shown": clock.iso(lot.shown_at) if lot.shown_at else "",
        "true": clock.iso(lot.true_at) if lot.true_at else "",
        "offset_s": lot.offset_s,
        "photo": lot.file_sha256,
    }


def _require_whole(org: Organisation, brought: Brought) -> None:
    """Raises Conflict for what says too little, or cannot be."""
    if brought.kind not in KINDS:
        raise Conflict("どこから持ち込むかを選んでください。", "Say what it is brought from.")
    if not (brought.device.strip() and brought.taken_by.strip()):
        raise Conflict(
            "どの録画装置（カード）か、誰が取り出したかを書いてください。",
            "Say which recorder or card it is, and who took it out.",
        )
    if brought.taken_at > clock.now():
        raise Conflict(
            "取り出した日時が、いまより先になっています。", "It was taken out in the future."
        )
    _require_marks(org, brought.cameras)


def _require_marks(org: Organisation, cameras: Mapping[str, str]) -> None:
    """Raises Conflict unless each camera is one's own and they can be told apart."""
    mine = Camera.objects.filter(org=org, number__in=list(cameras), retired_at=None)
    if not cameras or mine.count() != len(cameras):
        raise Conflict(
            "どのカメラの映像かを選んでください。登録されたカメラだけを受け付けます。",
            "Choose whose footage it is, among the cameras registered here.",
        )
    marks = [mark.strip().casefold() for mark in cameras.values()]
    if len(set(marks)) != len(marks) or max(map(len, marks)) > WIDEST_MARK:
        raise Conflict(
            "カメラごとに違う文字（60字まで）を書いてください。空けておけるのは1台だけです。",
            "Give each camera its own mark (60 characters at most); one may be left empty.",
        )
