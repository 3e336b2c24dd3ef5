"""Verbs of the law itself: founding an organisation's first, provisional edition."""

from __future__ import annotations

from collections.abc import Mapping

from hokanko import clock
from hokanko.errors import Conflict, Refusal
from hokanko.formats.canon import JSON
from hokanko.rules import book as books
from hokanko.rules.actor import Actor, Thing
from hokanko.rules.book import Book
from hokanko.rules.decide import Rules, adoption
from hokanko.rules.models import Adoption
from hokanko.rules.values import fault, read
from hokanko.rules.verb import verb


@verb("rulebook.adopt")
def adopt(thing: Thing, code: str, values: Mapping[str, str], *, by: Actor) -> Adoption:
    """Give an organisation its provisional edition: footage is kept by it, nothing is enacted.

    It may be given again until an edition has been signed; from then on editions are drafted and
    signed by two persons. Its hash goes on the ledger (I10).
    """
    book = book_of(code)
    filled = fill(book, values)
    permit = Rules(book, filled).require(by, "rulebook.adopt", thing)
    before = adoption(thing.id)
    if before is not None and before.signed_at is not None:
        raise Conflict(
            "署名された版があります。改めるには、案を作り、別の人が署名してください。",
            "A signed edition is in force: draft a new one and have another person sign it.",
            mend_ja="hokanko org adopt、hokanko org sign",
            mend_en="hokanko org adopt, hokanko org sign",
        )
    _require_reasons(book, filled)
    now = clock.now()
    edition = Adoption.objects.create(
        org=thing.id,
        book=code,
        fingerprint=book.fingerprint,
        values=filled,
        number=before.number + 1 if before else 1,
        drafted_by=by.id,
        drafted_at=now,
        since=now,
    )
    permit.write(
        "rulebook.adopted",
        facts={
            "book": code,
            "fingerprint": book.fingerprint,
            "values": filled,
            "edition_number": edition.number,
        },
    )
    return edition


def book_of(code: str) -> Book:
    """The rulebook of that code. Raises Conflict naming those there are."""
    if code not in books.codes():
        raise Conflict(
            f"規程「{code}」はありません。",
            f"There is no rulebook {code}.",
            mend_ja=f"次から選んでください: {'、'.join(books.codes())}",
            mend_en=f"Choose one of: {', '.join(books.codes())}",
        )
    return books.load(code)


def fill(
    book: Book, texts: Mapping[str, str], base: Mapping[str, JSON] | None = None
) -> dict[str, JSON]:
    """The values of an edition: those of the one before, with these texts read over them.

    An empty text empties the blank again. Raises Conflict for what cannot be read or is fixed.
    """
    filled = {name: value for name, value in (base or {}).items() if _is_open(book, name)}
    for name, text in texts.items():
        if text.strip() or not _is_open(book, name):
            filled[name] = _filled(book, name, text)
        else:
            filled.pop(name, None)
    return filled


def unreasoned(book: Book, values: Mapping[str, JSON]) -> list[str]:
    """The numbers above their bound whose reason nobody has written."""
    above = (
        row
        for row in book.parameters
        if row.reason_above is not None
        and isinstance(value := values.get(row.name), int)
        and value > row.reason_above
    )
    return [row.name for row in above if not values.get(row.reason_in)]


def _require_reasons(book: Book, filled: Mapping[str, JSON]) -> None:
    """Raises Refusal for a number above its bound without the reason written beside it."""
    for name in unreasoned(book, filled):
        row = book.parameter(name)
        wanted = book.parameter(row.reason_in)
        raise Refusal(
            f"「{row.ja}」が{row.reason_above}{row.unit}を超えるときは、理由が要ります。",
            f"{row.name} above {row.reason_above} needs a reason.",
            clauses=row.clauses,
            article=book.clause(row.clauses[0]).article if row.clauses else "",
            mend_ja=f"「{wanted.ja}」（{wanted.name}）に理由を書いてください。",
            mend_en=f"Write the reason in {wanted.name}.",
        )


def _is_open(book: Book, name: str) -> bool:
    """Whether a parameter is there, and not fixed by the document."""
    return any(row.name == name and row.status != "fixed" for row in book.parameters)


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
