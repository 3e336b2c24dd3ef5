"""Words that stand in Japanese and in English, in the language of whoever reads."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import get_language


class Bilingual(Protocol):
    """Whatever has its words in both: a row of a rulebook, an error, a form's caption."""

    @property
    def ja(self) -> str: ...

    @property
    def en(self) -> str: ...


def words(ja: str, en: str) -> str:
    """The one of two texts that the reader reads."""
    return en if get_language() == "en" else ja


def spoken(thing: Bilingual) -> str:
    """What a thing says to the reader."""
    return words(thing.ja, thing.en)
