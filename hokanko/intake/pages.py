"""Pages of intake: what is arriving, sending files by browser, settling what a file leaves open."""

from __future__ import annotations

from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from hokanko.cameras.models import Camera
from hokanko.errors import Conflict, Refusal
from hokanko.footage.flags import in_words
from hokanko.footage.queries import as_json, has_wearers, thing
from hokanko.footage.queries import footage as find_footage
from hokanko.formats.names import readable
from hokanko.intake import actions
from hokanko.intake.forms import Settling
from hokanko.intake.queries import held_back, recent, unsettled
from hokanko.intake.receive import CLASSES, receive
from hokanko.intake.uploads import digest_of, from_request
from hokanko.people.door import actor_at, person_at
from hokanko.people.models import Organisation
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import may, require, who_may, why_not
from hokanko.rules.marking import highest_class

TAKING = {"known_camera": True, "class_too_high": False, "after_end": False}


@require_GET
def arrivals(request: HttpRequest) -> HttpResponse:
    """Transfers under way, done and broken, and the footage whose facts somebody must settle."""
    org, by = person_at(request).org, actor_at(request)
    require(by, "footage.list", thing_of_org(org))
    rows, open_questions = list(recent(org.pk)), unsettled(org.pk)
    return render(
        request,
        "intake/html/arrivals.html",
        {
            "arrivals": rows,
            "copying": any(row.state == "copying" for row in rows),
            "unsettled": [
                (piece, in_words(piece.flags), may(by, "intake.settle", thing(piece)))
                for piece in open_questions
            ],
            "held_back": held_back(open_questions, by),
            "wearers": has_wearers(org.pk),
            "imports": may(by, "import.begin", thing_of_org(org)),
            "settlers": who_may(org.pk, "intake.settle"),
        },
    )


@require_http_methods(["GET", "PUT"])
def upload(request: HttpRequest) -> HttpResponse:
    """GET: choose camera and files. PUT: one file as the plain body, sealed as it comes."""
    if request.method == "PUT":
        return _receive(request)
    org, by = person_at(request).org, actor_at(request)
    require(by, "intake.take_in", thing_of_org(org), **TAKING)
    cameras = Camera.objects.filter(org=org, retired_at=None).order_by("number")
    page = {
        "cameras": cameras,
        "unknown": _refused(org, by, known_camera=False),
        "classes": CLASSES,
        "highest": highest_class(org.pk),
        "too_high": _refused(org, by, class_too_high=True),
        "registrars": who_may(org.pk, "camera.register"),
    }
    return render(request, "intake/html/upload.html", page)


def _refused(org: Organisation, by: Actor, **otherwise: bool) -> Refusal | None:
    """With which article the law would refuse what is otherwise in order."""
    return why_not(by, "intake.take_in", thing_of_org(org), **TAKING | otherwise)


def _receive(request: HttpRequest) -> JsonResponse:
    said = request.headers
    length = said.get("Content-Length", "")
    if not length.isdecimal():
        raise Conflict("ファイルの大きさが分かりません。", "The length of the file is not given.")
    name = readable(unquote(said.get("X-Hokanko-Name", "")).replace("\\", "/").rpartition("/")[2])
    source = from_request(
        name or "—", int(length), request, modified=said.get("X-Hokanko-Modified", "")
    )
    footage = receive(
        person_at(request).org,
        unquote(said.get("X-Hokanko-Camera", "")),
        source,
        expected_sha256=digest_of(said.get("Repr-Digest", "")),
        confidentiality=_class_of(said.get("X-Hokanko-Confidentiality", "")),
        by=actor_at(request),
    )
    return JsonResponse(as_json(footage) | {"number": footage.number}, status=201)


def _class_of(header: str) -> int | None:
    """The class (機密性) that the sender states; who states none means the highest allowed."""
    if header not in {"", *map(str, CLASSES)}:
        raise Conflict("機密性の区分を読めません。", "The confidentiality class is malformed.")
    return int(header) if header else None


@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, number: str) -> HttpResponse:
    """State the capture time or the wearer that a file does not tell."""
    footage, by = find_footage(number), actor_at(request)
    require(by, "intake.settle", thing(footage))
    form = Settling(request.POST or None, org=footage.org_id)
    if form.is_valid():
        told = form.cleaned_data
        actions.settle(
            footage,
            captured=told["captured"],
            wearer=form.wearers.get(told.get("wearer", "")),
            reason=told["reason"],
            by=by,
        )
        return redirect("intake.arrivals")
    here = {"form": form, "footage": footage, "wearers": has_wearers(footage.org_id)}
    return render(request, "intake/html/settle.html", here)
