"""Entering evidence and withdrawing it: sealed, numbered, on the ledger, never altered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hokanko import clock
from hokanko.audit.actions import enter, withdraw
from hokanko.audit.attaching import MOST_BYTES, Attachment
from hokanko.audit.models import Evidence
from hokanko.audit.queries import attachment, opened, rows
from hokanko.errors import Conflict, Refusal, Unsound
from hokanko.ledger.read import about
from hokanko.people.sniff import kind_of, plain_name
from tests.audit.desk import PHOTO, give, holder, row, settled
from tests.clauses.founded import Founded

CABINET = "ward-5.1-cabinet"


@pytest.fixture
def ward(fresh_home: object, db: None) -> Founded:
    del fresh_home, db
    return settled("ward")


def test_an_entry_is_numbered_sealed_and_on_the_ledger(ward: Founded) -> None:
    made = give(ward, "stock", [CABINET], counted="HDD 1、鍵は課長")
    assert (made.number, made.kind, made.owner) == (1, "stock", "管理責任者")
    row_now = Evidence.objects.get()
    assert "課長".encode() not in bytes(row_now.fields)
    assert PHOTO not in bytes(row_now.file or b"")
    (entry,) = opened(rows(ward.org.pk))
    assert entry.fields["counted"] == "HDD 1、鍵は課長"
    assert attachment(row_now) == PHOTO
    assert row_now.file_type == "image/png"
    (line,) = about(f"evidence:{made.pk}")
    assert (line.kind, line.clause) == ("evidence.entered", CABINET)
    assert line.facts["file_sha256"] == row_now.file_sha256
    assert "課長" not in str(line.facts)


def test_numbers_count_within_a_register(ward: Founded) -> None:
    give(ward, "stock", [CABINET])
    give(ward, "entry", [])
    assert give(ward, "stock", [CABINET]).number == 2


def test_an_entry_without_a_clause_speaks_for_all_of_its_register(ward: Founded) -> None:
    assert give(ward, "stock", []).clauses == [CABINET, "ward-5.1-carry"]


def test_a_withdrawn_entry_stays_and_no_longer_counts(ward: Founded) -> None:
    made = give(ward, "stock", [CABINET])
    withdraw(made, "数え間違い", by=holder(ward, "管理責任者"))
    assert row(ward.org, CABINET).state == "overdue"
    (entry,) = opened(rows(ward.org.pk))
    assert entry.row.withdrawn_at is not None
    line = about(f"evidence:{made.pk}")[-1]
    assert (line.kind, line.private["reason"]) == ("evidence.withdrawn", "数え間違い")
    with pytest.raises(Conflict):
        withdraw(made, "もう一度", by=holder(ward, "管理責任者"))


def test_another_s_entry_is_not_an_operator_s_to_withdraw(ward: Founded) -> None:
    made = give(ward, "stock", [CABINET])
    Evidence.objects.update(entered_by=ward.people["kanri"])
    made.refresh_from_db()
    other = holder(ward, "操作担当者")
    stranger = type(other)("someone", "岸", other.org, other.holdings, sworn=True)
    with pytest.raises(Refusal):
        withdraw(made, "理由", by=stranger)


def test_a_column_left_empty_is_refused_and_named(ward: Founded) -> None:
    with pytest.raises(Refusal) as no:
        give(ward, "stock", [CABINET], counted=" ")
    assert no.value.clause is None
    assert "確かめたもの" in no.value.mend_ja


def test_nobody_outside_enters_anything(ward: Founded) -> None:
    with pytest.raises(Refusal):
        give(ward, "stock", [CABINET], post="システム管理者")


def test_what_cannot_be_is_said(ward: Founded) -> None:
    by, today = holder(ward, "管理責任者"), clock.today()
    good = {"register": "stock", "clauses": [CABINET], "on": today, "fields": {"counted": "1"}}
    big = Attachment("big.png", b"\x89PNG\r\n\x1a\n" + bytes(MOST_BYTES))
    for wrong in (
        {"register": "diary"},
        {"fields": {"counted": "1", "colour": "red"}},
        {"on": today + timedelta(days=1)},
        {"expires_on": today - timedelta(days=1)},
        {"attachment": big},
        {"register": "evidence", "clauses": [], "fields": {"shows": "x"}},
    ):
        with pytest.raises(Conflict):
            enter(ward.org, by=by, **(good | wrong))  # type: ignore[arg-type]
    assert not Evidence.objects.exists()


def test_an_altered_or_moved_text_is_found(ward: Founded) -> None:
    first, second = give(ward, "stock", [CABINET]), give(ward, "stock", [CABINET])
    Evidence.objects.filter(pk=second.pk).update(fields=bytes(first.fields))
    with pytest.raises(Unsound):
        opened(rows(ward.org.pk))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n..", "image/png"),
        (b"\xff\xd8\xff\xe0..", "image/jpeg"),
        (b"%PDF-1.7", "application/pdf"),
        (b"<svg onload=x>", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_the_first_bytes_say_what_it_is(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("C:\\photos\\錠.png", "錠.png"),
        ("../../etc/passwd", "passwd"),
        ('a"\r\nb.png', "ab.png"),
        ("", "attachment"),
    ],
)
def test_a_name_is_only_a_name(name: str, plain: str) -> None:
    assert plain_name(name) == plain
