"""One mistake in a rulebook: where it is, what it is, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake in `file` of a rulebook's folder; lines count from 1, the hint is Japanese."""

    file: str
    line: int
    what_ja: str
    what_en: str
    hint: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what_ja} {self.what_en}\n    {self.hint}"
