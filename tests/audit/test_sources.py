"""What other chapters write arrives on the board: cases, night duty, media, people, editions."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from hokanko import clock
from hokanko.audit.board import reminders
from hokanko.cases.actions import open_case
from hokanko.ledger.append import append
from hokanko.people.models import Appointment, Organisation, Person
from hokanko.rules.actor import machine
from hokanko.rules.models import Adoption
from tests.audit.desk import days_pass, give, holder, row, settled
from tests.clauses.founded import Founded

pytestmark = pytest.mark.usefixtures("fresh_home", "db")


def written(here: Founded, line: str, /, **facts: object) -> None:
    """A ledger line as another chapter writes it."""
    append(line, by=machine("test", here.org.pk), org=here.org.pk, about="x:1", facts=facts)  # type: ignore[arg-type]


def appointed(here: Founded, name: str, post: str, *, days_ago: int = 1) -> Appointment:
    """Somebody in a post, without an oath."""
    since = clock.now() - timedelta(days=days_ago)
    person = Person.objects.create(login=name, name=name, org=here.org, registered_at=since)
    return Appointment.objects.create(org=here.org, post=post, person=person, since=since)


def test_a_complaint_without_an_answer_is_owed_after_its_day() -> None:
    here = settled("ward")
    assert row(here.org, "ward-8").label == "quiet"
    today = str(clock.today())
    told = {"number": "苦情-1", "kind": "complaint", "asks": "", "owner": "管理責任者"}
    written(here, "case.opened", **told, due=today, received=today)
    assert row(here.org, "ward-8").owed == ()
    days_pass(1)
    (owed,) = row(here.org, "ward-8").owed
    assert owed.who == ("管理責任者",)
    assert "苦情-1" in owed.ja
    assert reminders(here.org, {"管理責任者"})[0] >= 1
    written(here, "case.answered", number="苦情-1", kind="complaint")
    assert row(here.org, "ward-8").state == "evidenced"


@pytest.mark.parametrize("code", ["ward", "pref", "home", "shop"])
def test_a_case_as_the_cases_chapter_opens_it_is_found(code: str) -> None:
    here = settled(code)
    clause = {"ward": "ward-8", "pref": "pref-complaint", "home": "home-2.7", "shop": "shop-mgmt-8"}
    post = "設置者" if code == "home" else "管理責任者"
    by = holder(here, post)
    open_case(
        here.org,
        kind="complaint",
        asks="privacy",
        received_on=clock.today(),
        name="近所の者",
        reach="電話",
        story="カメラがこちらを向いている",
        receiver=Person.objects.get(pk=UUID(by.id)),
        by=by,
    )
    days_pass(60)
    found = row(here.org, clause[code])
    assert found.state == "overdue"
    assert found.attention == (code == "pref")


@pytest.mark.clause("police-7.2.4-report")
def test_a_night_provision_not_reported_by_its_time_is_owed() -> None:
    here = settled("police")
    clock.fix(datetime(2026, 11, 24, 23, 0, tzinfo=clock.TOKYO))
    written(here, "provision.decided", number="提供-1", ground="ア", night=True)
    assert row(here.org, "police-7.2.4-report").owed == ()
    clock.fix(datetime(2026, 11, 25, 10, 29, tzinfo=clock.TOKYO))
    assert row(here.org, "police-7.2.4-report").owed == ()
    clock.fix(datetime(2026, 11, 25, 10, 31, tzinfo=clock.TOKYO))
    found = row(here.org, "police-7.2.4-report")
    assert found.state == "overdue"
    assert found.owed[0].who == ("運用主任者",)
    written(here, "provision.acknowledged", number="提供-1")
    assert row(here.org, "police-7.2.4-report").state == "evidenced"


def test_a_refusal_in_the_night_is_not_reported() -> None:
    here = settled("police")
    clock.fix(datetime(2026, 11, 24, 23, 0, tzinfo=clock.TOKYO))
    written(here, "provision.declined", number="提供-1", night=True)
    clock.fix(datetime(2026, 11, 26, 12, 0, tzinfo=clock.TOKYO))
    assert row(here.org, "police-7.2.4-report").owed == ()


def test_a_medium_handed_over_is_owed_back_at_the_end_of_its_years() -> None:
    here = settled("police")
    last = str(clock.add_months(clock.today(), 12))
    told = {"thing": "medium", "medium": "USB-3", "keep_until": last}
    written(here, "provision.issued", number="提供-1-1", **told)
    assert row(here.org, "police-7.2.7").owed == ()
    days_pass(366)
    assert "USB-3" in row(here.org, "police-7.2.7").owed[0].ja
    give(
        here,
        "disposal",
        ["police-7.2.7"],
        about="medium:提供-1-1",
        method="文書管理規程その他関係規程に定める方法",
        method_detail="裁断",
    )
    assert row(here.org, "police-7.2.7").state == "evidenced"


def test_an_oath_that_is_missing_and_a_vacancy_are_named() -> None:
    here = settled("ward")
    held = appointed(here, "岸 主事", "操作担当者")
    assert [each.ja for each in row(here.org, "ward-3.4").owed] == ["岸 主事：誓約がありません"]
    held.person.oaths.create(signed_at=clock.now())
    assert row(here.org, "ward-3.4").state == "evidenced"
    vacant = row(here.org, "ward-3")
    assert (vacant.state, vacant.owed[0].ja) == ("overdue", "管理責任者がいません")


def test_who_left_is_to_be_told_that_secrecy_goes_on() -> None:
    here = settled("ward")
    held = appointed(here, "岸 主事", "操作担当者")
    oath = held.person.oaths.create(signed_at=clock.now())
    held.until = clock.now()
    held.save()
    assert row(here.org, "ward-3.4-after").state == "overdue"
    oath.reminded_at = clock.now()
    oath.save()
    assert row(here.org, "ward-3.4-after").state == "evidenced"


def test_an_edition_without_its_second_signature_is_owed() -> None:
    here = settled("police")
    assert row(here.org, "police-notice-5").state == "overdue"
    Adoption.objects.update(signed_at=clock.now())
    assert row(here.org, "police-notice-5").state == "evidenced"


def test_the_review_of_accounts_is_held_by_its_own_line() -> None:
    here = settled("police")
    assert row(here.org, "police-5.1.2").state == "overdue"
    written(here, "person.reviewed")
    assert row(here.org, "police-5.1.2").state == "evidenced"
    days_pass(31)
    assert row(here.org, "police-5.1.2").state == "overdue"


def test_a_headquarters_and_its_units_owe_each_their_own() -> None:
    here = settled("police")
    hq = Organisation.objects.create(code="HQ", name="本部", kind="hq")
    Organisation.objects.filter(pk=here.org.pk).update(parent=hq)
    Adoption.objects.create(
        org="HQ",
        book="police",
        fingerprint=Adoption.objects.get(org="HERE").fingerprint,
        since=clock.now(),
    )
    here.org.refresh_from_db()
    assert row(hq, "police-4.1").state == "outside"
    assert [o.about for o in row(hq, "police-8.1.2").owed] == ["part:総括運用管理者"]
    assert [o.about for o in row(here.org, "police-8.1.2").owed] == ["part:運用管理者"]
    above = Founded(hq, here.people)
    give(above, "review", ["police-notice-5-operate"], post="総括運用管理者")
    assert row(hq, "police-notice-5-operate").state == "evidenced"
    assert row(here.org, "police-notice-5-operate").state == "evidenced"


@pytest.mark.clause("ward-3.1", "ward-3.2")
@pytest.mark.parametrize(
    ("clause", "blank", "post", "said"),
    [
        ("ward-3.1", "posts.manager_name", "管理責任者", "前 課長"),
        ("ward-3.2", "posts.operator_names", "操作担当者", ["前 課長"]),
    ],
)
def test_another_holder_than_the_one_printed_makes_the_edition_outdated(
    clause: str, blank: str, post: str, said: object
) -> None:
    here = settled("ward")
    edition = Adoption.objects.get(org=here.org.pk)
    edition.values[blank] = said
    edition.save()
    before = Appointment.objects.filter(org=here.org, post=post)
    before.update(until=clock.now() - timedelta(hours=1))
    former = appointed(here, "前 課長", post)
    assert row(here.org, clause).state == "printed"
    former.until = clock.now()
    former.save()
    appointed(here, "後 課長", post)
    (owed,) = row(here.org, clause).owed
    assert row(here.org, clause).state == "overdue"
    assert "前 課長" in owed.ja
    assert "いまは後 課長" in owed.ja
    assert owed.who == ("設置者",)
    edition.values[blank] = "防災課長" if isinstance(said, str) else ["防災課長"]
    edition.save()
    assert row(here.org, clause).owed == ()
