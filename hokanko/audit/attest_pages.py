"""A disposal confirmed by a second person at an own login, and its certificate once it stands."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from hokanko.audit.attest import attest
from hokanko.audit.attested import has_confirmed
from hokanko.audit.certificates import original, printed, require_certified
from hokanko.audit.forms import AttestForm
from hokanko.audit.queries import one, opened
from hokanko.audit.things import named
from hokanko.errors import Missing, Refusal
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


@require_GET
def certificate(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """廃棄証明書: to print (pdf), or the statement whose hash the ledger has (json)."""
    row = one(pk)
    require(actor_at(request), "evidence.read", thing_of_org(row.org))
    forms = {"pdf": (printed, "application/pdf"), "json": (original, "application/json")}
    if form not in forms:
        raise Missing("その形式はありません。", "There is no such form.")
    made, kind = forms[form]
    shown = {"Content-Disposition": f'attachment; filename="disposal-{row.number}.{form}"'}
    return HttpResponse(made(require_certified(row)), content_type=kind, headers=shown)
