"""How many lines of each kind a period has: every statistic is counted here, none is kept."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

from django.db.backends.base.base import BaseDatabaseWrapper as Wrapper
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    F,
    Field,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, StrIndex, Substr
from django.db.models.sql.compiler import SQLCompiler

from hokanko import clock
from hokanko.clock import add_months
from hokanko.ledger.kinds import KINDS
from hokanko.ledger.models import Entry
from hokanko.ledger.past import remembered

AsSql: TypeAlias = tuple[str, tuple[str | int, ...]]
ABOUT = "about"  # a split by what sort of thing the line tells of: "retention.erased#footage"
POSTS = "posts"  # a split by the posts that whoever did it held: "viewing.opened@post"
MARKS = {ABOUT: "#", POSTS: "@"}  # any other split: "case.opened:complaint"
NO_POST = "-"
SUMMED = "+"  # stands before a fact that is a number
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
    is a list counts once for each of its members, one behind `SUMMED` is a number and is summed:
    of several such lines about one thing, the first that has the number.
    """
    found: Months = {}
    while since <= until:
        following = add_months(since.replace(day=1), 1)
        last = min(until, following - timedelta(days=1))
        for org, counted in _of_days(orgs, since, last, split).items():
            found[org, f"{since:%Y-%m}"] = counted
        since = following
    return found


def _of_days(
    orgs: str | tuple[str, ...], since: date, until: date, split: Mapping[str, str]
) -> dict[str, Counter[str]]:
    """Lines of some days; of days that are all over they are counted once."""
    end = datetime.combine(until + timedelta(days=1), time.min, clock.TOKYO)
    lines = between(orgs, since, until)
    if end > clock.now():
        return _counted(lines, split)
    key = (orgs, since, until, *sorted(split.items()))
    return remembered(key, end, lambda: _counted(lines, split))


def tally(
    orgs: str | tuple[str, ...], since: date, until: date, split: Mapping[str, str]
) -> Counter[str]:
    """The same for the whole period and all the organisations together."""
    return sum(_counted(between(orgs, since, until), split).values(), Counter())


def _counted(lines: QuerySet[Entry], split: Mapping[str, str]) -> dict[str, Counter[str]]:
    """Lines by organisation, then by kind and by the facts of those that are split."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    every = lines.filter(kind__in=KINDS)  # all there are: so that the index alone is read
    for org, kind, count in every.values_list("org", "kind").annotate(Count("id")).order_by():
        found[org][kind] = count
    for (org, kind, fact), count, total in _by_fact(lines, split):
        if split[kind].startswith(SUMMED):
            found[org][f"{kind}:sum"] = total or 0
            continue
        members = _posts(fact) if split[kind] == POSTS else _members(fact)
        mark = MARKS.get(split[kind], ":")
        for each in members:
            found[org][f"{kind}{mark}{each}"] += count
    return found


def _by_fact(
    lines: QuerySet[Entry], split: Mapping[str, str]
) -> Iterator[tuple[tuple[str, str, str | None], int, int | None]]:
    """Lines by organisation, kind and fact, with their number and the sum of what is summed.

    The database reads the bodies: a year of them would take seconds to bring here.
    """
    told = [When(kind=kind, then=_told(name)) for kind, name in split.items() if _is_told(name)]
    summed = [
        When(kind=kind, then=Cast(Fact(name.removeprefix(SUMMED)), BigIntegerField()))
        for kind, name in split.items()
        if not _is_told(name)
    ]
    again = Q(kind__in=[kind for kind, name in split.items() if not _is_told(name)])
    rows = (
        lines.filter(kind__in=split)
        .exclude(again & Exists(_earlier(split)))
        .annotate(
            fact=_case(told, TextField()),
            number=_case(summed, BigIntegerField()),
        )
    )
    counted = rows.values_list("org", "kind", "fact").annotate(Count("id"), Sum("number"))
    for org, kind, fact, count, total in counted.order_by():
        yield (org, kind, fact), count, total


def _earlier(split: Mapping[str, str]) -> QuerySet[Entry]:
    """Lines before one, of its kind, about the same and with the number: a file examined twice."""
    told = [
        When(kind=kind, then=Fact(name.removeprefix(SUMMED)))
        for kind, name in split.items()
        if not _is_told(name)
    ]
    same = Entry.objects.filter(about=OuterRef("about"), kind=OuterRef("kind"))
    before = same.filter(id__lt=OuterRef("id"))
    return before.annotate(number=_case(told, TextField())).exclude(number=None)


def _case(whens: list[When], kind: Field[Any, Any]) -> Case:
    """A case that has its type also where none of its whens is left: PostgreSQL asks for one."""
    return Case(*whens, default=Cast(Value(None), kind), output_field=kind)


class Fact(Func):
    """A fact of a line as text, read from its body by the database; a list as JSON."""

    output_field = TextField()

    def __init__(self, name: str, *, within: str = "facts") -> None:
        super().__init__(F("body"))
        self.within, self.name = within, name

    def as_sqlite(self, compiler: SQLCompiler, connection: Wrapper, **more: Any) -> AsSql:
        path = f"$.{self.within}.{self.name}"
        template = "json_extract(CAST(%(expressions)s AS TEXT), %%s)"
        sql, params = super().as_sql(compiler, connection, template=template, **more)
        return sql, (*params, path)

    def as_postgresql(self, compiler: SQLCompiler, connection: Wrapper, **more: Any) -> AsSql:
        template = "convert_from(%(expressions)s, 'UTF8')::jsonb #>> ARRAY[%%s, %%s]"
        sql, params = super().as_sql(compiler, connection, template=template, **more)
        return sql, (*params, self.within, self.name)


def _told(name: str) -> Func:
    if name == ABOUT:
        return Substr("about", 1, StrIndex("about", Value(":")) - 1)
    return Fact(name, within="by") if name == POSTS else Fact(name)


def _is_told(name: str) -> bool:
    return not name.startswith(SUMMED)


def _members(fact: str | None) -> list[str | None]:
    """What one line is counted by: each member of a list; a fact it lacks as None."""
    return json.loads(fact) if fact and fact.startswith("[") else [fact]


def _posts(fact: str | None) -> list[str]:
    """The posts that one line was written with, each once; `NO_POST` where none was held."""
    held = (str(each).partition("@")[0] for each in _members(fact) if each)
    return list(dict.fromkeys(held)) or [NO_POST]
