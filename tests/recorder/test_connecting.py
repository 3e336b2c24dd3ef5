"""Connecting a network camera by its page: tried in the cell, entered sealed, never shown again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from hokanko.cameras.models import Camera as Row
from hokanko.cameras.recorded import address_of
from hokanko.ledger.read import about
from hokanko.recorder import trying
from hokanko.rehearsal.rtsp import USER, Camera, Mood
from tests.cameras import standing
from tests.clauses.founded import Founded
from tests.media.test_live import drawn
from tests.web.visitors import browser

pytestmark = pytest.mark.usefixtures("fresh_home", "db")
SECRET = "v3ry-secret-indeed"


@pytest.fixture
def ward() -> Founded:
    return standing.ward()


@pytest.fixture
def row(ward: Founded) -> Row:
    return standing.running(ward)


@pytest.fixture
def mori(ward: Founded) -> Client:
    return browser(ward, "mori")


@pytest.fixture
def camera(tmp_path: Path) -> Iterator[Camera]:
    with Camera(drawn(tmp_path / "film.mp4", "libx264"), Mood(password=SECRET)) as camera:
        yield camera


def page(client: Client, row: Row, camera: Camera, **said: str) -> str:
    told = {"address": camera.url, "user": USER} | said
    return client.post(f"/cameras/{row.pk}/connect/", told).content.decode()


def kept(text: str) -> str:
    found = re.search(r'name="tried" value="([^"]*)"', text)
    assert found
    return found[1]


def test_a_trial_tells_codec_size_and_sound(mori: Client, row: Row, camera: Camera) -> None:
    told = page(mori, row, camera, password=SECRET, do="try")
    assert "つながりました" in told
    assert "H.264" in told
    assert "160×120" in told
    assert "録画できる音はありません" in told
    row.refresh_from_db()
    assert row.stream_url == ""  # nothing is entered by trying


def test_what_was_tried_is_entered_without_typing_the_password_again(
    mori: Client, row: Row, camera: Camera
) -> None:
    tried = page(mori, row, camera, password=SECRET, do="try")
    assert SECRET not in tried
    page(mori, row, camera, tried=kept(tried), do="enter")
    row.refresh_from_db()
    assert f"{USER}:{SECRET}@" in address_of(row)
    assert SECRET not in mori.get(f"/cameras/{row.pk}/connect/").content.decode()
    assert SECRET not in str([entry.facts for entry in about(f"camera:{row.pk}")])


def test_what_was_tried_is_not_sent_to_another_device(
    mori: Client, row: Row, camera: Camera
) -> None:
    tried = kept(page(mori, row, camera, password=SECRET, do="try"))
    page(mori, row, camera, address="rtsp://127.0.0.9/live", tried=tried, do="enter")
    row.refresh_from_db()
    assert row.stream_password is None


def test_a_password_entered_before_stays_unless_the_device_is_another(
    mori: Client, row: Row, camera: Camera
) -> None:
    page(mori, row, camera, password=SECRET, do="enter")
    page(mori, row, camera, address=camera.url + "2", do="enter")
    row.refresh_from_db()
    assert address_of(row).endswith(f"{camera.port}/live2")
    assert f":{SECRET}@" in address_of(row)
    told = page(mori, row, camera, address="rtsp://127.0.0.9/live", do="enter")
    assert "パスワードをもう一度入力してください" in told
    page(mori, row, camera, without="on", user="", do="enter")
    row.refresh_from_db()
    assert row.stream_password is None


@pytest.mark.parametrize(
    ("language", "words"), [("ja", "パスワードが違う"), ("en", "wrong password")]
)
def test_a_wrong_password_is_told(
    mori: Client, row: Row, camera: Camera, language: str, words: str
) -> None:
    mori.cookies["django_language"] = language
    assert words in page(mori, row, camera, password="wrong", do="try")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ja", ("UDP でしか送らない", "UDP から TCP に変えてください", "インターリーブ")),
        ("en", ("sends by UDP alone", "from UDP to TCP", "interleaved")),
    ],
)
def test_of_a_camera_that_sends_by_udp_alone_it_is_told_what_to_change_in_it(
    mori: Client, row: Row, camera: Camera, language: str, words: tuple[str, ...]
) -> None:
    camera.mood.udp_only = True
    mori.cookies["django_language"] = language
    told = page(mori, row, camera, password=SECRET, do="try")
    assert [each for each in words if each not in told] == []
    assert "パスワードと、カメラの電源と回線" not in told


def test_a_camera_that_sends_nothing_ends_the_trial(
    mori: Client, row: Row, camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trying, "LONGEST_S", 1.5)
    camera.mood.silent.set()
    assert "カメラの応答がない" in page(mori, row, camera, password=SECRET, do="try")


@pytest.mark.parametrize("do", ["try", "enter"])
def test_an_address_elsewhere_or_with_a_password_is_refused(
    mori: Client, row: Row, camera: Camera, do: str
) -> None:
    told = page(mori, row, camera, address="rtsp://a:b@127.0.0.1/", do=do)
    assert "カメラのアドレスとして使えません" in told


def test_nobody_is_made_to_ask_the_world(mori: Client, row: Row, camera: Camera) -> None:
    told = page(mori, row, camera, address="rtsp://8.8.8.8/live", do="try")
    assert "カメラのアドレスとして使えません" in told


def test_who_may_not_site_may_not_connect(ward: Founded, row: Row, camera: Camera) -> None:
    hara = browser(ward, "hara")
    assert hara.get(f"/cameras/{row.pk}/connect/").status_code == 403
    assert hara.post(f"/cameras/{row.pk}/connect/", {"address": camera.url}).status_code == 403
    row.refresh_from_db()
    assert row.stream_url == ""
