"""Tiles: names, widths, growth, and a tree read from tiles equal to one in RAM."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hokanko.errors import Missing, Unsound
from hokanko.formats import merkle, tiles
from hokanko.formats.note import open_checkpoint

LOG = Path(__file__).parents[2].parent / "shared" / "data" / "vectors" / "tlog" / "tessera-log"
LEAVES = [merkle.leaf_hash(number.to_bytes(4, "big")) for number in range(70_000)]
ROWS = merkle.levels(LEAVES)
EDGES = [1, 2, 255, 256, 257, 511, 512, 600, 65_535, 65_536, 65_537, 65_792, 70_000]
SIZES = st.sampled_from(EDGES) | st.integers(1, 70_000)


class Shelf:
    """Tiles in RAM, as a web server would hold them."""

    def __init__(self) -> None:
        self.tiles: dict[str, bytes] = {}
        self.asked: list[str] = []

    def read(self, path: str) -> bytes:
        self.asked.append(path)
        if path not in self.tiles:
            raise Missing("タイルがありません。", f"No tile {path}.")
        return self.tiles[path]

    def write_all(self, size: int) -> None:
        for tile in tiles.tiles_for(0, size):
            first = tile.index * tiles.WIDTH
            hashes = ROWS[8 * tile.level][first : first + tile.width]
            self.tiles[tile.path] = b"".join(hashes)


def in_ram(level: int, index: int) -> bytes:
    return ROWS[level][index]


def shelf_of(size: int) -> Shelf:
    shelf = Shelf()
    shelf.write_all(size)
    return shelf


def test_paths_as_in_the_specification() -> None:
    assert tiles.tile_path(0, 1_234_067) == "tile/0/x001/x234/067"
    assert tiles.tile_path(1, 0, 17) == "tile/1/000.p/17"
    assert tiles.tile_path(63, 999, 256) == "tile/63/999"
    assert tiles.entries_path(1000, 5) == "tile/entries/x001/000.p/5"
    assert tiles.Tile(2, 3, 4).path == "tile/2/003.p/4"


@pytest.mark.parametrize(
    ("level", "index", "width"), [(-1, 0, 1), (64, 0, 1), (0, -1, 1), (0, 0, 0), (0, 0, 257)]
)
def test_refuses_places_that_cannot_be(level: int, index: int, width: int) -> None:
    with pytest.raises(ValueError, match="there is no tile"):
        tiles.tile_path(level, index, width)


def test_a_tree_of_70_000_as_in_the_specification() -> None:
    found = tiles.tiles_for(0, 70_000)
    assert len(found) == 277
    assert [tile for tile in found if tile.width < 256] == [
        tiles.Tile(0, 273, 112),
        tiles.Tile(1, 1, 17),
        tiles.Tile(2, 0, 1),
    ]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        (0, 0, []),
        (5, 5, []),
        (0, 256, ["tile/0/000", "tile/1/000.p/1"]),
        (255, 257, ["tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1"]),
        (256, 257, ["tile/0/001.p/1"]),
        (65_535, 65_536, ["tile/0/255", "tile/1/000", "tile/2/000.p/1"]),
    ],
)
def test_which_tiles_change(old: int, new: int, wanted: list[str]) -> None:
    assert [tile.path for tile in tiles.tiles_for(old, new)] == wanted


@pytest.mark.parametrize(("old", "new"), [(2, 1), (-1, 1)])
def test_a_ledger_does_not_shrink(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="cannot grow"):
        tiles.tiles_for(old, new)


@pytest.mark.parametrize("steps", [[70_000], [1, 2, 255, 256, 300, 65_535, 65_537, 70_000]])
def test_growing_step_by_step_gives_the_same_tiles(steps: list[int]) -> None:
    shelf, size = Shelf(), 0
    for new in steps:
        grown = list(tiles.grow(size, LEAVES[size:new], shelf.read))
        assert [tile for tile, _ in grown] == tiles.tiles_for(size, new)
        shelf.tiles.update({tile.path: data for tile, data in grown})
        size = new
    whole = shelf_of(size).tiles
    assert {path: shelf.tiles[path] for path in whole} == whole


def test_growing_by_nothing_reads_and_writes_nothing() -> None:
    assert list(tiles.grow(300, [], Shelf().read)) == []


@pytest.mark.parametrize("size", EDGES)
def test_the_root_from_tiles(size: int) -> None:
    assert tiles.TileTree(shelf_of(size).read, size).root() == merkle.root(LEAVES[:size])


def test_an_empty_tree_needs_no_tile() -> None:
    assert tiles.TileTree(Shelf().read, 0).root() == merkle.EMPTY_ROOT


@given(st.data())
def test_proofs_from_tiles_equal_those_from_ram(data: st.DataObject) -> None:
    size = data.draw(SIZES)
    index = data.draw(st.integers(0, size - 1))
    tree = tiles.TileTree(FULL.read, size)
    assert tree.inclusion(index) == merkle.inclusion_proof(index, size, in_ram)
    assert tree.consistency(index) == merkle.consistency_proof(index, size, in_ram)
    assert tree.root() == merkle.Frontier(size, edge(size)).root()


def edge(size: int) -> list[bytes]:
    bits = [bit for bit in range(17, -1, -1) if size >> bit & 1]
    return [ROWS[bit][(size >> bit) - 1] for bit in bits]


class FullShelf(Shelf):
    """Every tile that ever was: a server that never tidies up."""

    def read(self, path: str) -> bytes:
        _, level, *groups = path.partition(".p/")[0].split("/")
        width = int(path.partition(".p/")[2] or tiles.WIDTH)
        first = int("".join(group.lstrip("x") for group in groups)) * tiles.WIDTH
        return b"".join(ROWS[8 * int(level)][first : first + width])


FULL = FullShelf()


def test_one_proof_reads_each_tile_once_and_few() -> None:
    shelf = shelf_of(70_000)
    tiles.TileTree(shelf.read, 70_000).inclusion(12_345)
    assert sorted(shelf.asked) == sorted(set(shelf.asked))
    assert len(shelf.asked) <= 5


def test_a_full_tile_stands_in_for_a_partial_one_that_is_gone() -> None:
    shelf = shelf_of(300)
    shelf.write_all(512)
    del shelf.tiles["tile/0/001.p/44"]
    wanted = merkle.inclusion_proof(299, 300, in_ram)
    assert tiles.TileTree(shelf.read, 300).inclusion(299) == wanted


def test_a_folder_is_a_shelf(tmp_path: Path) -> None:
    for path, data in shelf_of(512).tiles.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    (tmp_path / "tile/1/000.p/1").write_bytes(ROWS[8][0])
    tree = tiles.TileTree(lambda path: (tmp_path / path).read_bytes(), 300)
    assert tree.root() == merkle.root(LEAVES[:300])


def test_a_tile_that_is_gone_is_missing() -> None:
    shelf = shelf_of(600)
    del shelf.tiles["tile/0/000"]
    with pytest.raises(Missing):
        tiles.TileTree(shelf.read, 600).inclusion(3)


@pytest.mark.parametrize(
    "change", [lambda tile: tile[:-1], lambda tile: tile + b"\0", lambda _: b""]
)
def test_a_tile_of_the_wrong_size_is_unsound(change: Callable[[bytes], bytes]) -> None:
    shelf = shelf_of(300)
    shelf.tiles["tile/0/001.p/44"] = change(shelf.tiles["tile/0/001.p/44"])
    with pytest.raises(Unsound):
        tiles.TileTree(shelf.read, 300).inclusion(299)
    with pytest.raises(Unsound):
        list(tiles.grow(300, LEAVES[300:301], shelf.read))


def test_a_tile_with_a_changed_byte_gives_no_valid_proof() -> None:
    shelf = shelf_of(300)
    tile = bytearray(shelf.tiles["tile/0/001.p/44"])
    tile[7] ^= 1
    shelf.tiles["tile/0/001.p/44"] = bytes(tile)
    proof = tiles.TileTree(shelf.read, 300).inclusion(299)
    with pytest.raises(Unsound):
        merkle.verify_inclusion(LEAVES[299], 299, 300, proof, merkle.root(LEAVES[:300]))


@pytest.mark.parametrize(("level", "index"), [(0, 300), (8, 1), (9, 0), (-1, 0), (0, -1)])
def test_only_complete_subtrees_have_a_node(level: int, index: int) -> None:
    with pytest.raises(ValueError, match="no complete subtree"):
        tiles.TileTree(FULL.read, 300).node(level, index)


def test_a_tree_cannot_have_a_negative_size() -> None:
    with pytest.raises(ValueError, match="fewer than no entries"):
        tiles.TileTree(FULL.read, -1)


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=20))
def test_bundles_read_back(entries: list[bytes]) -> None:
    assert tiles.parse_entry_bundle(tiles.entry_bundle(entries)) == entries


def test_a_bundle_is_lengths_and_entries() -> None:
    assert tiles.entry_bundle([b"one", b"", b"three"]) == b"\0\3one\0\0\0\5three"
    largest = [b"x" * 65_535] * 256
    assert tiles.parse_entry_bundle(tiles.entry_bundle(largest)) == largest


@pytest.mark.parametrize("entries", [[], [b""] * 257, [b"x" * 65_536]])
def test_refuses_to_bundle(entries: list[bytes]) -> None:
    with pytest.raises(ValueError, match="a bundle holds"):
        tiles.entry_bundle(entries)


@pytest.mark.parametrize("bundle", [b"", b"\0", b"\0\1", b"\0\2a", b"\0\1ab", b"\0\0" * 257])
def test_refuses_a_broken_bundle(bundle: bytes) -> None:
    with pytest.raises(Unsound):
        tiles.parse_entry_bundle(bundle)


@pytest.mark.skipif(not LOG.exists(), reason="the published tessera log is not here")
@pytest.mark.parametrize("size", range(16))
def test_the_published_log_at_every_size(size: int) -> None:
    vkey = (LOG / "VKEY.txt").read_text().strip()
    checkpoint = open_checkpoint((LOG / f"checkpoint.{size}").read_text(encoding="utf-8"), [vkey])
    assert checkpoint.size == size
    if size == 0:
        assert checkpoint.root == tiles.TileTree(FULL.read, 0).root()
        return
    entries = tiles.parse_entry_bundle((LOG / tiles.entries_path(0, size)).read_bytes())
    tree = tiles.TileTree(lambda path: (LOG / path).read_bytes(), size)
    assert tree.root() == checkpoint.root == merkle.root([*map(merkle.leaf_hash, entries)])
    assert (LOG / tiles.entries_path(0, size)).read_bytes() == tiles.entry_bundle(entries)
    for index, entry in enumerate(entries):
        leaf = merkle.leaf_hash(entry)
        merkle.verify_inclusion(leaf, index, size, tree.inclusion(index), checkpoint.root)
        old = merkle.root([*map(merkle.leaf_hash, entries[:index])])
        merkle.verify_consistency(index, size, tree.consistency(index), old, checkpoint.root)
