"""The one page of the clock: the button that confirms it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from hokanko.people.door import actor_at, person_at
from hokanko.timekeeping import actions


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm the clock, from the notice on the home page."""
    actions.confirm(person_at(request).org, by=actor_at(request))
    return redirect("web.home")
