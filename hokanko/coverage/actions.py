"""The verb that accounts for time without a recording; its words are sealed."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from hokanko import clock
from hokanko.cameras.models import Camera, Outage
from hokanko.cameras.outages import REASONS
from hokanko.cameras.queries import thing
from hokanko.coverage.queries import OWED, Stretch, stretches
from hokanko.coverage.spans import Span
from hokanko.coverage.words import place_of
from hokanko.errors import Conflict
from hokanko.keyring.texts import sealer
from hokanko.people.models import Person
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb

OTHER = "other"


@verb("camera.account")
def account(
    camera: Camera,
    frame: Span,
    keys: Collection[str],
    reason: str,
    *,
    words: str = "",
    teller: Person,
    by: Actor,
) -> list[Outage]:
    """Say why nothing was recorded: gaps of a frame by their keys, all for one reason.

    What is missing later, where it lasts on, is asked again. Raises Conflict for an unknown
    reason, for "other" without words, and for what is not (or no longer) to be accounted for.
    """
    permit = require(by, "camera.account", thing(camera))
    _require_reasoned(reason, words)
    asked = {each.key: each for each in stretches(camera, frame) if each.kind == OWED}
    if not keys or not set(keys) <= asked.keys():
        raise Conflict(
            "この時間は、もう理由が記されたか、映像が見つかりました。画面を開き直してください。",
            "That time was accounted for already, or footage of it was found: open the page again.",
        )
    rows = [_row(camera, asked[key], reason, words, teller) for key in sorted(set(keys))]
    for row in rows:
        row.save(force_insert=True)
        permit.write(
            "camera.accounted",
            facts={
                "number": camera.number,
                "from": clock.iso(row.begun),
                "to": clock.iso(row.ended),
                "reason": reason,
            },
            private={"words": words.strip()} if words.strip() else {},
        )
    return rows


def _row(camera: Camera, gap: Stretch, reason: str, words: str, teller: Person) -> Outage:
    row = Outage(
        id=uuid.uuid4(),
        camera=camera,
        begun=gap.span.begun,
        ended=gap.span.ended,
        reason=reason,
        at=clock.now(),
        by=teller,
    )
    row.words = sealer()(words.strip().encode(), place_of(row)) if words.strip() else b""
    return row


def _require_reasoned(reason: str, words: str) -> None:
    if reason not in REASONS:
        raise Conflict("理由を一覧から選んでください。", "Choose the reason from the list.")
    if reason == OTHER and not words.strip():
        raise Conflict(
            "「その他」のときは、内容を書いてください。", "For “other”, say what it was."
        )
