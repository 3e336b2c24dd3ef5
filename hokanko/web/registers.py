"""The registers (簿冊) an organisation can print or export, and where each one's rows come from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch

from hokanko import clock
from hokanko.audit import queries as audit
from hokanko.audit.models import Evidence
from hokanko.audit.registers import BY_CODE
from hokanko.cameras import sited
from hokanko.casebook.models import Case, CaseStep
from hokanko.cases.words import OUTCOMES, matter
from hokanko.coverage import register as outages
from hokanko.errors import Missing
from hokanko.footage.models import Footage
from hokanko.footage.noted import KINDS as CASE_KINDS
from hokanko.formats.era import day_and_time, reiwa
from hokanko.ledger.read import Act, acts
from hokanko.ledger.tally import between
from hokanko.papers.register import Column, Register
from hokanko.people.models import Organisation, Person
from hokanko.provision import columns as provision_columns
from hokanko.provision import media
from hokanko.provision import queries as provision
from hokanko.rules.decide import adopted_book
from hokanko.rules.edition import sheet_of
from hokanko.viewing import queries as viewing

Rows = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]  # captions; rows in their order
NARROW, WIDE, WIDEST = 1, 3, 7
UNBROKEN = re.compile(r"[0-9A-Za-z-]+")
NARROW_ROOM = 4  # so many letters of a number fit a narrow column
MOST_NAMED = 4  # articles in a register's head
NARROW_CAPTIONS = {"種類", "台帳番号", "番号", "区分", "状態", "立ち会った者"}
ANSWERS = {"answered", "explained", "reported"}
_STEPS = CaseStep.objects.defer("text").order_by("at", "pk")
FOUND = "機械が確かめたこと"  # a line for each camera
WIDE_CAPTIONS = {
    "設置場所",
    "設置の理由",
    "理由",
    "備考",
    "目的・理由",
    "画像の内容",
    "内容",
    "依頼書の記載事項",
    "確かめた者・日時・本人の言葉",
}


# wherever footage is kept
KEPT = {"daily", "inspection", "medium", "disposal", "replacement", "measure"}


@dataclass(frozen=True, slots=True)
class Kind:
    """One register: its name, the parameter whose clauses ask for it, and its rows of a period."""

    ja: str
    en: str
    parameter: str
    rows: Callable[[str, date, date], Rows]


def arising(org: str) -> dict[str, Kind]:
    """The registers that an organisation's rulebook asks something of, or that hold an entry."""
    asked = {each.evidence.form for each in adopted_book(org).clauses if each.evidence} | KEPT
    held = set(Evidence.objects.filter(org=org).values_list("kind", flat=True))
    return {
        code: kind
        for code, kind in REGISTERS.items()
        if code not in BY_CODE or code in asked | held
    }


def paper(org: Organisation, code: str, since: date, until: date) -> Register:
    """The register of that code over a period, both days counted. Raises Missing."""
    kind = REGISTERS.get(code)
    if kind is None:
        raise Missing("この簿冊はありません。", f"There is no register {code}.")
    captions, rows = kind.rows(org.pk, since, until)
    return Register(
        sheet=sheet_of(org.pk, org.name, f"{org.pk}-{kind.ja}", _newest(org.pk, since, until)),
        title=kind.ja,
        organisation=org.name,
        begins=since,
        ends=until,
        columns=tuple(
            Column(caption, max(_share(caption), _needed(row[at] for row in rows)))
            for at, caption in enumerate(captions)
        ),
        rows=rows,
        basis=_article(org.pk, kind.parameter) or _demanded(org.pk, code),
    )


def _share(caption: str) -> int:
    """How wide a column is for what its caption promises."""
    if caption in NARROW_CAPTIONS:
        return NARROW
    if caption == FOUND:
        return WIDEST
    return WIDE if caption in WIDE_CAPTIONS else 2


