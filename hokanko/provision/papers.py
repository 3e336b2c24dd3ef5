"""The papers of a provision: the request form as it stands, the record that its rulebook wants."""

from __future__ import annotations

from datetime import date, datetime

from hokanko import clock
from hokanko.formats.canon import JSON
from hokanko.formats.era import day_and_time, reiwa
from hokanko.formats.package import PROVISION, REQUEST, STILLS, Handed, MediaFile
from hokanko.ledger.read import about
from hokanko.papers import disclosure
from hokanko.papers import provision as record
from hokanko.papers import request as form
from hokanko.papers.sheet import Sheet
from hokanko.papers.still import Numbered, sheets
from hokanko.people.models import Organisation, Person
from hokanko.provision.columns import entries, kind_of, was_shown
from hokanko.provision.form import MEDIUM, STILL
from hokanko.provision.models import Provision
from hokanko.provision.queries import thing
from hokanko.provision.recorded_at import filmed
from hokanko.provision.still_masks import reasons
from hokanko.provision.taker import Taker, to_outsiders
from hokanko.rules.decide import adopted_book
from hokanko.rules.edition import sheet_of

CHIEF = {"patrol": "隊長", "station": "署長", "hq": "部長"}
ENCLOSED = "同封の proof.tlog-proof（台帳にあることの証明）のとおり"


def for_package(
    provision: Provision,
    media: list[MediaFile],
    handed: Handed,
    medium: str,
    taker: Taker,
    took: dict[str, JSON],
) -> dict[str, bytes]:
    """The papers that go into the envelope, by path; a request form where the rulebook has one."""
    if to_outsiders(provision.org_id):
        provision.handed_at, provision.identity = handed.at, taker.identity  # not saved yet
        provision.undertaking_on, provision.details = taker.undertaking_on, provision.details | took
        return {PROVISION: disclosure_pdf(provision, media, handed, medium)}
    return {
        REQUEST: request_pdf(provision, gave={_kind(file) for file in media}),
        PROVISION: record_pdf(provision, media, handed, medium),
    }


def stills_pdf(provision: Provision, stills: list[Numbered], at: datetime) -> dict[str, bytes]:
    """The stills on paper, each with its number, by path; nothing where there are none."""
    return {STILLS: sheets(_sheet(provision, at), stills)} if stills else {}


def request_pdf(provision: Provision, *, gave: set[str] | None = None) -> bytes:
    """映像ファイル提供依頼書, with 受理所属記載欄 as far as it has come."""
    given = gave if gave is not None else set(provision.wants) if provision.handed_at else set()
    wearer, asker = provision.wearer, provision.requester
    assert wearer is not None, "the form names a wearer, or it was refused"
    return form.render(
        form.Request(
            sheet=_sheet(provision, provision.submitted_at, _line(provision)),
            submitted=clock.day_of(provision.submitted_at),
            addressee=addressee(provision.org),
            outline=provision.outline,
            handled_from=provision.happened_from,
            handled_until=provision.happened_until,
            wearer_section=wearer.section,
            wearer_name=wearer.name,
            wants_stills=STILL in provision.wants,
            wants_medium=MEDIUM in provision.wants,
            purposes=tuple(p for p in provision.purposes if p in {"ア", "イ", "ウ"}),
            purpose_text=provision.purpose_note if "イ" in provision.purposes else "",
            requester_unit=asker.org.name,
            requester_section=asker.section,
            requester_name=asker.name,
            requester_telephone=provision.telephone,
            remarks=_remarks(provision),
            receipt=_receipt(provision, given),
        )
    )


def record_pdf(provision: Provision, media: list[MediaFile], handed: Handed, medium: str) -> bytes:
    """提供記録: what was handed over, on whose decision, and how to check it."""
    book = adopted_book(provision.org_id)
    ground = next(g for g in book.grounds if g.id == provision.ground)
    assert provision.decided_at is not None
    return record.render(
        record.Provision(
            sheet=_sheet(provision, handed.at),
            request_number=provision.number,
            requested=clock.day_of(provision.submitted_at),
            decided_by=f"{_receiver_post(provision)}　{_name(provision.decided_by)}",
            decided_at=provision.decided_at,
            night_duty=provision.night,
            ground=f"{book.clause(ground.clause).article}",
            ground_words=ground.ja,
            ground_note=provision.ground_note,
            files=_table(provision, media),
            medium=medium,
            handed_by=handed.by,
            handed_to=handed.to,
            handed_at=handed.at,
            checkpoint=ENCLOSED,
        )
    )


