"""Contractors: no access and no work without the paper that the rulebook wants, while it holds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hokanko import clock
from hokanko.errors import Conflict, Refusal
from hokanko.home import Home
from hokanko.ledger import read
from hokanko.people import contracts
from hokanko.people.attach import MOST_BYTES, Scan, unsealed
from hokanko.people.models import Contractor, ContractorDocument, WorkOrder
from hokanko.people.queries import thing_of_org
from hokanko.people.readying import train
from hokanko.people.standing import papers_missing
from tests.clauses.founded import Founded, found
from tests.fixtures import NOON
from tests.people.test_paperwork import BOTH, log_in

SCAN = Scan(b"%PDF-1.7 signed by both", "keiyaku.pdf")
BOOKS = {
    "pref": ("contract", "pref-outsource", "設置者"),
    "home": ("handout", "home-2.8", "設置者"),
    "shop": ("secrecy", "shop-mgmt-9", "店長"),
}
VALUES = {"org.name": "みどり会", "retention.days": "14"}


def settled(book: str) -> tuple[Founded, Contractor]:
    """An organisation under a book: its head oka, the firm, and saeki who comes from it."""
    here = found("HERE", "みどり会", book, VALUES)
    here.register("kanri", "oka", "岡 代表", BOOKS.get(book, ("", "", "設置者"))[2])
    boss = "oka"
    if book == "shop":
        here.register("kanri", "midori", "緑川 葉", "管理責任者")
        train(here.people["midori"], BOTH, by=here.by("oka"))
        boss = "midori"
    here.register(boss, "saeki", "佐伯 技師")
    firm = contracts.register_contractor(
        here.org, name="あおば警備", work="保守", since=NOON.date(), until=None, by=here.by("oka")
    )
    return here, firm


def filed(
    here: Founded,
    firm: Contractor,
    kind: str,
    *,
    until: date | None = None,
    complies: bool = True,
    scan: Scan | None = SCAN,
) -> ContractorDocument:
    """A paper of the firm."""
    return contracts.file_document(
        firm,
        kind=kind,
        signed_on=clock.today(),
        valid_until=until,
        complies=complies,
        scan=scan,
        by=here.by("oka"),
    )


def works(here: Founded) -> bool:
    """Whether the contractor's person is not shut out today."""
    return not here.by("saeki").lapsed


@pytest.mark.clause("pref-outsource", "home-2.8", "shop-mgmt-9")
@pytest.mark.usefixtures("fresh_home", "db")
@pytest.mark.parametrize("book", list(BOOKS))
def test_no_access_before_the_paper_is_filed_and_none_after_it_ends(book: str) -> None:
    here, firm = settled(book)
    kind, clause, _ = BOOKS[book]
    with pytest.raises(Refusal) as no:
        contracts.engage(here.people["saeki"], firm, by=here.by("oka"))
    assert no.value.clause == clause
    with pytest.raises(Refusal) as no:
        contracts.order(firm, "ハードディスクの交換", by=here.by("oka"))
    assert no.value.clause == clause
    filed(here, firm, kind, until=clock.today() + timedelta(days=1))
    contracts.engage(here.people["saeki"], firm, by=here.by("oka"))
    contracts.order(firm, "ハードディスクの交換", by=here.by("oka"))
    assert WorkOrder.objects.get().what == "ハードディスクの交換"
    here.people["saeki"].refresh_from_db()
    assert works(here)
    clock.fix(NOON + timedelta(days=2))
    no_more = here.refused("saeki", "ledger.read", thing_of_org(here.org))
    assert no_more.clause == clause


@pytest.mark.clause("pref-outsource")
@pytest.mark.usefixtures("fresh_home", "db")
@pytest.mark.parametrize("lacking", ["clause", "scan", "kind"])
def test_a_contract_counts_with_its_condition_and_its_scan_only(lacking: str) -> None:
    here, firm = settled("pref")
    filed(
        here,
        firm,
        "secrecy" if lacking == "kind" else "contract",
        complies=lacking != "clause",
        scan=None if lacking == "scan" else SCAN,
    )
    with pytest.raises(Refusal) as no:
        contracts.engage(here.people["saeki"], firm, by=here.by("oka"))
    assert no.value.clause == "pref-outsource"


