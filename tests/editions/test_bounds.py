"""What the document bounds is told while the edition is drafted, with its article, and in words."""

from __future__ import annotations

import pytest

from hokanko.editions.actions import draft
from hokanko.editions.queries import to_sign
from hokanko.errors import Conflict, Refusal
from hokanko.home import Home
from hokanko.rehearsal.cast import Cast
from hokanko.rules import book as books
from hokanko.rules.bounds import is_worded, unreasoned
from tests.clauses.founded import Founded
from tests.editions.offices import VALUES, amended, office
from tests.editions.test_pages import FORM
from tests.web.visitors import browser


@pytest.fixture
def ward(fresh_home: Home, db: None) -> Founded:
    """青葉区."""
    del fresh_home, db
    return office()


@pytest.mark.parametrize(
    "reason", ["", "。", "、。！", "あ", "aaaa", "-", "概ね1か月の範囲内である"]
)
@pytest.mark.clause("ward-5.3")
def test_more_than_a_month_is_not_even_drafted_without_words(ward: Founded, reason: str) -> None:
    with pytest.raises(Refusal) as no:
        amended(ward, retention_days="40", retention_reason=reason)
    assert (no.value.clause, no.value.article) == ("ward-5.3", "５(3)")
    assert "retention.reason" in no.value.mend_ja
    assert ("一文字" in no.value.mend_ja) == bool(reason)


def test_with_words_it_is_drafted(ward: Founded) -> None:
    kept = amended(ward, retention_days="40", retention_reason="届出が遅いため").values
    assert kept["retention.days"] == 40


@pytest.mark.parametrize(
    ("code", "bound"), [("ward", 31), ("pref", 31), ("home", 14), ("shop", None), ("police", None)]
)
def test_the_bound_of_each_document(code: str, bound: int | None) -> None:
    book = books.load(code)
    if bound is None:
        assert book.parameter("retention.days").reason_above is None
        return
    assert unreasoned(book, {"retention.days": bound}) == []
    assert unreasoned(book, {"retention.days": bound + 1}) == ["retention.days"]


@pytest.mark.parametrize(
    ("text", "worded"),
    [
        ("届出が遅い", True),
        ("too slow", True),
        ("。。。", False),
        ("ああああ", False),
        (None, False),
    ],
)
def test_what_is_a_reason(text: str | None, worded: bool) -> None:
    assert is_worded(text) is worded


@pytest.mark.parametrize("reason", ["。", "x", "……"])
def test_an_amendment_without_words_is_told(ward: Founded, reason: str) -> None:
    with pytest.raises(Conflict, match="言葉になっていません"):
        amended(ward, reason=reason, retention_days="21")


def test_the_form_tells_it_beside_the_reason(ward: Founded) -> None:
    client = browser(ward, "kacho")
    form = VALUES | {"retention.days": "45", "retention.reason": "概ね1か月の範囲内である"}
    answer = client.post("/editions/at/AOBA/draft/", form)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "31日間を超えるときは、理由が要ります" in page
    assert "[ward-5.3]" in page
    assert 'value="45"' in page  # what was typed still stands
    before = to_sign("AOBA")
    assert before is not None
    assert before.since is not None  # the provisional edition: no draft was made
    made = client.post("/editions/at/AOBA/draft/", form | {"retention.reason": "夏祭りの届出まで"})
    assert made.status_code == 302
    drafted = client.get(made["Location"]).content.decode()
    assert "夏祭りの届出まで" in drafted
    assert "文書の示す31日間を超えています" in drafted


@pytest.mark.clause("police-notice-2")
def test_the_last_day_lies_within_the_three_months(cast: Cast) -> None:
    by = cast.as_actor("suzuki")
    for end in ("2025-11-01", "2025-07-31"):
        with pytest.raises(Refusal) as no:
            draft(cast.station, "police", {"project.end": end}, "末日を定める", by=by)
        assert no.value.clause == "police-notice-2"
    kept = draft(cast.station, "police", {"project.end": "2025-10-31"}, "末日を定める", by=by)
    assert kept.values["project.end"] == "2025-10-31"
    page = browser(cast, "suzuki").post(
        "/editions/at/CHUO/draft/", FORM | {"project.end": "2026-01-31"}
    )
    assert "[police-notice-2]" in page.content.decode()
