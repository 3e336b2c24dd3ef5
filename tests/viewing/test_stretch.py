"""A stretch of several cameras: what is in it, that it plays as one, and what stays outside."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO

import pytest

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.coverage.spans import Span
from hokanko.errors import Conflict, Missing, Refusal
from hokanko.footage.models import Footage, Scene
from hokanko.formats.canon import JSON
from hokanko.intake.jobs import examine
from hokanko.intake.receive import receive
from hokanko.intake.sources import Source
from hokanko.ledger.models import Entry
from hokanko.media.play import Part
from hokanko.rehearsal.cast import Cast
from hokanko.viewing import actions, queries, stretch
from hokanko.viewing.actions import ask_stretch
from hokanko.viewing.looking import drop_scene
from hokanko.viewing.models import Viewing
from hokanko.viewing.onward import part_of_stretch
from tests.fixtures import NOON
from tests.media.clips import clip, opened
from tests.viewing.conftest import Desk

SECOND = timedelta(seconds=1)
MORNING = NOON - timedelta(hours=3)


def filmed(
    cast: Cast, begun: datetime, camera: str = "1", sound: str = "", frames: int = 40
) -> Footage:
    """A clip with this beginning, ten frames a second, taken in and looked into; each another."""
    content = clip(frames=frames, sound=sound, tags={"title": f"{camera} {begun}"})
    told: dict[str, JSON] = {"via": "cli", "stated": clock.iso(begun)}
    name = f"{camera}-{begun:%H%M%S}.mp4"
    source = Source(name, BytesIO(content).readinto, len(content), told)
    footage = receive(cast.station, camera, source, by=cast.as_actor("tanaka"))
    examine(str(footage.pk))
    return Footage.objects.get(pk=footage.pk)


def cameras(cast: Cast, *numbers: str) -> list[Camera]:
    rows = Camera.objects.filter(org=cast.station, number__in=numbers).select_related("org")
    return list(rows.order_by("number"))


def span(begun_s: float, ended_s: float) -> Span:
    return Span(MORNING + begun_s * SECOND, MORNING + ended_s * SECOND)


def seconds(found: Span) -> tuple[float, float]:
    return (found.begun - MORNING) / SECOND, (found.ended - MORNING) / SECOND


@pytest.fixture
def film(desk: Desk) -> list[Footage]:
    """Camera 1: two pieces without a break, four seconds of nothing, another; camera 2: one."""
    ones = [filmed(desk.cast, MORNING + at * SECOND) for at in (0, 4, 12)]
    return [*ones, filmed(desk.cast, MORNING + 6 * SECOND, camera="2")]


def opened_stretch(desk: Desk, begun_s: float, ended_s: float, *numbers: str) -> Viewing:
    person, by = desk.cast.people["tanaka"], desk.at("tanaka")
    whole = span(begun_s, ended_s)
    viewing = ask_stretch(cameras(desk.cast, *numbers), whole, person, ("ア",), "", by=by)
    actions.open_room(viewing, by=by)
    return queries.viewing(viewing.pk)


def kept(part: Part) -> int:
    """How many pictures a part has."""
    return sum(1 for _ in opened(part.body).decode(video=0))


def test_pieces_follow_one_another_and_a_gap_stays(desk: Desk, film: list[Footage]) -> None:
    found = stretch.of_cameras(cameras(desk.cast, "1", "2"), span(0, 20))
    first, second = found
    assert [seconds(piece.span) for piece in first.pieces] == [(0, 4), (4, 8), (12, 16)]
    assert [(seconds(gap.span), gap.everywhere) for gap in first.gaps] == [
        ((8, 10), False),
        ((10, 12), True),
        ((16, 20), True),
    ]
    assert [seconds(gap.span) for gap in second.gaps] == [(0, 6), (10, 12), (12, 16), (16, 20)]
    assert [piece.footage for piece in second.pieces] == [film[3]]


def test_every_second_is_shown_once(desk: Desk) -> None:
    for at in (0, 3):
        filmed(desk.cast, MORNING + at * SECOND)
    found = stretch.pieces(cameras(desk.cast, "1")[0], span(1, 9))
    assert [seconds(piece.span) for piece in found] == [(1, 4), (4, 7)]
    assert (found[1].zero - MORNING) / SECOND == 3


def test_across_a_seam_nothing_is_lost(desk: Desk) -> None:
    """Beginnings are kept to the second: a piece seems to begin too early, or too late."""
    for at, frames in ((0, 45), (4, 40), (9, 40)):
        filmed(desk.cast, MORNING + at * SECOND, frames=frames)
    found = stretch.pieces(cameras(desk.cast, "1")[0], span(0, 20))
    assert [seconds(piece.span) for piece in found] == [(0, 4.5), (4.5, 9), (9, 13)]
    assert (found[1].zero - MORNING) / SECOND == 4.5
    viewing, by = opened_stretch(desk, 0, 20, "1"), desk.at("tanaka")
    assert part_of_stretch(viewing, 0, 5000, by=by).end_ms == 9000


def test_what_is_erased_or_over_is_not_in_it(desk: Desk, film: list[Footage]) -> None:
    Footage.objects.filter(pk=film[0].pk).update(state="erased")
    Footage.objects.filter(pk=film[1].pk).update(last_day=clock.today() - timedelta(days=1))
    found = stretch.pieces(cameras(desk.cast, "1")[0], span(0, 20))
    assert [piece.footage for piece in found] == [film[2]]


@pytest.mark.parametrize(
    ("begun", "ended", "numbers", "words"),
    [
        (0, 0, ("1",), "終わりは始めより後"),
        (0, 7 * 3600, ("1",), "6時間まで"),
        (0, 20, (), "4台まで"),
        (30, 40, ("1",), "記録された映像はありません"),
    ],
)
def test_what_cannot_be_asked_for(
    desk: Desk,
    film: list[Footage],
    begun: float,
    ended: float,
    numbers: tuple[str, ...],
    words: str,
) -> None:
    person = desk.cast.people["tanaka"]
    with pytest.raises(Conflict, match=words):
        ask_stretch(
            cameras(desk.cast, *numbers),
            span(begun, ended),
            person,
            ("ア",),
            "",
            by=desk.at("tanaka"),
        )


def test_it_is_asked_for_by_the_same_door(desk: Desk, film: list[Footage]) -> None:
    person, by = desk.cast.people["yamada"], desk.at("yamada")
    with pytest.raises(Refusal):
        ask_stretch(cameras(desk.cast, "1"), span(0, 20), person, ("ア",), "", by=by)
    with pytest.raises(Refusal):
        ask_stretch(
            cameras(desk.cast, "1"),
            span(0, 20),
            desk.cast.people["tanaka"],
            (),
            "",
            by=desk.at("tanaka"),
        )


def test_it_plays_as_one_over_a_border(desk: Desk, film: list[Footage]) -> None:
    viewing, by = opened_stretch(desk, 0, 20, "1", "2"), desk.at("tanaka")
    first = part_of_stretch(viewing, 0, 0, by=by)
    then = part_of_stretch(viewing, 0, first.end_ms, by=by)
    assert (first.start_ms, first.end_ms, first.last) == (0, 4000, False)
    assert (then.start_ms, then.end_ms, kept(then)) == (4000, 8000, 40)
    gap = part_of_stretch(viewing, 0, then.end_ms, by=by)
    assert (gap.start_ms, gap.end_ms) == (8000, 12000)
    picture = next(iter(opened(gap.body).decode(video=0)))
    assert bytes(picture.reformat(format="gray").planes[0]).strip(b"\0") == b""
    tail = part_of_stretch(viewing, 0, 16000, by=by)
    assert (tail.end_ms, tail.last) == (20000, True)


def test_nothing_from_before_or_after_the_stretch_leaves(desk: Desk, film: list[Footage]) -> None:
    viewing, by = opened_stretch(desk, 1.5, 6.5, "1"), desk.at("tanaka")
    first = part_of_stretch(viewing, 0, 0, by=by)
    assert (first.start_ms, first.end_ms, kept(first)) == (0, 2500, 25)
    last = part_of_stretch(viewing, 0, 2500, by=by)
    assert (last.start_ms, last.end_ms, last.last, kept(last)) == (2500, 5000, True, 25)


def test_each_piece_shown_is_written_once_in_its_own_life(desk: Desk, film: list[Footage]) -> None:
    viewing, by = opened_stretch(desk, 0, 20, "1"), desk.at("tanaka")
    for start in (0, 1000, 4000):
        part_of_stretch(viewing, 0, start, by=by)
    lines = Entry.objects.filter(kind="viewing.shown").order_by("pk")
    assert [line.about for line in lines] == [f"footage:{film[0].pk}", f"footage:{film[1].pk}"]
    line = Entry.objects.get(kind="viewing.opened")
    assert b'"cameras":["1"]' in bytes(line.body)


def test_nothing_is_shown_without_the_room_or_beyond_it(desk: Desk, film: list[Footage]) -> None:
    viewing, by = opened_stretch(desk, 0, 20, "1"), desk.at("tanaka")
    for number, start in ((1, 0), (0, 20_000), (0, -1), (0, 10**30)):
        with pytest.raises(Missing):
            part_of_stretch(viewing, number, start, by=by)
    actions.close(viewing, "button", by=by)
    with pytest.raises(Conflict):
        part_of_stretch(queries.viewing(viewing.pk), 0, 0, by=by)


def test_a_scene_is_marked_on_every_camera_that_has_a_picture(
    desk: Desk, film: list[Footage]
) -> None:
    viewing, by, client = (
        opened_stretch(desk, 0, 20, "1", "2"),
        desk.at("tanaka"),
        desk.client("tanaka"),
    )
    here = f"/viewing/{viewing.pk}/scene/"
    for at_s in ("7", "7", "13"):
        assert client.post(here, {"at_s": at_s}).status_code == 302
    assert client.post(here, {"at_s": "18"}).status_code == 409
    found = Scene.objects.order_by("at", "footage__number")
    assert sorted((row.footage.number, row.at_ms) for row in found) == sorted(
        [(film[1].number, 3000), (film[3].number, 1000), (film[2].number, 1000)]
    )
    page = client.get(f"/viewing/{viewing.pk}/").content.decode()
    assert "1 09:00:07" in page
    assert "2 09:00:07" in page
    drop_scene(viewing, found[0].pk, by=by)
    assert Scene.objects.count() == 2


def test_small_pictures_only_inside_the_room_and_they_count(
    desk: Desk, film: list[Footage]
) -> None:
    viewing, client = opened_stretch(desk, 0, 20, "1", "2"), desk.client("tanaka")
    picture = f"/viewing/{viewing.pk}/small/?camera=1&start=7000"
    answer = client.get(picture)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Cache-Control"] == "no-store"
    assert answer.content.startswith(b"\xff\xd8\xff")
    assert queries.viewing(viewing.pk).watched == [[7.0, 7.1]]
    line = Entry.objects.get(kind="viewing.shown")
    assert line.about == f"footage:{film[3].pk}"
    assert "small/?camera=1" in client.get(f"/viewing/{viewing.pk}/").content.decode()
    assert client.get(f"/viewing/{viewing.pk}/small/?camera=1&start=11000").status_code == 404
    assert desk.client("suzuki").get(picture).status_code == 404
    actions.close(viewing, "button", by=desk.at("tanaka"))
    assert client.get(picture).status_code == 409


def test_sound_is_there_throughout_or_not_at_all(desk: Desk) -> None:
    filmed(desk.cast, MORNING, sound="aac")
    filmed(desk.cast, MORNING + 6 * SECOND, sound="aac")
    viewing, by = opened_stretch(desk, 0, 10, "1"), desk.at("tanaka")
    heard = [part_of_stretch(viewing, 0, at, by=by).mime for at in (0, 4000, 6000)]
    assert all("mp4a" in mime for mime in heard)
    actions.close(viewing, "button", by=by)
    filmed(desk.cast, MORNING + 10 * SECOND)
    viewing = opened_stretch(desk, 0, 14, "1")
    mute = [part_of_stretch(viewing, 0, at, by=by).mime for at in (0, 4000, 6000, 10000)]
    assert not any("mp4a" in mime for mime in mute)


def test_the_day_of_the_cameras_has_no_picture(desk: Desk, film: list[Footage]) -> None:
    page = desk.client("tanaka").get("/timeline/?day=2026-11-20").content.decode()
    assert "09:00:00〜09:00:08<br />09:00:12〜09:00:16" in "".join(page.split("\n")).replace(
        "  ", ""
    )
    assert "<img" not in page
    assert "<video" not in page
    assert desk.client("sato").get("/timeline/").status_code == 403


def test_from_the_day_to_the_room_by_pages(desk: Desk, film: list[Footage]) -> None:
    client = desk.client("tanaka")
    chosen = {
        "camera": [str(camera.pk) for camera in cameras(desk.cast, "1", "2")],
        "begun": "2026-11-20T09:00:00",
        "ended": "2026-11-20T09:00:20",
    }
    assert "利用目的" in client.get("/viewing/stretch/", chosen).content.decode()
    address = client.get("/viewing/stretch/", chosen).wsgi_request.get_full_path()
    answer = client.post(address, {"purposes": ["ア"], "note": ""})
    room = answer["Location"]
    page = client.post(f"{room}open/", follow=True).content.decode()
    assert page.count("<video") == 2
    assert "09:00:10〜09:00:12 記録なし" in page
    assert 'data-mode="stretch"' in page
    part = client.get(f"{room}part/?camera=1&start=6000")
    assert (part.status_code, part["X-Part-End"]) == (200, "10000")
    assert client.get(f"{room}part/?camera=2&start=0").status_code == 404
    assert client.get(f"{room}part/?camera=x&start=0").status_code == 409
    client.post(f"{room}beat/", '{"watched": [[0, 3]]}', content_type="application/json")
    page = client.post(f"{room}close/", {"reason": "button"}, follow=True).content.decode()
    assert "09:00:00〜09:00:03" in page


def test_a_stretch_that_makes_no_sense_is_told_on_the_form(desk: Desk, film: list[Footage]) -> None:
    client = desk.client("tanaka")
    one = str(cameras(desk.cast, "1")[0].pk)
    wrong = {"camera": [one], "begun": "2026-11-20T10:00:00", "ended": "2026-11-20T09:00:00"}
    answer = client.get("/viewing/stretch/", wrong)
    assert answer.status_code == 409
    assert "終わりは始めより後" in answer.content.decode()
    stranger = {**wrong, "camera": ["00000000-0000-0000-0000-000000000001"]}
    assert "記録された" not in client.get("/viewing/stretch/", stranger).content.decode()
    assert desk.client("sato").get("/viewing/stretch/", wrong).status_code == 403
