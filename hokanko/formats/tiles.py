"""The ledger as small unchanging files (C2SP tlog-tiles): any web server can publish it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hokanko.errors import Missing, Unsound
from hokanko.formats import merkle

HEIGHT = 8  # a tile is a subtree of this height: 256 hashes, or 256 entries
WIDTH = 1 << HEIGHT
MAX_LEVEL = 63
MAX_ENTRY_BYTES = 2**16 - 1
CACHED_TILES = 64  # about 2 MiB of hashes; one proof touches about two tiles a level


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile's place: level (0 = leaf hashes), index from the left, and width in hashes (1-256).

    At level 0 the entry bundle with the same index and width belongs to it.
    """

    level: int
    index: int
    width: int

    @property
    def path(self) -> str:
        """Where it is published, under the ledger's prefix."""
        return tile_path(self.level, self.index, self.width)


def tile_path(level: int, index: int, width: int = WIDTH) -> str:
    """`tile/<level>/<index>[.p/<width>]`; index 1234067 is `x001/x234/067`."""
    if not 0 <= level <= MAX_LEVEL:
        raise ValueError(f"there is no tile level {level}")
    return f"tile/{level}/{_place(index, width)}"


def entries_path(index: int, width: int = WIDTH) -> str:
    """`tile/entries/<index>[.p/<width>]`."""
    return f"tile/entries/{_place(index, width)}"


def _place(index: int, width: int) -> str:
    if index < 0 or not 1 <= width <= WIDTH:
        raise ValueError(f"there is no tile {index} of width {width}")
    *outer, last = f"{index:,}".split(",")
    groups = [*(f"x{int(group):03}" for group in outer), f"{int(last):03}"]
    return "/".join(groups) + ("" if width == WIDTH else f".p/{width}")


def entry_bundle(entries: Sequence[bytes]) -> bytes:
    """1 to 256 entries, each after its length as a big-endian uint16."""
    if not 1 <= len(entries) <= WIDTH or max(map(len, entries)) > MAX_ENTRY_BYTES:
        raise ValueError(f"a bundle holds 1-{WIDTH} entries of at most {MAX_ENTRY_BYTES} bytes")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def parse_entry_bundle(bundle: bytes) -> list[bytes]:
    """The entries of a bundle. Raises Unsound when it is cut short, empty or overfull."""
    entries, at = [], 0
    while at < len(bundle):
        begin = at + 2
        at = begin + int.from_bytes(bundle[at:begin], "big")
        entries.append(bundle[begin:at])
    if at != len(bundle) or not 1 <= len(entries) <= WIDTH:
        raise Unsound("台帳の記載の束が壊れています。", "An entry bundle of the ledger is broken.")
    return entries


def tiles_for(size_old: int, size_new: int) -> list[Tile]:
    """The tiles to write when the ledger grows, leaves first, each at its new width."""
    if not 0 <= size_old <= size_new:
        raise ValueError(f"a ledger of {size_old} entries cannot grow to {size_new}")
    tiles: list[Tile] = []
    level = 0
    while size_new > size_old:
        touched = range(size_old // WIDTH, -(-size_new // WIDTH))
        tiles += [Tile(level, index, min(WIDTH, size_new - index * WIDTH)) for index in touched]
        size_old, size_new, level = size_old >> HEIGHT, size_new >> HEIGHT, level + 1
    return tiles


def grow(
    size: int, leaf_hashes: Sequence[bytes], read: Callable[[str], bytes]
) -> Iterator[tuple[Tile, bytes]]:
    """Append to a ledger of `size` entries: each tile of `tiles_for` with its bytes.

    `read` gives the present partial tiles by path; nothing else is read.
    """
    hashes, level = list(leaf_hashes), 0
    while hashes:
        first, width = divmod(size, WIDTH)
        if width:
            hashes = _split(read(tile_path(level, first, width)), width) + hashes
        full = []
        for begin in range(0, len(hashes), WIDTH):
            part = hashes[begin : begin + WIDTH]
            yield Tile(level, first + begin // WIDTH, len(part)), b"".join(part)
            if len(part) == WIDTH:
                full.append(merkle.root(part))
        hashes, size, level = full, size >> HEIGHT, level + 1


class TileTree:
    """A tree of `size` entries, read from its tiles only as far as a question needs.

    `read` gives a tile's bytes by path and raises Missing or FileNotFoundError where there is
    none; a partial tile that is gone is taken from the full one. Nothing read here is to be
    believed before `root()` is compared with a signed checkpoint, or a proof verified with one.
    """

    def __init__(self, read: Callable[[str], bytes], size: int) -> None:
        if size < 0:
            raise ValueError("a ledger cannot have fewer than no entries")
        self.size = size
        self._read = read
        self._rows = lru_cache(CACHED_TILES)(self._load)

    def node(self, level: int, index: int) -> bytes:
        """The hash of the complete subtree over entries [index << level, (index + 1) << level)."""
        if level < 0 or index < 0 or (index + 1) << level > self.size:
            raise ValueError(f"no complete subtree ({level}, {index}) among {self.size} entries")
        tile_level, height = divmod(level, HEIGHT)
        tile_index, place = divmod(index, WIDTH >> height)
        return self._rows(tile_level, tile_index)[height][place]

    def root(self) -> bytes:
        """The root of the whole tree."""
        ends = [bit for bit in reversed(range(self.size.bit_length())) if self.size >> bit & 1]
        edge = [self.node(bit, (self.size >> bit) - 1) for bit in ends]
        return merkle.Frontier(self.size, edge).root()

    def inclusion(self, index: int) -> list[bytes]:
        """The proof that entry `index` is in this tree."""
        return merkle.inclusion_proof(index, self.size, self.node)

    def consistency(self, old: int) -> list[bytes]:
        """The proof that this tree extends the one of `old` entries."""
        return merkle.consistency_proof(old, self.size, self.node)

    def _load(self, level: int, index: int) -> list[list[bytes]]:
        width = min(WIDTH, (self.size >> HEIGHT * level) - index * WIDTH)
        try:
            hashes = _split(self._read(tile_path(level, index, width)), width)
        except (Missing, FileNotFoundError):
            if width == WIDTH:
                raise
            hashes = _split(self._read(tile_path(level, index)), WIDTH)
        return merkle.levels(hashes)


def _split(tile: bytes, width: int) -> list[bytes]:
    if len(tile) != width * merkle.HASH_BYTES:
        raise Unsound(
            "台帳のタイルの大きさが正しくありません。", "A tile of the ledger has the wrong size."
        )
    return [tile[at : at + merkle.HASH_BYTES] for at in range(0, len(tile), merkle.HASH_BYTES)]
