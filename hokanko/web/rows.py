"""The rows of each register over a period, from the chapters, the ledger or what people entered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.db.models import Prefetch

from hokanko import clock
from hokanko.audit import queries as audit
from hokanko.audit.registers import BY_CODE
from hokanko.cameras import sited
from hokanko.casebook.models import Case, CaseStep
from hokanko.cases.words import OUTCOMES, matter
from hokanko.coverage import register as coverage
from hokanko.footage.models import Footage
from hokanko.footage.noted import KINDS as CASE_KINDS
from hokanko.formats.era import day_and_time, reiwa
from hokanko.ledger.read import Act, acts
from hokanko.ledger.tally import between
from hokanko.people.models import Person
from hokanko.provision import columns as provision_columns
from hokanko.provision import media as handed
from hokanko.provision import queries as provision
from hokanko.viewing import register as viewing

Rows = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]  # captions; rows in their order
ANSWERS = {"answered", "explained", "reported"}
_STEPS = CaseStep.objects.defer("text").order_by("at", "pk")
SEEN_TO = {"cord": "脱落防止ひも", "lamp": "表示とランプ", "continuous": "常時の装着"}


def provisions(org: str, since: date, until: date) -> Rows:
    """As the rulebook's record of provisions has them."""
    captions = tuple(provision_columns.headings(org))
    rows = provision.register_rows(org, since, until)
    return captions, tuple(tuple(row.get(name, "") for name in captions) for row in rows)


def media(org: str, since: date, until: date) -> Rows:
    """Media and stills handed out."""
    return handed.REGISTER_COLUMNS, tuple(handed.register_rows(org, since, until))


def viewings(org: str, since: date, until: date) -> Rows:
    """What was opened to be looked at."""
    return viewing.COLUMNS, tuple(viewing.register_rows(org, since, until))


def sites(org: str, since: date, until: date) -> Rows:
    """Cameras and why each stands where it does."""
    return sited.COLUMNS, tuple(sited.register_rows(org, since, until))


def outages(org: str, since: date, until: date) -> Rows:
    """Times without a recording, with what was said of them."""
    rows = coverage.register_rows(org, since, until)
    return coverage.COLUMNS, tuple(rows)


def _lines(org: str, kind: str, since: date, until: date) -> list[Act]:
    lines = between(org, since, until).filter(kind=kind).order_by("at", "id")
    return acts(lines.prefetch_related("openings"))


def _index(act: Act) -> str:
    return "" if act.index is None else str(act.index)


def extensions(org: str, since: date, until: date) -> Rows:
    """Retention extended."""
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


def takeouts(org: str, since: date, until: date) -> Rows:
    """Worn cameras taken out, and how each came back."""
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


def cases(org: str, since: date, until: date) -> Rows:
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


def evidence(code: str) -> Callable[[str, date, date], Rows]:
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
