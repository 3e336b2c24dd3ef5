"""Pages of imports: what was brought, beginning one, sending its files, its clock, its end."""

from __future__ import annotations

from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hokanko.errors import Conflict
from hokanko.footage.clocks import error_in_words
from hokanko.formats.names import readable
from hokanko.imports import actions
from hokanko.imports.capacity import clause, kept
from hokanko.imports.forms import BeginForm, StateForm, stated
from hokanko.imports.models import Import, ImportFile
from hokanko.imports.queries import files, filled, import_of, imports_at, is_moving, tally
from hokanko.imports.taking import listed, take
from hokanko.imports.words import AGAIN, GRAVE, KINDS, STATES, TAKEN
from hokanko.intake.uploads import digest_of, from_request
from hokanko.people.attach import as_answer, with_paper
from hokanko.people.door import actor_at, person_at
from hokanko.people.forms import status_of, told_on
from hokanko.people.queries import thing_of_org
from hokanko.rules.decide import may, require

MOST = 200  # files shown on one page


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The imports of one's own organisation, newest first."""
    org, by = person_at(request).org, actor_at(request)
    require(by, "footage.list", thing_of_org(org))
    rows = [(lot, KINDS[lot.kind], error_in_words(lot.offset_s)) for lot in imports_at(org.pk)]
    begins = may(by, "import.begin", thing_of_org(org))
    return render(request, "imports/html/imports.html", {"rows": rows, "begins": begins})


@require_http_methods(["GET", "POST"])
@with_paper
def begin(request: HttpRequest) -> HttpResponse:
    """State what is brought; its files come on the next page."""
    me, by = person_at(request), actor_at(request)
    require(by, "import.begin", thing_of_org(me.org))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = BeginForm(*sent, org=me.org_id)
    if form.is_valid():
        with told_on(form):
            lot = actions.begin(me.org, form.brought(), beginner=me, by=by)
            return redirect("imports.one", lot.number)
    return render(request, "imports/html/begin.html", {"form": form}, status=status_of(form))


@require_http_methods(["GET", "PUT"])
def one(request: HttpRequest, lot: str) -> HttpResponse:
    """One import. PUT: one of its files as the plain body, sealed as it comes."""
    found, by = import_of(lot), actor_at(request)
    if request.method == "PUT":
        require(by, "import.begin", thing_of_org(found.org))
        return _receive(request, found)
    require(by, "footage.list", thing_of_org(found.org))
    return _page(request, found, StateForm(org=found.org_id, initial=stated(found)))


@require_POST
@with_paper
def state(request: HttpRequest, lot: str) -> HttpResponse:
    """State the clock or the cameras again."""
    found, by = import_of(lot), actor_at(request)
    require(by, "import.state", thing_of_org(found.org))
    form = StateForm(request.POST, request.FILES, org=found.org_id)
    if form.is_valid():
        with told_on(form):
            actions.state_again(found, form.clock_read(), form.chosen, by=by)
            return redirect("imports.one", lot)
    return _page(request, found, form)


@require_POST
def end(request: HttpRequest, lot: str) -> HttpResponse:
    """End it: everything is here."""
    actions.end(import_of(lot), by=actor_at(request))
    return redirect("imports.one", lot)


@require_GET
def photo(request: HttpRequest, lot: str) -> HttpResponse:
    """The photograph of its clock."""
    found = import_of(lot)
    require(actor_at(request), "footage.list", thing_of_org(found.org))
    return as_answer(found)


def _page(request: HttpRequest, lot: Import, form: StateForm) -> HttpResponse:
    by, counted = actor_at(request), tally(lot)
    rows = [(row, STATES[row.state], GRAVE.get(row.state, "")) for row in files(lot, MOST)]
    open_ = lot.ended_at is None
    page = {
        "lot": lot,
        "kind": KINDS[lot.kind],
        "error": error_in_words(lot.offset_s),
        "kept": kept(lot),
        "clause": clause(lot.org_id),
        "marks": sorted(lot.cameras.items()),
        "filled": filled(lot),
        "counted": [(STATES[state], counted[state]) for state in STATES if state in counted],
        "moving": is_moving(lot),
        "rows": rows,
        "more": sum(counted.values()) - len(rows),
        "form": form if open_ and may(by, "import.state", thing_of_org(lot.org)) else None,
        "sends": open_ and may(by, "import.begin", thing_of_org(lot.org)),
        "singly": "singly" in request.GET,
    }
    return render(request, "imports/html/import.html", page, status=status_of(form))


def _receive(request: HttpRequest, lot: Import) -> JsonResponse:
    said = request.headers
    length = said.get("Content-Length", "")
    if not length.isdecimal():
        raise Conflict("ファイルの大きさが分かりません。", "The length of the file is not given.")
    path = readable(unquote(said.get("X-Hokanko-Name", "")).replace("\\", "/").strip("/")) or "—"
    modified = said.get("X-Hokanko-Modified", "")
    source = from_request(path.rpartition("/")[2], int(length), request, modified=modified)
    row = listed(lot, path, int(length), str(source.origin.get("file_time", "")))
    took = take(
        row,
        source,
        expected_sha256=digest_of(said.get("Repr-Digest", "")),
        by=actor_at(request),
    )
    return JsonResponse(_answer(took), status=201 if took.state in (TAKEN, AGAIN) else 200)


def _answer(row: ImportFile) -> dict[str, str]:
    words = str(STATES[row.state])
    if row.footage is not None:
        words = f"{words} {row.footage.number}"
    elif row.note:
        words = row.note_en if get_language() == "en" else row.note
    return {"state": row.state, "number": words, "words": words}
