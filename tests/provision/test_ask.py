"""Submitting the 依頼書: what it must say, and to whom it goes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hokanko import clock
from hokanko.errors import Conflict, Refusal
from hokanko.footage.models import Footage
from hokanko.ledger import read
from hokanko.ledger.models import Entry
from hokanko.provision.actions import ask
from hokanko.provision.form import MEDIUM, STILL
from hokanko.provision.models import Provision
from hokanko.provision.queries import desk, thing
from hokanko.rehearsal.cast import Cast
from tests.fixtures import NOON
from tests.provision.requests import MORNING, NIGHT, asked, form


@pytest.mark.clause("police-form-note")
def test_a_whole_form_is_submitted(cast: Cast) -> None:
    provision = asked(cast)
    assert (provision.number, provision.state) == ("CHUO-R-2026-0001", "asked")
    assert provision.remarks == ""
    (act,) = read.about(thing(provision).name)
    assert (act.kind, act.person, act.clause) == ("provision.asked", "伊藤 玲", "police-7.2.3")
    assert act.facts["purposes"] == ["ウ"]
    assert "接触" not in str(act.facts)
    assert act.private["outline"] == provision.outline


MISSING: list[tuple[dict[str, object], str]] = [
    ({"purposes": []}, "police-7.2.3-purpose"),
    ({"purposes": ["広報"]}, "police-7.2.1"),
    ({"purposes": ["イ"]}, "police-7.2.1-b"),
    ({"purposes": ["イ", "ウ"]}, "police-7.2.1-b"),  # the outline is not the bracket's text
    ({"purposes": ["法令"]}, "police-7.2.1-law"),
    ({"wants": []}, "police-form-check"),
    ({"outline": " "}, "police-form-outline"),
    ({"wearer": None}, "police-form-wearer"),
    ({"wearer": "ito"}, "police-form-wearer"),  # who never wore a camera
    ({"telephone": ""}, "police-form-requester"),
    ({"happened_until": NOON - timedelta(minutes=1)}, "police-form-time"),
]


@pytest.mark.clause(
    "police-7.2.3-purpose",
    "police-7.2.1-b",
    "police-7.2.1-c",
    "police-form-check",
    "police-form-outline",
    "police-form-purpose",
    "police-form-requester",
    "police-form-time",
    "police-form-wearer",
)
def test_what_is_missing_is_refused_with_its_article(cast: Cast) -> None:
    for said, clause in MISSING:
        changes = said | ({"wearer": cast.people["ito"]} if said.get("wearer") else {})
        with pytest.raises(Refusal) as refused:
            asked(cast, **changes)
        assert refused.value.clause == clause
        refusal = Entry.objects.filter(kind="refused").latest("id")
        assert clause in bytes(refusal.body).decode()
    assert not Provision.objects.exists()


@pytest.mark.clause("police-form-wearer")
def test_a_wearer_who_is_not_registered_is_explained(cast: Cast) -> None:
    said = {"wearer": cast.people["ito"], "remarks": "応援の者で、カメラは佐藤のものを使った。"}
    assert asked(cast, **said).state == "asked"


@pytest.mark.clause("police-7.2.3-to")
def test_by_day_it_lies_with_the_manager_of_that_unit_only(cast: Cast) -> None:
    clock.fix(MORNING)
    provision = asked(cast)
    piles = {
        login: desk(cast.people[login].org, cast.as_actor(login)).decide
        for login in ("suzuki", "takahashi", "tanaka", "yamada", "nakamura", "watanabe")
    }
    assert piles.pop("suzuki") == [provision]
    assert not any(piles.values())


@pytest.mark.clause("police-7.2.3-night")
def test_by_night_it_lies_with_the_supervisor(cast: Cast) -> None:
    clock.fix(NIGHT)
    provision = asked(cast)
    supervisor = cast.as_actor("takahashi")
    assert desk(cast.station, supervisor).decide == [provision]
    clock.fix(MORNING)
    assert desk(cast.station, supervisor).decide == []


def test_an_outsider_cannot_ask_here(cast: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        ask(cast.station, form(cast), cast.people["yamada"], by=cast.as_actor("yamada"))
    assert refused.value.clause == "police-3.2.1"


def test_footage_of_another_unit_cannot_be_named(cast: Cast, footage: Footage) -> None:
    yamada = cast.people["yamada"]
    with pytest.raises(Conflict):
        ask(cast.other, form(cast), yamada, [(footage, [])], by=cast.as_actor("yamada"))
    assert not Provision.objects.exists()


def test_both_contents_may_be_asked_for(cast: Cast) -> None:
    assert asked(cast, wants=[STILL, MEDIUM]).wants == ["still", "medium"]
