"""Questions about people: who is who, who holds which post."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from uuid import UUID

from django.db.models import Q

from hokanko import clock
from hokanko.errors import Missing
from hokanko.people.models import Card, Organisation, Person, Terminal
from hokanko.people.standing import has_ended, is_lapsed, is_trained, running, unread, vacant_posts
from hokanko.rules.actor import HOME, Actor, Seat, Thing


def actor(
    person: Person, *, via: str = "web", seat: Seat | None = None, browser: str = ""
) -> Actor:
    """The person as the law sees him now: the posts held at this moment."""
    held = frozenset(
        running(clock.now()).filter(person=person).values_list("org_id", "post")
        if person.is_active
        else ()
    )
    return Actor(
        id=str(person.pk),
        name=person.name,
        org=person.org_id,
        holdings=held,
        sworn=person.oaths.exists(),
        trained=is_trained(person),
        unread=unread(person) is not None,
        lapsed=is_lapsed(person),
        vacant=vacant_posts({person.org_id, *(org for org, _ in held)}),
        via=via,
        seat=seat,
        browser=browser,
    )


def holders(org: str, post: str) -> list[Person]:
    """Who holds a post at an organisation now."""
    held = running(clock.now()).filter(org=org, post=post, person__retired_at=None)
    return [row.person for row in held.select_related("person").order_by("since", "pk")]


def called(person: Person, others: Iterable[Person] = ()) -> str:
    """A name that tells the person apart: with the login where another bears the same name."""
    same = any(other.name == person.name and other.pk != person.pk for other in others)
    return f"{person.name}（{person.login}）" if same else person.name


def organisation(code: str) -> Organisation:
    """The organisation of that code. Raises Missing."""
    try:
        return Organisation.objects.select_related("parent").get(pk=code)
    except Organisation.DoesNotExist as gone:
        raise Missing(
            f"所属「{code}」は登録されていません。",
            f"There is no organisation {code}.",
            mend_ja="hokanko org add で登録するか、記号を確かめてください。",
            mend_en="Register it (hokanko org add) or check the code.",
        ) from gone


def with_units(org: Organisation) -> tuple[str, ...]:
    """The code of the organisation and the units under it."""
    return (org.pk, *org.units.order_by("code").values_list("code", flat=True))


def person(name: str) -> Person:
    """The person of that login, id, or (when it is unique) name. Raises Missing."""
    wanted = Q(login=name) | Q(name=name)
    with suppress(ValueError):
        wanted |= Q(pk=UUID(name))
    found = list(Person.objects.filter(wanted).select_related("org")[:2])
    if len(found) != 1:
        raise Missing(
            f"「{name}」という登録者は{'二人以上います' if found else 'いません'}。",
            f"{'More than one person is' if found else 'Nobody is'} registered as {name}.",
            mend_ja="ログイン名で指定してください（hokanko person list）。",
            mend_en="Use the login name (hokanko person list).",
        )
    return found[0]


def card_holder(code: str) -> Person | None:
    """Whose card it is; None for an unknown or revoked one, and where credentials have ended."""
    valid = Card.objects.filter(code=code, revoked_at=None, person__retired_at=None)
    card = valid.select_related("person").first()
    return None if card is None or has_ended(card.person) else card.person


def seat(secret: str) -> Seat | None:
    """The enrolled terminal whose browser keeps this secret."""
    if not secret:
        return None
    known = Terminal.objects.filter(secret_digest=digest(secret), retired_at=None)
    found = known.only("pk", "org_id", "name").first()
    return Seat(str(found.pk), found.org_id, found.name) if found else None


def digest(secret: str) -> str:
    """What is stored of a long random secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def thing_of_org(org: Organisation) -> Thing:
    return Thing("Org", org.pk, org.pk, org.parent_id or "")


def thing_of_person(person: Person) -> Thing:
    return Thing("Person", str(person.pk), person.org_id, person.org.parent_id or "")


def thing_of_terminal(terminal: Terminal) -> Thing:
    return Thing("Terminal", str(terminal.pk), terminal.org_id, terminal.org.parent_id or "")


HOME_THING = Thing("Org", HOME, HOME)
