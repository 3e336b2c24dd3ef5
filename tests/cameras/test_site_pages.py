"""Sites, signs and fixed cameras through a browser: the whole way, and who may not go it."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from hokanko.cameras import posting
from hokanko.cameras.models import Camera, Sign, Site
from hokanko.cameras.sheets import first_sheet
from hokanko.rehearsal.cast import Cast
from tests.cameras import standing
from tests.cameras.standing import base_map, enact, running, signed, sited, square
from tests.clauses.founded import Founded
from tests.media.test_page import BLUE, RED, paper, unbrought, writing
from tests.web.visitors import browser

pytestmark = pytest.mark.usefixtures("fresh_home", "db")


def picture(size: tuple[int, int] = (600, 400)) -> SimpleUploadedFile:
    return SimpleUploadedFile("map.png", base_map(size), content_type="image/png")


def test_from_an_empty_list_to_a_running_camera() -> None:
    here = standing.ward()
    enact(here)
    client = browser(here, "mori")
    assert "はじめに、下の用紙で" in client.get("/sites/").content.decode()
    made = client.post("/sites/at/AOBA/", {"name": "駅前広場", "address": "青葉区1-1"})
    at = Site.objects.get()
    assert made.headers["Location"] == f"/sites/{at.pk}/"
    client.post(f"/sheets/{first_sheet(at).pk}/map/", {"picture": picture()})
    drawn = Image.open(io.BytesIO(client.get(f"/sheets/{first_sheet(at).pk}/map.png").content))
    assert (drawn.format, drawn.size) == ("PNG", (600, 400))
    new = {"number": "1", "serial": "S1", "kind": "fixed", "mount": "own"}
    client.post("/cameras/at/AOBA/register/", new)
    camera = Camera.objects.get()
    told = {"site": at.pk, "place": "北の電柱", "siting_reason": "盗難", "connection": "wired"}
    client.post(f"/cameras/{camera.pk}/site/", told | {"facing_deg": "90"})
    client.post(
        f"/cameras/{camera.pk}/site/", told | {"facing_deg": "90", "at.x": "160", "at.y": "53"}
    )
    camera.refresh_from_db()
    assert camera.map_x == 0.5
    assert camera.map_y == pytest.approx(0.25, abs=0.01)
    edges = {"left": "0", "top": "10", "right": "90", "bottom": "100"}
    assert client.post(f"/cameras/{camera.pk}/frame/", edges | {"picture": picture()}).headers[
        "Location"
    ]
    assert client.get(f"/cameras/{camera.pk}/frame.jpg").content.startswith(b"\xff\xd8\xff")
    client.post(f"/cameras/{camera.pk}/confirm/")
    refused = client.post(f"/cameras/{camera.pk}/activate/")
    assert refused.status_code == 403
    assert "ward-2.2" in refused.content.decode()
    hung = {"place": "入口", "cameras": [camera.pk], "posted_on": "2026-11-20", "photo": picture()}
    client.post(f"/sites/{at.pk}/sign/", hung | {"left": "10", "top": "90"})
    sign = Sign.objects.get()
    assert (sign.map_x, sign.map_y) == (0.1, 0.9)
    assert client.get(f"/signs/{sign.pk}/photo.jpg").content.startswith(b"\xff\xd8\xff")
    client.post(f"/cameras/{camera.pk}/activate/")
    camera.refresh_from_db()
    assert camera.activated_at is not None
    page = client.get(f"/sites/{at.pk}/").content.decode()
    assert 'transform="translate(500 166)"' in page
    assert "防犯カメラ設置位置と撮影方向（1台）" in page


def test_what_ended_is_listed_and_its_removal_recorded() -> None:
    here = standing.ward()
    camera = running(here)
    client = browser(here, "mori")
    assert "元に戻せないことを確かめた" in client.get(f"/cameras/{camera.pk}/").content.decode()
    assert client.post(f"/cameras/{camera.pk}/end/").status_code == 409
    camera.refresh_from_db()
    assert camera.ended_at is None
    client.post(f"/cameras/{camera.pk}/end/", {"confirmed": "on"})
    assert "撤去する表示板" in client.get("/signs/").content.decode()
    assert "撤去を記録する" in client.get(f"/cameras/{camera.pk}/").content.decode()
    gone = {"on": "2026-11-20", "photo": picture()}
    sign = Sign.objects.get()
    assert client.get(f"/signs/{sign.pk}/remove/").status_code == 200
    client.post(f"/signs/{sign.pk}/remove/", gone)
    client.post(f"/cameras/{camera.pk}/remove/", {"on": "2026-11-20", "remover": "中田電気"})
    assert not Camera.objects.filter(removed_on__isnull=False).exists(), "no photograph was sent"
    client.post(
        f"/cameras/{camera.pk}/remove/",
        {"on": "2026-11-20", "remover": "中田電気", "photo": picture()},
    )
    assert Camera.objects.get().removed_by == "中田電気"
    assert "撤去する表示板" not in client.get("/signs/").content.decode()


@pytest.mark.parametrize(
    ("place", "clause"), [(standing.ward, "ward-2.2"), (standing.street, "pref-sign")]
)
def test_the_last_sign_of_a_running_camera_is_not_taken_down_unawares(
    place: Callable[[], Founded], clause: str
) -> None:
    here = place()
    camera = running(here)
    sign, client = Sign.objects.get(), browser(here, "mori")
    page = f"/signs/{sign.pk}/remove/"
    before = client.get(page).content.decode()
    assert f"運用中のカメラ {camera.number} を知らせる表示板がなくなります" in before
    assert f"[{clause}]" in before
    answer = client.post(page, {"on": "2026-11-20", "photo": picture()})
    assert answer.status_code == 409
    assert f"[{clause}]）" in answer.content.decode()
    sign.refresh_from_db()
    assert sign.removed_on is None
    client.post(page, {"on": "2026-11-20", "photo": picture(), "confirmed": "on"})
    sign.refresh_from_db()
    assert sign.removed_on is not None


def test_a_sign_beside_another_that_counts_is_taken_down_without_ado() -> None:
    here = standing.ward()
    camera = running(here)
    sign, client = Sign.objects.get(), browser(here, "mori")
    other = signed(here, camera, place="門", photo=None)
    page = f"/signs/{sign.pk}/remove/"
    assert "表示板がなくなります" in client.get(page).content.decode(), "that one has no photograph"
    posting.hang_sign(other, on=standing.TODAY, photo=standing.PHOTO, by=here.by("mori"))
    assert "表示板がなくなります" not in client.get(page).content.decode()
    gone = client.post(page, {"on": "2026-11-20", "photo": picture()})
    assert gone.status_code == 302


def test_entrances_are_typed_one_a_line() -> None:
    here = standing.street()
    at, client = square(here), browser(here, "mori")
    client.post(f"/sites/{at.pk}/entrances/", {"entrances": "北口\n\n裏口|従業員だけ"})
    at.refresh_from_db()
    assert at.entrances == [
        {"name": "北口", "waived": ""},
        {"name": "裏口", "waived": "従業員だけ"},
    ]


def test_what_is_no_picture_is_told_on_the_form() -> None:
    here = standing.ward()
    at, client = square(here), browser(here, "mori")
    bad = SimpleUploadedFile("map.png", b"<svg onload=x>", content_type="image/png")
    answer = client.post(f"/sheets/{first_sheet(at).pk}/map/", {"picture": bad})
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()


def test_a_page_of_a_pdf_becomes_the_base_map_and_nothing_of_the_file_is_kept() -> None:
    here = standing.ward()
    at, client = square(here), browser(here, "mori")
    url = f"/sheets/{first_sheet(at).pk}/map/"
    sent = {"page": "2", "picture": SimpleUploadedFile("plan.pdf", paper(RED, BLUE))}
    assert client.post(url, sent).status_code == 302
    body = client.get(f"/sheets/{first_sheet(at).pk}/map.png").content
    drawn = Image.open(io.BytesIO(body)).convert("RGB")
    assert drawn.size == (2000, 1000)
    assert (drawn.getpixel((9, 9)), drawn.getpixel((9, 900))) == ((255, 255, 255), (0, 0, 255))
    assert b"PDF" not in body


def test_a_pdf_without_its_fonts_is_laid_with_its_japanese_words_or_told_about() -> None:
    here = standing.ward()
    at, client = square(here), browser(here, "mori")
    url = f"/sheets/{first_sheet(at).pk}/map/"
    for words, order, encoding, is_whole in (
        ("出入口", "Japan1", "UniJIS-UCS2-H", True),
        ("출구", "Korea1", "UniKS-UCS2-H", False),
    ):
        plan = paper(writing(words), fonts=unbrought(order, encoding))
        sent = {"page": "1", "picture": SimpleUploadedFile("plan.pdf", plan)}
        shown = client.post(url, sent, follow=True).content.decode()
        assert ("字体（フォント）が PDF に入っていない" in shown) is not is_whole
        drawn = Image.open(io.BytesIO(bytes(first_sheet(at).map_png or b""))).convert("L")
        assert any(drawn.histogram()[:128]) is is_whole


@pytest.mark.parametrize(
    ("language", "words"),
    [("ja", "この PDF は1ページまでです。"), ("en", "The last page of this PDF is 1.")],
)
def test_a_page_that_a_pdf_has_not_is_told_on_the_form(language: str, words: str) -> None:
    here = standing.ward()
    at, client = square(here), browser(here, "mori")
    sent = {"page": "2", "picture": SimpleUploadedFile("plan.pdf", paper(RED))}
    url = f"/sheets/{first_sheet(at).pk}/map/"
    answer = client.post(url, sent, headers={"accept-language": language})
    assert words in answer.content.decode()


def test_a_weak_password_is_told_on_the_form() -> None:
    here = standing.ward()
    camera, client = sited(here, square(here)), browser(here, "mori")
    answer = client.post(f"/cameras/{camera.pk}/site/", {"password": "admin123"})
    assert answer.status_code == 409
    assert "admin123" not in answer.content.decode()


@pytest.mark.parametrize("login", ["hara", "kanri"])
def test_without_a_post_there_is_nothing_to_see(login: str) -> None:
    here = standing.ward()
    camera = running(here)
    sign, at, client = Sign.objects.get(), Site.objects.get(), browser(here, login)
    sheet = first_sheet(at)
    for url in (
        "/sites/at/AOBA/",
        "/signs/at/AOBA/",
        f"/sites/{at.pk}/",
        f"/sheets/{sheet.pk}/map.png",
        f"/signs/{sign.pk}/photo.jpg",
        f"/cameras/{camera.pk}/",
        f"/cameras/{camera.pk}/frame.jpg",
    ):
        assert client.get(url).status_code == 403, url
    for url in (
        f"/sheets/{sheet.pk}/map/",
        f"/sheets/{sheet.pk}/",
        f"/sites/{at.pk}/arrange/",
        f"/sites/{at.pk}/entrances/",
        f"/sites/{at.pk}/sign/",
        f"/signs/{sign.pk}/remove/",
        f"/cameras/{camera.pk}/site/",
        f"/cameras/{camera.pk}/frame/",
        f"/cameras/{camera.pk}/confirm/",
        f"/cameras/{camera.pk}/activate/",
        f"/cameras/{camera.pk}/end/",
        f"/cameras/{camera.pk}/remove/",
    ):
        assert client.post(url, {"entrances": "北口"}).status_code == 403, url


def test_a_police_unit_sees_its_rack_as_before(cast: Cast) -> None:
    page = browser(cast, "tanaka").get("/cameras/").content.decode()
    assert "持ち出している人" in page
    assert "配置図" not in page
