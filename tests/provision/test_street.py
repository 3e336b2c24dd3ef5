"""A shopping street and the outsiders who ask it for images: seed 001."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hokanko import clock
from hokanko.errors import Refusal
from hokanko.formats.package_checks import check_package
from hokanko.home import Home
from hokanko.provision.consenting import Said, record_consent
from hokanko.provision.form import SHOW
from hokanko.provision.handover import show_at_desk
from hokanko.provision.models import Provision
from hokanko.provision.queries import register_rows
from tests.clauses import offices
from tests.clauses.founded import Founded
from tests.provision.outside import DAY, STATED, choose, hand, judge, taken_down, taker


@pytest.fixture
def street(fresh_home: Home, db: None) -> Founded:
    """若桜通, with its manager mori and its operator kishi."""
    del fresh_home, db
    return offices.street()


def ready(here: Founded, **changes: object) -> Provision:
    """Granted on case ② and chosen."""
    footage = here.take_in("kishi")
    provision = taken_down(here, "kishi", **changes)
    judge(here, "mori", provision, "②", STATED["inquiry"])
    choose(here, "kishi", provision, footage)
    return provision


@pytest.mark.clause("pref-secret-viewers")
def test_who_has_not_signed_the_undertaking_takes_and_sees_nothing(
    street: Founded, tmp_path: Path
) -> None:
    provision, looking = ready(street), ready(street, wants=[SHOW])
    for day in (None, clock.today() + timedelta(days=1)):
        unsigned = replace(taker(), undertaking_on=day)
        with pytest.raises(Refusal) as no:
            hand(street, "kishi", provision, tmp_path / "package", unsigned)
        assert no.value.clause == "pref-secret-viewers"
        with pytest.raises(Refusal) as no:
            show_at_desk(looking, street.people["kishi"], unsigned, by=street.by("kishi"))
        assert no.value.clause == "pref-secret-viewers"
    done = hand(street, "kishi", provision, tmp_path / "package")
    assert [check.name for check in check_package(done.path) if not check.ok] == []
    assert provision.undertaking_on == DAY
    (row,) = register_rows("WAKASA", DAY, DAY)
    assert "誓約：令和8年11月20日" in row["相手方"]


@pytest.mark.clause("pref-use-b")
def test_case_two_is_for_investigative_bodies_only(street: Founded) -> None:
    for kind in ("public", "subject", "other", ""):
        with pytest.raises(Refusal) as no:
            judge(
                street, "mori", taken_down(street, "kishi", body_kind=kind), "②", STATED["inquiry"]
            )
        assert no.value.clause == "pref-use-b"
    accident = STATED["inquiry"] | {"matter": "accident"}
    for lacking in ("body", "officer", "inquiry", "matter"):
        with pytest.raises(Refusal) as no:
            judge(street, "mori", taken_down(street, "kishi"), "②", accident | {lacking: ""})
        assert no.value.clause == "pref-use-b"
    judge(street, "mori", taken_down(street, "kishi"), "②", accident)


@pytest.mark.clause("pref-use-a", "pref-use-c")
def test_law_and_need_are_written_down_and_need_no_urgency(street: Founded) -> None:
    provision = taken_down(street, "kishi", body_kind="other")
    for ground, stated, clause in (
        ("①", {"law": "刑事訴訟法第197条第2項"}, "pref-use-a"),
        ("③", {}, "pref-use-c"),
    ):
        with pytest.raises(Refusal) as no:
            judge(street, "mori", provision, ground, stated)
        assert no.value.clause == clause
    judge(street, "mori", provision, "③", {"need": "倒れた看板の下敷きになった人の確認"})


@pytest.mark.clause("pref-use")
def test_consent_is_not_even_recorded(street: Founded) -> None:
    yes = Said("山本 健", given=True, on=DAY)
    provision = taken_down(street, "kishi", body_kind="subject")
    with pytest.raises(Refusal) as no:
        record_consent(provision, yes, street.people["mori"], by=street.by("mori"))
    assert no.value.clause == "pref-use"
    with pytest.raises(Refusal) as no:
        judge(street, "mori", provision, "同意", {})
    assert no.value.clause == "pref-use"


def test_the_identity_check_is_the_softwares_own_here(street: Founded, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as no:
        hand(street, "kishi", ready(street), tmp_path / "package", replace(taker(), identity=""))
    assert (no.value.clause, no.value.article) == (None, "ソフトウェアの既定")
