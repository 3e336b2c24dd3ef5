"""Mistakes in `book.toml`: keys missing or unknown, unknown names, values out of bounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from typing import Any

from hokanko.rules.check_policy import Known
from hokanko.rules.places import Place, places
from hokanko.rules.problem import Problem
from hokanko.rules.registers import EACH, EVENTS, PROJECT_END, REGISTERS
from hokanko.rules.rows import BOOK, BY_POSITION, ROWS
from hokanko.rules.values import TYPES, fault

HEAD = frozenset(
    {"code", "title_ja", "title_en", "document_ja", "document_en", "source", "edition", "force"}
)
STATUSES = ("fixed", "blank", "default")
CARRIED = ("enforced", "evidenced", "printed", "outside")
LEVELS = ("hq", "unit", "outside")
SHOWN = ("evidenced", "outside")
WHEN = ("every_days", "every_months_of", "due")

Row = Mapping[str, Any]


def book_problems(text: str, raw: Row, known: Known, code: str) -> Iterator[Problem]:
    """Everything wrong with a book that TOML could read."""
    where = places(text)
    yield from _head(raw.get("book", {}), where.get("book", [Place(1, {})])[0], code)
    for kind in ROWS:
        seen: dict[str, int] = {}
        for row, place in zip(raw.get(kind, []), where.get(kind, []), strict=False):
            yield from _shape(kind, row, place)
            yield from _repeated(kind, row, place, seen)
            yield from _references(row, place, known)
            if kind in CHECKS:
                yield from CHECKS[kind](row, place, known)


def _head(row: Row, place: Place, code: str) -> Iterator[Problem]:
    for key in sorted(HEAD - row.keys()):
        yield _missing("book", key, place)
    if row.get("code", code) != code:
        yield _problem(
            place.of("code"),
            f"code「{row['code']}」がフォルダー名「{code}」と違います。",
            f"The code {row['code']!r} is not the folder's name {code!r}.",
            "どちらかを直してください。",
        )


def _shape(kind: str, row: Row, place: Place) -> Iterator[Problem]:
    known = {field.name: field for field in fields(ROWS[kind])}
    for name, field in known.items():
        if name not in row and field.default is MISSING and field.default_factory is MISSING:
            yield _missing(kind, name, place)
    for key in row:
        if key not in known:
            yield _problem(
                place.of(key),
                f"[[{kind}]] に項目「{key}」はありません。",
                f"[[{kind}]] has no key {key!r}.",
                f"使える項目: {'、'.join(known)}",
            )


def _repeated(kind: str, row: Row, place: Place, seen: dict[str, int]) -> Iterator[Problem]:
    key = "name" if kind == "parameter" else "id"
    name = str(row.get(key, ""))
    if name in seen:
        yield _problem(
            place.of(key),
            f"[[{kind}]]「{name}」は {seen[name]} 行目と重なっています。",
            f"[[{kind}]] {name!r} is already on line {seen[name]}.",
            "どちらかの名前を変えてください。",
        )
    seen.setdefault(name, place.of(key))


def _references(row: Row, place: Place, known: Known) -> Iterator[Problem]:
    for key in ("clauses", "clause"):
        cited = row.get(key, [])
        for clause in [cited] if isinstance(cited, str) else cited:
            own_form = "filled_by" in row and clause == ""  # a form that no document gives
            if clause not in known.clauses and not own_form:
                yield _problem(
                    place.of(key),
                    f"条項「{clause}」はこの規程にありません。",
                    f"This rulebook has no clause {clause!r}.",
                    "[[clause]] の id を書いてください。",
                )


def _parameter(row: Row, place: Place, known: Known) -> Iterator[Problem]:
    kind, status, value = row.get("type"), row.get("status"), row.get("value")
    yield from _one_of("type", kind, TYPES, place)
    yield from _one_of("status", status, STATUSES, place)
    if value is None and status != "blank" and row.get("applies", True):
        yield _missing("parameter", "value", place)
    elif value is not None and kind in TYPES:
        yield from _value(row, place, known)
    if ("reason_above" in row) != (row.get("reason_in", "") in known.parameters):
        yield _problem(
            place.of("reason_in"),
            "reason_above には、理由を書くパラメータの名前（reason_in）が要ります。",
            "reason_above needs the name of the parameter that holds the reason (reason_in).",
            'reason_above = 31 と reason_in = "retention.reason" のように書いてください。',
        )
    if "needed_if" in row and row["needed_if"].partition("=")[0] not in known.parameters:
        yield _problem(
            place.of("needed_if"),
            "needed_if のパラメータはこの規程にありません。",
            "needed_if: this rulebook has no such parameter.",
            'needed_if = "joint.enabled=true" のように書いてください。',
        )
    if status == "fixed" and not row.get("clauses"):
        yield _problem(
            place.of("clauses"),
            "fixed なのに、定めた条項がありません。",
            "The parameter is fixed but cites no clause.",
            'clauses に条項を書くか、status = "default" にしてください。',
        )
    if status == "default" and row.get("clauses"):
        yield _problem(
            place.of("clauses"),
            "ソフトウェアの既定に、条項を付けることはできません。",
            "A software default may not be dressed as an article.",
            'clauses = [] にするか、status = "fixed" か "blank" にしてください。',
        )


def _value(row: Row, place: Place, known: Known) -> Iterator[Problem]:
    kind, value = row["type"], row["value"]
    wrong = fault(
        kind, value, choices=row.get("choices"), least=row.get("min"), most=row.get("max")
    )
    if wrong:
        yield _problem(
            place.of("value"),
            f"「{row.get('name')}」の値が{wrong[0]}",
            f"The value of {row.get('name')!r} is wrong: {wrong[1]}",
            "value か type、choices、min、max を直してください。",
        )
    elif kind in {"post", "posts"}:
        for post in [value] if isinstance(value, str) else value:
            yield from _known_post(post, "value", place, known)


def _post(row: Row, place: Place, known: Known) -> Iterator[Problem]:
    yield from _one_of("level", row.get("level"), LEVELS, place)
    if row.get("appointed_by", BY_POSITION) != BY_POSITION:
        yield from _known_post(row["appointed_by"], "appointed_by", place, known)
    for post in row.get("combine", []):
        yield from _known_post(post, "combine", place, known)


def _clause(row: Row, place: Place, known: Known) -> Iterator[Problem]:
    carried, evidence = row.get("carried"), row.get("evidence")
    yield from _one_of("carried", carried, CARRIED, place)
    if (carried in SHOWN) != (evidence is not None):
        yield _problem(
            place.of("evidence"),
            "evidenced と outside の条項には evidence が要り、ほかの条項には要りません。",
            "A clause evidenced or outside needs evidence, and no other clause has any.",
            "evidence = { what_ja = …, what_en = …, owners = […], every_days = … }",
        )
    if isinstance(evidence, Mapping):
        yield from _evidence(evidence, place, known)


def _evidence(evidence: Row, place: Place, known: Known) -> Iterator[Problem]:
    for post in evidence.get("owners", []):
        yield from _known_post(post, "evidence", place, known)
    at = Place(place.of("evidence"), {})
    yield from _one_of("form", evidence.get("form", "evidence"), REGISTERS, at)
    yield from _one_of("dated_by", evidence.get("dated_by", ""), ("", *REGISTERS), at)
    yield from _one_of("each", evidence.get("each", ""), ("", *EACH), at)
    if not isinstance(evidence.get("photo", False), bool):
        yield _problem(
            at.line,
            "photo は true か false です。",
            "photo is true or false.",
            "写真を必ず求めるときは photo = true と書いてください。",
        )
    months = evidence.get("every_months_of")
    if months is not None and months not in known.parameters:
        yield _problem(
            at.line,
            f"every_months_of のパラメータ「{months}」はこの規程にありません。",
            f"every_months_of: this rulebook has no parameter {months!r}.",
            'every_months_of = "inspection.months" のように書いてください。',
        )
    due = str(evidence.get("due", PROJECT_END))
    if due not in {*EVENTS, PROJECT_END} and fault("date", due):
        yield _problem(
            at.line,
            f"due に「{due}」は使えません。",
            f"due cannot be {due!r}.",
            f"日付か、次のどれかです: {'、'.join(sorted(EVENTS | {PROJECT_END}))}",
        )
    if sum(key in evidence for key in WHEN) != 1 or not evidence.get("owners"):
        yield _problem(
            at.line,
            "evidence には owners と、every_days、every_months_of、due のどれか一つが要ります。",
            "Evidence needs owners, and one of every_days, every_months_of and due.",
            'every_days = 30 か、due = "each-checkout" のように書いてください。',
        )


def _kind(row: Row, place: Place, known: Known) -> Iterator[Problem]:
    del known
    yield from _one_of("level", row.get("level", "unit"), LEVELS, place)


CHECKS = {"parameter": _parameter, "kind": _kind, "post": _post, "clause": _clause}


def _one_of(key: str, value: object, allowed: Any, place: Place) -> Iterator[Problem]:
    if value not in allowed:
        yield _problem(
            place.of(key),
            f"{key} に「{value}」は使えません。",
            f"{key} cannot be {value!r}.",
            f"使えるもの: {'、'.join(allowed)}",
        )


def _known_post(post: object, key: str, place: Place, known: Known) -> Iterator[Problem]:
    if post not in known.posts:
        yield _problem(
            place.of(key),
            f"役職「{post}」はこの規程にありません。",
            f"This rulebook has no post {post!r}.",
            "[[post]] の id を書いてください。",
        )


def _missing(kind: str, key: str, place: Place) -> Problem:
    return _problem(
        place.line,
        f"[{kind}] に項目「{key}」がありません。",
        f"[{kind}] lacks the key {key!r}.",
        f"{key} = … を書いてください。",
    )


def _problem(line: int, ja: str, en: str, hint: str) -> Problem:
    return Problem(BOOK, line, ja, en, hint)
