"""The second factor at login: set up by a first code, asked for, spent, lost, taken off."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from hokanko import clock
from hokanko.errors import Conflict, Refusal, Unsound
from hokanko.ledger.models import Entry
from hokanko.ledger.read import Act, acts
from hokanko.people.login import authenticate
from hokanko.people.models import Organisation, SecondFactor
from hokanko.people.proving import clear_factor, set_factor
from hokanko.people.queries import actor
from hokanko.rehearsal.cast import Cast
from hokanko.rules.models import Adoption
from tests.fixtures import NOON, PASSWORD
from tests.people.phone import SECRET, enter, equip, secret_on, shown
from tests.web.visitors import browser, kinds_written

RECOVERY = re.compile(r"(?:[A-Z2-7]{4}-){3}[A-Z2-7]{4}")


def require_it(code: str = "CHUO") -> None:
    """The organisation's edition as the book offers it: a second factor is asked for."""
    for edition in Adoption.objects.filter(org=code):
        values = {k: v for k, v in edition.values.items() if k != "login.second_factor"}
        Adoption.objects.filter(pk=edition.pk).update(values=values)


def last_line() -> Act:
    """The newest line of the ledger."""
    return acts(Entry.objects.order_by("-id")[:1])[0]


@pytest.mark.clause("police-5.1.2")
def test_after_the_password_a_code_is_asked_for(cast: Cast) -> None:
    equip(cast, "tanaka")
    client = Client()
    said = {"login": "tanaka", "password": PASSWORD}
    assert client.post("/login/", said).headers["Location"] == "/login/code/"
    assert client.get("/footage/").headers["Location"].startswith("/login/?"), "not in yet"
    assert "login.done" not in kinds_written()
    assert client.post("/login/code/", {"code": shown()}).headers["Location"] == "/"
    assert client.get("/").status_code == 200
    line = last_line()
    assert (line.kind, line.facts["second_factor"]) == ("login.done", "code")


@pytest.mark.clause("police-5.1.2")
def test_where_it_is_required_a_person_without_one_sets_it_up_first(cast: Cast) -> None:
    require_it()
    client = Client()
    assert enter(client, "tanaka") == "/login/setup/"
    assert client.get("/").status_code == 302, "nothing else before it"
    page = client.get("/login/setup/").content.decode()
    assert "ソフトウェアの既定" in page
    assert "<svg" in page
    answer = client.post("/login/setup/", {"code": shown(secret_on(page))})
    assert len(RECOVERY.findall(answer.content.decode())) == 8
    assert client.get("/").status_code == 200
    assert kinds_written()[-2:] == ["factor.set", "login.done"]
    again = Client()
    assert enter(again, "tanaka", shown(secret_on(page))) == "", "the first code is spent too"
    clock.fix(NOON + timedelta(minutes=1))
    assert enter(again, "tanaka", shown(secret_on(page))) == "/"


def test_where_it_is_not_required_a_password_does(cast: Cast) -> None:
    assert enter(Client(), "tanaka") == "/"


def test_a_wrong_code_does_not_open_and_is_told_plainly(cast: Cast) -> None:
    equip(cast, "tanaka")
    client = Client()
    client.post("/login/", {"login": "tanaka", "password": PASSWORD})
    answer = client.post("/login/code/", {"code": "000000"})
    assert "コードが違うか" in answer.content.decode()
    assert kinds_written()[-1] == "login.failed"


def test_a_code_counts_once(cast: Cast) -> None:
    equip(cast, "tanaka")
    assert enter(Client(), "tanaka", shown()) == "/"
    assert enter(Client(), "tanaka", shown()) == ""
    clock.fix(NOON + timedelta(seconds=30))
    assert enter(Client(), "tanaka", shown()) == "/"


def test_spaces_and_full_width_figures_are_taken(cast: Cast) -> None:
    equip(cast, "tanaka")
    wide = shown().translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    assert enter(Client(), "tanaka", f"{wide[:3]} {wide[3:]}") == "/"


