"""The published files of the ledger, each compared with the lines in the database.

They are a copy (`publish.rewrite` makes them anew), but others read them: what is wrong with them
is told like anything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from hokanko.errors import Unsound
from hokanko.formats.merkle import leaf_hash, root
from hokanko.formats.tiles import WIDTH, Tile, entries_path, parse_entry_bundle
from hokanko.ledger.lines import Problem

COPY = "copy"


class Files:
    """The tiles and bundles of the first `size` lines: `meet` their leaves in order."""

    def __init__(self, folder: Path, size: int) -> None:
        self._folder, self._left = folder, size
        self._rows: list[list[bytes]] = []  # of each level, the tile that is being filled
        self._done: list[int] = []  # and how many were filled before it

    def meet(self, leaf: bytes) -> Iterator[Problem]:
        """What is wrong with the files that this line completes."""
        if not self._left:
            return
        self._left -= 1
        yield from self._add(0, leaf)
        if not self._left:
            for level, row in enumerate(self._rows):
                if row:
                    yield from self._compare(level, row)

    def _add(self, level: int, digest: bytes) -> Iterator[Problem]:
        if level == len(self._rows):
            self._rows.append([])
            self._done.append(0)
        row = self._rows[level]
        row.append(digest)
        if len(row) == WIDTH:
            yield from self._compare(level, row)
            self._rows[level] = []
            self._done[level] += 1
            yield from self._add(level + 1, root(row))

    def _compare(self, level: int, row: Sequence[bytes]) -> Iterator[Problem]:
        tile = Tile(level, self._done[level], len(row))
        if self._read(tile.path) != b"".join(row):
            yield differs(tile.path)
        if level == 0:
            path = entries_path(tile.index, tile.width)
            try:
                leaves = [leaf_hash(entry) for entry in parse_entry_bundle(self._read(path))]
            except Unsound:
                leaves = []
            if leaves != row:
                yield differs(path)

    def _read(self, path: str) -> bytes:
        try:
            return (self._folder / path).read_bytes()
        except FileNotFoundError:
            return b""


def differs(path: str) -> Problem:
    """A published file that is lost, or not what the database says."""
    return Problem(
        COPY,
        None,
        f"公表用の写し（{path}）が、失われたかデータベースと違います。",
        f"The published file {path} is lost, or differs from the database.",
    )
