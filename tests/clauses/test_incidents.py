"""Clauses whose breach opens an incident by itself: nobody types it or leaves it out."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from hokanko import clock
from hokanko.audit.models import Evidence
from hokanko.cameras.models import Camera
from hokanko.casebook.models import Case
from hokanko.casebook.queries import incidents_for
from hokanko.editions.actions import draft, sign
from hokanko.errors import Conflict, Refusal
from hokanko.footage.flags import ALTERED, LOST
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing
from hokanko.home import Home
from hokanko.ledger import read
from hokanko.people.readying import swear
from hokanko.retention.erase import erase_due
from hokanko.retention.verify import AGAIN, due, verify
from hokanko.rules.actor import machine
from hokanko.rules.models import Adoption
from hokanko.vault import cabinet
from hokanko.vault.store import shelf
from hokanko.viewing import actions as viewing
from tests.audit.desk import BLANKS, days_pass, give, row, settled
from tests.clauses import offices
from tests.clauses.founded import Founded, camera, found

VALUES = {
    "org.name": "青葉区",
    "retention.days": "30",
    "storage.places": "防災課の保管庫",
    "inspection.months": "6",
    "camera.count": "1",
    "posts.manager_name": "森 課長",
}


PRINTED = {
    "scope.operator": "group",
    "camera.places": "若桜通 北口（南向き）",
    "camera.count": "1",
}


@pytest.fixture
def ward(fresh_home: Home, db: None) -> Founded:
    """青葉区, with camera 1."""
    del fresh_home, db
    here = offices.ward(VALUES)
    camera(here, "mori")
    return here


def sealed_path(home: Home, footage: Footage) -> Path:
    """Where the sealed original lies."""
    name = cabinet.original(str(footage.pk)).name
    (path,) = [p for p in home.path.rglob(f"*{name}*") if p.is_file()]
    return path


def alter(path: Path) -> bytes:
    """One bit of it is another; gives what it was."""
    content = path.read_bytes()
    changed = bytearray(content)
    changed[len(content) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(changed)
    return content


@pytest.mark.clause("ward-3.3-a")
def test_the_scheduled_verification_flags_a_damaged_file_and_opens_an_incident(
    ward: Founded, fresh_home: Home
) -> None:
    footage, other = ward.take_in("kishi"), ward.take_in("kishi", b"another evening" * 900)
    path = sealed_path(fresh_home, footage)
    before = alter(path)
    verify()
    assert not Case.objects.exists()  # read whole at intake: its turn comes in a week
    clock.fix(clock.now() + AGAIN)
    verify()

    footage.refresh_from_db()
    other.refresh_from_db()
    assert (footage.flags, other.flags) == ([ALTERED], [])
    case = Case.objects.get()
    assert (case.kind, case.asks, case.owner) == ("incident", "damage", "管理責任者")
    assert case.footage_id == footage.pk
    lines = {line.kind: line.clause for line in read.about(thing(footage).name)}
    assert lines["footage.damaged"] == lines["case.linked"] == "ward-3.3-a"
    assert list(incidents_for(ward.by("mori"))) == [case]

    asked = viewing.ask(footage, ward.people["mori"], ["防犯"], "", by=ward.by("mori"))
    with pytest.raises(Refusal, match="損傷") as no:
        viewing.open_room(asked, by=ward.by("mori"))
    assert no.value.clause == "ward-3.3-a"

    path.write_bytes(before)  # put back from a backup
    clock.fix(clock.now() + AGAIN)
    verify()
    footage.refresh_from_db()
    assert footage.flags == []
    assert "footage.mended" in [line.kind for line in read.about(thing(footage).name)]
    viewing.open_room(asked, by=ward.by("mori"))


@pytest.mark.clause("ward-5-loss")
def test_a_lost_file_opens_an_incident_that_names_it(ward: Founded) -> None:
    footage = ward.take_in("kishi")
    shelf().remove(cabinet.original(str(footage.pk)).name)
    clock.fix(clock.now() + AGAIN)
    verify()
    footage.refresh_from_db()
    assert footage.flags == [LOST]
    case = Case.objects.get()
    told = next(act for act in read.about(f"case:{case.pk}") if act.kind == "case.opened")
    assert footage.number in told.private["story"]


def test_what_is_damaged_is_told_once_however_often_it_is_read(ward: Founded) -> None:
    shelf().remove(cabinet.original(str(ward.take_in("kishi").pk)).name)
    for _ in range(3):
        clock.fix(clock.now() + AGAIN)
        verify()
    assert Case.objects.count() == 1


def test_every_file_has_its_turn_once_a_week_and_what_is_over_has_none(ward: Founded) -> None:
    ward.take_in("kishi")
    assert not due()
    clock.fix(clock.now() + AGAIN)
    assert due()
    verify()
    assert not due()
    clock.fix(clock.now() + timedelta(days=60))
    assert not due()


def entered(ward: Founded, person: str) -> Evidence:
    """An entry of the entry log."""
    return give(ward, "entry", [], person=person, purpose="機器の点検")


@pytest.mark.clause("ward-5.1-entry")
def test_an_entry_by_somebody_not_listed_opens_an_incident(ward: Founded) -> None:
    entered(ward, "森 課長")  # a manager
    assert not Case.objects.exists()
    entered(ward, "保守 一郎")
    case = Case.objects.get()
    assert (case.kind, case.asks) == ("incident", "entry")
    (line,) = [act for act in read.about(f"case:{case.pk}") if act.kind == "case.opened"]
    assert (line.clause, line.private["story"].count("保守 一郎")) == ("ward-5.1-entry", 1)

    give(ward, "entrant", [], person="保守　一郎", expires_on=clock.today())
    entered(ward, "保守一郎、岸 主事")  # the same man, however his name is spaced
    assert Case.objects.count() == 1
    days_pass(1)  # his permission has ended
    entered(ward, "保守 一郎")
    assert Case.objects.count() == 2


def test_an_entry_and_its_incident_stand_or_fall_together(
    ward: Founded, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        raise Conflict("書けません。", "It cannot be written.")

    monkeypatch.setattr("hokanko.casebook.actions.next_number", broken)
    with pytest.raises(Conflict):
        entered(ward, "保守 一郎")
    assert not Evidence.objects.exists()


def test_the_list_is_the_managers(ward: Founded) -> None:
    with pytest.raises(Refusal) as no:
        give(ward, "entrant", [], post="設置者", person="保守 一郎")
    assert no.value.clause == "ward-5.1-entry"


def test_who_writes_an_entry_cannot_write_which_incidents_it_opened(ward: Founded) -> None:
    with pytest.raises(Conflict):
        give(ward, "entry", [], person="森 課長", incidents="なし")


@pytest.mark.usefixtures("fresh_home", "db")
@pytest.mark.clause("pref-img-cabinet")
def test_a_medium_missing_from_the_stock_take_opens_an_incident() -> None:
    here = settled("pref")
    for name in ("HDD-1", "HDD-2"):
        give(here, "medium", [], name=name, cabinet="事務所の金庫", lock="南京錠", keyholder="森")
    with pytest.raises(Refusal) as no:
        give(here, "medium", [], name="HDD-3", keyholder="")
    assert "鍵を持つ者" in no.value.mend_ja
    assert row(here.org, "pref-img-cabinet").state == "overdue"
    with pytest.raises(Refusal) as no:
        give(here, "stock", [], seen="HDD-1、HDD-2", photo=False)
    assert no.value.clause == "pref-img-cabinet"
    with pytest.raises(Conflict, match="HDD-1、HDD-2"):
        give(here, "stock", [], seen="", unfound="")

    give(here, "stock", [], seen="HDD-1、HDD-2")
    assert not Case.objects.exists()
    assert row(here.org, "pref-img-cabinet").state == "evidenced"
    days_pass(91)
    assert row(here.org, "pref-img-cabinet").state == "overdue"

    give(here, "stock", [], seen="HDD-2", unfound="HDD-1")
    case = Case.objects.get()
    assert (case.kind, case.asks) == ("incident", "missing")
    (line,) = [act for act in read.about(f"case:{case.pk}") if act.kind == "case.opened"]
    assert (line.clause, "HDD-1" in line.private["story"]) == ("pref-img-cabinet", True)
    give(here, "stock", [], seen="HDD-2")
    assert Case.objects.count() == 1  # while that one stands open, it is the same loss


@pytest.mark.usefixtures("fresh_home", "db")
@pytest.mark.clause("police-4.1")
def test_a_camera_neither_docked_nor_out_opens_a_loss_incident() -> None:
    here = settled("police")
    for number in ("1", "2", "3"):
        out = here.people["kanri"] if number == "2" else None
        Camera.objects.create(org=here.org, number=number, registered_at=clock.now(), holder=out)
    give(here, "stock", [], seen="カメラ 1、カメラ 3", photo=False)
    assert not Case.objects.exists()  # camera 2 is out
    give(here, "stock", [], seen="カメラ 1", photo=False)
    case = Case.objects.get()
    (line,) = [act for act in read.about(f"case:{case.pk}") if act.kind == "case.opened"]
    assert (line.clause, "カメラ 3" in line.private["story"]) == ("police-4.1", True)
    assert case.owner == "運用管理者"


@pytest.mark.usefixtures("fresh_home", "db")
@pytest.mark.clause("pref-maint")
def test_inspections_wait_for_an_interval_and_are_owed_by_it() -> None:
    values = {name: text for name, text in BLANKS["pref"].items() if name != "inspection.months"}
    here = found("HERE", "ここ", "pref", {**values, **PRINTED})
    here.register("kanri", "owner", "持主", "設置者")
    here.register("owner", "boss", "責任者", "管理責任者")
    swear(here.people["boss"], by=here.by("owner"))
    camera(here, "boss")
    (bare,) = Adoption.objects.filter(org=here.org.pk)
    with pytest.raises(Refusal) as no:
        sign(here.org, bare.pk, by=here.by("owner"))
    assert "pref-maint" in no.value.clauses
    assert "inspection.months" in no.value.mend_ja
    filled = draft(here.org, "pref", {"inspection.months": "3"}, "定めた", by=here.by("boss"))
    sign(here.org, filled.pk, by=here.by("owner"))

    about = f"camera:{Camera.objects.get().pk}"
    give(here, "inspection", ["pref-maint"], about=about)
    Camera.objects.update(activated_at=clock.now())  # what does not run yet owes its checklist only
    assert row(here.org, "pref-maint").state == "evidenced"
    days_pass(85)
    assert row(here.org, "pref-maint").state == "evidenced"
    days_pass(10)
    late = row(here.org, "pref-maint")
    assert (late.state, late.owed[0].due) == ("overdue", date(2027, 2, 20))
    assert "カメラ 1" in late.owed[0].ja


def test_what_is_mended_and_damaged_again_is_another_incident(
    ward: Founded, fresh_home: Home
) -> None:
    path = sealed_path(fresh_home, ward.take_in("kishi"))
    whole = path.read_bytes()
    for expected in (1, 2):
        alter(path)
        clock.fix(clock.now() + AGAIN)
        verify()
        assert Case.objects.filter(asks="damage").count() == expected
        path.write_bytes(whole)
        clock.fix(clock.now() + AGAIN)
        verify()
    assert not Case.objects.filter(fact_over_at=None).exists()
    assert Case.objects.exclude(state="closed").count() == 2  # each still asks to be looked into
    case = Case.objects.order_by("number").last()
    assert case is not None
    assert "incident.over" in [act.kind for act in read.about(f"case:{case.pk}")]


@pytest.mark.usefixtures("fresh_home", "db")
def test_what_is_found_and_lost_again_is_another_incident() -> None:
    here = settled("pref")
    give(here, "medium", [], name="HDD-1", cabinet="事務所の金庫", lock="南京錠", keyholder="森")
    for seen, expected in (("", 1), ("HDD-1", 1), ("", 2)):
        give(here, "stock", [], seen=seen, unfound="" if seen else "HDD-1")
        assert Case.objects.count() == expected


@pytest.mark.clause("ward-5.4")
def test_an_erasure_more_than_a_day_late_is_an_incident(ward: Founded) -> None:
    sweep, footage = machine("sweep", "HOME", via="schedule"), ward.take_in("kishi")
    days_pass((footage.last_day - clock.today()).days + 1)
    assert len(erase_due(by=sweep)) == 1  # on the day after its last: in time
    assert not Case.objects.exists()
    late = ward.take_in("kishi", b"one evening" * 900)
    days_pass(1)
    ward.take_in("kishi", b"the next evening" * 900)
    days_pass((late.last_day - clock.today()).days + 4)
    assert len(erase_due(by=sweep)) == 2
    case = Case.objects.get()  # the same delay is told once
    assert (case.kind, case.asks) == ("incident", "late")
    told = next(act for act in read.about(f"case:{case.pk}") if act.kind == "case.opened")
    assert told.clause == "ward-5.4"
    assert f"{late.last_day}" in told.private["story"]
    assert "3日" in told.private["story"]
    assert list(incidents_for(ward.by("mori"))) == [case]
