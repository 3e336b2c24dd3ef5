"""Mistakes in `policy.cedar`: syntax, annotations, clauses, posts, and verbs nobody speaks of."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import cedarpy

from hokanko.rules.policy import SOFTWARE
from hokanko.rules.problem import Problem
from hokanko.rules.rows import POLICY
from hokanko.rules.statements import Statement, Word, statements

NOTES = ("id", "clause", "ja", "en")
CUT_SHORT = "unexpected end of input"


@dataclass(frozen=True, slots=True)
class Known:
    """The names a rulebook's files may use."""

    clauses: Collection[str]
    posts: Collection[str]
    parameters: Collection[str]
    laws: Collection[str]
    choices: Collection[str]  # "name=value" of every enum and bool


def policy_problems(text: str, known: Known, verbs: Collection[str]) -> Iterator[Problem]:
    """Everything wrong with a policy file, statement by statement, then the verbs left out."""
    found = statements(text)
    first: dict[str, int] = {}
    for statement in found:
        yield from _syntax(statement)
        yield from _annotations(statement, known)
        yield from _names(statement, known, verbs)
        yield from _repeated(statement, first)
    for verb in sorted(set(verbs) - _answered(found)):
        yield _problem(
            max(1, len(text.splitlines())),
            f"動詞「{verb}」を許す policy がありません。",
            f"No permit policy names the verb {verb!r}.",
            f'permit (principal, action == Action::"{verb}", resource) … を書くか、'
            "規程が一切認めないなら、条件のない forbid を書いてください。",
        )


def _answered(found: list[Statement]) -> set[str]:
    """The verbs some policy may allow, and those the document bars outright, with its article."""
    return {
        word.text
        for one in found
        if one.effect == "permit" or not one.conditional
        for word in one.verbs
    }


def _syntax(statement: Statement) -> Iterator[Problem]:
    """Cedar names no line: the first line that cannot be continued is the one at fault."""
    mistake = _refused(statement.text)
    if mistake is None:
        return
    lines = statement.text.splitlines()
    at = len(lines)
    for count in range(1, len(lines)):
        if _refused("\n".join(lines[:count])) not in (None, CUT_SHORT):
            at = count
            break
    yield _problem(
        statement.line + at - 1,
        f"Cedar として読めません: {mistake}",
        f"This is not Cedar: {mistake}",
        "括弧、コロン、セミコロンを確かめてください。",
    )


def _refused(text: str) -> str | None:
    try:
        cedarpy.policies_to_json_str(text)
    except ValueError as mistake:
        return str(mistake)
    return None


def _annotations(statement: Statement, known: Known) -> Iterator[Problem]:
    for name in NOTES:
        if name not in statement.notes or not statement.notes[name].text.strip():
            yield _problem(
                statement.line,
                f"policy に @{name} がありません。",
                f"The policy has no @{name}.",
                f'@{name}("…") を permit／forbid の前に書いてください。',
            )
    clause = statement.notes.get("clause")
    if clause and clause.text and clause.text not in {SOFTWARE, *known.clauses}:
        yield _problem(
            clause.line,
            f"条項「{clause.text}」はこの規程にありません。",
            f"This rulebook has no clause {clause.text!r}.",
            f'book.toml の [[clause]] の id か、"{SOFTWARE}" を書いてください。',
        )


def _names(statement: Statement, known: Known, verbs: Collection[str]) -> Iterator[Problem]:
    if not statement.verbs and statement.effect == "permit":
        yield _problem(
            statement.line,
            "動詞を名指ししない permit は、すべてを許してしまいます。",
            "A permit that names no verb would allow everything.",
            'action == Action::"…" か、action in [Action::"…", …] と書いてください。',
        )
    for word in statement.verbs:
        if word.text not in verbs:
            yield _problem(
                word.line,
                f"動詞「{word.text}」はありません。",
                f"There is no verb {word.text!r}.",
                "動詞の綴りを確かめてください。",
            )
    for word in (*statement.posts, *_who(statement)):
        if word.text not in known.posts:
            yield _problem(
                word.line,
                f"役職「{word.text}」はこの規程にありません。",
                f"This rulebook has no post {word.text!r}.",
                "book.toml の [[post]] の id を書いてください。",
            )
    for word in statement.settled:
        if word.text not in known.choices:
            yield _problem(
                word.line,
                f"「{word.text}」という選択肢はこの規程にありません。",
                f"This rulebook has no choice {word.text!r}.",
                'enum か bool の「名前=値」を書いてください（例: "erase.manual=false"）。',
            )


def _who(statement: Statement) -> list[Word]:
    note = statement.notes.get("who")
    if note is None:
        return []
    return [Word(post.strip(), note.line) for post in note.text.split(",") if post.strip()]


def _repeated(statement: Statement, first: dict[str, int]) -> Iterator[Problem]:
    note = statement.notes.get("id")
    if note is None:
        return
    if note.text in first:
        yield _problem(
            note.line,
            f"@id「{note.text}」は {first[note.text]} 行目と重なっています。",
            f"The @id {note.text!r} is already used on line {first[note.text]}.",
            "@id は policy ごとに違う名前にしてください。",
        )
    first.setdefault(note.text, note.line)


def _problem(line: int, ja: str, en: str, hint: str) -> Problem:
    return Problem(POLICY, line, ja, en, hint)
