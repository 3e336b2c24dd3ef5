"""A masked still taken from its original in a jail, and sealed under its footage's own key."""

from __future__ import annotations

from contextlib import ExitStack
from io import BytesIO

from hokanko.media.still import picture
from hokanko.provision.doubting import doubted
from hokanko.provision.models import MaskedStill
from hokanko.provision.still_masking import keep_masked_still
from hokanko.provision.still_masks import rows_of
from hokanko.rules.actor import Actor
from hokanko.vault import cabinet
from hokanko.vault.look import Look
from hokanko.vault.store import shelf


def make_still(still: MaskedStill, *, by: Actor) -> None:
    """Take the picture with its masks and seal it, unless that is done. May be repeated.

    Raises Missing, Unsound or JailBroken where the footage does not give it, Refusal, Conflict.
    """
    if still.is_made:
        return
    footage = still.file.footage
    original = cabinet.original(str(footage.pk))
    with doubted(footage), cabinet.opened(original) as reader, ExitStack() as undo:
        image = picture(Look(reader), still.at_ms, rows_of(still))
        sealed = cabinet.put(
            BytesIO(image).readinto,
            org=footage.org_id,
            key_day=footage.key_day,
            last_day=original.last_day,
            subject=str(footage.pk),
            role=f"masked-still-{still.pk}",
            parent=original.name,
            operation=f"picture shown at {still.at_ms} ms, {len(still.masks)} areas blackened",
        )
        undo.callback(shelf().remove, sealed.name)
        keep_masked_still(still, sealed, by=by)
        undo.pop_all()
