"""教育の確認票: every question to tick, and the answers on a page of their own."""

from __future__ import annotations

from dataclasses import replace

from hokanko.papers import quiz
from tests.papers.samples import SHEET, lines, words

PAPER = quiz.Quiz(
    sheet=SHEET,
    training="教育",
    rules="防犯カメラ管理規定",
    name="辻 優",
    section="売場",
    topics=("個人情報保護", "情報漏洩防止"),
    lines=("人に話しません。",),
    questions=(
        quiz.Question("家族にだけなら話してよい。", False, "家族も店の外の人です。", "2②"),
        quiz.Question("辞めた後も話してはならない。", True, "約束は続きます。", "8"),
    ),
)


def test_the_sheet_asks_and_does_not_answer() -> None:
    first, _answers = quiz_pages()
    for said in (
        "教育の確認票",
        "辻優",
        "個人情報保護、情報漏洩防止",
        "家族にだけなら話してよい。",
    ):
        assert said in first
    assert "家族も店の外の人です。" not in first
    assert "✓" not in first


def test_the_answers_name_reason_and_article() -> None:
    _questions, answers = quiz_pages()
    for said in ("家族も店の外の人です。", "約束は続きます。", "2②", "○", "×"):
        assert said in answers


def test_it_may_tell_nothing_beforehand() -> None:
    assert "伝えること" not in words(quiz.render(replace(PAPER, lines=())))


def quiz_pages() -> tuple[str, str]:
    """Its two pages as words."""
    whole = "".join("".join(lines(quiz.render(PAPER))).split())
    first, _title, second = whole.partition("答えと理由")
    return first, second
