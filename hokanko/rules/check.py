"""Finds the mistakes of a rulebook's folder, each with its file, its line and what to do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from hokanko.rules.book import ROOT
from hokanko.rules.check_book import book_problems
from hokanko.rules.check_policy import Known, policy_problems
from hokanko.rules.check_shape import shape_problems
from hokanko.rules.check_text import text_problems
from hokanko.rules.places import Place, places
from hokanko.rules.problem import Problem
from hokanko.rules.rows import BOOK, POLICY, TEXT

__all__ = ["Problem", "problems"]

PRINTED = frozenset({"printed", "enforced", "evidenced"})
TRUTH = ("true", "false")
AT_LINE = re.compile(r"at line (\d+)")


def problems(code: str, verbs: Collection[str], root: Path | None = None) -> list[Problem]:
    """Every mistake of the rulebook `code`; none means that it may be adopted.

    `verbs` are all verbs of the product: each needs a permit policy, and no policy may name
    another. A book that cannot be read is reported alone, for the rest hangs on its names.
    """
    return list(_all(code, verbs, (root or ROOT) / code))


def _all(code: str, verbs: Collection[str], folder: Path) -> Iterator[Problem]:
    texts: dict[str, str] = {}
    for name in (BOOK, POLICY, TEXT):
        try:
            texts[name] = (folder / name).read_text("utf-8")
        except FileNotFoundError:
            yield _unread(name, "がありません。", "is missing.", "ファイルを置いてください。")
        except UnicodeDecodeError:
            yield _unread(
                name, "は UTF-8 ではありません。", "is not UTF-8.", "UTF-8 で保存してください。"
            )
    if BOOK not in texts:
        return
    try:
        raw = tomllib.loads(texts[BOOK])
    except tomllib.TOMLDecodeError as mistake:
        yield _not_toml(texts[BOOK], str(mistake))
        return
    misshapen = list(shape_problems(texts[BOOK], raw))
    yield from misshapen or _contents(code, verbs, raw, texts)


def _contents(
    code: str, verbs: Collection[str], raw: Mapping[str, Any], texts: Mapping[str, str]
) -> Iterator[Problem]:
    known = _known(raw)
    yield from book_problems(texts[BOOK], raw, known, code)
    if POLICY in texts:
        yield from policy_problems(texts[POLICY], known, verbs)
    if TEXT in texts:
        yield from text_problems(texts[TEXT], known, _to_print(texts[BOOK], raw), BOOK)


def _known(raw: Mapping[str, Any]) -> Known:
    def names(kind: str, key: str) -> frozenset[str]:
        return frozenset(str(row.get(key, "")) for row in raw.get(kind, []))

    return Known(
        clauses=names("clause", "id"),
        posts=names("post", "id"),
        parameters=names("parameter", "name"),
        laws=names("law", "id"),
        choices=frozenset(
            f"{row.get('name')}={value}"
            for row in raw.get("parameter", [])
            for value in [*row.get("choices", {}), *(TRUTH if row.get("type") == "bool" else ())]
        ),
    )


def _to_print(text: str, raw: Mapping[str, Any]) -> dict[str, int]:
    """The clauses that the document must print, and their lines in the book."""
    rows: list[tuple[Mapping[str, Any], Place]] = list(
        zip(raw.get("clause", []), places(text).get("clause", []), strict=False)
    )
    return {
        str(row.get("id", "")): place.of("id")
        for row, place in rows
        if row.get("carried") in PRINTED
    }


def _not_toml(text: str, mistake: str) -> Problem:
    at = AT_LINE.search(mistake)
    return Problem(
        BOOK,
        int(at[1]) if at else max(1, len(text.splitlines())),
        f"TOML として読めません: {mistake}",
        f"This is not TOML: {mistake}",
        "引用符と括弧、等号を確かめてください。",
    )


def _unread(name: str, ja: str, en: str, hint: str) -> Problem:
    return Problem(name, 1, f"{name} {ja}", f"{name} {en}", hint)
