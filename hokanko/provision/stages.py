"""From one stage of a request to the next: asked, approved or declined, entered, handed."""

from __future__ import annotations

from hokanko.errors import Conflict
from hokanko.provision.models import Provision


def move_on(provision: Provision, states: tuple[str, ...], **changes: object) -> None:
    """Move on from one of these states, counted, so that no two hands move the same request.

    Raises Conflict when it has moved on already.
    """
    if Provision.objects.filter(pk=provision.pk, state__in=states).update(**changes) != 1:
        raise Conflict(
            "この依頼書は、もう次の段階に進んでいます。",
            "This request has moved on already.",
            mend_ja="画面を開き直してください。",
            mend_en="Reload the page.",
        )
    provision.refresh_from_db()
