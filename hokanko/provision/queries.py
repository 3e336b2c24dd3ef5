"""Questions about provisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from hokanko import clock
from hokanko.cameras.queries import FIXED
from hokanko.errors import Missing, Refusal
from hokanko.footage.models import Footage
from hokanko.footage.queries import overlaps
from hokanko.people import numbering
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import thing_of_org
from hokanko.provision import columns
from hokanko.provision.judging import NOT_GRANTING
from hokanko.provision.models import Provision
from hokanko.rules.actor import Actor, Thing
from hokanko.rules.decide import adopted_book, may, why_not
from hokanko.rules.duty import is_night
from hokanko.rules.purpose import weigh

ABOUT = timedelta(minutes=30)  # 「頃」 on the form: footage this near is proposed too
SHIFT = timedelta(hours=8)  # as long as a piece lasts; longer ones come of other recorders
LONGEST = timedelta(days=3)
LATEST = 20
# known only when files are chosen
ENTERING = {"foreign_purpose": False, "consent_lacking": "", "breadth_unreasoned": False}
HANDING = {
    "decided": True,
    "entered": True,
    "to_requester": True,
    "outside_wants": False,
    "identity_checked": True,
    "undertaking_missing": False,
    "consent_lacking": "",
}


def barred(org: Organisation, by: Actor) -> Refusal | None:
    """How somebody would be refused who takes a request down, whatever it says; None if not."""
    return why_not(by, "provision.ask", thing_of_org(org), **_asking(org.pk))


def _asking(org: str) -> dict[str, object]:
    """What the law is told of a request with nothing amiss."""
    offered = adopted_book(org).purposes
    simple = [each.id for each in offered if not each.needs_consent and not each.only_for]
    return {
        **weigh(org, simple[:1], "-"),
        "nothing_wanted": False,
        "empty_fields": [],
        "times_reversed": False,
    }


def thing(provision: Provision) -> Thing:
    """The request as the law sees it."""
    return Thing("Provision", str(provision.pk), provision.org_id, provision.org.parent_id or "")


def provision(name: str) -> Provision:
    """The provision of that number or id. Raises Missing."""
    every = Provision.objects.select_related(
        "org__parent", "requester__org", "wearer", "decided_by", "entered_by", "handed_by"
    )
    try:
        found = every.filter(pk=UUID(name)).first()
    except ValueError:
        found = every.filter(number=name).first()
    if found is None:
        raise Missing(f"依頼書「{name}」はありません。", f"There is no request {name}.")
    return found


def is_paper_owed(provision: Provision) -> bool:
    """Whether the paper of an urgent provision is still to come (ward-6.1-c)."""
    return provision.paper_due is not None and not provision.papers.exists()


def whose(provision: Provision, by: Actor) -> dict[str, bool]:
    """What the law is told of somebody before a request: is it his, did he enter it."""
    return {
        "own": str(provision.requester_id) == by.id,
        "taken_down": str(provision.taken_by_id) == by.id,
    }


def colleagues(person: Person, by: Actor) -> list[Person]:
    """For whom this person may enter a request: others of the unit, or nobody."""
    if not may(by, "provision.ask_for", thing_of_org(person.org), paper_missing=False):
        return []
    here = person.org.people.filter(retired_at=None, contractor=None).exclude(pk=person.pk)
    return list(here.order_by("section", "name", "pk"))


def to_answer(person: str) -> QuerySet[Provision]:
    """Requests sent back to the person of this id, or to somebody for whom he entered them."""
    mine = Q(requester=person) | Q(taken_by=person)
    return Provision.objects.filter(mine, state="returned").order_by("answer_due", "number")


def next_number(org: str, at: datetime) -> str:
    """The next number of a year: "CHUO-R-2026-0012". Call it inside the transaction."""
    return numbering.next_number(Provision, org, f"R-{clock.day_of(at):%Y}")


def candidates(provision: Provision) -> list[Footage]:
    """Held footage around the time on the form, of the wearer if it names one, to choose from.

    Of a fixed camera, which films without end, only what holds something of the range asked for.
    """
    rows = around(provision).filter(state="held").select_related("camera")
    asked = (provision.happened_from, provision.happened_until)
    return [row for row in rows if row.camera.kind != FIXED or overlaps(row, *asked)]


def around(provision: Provision) -> QuerySet[Footage]:
    """Footage around the time on the form, held or erased, the oldest first."""
    start, end = provision.happened_from - ABOUT, provision.happened_until + ABOUT
    near = Q(captured__gte=start - SHIFT)
    near |= Q(captured__gte=start - LONGEST, duration_ms__gte=SHIFT // timedelta(milliseconds=1))
    rows = Footage.objects.filter(near, org=provision.org, captured__lte=end)
    if provision.wearer is not None:
        rows = rows.filter(Q(wearer=provision.wearer) | Q(wearer=None))
    return rows.order_by("captured", "number")


def is_gone(provision: Provision) -> bool:
    """Whether all footage that it names, or all around its time, was there and has been erased."""
    named = Footage.objects.filter(provided__provision=provision)
    asked = (provision.happened_from, provision.happened_until)
    films = list(named) or [row for row in around(provision) if overlaps(row, *asked)]
    return bool(films) and all(row.state != "held" for row in films)


def reports_owed(org: str) -> QuerySet[Provision]:
    """Night provisions that the manager has not taken note of; a refusal in the night is none."""
    return Provision.objects.filter(org=org, report_due__isnull=False, acknowledged_at=None)


def register_rows(org: str, since: date, until: date) -> list[dict[str, str]]:
    """提供記録簿: what was handed over or shown from one day to another, both counted, as rows.

    The keys are those of `columns.headings`, the same in every row.
    """
    return [columns.row(each) for each in handed_between(org, since, until)]


def handed_between(org: str, since: date, until: date) -> QuerySet[Provision]:
    """Everything handed over or shown in those days, oldest first."""
    begin = datetime.combine(since, time.min, clock.TOKYO)
    end = datetime.combine(until + timedelta(days=1), time.min, clock.TOKYO)
    every = Provision.objects.filter(org=org, handed_at__gte=begin, handed_at__lt=end)
    told = every.select_related("requester__org", "wearer", "decided_by", "handed_by")
    return told.order_by("handed_at", "number")


@dataclass(frozen=True, slots=True)
class Desk:
    """What one person finds on the desk: each pile is empty where the law gives no say in it."""

    answer: list[Provision]
    decide: list[Provision]
    returned: list[Provision]
    enter: list[Provision]
    hand: list[Provision]
    report: list[Provision]
    acknowledge: list[Provision]
    closed: list[Provision]
    mine: list[Provision]


def desk(org: Organisation, by: Actor) -> Desk:
    """The piles of one organisation, oldest first; in the night the supervisor's grows."""
    here = Provision.objects.filter(org=org).select_related("requester", "wearer", "org")
    waiting, owed = (
        here.order_by("submitted_at", "number"),
        reports_owed(org.pk).select_related("requester"),
    )
    some = Thing("Provision", "", org.pk, org.parent_id or "")
    lists = may(by, "footage.list", Thing("Org", org.pk, org.pk, org.parent_id or ""))
    own = {"requester": by.id}

    def pile(rows: QuerySet[Provision], verb: str, **context: object) -> list[Provision]:
        return list(rows) if may(by, verb, some, **context) else []

    waits = {"night": is_night(org.pk, clock.now()), "question_missing": False}
    return Desk(
        answer=list(to_answer(by.id).select_related("requester", "wearer", "org")),
        returned=pile(waiting.filter(state="returned"), "provision.send_back", **waits),
        decide=pile(waiting.filter(state="asked"), "provision.decide", **deciding(org.pk)),
        enter=pile(
            waiting.filter(state="approved").exclude(**own),
            "provision.enter",
            own=False,
            **ENTERING,
        ),
        hand=pile(waiting.filter(state="entered"), "provision.hand_over", **HANDING),
        report=pile(owed.filter(reported_at=None), "provision.report"),
        acknowledge=pile(owed.exclude(reported_at=None), "provision.acknowledge"),
        closed=list(_closed(here)) if lists else [],
        mine=list(Provision.objects.filter(**own).order_by("-submitted_at", "number")[:LATEST]),
    )


def deciding(org: str) -> dict[str, object]:
    """What the law is told when it is asked whether somebody may decide at all, now."""
    return {"night": is_night(org, clock.now()), **NOT_GRANTING}


def _closed(rows: QuerySet[Provision]) -> QuerySet[Provision]:
    return rows.filter(state__in=["handed", "declined", "withdrawn", "lapsed"]).order_by(
        "-submitted_at", "number"
    )[:LATEST]
