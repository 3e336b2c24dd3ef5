"""Verbs of sheets (図面): add one, lay its map, name and scale it, give it up."""

from __future__ import annotations

from hokanko import clock
from hokanko.cameras.models import Sheet, Site
from hokanko.cameras.sheets import hold_sheets, is_bare, newest_number, sheets
from hokanko.errors import Conflict
from hokanko.media.redraw import Picture
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb

MOST = 20  # of one site


@verb("site.map")
def add_sheet(site: Site, name: str, *, by: Actor) -> Sheet:
    """Another sheet for a site, of a name that no other of its sheets has."""
    permit = require(by, "site.map", thing_of_org(site.org))
    hold_sheets(site)  # numbers one by one
    if site.sheets.filter(dropped_at=None).count() >= MOST:
        raise Conflict(
            f"図面は、設置場所一つに{MOST}枚までです。", f"A site has {MOST} sheets at most."
        )
    _insist_new(site, name)
    made = Sheet.objects.create(site=site, number=newest_number(site.sheets) + 1, name=name)
    permit.write("site.sheet_added", about=_about(site), facts=_facts(made))
    return made


@verb("site.map")
def lay_map(here: Sheet, picture: Picture, *, by: Actor) -> None:
    """Put a base map under a sheet, in the place of an earlier one."""
    permit = require(by, "site.map", thing_of_org(here.site.org))
    here.map_png = picture.body
    here.save(update_fields=["map_png"])
    facts = {"name": here.site.name, "sheet": here.name, "sha256": picture.sha256}
    permit.write("site.mapped", about=_about(here.site), facts=facts)


@verb("site.map")
def describe_sheet(here: Sheet, *, name: str, metres_across: float | None, by: Actor) -> None:
    """Name a sheet, and say how wide it is; what is drawn on it stays as it is drawn."""
    permit = require(by, "site.map", thing_of_org(here.site.org))
    hold_sheets(here.site)
    _insist_new(here.site, name, but=here)
    here.name, here.metres_across = name, metres_across
    here.save(update_fields=["name", "metres_across"])
    across = "" if metres_across is None else f"{metres_across:g}"
    facts = _facts(here) | {"metres_across": across}
    permit.write("site.sheet_described", about=_about(here.site), facts=facts)


@verb("site.map")
def drop_sheet(here: Sheet, *, by: Actor) -> None:
    """Give up a sheet on which nothing is drawn any more; one always stays."""
    permit = require(by, "site.map", thing_of_org(here.site.org))
    hold_sheets(here.site)
    if here.site.sheets.filter(dropped_at=None).count() == 1:
        raise Conflict("図面は一枚は残します。", "One sheet has to stay.")
    if not is_bare(here):
        raise Conflict(
            "この図面には、カメラか表示板があります。",
            "Cameras or signs stand on this sheet.",
            mend_ja="先に、ほかの図面へ移してください。",
            mend_en="Move them to another sheet first.",
        )
    here.dropped_at = clock.now()
    here.save(update_fields=["dropped_at"])
    permit.write("site.sheet_dropped", about=_about(here.site), facts=_facts(here))


def _insist_new(site: Site, name: str, but: Sheet | None = None) -> None:
    others = (each for each in sheets(site) if but is None or each.pk != but.pk)
    if name and any(name in (each.name, each.called) for each in others):
        raise Conflict(
            f"図面「{name}」はもうあります。", f"This site has a sheet called {name} already."
        )


def _facts(here: Sheet) -> dict[str, str]:
    return {"name": here.site.name, "sheet": here.called}


def _about(site: Site) -> str:
    return f"site:{site.pk}"
