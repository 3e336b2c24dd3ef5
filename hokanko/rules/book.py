"""A rulebook as data: parameters, posts, purposes, grounds, form and clauses, from one folder.

Nothing here decides anything. `rulebooks/<code>/book.toml` is the source; `rules.check` finds its
mistakes with line numbers, this module only loads a sound one. No Django.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from hokanko.errors import Missing, Unsound
from hokanko.rules.parsed import read_once
from hokanko.rules.rows import (
    BOOK,
    BY_POSITION,
    POLICY,
    TEXT,
    Clause,
    Evidence,
    FormField,
    Ground,
    Kind,
    Law,
    Parameter,
    Post,
    Purpose,
    Question,
)

ROOT = Path(__file__).parents[1] / "rulebooks"

Row = TypeVar("Row")

__all__ = [
    "BOOK",
    "BY_POSITION",
    "POLICY",
    "ROOT",
    "TEXT",
    "Book",
    "Clause",
    "Evidence",
    "FormField",
    "Ground",
    "Kind",
    "Law",
    "Parameter",
    "Post",
    "Purpose",
    "Question",
    "codes",
    "fingerprint",
    "load",
]


@dataclass(frozen=True, slots=True)
class Book:
    """One edition of a rulebook. `fingerprint` is the SHA-256, in hex, of its whole folder.

    `document_ja` is what the document calls itself: 要領, 規定, 指針, ガイドライン.
    """

    code: str
    title_ja: str
    title_en: str
    document_ja: str
    document_en: str
    source: str
    edition: str
    force: str
    folder: Path
    fingerprint: str
    parameters: tuple[Parameter, ...]
    kinds: tuple[Kind, ...]
    posts: tuple[Post, ...]
    purposes: tuple[Purpose, ...]
    grounds: tuple[Ground, ...]
    form_fields: tuple[FormField, ...]
    clauses: tuple[Clause, ...]
    laws: tuple[Law, ...]
    questions: tuple[Question, ...] = ()
    effective_from: date | None = None  # a model without a date of its own leaves it to the adopter
    valid_until: date | None = None
    source_keep_until: date | None = None

    def clause(self, clause_id: str) -> Clause:
        """The clause with this id. Raises Missing."""
        return _one(self.clauses, lambda row: row.id == clause_id, self.code, clause_id)

    def parameter(self, name: str) -> Parameter:
        """The parameter with this name. Raises Missing."""
        return _one(self.parameters, lambda row: row.name == name, self.code, name)

    def post(self, id_or_en: str) -> Post:
        """The post with this Japanese or English name. Raises Missing."""
        return _one(self.posts, lambda row: id_or_en in (row.id, row.en), self.code, id_or_en)

    def level(self, kind: str) -> str:
        """At which level an organisation of this kind stands: "hq" or "unit"."""
        return next((row.level for row in self.kinds if row.id == kind), "unit")

    def law(self, law_id: str) -> Law:
        """The cited law with this id. Raises Missing."""
        return _one(self.laws, lambda row: row.id == law_id, self.code, law_id)

    @property
    def office(self) -> str:
        """Whom to ask about the document, as it says itself; "" where it names nobody."""
        stated = (row.value for row in self.parameters if row.name == "doc.contact")
        return str(next(stated, None) or "")

    def effective(self, values: Mapping[str, object]) -> dict[str, object]:
        """Every parameter as it stands under an adoption; what is fixed cannot be overridden.

        A blank nobody has filled takes the value the book offers, or None. Dates may come as text.
        """
        return {row.name: _effective(row, values) for row in self.parameters}

    def standing(self, name: str, values: Mapping[str, object]) -> object:
        """One parameter as `effective` has it. Raises Missing."""
        return _effective(self.parameter(name), values)

    def settled(self, values: Mapping[str, object]) -> frozenset[str]:
        """Each choice (enum or bool) under an adoption, as "name=value"; yes and no as in TOML."""
        told = self.effective(values)
        return frozenset(
            f"{row.name}={str(told[row.name]).lower() if row.type == 'bool' else told[row.name]}"
            for row in self.parameters
            if row.type in {"bool", "enum"}
        )


def codes(root: Path | None = None) -> tuple[str, ...]:
    """The codes of all rulebooks there are, in alphabetical order."""
    return tuple(sorted(path.parent.name for path in (root or ROOT).glob(f"*/{BOOK}")))


def load(code: str, root: Path | None = None) -> Book:
    """The rulebook `code`. Raises Missing if there is none, Unsound if it cannot be read."""
    return _load(code, root or ROOT)


@read_once(32)
def _load(code: str, root: Path) -> Book:
    folder = root / code
    if code not in codes(root):
        raise Missing(f"規程「{code}」はありません。", f"There is no rulebook {code!r}.")
    try:
        return _book(folder, tomllib.loads((folder / BOOK).read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError, KeyError) as mistake:
        raise Unsound(
            f"規程「{code}」を読めません: {mistake}",
            f"Rulebook {code!r} cannot be read: {mistake}",
            mend_ja="`hokanko rulebook check` が、ファイルと行を示します。",
            mend_en="`hokanko rulebook check` shows the file and the line.",
        ) from mistake


def fingerprint(folder: Path) -> str:
    """SHA-256 over all files of a folder, hidden ones apart, as `sha256sum` would list them.

    The bytes hashed are one line `<sha256>  <path>` per file, sorted by path.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    names = [path.relative_to(folder).as_posix() for path in files]
    listing = "".join(
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
        for name in sorted(names)
        if not any(part.startswith(".") for part in name.split("/"))
    )
    return hashlib.sha256(listing.encode()).hexdigest()


def _book(folder: Path, raw: Mapping[str, object]) -> Book:
    def rows(kind: str, make: Callable[..., Row]) -> tuple[Row, ...]:
        return tuple(_row(make, row) for row in _tables(raw.get(kind, [])))

    (head,) = _tables([raw["book"]])
    return _row(
        Book,
        head
        | {
            "folder": folder,
            "fingerprint": fingerprint(folder),
            "parameters": rows("parameter", Parameter),
            "kinds": rows("kind", Kind),
            "posts": rows("post", Post),
            "purposes": rows("purpose", Purpose),
            "grounds": rows("ground", Ground),
            "form_fields": rows("form_field", FormField),
            "clauses": rows("clause", _clause),
            "laws": rows("law", Law),
            "questions": rows("question", Question),
        },
    )


def _effective(row: Parameter, values: Mapping[str, object]) -> object:
    value = row.value if row.status == "fixed" else values.get(row.name, row.value)
    return date.fromisoformat(value) if row.type == "date" and isinstance(value, str) else value


def _clause(evidence: object = None, **row: object) -> Clause:
    if evidence is None:
        return _row(Clause, row)
    (shown,) = _tables([evidence])
    return _row(Clause, row | {"evidence": _row(Evidence, shown)})


def _tables(rows: object) -> list[dict[str, object]]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise TypeError(f"not a table: {rows!r}")
    return rows


def _row(make: Callable[..., Row], raw: Mapping[str, object]) -> Row:
    return make(**{key: _frozen(value) for key, value in raw.items()})


def _frozen(value: object) -> object:
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return value


def _one(rows: Iterable[Row], wanted: Callable[[Row], bool], code: str, name: str) -> Row:
    for row in rows:
        if wanted(row):
            return row
    raise Missing(
        f"規程「{code}」に「{name}」はありません。", f"Rulebook {code!r} has no {name!r}."
    )
