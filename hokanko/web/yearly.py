"""年次の管理状況報告: what the ledger's lines of a period add up to, as a paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from hokanko.ledger.models import Checkpoint
from hokanko.ledger.numbers import keys
from hokanko.papers.report import Figure, Group, Report
from hokanko.people.models import Organisation
from hokanko.rules.book import Book
from hokanko.rules.decide import adopted_book
from hokanko.rules.edition import sheet_of

GROUNDS = "提供を認めた事由"  # each of the rulebook's own (ward-6.1-e)
# heading → words, the kinds of line (with a fact, as tally splits them), unit, note
FIGURES: dict[str, tuple[tuple[str, tuple[str, ...], str, str], ...]] = {
    "記録と閲覧": (
        ("作成した映像ファイル", ("intake.taken_in",), "本", ""),
        ("閲覧", ("viewing.opened",), "回", "開いた回数"),
    ),
    "提供": (
        ("提供の依頼", ("provision.asked#provision",), "件", ""),
        ("提供した", ("provision.handed#provision",), "件", "見せたものを含む"),
        ("提供を認めなかった", ("provision.declined",), "件", "責任者の判断によるもの"),
    ),
    GROUNDS: (),
    "保存と消去": (
        ("消去した映像ファイル", ("retention.erased#footage",), "本", ""),
        ("消去証明書", ("retention.erased#erasure",), "件", ""),
        ("保存期間を延ばした", ("retention.extended",), "件", ""),
        ("期間の途中の消去を認めた", ("erasure.granted",), "件", ""),
    ),
    "苦情・問い合わせ等": (
        ("苦情", ("case.opened:complaint",), "件", ""),
        ("問い合わせ", ("case.opened:enquiry",), "件", ""),
        ("本人からの請求", ("case.opened:subject",), "件", "開示など"),
        ("事案", ("case.opened:incident",), "件", "紛失、障害など"),
    ),
    "点検と廃棄": (
        ("日常点検", ("evidence.entered:daily",), "回", ""),
        ("保守点検", ("evidence.entered:inspection",), "回", ""),
        ("記録媒体の廃棄", ("evidence.completed:disposal",), "件", "それぞれが確かめたもの"),
    ),
    "規程による拒否": (
        ("認めなかった操作", ("refused",), "件", "規程に反するため、ソフトウェアが断ったもの"),
    ),
}


def report(org: Organisation, since: date, until: date) -> Report:
    """The numbers of an organisation over a period, both days counted."""
    found = keys(org.pk, since, until)
    book = adopted_book(org.pk)
    head = Checkpoint.objects.order_by("-size").first()
    return Report(
        sheet=sheet_of(org.pk, org.name, f"{org.pk}-報告-{since:%Y}"),
        organisation=org.name,
        rules=book.title_ja,
        begins=since,
        ends=until,
        groups=tuple(_groups(book, found)),
        ledger_size=head.size if head else 0,
        checkpoint=head.note if head else "",
    )


def _groups(book: Book, found: Counter[str]) -> Iterator[Group]:
    for heading, rows in FIGURES.items():
        figures = (
            Figure(words, sum(found[kind] for kind in kinds), unit, note)
            for words, kinds, unit, note in rows
        )
        yield Group(heading, tuple(figures if rows else _grounds(book, found)))


def _grounds(book: Book, found: Counter[str]) -> Iterator[Figure]:
    """How often each ground of the rulebook was decided on, those never used with them."""
    for ground in book.grounds:
        article = book.clause(ground.clause).article if ground.clause else ""
        count = found[f"provision.decided:{ground.id}"]
        yield Figure(f"{ground.id}　{ground.ja}", count, note=article)
