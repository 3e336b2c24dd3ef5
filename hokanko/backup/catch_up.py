"""What a restored database missed is made good from ledger lines: rows, last days, ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hokanko.backup.published import Said
from hokanko.cameras.models import Camera
from hokanko.errors import Missing
from hokanko.footage.models import Footage
from hokanko.formats.sealed import plain_size
from hokanko.jobs.queue import put_off
from hokanko.ledger.models import Entry
from hokanko.people.models import Organisation
from hokanko.retention.models import Erasure
from hokanko.retention.moving import move_row
from hokanko.retention.proof import certificate_path
from hokanko.vault.cabinet import ORIGINAL
from hokanko.vault.models import SealedObject
from hokanko.vault.store import shelf

# Lines that move a last day, and the fact that says where to.
MOVED = {"retention.extended": "until", "retention.counted": "last_day", "retention.redated": "to"}
# Names, passwords and case texts are in the ledger as commitments: their rows are not made of them.
ONLY_TOLD = (
    *("org.", "rulebook.", "person.", "post.", "oath.", "training.", "card.", "terminal."),
    *("camera.issued", "intake.settled", "viewing.asked", "viewing.approved", "provision."),
    "erasure.",
)


@dataclass(frozen=True, slots=True)
class Restored:
    """Pieces brought back, pieces gone, and how often each act now stands in the ledger alone."""

    brought: int
    gone: int
    to_repeat: dict[str, int]


def to_repeat(lines: Iterable[Said]) -> dict[str, int]:
    """Kinds whose rows no ledger line can bring back, with their number: a person acts again."""
    kinds = Counter(line.kind for line in lines if line.kind.startswith(ONLY_TOLD))
    return dict(sorted(kinds.items()))


def refile(lines: list[Said]) -> int:
    """File the footage that came in after the copy was made: its sealed bytes are on the shelf."""
    begun = {line.about: line.facts for line in lines if line.kind == "intake.begun"}
    brought = 0
    for line in lines:
        if line.kind == "camera.registered":
            _camera(line)
        if line.kind == "intake.taken_in":
            source = begun.get(line.about, {}).get("source", line.facts["number"])
            brought += _file(line, source)
    return brought


def lengthen(lines: list[Said]) -> None:
    """Days that were moved after the copy was made still hold (I7)."""
    for line in lines:
        if line.kind in MOVED:
            last = date.fromisoformat(line.facts[MOVED[line.kind]])
            footage = Footage.objects.filter(pk=line.about.partition(":")[2]).first()
            if footage is None:
                continue
            if line.kind == "retention.redated":  # its key went along, also to an earlier day
                footage.key_day = last
            move_row(footage, last)


def close_ends(lines: list[Said]) -> None:
    """What was certified after the copy was made has ended: its rows say so again."""
    for line in lines:
        kind, _, name = line.about.partition(":")
        if line.kind != "retention.erased":
            continue
        if kind == "footage":
            SealedObject.objects.filter(subject=name).delete()
            Footage.objects.filter(pk=name).update(state="erased", erased_at=line.at)
        elif (erasure := Erasure.objects.filter(pk=name).first()) is not None:
            _certified(erasure, line)


def _certified(erasure: Erasure, line: Said) -> None:
    erasure.stage, erasure.certified_at = "certified", line.at
    erasure.root_generation = line.facts["root_generation"]
    erasure.entry = Entry.objects.get(about=line.about, kind=line.kind).pk
    path = certificate_path(erasure)
    erasure.certificate = path.read_text() if path.exists() else ""
    erasure.save()


def _camera(line: Said) -> None:
    if Organisation.objects.filter(pk=line.org).exists():
        Camera.objects.get_or_create(
            id=line.about.partition(":")[2],
            defaults={
                "org_id": line.org,
                "number": line.facts["number"],
                "serial": line.facts["serial"],
                "kind": line.facts["kind"],
                "registered_at": line.at,
            },
        )


def _file(line: Said, source: str) -> bool:
    """One piece, if its unit and camera are known and its bytes are there."""
    subject = UUID(line.about.partition(":")[2])
    camera = Camera.objects.filter(org=line.org, number=line.facts["camera"]).first()
    try:
        with shelf().open(subject.hex) as handle:
            size = handle.size
    except Missing:
        return False
    if camera is None or plain_size(size) != line.facts["bytes"]:
        return False
    last = date.fromisoformat(line.facts["last_day"])
    SealedObject.objects.create(
        name=subject.hex,
        subject=str(subject),
        org=line.org,
        role=ORIGINAL,
        key_day=last,
        plain_bytes=line.facts["bytes"],
        sealed_bytes=size,
        sha256=line.facts["sha256"],
        made_at=line.at,
    )
    Footage.objects.create(
        id=subject,
        number=line.facts["number"],
        org_id=line.org,
        camera=camera,
        source=source,
        sha256=line.facts["sha256"],
        bytes=line.facts["bytes"],
        created=datetime.fromisoformat(line.facts["created"]),
        last_day=last,
        key_day=last,
        edition=line.facts["edition"],
        origin=line.facts["origin"],
    )
    put_off("intake.examine", key=f"examine:{subject}:restored", footage=str(subject))
    return True
