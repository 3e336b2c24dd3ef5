"""The storage password of a camera on its page and from the terminal: taken in, never told."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from hokanko.cameras.checkout import Profile, set_up
from hokanko.cameras.sealed import password_of
from hokanko.errors import Refusal
from hokanko.people.queries import actor
from hokanko.rehearsal.cast import Cast
from tests.web.visitors import at_the_pc, browser


@pytest.mark.clause("police-7.1.1-lock")
def test_the_clerk_enters_it_and_nobody_sees_it_again(cast: Cast) -> None:
    camera, tanaka = cast.cameras["CHUO-1"], at_the_pc(cast, "tanaka")
    url = f"/cameras/{camera.pk}/password/"
    assert "まだです" in tanaka.get(url).content.decode()
    assert tanaka.post(url, {"password": " hunter2-か "}).status_code == 302
    camera.refresh_from_db()
    assert password_of(camera) == " hunter2-か ".encode()
    page = tanaka.get(url).content.decode()
    assert "パスワードあり" in page
    assert "hunter2" not in page
    assert "パスワードあり" in tanaka.get("/cameras/at/CHUO/").content.decode()


def test_others_do_not_enter_it(cast: Cast) -> None:
    url = f"/cameras/{cast.cameras['CHUO-1'].pk}/password/"
    for outsider in ("sato", "ito", "yamada", "nakamura"):
        assert browser(cast, outsider).get(url).status_code == 403
        assert browser(cast, outsider).post(url, {"password": "x"}).status_code == 403
    assert at_the_pc(cast, "tanaka").post(url, {"password": ""}).status_code == 200
    cast.cameras["CHUO-1"].refresh_from_db()
    assert password_of(cast.cameras["CHUO-1"]) is None


@pytest.mark.clause("police-2.3")
def test_a_camera_is_set_up_at_the_management_pc_only(cast: Cast) -> None:
    camera = cast.cameras["CHUO-1"]
    url = f"/cameras/{camera.pk}/password/"
    elsewhere = browser(cast, "tanaka")
    for answer in (elsewhere.get(url), elsewhere.post(url, {"password": "x"})):
        assert answer.status_code == 403
        assert "[police-2.3]" in answer.content.decode()
    by = actor(cast.people["tanaka"], via="web")
    with pytest.raises(Refusal) as no:
        set_up(camera, Profile(sign=True, lamp=True, lock=True), by=by)
    assert no.value.clause == "police-2.3"
    camera.refresh_from_db()
    assert (password_of(camera), camera.profiled_at) == (None, None)
    assert at_the_pc(cast, "tanaka").post(url, {"password": "x"}).status_code == 302


@pytest.mark.clause("police-6.3.2-lamp", "police-7.1.1-lock", "police-2.3")
def test_the_set_up_is_recorded_on_its_page_and_nothing_is_switched_off(cast: Cast) -> None:
    camera = cast.cameras["CHUO-1"]
    url, tanaka = f"/cameras/{camera.pk}/profile/", at_the_pc(cast, "tanaka")
    every = {"sign": "on", "lamp": "on", "lock": "on"}
    for left_out, clause in (
        ("lamp", "police-6.3.2-lamp"),
        ("sign", "police-6.3.2-lamp"),
        ("lock", "police-7.1.1-lock"),
    ):
        said = {name: each for name, each in every.items() if name != left_out}
        refused = tanaka.post(url, said)
        assert refused.status_code == 403
        assert f"[{clause}]" in refused.content.decode()
    elsewhere = browser(cast, "tanaka").post(url, every)
    assert "[police-2.3]" in elsewhere.content.decode()
    for login in ("sato", "watanabe", "yamada"):
        assert browser(cast, login).get(url).status_code == 403
    camera.refresh_from_db()
    assert camera.profiled_at is None
    assert url in tanaka.get("/cameras/at/CHUO/").content.decode()
    assert tanaka.post(url, every).status_code == 302
    camera.refresh_from_db()
    assert (camera.sign_on, camera.lamp_on, camera.lock_on) == (True, True, True)


def test_from_the_terminal_it_comes_in_a_file(cast: Cast, tmp_path: Path) -> None:
    told = tmp_path / "password.txt"
    told.write_text("合言葉-7\n")
    given = ["--org", "CHUO", "--number", "1", "--file", str(told), "--by", "tanaka"]
    call_command("camera", "password", *given)
    cast.cameras["CHUO-1"].refresh_from_db()
    assert password_of(cast.cameras["CHUO-1"]) == "合言葉-7".encode()


def test_away_from_the_management_pc_the_rack_says_where_it_is_done(cast: Cast) -> None:
    page = browser(cast, "tanaka").get("/cameras/").content.decode()
    assert "登録した管理用パソコンで記録します" in page
    assert "/profile/" not in page
    assert "/password/" not in page
    there = at_the_pc(cast, "tanaka").get("/cameras/").content.decode()
    assert "登録した管理用パソコンで記録します" not in there
    assert "/profile/" in there
    assert "/password/" in there
