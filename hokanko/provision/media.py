"""The register of what was handed out: each medium and still, until it is returned or destroyed."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from hokanko import clock
from hokanko.errors import Conflict, Missing
from hokanko.formats.canon import JSON
from hokanko.formats.era import day_and_time, reiwa
from hokanko.formats.package import MediaFile
from hokanko.ledger.models import Entry
from hokanko.provision.models import ProvidedMedium, Provision, ProvisionFile
from hokanko.provision.taker import Taker, to_outsiders
from hokanko.rules.decide import parameter
from hokanko.rules.marking import class_mark
from hokanko.rules.permit import Permit

STILL, MEDIUM = "still", "medium"
KINDS = {MEDIUM: "外部記録媒体", STILL: "画像"}
RETURNED, DESTROYED = "returned", "destroyed"
REGISTER_COLUMNS = (
    *("管理番号", "種類", "媒体の番号", "内容", "渡した日時", "保有者"),
    *("文書の区分", "保存の期限", "終わり", "終わりの方法", "記録した者"),
)
ENDINGS = {RETURNED: "返却", DESTROYED: "廃棄"}


def numbers(
    provision: Provision, delivering: Sequence[str]
) -> dict[tuple[UUID | None, int | None], str]:
    """What each thing that leaves will be called, by footage and position; a medium has neither."""
    things = enumerate(_things(provision, delivering), start=1)
    return {(footage, at): f"{provision.number}-{count}" for count, (_, footage, at) in things}


def issue(
    provision: Provision,
    taker: Taker,
    delivering: Sequence[str],
    medium: str,
    media: Iterable[MediaFile],
    permit: Permit,
) -> None:
    """Enter in the register what leaves now; each line says until when it may be kept.

    `media` are the files as they leave: a still bears its number, and is known by its own hash.
    Raises Conflict where the medium is still out.
    """
    insist_back(provision.org_id, medium)
    last = _keep_until(provision, clock.today())
    called = numbers(provision, delivering)
    stills = {(file.number, file.position_ms): file for file in media if file.role == STILL}
    pieces = {file.footage_id: file.footage.number for file in _files(provision)}
    for kind, footage, at_ms in _things(provision, delivering):
        still = stills.get((pieces[footage], at_ms)) if footage else None
        made = ProvidedMedium.objects.create(
            provision=provision,
            number=called[footage, at_ms],
            kind=kind,
            medium=medium,
            footage_id=footage,
            at_ms=at_ms,
            sha256=still.sha256 if still else "",
            bytes=still.bytes if still else None,
            holder=taker.label,
            document_class=class_mark(provision.org_id),
            keep_until=last,
            handed_at=clock.now(),
        )
        facts: dict[str, JSON] = {
            "number": made.number,
            "thing": kind,
            "medium": medium,
            "keep_until": str(last) if last else None,
            **({"sha256": still.sha256} if still else {}),
        }
        permit.write("provision.issued", facts=facts, private={"receiver": taker.label})


def insist_back(org: str, medium: str) -> None:
    """Raise Conflict where something on the medium of this number is out, or it is destroyed."""
    if not (name := _plain(medium)):
        return
    if name in _destroyed(org):
        raise Conflict(
            f"記録媒体「{medium.strip()}」は、廃棄の記録があります。渡せません。",
            f"The medium “{medium.strip()}” is on record as disposed of. It is not handed out.",
            mend_ja="別の番号の媒体を使ってください。記録の誤りなら、先に廃棄記録の記載を取り下げてください。",
            mend_en="Use a medium of another number. If the record is wrong, withdraw it first.",
        )
    out = media_at(org).filter(ended_on=None)
    for row in (row for row in out if _plain(row.medium) == name):
        raise Conflict(
            f"記録媒体「{row.medium}」は、{row.provision.number}で渡したまま、返却の記録がありません。",
            f"The medium “{row.medium}” is still out: it was handed over for "
            f"{row.provision.number}, and its return is not on record.",
            mend_ja=f"戻っているなら、「渡した媒体・画像」の{row.number}に返却を記録してください"
            f"（hokanko medium returned {row.number}）。"
            "戻っていなければ、別の番号の媒体を使ってください。",
            mend_en="If it has come back, record its return first "
            f"(hokanko medium returned {row.number}). If not, use a medium of another number.",
        )


def _destroyed(org: str) -> set[str]:
    """The media whose end is on record: by whoever had them, or in the register of disposals.

    The ledger tells of that register; an entry that was withdrawn does not count.
    """
    told = media_at(org).filter(kind=MEDIUM, ending=DESTROYED)
    ended = set(told.values_list("medium", flat=True))
    kinds = ("evidence.entered", "evidence.withdrawn")
    lines = Entry.objects.filter(org=org, kind__in=kinds).order_by("id")
    standing: dict[str, str] = {}
    for about, body in lines.values_list("about", "body"):
        facts = json.loads(bytes(body))["facts"]
        named = str(facts.get("about", ""))
        standing[about] = named if facts["register"] == "disposal" else ""
    ended |= {named.removeprefix("medium:") for named in standing.values() if named}
    return {_plain(each) for each in ended}


def _plain(number: str) -> str:
    return "".join(unicodedata.normalize("NFKC", number).casefold().split())


def medium_of(name: str | UUID) -> ProvidedMedium:
    """What was handed out, by its id or number. Raises Missing."""
    every = ProvidedMedium.objects.select_related("provision__org__parent", "footage")
    by_id = Q(pk=name) if isinstance(name, UUID) else Q(number=name)
    found = every.filter(by_id).first()
    if found is None:
        raise Missing("この媒体・画像は渡していません。", "No such thing was handed out.")
    return found


def media_at(org: str) -> QuerySet[ProvidedMedium]:
    """Everything handed out: what is still out first, by the day until which it is kept."""
    every = ProvidedMedium.objects.filter(provision__org=org)
    told = every.select_related("provision", "footage", "recorded_by")
    return told.order_by(
        F("ended_on").asc(nulls_first=True), F("keep_until").asc(nulls_last=True), "number", "pk"
    )


def overdue(org: str) -> QuerySet[ProvidedMedium]:
    """What is past its day, and neither returned nor destroyed."""
    return media_at(org).filter(ended_on=None, keep_until__lt=clock.today())


def register_rows(org: str, since: date, until: date) -> list[tuple[str, ...]]:
    """The register, as REGISTER_COLUMNS has it, of what was handed out in those days."""
    found = media_at(org).order_by("handed_at", "number", "pk")
    return [_row(each) for each in found if since <= clock.day_of(each.handed_at) <= until]


def content(given: ProvidedMedium) -> str:
    """What is on it: the footage, and for a still its place in it."""
    if given.footage is None:
        files = given.provision.files.order_by("footage__number")
        return "、".join(files.values_list("footage__number", flat=True))
    return f"{given.footage.number}　{(given.at_ms or 0) / 1000:.1f}秒"


def _row(given: ProvidedMedium) -> tuple[str, ...]:
    ended = f"{ENDINGS[given.ending]}　{reiwa(given.ended_on)}" if given.ended_on else "―"
    return (
        given.number,
        KINDS[given.kind],
        given.medium,
        content(given),
        day_and_time(given.handed_at),
        given.holder,
        given.document_class or "―",
        reiwa(given.keep_until) if given.keep_until else "―",
        ended,
        given.how or "―",
        given.recorded_by.name if given.recorded_by else "―",
    )


def _things(
    provision: Provision, delivering: Sequence[str]
) -> Iterator[tuple[str, UUID | None, int | None]]:
    if MEDIUM in delivering:
        yield MEDIUM, None, None
    if STILL in delivering:
        for file in _files(provision):
            for at_ms in file.stills_ms:
                yield STILL, file.footage_id, at_ms


def _files(provision: Provision) -> QuerySet[ProvisionFile]:
    return provision.files.select_related("footage").order_by("footage__number")


def _keep_until(provision: Provision, handed: date) -> date | None:
    """The day that its ground set, or the last one under the document rules (police-7.2.4-b).

    None where it left the house for good.
    """
    if named := provision.details.get("return_on"):
        return date.fromisoformat(named)
    org, years = provision.org_id, parameter(provision.org_id, "record.keep_years")
    return None if to_outsiders(org) or not years else clock.add_months(handed, 12 * int(years))
