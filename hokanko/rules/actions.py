"""Verbs of the law itself: adopting a rulebook."""

from __future__ import annotations

from collections.abc import Mapping

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.formats.canon import JSON
from hokanko.ledger.append import append
from hokanko.rules import book as books
from hokanko.rules.actor import Actor, Thing
from hokanko.rules.book import Book
from hokanko.rules.decide import require
from hokanko.rules.models import Adoption
from hokanko.rules.values import fault, read
from hokanko.rules.verb import verb


@verb("rulebook.adopt")
def adopt(thing: Thing, code: str, values: Mapping[str, str], *, by: Actor) -> Adoption:
    """Put an edition in force at an organisation; its hash goes on the ledger (I10)."""
    permit = require(by, "rulebook.adopt", thing)
    if code not in books.codes():
        raise Conflict(
            f"規程「{code}」はありません。",
            f"There is no rulebook {code}.",
            mend_ja=f"次から選んでください: {'、'.join(books.codes())}",
            mend_en=f"Choose one of: {', '.join(books.codes())}",
        )
    book = books.load(code)
    filled = {name: _filled(book, name, text) for name, text in values.items()}
    adoption = Adoption.objects.create(
        org=thing.id, book=code, fingerprint=book.fingerprint, values=filled, since=clock.now()
    )
    append(
        "rulebook.adopted",
        by=by,
        org=thing.id,
        about=thing.name,
        clause=permit.clause,
        facts={"book": code, "fingerprint": book.fingerprint, "values": filled},
    )
    return adoption


def _filled(book: Book, name: str, text: str) -> JSON:
    """A blank as the adopter filled it. Raises Conflict for what the document fixes."""
    parameter = book.parameter(name)
    if parameter.status == "fixed":
        raise Conflict(
            f"「{parameter.ja}」（{name}）は文書が定めており、変えられません。",
            f"{name} is fixed by the document and cannot be changed.",
        )
    value = read(parameter.type, text)
    wrong = fault(
        parameter.type, value, choices=parameter.choices, least=parameter.min, most=parameter.max
    )
    if wrong:
        raise Conflict(f"「{parameter.ja}」（{name}）: {wrong[0]}", f"{name}: {wrong[1]}")
    return list(value) if isinstance(value, tuple) else value  # type: ignore[return-value]
