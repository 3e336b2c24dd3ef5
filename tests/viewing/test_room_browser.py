"""The viewing room in a real browser: it plays, it carries its overlay, and it hides in time."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.house.tree import ROOT
from tests.media.clips import clip

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
GRANIAN = (sys.executable, "-m", "granian", "--interface", "wsgi", "--blocking-threads", "4")
WIDE = (320, 240)
HIDDEN_WITHIN_S = 2.0

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is missing: no picture is played"),
]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server on a home of its own, with three clips taken in."""

    address: str
    home: Path
    seat: str
    password: str
    numbers: dict[str, str]

    def ask(self, program: str) -> str:
        """What a program of a few lines says in this home."""
        return _python(self.home, "import django; django.setup()\n" + program)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("room") / "home"
    home.mkdir()
    (home / "hokanko.toml").write_text("")
    clips = {
        "h264.mp4": clip(frames=100, size=WIDE),
        "h265.mp4": clip(codec="libx265", frames=30, size=WIDE),
        "mjpeg.avi": clip("avi", "mjpeg", "yuvj420p", frames=30, size=WIDE),
    }
    row = {
        f"row-{n}.mp4": clip(frames=40, size=WIDE, tags={"title": str(n)}, sound="aac")
        for n in (1, 2, 3)
    }
    for name, content in (clips | row).items():
        (home / name).write_bytes(content)
    told = _python(home, (Path(__file__).parent / "furnish.py").read_text()).split()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = subprocess.Popen(
        [*GRANIAN, "--port", str(port), "hokanko.wsgi:application"],
        cwd=ROOT,
        env=_environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _answering(port)
    numbers = dict(zip(clips, told[2:], strict=True))
    yield Server(f"http://127.0.0.1:{port}", home, told[0], told[1], numbers)
    running.terminate()
    running.wait(timeout=20)


@pytest.fixture(scope="module")
def browser_page(server: Server) -> Iterator[Page]:
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        context = chromium.new_context(locale="ja")
        context.add_cookies([{"name": "hokanko_seat", "value": server.seat, "url": server.address}])
        yield context.new_page()
        chromium.close()


def _environment(home: Path) -> dict[str, str]:
    settings = {"DJANGO_SETTINGS_MODULE": "hokanko.settings", "PYTHONPATH": str(ROOT)}
    return {**os.environ, **settings, "HOKANKO_HOME": str(home), "HOKANKO_RESERVE_MIB": "1"}


def _python(home: Path, program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=_environment(home),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def _answering(port: int) -> None:
    for _ in range(120):
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.25)
    pytest.fail("the server did not begin to answer")


def until(page: Page, fact: str, seconds: float = 45) -> float:
    """Wait until a fact of the picture (JavaScript on `video`) holds; how long it took."""
    begun = time.monotonic()
    program = f"(() => {{ const video = document.querySelector('video'); return {fact}; }})()"
    while not page.evaluate(program):
        assert time.monotonic() - begun < seconds, f"not within {seconds} s: {fact}"
        page.wait_for_timeout(30)
    return time.monotonic() - begun


def come_in(server: Server, page: Page, login: str) -> None:
    page.context.clear_cookies(name="sessionid")
    page.goto(f"{server.address}/login/")
    page.fill("[name=login]", login)
    page.fill("[name=password]", server.password)
    page.click("main form button")
    page.wait_for_load_state()


def ask(server: Server, page: Page, name: str) -> None:
    page.goto(f"{server.address}/viewing/ask/?footage={server.numbers[name]}")
    page.check("[value=ア]")
    page.click("main form button.primary")
    page.wait_for_url("**/viewing/*-*/")


def attend(server: Server, page: Page) -> None:
    page.fill("[name=login] >> visible=true", "takahashi")
    page.fill("[name=password] >> visible=true", server.password)
    page.click("button:text-is('立ち会う') >> visible=true")


def play(page: Page) -> None:
    page.click("form[action$='/open/'] button")
    page.wait_for_selector("#room")
    until(page, "video.readyState >= 2")
    page.click("[data-part=toggle]")
    until(page, "video.currentTime > 0.4")


def ledger(server: Server, kind: str) -> str:
    return server.ask(
        "from hokanko.ledger.models import Entry\n"
        f"print([bytes(e.body).decode() for e in Entry.objects.filter(kind='{kind}')])"
    )


def test_native_footage_plays_seeks_and_is_written_down(server: Server, browser_page: Page) -> None:
    page = browser_page
    come_in(server, page, "tanaka")
    ask(server, page, "h264.mp4")
    play(page)
    overlay = page.inner_text("[data-part=overlay]")
    assert "田中 美咲" in overlay
    assert "職務執行状況の事後的な確認" in overlay
    assert server.numbers["h264.mp4"] in overlay
    page.keyboard.press("k")
    until(page, "video.paused")
    before = page.evaluate("document.querySelector('video').currentTime")
    page.keyboard.press(".")
    until(page, f"Math.abs(video.currentTime - {before} - 0.1) < 0.02")
    page.evaluate("document.querySelector('video').currentTime = 7")
    until(page, "!video.seeking && video.readyState >= 2")
    page.click("button:text-is('閲覧を終える')")
    page.wait_for_selector(".notice.good")
    assert '"ranges_s":[[0' in ledger(server, "viewing.closed")


@pytest.mark.parametrize("name", ["h265.mp4", "mjpeg.avi"])
def test_what_the_browser_does_not_know_plays_by_parts(
    server: Server, browser_page: Page, name: str
) -> None:
    page = browser_page
    come_in(server, page, "tanaka")
    ask(server, page, name)
    play(page)
    until(page, "video.ended")
    page.evaluate("document.querySelector('video').currentTime = 0.5")
    until(page, "!video.seeking && video.currentTime < 1")


@pytest.mark.clause("police-7.2.2-attend")
def test_the_picture_hides_when_the_attendant_is_gone(server: Server, browser_page: Page) -> None:
    page = browser_page
    come_in(server, page, "sato")
    ask(server, page, "h264.mp4")
    room = page.url
    come_in(server, page, "takahashi")
    page.goto(f"{room}decide/")
    page.click("[value=approve]")
    page.wait_for_load_state()
    come_in(server, page, "sato")
    page.goto(room)
    attend(server, page)
    play(page)
    assert "高橋 誠" in page.inner_text("[data-part=overlay]")
    hidden = "getComputedStyle(video).visibility === 'hidden' && video.paused"
    page.click("[data-part=leave]")
    assert until(page, hidden) < HIDDEN_WITHIN_S
    attend(server, page)
    page.wait_for_load_state()
    until(page, f"video.readyState >= 2 && !({hidden})")
    page.context.set_offline(True)  # the cabinet does not hear the page, nor the page the cabinet
    begun = time.monotonic()
    until(page, hidden)
    assert time.monotonic() - begun < HIDDEN_WITHIN_S
    page.context.set_offline(False)
    until(page, f"!({hidden}) || document.querySelector('#room').matches('.veiled')")
    assert "viewing.left" in ledger(server, "viewing.left")


def test_a_stretch_plays_over_a_border_and_skips_a_gap(server: Server, browser_page: Page) -> None:
    page = browser_page
    come_in(server, page, "tanaka")
    camera, begun, ended = server.ask(
        "from datetime import timedelta\n"
        "from hokanko.clock import TOKYO\n"
        "from hokanko.footage.models import Footage\n"
        "first = Footage.objects.get(source='row-1.mp4')\n"
        "at = [first.captured + timedelta(seconds=s) for s in (0, 20)]\n"
        "print(first.camera_id, *(f'{m.astimezone(TOKYO):%Y-%m-%dT%H:%M:%S}' for m in at))"
    ).split()
    page.goto(f"{server.address}/viewing/stretch/?camera={camera}&begun={begun}&ended={ended}")
    page.check("[value=ア]")
    page.click("main form button.primary")
    page.wait_for_url("**/viewing/*-*/")
    play(page)
    until(page, "video.currentTime > 4.5")  # the border lies at 4
    until(page, "video.currentTime > 12.2")  # nothing was recorded from 8 to 12
    assert "記録なし" in (page.text_content(".gaps") or "")
    page.click(".small-ones summary")
    picture = "[...document.querySelectorAll('.small-ones img')].some((each) => each.naturalWidth)"
    until(page, picture)
    page.click("button:text-is('閲覧を終える')")
    page.wait_for_selector(".notice.good")
    assert ledger(server, "viewing.shown").count("viewing.shown") == 3
