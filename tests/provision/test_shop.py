"""A shop and the outsiders who ask it for images: seed 003, items 6 and 7."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from hokanko import clock
from hokanko.errors import Refusal
from hokanko.formats.package_checks import check_package
from hokanko.home import Home
from hokanko.provision.consenting import Said, record_consent
from hokanko.provision.models import Provision
from hokanko.provision.queries import register_rows
from hokanko.timekeeping.actions import correct
from tests.clauses.founded import Founded
from tests.papers.samples import words
from tests.provision.outside import DAY, choose, hand, judge, taken_down, taker
from tests.provision.outside import shop as found_shop

EXCLUSIONS = {
    "①": {"basis": "warrant", "body": "青葉警察署", "officer": "佐川", "law_document": "第12号"},
    "②": {"protects": "客の生命", "difficulty": "本人が意識を失っているため"},
    "③": {"health": "感染の経路の調査", "health_body": "保健所", "health_difficulty": "多数のため"},
    "④": {"task_body": "税務署", "task": "調査", "hindrance": "証拠を隠すおそれがあるため"},
}


@pytest.fixture
def shop(fresh_home: Home, db: None) -> Founded:
    """みどり書店, with its manager midori."""
    del fresh_home, db
    return found_shop()


def asked(here: Founded, **changes: object) -> Provision:
    """An insurer asks, for the prevention of theft."""
    told = {"purposes": ["盗難防止"], "recipient": "みなと保険", "body_kind": "other"} | changes
    return taken_down(here, "midori", **told)


def answered(
    here: Founded, provision: Provision, person: str, *, given: bool, late: int = 0
) -> None:
    """One person's answer of today; a late one is of a day when the clock ran ahead."""
    now, said = clock.now(), Said(person, given=given, on=DAY + timedelta(days=late))
    clock.fix(now + timedelta(days=late))
    record_consent(provision, said, here.people["midori"], by=here.by("midori"))
    clock.fix(now)
    if late:
        correct(here.org, "日付が一日進んでいた", by=here.by("midori"))


def refusal(
    here: Founded, provision: Provision, ground: str, stated: dict[str, str], **said: object
) -> str | None:
    """The clause with which the grant is refused."""
    with pytest.raises(Refusal) as no:
        judge(here, "midori", provision, ground, stated, **said)  # type: ignore[arg-type]
    return no.value.clause


@pytest.mark.clause("shop-mgmt-6")
def test_everyone_filmed_consents_each_with_a_day(shop: Founded, tmp_path: Path) -> None:
    footage, provision = shop.take_in("midori"), asked(shop)
    assert refusal(shop, provision, "同意", {}) == "shop-mgmt-6"
    answered(shop, provision, "山本 健", given=True)
    assert refusal(shop, provision, "同意", {}, shown=2, others="写さない") == "shop-mgmt-6"
    answered(shop, provision, "林 花", given=True)
    judge(shop, "midori", provision, "同意", {}, shown=2)  # type: ignore[arg-type]
    choose(shop, "midori", provision, footage)
    at_desk = taker(name="港 太郎", recipient="みなと保険", undertaking_on=None)
    done = hand(shop, "midori", provision, tmp_path / "package", at_desk)
    assert [check.name for check in check_package(done.path) if not check.ok] == []
    printed = words((done.path / "provision.pdf").read_bytes())
    assert "山本健（令和8年11月20日）" in printed
    assert "林花（令和8年11月20日）" in printed


@pytest.mark.clause("shop-mgmt-6-refuse")
def test_a_refusal_ends_the_request_and_the_next_on_consent(shop: Founded) -> None:
    provision = asked(shop)
    answered(shop, provision, "山本 健", given=False)
    assert provision.state == "declined"
    again = asked(shop, happened_from=provision.happened_from - timedelta(minutes=5))
    answered(shop, again, "林 花", given=True)
    assert refusal(shop, again, "同意", {}) == "shop-mgmt-6-refuse"
    another = asked(shop, recipient="別の保険会社")
    answered(shop, another, "山本 健", given=True)
    judge(shop, "midori", another, "同意", {})
    judge(shop, "midori", again, "②", EXCLUSIONS["②"])


@pytest.mark.clause("shop-qa-1-12")
def test_a_consent_dated_after_the_use_is_none(shop: Founded) -> None:
    provision = asked(shop)
    answered(shop, provision, "山本 健", given=True, late=1)
    assert refusal(shop, provision, "同意", {}) == "shop-qa-1-12"
    answered(shop, provision, "山本 健", given=True)
    judge(shop, "midori", provision, "同意", {})


