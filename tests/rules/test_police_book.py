"""The police rulebook is whole: its folder is sound, and it carries every clause of the seed."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from hokanko.rules.book import load
from hokanko.rules.check import problems
from hokanko.rules.text import blanks, clauses_named, markdown, paragraphs
from hokanko.rules.verbs import VERBS

CLAUSES = Path(__file__).parents[2].parent / "shared" / "clauses.toml"
FILLED = {
    "org.name": "中央警察署",
    "org.hq": "福岡県警察本部",
    "project.start": "2025-09-01",
    "night_duty.hours": "17:30-08:30",
}


def test_the_folder_has_no_mistake() -> None:
    assert [str(problem) for problem in problems("police", VERBS)] == []


def test_every_clause_of_the_seed_is_in_the_book() -> None:
    if not CLAUSES.exists():
        pytest.skip("the clauses of the seed lie in ../shared: not compared with the book")
    rows = tomllib.loads(CLAUSES.read_text("utf-8"))["clause"]
    wanted = {
        row["id"]: (row["carried"], row["kind"], row["article"])
        for row in rows
        if row["id"].startswith("police-")
    }
    book = load("police")
    assert {row.id: (row.carried, row.kind, row.article) for row in book.clauses} == wanted
    assert len(wanted) == 113


def test_retention_is_ninety_days_with_the_first_day_counted() -> None:
    book = load("police")
    assert book.parameter("retention.days").value == 90
    assert book.parameter("retention.days").clauses == ("police-7.1.2",)
    assert book.parameter("retention.count_first_day").value is True
    assert book.parameter("retention.clock_start").value == "file_created"
    assert book.parameter("retention.extension.allowed").value is False
    assert (book.effective_from, book.valid_until) == (date(2025, 7, 24), date(2026, 3, 31))


def test_a_software_default_never_cites_an_article() -> None:
    book = load("police")
    assert not [row.name for row in book.parameters if row.status == "default" and row.clauses]
    assert {row.id for row in book.posts if not row.clauses} == {"職員", "システム管理者"}


def test_the_unit_posts_are_appointed_as_the_document_says() -> None:
    book = load("police")
    assert book.post("運用主任者").appointed_by == "運用管理者"
    assert book.post("operations clerk").appointed_by == "運用管理者"
    assert book.post("総括運用管理者").appointed_by == "by-position"
    assert book.post("総括責任者").level == "outside"


def test_purposes_and_grounds_are_the_closed_lists_of_article_7() -> None:
    book = load("police")
    assert [row.id for row in book.purposes if not row.by_law] == ["ア", "イ", "ウ"]
    assert [row.id for row in book.grounds] == ["ア", "イ", "ウ", "エ"]
    assert [row.id for row in book.purposes if row.bracket] == ["イ"]


def test_every_evidenced_clause_says_what_who_and_when() -> None:
    evidenced = [row for row in load("police").clauses if row.carried == "evidenced"]
    assert len(evidenced) == 35
    for row in evidenced:
        assert row.evidence is not None
        assert row.evidence.owners
        assert (row.evidence.every_days is None) == bool(
            row.evidence.due or row.evidence.every_months_of
        )


def test_the_text_names_every_clause_that_is_carried() -> None:
    book = load("police")
    carried = {row.id for row in book.clauses if row.carried != "outside"}
    assert carried <= clauses_named(markdown(book, {}))


def test_the_text_prints_the_parameters() -> None:
    book = load("police")
    printed = markdown(book, FILLED)
    assert "{{" not in printed
    assert "「　　　」" not in printed
    assert "中央警察署長　殿" in printed
    assert "起算して90日間とし" in printed
    assert "令和7年9月1日から3か月間" in printed
    assert "午後5時30分から午前8時30分まで" in printed
    assert "個人情報の保護に関する法律（平成15年法律第57号）その他の法令" in printed
    assert blanks(book, FILLED) == ()


def test_a_draft_shows_its_blanks() -> None:
    book = load("police")
    assert blanks(book, {}) == ("project.start", "org.name", "org.hq")
    assert "「　　　」長　殿" in markdown(book, {})


def test_what_the_document_fixes_cannot_be_filled_otherwise() -> None:
    assert "起算して90日間とし" in markdown(load("police"), FILLED | {"retention.days": 30})


def test_each_paragraph_knows_its_clauses() -> None:
    held = [row for row in paragraphs(load("police"), FILLED) if "police-7.1.2" in row.clauses]
    assert len(held) == 1
    assert held[0].clauses == ("police-7.1.2", "police-7.1.2-auto")
    assert held[0].text.startswith("(2)　映像ファイルの保存期間は")
