"""Pages of intake: what is arriving, sending files by browser, settling what a file leaves open."""

from __future__ import annotations

from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from hokanko.cameras.models import Camera
from hokanko.errors import Conflict
from hokanko.footage.queries import as_json, thing
from hokanko.footage.queries import footage as find_footage
from hokanko.formats.names import readable
from hokanko.intake import actions
from hokanko.intake.actions import CONFIDENTIALITY
from hokanko.intake.forms import Settling
from hokanko.intake.queries import recent, unsettled
from hokanko.intake.receive import CLASSES, receive
from hokanko.intake.uploads import digest_of, from_request
from hokanko.people.door import actor_at, person_at
from hokanko.people.queries import thing_of_org
from hokanko.rules.decide import may, require


@require_GET
def arrivals(request: HttpRequest) -> HttpResponse:
    """Transfers under way, done and broken, and the footage whose facts somebody must settle."""
    org, by = person_at(request).org, actor_at(request)
    require(by, "footage.list", thing_of_org(org))
    rows = list(recent(org.pk))
    return render(
        request,
        "intake/html/arrivals.html",
        {
            "arrivals": rows,
            "copying": any(row.state == "copying" for row in rows),
            "unsettled": [
                (piece, may(by, "intake.settle", thing(piece))) for piece in unsettled(org.pk)
            ],
        },
    )


@require_http_methods(["GET", "PUT"])
def upload(request: HttpRequest) -> HttpResponse:
    """GET: choose camera and files. PUT: one file as the plain body, sealed as it comes."""
    if request.method == "PUT":
        return _receive(request)
    org, by = person_at(request).org, actor_at(request)
    require(by, "intake.take_in", thing_of_org(org), known_camera=True, class_too_high=False)
    cameras = Camera.objects.filter(org=org, retired_at=None).order_by("number")
    page = {"cameras": cameras, "classes": CLASSES, "highest": CONFIDENTIALITY}
    return render(request, "intake/html/upload.html", page)


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


def _class_of(header: str) -> int:
    """The class (機密性) that the sender states; who states none means the highest allowed."""
    if header not in {"", *map(str, CLASSES)}:
        raise Conflict("機密性の区分を読めません。", "The confidentiality class is malformed.")
    return int(header or CONFIDENTIALITY)


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
            wearer=form.wearers.get(told["wearer"]),
            reason=told["reason"],
            by=by,
        )
        return redirect("intake.arrivals")
    return render(request, "intake/html/settle.html", {"form": form, "footage": footage})
