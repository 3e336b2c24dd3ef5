"""What people enter in a register, as its paper prints it: choices in words, times of day."""

from __future__ import annotations

import pytest

from hokanko import clock
from hokanko.web.registers import paper
from tests.audit.desk import give, settled

pytestmark = pytest.mark.usefixtures("fresh_home", "db")


def test_a_choice_is_printed_in_words_and_the_article_that_asks_stands_in_the_head() -> None:
    here, day = settled("ward"), clock.today()
    give(here, "inspection", [], result="fault")
    made = paper(here.org, "inspection", day, day)
    (row,) = made.rows
    assert "異常あり" in row
    assert "fault" not in row
    assert made.basis == "７(1)"
    assert made.sheet.edition
