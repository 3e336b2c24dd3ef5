"""Bytes flipped, cut and lost in every file of a home: told in words, and nothing else is hurt."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from hokanko import clock, home
from hokanko.errors import HokankoError, Unsound
from hokanko.keyring import keys
from hokanko.ledger.models import Checkpoint, Entry, Opening
from hokanko.ledger.prove import check, proof_of
from hokanko.ledger.publish import publish
from hokanko.management.commands.fsck import everything
from hokanko.management.health import findings
from hokanko.rehearsal.cast import Cast
from hokanko.retention.erase import erase_due
from hokanko.rules.actor import HOME, machine
from tests.fixtures import NOON, take_in
from tests.ledger.test_check import alter

DAMAGES: dict[str, Callable[[bytes], bytes | None]] = {
    "first": lambda data: bytes([data[0] ^ 0x20]) + data[1:],
    "middle": lambda data: (
        data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :]
    ),
    "last": lambda data: data[:-2] + bytes([data[-2] ^ 1]) + data[-1:],
    "half": lambda data: data[: len(data) // 2],
    "empty": lambda _data: b"",
    "lost": lambda _data: None,
}
FILES = {
    "a sealed file": "home/sealed/??/*",
    "the keyring": "home/keyring/keyring",
    "the root key": "home.root/root-*.json",
    "a certificate": "home/certificates/*.json",
    "the published key": "home/ledger/vkey",
    "a tile": "home/ledger/tile/0/*.p/*",
    "an entry bundle": "home/ledger/tile/entries/*.p/*",
}


@pytest.fixture
def place(cast: Cast, fresh_home: home.Home) -> Path:
    """Above a home with one piece of footage, and the certificate of another."""
    (fresh_home.path / "hokanko.toml").write_text("")
    take_in(cast, b"gone" * 9000, name="a.mp4")
    clock.fix(NOON + timedelta(days=91))
    erase_due(by=machine("sweep", HOME))
    take_in(cast, b"kept" * 9000, name="b.mp4")
    publish()
    assert told() == set()
    return fresh_home.path.parent


def told() -> set[str]:
    """What fsck, ledger verify and doctor say is wrong; anything but an error of ours escapes."""

    def fsck() -> Iterator[str]:
        yield from (f"fsck {finding.kind}: {finding.what}" for finding in everything(deep=True))

    def ledger() -> Iterator[str]:
        yield from (f"ledger {problem.kind}: {problem.ja}" for problem in check().problems)

    def doctor() -> Iterator[str]:
        yield from (f"doctor {f.name}: {f.what}" for f in findings(keys.home()) if not f.ok)

    return {word for ask in (fsck, ledger, doctor) for word in heard(ask)}


def heard(ask: Callable[[], Iterator[str]]) -> list[str]:
    try:
        return list(ask())
    except HokankoError as error:
        return [error.ja]


def everything_in(place: Path) -> dict[Path, str]:
    files = [path for path in place.rglob("*") if path.is_file() and "lock" not in path.name]
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def newest(place: Path, pattern: str) -> Path:
    """The file that counts: of partial tiles, the widest one is what the head speaks of."""
    return max(place.glob(pattern), key=lambda path: (len(path.name), path.name))


@pytest.mark.parametrize("how", DAMAGES)
@pytest.mark.parametrize("what", FILES)
def test_damage_is_told_and_hurts_nothing_else(place: Path, what: str, how: str) -> None:
    path = newest(place, FILES[what])
    whole = everything_in(place)
    damaged = DAMAGES[how](path.read_bytes())
    path.write_bytes(damaged) if damaged is not None else path.unlink()

    assert told(), f"{what} ({how}) is not noticed"

    left = everything_in(place)
    assert {p: d for p, d in left.items() if p != path} == {
        p: d for p, d in whole.items() if p != path
    }


@pytest.mark.parametrize("how", DAMAGES)
@pytest.mark.parametrize(
    "what", ["a certificate", "the published key", "a tile", "an entry bundle"]
)
def test_what_the_database_knows_is_written_again(place: Path, what: str, how: str) -> None:
    path = newest(place, FILES[what])
    damaged = DAMAGES[how](path.read_bytes())
    path.write_bytes(damaged) if damaged is not None else path.unlink()
    call_command("fsck", "--repair", "--json")
    assert told() == set()


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_head_is_moved_aside_and_written_again(place: Path, how: str) -> None:
    path = place / "home" / "ledger" / "checkpoint"
    damaged = DAMAGES[how](path.read_bytes())
    if damaged:
        path.write_bytes(damaged)
        with pytest.raises(Unsound) as error:
            publish()
        assert str(path) in error.value.mend_ja
        assert told()
    path.unlink()
    publish()
    assert told() == set()


def test_files_are_not_rewritten_from_a_database_that_was_changed(place: Path) -> None:
    path = newest(place, FILES["an entry bundle"])
    path.write_bytes(path.read_bytes()[:-1])
    alter("UPDATE hokanko_entry SET kind = 'login.done' WHERE place = 3")
    before = path.read_bytes()
    with pytest.raises(SystemExit):
        call_command("fsck", "--repair", "--json")
    assert path.read_bytes() == before


def test_no_proof_is_made_of_damaged_files(place: Path) -> None:
    path = newest(place, FILES["a tile"])
    path.write_bytes(bytes(len(path.read_bytes())))
    entry = Entry.objects.get(place=3)
    with pytest.raises(Unsound, match="hokanko fsck --repair"):
        proof_of(entry.pk)


@pytest.mark.parametrize("sealed", [b"", b"\x00\x11", bytes(60)])
def test_a_damaged_opening_is_told(place: Path, sealed: bytes) -> None:
    Opening.objects.filter(entry__place=5).update(sealed=sealed)
    assert {problem.kind for problem in check().problems} == {"opening"}


def test_a_head_that_is_cut_from_the_database_is_missed(place: Path) -> None:
    size = Checkpoint.objects.order_by("-size").values_list("size", flat=True)[0]
    alter("DELETE FROM hokanko_checkpoint WHERE size = %s", [size])
    assert any(word.startswith("fsck ledger-published") for word in told())


@pytest.mark.parametrize("column", ["plain_bytes", "sealed_bytes"])
def test_sizes_are_compared_with_the_shelf(place: Path, column: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE hokanko_sealedobject SET {column} = 1")  # noqa: S608 our own names
    assert {finding.kind for finding in everything(deep=False)} == {"altered"}


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"offset_seconds": "x"}', "\x00"])
def test_a_damaged_rehearsal_clock_is_an_error_of_the_file(place: Path, text: str) -> None:
    (place / "home" / clock.REHEARSAL_FILE).write_text(text)
    clock.fix(None)
    with pytest.raises(OSError, match="damaged"):
        clock.now()