def test_wrong_codes_lock_and_the_right_password_between_them_does_not_help(cast: Cast) -> None:
    equip(cast, "tanaka")
    client = Client()
    for _ in range(5):
        assert enter(client, "tanaka", "000000") == ""
    assert last_line().facts["locked"]
    assert enter(Client(), "tanaka", shown()) == ""
    clock.fix(NOON + timedelta(minutes=16))
    assert enter(Client(), "tanaka", shown()) == "/"


def test_a_recovery_code_works_once(cast: Cast) -> None:
    first, *others = equip(cast, "tanaka")
    assert enter(Client(), "tanaka", first.lower()) == "/"
    line = last_line()
    assert line.facts["second_factor"] == "recovery"
    assert enter(Client(), "tanaka", first) == ""
    assert len(SecondFactor.objects.get().recovery) == len(others)


def test_nothing_that_opens_lies_in_the_database_or_on_the_ledger(cast: Cast) -> None:
    client = browser(cast, "tanaka")
    page = client.get("/me/factor/").content.decode()
    secret = secret_on(page)
    kept = "".join(str(row.get_decoded()) for row in Session.objects.all())
    answer = client.post("/me/factor/", {"code": shown(secret)}).content.decode()
    held = SecondFactor.objects.get()
    rows = f"{bytes(held.secret)!r}{held.recovery}{kept}"
    rows += "".join(str(body) for body in Entry.objects.values_list("body", flat=True))
    assert secret not in bytes(held.secret)
    assert not any(code in rows for code in RECOVERY.findall(answer))
    spelled = page.split('<p class="code">')[1].split("</p>")[0].replace(" ", "")
    assert spelled not in rows


def test_the_secret_is_sealed_for_its_own_person(cast: Cast) -> None:
    equip(cast, "tanaka")
    equip(cast, "suzuki")
    theirs = SecondFactor.objects.get(person=cast.people["suzuki"]).secret
    SecondFactor.objects.filter(person=cast.people["tanaka"]).update(secret=theirs)
    with pytest.raises(Unsound):
        authenticate("tanaka", PASSWORD, shown())


def test_the_second_step_waits_ten_minutes(cast: Cast) -> None:
    equip(cast, "tanaka")
    client = Client()
    client.post("/login/", {"login": "tanaka", "password": PASSWORD})
    clock.fix(NOON + timedelta(minutes=11))
    assert client.post("/login/code/", {"code": shown()}).headers["Location"] == "/login/?late=1"
    assert "はじめからやり直して" in client.get("/login/?late=1").content.decode()


def test_nobody_comes_to_the_second_step_without_the_first(cast: Cast) -> None:
    for page in ("/login/code/", "/login/setup/"):
        assert Client().get(page).headers["Location"] == "/login/"
        assert Client().post(page, {"code": shown()}).headers["Location"] == "/login/"


def test_another_password_meanwhile_ends_the_waiting(cast: Cast) -> None:
    equip(cast, "tanaka")
    client = Client()
    client.post("/login/", {"login": "tanaka", "password": PASSWORD})
    cast.people["tanaka"].set_password("別の長い合言葉-2026")
    cast.people["tanaka"].save()
    assert client.post("/login/code/", {"code": shown()}).headers["Location"] == "/login/?late=1"


def test_the_waiting_session_is_a_new_one_and_so_is_the_login(cast: Cast) -> None:
    equip(cast, "tanaka")
    client = Client()
    planted = client.session
    planted["seen"] = True
    planted.save()
    client.cookies["sessionid"] = planted.session_key or ""
    client.post("/login/", {"login": "tanaka", "password": PASSWORD})
    waits = client.cookies["sessionid"].value
    client.post("/login/code/", {"code": shown()})
    assert len({planted.session_key, waits, client.cookies["sessionid"].value}) == 3


def test_setting_it_up_ends_every_other_login(cast: Cast) -> None:
    elsewhere, here = browser(cast, "tanaka"), browser(cast, "tanaka")
    page = here.get("/me/factor/").content.decode()
    assert here.post("/me/factor/", {"code": shown(secret_on(page))}).status_code == 200
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302


