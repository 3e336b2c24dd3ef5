"""Verbs of the law itself: founding an organisation's first, provisional edition."""

from __future__ import annotations

from collections.abc import Mapping

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.rules.actor import Actor, Thing
from hokanko.rules.bounds import require_within
from hokanko.rules.decide import Rules, adoption
from hokanko.rules.filling import book_of, fill
from hokanko.rules.models import Adoption
from hokanko.rules.reading import forget
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
    require_within(book, filled)
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
    forget()  # a verb that goes on from here goes on by these rules
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
