"""The roster (人と役職): who is registered, who holds which post, and changing it."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hokanko import clock
from hokanko.people import actions, appointing, readying
from hokanko.people.attach import scan_of, with_paper
from hokanko.people.door import actor_at, person_at
from hokanko.people.forms import (
    AppointForm,
    RegisterForm,
    RemindForm,
    SwearForm,
    TrainForm,
    status_of,
    told_on,
)
from hokanko.people.models import Appointment, Person
from hokanko.people.owed import printed_names_differ, reminders_due, unread_people
from hokanko.people.queries import organisation, thing_of_org, thing_of_person
from hokanko.people.roster import Row, appointment, row, rows, within_reach
from hokanko.people.second import factor_of
from hokanko.people.standing import (
    appointer_of,
    goes_with_position,
    holds_by_position,
    vacancies,
)
from hokanko.rules.actor import Actor
from hokanko.rules.decide import adopted_book, adoption, may, parameter, require
from hokanko.rules.wording import TELEPHONE, TRAINING, wording


def roster(request: HttpRequest, code: str = "") -> HttpResponse:
    """Everybody at an organisation, with posts and since when."""
    actor = actor_at(request)
    org = organisation(code or person_at(request).org_id)
    require(actor, "person.list", thing_of_org(org))
    thing = thing_of_org(org)
    people = rows(org)
    carded = next((each.person for each in people if each.card), None)
    wants_oath = parameter(org.pk, "oath.required") not in {None, "no"}
    wants_training = bool(parameter(org.pk, "training.required_for"))
    page = {
        "org": org,
        "orgs": list(within_reach(actor)),
        "people": people,
        "training": wording(org.pk, TRAINING),
        "unfilled": [(post, appointer_of(org, post)) for post in vacancies(org)],
        "unread": [each for each in unread_people(org) if str(each.pk) != _signer(org.pk)],
        "wants_oath": wants_oath or any(each.sworn for each in people),
        "wants_training": wants_training or any(each.trained for each in people),
        "has_cards": carded is not None or _may_card(actor, people),
        "leaving": reminders_due(org),
        "outdated": printed_names_differ(org),
        "may_register": any(_may_register(actor, org.pk)),
        "may_review": may(actor, "person.review", thing),
        "may_succeed": may(actor, "post.succeed", thing),
        "may_firms": may(actor, "contractor.list", thing),
        "may_print_cards": carded is not None and may(actor, "card.issue", thing_of_person(carded)),
    }
    return render(request, "people/html/roster.html", page)


def _may_card(actor: Actor, people: list[Row]) -> bool:
    return bool(people) and may(actor, "card.issue", thing_of_person(people[0].person))


def _signer(org: str) -> str:
    """Who signed the edition in force, and so has read it; "" for nobody."""
    now = adoption(org)
    return now.signed_by if now is not None else ""


def register(request: HttpRequest, code: str) -> HttpResponse:
    """Register a person's credentials, with a first post if one is chosen."""
    org = organisation(code)
    actor = actor_at(request)
    form = RegisterForm(org, request.POST or None)
    if form.is_valid():
        said = form.cleaned_data | {"post": form.cleaned_data["post"] or None}
        with told_on(form):
            person = actions.register(org, **said, by=actor)
            return redirect("people.one", pk=person.pk)
    if not any(_may_register(actor, org.pk)):
        require(actor, "person.register", thing_of_org(org), by_position=False)
    page = {"form": form, "org": org}
    return render(request, "people/html/register.html", page, status=status_of(form))


