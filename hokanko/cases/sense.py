"""What a case must say to make sense: its kind, what it is about, and when it became known."""

from __future__ import annotations

from datetime import date, datetime

from hokanko import clock
from hokanko.cases.words import kinds, matters
from hokanko.errors import Conflict
from hokanko.footage.models import Footage
from hokanko.people.models import Organisation
from hokanko.rules.decide import parameter

AND_THE_LIKE = "等"


def require_sense(
    org: Organisation,
    kind: str,
    asks: str,
    received_on: date,
    explained: str,
    footage: Footage | None,
) -> None:
    """What is recorded makes sense as a case of its kind. Raises Conflict."""
    if kind not in kinds(org.pk) or asks not in matters(org.pk, kind):
        raise Conflict(
            "種類と内容の組合せが違います。",
            f"A case of kind {kind} is not about {asks!r}.",
            mend_ja=f"内容は次から選んでください: {'、'.join(map(str, _choices(org, kind)))}",
            mend_en=f"Choose one of: {', '.join(map(str, _choices(org, kind)))}",
        )
    if received_on > clock.today():
        raise Conflict("受け付けた日が先の日付です。", "It cannot have been received in future.")
    if kind == "objection" and not explained.strip():
        raise Conflict(
            "その場で説明した内容を書いてください。", "State what was explained on the spot."
        )
    if footage is not None and footage.org_id != org.pk:
        raise Conflict("ほかの所属の映像です。", "The footage is another organisation's.")


def _choices(org: Organisation, kind: str) -> list[str]:
    return list(matters(org.pk, kind) if kind in kinds(org.pk) else kinds(org.pk))


def require_incident(org: Organisation, asks: str, known: datetime, other: str) -> None:
    """The moment it became known is no future one, and 等 says what it is. Raises Conflict."""
    if known > clock.now():
        raise Conflict("認知した日時が先です。", "It cannot have been recognised in future.")
    kinds = parameter(org.pk, "incident.kinds")
    if kinds[int(asks) - 1] == AND_THE_LIKE and not other.strip():
        raise Conflict(
            "「等」を選んだときは、どのような事案かを書いてください。",
            "Where 等 (and the like) is chosen, state what kind of incident it is.",
        )
