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
from hokanko.people.queries import thing_of_person
from hokanko.people.roster import row
from hokanko.rules.decide import require
from hokanko.rules.edition import sheet_of

NUMBER_LENGTH = 6  # printed below the code so that two cards can be told apart by eye


@require_POST
def issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a new card; the one before stops at once."""
    actions.issue_card(row(pk).person, by=actor_at(request))
    return redirect("people.one", pk=pk)


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
    body = paper.render(_cards(found.person, found.card))
    answer = HttpResponse(body, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="card.pdf"'
    return answer


def _cards(person: Person, card: Card) -> paper.Cards:
    number = card.code[-NUMBER_LENGTH:]
    unit, issued = person.org.name, clock.day_of(card.issued_at)
    sheet = sheet_of(person.org_id, unit, number)
    return paper.Cards(sheet, (paper.Card(number, unit, person.name, card.code, issued),))
