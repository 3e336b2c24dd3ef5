"""What a parameter's value may be, and how it is read from a command line or a form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")
YES_NO = {"true": True, "yes": True, "false": False, "no": False}


def _is_date(value: object) -> bool:
    if not isinstance(value, str):
        return isinstance(value, date)
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_texts(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str) and all(map(_is_text, value))


def _is_hours(value: object) -> bool:
    return isinstance(value, str) and HOURS.fullmatch(value) is not None


def _is_map(value: object) -> bool:
    return isinstance(value, Mapping)


def _is_bool(value: object) -> bool:
    return isinstance(value, bool)


# type → (test, what is expected in Japanese, in English)
TYPES: dict[str, tuple[Callable[[object], bool], str, str]] = {
    "text": (_is_text, "空でない文字列", "a text that is not empty"),
    "enum": (_is_text, "選択肢の一つ", "one of the choices"),
    "post": (_is_text, "役職名", "the name of a post"),
    "posts": (_is_texts, "役職名の並び", "a list of posts"),
    "list": (_is_texts, "文字列の並び", "a list of texts"),
    "int": (_is_number, "整数", "a whole number"),
    "days": (_is_number, "日数（整数）", "a whole number of days"),
    "bool": (_is_bool, "true か false", "true or false"),
    "date": (_is_date, "日付（2025-07-24 の形）", "a date such as 2025-07-24"),
    "hours": (_is_hours, "時間帯（17:15-08:30 の形）", "hours such as 17:15-08:30"),
    "map": (_is_map, "名前と値の組", "a table of names and values"),
}


def fault(
    kind: str,
    value: object,
    *,
    choices: Mapping[str, object] | None = None,
    least: int | None = None,
    most: int | None = None,
) -> tuple[str, str] | None:
    """What is wrong with a value of this type, in Japanese and English; None if nothing is.

    `choices` binds an enum only; `least` and `most` are inclusive and bind numbers only.
    Raises KeyError for a type that does not exist.
    """
    test, ja, en = TYPES[kind]
    if not test(value):
        return f"{ja}ではありません: {value!r}", f"not {en}: {value!r}"
    if kind == "enum" and value not in (choices or {}):
        known = "、".join(choices or {})
        return f"選択肢（{known}）にありません: {value!r}", f"not one of {known}: {value!r}"
    return _out_of_bounds(value, least, most) if isinstance(value, int) else None


def _out_of_bounds(value: int, least: int | None, most: int | None) -> tuple[str, str] | None:
    if least is not None and value < least:
        return f"{least} 以上でなければなりません: {value}", f"must be at least {least}: {value}"
    if most is not None and value > most:
        return f"{most} 以下でなければなりません: {value}", f"must be at most {most}: {value}"
    return None


def read(kind: str, written: str) -> object:
    """The value somebody wrote as text: `true`, `30`, `運用管理者,運用主任者`.

    What cannot be read comes back as it was written, for `fault` to name.
    """
    written = written.strip()
    if kind == "bool":
        return YES_NO.get(written.lower(), written)
    if kind in {"int", "days"}:
        return int(written) if re.fullmatch(r"-?\d+", written) else written
    if kind in {"list", "posts"}:
        return tuple(part.strip() for part in re.split("[,、]", written) if part.strip())
    return written
