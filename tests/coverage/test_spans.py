"""Spans of time: united, cut, in common."""

from __future__ import annotations

from datetime import timedelta

from hokanko.coverage.spans import Span, common, total, united, without
from tests.fixtures import NOON


def span(begun: int, ended: int) -> Span:
    return Span(NOON + timedelta(minutes=begun), NOON + timedelta(minutes=ended))


def test_overlaps_and_neighbours_become_one() -> None:
    assert united([span(5, 9), span(0, 3), span(3, 4), span(6, 7)]) == [span(0, 4), span(5, 9)]


def test_an_empty_span_is_nothing() -> None:
    assert united([span(3, 3)]) == []


def test_holes_cut_and_swallow() -> None:
    assert without([span(0, 10)], [span(2, 3), span(8, 20)]) == [span(0, 2), span(3, 8)]
    assert without([span(0, 10)], [span(-1, 10)]) == []
    assert without([span(0, 10)], [span(10, 11)]) == [span(0, 10)]


def test_what_lies_in_both() -> None:
    assert common([span(0, 5), span(6, 9)], [span(4, 7)]) == [span(4, 5), span(6, 7)]
    assert common([span(0, 5)], [span(5, 6)]) == []


def test_overlaps_count_once() -> None:
    assert total([span(0, 5), span(3, 8)]) == timedelta(minutes=8)
