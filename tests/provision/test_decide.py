"""Deciding a request: who, by day and by night, and on which ground."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hokanko import clock
from hokanko.errors import Conflict, Refusal
from hokanko.ledger import read
from hokanko.provision.actions import decline, grant
from hokanko.provision.judging import Judged
from hokanko.provision.models import Provision
from hokanko.provision.queries import reports_owed, thing
from hokanko.provision.reporting import acknowledge, report
from hokanko.rehearsal.cast import Cast
from tests.provision.requests import MORNING, NIGHT, asked

NO = "次に掲げるどの場合にも当たらない。"


def in_the_night(cast: Cast) -> Provision:
    """Asked and granted at two in the morning, by 高橋."""
    clock.fix(NIGHT)
    provision = asked(cast)
    grant(provision, cast.people["takahashi"], "ウ", by=cast.as_actor("takahashi"))
    return provision


@pytest.mark.clause("police-7.2.4", "police-7.2.4-a", "police-7.2.4-b", "police-7.2.4-c")
def test_the_manager_grants_on_a_ground(cast: Cast) -> None:
    for ground, note in (
        ("ア", "苦情 2026-3"),
        ("イ", "受傷事故防止の教養"),
        ("ウ", ""),
        ("エ", "アの確認に要る"),
    ):
        provision = asked(cast)
        judged = Judged(return_on=clock.today() if ground == "イ" else None)
        by = cast.as_actor("suzuki")
        grant(provision, cast.people["suzuki"], ground, note, judged=judged, by=by)
        assert (provision.state, provision.ground, provision.night) == ("approved", ground, False)
        act = read.about(thing(provision).name)[-1]
        assert (act.kind, act.clause) == ("provision.decided", "police-7.2.4")
        assert act.facts["ground"] == ground


@pytest.mark.clause("police-7.2.4", "police-7.2.4-a", "police-7.2.4-b", "police-7.2.4-d")
def test_a_ground_is_needed_and_its_text(cast: Cast) -> None:
    provision, by = asked(cast), cast.as_actor("suzuki")
    for ground, clause in (
        ("", "police-7.2.4"),
        ("オ", "police-7.2.4"),
        ("ア", "police-7.2.4-a"),
        ("イ", "police-7.2.4-b"),
        ("エ", "police-7.2.4-d"),
    ):
        with pytest.raises(Refusal) as refused:
            grant(provision, cast.people["suzuki"], ground, " ", by=by)
        assert clause in refused.value.clauses
    provision.refresh_from_db()
    assert provision.state == "asked"


@pytest.mark.clause("police-7.2.4-b")
@pytest.mark.parametrize("late", [None, -1])
def test_education_needs_the_day_on_which_the_medium_comes_back(
    cast: Cast, late: int | None
) -> None:
    provision, by = asked(cast), cast.as_actor("suzuki")
    judged = Judged(return_on=clock.today() + timedelta(days=late) if late else None)
    with pytest.raises(Refusal) as no:
        grant(provision, cast.people["suzuki"], "イ", "教養", judged=judged, by=by)
    assert no.value.clause == "police-7.2.4-b"
    assert "期限" in no.value.ja


@pytest.mark.clause("police-3.2.2-power")
def test_by_day_nobody_else_decides(cast: Cast) -> None:
    provision = asked(cast)
    for login in ("takahashi", "tanaka", "ito", "yamada", "watanabe", "kanri"):
        with pytest.raises(Refusal):
            grant(provision, cast.people[login], "ウ", by=cast.as_actor(login))
        with pytest.raises(Refusal):
            decline(provision, cast.people[login], NO, by=cast.as_actor(login))


@pytest.mark.clause("police-7.2.4-night", "police-form-receiver")
def test_in_night_duty_the_supervisor_stands_in(cast: Cast) -> None:
    provision = in_the_night(cast)
    assert (provision.state, provision.night) == ("approved", True)
    assert read.about(thing(provision).name)[-1].clause == "police-7.2.4-night"
    clock.fix(MORNING)
    second = asked(cast)
    with pytest.raises(Refusal) as refused:
        grant(second, cast.people["takahashi"], "ウ", by=cast.as_actor("takahashi"))
    assert "police-7.2.4-night" in refused.value.clauses


@pytest.mark.clause("police-7.2.4-report")
def test_a_night_provision_is_reported_and_acknowledged(cast: Cast) -> None:
    provision = in_the_night(cast)
    assert provision.report_due is not None
    assert clock.iso(provision.report_due) == "2026-11-24T10:30:00+09:00"
    assert list(reports_owed("CHUO")) == [provision]
    clock.fix(MORNING)
    supervisor, manager = cast.as_actor("takahashi"), cast.as_actor("suzuki")
    with pytest.raises(Conflict):
        acknowledge(provision, by=manager)
    with pytest.raises(Refusal):
        report(provision, by=manager)
    report(provision, by=supervisor)
    with pytest.raises(Conflict):
        report(provision, by=supervisor)
    with pytest.raises(Refusal):
        acknowledge(provision, by=supervisor)
    acknowledge(provision, by=manager)
    assert not reports_owed("CHUO")


def test_a_refusal_in_the_night_owes_no_report(cast: Cast) -> None:
    clock.fix(NIGHT)
    provision = asked(cast)
    decline(provision, cast.people["takahashi"], NO, by=cast.as_actor("takahashi"))
    assert (provision.state, provision.night) == ("declined", True)
    assert not reports_owed("CHUO")
    with pytest.raises(Conflict):
        report(provision, by=cast.as_actor("takahashi"))


def test_it_is_decided_once(cast: Cast) -> None:
    provision, by = asked(cast), cast.as_actor("suzuki")
    decline(provision, cast.people["suzuki"], NO, by=by)
    with pytest.raises(Conflict):
        grant(provision, cast.people["suzuki"], "ウ", by=by)
