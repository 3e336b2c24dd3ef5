"""The number of cameras that an edition states: counted, wherever any runs (ward-2.1)."""

from __future__ import annotations

from collections.abc import Mapping

from hokanko.cameras.queries import active_count
from hokanko.errors import Refusal
from hokanko.formats.canon import JSON
from hokanko.people.models import Organisation
from hokanko.rules.book import Book

COUNT = "camera.count"


def counted(org: Organisation, book: Book) -> int:
    """How many cameras an edition has to state; 0 where none runs yet, or the book states none."""
    states = any(row.name == COUNT and row.applies for row in book.parameters)
    return active_count(org.pk) if states else 0


def with_count(
    org: Organisation, book: Book, values: Mapping[str, JSON], told: Mapping[str, str]
) -> dict[str, JSON]:
    """The values, with the number of cameras that run in the place of the one before.

    Raises Refusal for another number that somebody told.
    """
    running = counted(org, book)
    if not running:
        return dict(values)
    if told.get(COUNT, "").strip() and values.get(COUNT) != running:
        row = book.parameter(COUNT)
        raise Refusal(
            f"{row.ja}は、運用しているカメラの数（{running}台）です。{values.get(COUNT)}台とは書けません。",
            f"{running} cameras are in operation: {values.get(COUNT)} cannot be stated.",
            clauses=row.clauses,
            article=book.clause(row.clauses[0]).article if row.clauses else "",
            mend_ja="空けておくと、カメラ台帳から数えて入ります。",
            mend_en="Leave it empty: it is counted from the register of cameras.",
        )
    return {**values, COUNT: running}
