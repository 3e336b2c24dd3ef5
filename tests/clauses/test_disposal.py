"""Disposal of media in each book: who, how, confirmed by whom, and not while footage is alive."""

from __future__ import annotations

from typing import Any

import pytest

from hokanko import clock
from hokanko.audit.models import Evidence
from hokanko.audit.queries import media
from hokanko.cameras.models import Camera
from hokanko.errors import Refusal
from hokanko.footage.models import Footage
from hokanko.people.models import Appointment, Person
from tests.audit.desk import days_pass, give, row, settled
from tests.clauses.founded import Founded

pytestmark = pytest.mark.usefixtures("fresh_home", "db")

BOSS, OTHER, THIRD = "森 課長", "岸 主事", "原 主事"
METHODS = {
    "ward": (
        "完全に消去されたことを確認できる方法",
        "3回上書きし、読めないことを確かめた",
    ),
    "pref": ("破砕", ""),
    "home": ("破砕", ""),
    "shop": ("破砕", ""),
}


def with_people(code: str) -> Founded:
    """The organisation with three persons, the first of them in the manager's post."""
    here, now = settled(code), clock.now()
    for login, name in (("mori", BOSS), ("kishi", OTHER), ("hara", THIRD)):
        here.people[login] = Person.objects.create(
            login=login, name=name, org=here.org, registered_at=now
        )
    post = "設置者" if code == "home" else "管理責任者"
    Appointment.objects.create(org=here.org, post=post, person=here.people["mori"], since=now)
    return here


def dispose(here: Founded, code: str, about: str = "", **differs: str) -> Evidence:
    """A disposal with everything in order, but for what differs."""
    method, detail = METHODS[code]
    both = f"{BOSS}、{OTHER}"
    full: dict[str, Any] = {
        "persons": both,
        "confirmed": both,
        "method": method,
        "method_detail": detail,
    }
    photo = differs.pop("photo", "yes") == "yes"
    return give(here, "disposal", [], about=about, photo=photo, **(full | differs))


def refused(code: str, **differs: str) -> str | None:
    """The clause with which a disposal is refused."""
    with pytest.raises(Refusal) as no:
        dispose(with_people(code), code, **differs)
    assert not Evidence.objects.filter(kind="disposal").exists()
    return no.value.clause


@pytest.mark.parametrize("code", METHODS)
def test_a_disposal_in_order_is_entered(code: str) -> None:
    here = with_people(code)
    assert dispose(here, code).number == 1


@pytest.mark.parametrize("persons", [f"{OTHER}、{THIRD}", BOSS, f"{BOSS}、{BOSS}"])
def test_a_ward_disposes_by_two_with_the_manager_among_them(persons: str) -> None:
    assert refused("ward", persons=persons, confirmed=persons) == "ward-5.4-disposal"


@pytest.mark.clause("ward-5.4-record")
@pytest.mark.parametrize("column", ["method", "serial", "place"])
def test_a_disposal_without_its_particulars_is_refused(column: str) -> None:
    assert refused("ward", **{column: ""}) == "ward-5.4-record"


def test_each_person_confirms_and_proof_is_attached() -> None:
    assert refused("ward", confirmed=BOSS) == "ward-5.4-confirm"


def test_without_proof_nothing_is_disposed_of() -> None:
    assert refused("ward", photo="no") == "ward-5.4-confirm"


def test_a_medium_with_living_footage_is_kept_and_the_footage_listed() -> None:
    here = with_people("ward")
    camera = Camera.objects.create(
        org=here.org, number="1", kind="fixed", registered_at=clock.now()
    )
    alive = Footage.objects.create(
        number="HERE-2026-000001",
        org=here.org,
        camera=camera,
        source="a.mp4",
        sha256="0" * 64,
        bytes=1,
        created=clock.now(),
        last_day=clock.today(),
        key_day=clock.today(),
        edition="x",
    )
    medium = give(here, "medium", [], name="HDD-1", cameras="1")
    about = f"medium:{medium.pk}"
    with pytest.raises(Refusal) as no:
        dispose(here, "ward", about)
    assert no.value.clause == "ward-5.4-confirm"
    assert alive.number in no.value.ja
    Footage.objects.update(state="erased")
    dispose(here, "ward", about)
    assert media(here.org.pk) == []
    days_pass(1)
    assert row(here.org, "ward-5.4-confirm").state == "evidenced"


@pytest.mark.clause("pref-img-scrap")
def test_formatting_alone_does_not_scrap_a_medium() -> None:
    assert refused("pref", method="初期化", method_detail="") == "pref-img-scrap"


@pytest.mark.clause("pref-img-scrap")
def test_another_method_needs_its_words() -> None:
    other = "その他画像が読み取れない状態にする方法"
    assert refused("pref", method=other, method_detail="") == "pref-img-scrap"


@pytest.mark.clause("home-2.5-e")
def test_overwriting_alone_is_not_physical() -> None:
    assert refused("home", method="上書き") == "home-2.5-e"


@pytest.mark.clause("shop-mgmt-9-disk")
def test_a_replaced_disk_needs_its_method() -> None:
    assert refused("shop", method="") == "shop-mgmt-9-disk"


@pytest.mark.clause("shop-mgmt-9-person")
def test_a_replaced_disk_needs_the_person_responsible() -> None:
    assert refused("shop", persons=OTHER, confirmed=OTHER) == "shop-mgmt-9-person"
