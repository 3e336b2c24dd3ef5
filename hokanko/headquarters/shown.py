"""Statistics as a page shows them: each figure a chart, with the same rows as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from hokanko.formats.statistics import Statistics, Unit
from hokanko.headquarters.charts import Bar, bars
from hokanko.headquarters.words import amount, label
from hokanko.ledger.numbers import NUMBERS, SEPARATOR
from hokanko.people.models import Organisation

USE = ("filmed_ms", "recordings")


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart under its heading, and its rows for whom a drawing tells nothing."""

    heading: str
    caption: Promise
    chart: SafeString
    rows: list[Bar]


def figures(org: Organisation, told: Statistics) -> list[Figure]:
    """Use by unit and by month, how recordings were handled, and the purposes and grounds."""
    shown = []
    for name in USE:
        title = label(org.pk, name)
        shown.append(_figure(title, _("所属"), name, ((u.name, u) for u in told.units)))
        shown.append(_figure(title, _("月"), name, ((u.month, u) for u in told.units)))
    handling = [name for name in NUMBERS if name not in USE]
    parts = [name for name in told.numbers if SEPARATOR in name]
    shown.append(_listed(org, _("取扱いの状況"), handling, told))
    shown.append(_listed(org, _("目的・事由・役職ごと"), parts, told))
    return shown


def _figure(title: str, caption: Promise, name: str, units: Iterable[tuple[str, Unit]]) -> Figure:
    found: Counter[str] = Counter()
    for key, unit in units:
        found[key] += unit.numbers.get(name, 0)
    rows = [Bar(key, n, amount(name, n)) for key, n in sorted(found.items())]
    return Figure(title, caption, bars(title, rows), rows)


def _listed(org: Organisation, title: Promise, names: Iterable[str], told: Statistics) -> Figure:
    total = told.numbers
    rows = [
        Bar(label(org.pk, name), total.get(name, 0), amount(name, total.get(name, 0)))
        for name in names
    ]
    return Figure(str(title), _("項目"), bars(str(title), rows), rows)