def _needed(cells: Iterable[str]) -> int:
    """How wide a column is at least, so that its longest number breaks behind a dash if at all."""
    longest = max((len(run) for cell in cells for run in UNBROKEN.findall(cell)), default=0)
    return NARROW if longest <= NARROW_ROOM else 2


def _newest(org: str, since: date, until: date) -> int | None:
    """The newest line of the ledger that a register of that period can tell of."""
    lines = between(org, since, until).exclude(place=None)
    return lines.order_by("-place").values_list("place", flat=True).first()


def _demanded(org: str, code: str) -> str:
    """The articles whose evidence stands in that register."""
    clauses = adopted_book(org).clauses
    asking = [c.article for c in clauses if c.evidence and c.evidence.form == code]
    named = list(dict.fromkeys(asking))
    return "・".join(named[:MOST_NAMED]) + ("ほか" if len(named) > MOST_NAMED else "")


def _article(org: str, name: str) -> str:
    """The article that asks for a register; empty where no document does."""
    book = adopted_book(org)
    found = [row for row in book.parameters if row.name == name and row.clauses]
    return book.clause(found[0].clauses[-1]).article if found else ""


def _provisions(org: str, since: date, until: date) -> Rows:
    captions = tuple(provision_columns.headings(org))
    rows = provision.register_rows(org, since, until)
    return captions, tuple(tuple(row.get(name, "") for name in captions) for row in rows)


def _media(org: str, since: date, until: date) -> Rows:
    return media.REGISTER_COLUMNS, tuple(media.register_rows(org, since, until))


def _viewings(org: str, since: date, until: date) -> Rows:
    return viewing.REGISTER_COLUMNS, tuple(viewing.register_rows(org, since, until))


def _sites(org: str, since: date, until: date) -> Rows:
    return sited.COLUMNS, tuple(sited.register_rows(org, since, until))


def _outages(org: str, since: date, until: date) -> Rows:
    rows = outages.register_rows(org, since, until)
    return outages.COLUMNS, tuple(rows)


def _lines(org: str, kind: str, since: date, until: date) -> list[Act]:
    lines = between(org, since, until).filter(kind=kind).order_by("at", "id")
    return acts(lines.prefetch_related("openings"))


def _index(act: Act) -> str:
    return "" if act.index is None else str(act.index)


def _extensions(org: str, since: date, until: date) -> Rows:
    captions = ("延長した日時", "認めた者", "映像ファイル", "延長前の末日", "延長後の末日")
    found = _lines(org, "retention.extended", since, until)
    pieces = [UUID(act.about.partition(":")[2]) for act in found]
    numbers = dict(Footage.objects.filter(pk__in=pieces).values_list("pk", "number"))
    rows = tuple(
        (
            day_and_time(act.at),
            act.who,
            numbers.get(piece, str(piece)),
            _day(act.facts.get("before")),
            _day(act.facts.get("until")),
            "、".join(act.facts.get("purposes") or ()),
            act.private.get("reason", ""),
            _index(act),
        )
        for act, piece in zip(found, pieces, strict=True)
    )
    return (*captions, "目的", "理由", "台帳番号"), rows


def _day(text: object) -> str:
    return reiwa(date.fromisoformat(text)) if isinstance(text, str) else ""


SEEN_TO = {"cord": "脱落防止ひも", "lamp": "表示とランプ", "continuous": "常時の装着"}


def _takeouts(org: str, since: date, until: date) -> Rows:
    found = _lines(org, "camera.issued", since, until)
    kinds = ("camera.issued", "camera.returned", "camera.lost")
    ends = acts(between(org, since, clock.today()).filter(kind__in=kinds).order_by("at", "id"))
    holders = {UUID(act.facts["holder"]) for act in found}
    names = dict(Person.objects.filter(pk__in=holders).values_list("pk", "name"))
    rows = tuple(
        (
            day_and_time(act.at),
            str(act.facts["number"]),
            names.get(UUID(act.facts["holder"]), ""),
            str(act.facts.get("position", "")),
            "、".join(SEEN_TO[tick] for tick in act.facts.get("ticks", ()) if tick in SEEN_TO),
            act.who,
            _came_back(act, ends),
            _index(act),
        )
        for act in found
    )
    captions = ("持ち出した日時", "カメラ", "持ち出した者", "装着の位置", "確かめたこと")
    return (*captions, "記録した者", "返却", "台帳番号"), rows


