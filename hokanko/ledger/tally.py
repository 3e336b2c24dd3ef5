"""How many lines of each kind a period has: every statistic is counted here, none is kept."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db.models import Count, QuerySet

from hokanko import clock
from hokanko.ledger.models import Entry


def between(org: str, since: date, until: date) -> QuerySet[Entry]:
    """The lines of an organisation from one day to another (in Tokyo), both counted."""
    begin = datetime.combine(since, time.min, clock.TOKYO)
    end = datetime.combine(until + timedelta(days=1), time.min, clock.TOKYO)
    return Entry.objects.filter(org=org, at__gte=begin, at__lt=end)


def tally(org: str, since: date, until: date, split: Mapping[str, str]) -> Counter[str]:
    """Lines by kind; a kind that `split` names also by that fact, as "case.opened:complaint"."""
    lines = between(org, since, until)
    found: Counter[str] = Counter(dict(lines.values_list("kind").annotate(Count("id")).order_by()))
    for kind, body in lines.filter(kind__in=split).values_list("kind", "body"):
        found[f"{kind}:{json.loads(bytes(body))['facts'].get(split[kind])}"] += 1
    return found
