"""Who may take the next step of a request, for the page of somebody who may not."""

from __future__ import annotations

from collections.abc import Sequence

from hokanko.provision import queries
from hokanko.provision.models import Provision
from hokanko.rules.actor import Actor
from hokanko.rules.decide import why_not


def waits_for(provision: Provision, by: Actor) -> Sequence[str]:
    """The posts that may take the next step; none where this person may, or nothing is to come."""
    own = str(provision.requester_id) == by.id
    steps: dict[str, tuple[str, dict[str, object]]] = {
        "asked": ("provision.decide", queries.deciding(provision.org_id)),
        "approved": ("provision.enter", {"own": own, **queries.ENTERING}),
        "entered": ("provision.hand_over", queries.HANDING),
    }
    if provision.state not in steps:
        return ()
    verb, told = steps[provision.state]
    refused = why_not(by, verb, queries.thing(provision), **told)
    return refused.who_may if refused else ()
