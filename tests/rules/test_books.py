"""Each rulebook is whole: its folder, its clauses, its parameters, its text, and who may do what.

What is expected of each stands, written by hand, in its own file beside this one.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from hokanko.rules.book import codes, load
from hokanko.rules.check import problems
from hokanko.rules.text import blanks, clauses_named, markdown
from hokanko.rules.verbs import VERBS
from tests.rules.books import OPEN, Expected
from tests.rules.matrix import answers, table
from tests.rules.test_home_book import HOUSEHOLD
from tests.rules.test_police_book import POLICE
from tests.rules.test_pref_book import PREF
from tests.rules.test_shop_book import SHOP
from tests.rules.test_ward_book import WARD

SEED = Path(__file__).parents[2].parent / "shared" / "clauses.toml"
ALL = (WARD, PREF, HOUSEHOLD, SHOP, POLICE)

each = pytest.mark.parametrize("book", ALL, ids=lambda book: book.code)


def test_no_rulebook_is_left_out() -> None:
    assert {book.code for book in ALL} == set(codes())


@each
def test_the_folder_has_no_mistake(book: Expected) -> None:
    assert [str(problem) for problem in problems(book.code, VERBS)] == []


@each
def test_every_clause_of_the_seed_is_in_the_book(book: Expected) -> None:
    if not SEED.exists():
        pytest.skip("the clauses of the seed lie in ../shared: not compared with the book")
    rows = {row["id"]: row for row in tomllib.loads(SEED.read_text("utf-8"))["clause"]}
    wanted = {
        id_: tuple(row[key] for key in ("article", "who", "kind", "carried"))
        for id_, row in rows.items()
        if id_.startswith(f"{book.code}-")
    }
    clauses = book.loaded.clauses
    assert {c.id: (c.article, c.who, c.kind, c.carried) for c in clauses} == wanted
    same_words = {c.id for c in clauses if c.ja == rows[c.id]["text_ja"]}
    assert same_words == (set(wanted) if book.verbatim else set())


@each
def test_each_evidenced_clause_says_what_who_and_when(book: Expected) -> None:
    clauses = book.loaded.clauses
    assert len(clauses) == book.clauses
    evidenced = [row for row in clauses if row.carried == "evidenced"]
    assert len(evidenced) == book.evidenced
    for row in evidenced:
        assert row.evidence is not None
        assert row.evidence.owners
        assert (row.evidence.every_days is None) == bool(
            row.evidence.due or row.evidence.every_months_of
        )


@each
@pytest.mark.parametrize("status", ["fixed", "blank", "default"])
def test_every_parameter_has_its_value_and_says_who_decides_it(book: Expected, status: str) -> None:
    rows = [p for p in book.loaded.parameters if p.status == status and p.applies]
    found = {p.name: OPEN if p.value is None else p.value for p in rows}
    assert found == getattr(book, status)
    uncited = {p.name for p in rows if not p.clauses}
    assert uncited == (set(found) if status == "default" else book.uncited & set(found))


@each
def test_what_the_document_does_not_know_does_not_apply(book: Expected) -> None:
    rows = [p for p in book.loaded.parameters if not p.applies]
    assert {p.name for p in rows} == book.does_not_arise
    assert not [p.name for p in rows if p.value]


@each
def test_the_parameters_are_those_of_the_other_rulebooks(book: Expected) -> None:
    types: dict[str, set[str]] = {}
    for code in codes():
        for row in load(code).parameters:
            types.setdefault(row.name, set()).add(row.type)
    ours = {row.name for row in book.loaded.parameters}
    assert not [name for name in ours if len(types[name]) > 1]
    assert {row.name for row in load("police").parameters} - ours == book.unknown


@each
def test_the_text_prints_every_clause_in_the_seeds_order(book: Expected) -> None:
    printed = markdown(book.loaded, {})
    assert set(clauses_named(printed)) == {row.id for row in book.loaded.clauses}
    headings = [line for line in printed.splitlines() if line.startswith(book.level)]
    assert tuple(line.lstrip("# ") for line in headings) == book.headings


@each
def test_the_text_prints_what_is_enforced(book: Expected) -> None:
    printed = markdown(book.loaded, {**book.filled, **book.settled})
    assert "{{" not in printed
    assert "「　　　」" not in printed
    assert [words for words in book.printed if words not in printed] == []
    assert blanks(book.loaded, book.filled) == ()


@each
def test_a_draft_shows_its_blanks(book: Expected) -> None:
    unfilled = {name for name, value in book.blank.items() if value in (OPEN, ())}
    assert set(blanks(book.loaded, {})) == unfilled - book.unasked
    printed = markdown(book.loaded, {})
    assert [words for words in book.draft if words not in printed] == []


@each
@pytest.mark.usefixtures("fresh_home", "db")
def test_every_post_against_every_verb(book: Expected) -> None:
    book.adopt()
    assert answers(book.code, book.columns, book.told) == table(book.code)
