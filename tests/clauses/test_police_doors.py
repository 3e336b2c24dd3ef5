"""Clauses of seed 004 at their doors: what pages and verbs do with real people and real footage."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from hokanko import clock, door
from hokanko.audit.board import STATES
from hokanko.cameras import out
from hokanko.cameras.checkout import bring_back, issue, pull
from hokanko.cameras.models import Camera
from hokanko.casebook.models import Case
from hokanko.dock.emptying import empty_bays
from hokanko.errors import Refusal
from hokanko.footage.flags import ALTERED
from hokanko.footage.models import Footage
from hokanko.home import Home
from hokanko.intake.facts import judge
from hokanko.ledger import read
from hokanko.ledger.models import Entry
from hokanko.management.commands.fsck import everything
from hokanko.media.probe import Probe
from hokanko.people.actions import issue_card
from hokanko.people.models import Person
from hokanko.provision.actions import enter
from hokanko.provision.extent import Extent
from hokanko.rehearsal.cast import Cast, settle
from hokanko.retention.mend import mend
from hokanko.retention.verify import AGAIN, verify
from hokanko.rules.actor import HOME, machine
from hokanko.rules.decide import adopted_book
from hokanko.viewing.actions import open_room
from hokanko.viewing.models import Viewing
from tests.editions.test_police import LAST_VALID
from tests.fixtures import IN_VALIDITY, PASSWORD, WORN, take_in
from tests.provision.requests import asked, entered, granted
from tests.viewing.conftest import Desk, desk
from tests.web.visitors import at_the_pc, browser, kinds_written

__all__ = ["desk"]  # a fixture
CHARGER = machine("dock", "CHUO")


def words(client: Client, address: str) -> str:
    """What a page says."""
    return client.get(address).content.decode()


@pytest.mark.clause("police-notice-validity", "police-7.2.2")
def test_what_was_filmed_in_time_is_viewed_after_the_notice_has_lapsed(
    fresh_home: Home, db: None
) -> None:
    clock.fix(LAST_VALID)
    cast = settle(PASSWORD)
    footage = take_in(cast, b"made in March" * 1000, name="M.MP4")
    Footage.objects.update(captured=clock.now())
    clock.fix(LAST_VALID + timedelta(days=1))
    clerk = at_the_pc(cast, "tanaka")
    address = f"/viewing/ask/?footage={footage.number}"
    assert clerk.post(address, {"purposes": ["ア"]}).status_code == 302
    room = f"/viewing/{Viewing.objects.get().pk}/"
    assert clerk.post(f"{room}open/").status_code == 302
    assert Viewing.objects.get().state == "open"


@pytest.mark.clause("police-notice-recordkeep")
def test_the_rules_show_how_long_their_source_is_kept(cast: Cast) -> None:
    page = words(browser(cast, "suzuki"), "/rules/")
    assert "令和9年3月31日" in page  # the original is kept
    assert "令和8年3月31日" in page  # the notice is valid


@pytest.mark.clause("police-notice-5-operate")
def test_the_board_has_each_clause_once(cast: Cast) -> None:
    shown = browser(cast, "suzuki").get("/board/at/CHUO/")
    assert [row.clause for row in shown.context["rows"]] == list(adopted_book("CHUO").clauses)
    page = shown.content.decode()
    for clause in adopted_book("CHUO").clauses:
        assert f'href="/board/at/CHUO/{clause.id}/"' in page, clause.id
    assert {row.state for row in shown.context["rows"]} <= set(STATES)


@pytest.mark.clause("police-3.2.2-power", "police-7.2.4")
def test_the_supervisor_decides_no_request_by_day(cast: Cast) -> None:
    here = f"/provision/{asked(cast).number}/"
    supervisor = browser(cast, "takahashi")
    answer = supervisor.post(f"{here}decide/", {"decision": "grant", "ground": "ウ"})
    assert answer.status_code == 403
    assert "[police-7.2.4" in answer.content.decode()
    manager = browser(cast, "suzuki")
    assert manager.post(f"{here}decide/", {"decision": "grant", "ground": "ウ"}).status_code == 302


@pytest.mark.clause("police-3.2.3-power", "police-7.2.2-approve")
@pytest.mark.parametrize("login", ["tanaka", "suzuki"])
def test_the_clerk_approves_no_viewing(desk: Desk, login: str) -> None:
    viewing = desk.asked("ito")
    address = f"/viewing/{viewing.pk}/decide/"
    no = desk.client(login).post(address, {"answer": "approve"})
    assert no.status_code == 403
    assert "[police-7.2.2-approve]" in no.content.decode()
    viewing.refresh_from_db()
    assert viewing.state == "asked"
    said = {"answer": "approve", "not_after": "2026-11-20T18:00"}
    assert desk.client("takahashi").post(address, said).status_code == 302


@pytest.mark.clause("police-3.2.3")
@pytest.mark.usefixtures("in_validity")
def test_a_vacant_post_is_on_the_board_and_keeps_cameras_in(cast: Cast) -> None:
    board = "/board/at/CHUO/police-3.2.3/"
    assert "運用担当者がいません" not in words(browser(cast, "suzuki"), board)
    cast.people["tanaka"].appointments.update(until=clock.now())
    assert "運用担当者がいません" in words(browser(cast, "suzuki"), board)
    with pytest.raises(Refusal) as no:
        issue(cast.cameras["CHUO-1"], cast.people["sato"], WORN, by=cast.as_actor("takahashi"))
    assert "police-3.2.3" in no.value.clauses


@pytest.mark.clause("police-4.1-log", "police-4.3")
@pytest.mark.usefixtures("in_validity")
def test_a_camera_off_the_charger_without_a_checkout_is_listed(cast: Cast) -> None:
    camera, taken = cast.cameras["CHUO-1"], cast.cameras["CHUO-2"]
    for each in (camera, taken):
        bring_back(each, by=CHARGER)
    issue(taken, cast.people["sato"], WORN, by=cast.as_actor("tanaka"))
    told, home = "充電器にも持ち出し簿にもないカメラが", "記録のない持ち出しのカメラ"
    board, named = "/board/at/CHUO/police-4.3/", "カメラ 1 が、充電器にも持ち出し簿にもありません"
    assert told not in words(browser(cast, "tanaka"), "/desk/")
    for each in (camera, taken):
        pull(each, by=CHARGER)
    clock.fix(IN_VALIDITY + timedelta(minutes=5))
    desk = words(browser(cast, "tanaka"), "/desk/")
    assert f"{told} 1 台" in desk
    assert "カメラ 1　記録のない持ち出し" in desk
    assert "カメラ 2　記録のない持ち出し" not in desk
    assert home in words(browser(cast, "tanaka"), "/")  # before any count
    assert home not in words(browser(cast, "sato"), "/")
    assert named in words(browser(cast, "suzuki"), board)
    assert [each.number for each in out.count("CHUO").unaccounted] == ["1"]
    bring_back(camera, by=CHARGER)
    assert home not in words(browser(cast, "tanaka"), "/")
    assert named not in words(browser(cast, "suzuki"), board)


@pytest.mark.clause("police-4.1")
@pytest.mark.usefixtures("in_validity")
def test_a_stock_take_that_misses_a_camera_opens_a_loss(cast: Cast) -> None:
    for number in ("CHUO-1", "CHUO-2"):
        bring_back(cast.cameras[number], by=CHARGER)
    issue(cast.cameras["CHUO-1"], cast.people["sato"], WORN, by=cast.as_actor("tanaka"))
    manager, counted = browser(cast, "suzuki"), {"clauses": "police-4.1", "counted": "1"}
    said = counted | {"on": "2025-11-20", "remark": "棚卸し"}
    enter_at = "/registers/at/CHUO/stock/enter/"
    assert manager.post(enter_at, said | {"seen": "カメラ 2"}).status_code == 302
    assert not Case.objects.exists()  # camera 1 is out
    assert manager.post(enter_at, said | {"unfound": "カメラ 2"}).status_code == 302
    case = Case.objects.get()
    assert (case.kind, case.owner) == ("incident", "運用管理者")
    (line,) = [act for act in read.about(f"case:{case.pk}") if act.kind == "case.opened"]
    assert (line.clause, "カメラ 2" in line.private["story"]) == ("police-4.1", True)


@pytest.mark.clause("police-5.1.1")
@pytest.mark.parametrize("login", ["tanaka", "takahashi"])
def test_the_register_of_credentials_is_the_managers(cast: Cast, login: str) -> None:
    said = {"login": "abe", "name": "阿部 明", "password": PASSWORD, "post": ""}
    answer = browser(cast, login).post("/people/at/CHUO/register/", said)
    assert (answer.status_code, "[police-5.1.1]" in answer.content.decode()) == (403, True)
    assert not Person.objects.filter(login="abe").exists()
    assert browser(cast, "suzuki").post("/people/at/CHUO/register/", said).status_code == 302


@pytest.mark.clause("police-5.2.1", "police-5.2.2")
def test_the_old_card_before_a_camera_names_nobody(cast: Cast, footage: Footage) -> None:
    sato, by = cast.people["sato"], cast.as_actor("suzuki")
    old, new = (issue_card(sato, by=by) for _ in range(2))
    seen = judge(footage, Probe("M.MP4", 1, codes=(old.code,)))
    assert ("unknown-card" in seen.flags, seen.wearer) == (True, None)
    assert judge(footage, Probe("M.MP4", 1, codes=(new.code,))).wearer == sato


@pytest.mark.clause("police-7.2.3")
@pytest.mark.parametrize("login", ["suzuki", "takahashi", "tanaka"])
def test_nothing_is_put_out_without_a_form_that_was_granted(
    cast: Cast, footage: Footage, login: str
) -> None:
    client = browser(cast, login)
    said = {"login": "ito", "password": PASSWORD, "medium": "USB-1", "delivering": ["medium"]}
    assert client.post("/provision/CHUO-R-2026-0001/hand-over/", said).status_code == 404
    here = f"/provision/{asked(cast).number}/"
    answer = client.post(f"{here}hand-over/", said)
    assert (answer.status_code, "[police-7.2.3]" in answer.content.decode()) == (403, True)
    assert "provision.handed" not in kinds_written()


@pytest.mark.clause("police-7.2.6")
@pytest.mark.parametrize("login", ["takahashi", "tanaka"])
def test_no_part_is_cut_out_of_footage(cast: Cast, footage: Footage, login: str) -> None:
    provision = granted(cast)
    cut = Extent(clip=True, reason="求められた部分だけ", breadth="")
    with pytest.raises(Refusal) as no:
        enter(
            provision,
            cast.people[login],
            [(footage, [])],
            extent=cut,
            by=cast.as_actor(login),
        )
    assert no.value.clause == "police-7.2.6"
    provision.refresh_from_db()
    assert (provision.state, provision.files.count()) == ("approved", 0)
    page = words(browser(cast, login), f"/provision/{provision.number}/")
    assert "切り出" not in page


@pytest.mark.clause("police-7.2.6-erase")
def test_nobody_erases_by_the_page_or_by_a_command(cast: Cast, footage: Footage) -> None:
    for login in sorted(cast.people):
        before = Entry.objects.filter(kind="refused").count()
        answer = browser(cast, login).post(
            f"/retention/erase/{footage.number}/", {"reason": "不要"}
        )
        assert answer.status_code in {403, 404}, login
        if login in {"suzuki", "takahashi", "tanaka"}:
            assert "[police-7.2.6-erase]" in answer.content.decode(), login
        assert Entry.objects.filter(kind="refused").count() == before + 1, login
    for command in ("flush", "shell", "dbshell", "sqlflush", "loaddata"):
        assert door.main([command]) == 2  # Django's own commands go around the verbs
    footage.refresh_from_db()
    assert footage.state == "held"


@pytest.mark.clause("police-2.1")
def test_a_retired_camera_is_not_accepted(cast: Cast) -> None:
    Camera.objects.filter(pk=cast.cameras["CHUO-1"].pk).update(retired_at=clock.now())
    with pytest.raises(Refusal) as no:
        take_in(cast, b"film" * 100, name="M.MP4")
    assert no.value.clause == "police-2.1"
    assert kinds_written()[-1] == "refused"


@pytest.mark.clause("police-7.2.5")
def test_what_was_granted_and_not_entered_stays(cast: Cast, footage: Footage) -> None:
    provision = granted(cast)
    said = {"login": "ito", "password": PASSWORD, "medium": "USB-1", "delivering": ["medium"]}
    desk_at = f"/provision/{provision.number}/hand-over/"
    answer = browser(cast, "tanaka").post(desk_at, said)
    assert (answer.status_code, "[police-7.2.5]" in answer.content.decode()) == (403, True)


@pytest.mark.clause("police-form-content")
def test_only_what_was_ticked_is_offered_and_given(cast: Cast, footage: Footage) -> None:
    provision = entered(cast, footage, 0, wants=["still"])
    desk_at = f"/provision/{provision.number}/hand-over/"
    client = browser(cast, "tanaka")
    said = {"login": "ito", "password": PASSWORD, "medium": "USB-1", "delivering": ["medium"]}
    answer = client.post(desk_at, said)
    assert answer.status_code != 302
    provision.refresh_from_db()
    assert provision.state == "entered"
    assert "provision.handed" not in kinds_written()


@pytest.mark.clause("police-2.2")
@pytest.mark.parametrize("fact", ["captured", "camera", "wearer", "sha256"])
def test_facts_of_a_capture_that_were_changed_are_found_and_stop_the_picture(
    desk: Desk, fact: str
) -> None:
    clock.fix(clock.now() + AGAIN)
    verify()
    assert not Case.objects.exists()
    other = {
        "captured": clock.now() - timedelta(days=2),
        "camera": desk.cast.cameras["CHUO-2"],
        "wearer": desk.cast.people["takahashi"],
        "sha256": "0" * 64,
    }
    was = {fact: getattr(desk.footage, fact)}
    Footage.objects.filter(pk=desk.footage.pk).update(**{fact: other[fact]})
    clock.fix(clock.now() + AGAIN)
    verify()
    assert Case.objects.get().asks == "damage"
    desk.footage.refresh_from_db()
    assert ALTERED in desk.footage.flags
    room = desk.asked("tanaka")
    with pytest.raises(Refusal):
        open_room(room, by=desk.at("tanaka"))
    Footage.objects.filter(pk=desk.footage.pk).update(**was)
    clock.fix(clock.now() + AGAIN)
    verify()
    desk.footage.refresh_from_db()
    assert ALTERED not in desk.footage.flags


@pytest.mark.clause("police-2.2")
def test_fsck_holds_the_facts_against_the_ledger_and_opens_their_incident(
    cast: Cast, footage: Footage
) -> None:
    assert list(everything(deep=True)) == []
    Footage.objects.filter(pk=footage.pk).update(camera=cast.cameras["CHUO-2"])
    (found,) = everything(deep=True)
    assert (found.kind, found.id) == ("misstated", footage.number)
    assert "カメラ" in found.what
    mend(found, by=machine("fsck", HOME, via="cli"))
    footage.refresh_from_db()
    assert (Case.objects.get().asks, footage.flags) == ("damage", [ALTERED])


@pytest.mark.clause("police-2.4")
def test_the_life_of_a_piece_tells_charger_and_slot(cast: Cast, tmp_path: Path) -> None:
    bay = tmp_path / "charger-A" / "bay-3"
    bay.mkdir(parents=True)
    (bay / "SERIAL").write_text(cast.cameras["CHUO-1"].serial)
    (bay / "MOV_0001.MP4").write_bytes(b"a film" * 1000)
    (outcome,) = empty_bays(cast.station, tmp_path / "charger-A", by=CHARGER)
    assert outcome.footage is not None
    page = words(browser(cast, "tanaka"), f"/footage/{outcome.footage.pk}/")
    assert "charger-A" in page
    assert "bay-3" in page
