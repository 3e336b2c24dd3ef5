"""A provision as its rulebook's record wants it told: a text for each entry of the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from hokanko.cameras.models import Camera
from hokanko.formats.era import day_and_time, reiwa, to_the_second
from hokanko.people.models import Person
from hokanko.provision.extent import is_outside
from hokanko.provision.form import SHOW
from hokanko.provision.models import Provision, ProvisionFile
from hokanko.provision.taker import BODY_KINDS
from hokanko.rules.book import Book, FormField
from hokanko.rules.decide import adopted_book, parameter

DATES = {"date", "handed_at"}
SHOWN, PROVIDED, BOTH = "閲覧", "提供", "閲覧・提供"
WORDS = {
    "番号": _("番号"),
    "区分": _("区分"),
    "提供日時": _("提供日時"),
    SHOWN: _("閲覧"),
    PROVIDED: _("提供"),
    BOTH: _("閲覧・提供"),
}


def entries(provision: Provision) -> dict[str, str]:
    """The record's entries (`provision.record_fields`) in order, each with what is told of it.

    An entry under which the rulebook's form has several fields names each of them.
    """
    book = adopted_book(provision.org_id)
    return {name: _entry(provision, book, name) for name in names(provision.org_id)}


def told_in_words(provision: Provision) -> list[tuple[str, str]]:
    """The record's entries for a page, each under its name in the reader's language."""
    book = adopted_book(provision.org_id)
    english = get_language() == "en"
    return [
        (label(provision.org_id, name), _entry(provision, book, name, english=english))
        for name in names(provision.org_id)
    ]


def label(org: str, name: str) -> str:
    """An entry of the record, or a column of its register, in the reader's language."""
    known = adopted_book(org).parameter("provision.record_fields").choices
    if name in known and get_language() == "en":
        return known[name][1].capitalize()
    return str(WORDS.get(name, name))


def names(org: str) -> list[str]:
    """The entries of the provision record at an organisation."""
    return list(parameter(org, "provision.record_fields"))


def row(provision: Provision) -> dict[str, str]:
    """One line of the register: number, shown and provided, and the record's entries.

    Where the record has no entry for the day, as with the police, the day stands beside it.
    """
    told = {"番号": provision.number, "区分": kind_of(provision)}
    if not _dated(provision.org_id):
        told["提供日時"] = _moment(provision.handed_at)
    return told | entries(provision)


def row_in_words(provision: Provision) -> list[tuple[str, str]]:
    """A line of the register without its number, for a page in the reader's language."""
    org = provision.org_id
    told = [(label(org, "区分"), str(WORDS[kind_of(provision)]))]
    if not _dated(org):
        told.append((label(org, "提供日時"), _moment(provision.handed_at)))
    return told + told_in_words(provision)


def headings(org: str) -> list[str]:
    """What stands over the register's columns: the keys of every `row`."""
    return ["番号", "区分", *([] if _dated(org) else ["提供日時"]), *names(org)]


def was_shown(provision: Provision) -> bool:
    """Whether it was only shown at the desk, and nothing given away."""
    return list(provision.details.get("delivered", [])) == [SHOW]


def kind_of(provision: Provision) -> str:
    """Whether it was shown, provided, or both."""
    if was_shown(provision):
        return SHOWN
    return BOTH if SHOW in provision.details.get("delivered", []) else PROVIDED


def told_of(provision: Provision, book: Book, field: FormField, *, english: bool = False) -> str:
    """What one field of the form says; empty where nothing is known of it yet."""
    say = TELLERS.get(field.id)
    if say is not None:
        return say(provision)
    if field.type == "ground":
        return _ground(provision, book, english=english)
    if field.type == "purposes":
        return _purposes(provision, book, english=english)
    if field.type == "boxes":
        keys = provision.details.get("delivered") or provision.wants
        ticked = [field.options[key][english] for key in keys if key in field.options]
        return (", " if english else "、").join(ticked)
    return ""


def _dated(org: str) -> bool:
    entry = names(org)
    fields = adopted_book(org).form_fields
    return any(field.id in DATES and field.column in entry for field in fields)


def _entry(provision: Provision, book: Book, entry: str, *, english: bool = False) -> str:
    fields = [field for field in book.form_fields if field.column == entry]
    told = [
        (field.en.capitalize() if english else field.ja, text)
        for field in fields
        if (text := told_of(provision, book, field, english=english))
    ]
    if len(fields) == 1:
        return "".join(text for _label, text in told)
    return "\n".join(f"{label}{': ' if english else '：'}{text}" for label, text in told)


def _ground(provision: Provision, book: Book, *, english: bool) -> str:
    row = next((each for each in book.grounds if each.id == provision.ground), None)
    if row is None:
        return ""
    return "\n".join(
        text
        for text in (f"{row.id}　{row.en if english else row.ja}", provision.ground_note)
        if text
    )


def _purposes(provision: Provision, book: Book, *, english: bool) -> str:
    chosen = [each for each in book.purposes if each.id in provision.purposes]
    note, said = provision.purpose_note, [each.en if english else each.ja for each in chosen]
    if english:
        return ", ".join(said) + (f" ({note})" if note else "")
    return "、".join(said) + (f"（{note}）" if note else "")


def _recipient(provision: Provision) -> str:
    with override("ja"):  # papers and registers are Japanese, whoever prints them
        kind = str(BODY_KINDS.get(provision.details.get("body_kind", ""), ""))
    who = provision.recipient + (f"（{kind}）" if kind else "")
    taker = provision.details.get("taker", "")
    return who if not taker or taker == provision.recipient else f"{who}　{taker}"


def _pieces(provision: Provision) -> str:
    """The numbers of its footage; of a fixed camera also where that hangs."""
    chosen = provision.files.select_related("footage__camera").order_by("footage__number")
    return "、".join(
        row.footage.number + _stands(row.footage.camera) + _beside(provision, row) for row in chosen
    )


def _stands(camera: Camera) -> str:
    return f"（カメラ{camera.number}　{camera.place}）" if camera.place else ""


def _beside(provision: Provision, row: ProvisionFile) -> str:
    """When it was filmed, of what left that lies outside the time asked for."""
    film = row.footage
    if not provision.handed_at or not film.captured:
        return ""
    if not is_outside(provision, film, row.stills_ms):
        return ""
    moments = [film.captured + timedelta(milliseconds=at) for at in row.stills_ms]
    told = "、".join(to_the_second(at) for at in moments or [film.captured])
    return f"（{told}{'' if moments else 'から'}の撮影）"


def _moment(at: datetime | None) -> str:
    return day_and_time(at) if at else ""


def _name(person: Person | None) -> str:
    return person.name if person else ""


TELLERS: dict[str, Callable[[Provision], str]] = {
    "date": lambda given: _moment(given.handed_at),
    "handed_at": lambda given: _moment(given.handed_at),
    "recipient": _recipient,
    "identity": lambda given: given.identity,
    "undertaking": lambda given: reiwa(given.undertaking_on) if given.undertaking_on else "",
    "outline": lambda given: given.outline,
    "from": lambda given: to_the_second(given.happened_from),
    "until": lambda given: to_the_second(given.happened_until),
    "necessity": lambda given: given.necessity,
    "file_numbers": _pieces,
    "handler": lambda given: _name(given.handed_by),
    "receiver": lambda given: _name(given.decided_by),
    "wearer": lambda given: _name(given.wearer),
    "requester_unit": lambda given: given.requester.org.name,
    "requester_section": lambda given: given.requester.section,
    "requester_name": lambda given: given.requester.name,
    "requester_phone": lambda given: given.telephone,
    "note": lambda given: given.remarks,
}