def one(
    request: HttpRequest,
    pk: UUID,
    appoint_form: AppointForm | None = None,
    train_form: TrainForm | None = None,
    swear_form: SwearForm | None = None,
    remind_form: RemindForm | None = None,
) -> HttpResponse:
    """One person: posts, oath, training, card, and what may be done about them.

    A form that was filled in wrongly comes back here with what was typed.
    """
    actor, found = actor_at(request), row(pk)
    org, thing = found.person.org, thing_of_person(found.person)
    require(actor, "person.list", thing_of_org(org))
    due = found.person in reminders_due(org)
    page = {
        **told_of(found),
        "held": [(post, _may_dismiss(actor, post)) for post in found.posts],
        "questions": adopted_book(org.pk).questions,
        "appoint_form": appoint_form or AppointForm(org),
        "train_form": train_form or TrainForm(org.pk),
        "swear_form": swear_form or SwearForm(org.pk),
        "remind_form": remind_form or RemindForm(),
        "may_appoint": any(_may_register(actor, org.pk)),
        "may_teach": may(actor, "person.train", thing, himself=actor.id == str(pk)),
        "may_swear": may(actor, "person.swear", thing),
        "may_remind": may(actor, "person.remind", thing),
        "reminder_due": due,
        "reminder_open": due or any(not r.file_sha256 for r in found.person.reminders.all()),
        "may_retire": may(actor, "person.retire", thing),
        "may_clear": _may_clear(actor, found.person),
        "may_card": may(actor, "card.issue", thing),
    }
    status = status_of(appoint_form or train_form or swear_form or remind_form)
    return render(request, "people/html/one.html", page, status=status)


@require_POST
def appoint(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = row(pk).person
    form = AppointForm(person.org, request.POST)
    if form.is_valid():
        with told_on(form):
            said = form.cleaned_data
            appointing.appoint(
                person,
                person.org,
                said["post"],
                since=_morning(said["since"]),
                until=_evening(said["until"]),
                by=actor_at(request),
            )
            return redirect("people.one", pk=pk)
    return one(request, pk, appoint_form=form)


@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    found = appointment(pk)
    appointing.dismiss(found, by=actor_at(request))
    return redirect("people.one", pk=found.person_id)


@require_POST
def train(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = row(pk).person
    form = TrainForm(person.org_id, request.POST)
    if form.is_valid():
        with told_on(form):
            readying.train(person, **form.cleaned_data, by=actor_at(request))
            return redirect("people.one", pk=pk)
    return one(request, pk, train_form=form)


@require_POST
@with_paper
def swear(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = row(pk).person
    form = SwearForm(person.org_id, request.POST, request.FILES)
    if form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if value}
        said["scan"] = scan_of(said.get("scan"))
        with told_on(form):
            readying.swear(person, **said, by=actor_at(request))
            return redirect("people.one", pk=pk)
    return one(request, pk, swear_form=form)


@require_POST
def retire(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = row(pk).person
    actions.retire(person, by=actor_at(request))
    return redirect("people.roster_at", code=person.org_id)


def told_of(found: Row) -> dict[str, object]:
    """What a person's page says first, whoever reads it, in the words of the rulebook."""
    org, day = found.person.org_id, clock.today()
    had = found.person.trainings.all()
    return {
        "row": found,
        "factor": factor_of(found.person),
        "trainings": [(each, bool(each.valid_until and each.valid_until < day)) for each in had],
        "promises": bool(parameter(org, "oath.lines")),
        "telephone": wording(org, TELEPHONE),
        "training": wording(org, TRAINING),
    }


def _may_clear(actor: Actor, person: Person) -> bool:
    """Whether this actor may take somebody else's second factor off, where there is one."""
    if actor.id == str(person.pk) or factor_of(person) is None:
        return False
    heads = holds_by_position(person)
    return may(actor, "factor.clear", thing_of_person(person), by_position=heads, own=False)


def _may_dismiss(actor: Actor, held: Appointment) -> bool:
    by_position = goes_with_position(held.org, held.post)
    about = thing_of_org(held.org)
    return may(actor, "post.dismiss", about, post=held.post, by_position=by_position)


def _may_register(actor: Actor, code: str) -> list[bool]:
    """Whether staff, and holders by position, may be registered by this actor."""
    thing = thing_of_org(organisation(code))
    return [may(actor, "person.register", thing, by_position=kind) for kind in (False, True)]


def _morning(day: date | None) -> datetime | None:
    """The beginning of a day to come; None for today, which begins now."""
    if day is None or day == clock.today():
        return None
    return datetime.combine(day, time(), clock.TOKYO)


def _evening(day: date | None) -> datetime | None:
    """The last moment of a day."""
    return datetime.combine(day, time.max, clock.TOKYO) if day else None
