"""Loading a rulebook: found, read, looked up, fingerprinted; and each way that fails."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from hokanko.errors import Missing, Unsound
from hokanko.rules.book import ROOT, codes, fingerprint, load


@pytest.fixture
def police(tmp_path: Path) -> Path:
    """A copy of the police rulebook's folder, to break."""
    return Path(shutil.copytree(ROOT / "police", tmp_path / "police"))


def test_a_book_is_found_by_its_folder(police: Path) -> None:
    assert "police" in codes()
    assert codes(police.parent) == ("police",)
    assert load("police", police.parent).title_ja == load("police").title_ja
    assert load("police") is load("police")


def test_rows_are_found_by_name() -> None:
    book = load("police")
    assert book.clause("police-7.2.2-attend").article == "第7 2(2)ただし書"
    assert book.post("運用管理者") is book.post("unit operations manager")
    assert book.law("appi").in_force.startswith("個人情報の保護")


@pytest.mark.parametrize("look", ["clause", "parameter", "post", "law"])
def test_an_unknown_name_is_missing(look: str) -> None:
    with pytest.raises(Missing, match="police-0"):
        getattr(load("police"), look)("police-0")


def test_an_unknown_book_is_missing() -> None:
    with pytest.raises(Missing, match="navy"):
        load("navy")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('code = "police"', "code = "),
        ('code = "police"\n', ""),
        ("[[post]]", "[[post]]\ncolour = 1"),
    ],
    ids=["not TOML", "a key missing", "an unknown key"],
)
def test_a_broken_book_is_unsound(police: Path, old: str, new: str) -> None:
    book = police / "book.toml"
    text = book.read_text("utf-8")
    book.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(Unsound, match="規程「police」を読めません"):
        load("police", police.parent)


@pytest.mark.parametrize("text", ["", "book = 3", "book = {}\nlaw = 1", "book = {}\nlaw = [1]"])
def test_a_book_of_another_shape_is_unsound(tmp_path: Path, text: str) -> None:
    (tmp_path / "navy").mkdir()
    (tmp_path / "navy" / "book.toml").write_text(text, "utf-8")
    with pytest.raises(Unsound, match="規程「navy」を読めません"):
        load("navy", tmp_path)


def test_the_fingerprint_is_what_sha256sum_would_list(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.txt").write_bytes(b"two")
    (tmp_path / "a.txt").write_bytes(b"one")
    (tmp_path / ".hidden").write_bytes(b"left out")
    listing = (
        f"{hashlib.sha256(b'one').hexdigest()}  a.txt\n"
        f"{hashlib.sha256(b'two').hexdigest()}  b/c.txt\n"
    )
    assert fingerprint(tmp_path) == hashlib.sha256(listing.encode()).hexdigest()


@pytest.mark.parametrize("name", ["book.toml", "policy.cedar", "text.ja.md"])
def test_the_fingerprint_changes_with_any_file(police: Path, name: str) -> None:
    before = fingerprint(police)
    with (police / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert fingerprint(police) != before


def test_a_parameter_stands_as_adopted_unless_it_is_fixed() -> None:
    book = load("police")
    stands = book.effective({"inspection.months": 2, "retention.days": 30})
    assert stands["inspection.months"] == 2
    assert stands["retention.days"] == 90
    assert stands["night_duty.hours"] == "17:15-08:30"
    assert stands["org.name"] is None
