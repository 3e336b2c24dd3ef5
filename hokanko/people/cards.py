"""使用者登録カード: issuing a wearer's 2D-code card, and printing it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from hokanko import clock
from hokanko.errors import Missing
from hokanko.papers import card as paper
from hokanko.people import actions
from hokanko.people.door import actor_at
from hokanko.people.models import Card, Person
from hokanko.people.queries import organisation, thing_of_person
from hokanko.people.roster import row, rows
from hokanko.rules.actor import Thing
from hokanko.rules.decide import adopted_book, require
from hokanko.rules.edition import sheet_of

NUMBER_LENGTH = 6  # printed below the code so that two cards can be told apart by eye
LONGEST_REASON = 200
PAUSES = "capture.pause_grounds"


@require_POST
def issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a new card; the one before stops at once."""
    actions.issue_card(row(pk).person, by=actor_at(request))
    return redirect("people.one", pk=pk)


@require_POST
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop a card, with the reason."""
    reason = request.POST.get("reason", "")[:LONGEST_REASON]
    actions.revoke_card(row(pk).person, reason=reason, by=actor_at(request))
    return redirect("people.one", pk=pk)


def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The valid cards of a whole unit as one PDF, eight to a page, to be cut out."""
    actor, org = actor_at(request), organisation(code)
    held = [(each.person, each.card) for each in rows(org) if each.card is not None]
    require(actor, "card.issue", Thing("Person", "", org.pk, org.parent_id or ""))
    if not held:
        raise Missing(
            "有効なカードがありません。",
            "There is no valid card.",
            mend_ja="先にカードを発行してください。",
            mend_en="Issue one first.",
        )
    top = sheet_of(org.pk, org.name, f"{org.pk}-cards")
    cards = tuple(_card(person, card) for person, card in held)
    return _pdf(paper.Cards(top, cards, _back(org.pk)))


def printed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The valid card as PDF. Raises Missing when none has been issued."""
    found = row(pk)
    require(actor_at(request), "card.issue", thing_of_person(found.person))
    if found.card is None:
        raise Missing(
            "有効なカードがありません。",
            "There is no valid card.",
            mend_ja="先にカードを発行してください。",
            mend_en="Issue one first.",
        )
    return _pdf(_cards(found.person, found.card))


def _pdf(cards: paper.Cards) -> HttpResponse:
    body = paper.render(cards)
    answer = HttpResponse(body, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="card.pdf"'
    return answer


def _cards(person: Person, card: Card) -> paper.Cards:
    number = card.code[-NUMBER_LENGTH:]
    top = sheet_of(person.org_id, person.org.name, number)
    return paper.Cards(top, (_card(person, card),), _back(person.org_id))


def _back(org: str) -> tuple[str, ...]:
    """The clauses on pauses that an officer carries with him, in the document's words."""
    book = adopted_book(org)
    row = book.parameter(PAUSES)
    return tuple(book.clause(each).ja for each in row.clauses) if row.applies else ()


def _card(person: Person, card: Card) -> paper.Card:
    number, issued = card.code[-NUMBER_LENGTH:], clock.day_of(card.issued_at)
    return paper.Card(number, person.org.name, person.name, card.code, issued)
