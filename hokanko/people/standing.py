"""How somebody stands before the law: posts, training that counts, rules read, a firm's papers.

What is asked here becomes the frozen `Actor`; the law below knows no table of people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.db.models import Q, QuerySet

from hokanko import clock
from hokanko.errors import Missing
from hokanko.people.models import Appointment, Contractor, Organisation, Person
from hokanko.rules.actor import HOME
from hokanko.rules.book import BY_POSITION, Book, Post
from hokanko.rules.decide import adopted_book, adoption, parameter
from hokanko.rules.models import Adoption
from hokanko.rules.reading import once

PAPERS = {"contract", "handout", "secrecy"}
ANY = ""  # is in every topic: where none is asked for, one training will do
NEVER = date.min
ENDS_WITH_POSTS = "accounts.end_with_posts"


def running(at: datetime) -> QuerySet[Appointment]:
    """Appointments in force at a moment."""
    return Appointment.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at)


def has_ended(person: Person) -> bool:
    """Whether credentials stopped with the last of a person's posts (police-5.1.2-revoke).

    Staff who never held one keep theirs; a new post wakes them again until they are deleted.
    """
    return bool(ended([person]))


def ended(people: Collection[Person]) -> dict[Person, datetime]:
    """Those of these people whose credentials stopped with their last post, and when."""
    bound = {org: _ends_with_posts(org) for org in {each.org_id for each in people}}
    asked = [each for each in people if bound[each.org_id]]
    untils: dict[UUID, list[datetime | None]] = defaultdict(list)
    for person, until in Appointment.objects.filter(person__in=asked).values_list(
        "person_id", "until"
    ):
        untils[person].append(until)
    found, now = {}, clock.now()
    for each in asked:
        over = [until for until in untils[each.pk] if until is not None and until <= now]
        if over and len(over) == len(untils[each.pk]):
            found[each] = max(over)
    return found


def required_posts(org: Organisation) -> list[Post]:
    """The posts that the document requires at an organisation of this kind."""
    if org.pk == HOME:
        return []
    book = adopted_book(org.pk)
    level = book.level(org.kind)
    return [post for post in book.posts if post.required and post.level == level]


def vacancies(org: Organisation) -> list[str]:
    """The required posts of an organisation that nobody holds today."""
    return once(("vacancies", org.pk), lambda: _vacancies(org))


def _vacancies(org: Organisation) -> list[str]:
    held = running(clock.now()).filter(org=org, person__retired_at=None)
    filled = set(held.values_list("post", flat=True))
    return [post.id for post in required_posts(org) if post.id not in filled]


def vacant_posts(codes: Collection[str]) -> frozenset[tuple[str, str]]:
    """The vacancies of several organisations, each as (code, post)."""
    found = set()
    for org in Organisation.objects.filter(pk__in=codes).exclude(pk=HOME):
        with suppress(Missing):  # an edition that was altered is refused at the door itself
            found |= {(org.pk, post) for post in vacancies(org)}
    return frozenset(found)


def goes_with_position(org: Organisation, post: str) -> bool:
    """Whether a post follows a position, and is entered rather than given."""
    return adopted_book(org.pk).post(post).appointed_by == BY_POSITION


def holds_by_position(person: Person) -> bool:
    """Whether one of the posts that a person holds now follows a position."""
    posts = running(clock.now()).filter(person=person).values_list("org_id", "post")
    organisations = Organisation.objects.in_bulk([code for code, _ in posts])
    return any(goes_with_position(organisations[code], post) for code, post in posts)


def appointer_of(org: Organisation, post: str) -> str:
    """The post that appoints to a post there; "" where it follows a position."""
    appointer = adopted_book(org.pk).post(post).appointed_by
    return "" if appointer == BY_POSITION else appointer


def kept_apart(book: Book, post: Post, held: Iterable[str]) -> list[str]:
    """Those of the posts held which the document does not let one person hold beside this one.

    The software's own posts, which have no clause, stand beside anything.
    """
    others = [book.post(name) for name in held if name != post.id]
    return [
        other.id
        for other in others
        if post.clauses
        and other.clauses
        and other.id not in post.combine
        and post.id not in other.combine
    ]


def lacking_topics(person: Person) -> list[str]:
    """The topics asked for that no training of his, valid today, has."""
    return _lapsed(person, topics_of(person.org_id))


def is_trained(person: Person) -> bool:
    """Whether a person's training counts today, by the rulebook of his organisation."""
    return not _lapsed(person, topics_of(person.org_id) or (ANY,))


def _lapsed(person: Person, topics: Iterable[str]) -> list[str]:
    """Topics without training, or whose newest is over: the validity stated last is what holds."""
    had = sorted(person.trainings.all(), key=lambda row: (row.held_at, row.pk))
    newest = {topic: row.valid_until for row in had for topic in topics if topic in row.topic}
    return [topic for topic in topics if (newest.get(topic, NEVER) or date.max) < clock.today()]


def topics_of(org: str) -> tuple[str, ...]:
    """The topics without which training does not count there."""
    now = adoption(org)
    try:
        book = adopted_book(org)
    except Missing:
        return ()
    values = book.effective(now.values if now else {})
    return tuple(cast("Iterable[str]", values.get("training.topics") or ()))


def unread(person: Person) -> Adoption | None:
    """The enacted edition that a person has still to read; a provisional one asks for nothing."""
    return once(("unread", person.pk), lambda: _unread(person))


def _unread(person: Person) -> Adoption | None:
    now = adoption(person.org_id)
    if now is None or now.signed_at is None:
        return None
    return None if person.acknowledgements.filter(adoption=now).exists() else now


def must_read(person: Person) -> bool:
    """Whether the rulebook wants the enacted edition read before anything else."""
    return unread(person) is not None and parameter(person.org_id, "rules.acknowledge") is True


def papers_missing(contractor: Contractor, day: date) -> bool:
    """Whether a contractor may not be given access: engagement over, or the paper not in force."""
    if contractor.until is not None and contractor.until < day:
        return True
    now = adoption(contractor.org_id)
    needed = adopted_book(contractor.org_id).effective(now.values if now else {})["outsource.needs"]
    if needed not in PAPERS:
        return False
    papers = contractor.documents.filter(kind=needed, withdrawn_at=None, signed_on__lte=day)
    papers = papers.filter(Q(valid_until=None) | Q(valid_until__gte=day)).exclude(file=None)
    return not (papers.filter(complies=True) if needed == "contract" else papers).exists()


def is_lapsed(person: Person) -> bool:
    """Whether somebody sent by a contractor has no standing today."""
    firm = person.contractor
    if firm is None:
        return False
    try:
        return papers_missing(firm, clock.today())
    except Missing:
        return True


def _ends_with_posts(org: str) -> bool:
    if org == HOME:
        return False
    with suppress(Missing):
        book = adopted_book(org)
        known = {row.name for row in book.parameters}
        return ENDS_WITH_POSTS in known and bool(parameter(org, ENDS_WITH_POSTS))
    return False
