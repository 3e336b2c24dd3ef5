"""The statements of a Cedar policy file with their lines, which the Cedar parser does not tell.

A reader for annotations, verbs and posts only; whether the file is Cedar at all, Cedar decides.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

TOKEN = re.compile(r'//[^\n]*|"(?:\\.|[^"\\])*"|::|\w+|[^\s\w]')


@dataclass(frozen=True, slots=True)
class Word:
    """One token and its line."""

    text: str
    line: int

    @property
    def said(self) -> str:
        """What a string says; the token itself when it is no string that can be read."""
        try:
            return str(json.loads(self.text)) if self.text.startswith('"') else self.text
        except json.JSONDecodeError:
            return self.text


@dataclass(frozen=True, slots=True)
class Statement:
    """One policy: its text, line, effect, annotations, and the verbs and posts it names.

    `conditional` is whether it has a `when` or an `unless`; `settled` are the choices it looks for
    among what the adoption has settled.
    """

    text: str
    line: int
    effect: str
    conditional: bool
    notes: dict[str, Word]
    verbs: tuple[Word, ...]
    posts: tuple[Word, ...]
    settled: tuple[Word, ...]


def statements(text: str) -> list[Statement]:
    """Every statement, the last one even without its semicolon."""
    return [_statement(text, tokens) for tokens in _split(text)]


def _split(text: str) -> Iterator[list[tuple[re.Match[str], Word]]]:
    begun: list[tuple[re.Match[str], Word]] = []
    for match in TOKEN.finditer(text):
        if match[0].startswith("//"):
            continue
        begun.append((match, Word(match[0], text.count("\n", 0, match.start()) + 1)))
        if match[0] == ";":
            yield begun
            begun = []
    if begun:
        yield begun


def _statement(text: str, tokens: list[tuple[re.Match[str], Word]]) -> Statement:
    words = [word for _, word in tokens]
    effect = next((word.text for word in words if word.text in {"permit", "forbid"}), "")
    return Statement(
        text=text[tokens[0][0].start() : tokens[-1][0].end()],
        line=words[0].line,
        effect=effect,
        conditional=any(word.text in {"when", "unless"} for word in words),
        notes=_notes(words),
        verbs=_verbs(words),
        posts=_looked_for(words, "posts"),
        settled=_looked_for(words, "settled"),
    )


def _notes(words: list[Word]) -> dict[str, Word]:
    """Annotations: `@name("value")`."""
    return {
        words[at + 1].text: Word(words[at + 3].said, words[at + 3].line)
        for at in range(len(words) - 3)
        if words[at].text == "@" and words[at + 2].text == "("
    }


def _verbs(words: list[Word]) -> tuple[Word, ...]:
    """What stands behind `Action::`."""
    return tuple(
        Word(words[at + 2].said, words[at + 2].line)
        for at in range(len(words) - 2)
        if (words[at].text, words[at + 1].text) == ("Action", "::")
    )


def _looked_for(words: list[Word], among: str) -> tuple[Word, ...]:
    """The strings inside `among.contains(…)`, `.containsAny([…])` and `.containsAll([…])`."""
    found: list[Word] = []
    for at in range(len(words) - 3):
        called = words[at].text == among and words[at + 2].text.startswith("contains")
        if not called or words[at + 1].text != ".":
            continue
        for word in words[at + 3 :]:
            if word.text == ")":
                break
            if word.text.startswith('"'):
                found.append(Word(word.said, word.line))
    return tuple(found)
