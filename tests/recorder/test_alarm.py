"""Alarms: who is told of a silence and of its end, by e-mail and by webhook, and when it fails."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import Settings

from hokanko import clock
from hokanko.cameras.models import Camera, Hearing, PlannedOff, Silence
from hokanko.cameras.streams import connect
from hokanko.errors import Conflict, Missing, Refusal
from hokanko.jobs.models import Job
from hokanko.jobs.worker import drain
from hokanko.ledger.read import about
from hokanko.recorder.actions import fall_silent, speak_again
from hokanko.recorder.alarm import TELL_AFTER, watch
from hokanko.recorder.models import Watcher
from hokanko.recorder.owing import note_heard, note_silent, pay
from hokanko.recorder.watchers import add_watcher, drop_watcher
from hokanko.recorder.webhook import insist_hook, sign
from hokanko.rules.actor import machine
from hokanko.schedule import ALARM_JOBS
from tests.cameras import standing
from tests.clauses.founded import Founded
from tests.fixtures import NOON
from tests.recorder.altered import alter, restore
from tests.web.visitors import browser, kinds_written

pytestmark = pytest.mark.usefixtures("fresh_home", "db")
WATCHERS = "/recordings/watchers/at/AOBA/"
BY = machine("intake", "AOBA")


@dataclass
class Hook:
    """A program that is told, and answers with `status`."""

    url: str
    status: int = 204
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def hook() -> Iterator[Hook]:
    found = Hook("")

    class Visit(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.heard.append(({k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(found.status)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Visit) as server:
        found.url = f"http://127.0.0.1:{server.server_port}/hook?a=1"
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield found
        server.shutdown()


@pytest.fixture
def mail(settings: Settings) -> Iterator[list[bytes]]:
    """A server that takes e-mail without any encryption; what was handed in."""
    taken: list[bytes] = []

    class Visit(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            while line := self.rfile.readline():
                word = line[:4].upper().strip()
                if word == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    lines = list(iter(self.rfile.readline, b".\r\n"))
                    taken.append(b"".join(lines))
                self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Visit) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address[:2]
        settings.EMAIL_USE_TLS = False
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield taken
        server.shutdown()


@pytest.fixture
def ward() -> Founded:
    return standing.ward()


@pytest.fixture
def camera(ward: Founded) -> Camera:
    row = standing.running(ward)
    connect(row, "rtsp://127.0.0.1:1/live", by=ward.by("mori"))
    Hearing.objects.create(camera=row, seen_at=NOON, since=NOON, heard_at=NOON)
    return row


def lasting(camera: Camera, cause: str = "HTTPUnauthorizedError") -> Silence:
    """A silence old enough to be told; the recorder itself lives."""
    fall_silent(camera, cause, by=BY)
    clock.fix(clock.now() + TELL_AFTER)
    return Silence.objects.get(until=None)


def turn() -> None:
    """The watch goes round, and what it put off is done."""
    Hearing.objects.update(seen_at=clock.now())
    watch()
    drain(ALARM_JOBS)


def secret(ward: Founded, url: str) -> str:
    return add_watcher(ward.org, "webhook", url, by=ward.by("mori"))[1]


def test_a_silence_and_its_end_are_posted_with_a_signature(
    ward: Founded, camera: Camera, hook: Hook
) -> None:
    key = secret(ward, hook.url)
    lasting(camera)
    turn()
    turn()  # told once
    speak_again(camera, by=BY)
    turn()
    (headers, body), (_, over) = hook.heard
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = hmac.digest(base64.b64decode(key.removeprefix("whsec_")), signed, hashlib.sha256)
    assert headers["webhook-signature"] == "v1," + base64.b64encode(digest).decode()
    assert headers["content-type"] == "application/json"
    said = json.loads(body)
    assert (said["type"], said["data"]["camera"]) == ("camera.fell_silent", "1")
    assert said["data"]["cause"] == "HTTPUnauthorizedError"
    assert json.loads(over)["type"] == "camera.spoke_again"
    assert kinds_written().count("watcher.told") == 2


def test_the_signature_is_that_of_the_specification() -> None:
    # Standard Webhooks, libraries/python tests
    signature = sign(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
    )
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_silence_and_its_end_are_mailed_in_both_languages(
    ward: Founded, camera: Camera, mail: list[bytes]
) -> None:
    add_watcher(ward.org, "email", "tou@aoba.example", by=ward.by("mori"))
    lasting(camera)
    turn()
    speak_again(camera, by=BY)
    turn()
    first, last = mail
    assert b"To: tou@aoba.example" in first
    words = str(message_from_bytes(first, policy=policy.default).get_content())
    assert "カメラ 1 を録画できていません" in words
    assert "パスワードが違う" in words
    assert "Camera 1 has not been recorded since" in words
    assert b"is recorded again" in last


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        ("no tcp", ("UDP でしか送らない", "UDP から TCP に変えてください", "from UDP to TCP")),
        ("HTTPUnauthorizedError", ("入れ直してください", "Cause: wrong password")),
        ("no answer", ("電源、回線、パスワードを確かめてください", "Check its power")),
    ],
)
def test_what_is_mailed_says_what_to_change(
    ward: Founded, camera: Camera, mail: list[bytes], cause: str, words: tuple[str, ...]
) -> None:
    add_watcher(ward.org, "email", "tou@aoba.example", by=ward.by("mori"))
    lasting(camera, cause)
    turn()
    said = str(message_from_bytes(mail[0], policy=policy.default).get_content())
    assert [each for each in words if each not in said] == []


def test_a_mail_server_that_offers_no_encryption_is_given_nothing(
    ward: Founded, camera: Camera, mail: list[bytes], settings: Settings
) -> None:
    settings.EMAIL_USE_TLS = True
    add_watcher(ward.org, "email", "tou@aoba.example", by=ward.by("mori"))
    lasting(camera)
    turn()
    assert mail == []
    assert "SMTPNotSupportedError" in Watcher.objects.get().trouble


@pytest.mark.parametrize("status", [302, 500])
def test_what_is_not_taken_is_sent_again_later(
    ward: Founded, camera: Camera, hook: Hook, status: int
) -> None:
    secret(ward, hook.url)
    hook.status = status
    lasting(camera)
    turn()
    assert str(status) in Watcher.objects.get().trouble
    again = Job.objects.get(state="ready", name="recorder.tell")
    assert again.run_at > clock.now()
    hook.status = 200
    clock.fix(again.run_at)
    turn()
    assert len({headers["webhook-id"] for headers, _ in hook.heard}) == 1
    assert len(hook.heard) == 2
    assert Watcher.objects.get().trouble == ""


def test_after_the_last_attempt_it_is_given_up_and_stays_told_on_the_page(
    ward: Founded, camera: Camera, hook: Hook
) -> None:
    secret(ward, hook.url)
    hook.status = 503
    lasting(camera)
    turn()
    while again := Job.objects.filter(state="ready", name="recorder.tell").first():
        clock.fix(again.run_at)
        turn()
    assert len(hook.heard) == 8
    page = browser(ward, "mori").get(WATCHERS).content.decode()
    assert "届いていません" in page
    assert "HTTP 503" in page


def test_a_short_silence_is_told_nobody(ward: Founded, camera: Camera, hook: Hook) -> None:
    secret(ward, hook.url)
    fall_silent(camera, "hung up", by=BY)
    clock.fix(NOON + TELL_AFTER / 2)
    turn()
    speak_again(camera, by=BY)
    clock.fix(NOON + 2 * TELL_AFTER)
    turn()
    assert hook.heard == []


def test_planned_time_off_is_told_only_once_it_is_over(
    ward: Founded, camera: Camera, hook: Hook
) -> None:
    secret(ward, hook.url)
    over = NOON + timedelta(minutes=5)
    who = ward.people["mori"]
    told: dict[str, Any] = {"reason": "upkeep", "at": NOON, "by": who}
    PlannedOff.objects.create(camera=camera, begun=NOON, ended=over, **told)
    lasting(camera)
    turn()
    assert hook.heard == []
    clock.fix(over)
    turn()
    assert len(hook.heard) == 1


@pytest.fixture
def stopwatch(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the watch's own stopwatch shows, to be moved."""
    now = [1000.0]
    monkeypatch.setattr("hokanko.recorder.beating.monotonic", lambda: now[0])
    return now