def test_a_wrong_first_code_sets_nothing_up(cast: Cast) -> None:
    client = browser(cast, "tanaka")
    before = client.get("/me/factor/").content.decode()
    answer = client.post("/me/factor/", {"code": "000000"})
    assert answer.status_code == 409
    assert secret_on(answer.content.decode()) == secret_on(before), "the same code to scan"
    assert not SecondFactor.objects.exists()


def test_one_takes_it_off_by_a_code(cast: Cast) -> None:
    equip(cast, "tanaka")
    client = browser(cast, "tanaka")
    wrong = client.post("/me/factor/off/", {"code": "000000"})
    assert "コードが違うか" in wrong.content.decode()
    assert SecondFactor.objects.exists()
    assert client.post("/me/factor/off/", {"code": shown()}).status_code == 302
    assert not SecondFactor.objects.exists()
    assert client.get("/").status_code == 200
    assert kinds_written()[-1] == "factor.cleared"


@pytest.mark.clause("police-5.1.2")
def test_the_manager_takes_it_off_for_who_lost_the_phone(cast: Cast) -> None:
    equip(cast, "tanaka")
    tanaka, manager = browser(cast, "tanaka"), browser(cast, "suzuki")
    pk = cast.people["tanaka"].pk
    assert "二段階認証を外す" in manager.get(f"/people/{pk}/").content.decode()
    assert manager.post(f"/people/{pk}/factor/clear/").status_code == 302
    line = last_line()
    assert (line.kind, line.clause) == ("factor.cleared", "police-5.1.2")
    assert tanaka.get("/").status_code == 302, "his logins ended"
    assert enter(Client(), "tanaka") == "/"


def test_nobody_takes_his_own_off_by_the_way_for_others(cast: Cast) -> None:
    equip(cast, "suzuki")
    pk = cast.people["suzuki"].pk
    answer = browser(cast, "suzuki").post(f"/people/{pk}/factor/clear/")
    assert answer.headers["Location"] == "/me/factor/"
    assert SecondFactor.objects.exists()


@pytest.mark.parametrize("login", ["takahashi", "tanaka", "yamada", "watanabe"])
def test_nobody_else_takes_it_off(cast: Cast, login: str) -> None:
    equip(cast, "sato")
    answer = browser(cast, login).post(f"/people/{cast.people['sato'].pk}/factor/clear/")
    assert answer.status_code == 403
    assert SecondFactor.objects.exists()
    assert kinds_written()[-1] == "refused"


def test_a_manager_by_position_is_helped_by_the_technical_administrator(cast: Cast) -> None:
    equip(cast, "suzuki")
    with pytest.raises(Refusal):
        clear_factor(cast.people["suzuki"], by=cast.as_actor("takahashi"))
    clear_factor(cast.people["suzuki"], by=cast.as_actor("kanri"))
    with pytest.raises(Conflict):
        clear_factor(cast.people["suzuki"], by=cast.as_actor("kanri"))


def test_nobody_sets_it_up_for_somebody_else(cast: Cast) -> None:
    with pytest.raises(Refusal):
        set_factor(cast.people["sato"], SECRET, shown(), by=cast.as_actor("suzuki"))


def test_there_is_one_at_a_time(cast: Cast) -> None:
    equip(cast, "tanaka")
    with pytest.raises(Conflict):
        set_factor(cast.people["tanaka"], SECRET, shown(), by=actor(cast.people["tanaka"]))


def test_in_one_form_both_are_asked_for(cast: Cast) -> None:
    equip(cast, "takahashi")
    assert authenticate("takahashi", PASSWORD) is None
    assert authenticate("takahashi", PASSWORD, shown()) == cast.people["takahashi"]


def test_who_must_set_it_up_first_is_not_taken_at_another_screen(cast: Cast) -> None:
    require_it()
    assert authenticate("takahashi", PASSWORD) is None


def test_remote_access_makes_it_required(cast: Cast) -> None:
    Organisation.objects.filter(pk="CHUO").update(remote_since=NOON)
    assert enter(Client(), "tanaka") == "/login/setup/"


def test_the_page_with_the_secret_is_kept_by_no_browser(cast: Cast) -> None:
    assert browser(cast, "tanaka").get("/me/factor/").headers["Cache-Control"] == "no-store"
