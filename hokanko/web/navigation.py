"""The navigation: the rooms of the house that somebody's posts may enter now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hokanko.cameras.models import Checkout
from hokanko.casebook.reports import legs
from hokanko.home import here
from hokanko.people.models import Organisation
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import HOME, Actor, Thing
from hokanko.rules.decide import adopted_book, may
from hokanko.rules.purpose import weigh

DESK = {  # they stand under the cameras
    "shifts.desk",
    "shifts.count",
    "shifts.return",
    "shifts.found",
    "recorder.connect",
    "recorder.now",
    "recorder.watchers",
    "recorder.try_watcher",
    "recorder.veil",
}
# chapters without an entry of their own
UNDER = {"editions": "rules", "coverage": "cameras", "live": "cameras", "imports": "intake"}
TODAY, FOOTAGE, CAMERAS = _("はじめに"), _("映像"), _("カメラと勤務")
PEOPLE, OUTSIDE, RULES = _("人と端末"), _("申出と報告"), _("規程と記録")
HOUSEHOLD = "household"  # one person at home: no PCs to enrol, and no page until it has an address
TAKING = {"known_camera": True, "class_too_high": False, "after_end": False}


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation, in its group; `here` marks the chapter that is open."""

    url: str
    words: Promise
    here: bool
    group: Promise


def places(request: HttpRequest, actor: Actor, org: Organisation) -> list[Place]:
    """What this person is shown of the house, in the order of a day's work."""
    match = request.resolver_match
    open_page = match.url_name or "" if match else ""
    found = []
    for group, name, words in _allowed(actor, org):
        if url := address(name):
            found.append(Place(url, words, _chapter(name) == _chapter(open_page), group))
    return found


def places_without_rules(request: HttpRequest) -> list[Place]:
    """The one room that stays open where the files are others than those adopted: the editions."""
    match = request.resolver_match
    here = bool(match and (match.url_name or "").startswith("editions."))
    return [Place(address("editions.list"), _("規程の版"), here, RULES)]


def address(name: str) -> str:
    """The URL of a page that needs no arguments; "" where this edition has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _allowed(actor: Actor, org: Organisation) -> Iterator[tuple[Promise, str, Promise]]:
    """Group, page and words of each room; the rooms of a group stand together."""
    thing = thing_of_org(org)
    lists = may(actor, "footage.list", thing)
    everyone, alone = True, org.kind == HOUSEHOLD
    read_by_strangers = not alone or bool(here().settings.public_url)
    rooms = (
        (TODAY, "web.home", _("今日の仕事"), everyone),
        (FOOTAGE, "footage.list", _("映像"), lists),
        (FOOTAGE, "viewing.list", _("閲覧"), _may_ask(actor, org)),
        (FOOTAGE, "provision.list", _("提供"), everyone),
        (FOOTAGE, "intake.arrivals", _("取込み"), may(actor, "intake.take_in", thing, **TAKING)),
        (FOOTAGE, "retention.calendar", _("保存期限"), lists),
        (CAMERAS, "cameras.rack", _("カメラ"), may(actor, "camera.list", thing)),
        (CAMERAS, "shifts.list", _("勤務"), _has_shift(actor, thing)),
        (PEOPLE, "people.roster", _("人と役職"), may(actor, "person.list", thing)),
        (PEOPLE, "people.terminals", _("端末"), not alone and may(actor, "terminal.list", thing)),
        (OUTSIDE, "cases.list", _("苦情・問い合わせ"), may(actor, "case.list", thing)),
        (
            OUTSIDE,
            "cases.incidents",
            _("即報"),
            bool(legs(org.pk)) and may(actor, "case.list", thing),
        ),
        (OUTSIDE, "cases.doubts", _("疑義"), may(actor, "doubt.list", thing)),
        (
            OUTSIDE,
            "public.notices",
            _("お知らせ"),
            read_by_strangers and may(actor, "notice.draft", thing),
        ),
        (OUTSIDE, "headquarters.numbers", _("本部"), may(actor, "statistics.read", thing)),
        (RULES, "rules.book", _("規程"), everyone),
        (RULES, "audit.board", _("遵守状況"), may(actor, "board.read", thing)),
        (RULES, "web.papers", _("帳票"), may(actor, "ledger.read", thing)),
        (RULES, "web.ledger", _("台帳"), may(actor, "ledger.read", thing)),
        (RULES, "editions.setup", _("所属の設定"), org.pk == HOME and may(actor, "org.add", thing)),
    )
    return ((group, name, words) for group, name, words, allowed in rooms if allowed)


def _may_ask(actor: Actor, org: Organisation) -> bool:
    """Whether the law would hear a proper request to view, of no piece in particular."""
    some = Thing("Footage", "", org.pk, org.parent_id or "")
    purposes = [purpose.id for purpose in adopted_book(org.pk).purposes[:1]]
    return may(actor, "viewing.ask", some, **weigh(org.pk, purposes, "—"))


def _has_shift(actor: Actor, thing: Thing) -> bool:
    """Whether somebody looks after the shifts of the unit, or has worn one of its cameras."""
    if may(actor, "shift.read", thing, own=False):
        return True
    if not may(actor, "shift.read", thing, own=True):
        return False
    return Checkout.objects.filter(wearer__pk=UUID(actor.id), camera__org=thing.org).exists()


def _chapter(name: str) -> str:
    """Pages of a chapter light up its one entry; of `web`, terminals, set-up: each its own."""
    own = name.startswith(("web.", "people.terminal", "editions.setup", "cases.incidents"))
    if "doubt" in name:
        return "cases.doubts"
    if name.removesuffix("_at") in DESK:
        return "cameras"
    chapter = name.partition(".")[0]
    return name.removesuffix("_at") if own else UNDER.get(chapter, chapter)