def test_a_recorder_that_died_is_noticed_from_outside(
    ward: Founded, camera: Camera, hook: Hook, stopwatch: list[float]
) -> None:
    secret(ward, hook.url)
    watch()
    stopwatch[0] += 60.0
    clock.fix(NOON + timedelta(seconds=60))
    watch()
    drain(ALARM_JOBS)
    silence = Silence.objects.get()
    assert (silence.cause, silence.since) == ("recorder", NOON)
    assert len(hook.heard) == 1


@pytest.mark.parametrize("leap", [timedelta(hours=5), timedelta(hours=-5)])
def test_a_clock_that_leaps_raises_no_alarm_while_the_recorder_lives(
    ward: Founded, camera: Camera, hook: Hook, stopwatch: list[float], leap: timedelta
) -> None:
    secret(ward, hook.url)
    watch()
    clock.fix(NOON + leap)
    for _ in range(8):  # two minutes of looks, the recorder writing between them
        stopwatch[0] += 15.0
        watch()
        Hearing.objects.update(seen_at=clock.now())
        clock.fix(clock.now() + timedelta(seconds=15))
    drain(ALARM_JOBS)
    assert not Silence.objects.exists()
    assert hook.heard == []


def test_a_recorder_that_dies_while_the_clock_is_set_back_is_noticed(
    ward: Founded, camera: Camera, hook: Hook, stopwatch: list[float]
) -> None:
    secret(ward, hook.url)
    watch()
    clock.fix(NOON - timedelta(hours=5))
    stopwatch[0] += 60.0
    watch()
    assert Silence.objects.get().since == clock.now()
    clock.fix(clock.now() + TELL_AFTER)
    watch()
    drain(ALARM_JOBS)
    assert len(hook.heard) == 1


