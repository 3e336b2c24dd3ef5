"""Cameras watched live: the pictures come, nothing is kept, and beginning and end are lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import BoundedSemaphore

import pytest
from django.test import Client

from hokanko import clock
from hokanko.cameras import actions as cameras
from hokanko.cameras.models import Camera as Row
from hokanko.cameras.recorded import running
from hokanko.cameras.standing import Siting
from hokanko.cameras.streams import connect
from hokanko.coverage.queries import cameras as expected
from hokanko.errors import Missing
from hokanko.footage.models import Footage
from hokanko.home import Home
from hokanko.ledger.read import Act, about
from hokanko.live import actions, jobs, pages, pictures, queries
from hokanko.live.jobs import close_abandoned, end_all
from hokanko.live.models import LiveWatch
from hokanko.management.commands.serve import THREADS
from hokanko.people.appointing import dismiss
from hokanko.people.models import Appointment
from hokanko.rehearsal.rtsp import Camera, Mood
from tests.cameras import standing
from tests.clauses.founded import Founded
from tests.live.watching import Part, answer, begin, first, parts, stream_to
from tests.media.test_live import drawn
from tests.recorder.secured import behind, certificate
from tests.web.visitors import browser

pytestmark = pytest.mark.usefixtures("fresh_home", "db", "one_connection")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it may go on is asked before each picture, and who hung up is called at once."""
    monkeypatch.setattr(pictures, "LOOK_S", -1.0)
    monkeypatch.setattr(pictures, "EVERY_S", 0.0)
    monkeypatch.setattr(pictures, "WAIT_S", 0.1)
    monkeypatch.setattr(pictures, "AGAIN_S", 0.1)


