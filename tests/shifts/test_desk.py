"""The check-out register and the count through a browser."""

from __future__ import annotations

import pytest

from hokanko import clock
from hokanko.cameras import out
from hokanko.cameras.checkout import bring_back, issue
from hokanko.cameras.models import Checkout
from hokanko.casebook.models import Case
from hokanko.rehearsal.cast import Cast
from hokanko.rules.actor import machine
from tests.fixtures import IN_VALIDITY, WORN
from tests.web.visitors import browser

pytestmark = pytest.mark.usefixtures("in_validity")


@pytest.fixture
def taken(cast: Cast) -> Checkout:
    """佐藤 has camera 1 out."""
    by = cast.as_actor("tanaka")
    return issue(cast.cameras["CHUO-1"], cast.people["sato"], WORN, by=by)


def test_who_is_late_stands_at_the_top_and_on_the_home_pages(cast: Cast, taken: Checkout) -> None:
    clerk = browser(cast, "tanaka")
    assert "返却されていないカメラが" not in clerk.get("/desk/").content.decode()
    clock.fix(IN_VALIDITY.replace(hour=17, minute=31))
    page = clerk.get("/desk/").content.decode()
    assert "返却されていないカメラが 1 台あります" in page
    assert "佐藤 健" in page
    assert "返却されていないカメラ" in clerk.get("/").content.decode()
    assert "自分が返却していないカメラ" in browser(cast, "sato").get("/").content.decode()
    answer = clerk.post(f"/cameras/{taken.camera_id}/return/", {"condition": "damaged"})
    assert answer.status_code == 302
    taken.refresh_from_db()
    assert taken.condition == "damaged"
    assert "返却されていないカメラが" not in clerk.get("/desk/").content.decode()


def test_the_count_is_closed_as_normal_only_with_every_camera(cast: Cast) -> None:
    clerk = browser(cast, "takahashi")
    bring_back(cast.cameras["CHUO-1"], by=machine("dock", "CHUO"))
    page = clerk.get("/desk/count/").content.decode()
    assert "<strong>1台</strong>" in page
    refused = clerk.post("/desk/count/", {"outcome": "normal"})
    assert (refused.status_code, "police-4.3" in refused.content.decode()) == (403, True)
    assert clerk.post("/desk/count/", {"outcome": "amiss"}).status_code == 409
    other = cast.cameras["CHUO-2"].pk
    assert clerk.post(f"/cameras/{other}/return/", {"condition": "good"}).status_code == 302
    assert clerk.post("/desk/count/", {"outcome": "normal"}).status_code == 302
    assert "高橋 誠" in clerk.get("/desk/count/").content.decode()


def test_lost_found_and_to_repair(cast: Cast, taken: Checkout) -> None:
    clerk, url = browser(cast, "tanaka"), f"/cameras/{taken.camera_id}"
    assert clerk.post(f"{url}/lost/", {"story": "追跡中に落とした"}).status_code == 302
    assert Case.objects.get().kind == "incident"
    assert "が見つかった" in clerk.get("/desk/count/").content.decode()
    assert clerk.post(f"{url}/found/", {"remark": "草むら"}).status_code == 302
    assert clerk.post(f"{url}/repair/").status_code == 302
    assert [camera.number for camera in out.count("CHUO").repair] == ["1"]
    assert clerk.post(f"{url}/repair/").status_code == 302
    assert [camera.number for camera in out.count("CHUO").docked] == ["1"]


def test_the_wearer_reports_the_loss_of_his_own_camera(cast: Cast, taken: Checkout) -> None:
    sato, url = browser(cast, "sato"), f"/cameras/{taken.camera_id}/lost/"
    assert url in sato.get(f"/shifts/{taken.pk}/").content.decode()
    answer = sato.post(url, {"story": "追跡中に落とした"})
    assert (answer.status_code, answer["Location"]) == (302, "/shifts/")
    assert Case.objects.get().kind == "incident"
    assert out.count("CHUO").lost[0].number == "1"
    assert sato.get(url).status_code == 403  # it is his no more
    other = cast.cameras["CHUO-2"].pk
    assert sato.post(f"/cameras/{other}/lost/", {"story": "x"}).status_code == 403


@pytest.mark.parametrize("login", ["yamada", "ito", "sato"])
def test_outsiders_and_plain_staff_stay_out(cast: Cast, taken: Checkout, login: str) -> None:
    Checkout.objects.update(wearer=cast.people["takahashi"])
    visitor, url = browser(cast, login), f"/cameras/{taken.camera_id}"
    for page in ("/desk/at/CHUO/", "/desk/count/at/CHUO/", f"{url}/return/", f"{url}/lost/"):
        assert visitor.get(page).status_code == 403
    for page in (f"{url}/return/", f"{url}/found/", f"{url}/lost/", f"{url}/repair/"):
        said = {"condition": "good", "remark": "x", "story": "x"}
        assert visitor.post(page, said).status_code == 403
    assert out.running(taken.camera) == taken
