"""From one stage of a viewing to the next: asked or sent back, approved, open, closed."""

from __future__ import annotations

from hokanko.errors import Conflict
from hokanko.viewing.models import Viewing

WAITING = ("asked", "returned", "approved")  # not begun, and not ended
STANDS = {
    "returned": (
        "申し出た人の答えを待っています。答えが出るまで、決められません。",
        "It waits for its asker: it is not decided before he has answered.",
    ),
    "withdrawn": ("取り下げられた申出です。", "This request was withdrawn."),
    "lapsed": (
        "映像が消去されたため、終わった申出です。",
        "Its footage has been erased: this request is over.",
    ),
    "declined": ("認められなかった申出です。", "This request was declined."),
}
MOVED = ("この閲覧は、もう次の段階に進んでいます。", "This viewing has moved on already.")


def move_on(viewing: Viewing, states: tuple[str, ...], **changes: object) -> None:
    """Move on from one of these states, counted, so that no two hands move the same room.

    Raises Conflict when it has moved on already.
    """
    if Viewing.objects.filter(pk=viewing.pk, state__in=states).update(**changes) != 1:
        viewing.refresh_from_db()
        raise Conflict(
            *STANDS.get(viewing.state, MOVED),
            mend_ja="画面を開き直してください。",
            mend_en="Reload the page.",
        )
    viewing.refresh_from_db()
