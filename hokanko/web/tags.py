"""Words that templates may use: dates in 令和, sizes, durations, flags, both languages."""

from __future__ import annotations

import math
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta

from django import template
from django.utils.translation import get_language, gettext

from hokanko.clock import TOKYO
from hokanko.errors import HokankoError, Refusal, Unsound
from hokanko.footage.clocks import source_in_words
from hokanko.formats import era
from hokanko.people.models import Organisation
from hokanko.people.queries import thing_of_org
from hokanko.rules import book as books
from hokanko.rules.actor import Actor, Thing
from hokanko.rules.decide import adopted_book, is_signed, may
from hokanko.rules.force import OWN_EN, OWN_JA, REQUEST, becomes_own
from hokanko.rules.listing import listing
from hokanko.rules.rows import Clause, Evidence
from hokanko.rules.spoken import words

register = template.Library()


@register.filter
def reiwa(value: date | datetime | None) -> str:
    """A day for people: 令和8年11月20日, or ISO for readers of English."""
    if value is None:
        return "—"
    day = value.astimezone(TOKYO).date() if isinstance(value, datetime) else value
    return era.both(day) if get_language() != "en" else day.isoformat()


@register.filter
def year_month(first: date) -> str:
    """A month for people: 令和8年11月, or ISO for readers of English."""
    return (
        f"{first:%Y-%m}" if get_language() == "en" else f"{era.reiwa(first).partition('月')[0]}月"
    )


@register.filter
def moment(value: datetime | None) -> str:
    """A moment for people, to the second, in Tokyo."""
    if value is None:
        return "—"
    at = value.astimezone(TOKYO)
    return f"{reiwa(at)} {at:%H:%M:%S}"


@register.filter
def time_source(captured_by: str) -> str:
    """Where a capture time comes from, in the reader's language."""
    return source_in_words(captured_by)


@register.filter
def size(count: int | None) -> str:
    """Bytes for people."""
    value, units = float(count or 0), ["B", "KB", "MB", "GB", "TB"]
    while value >= 1000 and len(units) > 1:
        value, units = value / 1000, units[1:]
    return f"{value:.0f} {units[0]}" if units[0] == "B" else f"{value:.1f} {units[0]}"


@register.filter
def minutes(span: timedelta) -> int:
    """A span as whole minutes, begun ones counted."""
    return -(-int(span.total_seconds()) // 60)


@register.filter
def span(seconds: float) -> str:
    """A span of seconds, however signed, by its two largest units: 3分12秒; below one 0.4秒."""
    japanese = get_language() != "en"
    if 0 < abs(seconds) < 1:
        return f"{math.ceil(abs(seconds) * 10) / 10:g}{'秒' if japanese else ' s'}"
    told, rest = [], int(abs(seconds))
    for count, ja, en in (
        (86400, "日", " d"),
        (3600, "時間", " h"),
        (60, "分", " min"),
        (1, "秒", " s"),
    ):
        if rest >= count:
            told.append(f"{rest // count}{ja if japanese else en}")
        rest %= count
    return ("" if japanese else " ").join(told[:2])


@register.filter
def duration(ms: int | None) -> str:
    """A duration in milliseconds as h:mm:ss."""
    if ms is None:
        return "—"
    seconds = round(ms / 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


@register.filter
def speak(thing: object) -> str:
    """The words of anything that has `ja` and `en`, in the reader's language."""
    return str(getattr(thing, "en" if get_language() == "en" else "ja", thing))


@register.filter
def listed(things: Iterable[object]) -> str:
    """Things one after another, as the reader's language lists them; a dash for none."""
    return listing(things) or "—"


@register.filter
def what(evidence: Evidence | None) -> str:
    """What a rulebook asks to be shown, in the reader's language."""
    if evidence is None:
        return ""
    return words(evidence.what_ja, evidence.what_en)


@register.filter
def remedy(error: HokankoError) -> str:
    """What to do about an error, in the reader's language."""
    return words(error.mend_ja, error.mend_en)


@register.filter
def post_name(post: str) -> str:
    """A post as the reader calls it; its Japanese name is its id."""
    if get_language() != "en":
        return post
    known = (row for code in books.codes() for row in books.load(code).posts)
    return next((row.en for row in known if row.id == post), post)


@register.filter
def document(refusal: Refusal) -> str:
    """What kind of document refuses, as it calls itself: 要領, 規定, 指針, ガイドライン."""
    for code in books.codes():
        with suppress(Unsound):  # another rulebook that cannot be read
            book = books.load(code)
            if any(row.id == refusal.clause for row in book.clauses):
                if refusal.org and becomes_own(book, enacted=is_signed(refusal.org)):
                    return OWN_EN if get_language() == "en" else OWN_JA
                return words(book.document_ja, book.document_en)
    return gettext("規程")


@register.filter
def about_clauses(refusal: Refusal) -> list[Clause]:
    """The clauses that a refusal cites, for their wording; none when the book cannot be read."""
    try:
        book = adopted_book(refusal.org)
        return [book.clause(clause) for clause in refusal.clauses]
    except HokankoError:
        return []


@register.filter
def about_book(refusal: Refusal) -> books.Book | None:
    """The document that a refusal cites, for its source; None when it cannot be read."""
    try:
        return adopted_book(refusal.org)
    except HokankoError:
        return None


@register.filter
def is_request(refusal: Refusal) -> bool:
    """Whether what refuses only asks, and was taken on all the same (home-1.1)."""
    book = about_book(refusal)
    return book is not None and book.force == REQUEST


@register.filter
def also_told(error: HokankoError) -> list[str]:
    """What else stands against it, in the reader's language."""
    if not isinstance(error, Refusal):
        return []
    return [en if get_language() == "en" else ja for ja, en in error.also]


@register.filter
def is_of_ones_post(error: HokankoError, actor: Actor | str) -> bool:
    """Whether the reader holds a post that could allow it: then something else is amiss."""
    if not isinstance(error, Refusal) or not isinstance(actor, Actor):
        return False
    return any((error.org, post) in actor.holdings for post in error.who_may)


@register.simple_tag(takes_context=True)
def may_watch(context: dict[str, object], org: Organisation) -> bool:
    """Whether the reader's posts may watch cameras there; from some PC of theirs."""
    actor, some = context.get("actor"), Thing("Camera", "", org.pk, org.parent_id or "")
    return isinstance(actor, Actor) and may(actor, "live.watch", some, seat_enrolled=True)


@register.simple_tag(takes_context=True)
def may_list(context: dict[str, object], org: Organisation) -> bool:
    """Whether the reader may see which footage there is."""
    actor = context.get("actor")
    return isinstance(actor, Actor) and may(actor, "footage.list", thing_of_org(org))


@register.inclusion_tag("web/html/exports.html", takes_context=True)
def exports(context: dict[str, object], org: Organisation | None, which: str) -> dict[str, object]:
    """Links to a register as PDF, Excel and CSV, for whoever may take it away."""
    actor = context.get("actor")
    if org is None or not isinstance(actor, Actor):
        return {}
    if not may(actor, "ledger.read", thing_of_org(org)):
        return {}
    return {"org": org, "which": which, "forms": ("pdf", "xlsx", "csv")}
