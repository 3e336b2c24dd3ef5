"""The papers of a person: appointment (任命書), oath (誓約書), sheet of questions (確認票)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from hokanko import clock
from hokanko.errors import Missing
from hokanko.ledger.models import Entry
from hokanko.ledger.read import acts
from hokanko.papers import appointment as letter
from hokanko.papers import oath as promise
from hokanko.papers import quiz as sheet_of_questions
from hokanko.people.attach import as_answer
from hokanko.people.door import actor_at, person_at
from hokanko.people.models import Appointment, Oath, Organisation, Person
from hokanko.people.queries import thing_of_org, thing_of_person
from hokanko.people.roster import row
from hokanko.people.standing import topics_of
from hokanko.rules.book import Book
from hokanko.rules.decide import require, rules_at
from hokanko.rules.edition import sheet_of, told_in
from hokanko.rules.wording import TRAINING, wording

OATH = "oath.lines"


@require_GET
def appointed(request: HttpRequest, pk: int) -> HttpResponse:
    """任命書 of one appointment, past or present. Raises Missing."""
    found = _appointment(pk)
    _admit(request, found.person, found.org)
    return _pdf(letter.render(_letter(found)), f"ninmeisho-{pk}.pdf")


@require_GET
def sworn(request: HttpRequest, pk: UUID) -> HttpResponse:
    """誓約書 of a person, for signature or as signed."""
    person = row(pk).person
    _admit(request, person, person.org)
    return _pdf(promise.render(_promise(person)), "seiyakusho.pdf")


@require_GET
def signed(request: HttpRequest, pk: int) -> HttpResponse:
    """The scan of an oath as it was signed on paper. Raises Missing."""
    found = Oath.objects.select_related("person__org__parent").filter(pk=pk).first()
    if found is None:
        raise Missing("この誓約の記録はありません。", "There is no such oath.")
    _admit(request, found.person, found.person.org)
    return as_answer(found)


@require_GET
def questioned(request: HttpRequest, pk: UUID) -> HttpResponse:
    """教育の確認票 of a person, to be answered at the training. Raises Missing."""
    person = row(pk).person
    require(actor_at(request), "person.list", thing_of_org(person.org))  # the answers are on it
    return _pdf(sheet_of_questions.render(_quiz(person)), "kakuninhyo.pdf")


def _admit(request: HttpRequest, person: Person, org: Organisation) -> None:
    """Everybody sees his own papers; another's are for those who see the list of people."""
    if person_at(request).pk != person.pk:
        require(actor_at(request), "person.list", thing_of_org(org))


def _letter(found: Appointment) -> letter.Appointment:
    book, line = rules_at(found.org_id).book, _line(found)
    act = acts([line])[0] if line else None
    known = [post for post in book.posts if post.id == found.post]
    clauses = known[0].clauses if known else ()
    by_hand = found.appointed_by.name if found.appointed_by else ""
    appointer = act.who if act else by_hand
    number = f"{found.org_id}-任命-{found.pk}"
    return letter.Appointment(
        sheet=sheet_of(
            found.org_id,
            found.org.name,
            number,
            line.place if line else None,
            line.at if line else None,
        ),
        name=found.person.name,
        section=found.person.section,
        post=found.post,
        rules=book.title_ja,
        article=book.clause(clauses[0]).article if clauses else "",
        since=clock.day_of(found.since),
        appointer=appointer,
        until=clock.day_of(found.until) if found.until else None,
    )


def _promise(person: Person) -> promise.Oath:
    rules = rules_at(person.org_id)
    sworn = person.oaths.order_by("-signed_at", "pk").first()
    held = person.appointments.filter(until=None).order_by("since", "pk")
    return promise.Oath(
        sheet=sheet_of(
            person.org_id,
            person.org.name,
            f"{person.org_id}-誓約-{person.login}",
            told_in("oath.signed", thing_of_person(person).name),
        ),
        addressee=_addressee(rules.book, dict(rules.values), person),
        rules=rules.book.title_ja,
        article=_article(rules.book),
        lines=tuple(_lines(rules.book, dict(rules.values))),
        name=person.name,
        section=person.section,
        post="・".join(held.values_list("post", flat=True)),
        signed=clock.day_of(sworn.signed_at) if sworn else None,
    )


def _quiz(person: Person) -> sheet_of_questions.Quiz:
    rules = rules_at(person.org_id)
    book = rules.book
    if not book.questions:
        raise Missing("この規程に確認票はありません。", "These rules have no sheet of questions.")
    asked = tuple(
        sheet_of_questions.Question(q.ja, q.right, q.why_ja, book.clause(q.clause).article)
        for q in book.questions
    )
    return sheet_of_questions.Quiz(
        sheet=sheet_of(person.org_id, person.org.name, f"{person.org_id}-確認-{person.login}"),
        training=wording(person.org_id, TRAINING).ja,
        rules=book.title_ja,
        name=person.name,
        section=person.section,
        topics=topics_of(person.org_id),
        lines=tuple(_lines(book, dict(rules.values))),
        questions=asked,
    )


def _lines(book: Book, values: dict[str, object]) -> list[str]:
    said = book.effective(values).get(OATH)
    if not isinstance(said, (list, tuple)):
        raise Missing(
            "この規程に誓約の文はありません。", "These rules have no sentences of an oath."
        )
    return [str(words) for words in said]


def _article(book: Book) -> str:
    clauses = book.parameter(OATH).clauses
    return book.clause(clauses[0]).article if clauses else ""


def _addressee(book: Book, values: dict[str, object], person: Person) -> str:
    """To whom one swears: the organisation as its rules name it."""
    return str(book.effective(values).get("org.name") or person.org.name)


def _line(found: Appointment) -> Entry | None:
    """The ledger's line of an appointment: the first about this person and post since it began."""
    about = f"person:{found.person_id}"
    lines = Entry.objects.filter(kind="post.appointed", org=found.org_id, about=about)
    for line in lines.order_by("-id").prefetch_related("openings"):
        (act,) = acts([line])
        if act.facts.get("post") == found.post and line.at.date() <= found.since.date():
            return line
    return None


def _appointment(pk: int) -> Appointment:
    every = Appointment.objects.select_related("person__org", "org__parent", "appointed_by")
    found = every.filter(pk=pk).first()
    if found is None:
        raise Missing("この指定はありません。", "There is no such appointment.")
    return found


def _pdf(body: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
