"""Questions of the public pages: which notice is in force, and a year's numbers."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from hokanko import clock
from hokanko.cameras.models import Site
from hokanko.errors import Missing
from hokanko.ledger.models import Entry
from hokanko.ledger.numbers import count
from hokanko.people.models import Organisation
from hokanko.public.models import Notice, NoticeDraft

KEPT = 256  # years of organisations whose numbers are kept ready


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a year's ledger lines add up to; nobody is named and no file is."""

    recordings: int
    viewings: int
    provisions: int
    declined: int
    erasures: int
    complaints: int
    enquiries: int
    subject_requests: int
    objections: int
    incidents: int
    refused: int

    def as_json(self) -> dict[str, int]:
        """The numbers by name."""
        return asdict(self)


def site(pk: UUID) -> Site:
    """A site in use. Raises Missing."""
    found = Site.objects.filter(pk=pk, closed_at=None).select_related("org__parent").first()
    if found is None:
        raise Missing("この設置場所はありません。", "There is no such site.")
    return found


def sites(org: str) -> list[tuple[Site, Notice | None]]:
    """The sites of an organisation in use, with the notice in force."""
    rows = Site.objects.filter(org=org, closed_at=None).select_related("org").order_by("name", "pk")
    return [(each, notice(each)) for each in rows]


def whole(org: Organisation) -> Site | None:
    """The place that stands for the whole organisation, once it has been published for it."""
    return Site.objects.filter(org=org, name=org.name, closed_at=None).first()


def notice(site: Site) -> Notice | None:
    """The notice in force: the newest, unless it was withdrawn."""
    newest = Notice.objects.filter(site=site).order_by("-published_at", "-id").first()
    return newest if newest and newest.withdrawn_at is None else None


def published(code: str) -> tuple[Site, Notice] | None:
    """What stands behind the code of a sign; None for an unknown code, or where nothing does."""
    rows = Site.objects.filter(notice_code=code, closed_at=None).select_related("org__parent")
    found = rows.first()
    said = notice(found) if found else None
    return (found, said) if found and said else None


def draft(org: Organisation, site: Site | None) -> NoticeDraft | None:
    """What was prepared and not yet published: the newest draft."""
    rows = NoticeDraft.objects.filter(org=org, site=site, settled_at=None)
    return rows.select_related("drafted_by").order_by("-drafted_at", "-id").first()


def numbers(orgs: tuple[str, ...], year: int) -> Numbers:
    """The numbers of a calendar year (in Tokyo) of these organisations, from the ledger alone.

    A year that is over does not change any more: it is counted once, and known by its last line.
    """
    before = Entry.objects.filter(org__in=orgs, at__lt=_new_year(year + 1)).order_by("-id")
    last = before.values_list("leaf", flat=True).first()
    return _counted(orgs, year, bytes(last).hex() if last else "")


def years(orgs: tuple[str, ...]) -> list[int]:
    """The years that have numbers, the newest first."""
    first = Entry.objects.filter(org__in=orgs).order_by("id").values_list("at", flat=True).first()
    this = clock.today().year
    return list(range(this, (clock.day_of(first).year if first else this) - 1, -1))


@lru_cache(maxsize=KEPT)
def _counted(orgs: tuple[str, ...], year: int, last: str) -> Numbers:
    del last  # part of the key alone: with another last line, the count may be another
    found = count(orgs, date(year, 1, 1), date(year, 12, 31))
    return Numbers(**{each.name: found[each.name] for each in fields(Numbers)})


def _new_year(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=clock.TOKYO)
