"""What taking a sign down would leave untold: cameras that run on, and the article that minds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from hokanko.cameras.models import Camera, Sign
from hokanko.cameras.queries import active
from hokanko.cameras.signs import TOLD
from hokanko.errors import Conflict
from hokanko.rules.decide import rules_at
from hokanko.rules.rows import Clause

ASKING = "sign.places"  # the parameter that every book fills from its article on signs


@dataclass(frozen=True, slots=True)
class Untold:
    """Running cameras of which no other sign tells, and the clause that asks for one."""

    cameras: Sequence[Camera]
    clause: Clause

    @property
    def numbers(self) -> str:
        return "、".join(camera.number for camera in self.cameras)


def untold_without(sign: Sign) -> Untold | None:
    """What would be left untold, were a sign taken down; None where nothing would."""
    if sign.posted_on is None or sign.removed_on is not None:
        return None
    org = sign.site.org_id
    others = Sign.objects.filter(TOLD, cameras=OuterRef("pk")).exclude(pk=sign.pk)
    left = active(org).filter(signs=sign).exclude(Exists(others)).order_by("number", "pk")
    book = rules_at(org).book
    clause = book.clause(book.parameter(ASKING).clauses[0])
    return Untold(found, clause) if (found := list(left)) else None


def require_known(sign: Sign, *, confirmed: bool) -> None:
    """Raise Conflict, naming cameras and article, unless it is known what stays untold."""
    left = None if confirmed else untold_without(sign)
    if left is None:
        return
    cited = f"{left.clause.article} [{left.clause.id}]"
    english = ", ".join(camera.number for camera in left.cameras)
    raise Conflict(
        f"これを外すと、運用中のカメラ {left.numbers} を知らせる表示板がなくなります（{cited}）。",
        f"Without this sign none tells of camera {english}, in operation ({cited}).",
        mend_ja="先に別の表示板を掲示して写真を入れるか、承知のうえで外したことを示してください。",
        mend_en="Post another with its photograph first, or say that it is known.",
    )
