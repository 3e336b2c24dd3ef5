"""How many lines of each kind a period has: every statistic is counted here, none is kept."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, QuerySet

from hokanko import clock
from hokanko.clock import add_months
from hokanko.ledger.models import Entry

ABOUT = "about"  # a split by what sort of thing the line tells of
Months = dict[tuple[str, str], Counter[str]]  # organisation and "2025-08" → how many of each key


def between(orgs: str | tuple[str, ...], since: date, until: date) -> QuerySet[Entry]:
    """The lines of organisations from one day to another (in Tokyo), both counted."""
    begin = datetime.combine(since, time.min, clock.TOKYO)
    end = datetime.combine(until + timedelta(days=1), time.min, clock.TOKYO)
    of = (orgs,) if isinstance(orgs, str) else orgs
    return Entry.objects.filter(org__in=of, at__gte=begin, at__lt=end)


def by_month(
    orgs: str | tuple[str, ...], since: date, until: date, split: Mapping[str, str]
) -> Months:
    """Lines by organisation, month and kind, both days counted; months without lines are left out.

    A kind that `split` names is counted also by that fact, as "case.opened:complaint"; a fact that
    is a list counts once for each of its members, one that is a number is summed.
    """
    found: Months = {}
    while since <= until:
        following = add_months(since.replace(day=1), 1)
        last = min(until, following - timedelta(days=1))
        for org, counted in _counted(between(orgs, since, last), split).items():
            found[org, f"{since:%Y-%m}"] = counted
        since = following
    return found


def tally(
    orgs: str | tuple[str, ...], since: date, until: date, split: Mapping[str, str]
) -> Counter[str]:
    """The same for the whole period and all the organisations together."""
    return sum(_counted(between(orgs, since, until), split).values(), Counter())


def _counted(lines: QuerySet[Entry], split: Mapping[str, str]) -> dict[str, Counter[str]]:
    """Lines by organisation, then by kind and by the facts of those that are split."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for org, kind, count in lines.values_list("org", "kind").annotate(Count("id")).order_by():
        found[org][kind] = count
    facts = lines.filter(kind__in=split).values_list("org", "kind", "about", "body")
    for org, kind, about, body in facts.order_by("id").iterator():
        fact = about.partition(":")[0] if split[kind] == ABOUT else _fact(body, split[kind])
        for key, count in _members(kind, fact):
            found[org][key] += count
    return found


def _fact(body: bytes | memoryview, name: str) -> Any:
    return json.loads(bytes(body))["facts"].get(name)


def _members(kind: str, fact: Any) -> Iterator[tuple[str, int]]:
    """What one line adds: a number adds itself, everything else adds one."""
    if isinstance(fact, int) and not isinstance(fact, bool):
        yield f"{kind}:sum", fact
        return
    for each in fact if isinstance(fact, list) else [fact]:
        yield f"{kind}:{each}", 1
