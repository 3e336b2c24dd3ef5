"""What the frame of every page needs: who is here, in which posts, at which terminal."""

from __future__ import annotations

from django.http import HttpRequest

from hokanko import clock
from hokanko.people.door import actor_at
from hokanko.people.models import Organisation, Person
from hokanko.rules.decide import parameter
from hokanko.web.navigation import places


def frame(request: HttpRequest) -> dict[str, object]:
    """The template variables `me`, `actor`, `posts`, `my_org`, `nav`, `now` … of every page."""
    common: dict[str, object] = {"rehearsal": clock.is_rehearsal(), "now": clock.now()}
    user = getattr(request, "user", None)
    if not isinstance(user, Person):
        return common
    actor = actor_at(request)
    org = Organisation.objects.select_related("parent").get(pk=user.org_id)
    posts = sorted({post for _, post in actor.holdings})
    nav = places(request, actor, org)
    here = {"me": user, "actor": actor, "posts": posts, "my_org": org, "nav": nav}
    return common | here | {"terminal_bound": parameter(org.pk, "view.terminal_bound")}
