"""Evidence that is a photograph: every book marks it, and refuses by its article what lacks it."""

from __future__ import annotations

import pytest

from hokanko.rules.actor import Thing
from hokanko.rules.book import Book, codes, load
from hokanko.rules.decide import Rules
from tests.audit.desk import ENTERS
from tests.rules.matrix import ORG, holder, question

BY_ITS_REGISTER = {"disposal", "stock"}  # whose entries demand a file by a rule of their own
VERB, HERE = "evidence.enter", Thing("Org", "1", ORG)


def asking(book: Book) -> list[str]:
    """The clauses whose evidence is marked as a photograph."""
    return [c.id for c in book.clauses if c.evidence and c.evidence.photo]


@pytest.mark.parametrize("code", codes())
def test_what_is_called_a_photograph_is_marked_as_one(code: str) -> None:
    book = load(code)
    called = [
        c.id
        for c in book.clauses
        if c.evidence and "写真" in c.evidence.what_ja and c.evidence.form not in BY_ITS_REGISTER
    ]
    assert called == asking(book) != []


@pytest.mark.parametrize("code", codes())
def test_an_entry_without_the_photograph_is_refused_by_the_article_that_asks(code: str) -> None:
    book = load(code)
    rules, boss = Rules(book, {}), holder(ENTERS[code])
    assert rules.why_not(boss, VERB, HERE, **question(VERB, {})) is None
    for clause in asking(book):
        no = rules.why_not(boss, VERB, HERE, **question(VERB, {"photoless": [clause]}))
        assert no is not None
        assert no.clause == clause
