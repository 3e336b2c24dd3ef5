"""What a parameter's value may be, and how it is read from text."""

from __future__ import annotations

from datetime import date

import pytest

from hokanko.rules.values import TYPES, fault, read

GOOD = [
    ("text", "中央警察署"),
    ("post", "運用管理者"),
    ("posts", ("運用管理者",)),
    ("posts", ()),
    ("list", ["ア", "イ"]),
    ("int", 0),
    ("days", 90),
    ("bool", False),
    ("date", date(2025, 7, 24)),
    ("date", "2025-07-24"),
    ("hours", "17:15-08:30"),
    ("map", {"運用主任者": "運用管理者"}),
]
BAD = [
    ("text", "  "),
    ("posts", "運用管理者"),
    ("list", [1]),
    ("int", True),
    ("days", "90"),
    ("bool", 1),
    ("date", "2025-02-30"),
    ("date", 20250724),
    ("hours", "17:15"),
    ("hours", "24:00-08:30"),
    ("map", []),
    ("enum", "upper"),
]


@pytest.mark.parametrize(("kind", "value"), GOOD)
def test_a_value_of_its_type_is_taken(kind: str, value: object) -> None:
    assert fault(kind, value) is None


@pytest.mark.parametrize(("kind", "value"), BAD)
def test_a_value_of_another_type_is_not(kind: str, value: object) -> None:
    wrong = fault(kind, value, choices={"exact": ("ちょうど", "exact")})
    assert wrong is not None
    assert repr(value) in wrong[0]


def test_every_type_is_tried() -> None:
    assert {kind for kind, _ in GOOD} | {"enum"} == set(TYPES)


def test_an_enum_takes_its_choices_only() -> None:
    assert fault("enum", "exact", choices={"exact": ()}) is None


@pytest.mark.parametrize(("value", "sound"), [(0, False), (1, True), (31, True), (32, False)])
def test_bounds_are_inclusive(value: int, sound: bool) -> None:
    assert (fault("days", value, least=1, most=31) is None) == sound


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        ("bool", "True", True),
        ("bool", "no", False),
        ("bool", "perhaps", "perhaps"),
        ("int", " 30 ", 30),
        ("days", "thirty", "thirty"),
        ("posts", "運用管理者, 運用主任者", ("運用管理者", "運用主任者")),
        ("list", "ア、イ", ("ア", "イ")),
        ("text", "中央警察署", "中央警察署"),
        ("date", "2025-09-01", "2025-09-01"),
    ],
)
def test_text_is_read_as_the_type_says(kind: str, written: str, value: object) -> None:
    assert read(kind, written) == value
