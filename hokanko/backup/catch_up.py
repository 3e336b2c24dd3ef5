"""What a restored database missed: the published ledger says it, line by line.

The ledger on disk is never behind what was promised to anybody, so a restored database is brought
up to it: its lines are put back under their places, and checked against the signed head.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.errors import Missing, Unsound
from hokanko.footage.models import Footage
from hokanko.formats import canon, note, tiles
from hokanko.formats.merkle import Frontier, leaf_hash
from hokanko.formats.sealed import plain_size
from hokanko.jobs.queue import put_off
from hokanko.keyring import keys
from hokanko.ledger.models import Checkpoint, Entry
from hokanko.ledger.publish import published_note, signing_key
from hokanko.people.models import Organisation
from hokanko.retention.models import Erasure
from hokanko.retention.moving import move_row
from hokanko.retention.proof import certificate_path
from hokanko.vault.cabinet import ORIGINAL
from hokanko.vault.models import SealedObject
from hokanko.vault.store import shelf

INSERT = (
    "INSERT INTO hokanko_entry (place, body, leaf, kind, org, about, at) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s)"
)
# Lines that move a last day, and the fact that says where to.
MOVED = {"retention.extended": "until", "retention.counted": "last_day", "retention.redated": "to"}
# Names, passwords and case texts are in the ledger as commitments: their rows are not made of them.
ONLY_TOLD = (
    *("org.", "rulebook.", "person.", "post.", "oath.", "training.", "card.", "terminal."),
    *("camera.issued", "intake.settled", "viewing.asked", "viewing.approved", "provision."),
    "erasure.",
)


@dataclass(frozen=True, slots=True)
class Published:
    """The longest published ledger at hand: its folder of tiles, and its signed head."""

    folder: Path
    note: str
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Restored:
    """Pieces brought back, pieces gone, and how often each act now stands in the ledger alone."""

    brought: int
    gone: int
    to_repeat: dict[str, int]


@dataclass(frozen=True, slots=True)
class Said:
    """One line that the restored database did not have."""

    kind: str
    org: str
    about: str
    at: datetime
    facts: dict[str, Any]


def longest(folders: Iterable[Path]) -> Published | None:
    """The largest head among these folders that this home has signed. Raises Unsound."""
    found = []
    for folder in folders:
        if text := published_note(folder):
            head = note.open_checkpoint(text, [signing_key().vkey])
            found.append(Published(folder, text, head.size, head.root))
    return max(found, key=lambda one: one.size, default=None)


def is_behind() -> bool:
    """Whether this home's database lacks what it has published: a restore broken off, say."""
    published = longest([keys.home().ledger])
    return (
        published is not None
        and not Checkpoint.objects.filter(size=published.size, root=published.root).exists()
    )


def to_repeat(lines: Iterable[Said]) -> dict[str, int]:
    """Kinds whose rows no ledger line can bring back, with their number: a person acts again."""
    kinds = Counter(line.kind for line in lines if line.kind.startswith(ONLY_TOLD))
    return dict(sorted(kinds.items()))


def replay(published: Published | None) -> list[Said]:
    """Put back the lines beyond the database, under their places and their signed head."""
    tree = Frontier()
    for leaf in Entry.objects.exclude(place=None).order_by("place").values_list("leaf", flat=True):
        tree.append(bytes(leaf))
        if published is not None and tree.size == published.size:
            _require_same(tree, published)
    if published is None or published.size <= tree.size:
        return []
    unplaced = {bytes(e.leaf): e.pk for e in Entry.objects.filter(place=None)}
    said = []
    with connection.cursor() as cursor:
        for body in _bodies(published, tree.size):
            leaf = leaf_hash(body)
            line = _said(body)
            if leaf in unplaced:
                cursor.execute(
                    "UPDATE hokanko_entry SET place = %s WHERE id = %s",
                    [tree.size, unplaced[leaf]],
                )
            else:
                row: list[Any] = [tree.size, body, leaf, line.kind, line.org, line.about, line.at]
                cursor.execute(INSERT, row)
            tree.append(leaf)
            said.append(line)
    _require_same(tree, published)
    Checkpoint.objects.create(
        size=tree.size,
        root=tree.root(),
        frontier=b"".join(tree.hashes),
        note=published.note,
        at=clock.now(),
    )
    return said


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


def _bodies(published: Published, first: int) -> Iterator[bytes]:
    """The lines from `first` on, out of the published bundles."""
    for index in range(first // tiles.WIDTH, -(-published.size // tiles.WIDTH)):
        start = index * tiles.WIDTH
        width = min(tiles.WIDTH, published.size - start)
        data = (published.folder / tiles.entries_path(index, width)).read_bytes()
        yield from tiles.parse_entry_bundle(data)[max(first - start, 0) : width]


def _said(body: bytes) -> Said:
    read: Any = canon.decode(body)
    at = datetime.fromisoformat(read["at"])
    return Said(read["kind"], read["org"], read["about"], at, read["facts"])


def _require_same(tree: Frontier, published: Published) -> None:
    if tree.root() != published.root:
        raise Unsound(
            "控えのデータベースと公表済みの台帳が食い違っています。戻しません。",
            "The backup's database and the published ledger differ: not restored.",
            mend_ja=f"{keys.home().ledger} を別の控えと照合してください。",
            mend_en=f"Compare {keys.home().ledger} with another copy.",
        )
