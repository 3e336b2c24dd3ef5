"""What an entry brings to light: somebody let in without permission, a thing that is not there."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from hokanko import clock
from hokanko.audit.queries import media, opened, rows
from hokanko.audit.registers import Register
from hokanko.audit.weigh import names
from hokanko.cameras.models import Camera
from hokanko.casebook.queries import opened_by
from hokanko.errors import Conflict
from hokanko.people.models import Organisation
from hokanko.people.queries import holders
from hokanko.rules.decide import parameter


@dataclass(frozen=True, slots=True)
class Arising:
    """A fact that opens an incident: its kind, about which thing, and in words."""

    fact: str
    which: str
    story: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A thing that a stock-take has to find."""

    about: str
    name: str


def arising(
    org: Organisation, register: str, fields: Mapping[str, str], on: date, number: int
) -> list[Arising]:
    """What follows from an entry, in its own order; usually nothing."""
    if register == "entry":
        return list(_strangers(org, fields, on, number))
    return list(_lost(org, fields, on)) if register == "stock" else []


def over(
    org: Organisation, register: str, fields: Mapping[str, str], on: date
) -> list[tuple[str, str]]:
    """The facts that an entry shows to be over: what a stock-take finds is missing no more."""
    if register != "stock":
        return []
    lost = {each.which for each in _lost(org, fields, on)}
    there = [thing.about for thing in counted(org, on) if thing.about not in lost]
    return [("missing", about) for about in there if opened_by(org.pk, f"missing/{about}")]


def counted(org: Organisation, on: date) -> list[Counted]:
    """What a stock-take of that day must find: the media, and worn cameras not checked out."""
    kept = [
        Counted(f"medium:{entry.row.pk}", entry.fields["name"])
        for entry in reversed(media(org.pk))
        if entry.row.spoken_of <= on
    ]
    worn = Camera.objects.filter(org=org, kind="wearable", retired_at=None, holder=None)
    return kept + [
        Counted(f"camera:{camera.pk}", f"カメラ {camera.number}")
        for camera in worn.order_by("number")
        if clock.day_of(camera.registered_at) <= on
    ]


def permitted(org: Organisation, on: date) -> list[str]:
    """Names of those who may enter: the managers, and whom they have put on the list."""
    managers = [p.name for post in parameter(org.pk, "view.posts") for p in holders(org.pk, post)]
    listed = rows(org.pk, "entrant").filter(withdrawn_at=None, spoken_of__lte=on)
    good = listed.filter(Q(expires_on=None) | Q(expires_on__gte=on))
    guests = [entry.fields["person"] for entry in reversed(opened(good))]
    return list(dict.fromkeys([*managers, *guests]))


def _strangers(
    org: Organisation, fields: Mapping[str, str], on: date, number: int
) -> Iterator[Arising]:
    if not parameter(org.pk, "entry.permission_list"):
        return
    known = {_plain(name) for name in permitted(org, on)}
    for person in names(fields.get("person", "")):
        if _plain(person) not in known:
            story = (
                f"立入記録 第{number}号：{person} は立入許可者名簿にありません。"
                f"目的：{fields.get('purpose', '')}"
            )
            yield Arising("entry", f"{number}:{_plain(person)}", story)


def _lost(org: Organisation, fields: Mapping[str, str], on: date) -> Iterator[Arising]:
    seen = f"、{fields.get('seen', '')}、"
    for thing in counted(org, on):
        if f"、{thing.name}、" not in seen:
            story = f"{on} の棚卸しで {thing.name} が見つかりませんでした。"
            yield Arising("missing", thing.about, story)


def _plain(name: str) -> str:
    """A name as two people would write it the same."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def require_stated(
    org: Organisation, register: Register, fields: Mapping[str, str], on: date
) -> None:
    """A stock-take says what was found, or what was not; a fault that was seen is not "normal".

    Raises Conflict, naming the things.
    """
    amiss = [c for c in register.columns if c.type == "look" and fields.get(c.name) == "fault"]
    if amiss and fields.get("result") == "normal":
        raise Conflict(
            f"「{'」「'.join(c.ja for c in amiss)}」によくないところがあるので、"
            "「異常なし」とは記せません。",
            f"Not normal: you saw something amiss with the {', '.join(c.en for c in amiss)}.",
            mend_ja="「異常あり」を選び、備考に書いてください。",
            mend_en='Choose "fault" and describe it in the remark.',
        )
    if register.code != "stock" or fields.get("seen") or fields.get("unfound"):
        return
    if waiting := "、".join(thing.name for thing in counted(org, on)):
        raise Conflict(
            f"あったものに印を付けるか、見つからなかったものを書いてください：{waiting}。",
            f"Tick what was there, or write what was not found: {waiting}.",
        )
