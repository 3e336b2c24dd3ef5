"""これからすること: cameras that do not run yet, what each still lacks, and the sign to hang."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hokanko.cameras.models import Camera
from hokanko.cameras.plan import sign_sizes
from hokanko.cameras.queries import coming
from hokanko.cameras.ready import Item, checklist
from hokanko.cameras.signs import sites
from hokanko.people.door import actor_at
from hokanko.people.queries import organisation, thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import adopted_book, require


@dataclass(frozen=True, slots=True)
class Coming:
    """A camera that does not run yet, with its checklist."""

    camera: Camera
    items: tuple[Item, ...]

    @property
    def left(self) -> int:
        """How many entries are still open."""
        return sum(not item.done for item in self.items)


@require_GET
def listing(request: HttpRequest, code: str) -> HttpResponse:
    """What hands have to do: hang the sign, connect and photograph each camera."""
    org, by = organisation(code), actor_at(request)
    require(by, "camera.list", thing_of_org(org))
    page = {
        "org": org,
        "book": adopted_book(org.pk),
        "coming": [_coming(camera, by) for camera in coming(org.pk)],
        "sites": sites(org.pk),
        "sizes": sign_sizes(org.pk),
    }
    return render(request, "cameras/html/coming.html", page)


def _coming(camera: Camera, by: Actor) -> Coming:
    return Coming(camera, tuple(checklist(camera, by)))
