"""The printable document (要領), filled in from the same data that is enforced (I10)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import get_language

from hokanko.formats.era import clock_time, reiwa
from hokanko.rules.book import Book
from hokanko.rules.rows import TEXT, Parameter

BLANK = re.compile(r"\{\{([^{}]*)\}\}")
MARKER = re.compile(r"<!--((?:\s+[a-z]+-[\w.-]+)+)\s+-->")
LAW = "law."
UNFILLED = "「　　　」"
UNITS = {  # one, and several
    "か月": ("month", "months"),
    "人": ("person", "persons"),
    "分": ("minute", "minutes"),
    "台": ("camera", "cameras"),
    "年": ("year", "years"),
    "日": ("day", "days"),
    "日間": ("day", "days"),
    "時間": ("hour", "hours"),
}
LEVELS = {  # at which level a post stands
    "hq": ("本部", "headquarters"),
    "unit": ("所属", "units"),
    "outside": ("外部", "outside"),
}
EMPTY: tuple[object, ...] = (None, "", (), [])


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as printed, with the clauses it carries."""

    clauses: tuple[str, ...]
    text: str


def markdown(book: Book, values: Mapping[str, object]) -> str:
    """The document of an adoption, in Markdown; unfilled blanks stay visible.

    `values` are the adoption's own; what the document fixes is printed as fixed. The comments that
    name each paragraph's clauses stay in. A paragraph whose blank is neither filled nor needed is
    left out. Raises Missing for a name the book does not know.
    """
    settled, chosen = book.effective(values), book.settled(values)
    unneeded = {
        row.name
        for row in book.parameters
        if settled[row.name] in EMPTY and (row.optional or _is_unneeded(row, values, chosen))
    }

    def fill(blank: re.Match[str]) -> str:
        name = blank[1]
        if name.startswith(LAW):
            law = book.law(name.removeprefix(LAW))
            return law.now
        return printed(book.parameter(name), settled[name])

    blocks = _template(book).split("\n\n")
    kept = [block for block in blocks if not unneeded & set(BLANK.findall(block))]
    return BLANK.sub(fill, "\n\n".join(kept))


def blanks(book: Book, values: Mapping[str, object]) -> tuple[str, ...]:
    """The names of the blanks still to fill, in the book's order."""
    settled, chosen = book.effective(values), book.settled(values)
    return tuple(
        row.name
        for row in book.parameters
        if row.status == "blank"
        and settled[row.name] in EMPTY
        and not row.optional
        and (not row.needed_if or row.needed_if in chosen)
    )


def paragraphs(book: Book, values: Mapping[str, object]) -> tuple[Paragraph, ...]:
    """The document paragraph by paragraph: what a page shows beside the enforced parameters.

    A paragraph without a marker of its own, such as a heading, carries no clause.
    """
    found = []
    for block in re.split(r"\n{2,}", markdown(book, values).strip()):
        named = clauses_named(block)
        if words := MARKER.sub("", block).strip():
            found.append(Paragraph(named, words))
    return tuple(found)


def clauses_named(text: str) -> tuple[str, ...]:
    """The clause ids that a text's markers name, in their order."""
    return tuple(clause for marker in MARKER.finditer(text) for clause in marker[1].split())


def printed(parameter: Parameter, value: object) -> str:
    """A value in the words of a Japanese document; 「　　　」 where there is none."""
    if value in (None, "", ()):
        return UNFILLED
    if parameter.type == "enum":
        return parameter.choices[str(value)][0]
    if parameter.type == "hours":
        begins, ends = (clock_time(time.fromisoformat(part)) for part in str(value).split("-"))
        return f"{begins}から{ends}まで"
    return _plain(value)


def told(parameter: Parameter, value: object) -> str:
    """A value as a page shows it beside its name, in the reader's language, with its unit."""
    if get_language() == "en":
        return _told_in_english(parameter, value)
    if isinstance(value, dict):
        return "；".join(f"{_level(key, value, '：')}{_plain(each)}" for key, each in value.items())
    return printed(parameter, value) + (parameter.unit if value not in (None, "", ()) else "")


def _told_in_english(parameter: Parameter, value: object) -> str:
    if value in (None, "", ()):
        return "—"
    if isinstance(value, dict):
        each = {key: _in_english(parameter, one) for key, one in value.items()}
        return "; ".join(f"{_level(key, value, ': ')}{one}" for key, one in each.items())
    said = _in_english(parameter, value)
    unit = UNITS.get(parameter.unit, ("", ""))[value != 1]
    return f"{said} {unit}".rstrip()


def _level(key: str, among: Collection[str], colon: str) -> str:
    """What stands before a list: the level by its name, and none where there is one level only."""
    if key in LEVELS and len(among) == 1:
        return ""
    return LEVELS.get(key, (key, key))[get_language() == "en"] + colon


def _in_english(parameter: Parameter, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return ", ".join(_in_english(parameter, item) for item in value)
    return parameter.choices[str(value)][1] if str(value) in parameter.choices else str(value)


def _is_unneeded(row: Parameter, values: Mapping[str, object], chosen: Collection[str]) -> bool:
    """Whether the choice it hangs on was made otherwise; a draft shows what was not decided."""
    return row.needed_if not in {"", *chosen} and row.needed_if.partition("=")[0] in values


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "する" if value else "しない"
    if isinstance(value, date):
        return reiwa(value)
    if isinstance(value, (list, tuple)):
        return "、".join(str(item) for item in value)
    return str(value)


def _template(book: Book) -> str:
    return (book.folder / TEXT).read_text("utf-8")
