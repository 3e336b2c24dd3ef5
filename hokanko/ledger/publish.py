"""The sequencer: gives written lines their places, and publishes a signed checkpoint.

One lock, so there is one order on every database. The tiles on disk are a copy of what the
database says; they are written after the commit and caught up at the next call.
"""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Callable
from pathlib import Path

from django.db import connection

from hokanko import clock
from hokanko.errors import Unsound
from hokanko.formats import tiles
from hokanko.formats.merkle import Frontier
from hokanko.formats.note import Checkpoint as Head
from hokanko.formats.note import SigningKey, open_checkpoint, sign
from hokanko.keyring import keys
from hokanko.keyring.disk import make_folder, write
from hokanko.ledger.models import Checkpoint, Entry
from hokanko.ledger.turn import write_turn

LOCK = 0x686F6B616E6B6F  # "hokanko", the advisory lock on PostgreSQL
HASH_BYTES = 32


def signing_key() -> SigningKey:
    """The key that signs this home's checkpoints; its name carries no personal data."""
    seed = keys.keyring().standing("ledger")
    name = hashlib.sha256(b"hokanko ledger name" + seed).hexdigest()[:16]
    return SigningKey.from_seed(f"hokanko.invalid/{name}", seed)


def publish() -> Checkpoint | None:
    """Sequence what has been written and sign the new head; the newest checkpoint, if any."""
    with write_turn():
        _lock()
        last = Checkpoint.objects.order_by("-size").first()
        _require_not_ahead(keys.home().ledger)
        head = _sequence(last)
    if head is not None:
        write_tiles(head)
    return head


def _require_not_ahead(folder: Path) -> None:
    """What has been published once must be what the database says: else it is an old copy of it."""
    said = published_note(folder)
    if not said or Checkpoint.objects.filter(note=said, size=_size(said)).exists():
        return
    try:
        open_checkpoint(said, [signing_key().vkey])
    except Unsound as damaged:
        raise Unsound(
            "公表済みの台帳の頭のファイルが壊れています。",
            "The file of the published head is damaged.",
            mend_ja=f"{folder / 'checkpoint'} をよけてください。データベースから書き直します。",
            mend_en=f"Move {folder / 'checkpoint'} aside: it is written again from the database.",
        ) from damaged
    raise Unsound(
        "公表済みの台帳が、データベースより先に進んでいるか、食い違っています。",
        "The published ledger is ahead of the database, or another one.",
        mend_ja="データベースを控えから戻してください（hokanko restore）。",
        mend_en="Restore the database (hokanko restore).",
    )


def _lock() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _sequence(last: Checkpoint | None) -> Checkpoint | None:
    new = list(Entry.objects.filter(place=None).order_by("id").values_list("id", "leaf"))
    if not new:
        return last
    frontier = _frontier(last)
    placed = []
    for number, leaf in new:
        placed.append((frontier.size, number))
        frontier.append(bytes(leaf))
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE hokanko_entry SET place = %s WHERE id = %s", placed)
    key = signing_key()
    text = Head(key.name, frontier.size, frontier.root()).text()
    return Checkpoint.objects.create(
        size=frontier.size,
        root=frontier.root(),
        frontier=b"".join(frontier.hashes),
        note=sign(text, [key]),
        at=clock.now(),
    )


def _frontier(last: Checkpoint | None) -> Frontier:
    if last is None:
        return Frontier()
    kept = bytes(last.frontier)
    hashes = [kept[i : i + HASH_BYTES] for i in range(0, len(kept), HASH_BYTES)]
    return Frontier(last.size, hashes)


def write_tiles(head: Checkpoint) -> None:
    """Bring the tiles and the checkpoint on disk up to this head, one process at a time."""
    folder = keys.home().ledger
    make_folder(folder)
    with (folder / ".lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        old = _size(published_note(folder))
        if old >= head.size:
            return
        try:
            _grow(folder, old, head)
        except (FileNotFoundError, Unsound):  # a tile is lost: the database has every line
            _grow(folder, 0, head)


def rewrite() -> None:
    """Write every published file anew. Only where the database was checked against that head."""
    head = Checkpoint.objects.order_by("-size").first()
    folder = keys.home().ledger
    make_folder(folder)
    with (folder / ".lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if head is not None:
            _grow(folder, 0, head)


def _grow(folder: Path, old: int, head: Checkpoint) -> None:
    leaves = Entry.objects.filter(place__gte=old - old % 256, place__lt=head.size)
    rows = [
        (bytes(leaf), bytes(body))
        for leaf, body in leaves.order_by("place").values_list("leaf", "body")
    ]
    grown = tiles.grow(old, [leaf for leaf, _ in rows[old % 256 :]], _reader(folder))
    for tile, data in grown:
        _put(folder / tile.path, data)
    first = old - old % 256
    for start in range(first, head.size, 256):
        bundle = [body for _, body in rows[start - first : start - first + 256]]
        _put(folder / tiles.entries_path(start // 256, len(bundle)), tiles.entry_bundle(bundle))
    _put(folder / "vkey", signing_key().vkey.encode() + b"\n")
    write(folder / "checkpoint", head.note.encode())


def published_note(folder: Path) -> str:
    """The signed head that lies in a folder of tiles; "" where none does."""
    try:
        return (folder / "checkpoint").read_bytes().decode(errors="replace")
    except FileNotFoundError:
        return ""


def _size(text: str) -> int:
    """What a head says of its size, before anybody believes it; 0 where it says none."""
    said = text.split("\n")[1:2]
    return int(said[0]) if said and said[0].isdecimal() else 0


def _reader(folder: Path) -> Callable[[str], bytes]:
    return lambda path: (folder / path).read_bytes()


def _put(path: Path, data: bytes) -> None:
    make_folder(path.parent)
    write(path, data)  # durable before the head that speaks of it
