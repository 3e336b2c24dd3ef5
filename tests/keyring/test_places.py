"""Two places: each opens everything alone, and nothing is dead before it is dead in both."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hokanko.errors import HokankoError, Unavailable, Unsound
from hokanko.keyring.keys import Keyring
from hokanko.keyring.place import Place
from hokanko.keyring.root import FileRoot

DAY = date(2026, 2, 17)
LATER = DAY + timedelta(days=30)


def keyring_at(folder: Path) -> Keyring:
    """A keyring with a first place and a removable second one, as a home lays them out."""
    medium, mark = folder / "medium", folder / "keyring.second"
    return Keyring(
        [
            Place("a", folder / "a", FileRoot(folder / "a.root")),
            Place("b", medium / "keyring", FileRoot(medium / "root"), mark),
        ],
        folder / "lock",
    )


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    (tmp_path / "medium").mkdir()
    ring = keyring_at(tmp_path)
    ring.make()
    ring.ensure_day("CHUO", DAY)
    return ring


def test_an_empty_mount_point_is_not_taken_for_the_medium(ring: Keyring, tmp_path: Path) -> None:
    (tmp_path / "medium").rename(tmp_path / "away")
    (tmp_path / "medium").mkdir()
    with pytest.raises(Unavailable):
        ring.destroy("CHUO", DAY)
    with pytest.raises(Unavailable):
        ring.destroy("CHUO", DAY)
    assert not list((tmp_path / "medium").iterdir())
    (tmp_path / "medium").rmdir()
    (tmp_path / "away").rename(tmp_path / "medium")
    assert ring.destroy("CHUO", DAY) == 1
    assert ring.late_places() == []
    assert [p.name for p in (tmp_path / "medium" / "root").iterdir()] == ["root-2.json"]


def test_a_new_medium_is_filled_once_the_mark_is_gone(ring: Keyring, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "medium")
    (tmp_path / "medium").mkdir()
    with pytest.raises(Unavailable):
        ring.settle()
    (tmp_path / "keyring.second").unlink()
    ring.settle()
    assert ring.late_places() == []


def test_a_lost_first_place_is_copied_back(ring: Keyring, tmp_path: Path) -> None:
    key = ring.file_key("CHUO", DAY, "f")
    shutil.rmtree(tmp_path / "a")
    shutil.rmtree(tmp_path / "a.root")
    again = keyring_at(tmp_path)
    assert again.file_key("CHUO", DAY, "f") == key
    again.settle()
    shutil.rmtree(tmp_path / "medium")
    assert keyring_at(tmp_path).file_key("CHUO", DAY, "f") == key


@pytest.mark.parametrize("damaged", ["a/keyring", "a.root/root-1.json"])
def test_a_damaged_place_is_left_as_it_is(ring: Keyring, tmp_path: Path, damaged: str) -> None:
    key = ring.file_key("CHUO", DAY, "f")
    path = tmp_path / damaged
    path.write_bytes(path.read_bytes()[:-9])
    spoilt = path.read_bytes()
    again = keyring_at(tmp_path)
    assert again.file_key("CHUO", DAY, "f") == key
    assert again.late_places() == ["a"]
    with pytest.raises(Unavailable):
        again.destroy("CHUO", DAY)
    assert path.read_bytes() == spoilt
    with pytest.raises(Unsound):
        again.places[0].load()


def test_an_extension_that_was_broken_off_does_not_outlive_its_day(ring: Keyring) -> None:
    key = ring.file_key("CHUO", DAY, "f")
    ring.adopt("CHUO", "f", DAY, LATER)  # and the database never heard of it
    assert ring.file_key("CHUO", LATER, "f") == key
    ring.destroy("CHUO", DAY, ending=["f"])
    assert not ring.opens("CHUO", DAY, "f")
    assert ring.file_key("CHUO", LATER, "f") != key


def test_repeating_a_destruction_destroys_nothing_more(ring: Keyring) -> None:
    assert ring.puncture("CHUO", DAY, "f") == ring.puncture("CHUO", DAY, "f") == 1
    assert ring.destroy("CHUO", DAY) == ring.destroy("CHUO", DAY) == 2


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    ending=st.integers(0, 3),
    extended=st.sets(st.integers(0, 4), max_size=3),
    cut=st.sets(st.integers(0, 4), max_size=2),
)
def test_after_destroy_nothing_of_that_day_opens_from_any_earlier_copy(
    tmp_path_factory: pytest.TempPathFactory, ending: int, extended: set[int], cut: set[int]
) -> None:
    folder = tmp_path_factory.mktemp("ring")
    (folder / "medium").mkdir()
    ring = keyring_at(folder)
    ring.make()
    days = [DAY + timedelta(days=n) for n in range(4)]
    for day in days:
        ring.ensure_day("CHUO", day)
    names = [f"{day}/{n}" for day in days for n in range(5)]
    dying = days[ending]
    kept = {f"{dying}/{n}" for n in extended - cut}
    gone = {name for name in names if name.startswith(str(dying))} - kept
    copies = [shutil.copytree(folder, folder.with_name(f"{folder.name}-0"))]
    for name in kept:
        ring.adopt("CHUO", name, dying, LATER)
    for n in cut:
        ring.puncture("CHUO", dying, f"{dying}/{n}")
    copies.append(shutil.copytree(folder, folder.with_name(f"{folder.name}-1")))
    keys = {name: ring.file_key("CHUO", LATER, name) for name in kept}

    ring.destroy("CHUO", dying, living=kept, ending=gone)

    assert {name: ring.file_key("CHUO", LATER, name) for name in kept} == keys
    for name in set(names) - gone - kept:
        assert ring.opens("CHUO", date.fromisoformat(name[:10]), name)
    assert not [name for name in gone if ring.opens("CHUO", dying, name)]
    for copy in copies:
        for kind, root in (("a", "a.root"), ("medium/keyring", "medium/root")):
            for files, secret in ((copy, folder), (folder, copy)):
                place = Place("copy", files / kind, FileRoot(secret / root))
                with pytest.raises(HokankoError):
                    place.load()
