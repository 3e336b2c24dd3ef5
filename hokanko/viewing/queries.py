"""Questions about viewings: who waits for whom, what is still missing, may the picture be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from hokanko import clock
from hokanko.errors import Missing
from hokanko.footage.consents import lacking
from hokanko.footage.flags import AT_REST
from hokanko.footage.models import Footage, PersonConsent
from hokanko.footage.queries import filmed_for, thing
from hokanko.formats.era import day_and_time
from hokanko.ledger.models import Entry
from hokanko.people.models import Person
from hokanko.people.queries import actor, holders
from hokanko.rules.actor import Actor
from hokanko.rules.decide import adopted_book, may, parameter, require
from hokanko.rules.purpose import needs_consent, weigh
from hokanko.rules.rows import Purpose
from hokanko.viewing import presence
from hokanko.viewing.models import Viewing

EVERY = (
    "footage__org",
    "footage__camera",
    "org",
    "viewer",
    "attendant",
    "designated",
    "decided_by",
)
REGISTER_COLUMNS = (
    *("閲覧を始めた日時", "閲覧した者", "立ち会った者", "承認した者"),
    *("利用目的", "映像ファイル", "見た範囲", "台帳番号"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """What stands before the picture: "purpose", "approval", "consent", "attendant", "terminal"."""

    code: str
    done: bool
    who: tuple[str, ...] = ()


def viewing(name: str | UUID) -> Viewing:
    """The viewing of that id. Raises Missing."""
    found = Viewing.objects.select_related(*EVERY).filter(pk=name).first()
    if found is None:
        raise Missing("この閲覧はありません。", "There is no such viewing.")
    return found


def own(name: UUID, viewer: Person) -> Viewing:
    """A viewing of this person; somebody else's does not exist for him. Raises Missing."""
    found = viewing(name)
    if found.viewer_id != viewer.pk:
        raise closed_to(found, viewer)
    return found


def closed_to(room: Viewing, stranger: Person) -> Missing:
    """What somebody else's viewing is to a person: nothing.

    Raises Refusal instead for who holds a post here that shows no footage at all: it names the
    article (police-7.2.2).
    """
    by, org = actor(stranger), room.footage.org
    if by.posts_at(org.pk, org.parent_id or ""):
        may_ask(room.footage, by)
    return Missing("この閲覧はありません。", "There is no such viewing.")


def mine(viewer: Person) -> QuerySet[Viewing]:
    """A person's viewings, newest first."""
    return Viewing.objects.select_related(*EVERY).filter(viewer=viewer).order_by("-asked_at", "-pk")


def waiting(org: str) -> QuerySet[Viewing]:
    """Viewings that wait for the supervisor, oldest first."""
    return (
        Viewing.objects.select_related(*EVERY)
        .filter(org=org, state="asked")
        .order_by("asked_at", "pk")
    )


def to_decide(by: Actor) -> list[Viewing]:
    """What waits for this person's approval. Whoever may view directly waits for nobody."""
    asked = [v for v in waiting(by.org) if may(by, "viewing.decide", thing(v.footage))]
    return [v for v in asked if not is_direct(v, actor(v.viewer))]


def may_ask(footage: Footage, by: Actor) -> None:
    """Raises the refusal that asking for this footage would meet, whatever the purpose."""
    first = next(p for p in purposes(footage.org_id) if not p.needs_text)
    require(by, "viewing.ask", thing(footage), **weigh(footage.org_id, [first.id], ""))


def purposes(org: str) -> tuple[Purpose, ...]:
    """The closed list, with the document's own words."""
    return adopted_book(org).purposes


def chosen(viewing: Viewing) -> list[Purpose]:
    """The purposes of one viewing."""
    return [p for p in purposes(viewing.org_id) if p.id in viewing.purposes]