def test_who_was_dropped_is_told_nothing(ward: Founded, camera: Camera, hook: Hook) -> None:
    row, _ = add_watcher(ward.org, "webhook", hook.url, by=ward.by("mori"))
    drop_watcher(row, by=ward.by("mori"))
    lasting(camera)
    turn()
    assert hook.heard == []
    with pytest.raises(Conflict):
        drop_watcher(row, by=ward.by("mori"))


def test_the_page_shows_the_secret_once_and_tries_the_way(ward: Founded, hook: Hook) -> None:
    mori = browser(ward, "mori")
    assert "知らせる先がありません" in mori.get(WATCHERS).content.decode()
    told = {"means": "webhook", "address": hook.url}
    assert "whsec_" in mori.post(WATCHERS, told).content.decode()
    assert "whsec_" not in mori.get(WATCHERS).content.decode()
    row = Watcher.objects.get()
    assert b"whsec_" not in bytes(row.secret or b"")
    assert "届きました" in mori.post(f"/recordings/watchers/{row.pk}/try/").content.decode()
    hook.status = 500
    assert "HTTP 500" in mori.post(f"/recordings/watchers/{row.pk}/try/").content.decode()
    assert "もう登録されています" in mori.post(WATCHERS, told).content.decode()
    mori.post(f"/recordings/watchers/{row.pk}/drop/")
    assert "知らせる先がありません" in mori.get(WATCHERS).content.decode()


def test_without_a_mail_server_no_mail_is_promised(ward: Founded, settings: Settings) -> None:
    settings.EMAIL_HOST = ""
    answer = browser(ward, "mori").post(WATCHERS, {"means": "email", "address": "a@b.example"})
    assert "smtp_host" in answer.content.decode()
    assert not Watcher.objects.exists()


@pytest.mark.parametrize(
    "url", ["ftp://a/", "http://", "https://u:p@a/", "https://a b/", "https://[x"]
)
def test_an_address_that_takes_no_message_is_refused(url: str) -> None:
    with pytest.raises(Conflict):
        insist_hook(url)


def test_nothing_goes_unencrypted_into_the_world(ward: Founded, camera: Camera) -> None:
    secret(ward, "http://8.8.8.8/hook")
    lasting(camera)
    turn()
    assert "ValueError" in Watcher.objects.get().trouble


def test_who_may_not_is_refused(ward: Founded) -> None:
    with pytest.raises(Refusal):
        add_watcher(ward.org, "webhook", "https://a.example/", by=ward.by("kishi"))
    assert browser(ward, "kishi").get(WATCHERS).status_code == 403


def test_a_silence_is_told_while_the_rulebook_is_altered_and_its_lines_follow(
    ward: Founded, camera: Camera, hook: Hook
) -> None:
    secret(ward, hook.url)
    was = alter()
    fell = clock.now()
    with pytest.raises(Missing):
        fall_silent(camera, "hung up", by=BY)
    note_silent(camera, "hung up", since=fell, by=BY)
    clock.fix(clock.now() + TELL_AFTER)
    turn()
    heard = clock.now()
    note_heard(camera, at=heard, by=BY)
    turn()
    turn()
    assert len(hook.heard) == 2  # the silence and its end, each once
    assert "camera.fell_silent" not in kinds_written()
    with pytest.raises(Missing):
        pay(ward.org, by=BY)
    restore(was)
    clock.fix(clock.now() + timedelta(hours=1))
    turn()
    turn()
    begun, ended = list(about(f"camera:{camera.pk}"))[-2:]
    assert begun.facts["since"] == clock.iso(fell)
    assert (ended.facts["since"], ended.facts["until"]) == (clock.iso(fell), clock.iso(heard))
    assert len(hook.heard) == 2


def test_watchers_on_the_command_line(
    ward: Founded, hook: Hook, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(*words: str) -> Any:
        call_command("watcher", "--json", *words, "--by", "mori")
        return json.loads(capsys.readouterr().out)

    made = said("add", "--org", "AOBA", "--means", "webhook", "--address", hook.url)
    assert made["secret"].startswith("whsec_")
    assert said("try", made["id"])["taken"]
    assert len(hook.heard) == 1
    (row,) = said("list", "--org", "AOBA")["watchers"]
    assert (row["id"], "secret" in row) == (made["id"], False)
    said("drop", made["id"])
    assert not said("list", "--org", "AOBA")["watchers"]
    assert kinds_written()[-2:] == ["watcher.added", "watcher.dropped"]
    with pytest.raises(SystemExit):
        call_command("watcher", "list", "--org", "AOBA", "--by", "hara")
