"""Addresses that print what hangs outside: the placement map and the sign."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from hokanko.cameras import plan
from hokanko.cameras.signs import site
from hokanko.people.door import actor_at
from hokanko.people.queries import organisation, thing_of_org
from hokanko.rules.decide import require

PDF = "application/pdf"


@require_GET
def placement(request: HttpRequest, code: str) -> HttpResponse:
    """配置図 of every site of an organisation."""
    org = organisation(code)
    require(actor_at(request), "camera.list", thing_of_org(org))
    return _paper(plan.map_paper(org), f"haichizu-{org.pk}.pdf")


@require_GET
def site_map(request: HttpRequest, pk: UUID) -> HttpResponse:
    """配置図 of one site."""
    found = site(pk)
    require(actor_at(request), "camera.list", thing_of_org(found.org))
    return _paper(plan.map_paper(found.org, found), f"haichizu-{found.pk}.pdf")


@require_GET
def sign(request: HttpRequest, pk: UUID, size: str) -> HttpResponse:
    """表示板 of one site: a4, a3 or small."""
    found = site(pk)
    require(actor_at(request), "camera.list", thing_of_org(found.org))
    return _paper(plan.sign_paper(found, size), f"hyoujiban-{size}.pdf")


def _paper(body: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=PDF)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