def standing(
    viewing: Viewing, by: Actor, now: datetime, footage: Footage | None = None
) -> dict[str, object]:
    """What the law is told about a viewing when it is asked whether it may be open.

    Of a stretch, `footage` is the piece to be shown; else it is asked about its first.
    """
    film = footage or viewing.footage
    approved = viewing.state in ("approved", "open") and viewing.decided_by_id is not None
    return {
        **weigh(viewing.org_id, viewing.purposes, viewing.note, [filmed_for(film)]),
        "consent_lacking": _consent_lacking(viewing, film),
        "seat_enrolled": by.seat is not None and by.seat.org == viewing.org_id,
        "approved": approved and not is_over(viewing, now) and str(viewing.viewer_id) == by.id,
        "attended": viewing.attendant_id is not None and presence.attended(viewing, now),
        "damaged": bool(AT_REST & set(film.flags)),
    }


def weighed(
    films: Sequence[Footage],
    purposes: Sequence[str],
    note: str,
    consents: Sequence[PersonConsent],
) -> dict[str, object]:
    """What the law is told of a request for viewing: its purposes, and the consents under it."""
    org = films[0].org_id
    told = weigh(org, purposes, note, {filmed_for(each) for each in films})
    told["consent_lacking"] = lacking(org, consents, purposes=purposes, note=note, films=films)
    return told


def requesting(org: str) -> dict[str, object]:
    """A proper request for stills, as the law is asked whether somebody may submit one at all."""
    first = next(p for p in purposes(org) if not p.needs_text)
    whole = {"nothing_wanted": False, "empty_fields": [], "times_reversed": False}
    return weigh(org, [first.id], "") | whole


def _consent_lacking(viewing: Viewing, film: Footage) -> str:
    if not needs_consent(viewing.org_id, viewing.purposes):
        return ""  # nobody is asked for what does not matter: this runs at every beat
    return lacking(
        viewing.org_id,
        list(viewing.rests_on.all()),
        purposes=viewing.purposes,
        note=viewing.note,
        films=[film],
    )


def is_over(viewing: Viewing, now: datetime) -> bool:
    """Whether the approved time has ended."""
    return viewing.not_after is not None and now > viewing.not_after


def is_direct(viewing: Viewing, by: Actor) -> bool:
    """Whether this person needs neither approval nor attendant (at a management PC)."""
    alone = {"seat_enrolled": True, "approved": False, "attended": False, "damaged": False}
    asked = standing(viewing, by, clock.now()) | alone
    return may(by, "viewing.open", thing(viewing.footage), **asked)


def steps(viewing: Viewing, by: Actor) -> list[Step]:
    """What stands before the picture, in order, and who has to come."""
    facts, org = standing(viewing, by, clock.now()), viewing.org_id
    found = [Step("purpose", done=bool(facts["purposes"]))]
    if not is_direct(viewing, by):
        found.append(Step(route(org), done=bool(facts["approved"]), who=approvers(viewing)))
        if has_attendants(org):
            done = bool(facts["attended"])
            found.append(Step("attendant", done=done, who=_attendants(viewing)))
    if is_terminal_bound(org):
        found.append(Step("terminal", done=bool(facts["seat_enrolled"])))
    return found


def route(org: str) -> str:
    """How others than the viewing posts come to a picture: "approval" | "consent" | none of it."""
    return str(parameter(org, "view.others.route"))


def has_attendants(org: str) -> bool:
    """Whether the rulebook wants an attendant beside others."""
    return bool(parameter(org, "view.attendant") != "none")


def is_terminal_bound(org: str) -> bool:
    """Whether the rulebook binds viewing to an enrolled terminal."""
    return bool(parameter(org, "view.terminal_bound"))


def approvers(viewing: Viewing) -> tuple[str, ...]:
    """Post and name of everyone who can approve it now."""
    posts = approving_posts(viewing.org_id)
    return tuple(
        f"{post} {holder.name}" for post in posts for holder in holders(viewing.org_id, post)
    )


def approving_posts(org: str) -> tuple[str, ...]:
    """The posts that approve, or consent to, viewing by others."""
    return tuple(parameter(org, "view.others.approver"))


