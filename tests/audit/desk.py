"""A desk for tests of evidence: any post of an organisation, entries with everything in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from hokanko import clock
from hokanko.audit.actions import enter
from hokanko.audit.attaching import Attachment
from hokanko.audit.board import Row, rows
from hokanko.audit.models import Evidence
from hokanko.audit.registers import BY_CODE
from hokanko.people.models import Organisation
from hokanko.rules.actor import Actor
from hokanko.rules.decide import adopted_book
from tests.clauses.founded import Founded, found
from tests.media.test_redraw import picture

PHOTO = picture("PNG", (8, 8))
BLANKS: dict[str, Mapping[str, str]] = {
    "ward": {
        "org.name": "青葉区",
        "retention.days": "30",
        "storage.places": "防災課の保管庫",
        "inspection.months": "6",
        "camera.count": "2",
        "posts.manager_name": "森 課長",
    },
    "pref": {"org.name": "緑町会", "inspection.months": "6", "storage.places": "町会事務所"},
    "home": {"org.name": "熊谷"},
    "shop": {
        "org.name": "みどり書店",
        "retention.days": "30",
        "inspection.months": "6",
        "disposal.methods": "破砕",
    },
    "police": {"org.name": "中央警察署"},
}
ENTERS = {
    "ward": "管理責任者",
    "pref": "管理責任者",
    "home": "設置者",
    "shop": "管理責任者",
    "police": "運用管理者",
}


def settled(code: str) -> Founded:
    """The organisation HERE under a rulebook, with its technical administrator only."""
    return found("HERE", "ここ", code, BLANKS[code])


def holder(here: Founded, post: str) -> Actor:
    """Somebody registered, as if in that post."""
    person = here.people["kanri"]
    held = frozenset({(here.org.pk, post)})
    return Actor(str(person.pk), person.name, here.org.pk, held, sworn=True, trained=True)


def row(org: Organisation, clause: str) -> Row:
    """One clause of the board as it stands now."""
    return next(each for each in rows(org) if each.clause.id == clause)


def enter_for(here: Founded, clause: str, *, on: date | None = None) -> list[Evidence]:
    """Evidence for every thing and part that the clause asks for, in its own register."""
    asked = adopted_book(here.org.pk).clause(clause).evidence
    assert asked is not None
    owing = row(here.org, clause).finding.owed
    abouts = list(dict.fromkeys(each.about for each in owing)) or [""]
    return [give(here, asked.form, [clause], about=about, on=on) for about in abouts]


def give(
    here: Founded,
    register: str,
    clauses: list[str],
    *,
    about: str = "",
    on: date | None = None,
    expires_on: date | None = None,
    post: str = "",
    photo: bool = True,
    **fields: str,
) -> Evidence:
    """One entry, its required columns filled; `fields` say what differs."""
    book = adopted_book(here.org.pk)
    full = {c.name: "normal" if c.type == "choice" else "記した" for c in BY_CODE[register].written}
    return enter(
        here.org,
        register=register,
        clauses=clauses,
        on=on or clock.today(),
        about=about,
        expires_on=expires_on,
        fields=full | fields,
        attachment=Attachment("lock.png", PHOTO, pictured=True) if photo else None,
        by=holder(here, post or ENTERS[book.code]),
    )


def days_pass(days: int) -> None:
    """The clock goes on by whole days."""
    clock.fix(clock.now() + timedelta(days=days))
