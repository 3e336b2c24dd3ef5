"""What is printed in the rules from the registers: the cameras' purposes, the units that act."""

from __future__ import annotations

from collections.abc import Iterator

from hokanko.cameras.models import Camera
from hokanko.cameras.queries import fixed
from hokanko.people.models import Organisation
from hokanko.people.queries import organisation
from hokanko.rules import text
from hokanko.rules.book import Book

FORCES = "police-notice-3"
UNDECIDED = "未定（確認の前）"
HEAD = ("番号", "設置場所", "種類", "設置目的")


def with_purposes(org: str, book: Book, values: dict[str, object]) -> Iterator[str]:
    """The paragraphs of the rules; after that on the purpose, each camera's own (pref-purpose).

    A camera whose purpose is not confirmed yet is listed all the same, and said to be so. After
    that on the forces, the force and its units here (police-notice-3).
    """
    clauses = book.parameter("purpose.list").clauses
    cameras = list(fixed(org).filter(ended_at=None))
    for paragraph in text.paragraphs(book, values):
        yield paragraph.text
        if cameras and clauses and clauses[0] in paragraph.clauses:
            yield _table(cameras)
            cameras = []
        if FORCES in paragraph.clauses:
            yield _units(organisation(org))


def _units(org: Organisation) -> str:
    """The force, then the unit whose rules these are; in the force's own rules, all its units."""
    force = org.parent or org
    units = [org] if org.parent else list(org.units.order_by("code"))
    named = "、".join(unit.name for unit in units) or "―"
    return f"この要領により本モデル事業を実施する所属は、次のとおりである。{force.name}：{named}"


def _table(cameras: list[Camera]) -> str:
    rows = [HEAD, ("---",) * len(HEAD), *map(_row, cameras)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(camera: Camera) -> tuple[str, ...]:
    words = (camera.number, camera.place, camera.place_type, camera.purpose or UNDECIDED)
    return tuple(" ".join(each.replace("|", "｜").split()) or "―" for each in words)
