"""The verbs of cases: what they write, what they seal, and what they refuse."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hokanko import clock
from hokanko.casebook.models import Case
from hokanko.casebook.texts import steps, texts
from hokanko.cases import actions, queries
from hokanko.errors import Conflict, Missing, Refusal, Unsound
from hokanko.home import Home
from hokanko.ledger.models import Entry
from hokanko.ledger.read import about
from hokanko.people.queries import thing_of_org
from tests.cases.bodies import STORY, answered, body, closed, received, with_camera
from tests.clauses.founded import Founded
from tests.fixtures import NOON


@pytest.fixture
def ward(fresh_home: Home, db: None) -> Founded:
    """A ward with its manager and an operator."""
    del fresh_home, db
    return with_camera("ward")


def test_a_case_is_received_answered_and_closed(ward: Founded) -> None:
    case = received(ward)
    assert (case.number, case.owner) == ("BODY-C2026-0001", "管理責任者")
    assert case.due_on == clock.today() + timedelta(days=7)
    answered(ward, case)
    closed(ward, case, outcome="measure", measures="カメラの向きを変えた。")
    kinds = [act.kind for act in about(f"case:{case.pk}")]
    assert kinds == ["case.opened", "case.answered", "case.closed"]
    assert [step.kind for step in steps(case)] == ["received", "answered", "closed"]


def test_the_opened_line_carries_what_the_board_needs(ward: Founded) -> None:
    case = received(ward)
    (line,) = about(f"case:{case.pk}")
    assert line.facts == {
        "number": case.number,
        "kind": "complaint",
        "asks": "siting",
        "due": case.due_on.isoformat(),
        "owner": "管理責任者",
        "received": clock.today().isoformat(),
    }


def test_no_text_of_a_person_lies_open(ward: Founded) -> None:
    case = received(ward)
    answered(ward, case)
    closed(ward, case, outcome="none", reason="北野さんの家は写っていない。")
    row = Case.objects.get(pk=case.pk)
    rows = [row.sender, row.story, row.outcome_reason, *(s.text for s in row.steps.all())]
    lines = Entry.objects.filter(about=f"case:{case.pk}").values_list("body", flat=True)
    everything = b"".join(map(bytes, [*rows, *lines]))
    for secret in ("北野", "090-0000", "玄関の前", "電話で説明"):
        assert secret.encode() not in everything
    assert texts(row).name == "北野 春"
    assert texts(row).story == STORY
    assert texts(row).reason.startswith("北野さん")


def test_a_text_moved_to_another_case_does_not_open(ward: Founded) -> None:
    first, second = received(ward), received(ward)
    Case.objects.filter(pk=second.pk).update(story=first.story)
    with pytest.raises(Unsound):
        texts(Case.objects.get(pk=second.pk))


def test_numbers_count_up_within_a_year(ward: Founded) -> None:
    assert [received(ward).number[-4:] for _ in range(3)] == ["0001", "0002", "0003"]
    clock.fix(NOON + timedelta(days=45))
    assert received(ward).number == "BODY-C2027-0001"


def test_the_operator_looks_into_it_but_does_not_answer(ward: Founded) -> None:
    case = received(ward, "hara")
    clerk, by = ward.people["clerk"], ward.by("clerk")
    actions.act(case, "looked", "現地を見た。", person=clerk, by=by)
    with pytest.raises(Refusal) as no:
        actions.answer(case, "電話した。", person=clerk, by=by)
    assert no.value.clause == "ward-8"
    assert no.value.who_may == ("管理責任者",)
    assert queries.case(case.number).state == "open"


def test_who_holds_no_post_records_but_does_not_read(ward: Founded) -> None:
    received(ward, "hara")
    with pytest.raises(Refusal):
        actions.confirm(
            Case.objects.get(), "確かめた。", person=ward.people["hara"], by=ward.by("hara")
        )
    assert ward.refused("hara", "case.list", thing_of_org(ward.org)).clause is None


def test_a_case_is_not_closed_before_it_is_answered(ward: Founded) -> None:
    case = received(ward)
    with pytest.raises(Refusal) as no:
        closed(ward, case, outcome="measure", measures="直した。")
    assert no.value.clause == "ward-8"


def test_what_is_closed_stays_closed(ward: Founded) -> None:
    case = received(ward)
    answered(ward, case)
    closed(ward, case, outcome="measure", measures="直した。")
    with pytest.raises(Conflict):
        answered(ward, case)
    with pytest.raises(Conflict):
        closed(ward, case, outcome="measure", measures="直した。")


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "objection", "asks": "doubt"},
        {"asks": "disclose"},
        {"received_on": clock.day_of(NOON + timedelta(days=1))},
    ],
)
def test_a_case_that_makes_no_sense_is_not_recorded(ward: Founded, told: dict[str, Any]) -> None:
    with pytest.raises(Conflict):
        received(ward, **told)
    assert not Case.objects.exists()


def test_an_incident_is_closed_only_after_it_was_reported(ward: Founded) -> None:
    case = received(ward, kind="incident", asks="1")
    assert case.due_on == clock.today()
    with pytest.raises(Refusal):
        closed(ward, case, outcome="settled")
    actions.act(case, "reported", "設置者へ。", person=ward.people["boss"], by=ward.by("boss"))
    closed(ward, case, outcome="settled")
    assert queries.case(case.number).state == "closed"


def test_footage_of_another_organisation_is_not_linked(ward: Founded) -> None:
    piece = ward.take_in("boss")
    piece.org_id = "HOME"
    with pytest.raises(Conflict):
        received(ward, footage=piece)


def test_an_unknown_case_is_missing(ward: Founded) -> None:
    del ward
    with pytest.raises(Missing):
        queries.case("BODY-C2026-0009")


def test_nothing_is_refused_to_a_household_but_an_empty_answer(fresh_home: Home, db: None) -> None:
    del fresh_home, db
    home = body("home")
    case = received(home, "hara")
    with pytest.raises(Conflict):
        actions.answer(case, " ", person=home.people["boss"], by=home.by("boss"))
    assert case.owner == "設置者"
