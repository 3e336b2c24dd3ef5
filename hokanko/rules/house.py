"""The law of the home itself, where no rulebook has been adopted: software defaults only.

Making the home, its organisations, its backups: no document speaks of these, so that no refusal
here cites one (I2).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from hokanko.errors import Unsound
from hokanko.rules import book as books
from hokanko.rules.rows import BY_POSITION, Parameter, Post

FOLDER = Path(__file__).parent / "house"
NOTHING: dict[str, object] = {"bool": False, "list": (), "posts": ()}


@lru_cache(maxsize=1)
def book() -> books.Book:
    """The home's own law, in the shape of a rulebook: one post, no purposes, no clauses."""
    return books.Book(
        code="house",
        title_ja="保管庫そのものの決まり（ソフトウェアの既定）",
        title_en="rules of the home itself (software defaults)",
        document_ja="",
        document_en="",
        source="",
        edition="",
        force="",
        folder=FOLDER,
        fingerprint=books.fingerprint(FOLDER),
        parameters=_parameters(),
        kinds=(),
        posts=(
            Post("システム管理者", "technical administrator", "unit", BY_POSITION, ()),
            Post("管理用パソコン", "management PC", "unit", BY_POSITION, (), machine=True),
        ),
        purposes=(),
        grounds=(),
        form_fields=(),
        clauses=(),
        laws=(),
    )


def _parameters() -> tuple[Parameter, ...]:
    """Every parameter that any rulebook has: known by name, and without effect here."""
    found: dict[str, Parameter] = {}
    for code in books.codes():
        with suppress(Unsound):  # a rulebook that cannot be read does not close the home
            found |= {row.name: _unasked(row) for row in books.load(code).parameters}
    return tuple(found.values())


def _unasked(row: Parameter) -> Parameter:
    value = NOTHING.get(row.type)
    return replace(row, status="default", clauses=(), value=value, applies=False, needed_if="")
