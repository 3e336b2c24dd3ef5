"""Questions about the sheets (図面) of a placement map: which there are, and what is on them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, Manager, Max, OuterRef, QuerySet

from hokanko.cameras.models import Camera, Sheet, Sign, Site
from hokanko.errors import Missing
from hokanko.media import redraw
from hokanko.media.redraw import Picture
from hokanko.papers.press import FONTS

_LETTERS = FONTS / "BIZUDPGothic-Regular.ttf"  # for plans that do not bring their Japanese font
WIDEST = 2000  # pixels: a dozen to a millimetre on A4
STANDING = {"retired_at": None}
HANGING = {"removed_on": None}


def base_map(content: bytes, page: int = 1) -> Picture:
    """An uploaded PNG or JPEG, or that page of a PDF, as a base map. Raises Unsound, JailBroken."""
    if redraw.is_pdf(content):
        return redraw.page(content, page, WIDEST, font=_LETTERS.read_bytes())
    return redraw.png(content, WIDEST)


def sheets(site: Site) -> QuerySet[Sheet]:
    """The sheets of a site in their order; their pictures are left unread."""
    return site.sheets.filter(dropped_at=None).defer("map_png").order_by("number", "pk")


def sheet(pk: UUID) -> Sheet:
    """A sheet of a site in use. Raises Missing."""
    known = Sheet.objects.select_related("site__org__parent")
    found = known.filter(pk=pk, dropped_at=None, site__closed_at=None).first()
    if found is None:
        raise Missing("この図面は登録されていません。", "There is no such sheet.")
    return found


def first_sheet(site: Site) -> Sheet:
    """The first sheet of a site; made where there is none yet."""
    return sheets(site).first() or Sheet.objects.create(
        site=site, number=newest_number(site.sheets) + 1
    )


def shown_sheet(site: Site, key: str, own: UUID | None = None) -> Sheet | None:
    """The sheet an address names; else a mark's own, else the first; None where there is none.

    Raises Missing for an address that names none of the site's.
    """
    known = list(sheets(site))
    named = [each for each in known if str(each.pk) == key]
    if key and not named:
        raise Missing("この図面は登録されていません。", "There is no such sheet.")
    owned = [each for each in known if each.pk == own]
    return next(iter(named or owned or known), None)


def sheet_named(site: Site, name: str) -> Sheet | None:
    """The sheet of that name, or number; the first without either; None where there is none."""
    if not name:
        return first_sheet(site)
    return next((each for each in sheets(site) if name in (each.name, each.called)), None)


def sheet_called(site: Site, name: str) -> Sheet:
    """The same. Raises Missing where there is none."""
    found = sheet_named(site, name)
    if found is None:
        raise Missing("この図面は登録されていません。", "There is no such sheet.")
    return found


def sheet_for(site: Site | None, wanted: Sheet | None) -> Sheet | None:
    """Where a mark of a site is drawn: on the sheet wanted, if it is the site's; else the first.

    Asked within a verb: until that ends, no sheet of the site is given up.
    """
    if site is None:
        return None
    hold_sheets(site)
    its = sheets(site).filter(pk=wanted.pk).first() if wanted else None
    return its or first_sheet(site)


def hold_sheets(site: Site) -> None:
    """Let nobody else add sheets to a site, or marks, or take them away, while this verb runs."""
    Site.objects.select_for_update().get(pk=site.pk)


def told_reach(reach: float | None, here: Sheet | None) -> str:
    """How far a camera sees: in metres where its sheet has a scale, else by the sheet's width."""
    if reach is None:
        return ""
    across = here.metres_across if here else None
    return f"{reach * 100:.0f}%" if across is None else f"{reach * across:.1f} m"


def is_bare(here: Sheet) -> bool:
    """Whether nothing stands or hangs on it."""
    return not (here.cameras.filter(**STANDING).exists() or here.signs.filter(**HANGING).exists())


def undrawn(org: str) -> list[Sheet]:
    """Sheets with a standing camera or a sign, and no picture below."""
    standing = Camera.objects.filter(sheet=OuterRef("pk"), **STANDING)
    hanging = Sign.objects.filter(sheet=OuterRef("pk"), **HANGING)
    mine = Sheet.objects.filter(site__org=org, site__closed_at=None, map_png=None)
    marked = mine.filter(Exists(standing) | Exists(hanging))
    return list(marked.select_related("site").order_by("site__name", "number", "pk"))


def newest_number(rows: Manager[Sheet] | Manager[Sign]) -> int:
    """The highest number that a sheet, or a sign, of a site was given; 0 for none."""
    return int(rows.aggregate(newest=Max("number"))["newest"] or 0)
