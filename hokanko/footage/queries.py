"""Questions about footage."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from hokanko import clock
from hokanko.cameras import queries as cameras
from hokanko.errors import Missing
from hokanko.footage.models import Footage
from hokanko.ledger import read
from hokanko.people import numbering
from hokanko.people.models import Organisation
from hokanko.rules.actor import Thing
from hokanko.rules.decide import adopted_book, parameter
from hokanko.rules.rows import Purpose


def thing(footage: Footage) -> Thing:
    """Footage as the law sees it. It is held only while its last day has not ended (I6)."""
    held = footage.state == "held" and clock.today() <= footage.last_day
    return Thing(
        "Footage",
        str(footage.pk),
        footage.org_id,
        footage.org.parent_id or "",
        (("quarantined", footage.quarantined), ("held", held)),
    )


def any_footage(org: Organisation) -> Thing:
    """Footage of an organisation, of no piece in particular."""
    return Thing("Footage", "", org.pk, org.parent_id or "")


def filmed_for(footage: Footage) -> str:
    """What its camera filmed for when it was taken; a later purpose does not reach it."""
    return cameras.filmed_for(footage.camera, footage.captured)


def offered_purposes(org: str) -> tuple[Purpose, ...]:
    """The closed list without what no camera here films for: it would be refused.

    (shop-qa-1-12-origin)
    """
    films = cameras.films_for(org)
    return tuple(p for p in adopted_book(org).purposes if not p.only_for or p.only_for in films)


def footage(name: str) -> Footage:
    """The footage of that id or number. Raises Missing."""
    every = Footage.objects.select_related("org", "camera", "wearer")
    try:
        found = every.filter(pk=UUID(name)).first()
    except ValueError:
        found = every.filter(number=name).first()
    if found is None:
        raise Missing(
            f"映像ファイル「{name}」はありません。",
            f"There is no footage {name}.",
            mend_ja="番号を確かめてください（hokanko footage list）。",
            mend_en="Check the number (hokanko footage list).",
        )
    return found


def listing(org: str, *, state: str | None = None) -> QuerySet[Footage]:
    """An organisation's footage, newest first."""
    rows = Footage.objects.filter(org=org).select_related("org", "camera", "wearer")
    return (rows.filter(state=state) if state else rows).order_by("-created", "-number")


def has_wearers(org: str) -> bool:
    """Whether the rulebook of an organisation knows persons who wear a camera."""
    return bool(parameter(org, "capture.user_registration"))


def next_number(org: str, day: date) -> str:
    """The next 映像ファイル番号 of a day: "CHUO-20261120-0007". Call it inside the transaction."""
    return numbering.next_number(Footage, org, f"{day:%Y%m%d}")


def overlaps(footage: Footage, begun: datetime, ended: datetime) -> bool:
    """Whether it holds something of a time, or may: its own length is not always known."""
    if footage.captured is None or footage.duration_ms is None:
        return True
    last = footage.captured + timedelta(milliseconds=footage.duration_ms)
    return footage.captured < ended and begun < last


def life(footage: Footage) -> list[read.Act]:
    """The whole custody of one piece, from the ledger only, oldest first."""
    return read.about(thing(footage).name)


def as_json(footage: Footage) -> dict[str, object]:
    """Footage as DESIGN §12 writes it."""
    return {
        "id": str(footage.pk),
        "number": footage.number,
        "org": footage.org_id,
        "camera": footage.camera.number,
        "wearer": footage.wearer.name if footage.wearer else None,
        "source": footage.source,
        "sha256": footage.sha256,
        "bytes": footage.bytes,
        "created": clock.iso(footage.created),
        "captured": clock.iso(footage.captured) if footage.captured else None,
        "last_day": footage.last_day.isoformat(),
        "flags": footage.flags,
        "edition": footage.edition,
        "state": footage.state,
    }
