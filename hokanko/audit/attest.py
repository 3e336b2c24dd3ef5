"""The verb by which a person confirms, by an own login, what another says of a disposal."""

from __future__ import annotations

from hokanko.audit.attested import has_confirmed, put_down, still_lacks
from hokanko.audit.certificates import COMPLETED, completing
from hokanko.audit.models import Evidence
from hokanko.audit.queries import held_on
from hokanko.errors import Conflict, Refusal
from hokanko.formats.canon import JSON
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb

PROOF = "disposal-proof"


@verb("evidence.attest")
def attest(row: Evidence, check: str, *, seen: bool, by: Actor) -> None:
    """Confirm a disposal that another entered; `check` says how, `seen` that one did it oneself.

    With the last word that is needed, the disposal stands. Raises Refusal as the rulebook says,
    naming footage still alive on the medium, and Conflict for what waits for nobody.
    """
    row = Evidence.objects.select_for_update().defer("file").get(pk=row.pk)
    alive = held_on(row.org, row.about)
    try:
        permit = require(
            by,
            "evidence.attest",
            thing_of_org(row.org),
            own=has_confirmed(by, row),
            persons_missing=still_lacks(row, by),
            still_held=bool(alive),
            unconfirmed=not (seen and check.strip()),
        )
    except Refusal as refusal:
        if alive:
            refusal.ja += f"（{'、'.join(alive)}）"
            refusal.en += f" ({', '.join(alive)})"
        elif refusal.policy == PROOF:
            _name_missing(refusal, check, seen=seen)
        raise
    if row.withdrawn_at is not None or not row.waiting:
        raise Conflict("この廃棄は、確認を待っていません。", "This disposal waits for nobody.")
    put_down(row, check, by)
    about = f"evidence:{row.pk}"
    facts: dict[str, JSON] = {"register": row.kind, "number": row.number}
    permit.write("evidence.attested", about=about, facts=facts)
    if not row.waiting:
        permit.write(COMPLETED, about=about, facts=completing(row))


def _name_missing(refusal: Refusal, check: str, *, seen: bool) -> None:
    """Say which of the two is missing; the picture or paper came with the entry already."""
    if not check.strip():
        refusal.ja = "消去又は処理を自分で確かめた方法が書かれていません。"
        refusal.en = "You have not said how you yourself confirmed it."
        refusal.mend_ja = "「消去又は処理を自分で確かめた方法」を書いてください。"
        refusal.mend_en = "Write how you yourself confirmed it."
    elif not seen:
        refusal.ja = "画像が読み取れないことを自分で確かめた、という印がありません。"
        refusal.en = "It is not ticked that you saw yourself that no picture can be read."
        refusal.mend_ja = "自分で確かめてから、印を付けてください。"
        refusal.mend_en = "See for yourself, then tick it."
