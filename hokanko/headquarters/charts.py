"""Charts as SVG, drawn on the server: every bar bears its number, and a table tells the same."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

ROW, LABEL, BAR, END = 28, 150, 300, 70  # the drawing's own units
WIDTH = LABEL + BAR + END


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: whose it is, how much, and how the amount is written."""

    label: str
    amount: float
    shown: str


def bars(title: str, rows: list[Bar]) -> SafeString:
    """Bars across, one under the other, all of one colour: length and number tell, colour nothing.

    The drawing is hidden from readers of the screen: the table below it says the same.
    """
    most = max((row.amount for row in rows), default=0) or 1
    drawn = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="end" class="chart-label">{}</text>'
        '<rect x="{}" y="{}" width="{}" height="{}" class="chart-bar"></rect>'
        '<text x="{}" y="{}" class="chart-number">{}</text>',
        (_bar(place, row, most) for place, row in enumerate(rows)),
    )
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">'
        "<title>{}</title>{}</svg>",
        WIDTH,
        ROW * max(len(rows), 1),
        title,
        drawn,
    )


def _bar(place: int, row: Bar, most: float) -> tuple[object, ...]:
    top, length = place * ROW, round(BAR * row.amount / most, 1)
    baseline = top + ROW - 9
    room = 22 if row.label.isascii() else 11  # a kanji is as wide as two letters
    label = row.label if len(row.label) <= room else f"{row.label[: room - 1]}…"
    return (
        LABEL - 8,
        baseline,
        label,
        LABEL,
        top + 5,
        length,
        ROW - 10,
        LABEL + length + 6,
        baseline,
        row.shown,
    )