def _attendants(viewing: Viewing) -> tuple[str, ...]:
    named = (viewing.designated.name,) if viewing.designated else ()
    return named + approvers(viewing)


def candidates(viewing: Viewing) -> QuerySet[Person]:
    """Who can be designated to attend: staff of the unit, but never the viewer."""
    staff = Person.objects.filter(org=viewing.org_id, retired_at=None)
    return staff.exclude(pk=viewing.viewer_id).order_by("name", "login")


def ledger_number(viewing: Viewing) -> int | None:
    """The place of the opening in the ledger; None until the next checkpoint, seconds later."""
    if viewing.opening_entry is None:
        return None
    return Entry.objects.values_list("place", flat=True).get(pk=viewing.opening_entry)


def register_rows(org: str, since: date, until: date) -> list[tuple[str, ...]]:
    """閲覧記録簿: what was opened from one day to another, both counted, oldest first.

    Moment, viewer, attendant, who approved, purposes, footage, seconds watched, ledger number: as
    REGISTER_COLUMNS has them.
    """
    begin = datetime.combine(since, time.min, clock.TOKYO)
    end = datetime.combine(until + timedelta(days=1), time.min, clock.TOKYO)
    opened = Viewing.objects.filter(org=org, opened_at__gte=begin, opened_at__lt=end)
    return [
        _register_row(each) for each in opened.select_related(*EVERY).order_by("opened_at", "pk")
    ]


def _register_row(viewing: Viewing) -> tuple[str, ...]:
    words = "、".join(purpose.ja for purpose in chosen(viewing))
    number = ledger_number(viewing)
    return (
        day_and_time(viewing.opened_at) if viewing.opened_at else "",
        viewing.viewer.name,
        viewing.attendant.name if viewing.attendant else "―",
        viewing.decided_by.name if viewing.decided_by else "―",
        f"{words}（{viewing.note}）" if viewing.note else words,
        viewing.label,
        "、".join(_range(viewing, *each) for each in viewing.watched) or "―",
        "" if number is None else str(number),
    )


def _range(viewing: Viewing, start: float, stop: float) -> str:
    """A range watched: of a whole piece in seconds, of a stretch by the clock."""
    if viewing.begun is None:
        return f"{start:.0f}–{stop:.0f}秒"
    edges = (viewing.begun + timedelta(seconds=at) for at in (start, stop))
    return "–".join(f"{edge.astimezone(clock.TOKYO):%H:%M:%S}" for edge in edges)


def problem(viewing: Viewing, by: Actor, piece: Footage | None = None) -> str:
    """Why the picture (of this piece of a stretch) may not be shown at this moment; "" when it may.

    "closed" | "elsewhere" (another terminal or login) | "expired" | "over" (the approved time) |
    "silent" (the room's page is gone) | "absent" (the attendant is) | "withdrawn" (the law says no
    by now).
    """
    now = clock.now()
    footage = piece or viewing.footage
    alone = viewing.attendant_id is not None and not presence.attended(viewing, now)
    faults = {
        "closed": viewing.state != "open" or by.id != str(viewing.viewer_id),
        "elsewhere": not is_here(viewing, by),
        "expired": clock.today() > footage.last_day or footage.state != "held",
        "over": is_over(viewing, now),
        "silent": not presence.alive(viewing, now),
        "absent": alone,
    }
    found = next((code for code, present in faults.items() if present), "")
    if found or may(by, "viewing.open", thing(footage), **standing(viewing, by, now, piece)):
        return found
    return "withdrawn"


def is_here(viewing: Viewing, by: Actor) -> bool:
    """Whether somebody sits where the room was opened: at its terminal, or in its browser."""
    if viewing.terminal_id is not None:
        return by.seat is not None and by.seat.id == str(viewing.terminal_id)
    return viewing.browser != "" and viewing.browser == by.browser


def abandoned() -> QuerySet[Viewing]:
    """Open rooms whose page is gone without a word."""
    return Viewing.objects.select_related(*EVERY).filter(presence.abandoned(clock.now()))
