"""The page on which a second person confirms, by an own login, what another says of a disposal."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hokanko.audit.attest import attest
from hokanko.audit.attested import has_confirmed
from hokanko.audit.forms import AttestForm
from hokanko.audit.queries import one, opened
from hokanko.audit.things import named
from hokanko.errors import Refusal
from hokanko.people.door import actor_at
from hokanko.people.forms import status_of, told_on
from hokanko.people.queries import thing_of_org
from hokanko.people.sniff import PICTURES
from hokanko.rules.decide import require


def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm a disposal. What is refused stays on the screen, with its article."""
    row, actor = one(pk), actor_at(request)
    require(actor, "evidence.read", thing_of_org(row.org))
    form, refusal = AttestForm(request.POST if request.method == "POST" else None), None
    if form.is_valid():
        said = form.cleaned_data
        try:
            with told_on(form):
                attest(row, said["check"], seen=said["seen"], by=actor)
                return redirect("audit.entry", row.pk)
        except Refusal as no:
            refusal = no
    elif request.method != "POST" and not row.waiting:
        return redirect("audit.entry", row.pk)
    (entry,) = opened([row])
    page = {
        "entry": entry,
        "org": row.org,
        "about": named(row.about, row.org_id),
        "is_picture": row.file_type in PICTURES,
        "own": has_confirmed(actor, row),
        "form": form,
        "refusal": refusal,
    }
    status = 403 if refusal else status_of(form)
    return render(request, "audit/html/attest.html", page, status=status)
