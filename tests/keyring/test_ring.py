"""The keyring forgets exactly what it must."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hokanko.errors import Conflict, Missing, Unavailable
from hokanko.keyring import ggm
from hokanko.keyring.keys import Keyring
from hokanko.keyring.place import Place
from hokanko.keyring.ring import Ring, decode, encode
from hokanko.keyring.root import FileRoot

DAY = date(2026, 2, 17)
LATER = DAY + timedelta(days=30)
SLOT, LATE = ("CHUO", DAY), ("CHUO", LATER)


def ring_with(*slots: tuple[str, date]) -> Ring:
    ring = Ring()
    for slot in slots:
        ring = ring.with_day(slot)
    return ring


def test_a_leaf_is_the_same_each_time() -> None:
    ring = ring_with(SLOT)
    assert ring.leaf(SLOT, "f1") == ring.leaf(SLOT, "f1")
    assert ring.leaf(SLOT, "f1") != ring.leaf(SLOT, "f2")
    assert decode(encode(ring)) == ring


@settings(max_examples=30, deadline=None)
@given(cut=st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=6))
def test_puncturing_cuts_that_leaf_and_no_other(cut: list[int]) -> None:
    whole = ggm.fresh()
    near = {a ^ 1 for a in cut} | {a ^ (1 << 63) for a in cut} | {0, 2**64 - 1}
    others = near - set(cut)
    before = {a: ggm.leaf(whole, a) for a in others}
    nodes = whole
    for address in cut:
        nodes = ggm.puncture(nodes, address)
    for address in cut:
        with pytest.raises(ggm.Punctured):
            ggm.leaf(nodes, address)
        path = [address >> (ggm.DEPTH - d) for d in range(ggm.DEPTH + 1)]
        assert not any(n.prefix == path[n.depth] for n in nodes), "a seed above the leaf is left"
    assert {a: ggm.leaf(nodes, a) for a in others} == before


def test_adopted_footage_outlives_its_first_day() -> None:
    ring = ring_with(SLOT).adopt("kept", SLOT, LATE)
    key = ring.leaf(SLOT, "kept")
    ring = ring.destroy(SLOT, living=["kept"])
    assert ring.leaf(LATE, "kept") == key
    with pytest.raises(Missing):
        ring.leaf(SLOT, "other")


def test_a_day_does_not_die_under_living_footage() -> None:
    with pytest.raises(Conflict):
        ring_with(SLOT, LATE).destroy(SLOT, living=["alive"])


def test_puncturing_adopted_footage_cuts_it_everywhere() -> None:
    third = ("CHUO", LATER + timedelta(days=9))
    ring = ring_with(SLOT).adopt("gone", SLOT, LATE).adopt("gone", LATE, third)
    other = ring.leaf(SLOT, "stays")
    ring = ring.puncture("gone", third)
    for slot in (SLOT, third):
        if slot in ring.days and slot != third:
            with pytest.raises(Missing):
                ring.leaf(slot, "gone")
    assert ring.leaf(SLOT, "stays") == other
    assert all(ggm.address("gone") not in key.adopted for key in ring.days.values())


def test_a_key_moves_only_to_a_later_day_of_its_own_organisation() -> None:
    ring = ring_with(LATE)
    for wrong in (("MINATO", LATER), SLOT):
        with pytest.raises(Conflict):
            ring.adopt("f", LATE, wrong)


def keyring_in(folder: Path, *, second: bool = False) -> Keyring:
    folder.mkdir(exist_ok=True)
    names = ("a", "b") if second else ("a",)
    places = [Place(n, folder / n, FileRoot(folder / f"{n}.root")) for n in names]
    return Keyring(places, folder / "lock")


def test_destruction_kills_every_earlier_copy(tmp_path: Path) -> None:
    ring = keyring_in(tmp_path)
    ring.make()
    ring.ensure_day(*SLOT)
    ring.ensure_day(*LATE)
    stale = (tmp_path / "a" / "keyring").read_bytes()
    ring.destroy(*SLOT)
    alive = ring.file_key(*LATE, "f")
    (tmp_path / "a" / "keyring").write_bytes(stale)
    with pytest.raises(Unavailable):
        keyring_in(tmp_path).ring()
    assert alive


def test_either_of_two_places_opens_everything(tmp_path: Path) -> None:
    ring = keyring_in(tmp_path, second=True)
    ring.make()
    ring.ensure_day(*SLOT)
    key = ring.file_key(*SLOT, "f")
    for lost in ("a", "b"):
        hidden = tmp_path / f"{lost}.hidden"
        (tmp_path / lost).rename(hidden)
        assert keyring_in(tmp_path, second=True).file_key(*SLOT, "f") == key
        hidden.rename(tmp_path / lost)


def test_destruction_is_done_only_when_it_reached_both(tmp_path: Path) -> None:
    ring = keyring_in(tmp_path, second=True)
    ring.make()
    ring.ensure_day(*SLOT)
    away = tmp_path / "b.away"
    (tmp_path / "b").rename(away)
    (tmp_path / "b").write_text("a file where the medium should be mounted")
    with pytest.raises(Unavailable):
        ring.destroy(*SLOT)
    assert ring.late_places() == ["b"]
    (tmp_path / "b").unlink()
    away.rename(tmp_path / "b")
    ring.settle()
    assert ring.late_places() == []
    for name in ("a", "b"):
        alone = Keyring(
            [Place(name, tmp_path / name, FileRoot(tmp_path / f"{name}.root"))], tmp_path / "lock"
        )
        with pytest.raises(Missing):
            alone.file_key(*SLOT, "f")


def test_a_wrong_passphrase_opens_nothing(tmp_path: Path) -> None:
    FileRoot(tmp_path, b"right").make(1)
    with pytest.raises(Unavailable):
        FileRoot(tmp_path, b"wrong").wrapping(1)
    assert FileRoot(tmp_path, b"right").wrapping(1)


def test_another_process_sees_the_destruction(tmp_path: Path) -> None:
    one, other = keyring_in(tmp_path), keyring_in(tmp_path)
    one.make()
    one.ensure_day(*SLOT)
    assert other.file_key(*SLOT, "f") == one.file_key(*SLOT, "f")
    one.destroy(*SLOT)
    with pytest.raises(Missing):
        other.file_key(*SLOT, "f")
