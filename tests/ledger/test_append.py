"""A line is written with its cause, cannot be changed, and forgets persons without breaking."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from hokanko.footage.models import Footage
from hokanko.ledger import prove, read
from hokanko.ledger.append import append
from hokanko.ledger.models import Entry, Opening
from hokanko.ledger.publish import publish
from hokanko.rehearsal.cast import Cast


def test_the_life_of_a_piece_is_read_back(cast: Cast, footage: Footage) -> None:
    kinds = [act.kind for act in read.about(f"footage:{footage.pk}")]
    assert kinds == ["intake.begun", "intake.taken_in"]
    assert read.about(f"footage:{footage.pk}")[1].person == "田中 美咲"
    assert read.about(f"footage:{footage.pk}")[1].posts == ("運用担当者@CHUO",)


def test_the_whole_ledger_verifies(cast: Cast, footage: Footage) -> None:
    publish()
    verdict = prove.check()
    assert verdict.sound, verdict.problems
    assert verdict.size == Entry.objects.count() > 10


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE hokanko_entry SET kind = 'login.done'",
        "DELETE FROM hokanko_entry",
        "UPDATE hokanko_entry SET place = 0",
        "DELETE FROM hokanko_checkpoint",
        "UPDATE hokanko_checkpoint SET note = ''",
    ],
)
def test_the_database_refuses_change(cast: Cast, sql: str) -> None:
    publish()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_a_forgotten_person_leaves_the_proofs_whole(cast: Cast, footage: Footage) -> None:
    publish()
    Opening.objects.all().delete()
    assert prove.check().sound
    assert read.about(f"footage:{footage.pk}")[1].person == read.FORGOTTEN


def test_unknown_kinds_and_facts_are_refused(cast: Cast) -> None:
    by = cast.as_actor("suzuki")
    with pytest.raises(KeyError):
        append("no.such.kind", by=by, org="CHUO", about="org:CHUO")
    with pytest.raises(ValueError, match="fact"):
        append("login.done", by=by, org="CHUO", about="org:CHUO", facts={"colour": "red"})
