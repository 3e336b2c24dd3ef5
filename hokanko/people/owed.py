"""What paperwork is still owed: by one person, and by an organisation about its people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hokanko import clock
from hokanko.people.models import Appointment, Organisation, Person
from hokanko.people.standing import (
    is_lapsed,
    is_trained,
    lacking_topics,
    must_read,
    running,
)
from hokanko.rules.book import Book
from hokanko.rules.decide import adopted_book, adoption, parameter, who_may

# parameter of the printed edition → the posts whose holder it names
NAMES = {
    "posts.manager_name": ("管理責任者",),
    "posts.deputy_name": ("管理副責任者",),
    "posts.operator_names": ("操作担当者", "操作取扱者"),
}


@dataclass(frozen=True, slots=True)
class Outdated:
    """A name in the printed edition that is no longer the holder's."""

    parameter: str
    post: str
    printed: str
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that a person still owes, and the posts that can record it ("" for himself)."""

    what: str  # read | swear | train | paper
    who: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


def owed_by(person: Person) -> list[Owed]:
    """What keeps a person's posts from being used, first what is done first."""
    org, posts = person.org_id, set(_posts_of(person))
    found = []
    if must_read(person):
        found.append(Owed("read"))
    if posts and parameter(org, "oath.required") not in {None, "no"} and not person.oaths.exists():
        found.append(Owed("swear", tuple(who_may(org, "person.swear"))))
    if posts & set(parameter(org, "training.required_for") or ()) and not is_trained(person):
        lacking = tuple(lacking_topics(person))
        found.append(Owed("train", tuple(who_may(org, "person.train")), lacking))
    if is_lapsed(person):
        found.append(Owed("paper", tuple(who_may(org, "contractor.document"))))
    return found


def unread_people(org: Organisation) -> list[Person]:
    """Who has not acknowledged the enacted edition in force (shop-rule-notify)."""
    now = adoption(org.pk)
    if now is None or now.signed_at is None:
        return []
    people = Person.objects.filter(org=org, retired_at=None).order_by("registered_at", "login")
    return list(people.exclude(acknowledgements__adoption=now))


def reminders_due(org: Organisation) -> list[Person]:
    """Who has sworn, holds no post any more, and was not told that secrecy goes on."""
    now = clock.now()
    left = Person.objects.filter(
        org=org,
        oaths__reminded_at=None,
        oaths__isnull=False,
        appointments__until__lte=now,
    ).exclude(appointments__in=running(now))
    return list(left.distinct().order_by("registered_at", "login"))


def printed_names_differ(org: Organisation) -> list[Outdated]:
    """The names in the edition in force that a change of holder has overtaken (ward-3.1).

    Where a position is printed instead of a name, whoever came into the post later is a change.
    """
    now = adoption(org.pk)
    if now is None or now.since is None:
        return []
    book = adopted_book(org.pk)
    values = book.effective(now.values)
    found = []
    for name, posts in NAMES.items():
        said, post = values.get(name), _post_in(book, posts)
        if said and post:
            printed = said if isinstance(said, str) else "、".join(map(str, said))  # type: ignore[call-overload]
            held = running(clock.now()).filter(org=org, post=post).select_related("person")
            if any(_overtaken(row, printed, now.since) for row in held):
                holders = tuple(row.person.name for row in held.order_by("since", "pk"))
                found.append(Outdated(name, post, printed, holders))
    return found


def _posts_of(person: Person) -> list[str]:
    held = running(clock.now()).filter(person=person, org=person.org_id)
    return list(held.order_by("since", "pk").values_list("post", flat=True))


def _post_in(book: Book, posts: tuple[str, ...]) -> str:
    known = {post.id for post in book.posts}
    return next((post for post in posts if post in known), "")


def _overtaken(row: Appointment, printed: str, since: datetime) -> bool:
    return _plain(row.person.name) not in _plain(printed) and row.since > since


def _plain(name: str) -> str:
    return "".join(name.split())
