"""Two-dimensional codes."""

from __future__ import annotations

import pytest

from hokanko.papers.code import svg


def test_a_code_is_a_drawing() -> None:
    assert svg("HK1:7F3A9C").startswith("<svg ")


def test_a_short_text_is_no_micro_code() -> None:
    assert 'width="29"' in svg("1")  # version 1: 21 modules, four more on each side


@pytest.mark.parametrize("text", ["", "佐藤"])
def test_only_ascii_is_taken(text: str) -> None:
    with pytest.raises(ValueError, match="ASCII"):
        svg(text)