@pytest.mark.usefixtures("fresh_home", "db")
def test_where_no_paper_is_asked_the_end_of_the_engagement_is_the_end() -> None:
    here, firm = settled("ward")
    contracts.engage(here.people["saeki"], firm, by=here.by("oka"))
    here.people["saeki"].refresh_from_db()
    assert works(here)
    contracts.end_engagement(firm, by=here.by("oka"))
    here.people["saeki"].refresh_from_db()
    assert works(here), "the last day is worked"
    clock.fix(NOON + timedelta(days=1))
    assert not works(here)
    assert papers_missing(firm, clock.today())
    assert here.refused("saeki", "ledger.read", thing_of_org(here.org)).clause is None


@pytest.mark.usefixtures("fresh_home", "db")
def test_days_and_kinds_that_cannot_be_are_told() -> None:
    here, firm = settled("pref")
    for kind, until in (("letter", None), ("contract", clock.today() - timedelta(days=1))):
        with pytest.raises(Conflict):
            filed(here, firm, kind, until=until)
    with pytest.raises(Conflict):
        contracts.register_contractor(
            here.org,
            name="逆",
            work="",
            since=NOON.date(),
            until=NOON.date() - timedelta(days=1),
            by=here.by("oka"),
        )


def test_the_pages_file_a_paper_that_lies_sealed(fresh_home: Home, db: None) -> None:
    del db
    here, firm = settled("pref")
    client = log_in(here, "oka")
    page = client.get("/contractors/").content.decode()
    assert "あおば警備" in page
    assert "足りないか、期限切れ" in page
    answer = client.post(
        f"/contractors/{firm.pk}/paper/",
        {
            "kind": "contract",
            "signed_on": "2026-11-20",
            "complies": "on",
            "scan": SimpleUploadedFile("keiyaku.pdf", SCAN.content, "application/pdf"),
        },
    )
    assert answer.status_code == 302
    paper = ContractorDocument.objects.get()
    assert SCAN.content not in bytes(paper.file or b"")
    assert unsealed(paper) == SCAN.content
    for path in fresh_home.path.rglob("*"):
        assert not path.is_file() or SCAN.content not in path.read_bytes()
    got = client.get(f"/contractors/paper/{paper.pk}/")
    assert got.content == SCAN.content
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert client.post(f"/contractors/{firm.pk}/engage/", {"person": ""}).status_code == 200
    saeki = here.people["saeki"]
    client.post(f"/contractors/{firm.pk}/engage/", {"person": str(saeki.pk)})
    saeki.refresh_from_db()
    assert saeki.contractor == firm
    assert "あおば警備" in client.get(f"/people/{saeki.pk}/").content.decode()
    client.post(f"/contractors/{firm.pk}/order/", {"what": "点検"})
    client.post(f"/contractors/{firm.pk}/end/")
    kinds = [act.kind for act in read.about(f"contractor:{firm.pk}")]
    assert kinds == [
        "contractor.registered",
        "contractor.documented",
        "contractor.ordered",
        "contractor.ended",
    ]
    for address in ("/contractors/", f"/contractors/{firm.pk}/", f"/contractors/paper/{paper.pk}/"):
        assert log_in(here, "saeki").get(address).status_code == 403


def test_a_paper_needs_its_token_and_fits(fresh_home: Home, db: None) -> None:
    del fresh_home, db
    here, firm = settled("pref")
    strict = log_in(here, "oka")
    strict.handler.enforce_csrf_checks = True
    assert strict.post(f"/contractors/{firm.pk}/paper/", {"kind": "contract"}).status_code == 403
    large = SimpleUploadedFile("big.pdf", b"x" * (MOST_BYTES + (1 << 20)))
    said = {"kind": "contract", "signed_on": "2026-11-20", "scan": large}
    assert log_in(here, "oka").post(f"/contractors/{firm.pk}/paper/", said).status_code in {
        400,
        409,
    }
    assert not ContractorDocument.objects.exists()
