"""What the cameras of an organisation film for, as a table in its printed rules."""

from __future__ import annotations

from collections.abc import Iterator

from hokanko.cameras.models import Camera
from hokanko.cameras.queries import fixed
from hokanko.rules import text
from hokanko.rules.book import Book

HEAD = ("番号", "設置場所", "種類", "設置目的")


def with_purposes(org: str, book: Book, values: dict[str, object]) -> Iterator[str]:
    """The paragraphs of the rules; after that on the purpose, each camera's own (pref-purpose)."""
    clauses = book.parameter("purpose.list").clauses
    cameras = [camera for camera in fixed(org).filter(ended_at=None) if camera.purpose]
    for paragraph in text.paragraphs(book, values):
        yield paragraph.text
        if cameras and clauses and clauses[0] in paragraph.clauses:
            yield _table(cameras)
            cameras = []


def _table(cameras: list[Camera]) -> str:
    rows = [HEAD, ("---",) * len(HEAD), *map(_row, cameras)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(camera: Camera) -> tuple[str, ...]:
    words = (camera.number, camera.place, camera.place_type, camera.purpose)
    return tuple(" ".join(each.replace("|", "｜").split()) or "―" for each in words)
