"""What stands before the picture, in order, and who has to come for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from hokanko import clock
from hokanko.errors import Refusal
from hokanko.people.models import Person
from hokanko.people.queries import holders
from hokanko.rules.actor import Actor
from hokanko.rules.decide import parameter
from hokanko.viewing.models import Viewing
from hokanko.viewing.weighing import hindrance, is_direct, is_over, standing


@dataclass(frozen=True, slots=True)
class Step:
    """What stands before the picture: "purpose", "approval", "consent", "attendant", "terminal".

    `expired`: it was approved for a time that is over.
    "law" is what neither of them would cure, such as a vacant post, in the rulebook's words.
    """

    code: str
    done: bool
    who: tuple[str, ...] = ()
    why: Refusal | None = None
    expired: bool = False


def steps(viewing: Viewing, by: Actor) -> list[Step]:
    """What stands before the picture, in order, and who has to come."""
    facts, org = standing(viewing, by, clock.now()), viewing.org_id
    found = [Step("purpose", done=bool(facts["purposes"]))]
    if (barred := hindrance(viewing, by)) is not None:
        found.append(Step("law", done=False, why=barred))
    if not is_direct(viewing, by):
        met, late = bool(facts["approved"]), is_over(viewing, clock.now())
        found.append(Step(route(org), done=met, who=approvers(viewing), expired=late))
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