def disclosure_pdf(
    provision: Provision, media: list[MediaFile], handed: Handed, medium: str
) -> bytes:
    """閲覧・提供の記録: one sheet of the register, in the entries of the rulebook's record."""
    shown, told = was_shown(provision), entries(provision)
    whole = "\n".join(told.values())
    stills = any(file.role == "still" for file in media)
    judged = [
        ("受付番号", provision.number),
        ("根拠となる文書", "\n".join(_rests_on(provision))),
        ("決めた者・日時", f"{_name(provision.decided_by)}　{_decided(provision)}"),
        ("当たる場合", _ground(provision)),
        ("必要性の判断", provision.necessity),
        ("一部に限らない理由", provision.details.get("breadth", "")),
        ("切出しの理由", "\n".join(dict.fromkeys(file.cut.reason for file in media if file.cut))),
        ("マスクのない映像でのほかの人の保護", provision.details.get("protected", "")),
        ("静止画のマスク", "\n".join(reasons(provision) if stills else [])),
        ("相手の身分の確認", provision.identity),
        ("誓約書を受け取った日", _day(provision.undertaking_on)),
        ("閲覧させた者" if shown else "渡した者", handed.by),
        ("閲覧した者" if shown else "受け取った者", handed.to),
    ]
    return disclosure.render(
        disclosure.Disclosure(
            sheet=_sheet(provision, handed.at),
            title=f"画像の{kind_of(provision)}の記録",
            entries=tuple(told.items()),
            judged=tuple((label, words) for label, words in judged if words not in whole),
            files=_table(provision, media),
            medium=medium,
            receipt="" if shown else "上記のものを受領しました。",
            checkpoint="" if shown else ENCLOSED,
        )
    )


def _kind(file: MediaFile) -> str:
    return STILL if file.role == "still" else MEDIUM


def _table(provision: Provision, media: list[MediaFile]) -> tuple[record.HandedFile, ...]:
    chosen = provision.files.select_related("footage__camera")
    cameras = {file.footage.number: file.footage.camera for file in chosen}
    return tuple(
        record.HandedFile(
            _called(file),
            file.sha256,
            file.bytes,
            None if file.role == "still" else file.duration_ms,
            filmed(file, cameras[file.number]),
            (file.parent_sha256 or "") if file.cut else "",
        )
        for file in media
    )


def _ground(provision: Provision) -> str:
    row = next(g for g in adopted_book(provision.org_id).grounds if g.id == provision.ground)
    return "\n".join(text for text in (f"{row.id}　{row.ja}", provision.ground_note) if text)


def _decided(provision: Provision) -> str:
    return day_and_time(provision.decided_at) if provision.decided_at else ""


def _day(day: date | None) -> str:
    return reiwa(day) if day else ""


def _called(file: MediaFile) -> str:
    """A file as the record names it: by its number, a picture also by where it was taken."""
    if file.position_ms is None:
        return file.number
    if file.cut is not None:
        start, end = (f"{at / 1000:.1f}" for at in (file.cut.start_ms, file.cut.end_ms))
        return f"{file.number} 切出し {start}〜{end}秒"
    return f"{file.number} 静止画 {file.position_ms / 1000:.1f}秒"


def addressee(org: Organisation) -> str:
    """Whom the form is addressed to: 「中央警察署長」「自動車警ら隊長」 (police-form-to)."""
    chief = CHIEF.get(org.kind, "長")
    return (
        org.name + chief.removeprefix(org.name[-1])
        if org.name[-1] == chief[0]
        else org.name + chief
    )


def _receipt(provision: Provision, given: set[str]) -> form.Receipt | None:
    if provision.decided_by is None:
        return None
    numbers = provision.files.order_by("footage__number").values_list("footage__number", flat=True)
    return form.Receipt(
        receiver_post=_receiver_post(provision),
        receiver_name=_name(provision.decided_by),
        night_duty=provision.night,
        file_numbers=tuple(numbers),
        entered=provision.entered_at is not None,
        gave_stills=STILL in given,
        gave_medium=MEDIUM in given,
    )


def _receiver_post(provision: Provision) -> str:
    """In which post the police decide: by night the supervisor stands in."""
    return "運用主任者" if provision.night else "運用管理者"


def _sheet(provision: Provision, at: datetime, ledger: int | None = None) -> Sheet:
    return sheet_of(provision.org_id, provision.org.name, provision.number, ledger, at)


def _line(provision: Provision) -> int | None:
    """The place of the request on the ledger, once it has one."""
    asked = [act for act in about(thing(provision).name) if act.kind == "provision.asked"]
    return asked[0].index if asked else None


def _remarks(provision: Provision) -> str:
    law = provision.purpose_note if "法令" in provision.purposes else ""
    papers = "、".join(_rests_on(provision))
    lines = (
        provision.remarks,
        f"法令: {law}" if law else "",
        f"根拠となる文書: {papers}" if papers else "",
        f"認めない理由: {why}" if (why := provision.details.get("declined")) else "",
    )
    return "\n".join(text for text in lines if text)


def _rests_on(provision: Provision) -> list[str]:
    """The papers that it rests on, by their titles; one that has not come is said to be so."""
    filed = provision.papers.order_by("entered_at", "pk").values_list("title", flat=True)
    named = provision.paper_named
    return [*filed, *([f"{named}（写しなし）"] if named else [])]


def _name(person: Person | None) -> str:
    return person.name if person else ""
