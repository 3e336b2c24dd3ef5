"""From one stage of a request to the next: asked or sent back, decided, entered, handed."""

from __future__ import annotations

from hokanko.errors import Conflict
from hokanko.provision.models import Provision

STANDS = {
    "returned": (
        "依頼者の答え・確認を待っている依頼書です。出し直されるまで、決められません。",
        "It waits for its requester: it is not decided before it is submitted again.",
    ),
    "withdrawn": ("取り下げられた依頼書です。", "This request was withdrawn."),
    "lapsed": (
        "対象の映像がすべて消去され、終わった依頼書です。",
        "All its footage was erased: this request has ended.",
    ),
    "declined": ("認めなかった依頼書です。", "This request was declined."),
}
OPEN = ("asked", "returned", "approved", "entered")  # nothing has left yet
MOVED = ("この依頼書は、もう次の段階に進んでいます。", "This request has moved on already.")


def move_on(provision: Provision, states: tuple[str, ...], **changes: object) -> None:
    """Move on from one of these states, counted, so that no two hands move the same request.

    Raises Conflict when it has moved on already.
    """
    if Provision.objects.filter(pk=provision.pk, state__in=states).update(**changes) != 1:
        provision.refresh_from_db()
        raise Conflict(
            *STANDS.get(provision.state, MOVED),
            mend_ja="画面を開き直してください。",
            mend_en="Reload the page.",
        )
    provision.refresh_from_db()