@pytest.fixture(autouse=True)
def put_off(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """What waits for a page to be loaded anew; here nothing happens by time."""
    waiting: list[Callable[[], None]] = []
    monkeypatch.setattr(pictures, "later", lambda _seconds, what: waiting.append(what))
    return waiting


@pytest.fixture
def camera(tmp_path: Path) -> Iterator[Camera]:
    with Camera(drawn(tmp_path / "film.mp4", "libx264"), Mood()) as camera:
        yield camera


@pytest.fixture
def ward() -> Founded:
    return standing.ward()


@pytest.fixture
def row(ward: Founded, camera: Camera) -> Row:
    row = standing.running(ward)
    stream_to(ward, row, camera)
    return row


@pytest.fixture
def mori(ward: Founded) -> Client:
    return browser(ward, "mori")


def lines(row: Row) -> list[Act]:
    return [entry for entry in about(f"camera:{row.pk}") if entry.kind.startswith("live.")]


def comes(part: Part) -> bool:
    return part.is_camera


def test_its_pictures_come_and_both_ends_are_on_the_ledger(
    ward: Founded, row: Row, mori: Client, put_off: list[Callable[[], None]]
) -> None:
    (watch,) = begin(mori, row)
    (begun,) = lines(row)
    assert begun.kind == "live.begun"
    told = answer(mori, watch)
    assert first(parts(told), comes).image.size == (160, 120)
    told.close()  # the reader goes
    went = clock.now()
    assert len(lines(row)) == 1
    clock.fix(went + timedelta(seconds=pictures.GRACE_S))
    (nobody_came,) = put_off
    nobody_came()
    begun, ended = lines(row)
    assert ended.facts["to"] == clock.iso(went)
    watch.refresh_from_db()
    assert ended.facts["person"] == str(ward.people["mori"].pk)  # the program wrote the line
    assert ended.facts["from"] == clock.iso(watch.begun_at)
    assert watch.ended_at is not None
    assert ended.facts["to"] == clock.iso(watch.ended_at)
    assert (ended.kind, ended.facts["reason"]) == ("live.ended", "left")
    page = mori.get(f"/live/{watch.sitting}/").content.decode()
    assert "画面を離れた" in page
    assert "続けて見る" in page
    assert "今の映像を見終えた" in mori.get("/ledger/").content.decode()


def test_a_page_loaded_anew_goes_on_with_the_same_watch(
    row: Row, mori: Client, put_off: list[Callable[[], None]]
) -> None:
    (watch,) = begin(mori, row)
    told = answer(mori, watch)
    first(parts(told), comes)
    told.close()
    assert f"/live/pictures/{watch.pk}/" in mori.get(f"/live/{watch.sitting}/").content.decode()
    told = answer(mori, watch)
    first(parts(told), comes)
    put_off.pop(0)()  # of the page as it was first
    assert [line.kind for line in lines(row)] == ["live.begun"]
    first(parts(told), comes)
    told.close()
    put_off.pop()()
    assert [line.facts.get("reason") for line in lines(row)] == [None, "left"]


def test_another_login_of_the_same_person_may_not_go_on(
    ward: Founded, row: Row, mori: Client
) -> None:
    (watch,) = begin(mori, row)
    with closing(answer(mori, watch)) as told:
        first(parts(told), comes)
    elsewhere = browser(ward, "mori")
    assert elsewhere.get(f"/live/pictures/{watch.pk}/").status_code == 404
    assert elsewhere.get(f"/live/{watch.sitting}/").status_code == 404
    assert elsewhere.post(f"/live/{watch.sitting}/end/").status_code == 404
    watch.refresh_from_db()
    assert (watch.turn, watch.ended_at) == (1, None)


@pytest.mark.clause("home-1.2-b")
def test_of_a_camera_that_only_shows_no_file_is_made(camera: Camera, fresh_home: Home) -> None:
    here = standing.house()
    standing.enact(here)
    row = standing.sited(here, standing.square(here))
    cameras.decide_site(row, replace(Siting.of(row), display_only=True), by=here.by("mori"))
    row = Row.objects.get()
    standing.framed(here, row)
    standing.signed(here, row)
    cameras.activate(row, by=here.by("mori"))
    stream_to(here, row, camera)
    client = browser(here, "mori")
    assert "表示だけ（録画しない）" in client.get(f"/cameras/{row.pk}/").content.decode()
    before = sorted(fresh_home.path.rglob("*"))
    assert before
    (watch,) = begin(client, row)
    told = answer(client, watch)
    coming = parts(told)
    for _ in range(5):
        first(coming, comes)
    assert sorted(fresh_home.path.rglob("*")) == before
    told.close()
    assert sorted(fresh_home.path.rglob("*")) == before
    assert not Footage.objects.exists()
    assert not running(here.org)  # the recorder follows it not,
    assert not expected("IE")  # and no minute of it is called for


def test_what_a_mask_covers_is_not_seen_live_either(row: Row, camera: Camera, mori: Client) -> None:
    Row.objects.update(masks=[{"left": 0, "top": 0, "right": 50, "bottom": 100}])
    (watch,) = begin(mori, row)
    told = answer(mori, watch)
    bright = first(parts(told), lambda p: p.is_camera and p.bright(150, 60) > 30)
    assert bright.bright(20, 60) < 20
    Row.objects.update(masks=[{"left": 0, "top": 0, "right": 100, "bottom": 100}])
    coming = parts(told)
    first(coming, lambda part: not part.is_camera)  # it is called anew
    assert first(coming, comes).bright(150, 60) < 20
    told.close()


def test_who_loses_the_post_sees_no_more(ward: Founded, row: Row, mori: Client) -> None:
    kishi = browser(ward, "kishi")
    (watch,) = begin(kishi, row)
    coming = parts(answer(kishi, watch))
    first(coming, comes)
    post = Appointment.objects.get(person=ward.people["kishi"])
    dismiss(post, by=ward.by("aoki"))
    last = list(coming)[-1]
    assert last.kind == "image/png"
    assert lines(row)[-1].facts["reason"] == "barred"


def test_whose_login_ends_sees_no_more(row: Row, mori: Client) -> None:
    (watch,) = begin(mori, row)
    coming = parts(answer(mori, watch))
    first(coming, comes)
    assert mori.session.session_key
    mori.post("/logout/")
    list(coming)
    assert lines(row)[-1].facts["reason"] == "barred"


def test_it_lasts_as_long_as_the_edition_allows(row: Row, mori: Client) -> None:
    (watch,) = begin(mori, row)
    assert watch.until - watch.begun_at == timedelta(minutes=30)
    coming = parts(answer(mori, watch))
    first(coming, comes)
    LiveWatch.objects.update(until=clock.now())
    list(coming)
    assert lines(row)[-1].facts["reason"] == "time up"


def test_a_camera_that_ends_is_seen_no_more(ward: Founded, row: Row, mori: Client) -> None:
    (watch,) = begin(mori, row)
    coming = parts(answer(mori, watch))
    first(coming, comes)
    cameras.end(row, by=ward.by("mori"))
    list(coming)
    assert lines(row)[-1].facts["reason"] == "camera ended"
    assert mori.post("/live/begin/", {"camera": [str(row.pk)]}).status_code == 409


def test_a_camera_that_hangs_up_is_called_again(row: Row, camera: Camera, mori: Client) -> None:
    (watch,) = begin(mori, row)
    coming = parts(told := answer(mori, watch))
    first(coming, comes)
    camera.mood.hang_up.set()
    first(coming, lambda part: not part.is_camera)
    camera.mood.hang_up.clear()
    first(coming, comes)
    told.close()


def test_the_button_ends_it(row: Row, mori: Client) -> None:
    (watch,) = begin(mori, row)
    coming = parts(answer(mori, watch))
    first(coming, comes)
    assert mori.post(f"/live/{watch.sitting}/end/").status_code == 302
    list(coming)
    assert [line.facts.get("reason") for line in lines(row)] == [None, "button"]
    (said,) = parts(answer(mori, watch))  # its pictures are asked for once more
    assert said.kind == "image/png"


def test_beginning_anew_ends_what_ran_in_this_browser(row: Row, mori: Client) -> None:
    begin(mori, row)
    begin(mori, row)
    kinds = [(line.kind, line.facts.get("reason")) for line in lines(row)]
    assert kinds == [("live.begun", None), ("live.ended", "anew"), ("live.begun", None)]


def test_four_cameras_are_seen_on_one_page(ward: Founded, row: Row, mori: Client) -> None:
    Row.objects.filter(pk=row.pk).update(number="1")
    at = row.site
    assert at is not None
    others = [standing.running(ward, str(number), at) for number in range(2, 6)]
    Row.objects.update(stream_url=row.stream_url or "rtsp://127.0.0.1/")
    shown = begin(mori, row, *others[:3])
    page = mori.get(f"/live/{shown[0].sitting}/").content.decode()
    assert page.count("/live/pictures/") == 4
    assert "森 課長" in page
    too_many = mori.post("/live/begin/", {"camera": [str(r.pk) for r in (row, *others)]})
    assert too_many.status_code == 409
    assert "4台まで" in too_many.content.decode()
    assert mori.post("/live/begin/").status_code == 409
    assert mori.post("/live/begin/", {"camera": "x"}).status_code == 404


def test_the_server_is_not_filled_by_watchers(
    ward: Founded, row: Row, mori: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hokanko.live.actions.MOST", 1)
    begin(mori, row)
    kishi = browser(ward, "kishi")
    full = kishi.post("/live/begin/", {"camera": [str(row.pk)]})
    assert full.status_code == 409
    assert "同時に見られません" in full.content.decode()
    LiveWatch.objects.update(seen_at=clock.now() - 2 * queries.ABANDONED_AFTER)
    begin(kishi, row)  # those whose page is gone count no more


def test_what_no_server_could_end_is_ended_when_it_was_last_seen(row: Row, mori: Client) -> None:
    begin(mori, row)
    close_abandoned()
    assert len(lines(row)) == 1
    seen = clock.now() - timedelta(minutes=2)
    LiveWatch.objects.update(begun_at=seen - timedelta(minutes=1), seen_at=seen)
    close_abandoned()
    close_abandoned()
    _, ended = lines(row)
    assert (ended.facts["to"], ended.facts["reason"]) == (clock.iso(seen), "abandoned")


def test_a_server_that_stops_ends_what_is_watched(row: Row, mori: Client) -> None:
    (watch,) = begin(mori, row)
    coming = parts(answer(mori, watch))
    first(coming, comes)
    end_all()
    list(coming)  # else the server would wait for it
    assert lines(row)[-1].facts["reason"] == "server ended"
    end_all()
    assert len(lines(row)) == 2


def test_who_has_no_post_is_told_why(ward: Founded, row: Row) -> None:
    aoki, hara = browser(ward, "aoki"), browser(ward, "hara")
    for tab in ("/live/", "/retention/space/"):
        assert f'href="{tab}' not in aoki.get("/cameras/").content.decode()
        assert f'href="{tab}' in browser(ward, "kishi").get("/cameras/").content.decode()
    page = aoki.get("/live/").content.decode()  # may see the list of cameras, and watch none
    assert "[ward-4]" in page
    assert "選んだカメラを見る" not in page
    assert "今の映像を見る" not in aoki.get(f"/cameras/{row.pk}/").content.decode()
    for client in (aoki, hara):
        refused = client.post("/live/begin/", {"camera": [str(row.pk)]})
        assert refused.status_code == 403
        assert "[ward-4]" in refused.content.decode()
    assert hara.get("/live/").status_code == 403
    assert not LiveWatch.objects.exists()


def test_what_somebody_watches_is_nobody_elses(ward: Founded, row: Row, mori: Client) -> None:
    (watch,) = begin(mori, row)
    kishi = browser(ward, "kishi")
    assert kishi.get(f"/live/{watch.sitting}/").status_code == 404
    assert kishi.get(f"/live/pictures/{watch.pk}/").status_code == 404
    assert kishi.post(f"/live/{watch.sitting}/end/").status_code == 404
    watch.refresh_from_db()
    assert watch.ended_at is None


@pytest.mark.parametrize(("language", "words"), [("ja", "今の映像"), ("en", "Live pictures")])
def test_the_list_of_cameras_leads_there(row: Row, mori: Client, language: str, words: str) -> None:
    mori.cookies["django_language"] = language
    assert words in mori.get("/cameras/").content.decode()
    assert str(row.pk) in mori.get("/live/").content.decode()


def test_over_tls_only_the_certificate_that_was_confirmed_is_watched(
    ward: Founded, camera: Camera, mori: Client, tmp_path: Path
) -> None:
    context, shown = certificate(tmp_path, "camera")
    row = standing.running(ward)
    with behind(context, camera.port) as port:
        there = f"rtsps://127.0.0.1:{port}/live"
        connect(row, there, certificate=shown, by=ward.by("mori"))
        (watch,) = begin(mori, row)
        told = answer(mori, watch)
        first(parts(told), comes)
        told.close()
        Row.objects.update(stream_certificate="0" * 64)
        (watch,) = begin(mori, row)
        told = answer(mori, watch)
        assert not any(part.is_camera for part, _ in zip(parts(told), range(4), strict=False))
        told.close()


def test_who_is_suddenly_outside_sees_no_more(
    row: Row, mori: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    (watch,) = begin(mori, row)
    coming = parts(answer(mori, watch))
    first(coming, comes)
    monkeypatch.setattr(pages, "is_inside", lambda _request: False)
    list(coming)
    assert lines(row)[-1].facts["reason"] == "barred"


def test_with_every_place_taken_it_is_said_and_the_watch_may_be_fetched_later(
    row: Row, mori: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "places", BoundedSemaphore(1))
    (watch,) = begin(mori, row)
    with closing(answer(mori, watch)) as held, closing(answer(mori, watch)) as late:
        first(parts(held), comes)
        assert [part.kind for part in parts(late)] == ["image/png"]
        watch.refresh_from_db()
        assert (watch.turn, watch.ended_at) == (1, None)
    (watch,) = begin(mori, row)
    with closing(answer(mori, watch)) as again:
        first(parts(again), comes)


def test_pages_keep_threads_whoever_hangs() -> None:
    assert queries.MOST < queries.PLACES < THREADS


def test_where_no_rulebook_is_in_force_any_more_nothing_is_shown(
    row: Row, mori: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    (watch,) = begin(mori, row)
    with closing(answer(mori, watch)) as told:
        coming = parts(told)
        first(coming, comes)
        monkeypatch.setattr(pages, "may", lambda *_, **__: raising())
        assert [part.is_camera for part in coming] == [False]
    watch.refresh_from_db()
    assert watch.reason == "barred"


def test_one_organisation_without_a_rulebook_keeps_no_other_open(
    row: Row, mori: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(mori, row)
    (left,) = LiveWatch.objects.all()
    other = LiveWatch.objects.create(
        sitting=left.sitting,
        camera=left.camera,
        person=left.person,
        browser=left.browser,
        begun_at=left.begun_at,
        until=left.until,
        seen_at=left.seen_at,
    )
    clock.fix(clock.now() + timedelta(minutes=1))
    first_of = min(left.pk, other.pk)
    whole = actions.end
    monkeypatch.setattr(
        jobs,
        "end",
        lambda watch, *a, **k: raising() if watch.pk == first_of else whole(watch, *a, **k),
    )
    close_abandoned()
    assert LiveWatch.objects.get(ended_at=None).pk == first_of


def raising() -> bool:
    raise Missing("規程がありません。", "No rulebook is in force.")
