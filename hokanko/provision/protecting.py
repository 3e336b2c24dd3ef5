"""Others than who consented: what shows them unmasked leaves once it is said how they are safe."""

from __future__ import annotations

from collections.abc import Sequence

from hokanko.errors import Conflict
from hokanko.provision.clips import clips_of
from hokanko.provision.form import MEDIUM, STILL
from hokanko.provision.models import Provision
from hokanko.provision.still_masks import stills_of
from hokanko.rules.decide import adopted_book


def unmasked(provision: Provision, delivering: Sequence[str]) -> bool:
    """Whether something leaves unmasked although others than who consented are to be protected."""
    if not provision.details.get("others"):
        return False
    bare = any(still.masked is None for still in stills_of(provision))
    masked = {clip.file_id for clip in clips_of(provision) if clip.masks}
    video = provision.files.exclude(pk__in=masked).exists()
    return (STILL in delivering and bare) or (MEDIUM in delivering and video)


def insist_protected(provision: Provision, delivering: Sequence[str], protected: str) -> None:
    """Raise Conflict where nobody says how the others are protected without a mask."""
    if protected.strip() or not unmasked(provision, delivering):
        return
    book = adopted_book(provision.org_id)
    clause = next((row.clause for row in book.grounds if row.id == provision.ground), "")
    article = book.clause(clause).article if clause else ""
    raise Conflict(
        f"マスクをかけていない映像があります。決裁（{article}）は、ほかの人を"
        f"「{provision.details['others']}」として守ると決めています。",
        f"Something is not masked, and the decision ({article}) was to protect others: "
        f"“{provision.details['others']}”.",
        mend_ja="マスクをかけるか、決めたとおりにほかの人を守ったことを確かめ、どのように守ったかを"
        "書いてください（hokanko export では --protected）。",
        mend_en="Mask it, or confirm that others are protected as decided and write how "
        "(hokanko export: --protected).",
    )