@pytest.mark.clause("shop-qa-1-12")
def test_a_consent_of_a_day_to_come_is_not_recorded(client: Client, shop: Founded) -> None:
    provision = asked(shop)
    tomorrow = Said("山本 健", given=True, on=DAY + timedelta(days=1))
    with pytest.raises(Refusal, match="今日より後") as no:
        record_consent(provision, tomorrow, shop.people["midori"], by=shop.by("midori"))
    assert (no.value.clause, no.value.article) == ("shop-qa-1-12", "A 1-12")
    client.force_login(shop.people["midori"])
    told = {"person": "山本 健", "given": "yes", "on": str(tomorrow.on), "note": "口頭で"}
    url = f"/provision/{provision.number}/"
    answer = client.post(f"{url}consent/", told)
    page = answer.content.decode()
    assert (answer.status_code, "[shop-qa-1-12]" in page, 'value="口頭で"' in page) == (
        403,
        True,
        True,
    )
    assert not provision.consents.exists()
    assert client.post(f"{url}consent/", told | {"on": str(DAY)}).status_code == 302
    assert provision.consents.count() == 1


@pytest.mark.clause("shop-mgmt-7-1", "shop-mgmt-7-2", "shop-mgmt-7-3", "shop-mgmt-7-4")
@pytest.mark.parametrize("ground", sorted(EXCLUSIONS))
def test_each_exclusion_has_its_own_conditions(shop: Founded, ground: str) -> None:
    provision, whole = asked(shop, body_kind="investigative"), EXCLUSIONS[ground]
    clause = f"shop-mgmt-7-{'①②③④'.index(ground) + 1}"
    for left_out in whole:
        assert refusal(shop, provision, ground, whole | {left_out: " "}) == clause
    if ground == "①":
        assert refusal(shop, provision, ground, whole | {"basis": "request"}) == clause
        judge(shop, "midori", asked(shop), ground, whole | {"basis": "voluntary"})
    if ground == "④":
        assert refusal(shop, asked(shop), ground, whole) == clause
    judge(shop, "midori", provision, ground, whole)
    assert (provision.state, provision.ground) == ("approved", ground)


@pytest.mark.clause("shop-mgmt-6-subject")
@pytest.mark.parametrize("own", ["", "山本 健", "山本健（本人）", "写っている本人", "山本　健 様"])
def test_who_is_filmed_himself_gets_his_images_and_others_are_protected(
    shop: Founded, own: str
) -> None:
    provision = asked(shop, recipient="山本 健", body_kind="subject")
    if own:
        answered(shop, provision, own, given=True)
    assert refusal(shop, provision, "同意", {}, shown=2) == "shop-mgmt-6-subject"
    judge(shop, "midori", provision, "同意", {}, shown=2, others="静止画に切り出して写さない")  # type: ignore[arg-type]
    assert provision.state == "approved"


def test_who_consents_beside_the_subject_needs_no_protection(shop: Founded) -> None:
    provision = asked(shop, recipient="山本 健", body_kind="subject")
    answered(shop, provision, "山本 健", given=True)
    answered(shop, provision, "林 花", given=True)
    assert refusal(shop, provision, "同意", {}, shown=3) == "shop-mgmt-6-subject"
    judge(shop, "midori", provision, "同意", {}, shown=2)  # type: ignore[arg-type]
    assert provision.state == "approved"


@pytest.mark.clause("shop-mgmt-6-subject")
def test_the_page_asks_how_others_are_protected(client: Client, shop: Founded) -> None:
    provision = asked(shop, recipient="山本 健", body_kind="subject")
    answered(shop, provision, "山本 健", given=True)
    client.force_login(shop.people["midori"])
    url = f"/provision/{provision.number}/"
    told = {"decision": "grant", "ground": "同意", "shown": "2", "others": " "}
    refused = client.post(f"{url}decide/", told)
    page = refused.content.decode()
    assert (refused.status_code, "[shop-mgmt-6-subject]" in page) == (403, True)
    told["others"] = "顔にマスクをかける"
    assert client.post(f"{url}decide/", told).status_code == 302
    assert "顔にマスクをかける" in client.get(url).content.decode()


@pytest.mark.clause("shop-mgmt-7-record")
def test_five_matters_stand_on_the_record(shop: Founded, tmp_path: Path) -> None:
    lacks: tuple[dict[str, object], ...] = (
        {"recipient": ""},
        {"outline": ""},
        {"wants": []},
        {"purposes": []},
    )
    for lacking in lacks:
        with pytest.raises(Refusal) as no:
            asked(shop, **lacking)
        assert no.value.clause == "shop-mgmt-7-record"
    footage, provision = shop.take_in("midori"), asked(shop)
    judge(shop, "midori", provision, "②", EXCLUSIONS["②"])
    choose(shop, "midori", provision, footage)
    hand(shop, "midori", provision, tmp_path / "p.zip", taker(recipient="みなと保険"))
    (row,) = register_rows("MIDORI", DAY, DAY)
    fields = ["提供した日時", "提供先", "提供したもの", "提供の目的", "理由"]
    assert list(row)[2:] == fields
    assert all(row[name] for name in fields)
    assert "本人が意識を失っているため" in row["理由"]
