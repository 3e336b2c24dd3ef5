"""今日の仕事: what waits for the posts that somebody holds now, with a way to each."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hokanko.cameras.models import Camera
from hokanko.people.door import actor_at, person_at
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import HOME_THING
from hokanko.provision.queries import barred
from hokanko.rules.actor import HOME, Actor
from hokanko.rules.decide import may
from hokanko.timekeeping.queries import behind, doubt
from hokanko.web import footage_tasks, office_tasks
from hokanko.web.desk import Desk, Task
from hokanko.web.navigation import address


def today(request: HttpRequest) -> HttpResponse:
    """The home page: only counts and links that the posts may see."""
    person, desk = person_at(request), Desk(actor_at(request))
    tasks = [task for task in every_task(desk, person) if task.count]
    page: dict[str, object] = {
        "tasks": tasks,
        "requests": address("provision.ask") if _may_request(desk.actor, person) else "",
        "unfounded": _is_unfounded(desk.actor),
        "wearing": Camera.objects.filter(org__in=desk.orgs, kind="wearable").exists(),
    }
    if person.org_id in desk.at("clock.confirm"):
        page |= {"behind": behind(), "doubt": doubt()}
    return render(request, "web/html/home.html", page)


def _may_request(actor: Actor, person: Person) -> bool:
    """Whether somebody who holds no footage may ask for a part of it."""
    return not actor.holdings and barred(person.org, actor) is None


def _is_unfounded(actor: Actor) -> bool:
    """Whether there is no organisation yet, and this person is to found the first."""
    return may(actor, "org.add", HOME_THING) and not Organisation.objects.exclude(pk=HOME).exists()


def every_task(desk: Desk, person: Person) -> Iterator[Task]:
    """All kinds of work, the most pressing first; a count of 0 is left out by the page."""
    yield from footage_tasks.viewings(desk, person)
    yield from footage_tasks.provisions(desk, person)
    yield from footage_tasks.cameras(desk, person)
    yield from footage_tasks.custody(desk, person)
    yield from office_tasks.editions(desk, person)
    yield from office_tasks.cases(desk)
    yield from office_tasks.evidence(desk)
    yield from office_tasks.disposals(desk, person)
    yield from office_tasks.people(desk, person)
