"""Verbs of the law itself: adopting a rulebook."""

from __future__ import annotations

from collections.abc import Mapping

from hokanko import clock
from hokanko.errors import Conflict, Refusal
from hokanko.formats.canon import JSON
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
    _require_reasons(book, filled)
    adoption = Adoption.objects.create(
        org=thing.id, book=code, fingerprint=book.fingerprint, values=filled, since=clock.now()
    )
    permit.write(
        "rulebook.adopted", facts={"book": code, "fingerprint": book.fingerprint, "values": filled}
    )
    return adoption


def _require_reasons(book: Book, filled: Mapping[str, JSON]) -> None:
    """Raises Refusal for a number above its bound without the reason written beside it."""
    for row in book.parameters:
        value = filled.get(row.name)
        if row.reason_above is None or not isinstance(value, int) or value <= row.reason_above:
            continue
        if row.reason_in not in filled:
            wanted = book.parameter(row.reason_in)
            raise Refusal(
                f"「{row.ja}」が{row.reason_above}{row.unit}を超えるときは、理由が要ります。",
                f"{row.name} above {row.reason_above} needs a reason.",
                clauses=row.clauses,
                article=book.clause(row.clauses[0]).article if row.clauses else "",
                mend_ja=f"「{wanted.ja}」（{wanted.name}）に理由を書いてください。",
                mend_en=f"Write the reason in {wanted.name}.",
            )


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
