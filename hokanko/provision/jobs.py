"""What provision does later, or by itself: ordered clips; requests whose footage is gone end."""

from __future__ import annotations

import logging

from hokanko.errors import Conflict, HokankoError, Missing, Refusal, Unsound
from hokanko.people.queries import actor
from hokanko.provision.making import make
from hokanko.provision.models import Clip, Provision
from hokanko.provision.queries import is_gone
from hokanko.provision.stages import OPEN
from hokanko.provision.turning import lapse
from hokanko.rules.actor import machine

log = logging.getLogger(__name__)


def make_clip(clip: int) -> None:
    """Make one clip as whoever ordered it. May be repeated; what cannot be made says so.

    A disk that is full or a child that died may do better the next time: that is raised.
    """
    every = Clip.objects.select_related("ordered_by__org", "file__provision", "file__footage__org")
    found = every.filter(pk=clip).first()
    if found is None:
        return  # the files were chosen anew
    try:
        make(found, by=actor(found.ordered_by, via="schedule"))
    except HokankoError as error:
        Clip.objects.filter(pk=clip, sha256="").update(problem=error.ja, problem_en=error.en)
        if not isinstance(error, Missing | Unsound | Refusal | Conflict):
            raise


def lapse_gone() -> None:
    """End the requests whose footage has been erased meanwhile. May be repeated."""
    every = Provision.objects.select_related("org__parent", "wearer").filter(state__in=OPEN)
    for provision in every.order_by("pk"):
        if not is_gone(provision):
            continue
        try:
            lapse(provision, by=machine("provision", provision.org_id))
        except HokankoError as error:  # withdrawn this very moment; or no rulebook in force there
            log.warning("%s: %s", provision.number, error)
