"""Questions of the roster: which organisations are within reach, and who holds what there."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from hokanko import clock
from hokanko.errors import Missing
from hokanko.people.models import (
    Acknowledgement,
    Appointment,
    Card,
    Oath,
    Organisation,
    Person,
    Reminder,
    Terminal,
    Training,
)
from hokanko.people.standing import is_trained, lacking_topics, running
from hokanko.rules.actor import HOME, Actor


@dataclass(frozen=True, slots=True)
class Row:
    """One person as the roster shows him."""

    person: Person
    posts: tuple[Appointment, ...]
    trained: bool
    lacking: tuple[str, ...]
    sworn: bool
    card: Card | None


def within_reach(actor: Actor) -> QuerySet[Organisation]:
    """The organisations that an actor's posts may reach: his own, its units, or all from home.

    What he may see of each is still asked of the rulebook.
    """
    every = Organisation.objects.select_related("parent").order_by("parent_id", "code")
    held = {org for org, _ in actor.holdings}
    if HOME in held:
        return every if actor.org == HOME else every.exclude(pk=HOME)  # who runs his own household
    codes = held | {actor.org}
    return every.filter(Q(pk__in=codes) | Q(parent__in=codes))


def rows(org: Organisation) -> list[Row]:
    """Everybody registered at an organisation and not retired, in the order of registering."""
    people = Person.objects.filter(org=org, retired_at=None).select_related("org")
    return [_row(person) for person in _with_all(people).order_by("registered_at", "login")]


def row(person_id: UUID) -> Row:
    """One person, retired or not. Raises Missing."""
    about = Person.objects.filter(pk=person_id).select_related("org__parent", "contractor")
    found = _with_all(about).first()
    if found is None:
        raise Missing("この登録者はいません。", "There is no such person.")
    return _row(found)


def appointment(pk: int) -> Appointment:
    """One running appointment. Raises Missing."""
    every = Appointment.objects.select_related("person__org", "org__parent")
    found = every.filter(pk=pk).filter(Q(until=None) | Q(until__gt=clock.now())).first()
    if found is None:
        raise Missing("この指定はもうありません。", "That appointment has ended, or never was.")
    return found


def terminals(org: Organisation) -> QuerySet[Terminal]:
    """The terminals of an organisation that are in service or prepared."""
    mine = Terminal.objects.filter(org=org, retired_at=None).select_related("org").defer("file")
    return mine.order_by("name", "pk")


def terminal(pk: UUID) -> Terminal:
    """One terminal in service or prepared. Raises Missing."""
    found = Terminal.objects.filter(pk=pk, retired_at=None).select_related("org__parent").first()
    if found is None:
        raise Missing("この端末は登録されていません。", "There is no such terminal.")
    return found


def _with_all(people: QuerySet[Person]) -> QuerySet[Person]:
    posts = running(clock.now()).select_related("org", "appointed_by").order_by("since", "pk")
    read = Acknowledgement.objects.select_related("adoption").order_by("read_at", "pk")
    return people.prefetch_related(
        Prefetch("appointments", posts, to_attr="held"),
        Prefetch("cards", Card.objects.filter(revoked_at=None), to_attr="valid_cards"),
        Prefetch("oaths", Oath.objects.defer("file").order_by("signed_at", "pk")),
        Prefetch("reminders", Reminder.objects.defer("file").order_by("told_at", "pk")),
        Prefetch("trainings", Training.objects.order_by("held_at", "pk")),
        Prefetch("acknowledgements", read),
    )


def _row(person: Person) -> Row:
    held, cards = person.held, person.valid_cards  # type: ignore[attr-defined]  # prefetched above
    return Row(
        person=person,
        posts=tuple(held),
        trained=is_trained(person),
        lacking=tuple(lacking_topics(person)),
        sworn=bool(person.oaths.all()),
        card=cards[0] if cards else None,
    )
