"""The rulebook on screen is the one adopted: its clauses, its values, its printed text."""

from __future__ import annotations

from django.utils.html import escape

from hokanko.rehearsal.cast import Cast
from hokanko.rules.decide import adopted_book
from tests.web.visitors import browser


def test_every_clause_is_shown(cast: Cast) -> None:
    page = browser(cast, "ito").get("/rules/").content.decode()
    book = adopted_book("CHUO")
    assert [c.id for c in book.clauses if f'id="{c.id}"' not in page] == []
    assert [c.id for c in book.clauses if escape(c.ja) not in page] == []
    assert book.fingerprint in page
    assert "保存期間：90日間" in page


def test_the_units_own_values_are_shown(cast: Cast) -> None:
    assert "午後5時15分から" in browser(cast, "ito").get("/rules/").content.decode()


def test_the_document_as_printed(cast: Cast) -> None:
    page = browser(cast, "ito").get("/rules/text/").content.decode()
    assert "<h2>第1 目的</h2>" in page
    assert "&lt;!--" not in page
    assert "{{" not in page


def test_the_home_itself_has_no_document_to_print(cast: Cast) -> None:
    assert browser(cast, "kanri").get("/rules/text/").status_code == 404
