"""Papers of a request to print, and the papers that it rests on."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from hokanko.errors import Missing
from hokanko.people.attach import as_answer
from hokanko.provision.counter import admitted
from hokanko.provision.enclosed import paper as paper_of
from hokanko.provision.reprint import record_paper, request_paper

PAPERS = {"request": request_paper, "record": record_paper}


@require_GET
def paper(request: HttpRequest, number: str, which: str) -> HttpResponse:
    """The request form or the provision record, to print."""
    provision = admitted(request, number)
    if which not in PAPERS:
        raise Missing("その様式はありません。", "There is no such paper.")
    shown = {"Content-Disposition": f'inline; filename="{provision.number}-{which}.pdf"'}
    return HttpResponse(PAPERS[which](provision), content_type="application/pdf", headers=shown)


@require_GET
def enclosed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The paper that a request rests on, for those who see the request."""
    found = paper_of(pk)
    admitted(request, found.provision.number)
    return as_answer(found)
