"""A household and the police who ask it for images: seed 002, clause ２⑹."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from hokanko.errors import Refusal
from hokanko.formats.package_checks import check_package
from hokanko.home import Home
from hokanko.provision.queries import register_rows
from tests.clauses.founded import Founded
from tests.papers.samples import words
from tests.provision.outside import DAY, STATED, choose, hand, judge, taken_down, taker
from tests.provision.outside import house as found_house

CRIME = {name: STATED["inquiry"][name] for name in ("body", "officer", "matter")}


@pytest.fixture
def house(fresh_home: Home, db: None) -> Founded:
    """熊谷家, with its installer kumagai."""
    del fresh_home, db
    return found_house()


@pytest.mark.clause("home-2.6-b")
def test_a_plain_accident_is_not_named(house: Founded) -> None:
    provision = taken_down(house, "kumagai")
    with pytest.raises(Refusal) as no:
        judge(house, "kumagai", provision, "イ", CRIME | {"matter": "accident"})
    assert no.value.clause == "home-2.6-b"
    assert "犯罪捜査だけ" in no.value.ja
    assert "アかウ" in no.value.ja
    for lacking in CRIME:
        with pytest.raises(Refusal) as no:
            judge(house, "kumagai", provision, "イ", CRIME | {lacking: ""})
        assert no.value.clause == "home-2.6-b"
    neighbour = taken_down(house, "kumagai", body_kind="other")
    with pytest.raises(Refusal) as no:
        judge(house, "kumagai", neighbour, "イ", CRIME)
    assert no.value.clause == "home-2.6-b"
    judge(house, "kumagai", provision, "イ", CRIME)


@pytest.mark.clause("home-2.6-c")
def test_an_emergency_is_urgent_and_unavoidable(house: Founded) -> None:
    provision = taken_down(house, "kumagai", recipient="隣家", body_kind="other")
    both = {"urgency": "子供がまだ帰らない", "unavoidable": "ほかに行き先を知る手がかりがない"}
    for lacking in both:
        with pytest.raises(Refusal) as no:
            judge(house, "kumagai", provision, "ウ", both | {lacking: ""})
        assert no.value.clause == "home-2.6-c"
    judge(house, "kumagai", provision, "ウ", both)
    assert all(text in provision.ground_note for text in both.values())


@pytest.mark.clause("home-2.6-c")
def test_who_asks_in_an_emergency_says_both_and_so_does_who_looks(house: Founded) -> None:
    footage, client = house.take_in("kumagai"), Client()
    client.force_login(house.people["kumagai"])
    urgent = "子供がまだ帰らず、緊急に行き先を知りたい。"
    both = urgent + "ほかに手がかりがなく、やむを得ない。"
    page = f"/viewing/ask/?footage={footage.number}"
    for note in ("", urgent, "やむを得ないため。"):
        no = client.post(page, {"purposes": ["ウ"], "note": note})
        assert "[home-2.6-c]" in no.content.decode(), note
        with pytest.raises(Refusal) as refused:
            taken_down(house, "kumagai", purposes=["ウ"], purpose_note=note)
        assert refused.value.clause == "home-2.6-c"
    assert client.post(page, {"purposes": ["ウ"], "note": both}).status_code == 302
    assert taken_down(house, "kumagai", purposes=["ウ"], purpose_note=both).purposes == ["ウ"]


@pytest.mark.clause("home-2.6-record")
def test_time_recipient_and_content_stand_on_the_record(house: Founded, tmp_path: Path) -> None:
    lacks: tuple[dict[str, object], ...] = ({"recipient": ""}, {"wants": []})
    for lacking in lacks:
        with pytest.raises(Refusal) as no:
            taken_down(house, "kumagai", **lacking)
        assert no.value.clause == "home-2.6-record"
    footage = house.take_in("kumagai")
    provision = taken_down(house, "kumagai", outline="")
    judge(house, "kumagai", provision, "イ", CRIME)
    choose(house, "kumagai", provision, footage)
    done = hand(house, "kumagai", provision, tmp_path / "package", taker(undertaking_on=None))
    assert [check.name for check in check_package(done.path) if not check.ok] == []
    printed = words((done.path / "provision.pdf").read_bytes())
    (row,) = register_rows("IE", DAY, DAY)
    for name in ("提供日時", "提供先", "提供画像データの内容"):
        assert row[name]
        assert name in printed
    assert footage.number in row["提供画像データの内容"]
    assert "青葉警察署刑事課" in printed
