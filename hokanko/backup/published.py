"""What a restored database missed: the published ledger says it, line by line.

The ledger on disk is never behind what was promised to anybody, so a restored database is brought
up to it: its lines are put back under their places, and checked against the signed head.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from hokanko import clock
from hokanko.errors import Unsound
from hokanko.formats import canon, note, tiles
from hokanko.formats.merkle import Frontier, leaf_hash
from hokanko.keyring import keys
from hokanko.ledger.models import Checkpoint, Entry
from hokanko.ledger.publish import published_note, signing_key

INSERT = (
    "INSERT INTO hokanko_entry (place, body, leaf, kind, org, about, at) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s)"
)


@dataclass(frozen=True, slots=True)
class Published:
    """The longest published ledger at hand: its folder of tiles, and its signed head."""

    folder: Path
    note: str
    size: int
    root: bytes


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