def _came_back(taken: Act, ends: list[Act]) -> str:
    """When the camera of a check-out came back, how it was, and whether it was late."""
    later = (act for act in ends if act.about == taken.about and act.id > taken.id)
    end = next(later, None)
    if end is None or end.kind == "camera.issued":
        return ""
    if end.kind == "camera.lost":
        return f"{day_and_time(end.at)} 紛失の届け"
    words = ["破損・不具合あり"] if end.facts.get("condition") == "damaged" else []
    words += ["期限の後"] if end.facts.get("late") else []
    told = f"（{'、'.join(words)}）" if words else ""
    return day_and_time(end.at) + told


def _cases(org: str, since: date, until: date) -> Rows:
    """What was asked, and what came of it; whom it is from and what it tells stand on its paper."""
    captions = ("受付番号", "種別", "内容", "受け付けた日", "回答の期限", "担当の役職")
    found = Case.objects.filter(org=org, received_on__range=(since, until)).order_by("number")
    rows = tuple(
        (
            case.number,
            str(CASE_KINDS[case.kind]),
            str(matter(case)),
            reiwa(case.received_on),
            reiwa(case.due_on),
            case.owner,
            "、".join(reiwa(step.at) for step in case.steps.all() if step.kind in ANSWERS),
            str(OUTCOMES[case.kind].get(case.outcome, "")),
            reiwa(case.closed_at) if case.closed_at else "対応中",
        )
        for case in found.prefetch_related(Prefetch("steps", _STEPS))
    )
    return (*captions, "回答した日", "結果", "終えた日"), rows


def _evidence(code: str) -> Callable[[str, date, date], Rows]:
    """The rows of one of the registers that people fill in."""
    register = BY_CODE[code]
    captions = ("番号", "日付", *(column.ja for column in register.columns), "記入した者")

    def rows(org: str, since: date, until: date) -> Rows:
        found = audit.rows(org, code).filter(spoken_of__range=(since, until))
        entries = audit.opened(reversed(found))
        return captions, tuple(
            (
                f"{entry.row.number}{_standing(entry)}",
                reiwa(entry.row.spoken_of),
                *(entry.text(column.name) for column in register.columns),
                entry.row.entered_by.name,
            )
            for entry in entries
        )

    return rows


def _standing(entry: audit.Entry) -> str:
    """What keeps an entry from counting."""
    if entry.row.withdrawn_at:
        return "（取下げ）"
    return "（確認待ち）" if entry.row.waiting else ""


REGISTERS: dict[str, Kind] = {
    "provisions": Kind("提供記録簿", "provisions", "provision.record_fields", _provisions),
    "media": Kind(
        "渡した媒体・画像の管理簿", "media and stills handed out", "record.keep_years", _media
    ),
    "viewings": Kind("閲覧記録簿", "viewings", "provision.record_viewing", _viewings),
    "extensions": Kind(
        "保存期間延長記録", "extensions of retention", "retention.extension.posts", _extensions
    ),
    "outages": Kind("録画のない時間の記録", "outages of recording", "", _outages),
    "siting": Kind("設置場所一覧", "cameras and their places", "camera.count", _sites),
    "cameras": Kind("カメラ持ち出し簿", "cameras taken out", "media.takeout", _takeouts),
    "cases": Kind("苦情・問い合わせ簿", "complaints and enquiries", "complaint.owner", _cases),
} | {code: Kind(each.ja, each.en, "", _evidence(code)) for code, each in BY_CODE.items()}
