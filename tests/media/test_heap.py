"""Memory is given back to the machine, though not at every turn."""

from __future__ import annotations

import pytest

from hokanko.media import heap


def test_it_is_given_back_at_once_and_then_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(heap, "_trim", asked.append)
    monkeypatch.setattr(heap, "_given_at", float("-inf"))
    heap.give_back()
    heap.give_back()
    assert asked == [0]
    monkeypatch.setattr(heap, "EVERY_S", 0.0)
    heap.give_back()
    assert asked == [0, 0]


def test_another_c_library_keeps_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heap, "_trim", None)
    heap.give_back()
