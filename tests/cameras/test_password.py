"""The storage password of a camera on its page and from the terminal: taken in, never told."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from hokanko.cameras.sealed import password_of
from hokanko.rehearsal.cast import Cast
from tests.web.visitors import browser


@pytest.mark.clause("police-7.1.1-lock")
def test_the_clerk_enters_it_and_nobody_sees_it_again(cast: Cast) -> None:
    camera, tanaka = cast.cameras["CHUO-1"], browser(cast, "tanaka")
    url = f"/cameras/{camera.pk}/password/"
    assert "まだです" in tanaka.get(url).content.decode()
    assert tanaka.post(url, {"password": " hunter2-か "}).status_code == 302
    camera.refresh_from_db()
    assert password_of(camera) == " hunter2-か ".encode()
    page = tanaka.get(url).content.decode()
    assert "登録済み" in page
    assert "hunter2" not in page
    assert "登録済み" in tanaka.get("/cameras/at/CHUO/").content.decode()


def test_others_do_not_enter_it(cast: Cast) -> None:
    url = f"/cameras/{cast.cameras['CHUO-1'].pk}/password/"
    for outsider in ("sato", "ito", "yamada", "nakamura"):
        assert browser(cast, outsider).get(url).status_code == 403
        assert browser(cast, outsider).post(url, {"password": "x"}).status_code == 403
    assert browser(cast, "tanaka").post(url, {"password": ""}).status_code == 200
    cast.cameras["CHUO-1"].refresh_from_db()
    assert password_of(cast.cameras["CHUO-1"]) is None


def test_from_the_terminal_it_comes_in_a_file(cast: Cast, tmp_path: Path) -> None:
    told = tmp_path / "password.txt"
    told.write_text("合言葉-7\n")
    given = ["--org", "CHUO", "--number", "1", "--file", str(told), "--by", "tanaka"]
    call_command("camera", "password", *given)
    cast.cameras["CHUO-1"].refresh_from_db()
    assert password_of(cast.cameras["CHUO-1"]) == "合言葉-7".encode()
