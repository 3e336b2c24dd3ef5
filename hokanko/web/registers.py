"""The registers (簿冊) that an organisation can print or export, each as a paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from hokanko.audit.models import Evidence
from hokanko.audit.registers import BY_CODE
from hokanko.cameras.queries import has_sites
from hokanko.errors import Missing
from hokanko.ledger.tally import between
from hokanko.papers.register import Column, Register
from hokanko.people.models import Organisation
from hokanko.rules.decide import adopted_book
from hokanko.rules.edition import sheet_of
from hokanko.web import rows
from hokanko.web.rows import Rows

NARROW, WIDE, WIDEST = 1, 3, 7
UNBROKEN = re.compile(r"[0-9A-Za-z-]+")
NARROW_ROOM = 4  # so many letters of a number fit a narrow column
MOST_NAMED = 4  # articles in a register's head
NARROW_CAPTIONS = {"種類", "台帳番号", "番号", "区分", "状態", "立ち会った者"}
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
    other = "cameras" if has_sites(org) else "siting"  # worn and taken out, or fixed in a place
    held = set(Evidence.objects.filter(org=org).values_list("kind", flat=True))
    return {
        code: kind
        for code, kind in REGISTERS.items()
        if code != other and (code not in BY_CODE or code in asked | held)
    }


def paper(org: Organisation, code: str, since: date, until: date) -> Register:
    """The register of that code over a period, both days counted. Raises Missing."""
    kind = REGISTERS.get(code)
    if kind is None:
        raise Missing("この簿冊はありません。", f"There is no register {code}.")
    captions, found = kind.rows(org.pk, since, until)
    return Register(
        sheet=sheet_of(org.pk, org.name, f"{org.pk}-{kind.ja}", _newest(org.pk, since, until)),
        title=kind.ja,
        organisation=org.name,
        begins=since,
        ends=until,
        columns=tuple(
            Column(caption, max(_share(caption), _needed(row[at] for row in found)))
            for at, caption in enumerate(captions)
        ),
        rows=found,
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


REGISTERS: dict[str, Kind] = {
    "provisions": Kind("提供記録簿", "provisions", "provision.record_fields", rows.provisions),
    "media": Kind(
        "渡した媒体・画像の管理簿", "media and stills handed out", "record.keep_years", rows.media
    ),
    "viewings": Kind("閲覧記録簿", "viewings", "provision.record_viewing", rows.viewings),
    "extensions": Kind(
        "保存期間延長記録", "extensions of retention", "retention.extension.posts", rows.extensions
    ),
    "outages": Kind("録画のない時間の記録", "outages of recording", "", rows.outages),
    "siting": Kind("設置場所一覧", "cameras and their places", "camera.count", rows.sites),
    "cameras": Kind("カメラ持ち出し簿", "cameras taken out", "media.takeout", rows.takeouts),
    "cases": Kind("苦情・問い合わせ簿", "complaints and enquiries", "complaint.owner", rows.cases),
} | {code: Kind(each.ja, each.en, "", rows.evidence(code)) for code, each in BY_CODE.items()}
