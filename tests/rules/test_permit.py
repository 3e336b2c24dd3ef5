"""A permit writes its own line: who, which thing and which clause are those asked about."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from hokanko.ledger.models import Entry
from hokanko.ledger.read import Act, acts
from hokanko.people.queries import thing_of_org
from hokanko.rehearsal.cast import Cast
from hokanko.rules.decide import require
from hokanko.rules.permit import Permit


def permitted(cast: Cast) -> Permit:
    """Leave for the clerk to file at her own station."""
    return require(cast.as_actor("tanaka"), "intake.file", thing_of_org(cast.station))


def line(number: int) -> Act:
    """A line of the ledger, opened."""
    (act,) = acts(Entry.objects.filter(pk=number))
    return act


def test_it_writes_what_was_asked(cast: Cast) -> None:
    written = line(permitted(cast).write("intake.found_again").id)
    assert written.person == cast.people["tanaka"].name
    assert (written.org, written.about) == ("CHUO", "org:CHUO")
    assert written.clause == "police-7.1.1-output"
    assert (written.facts, set(written.private)) == ({}, set())


def test_a_verb_may_name_the_thing_it_made(cast: Cast) -> None:
    number = permitted(cast).write(
        "intake.settled",
        about="footage:1",
        org="MINATO",
        clause="police-2.2",
        facts={"wearer": None},
        private={"reason": "申述"},
    )
    written = line(number.id)
    assert (written.org, written.about, written.clause) == ("MINATO", "footage:1", "police-2.2")
    assert (written.facts, written.private) == ({"wearer": None}, {"reason": "申述"})


def test_it_carries_no_fact_that_the_kind_does_not_know(cast: Cast) -> None:
    with pytest.raises(ValueError, match="carries no fact"):
        permitted(cast).write("intake.found_again", facts={"weather": "晴"})


def test_who_was_permitted_cannot_be_exchanged(cast: Cast) -> None:
    permit = permitted(cast)
    with pytest.raises(FrozenInstanceError):
        permit.by = cast.as_actor("suzuki")  # type: ignore[misc]
