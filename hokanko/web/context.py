"""What the frame of every page needs: who is here, in which posts, at which terminal."""

from __future__ import annotations

from django.http import HttpRequest

from hokanko import clock
from hokanko.errors import HokankoError
from hokanko.people.door import actor_at
from hokanko.people.models import Organisation, Person
from hokanko.rules.actor import Actor
from hokanko.rules.decide import parameter
from hokanko.web.navigation import places, places_without_rules


def frame(request: HttpRequest) -> dict[str, object]:
    """The template variables `me`, `actor`, `posts`, `my_org`, `nav`, `now` … of every page."""
    common: dict[str, object] = {"rehearsal": clock.is_rehearsal(), "now": clock.now()}
    user = getattr(request, "user", None)
    if not isinstance(user, Person):
        return common
    actor = actor_at(request)
    org = Organisation.objects.select_related("parent").get(pk=user.org_id)
    posts = sorted({post for _, post in actor.holdings})
    here = {"me": user, "actor": actor, "posts": posts, "my_org": org}
    return common | here | _by_the_rules(request, actor, org)


def _by_the_rules(request: HttpRequest, actor: Actor, org: Organisation) -> dict[str, object]:
    """What the rulebook decides of the frame; the barest where its text was altered (I10).

    The page itself says then what is wrong: the frame must not fall over the same stone.
    """
    try:
        bound = bool(parameter(org.pk, "view.terminal_bound"))
        return {"nav": places(request, actor, org), "terminal_bound": bound}
    except HokankoError:
        return {"nav": places_without_rules(request), "terminal_bound": False}
