"""What of a fixed camera's time is there, recovered, planned off, missing; and why."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from hokanko import clock
from hokanko.cameras.models import Camera, Outage, PlannedOff
from hokanko.cameras.planned import is_planned_off
from hokanko.cameras.planning import drop_plan, plan_off
from hokanko.coverage.actions import account
from hokanko.coverage.queries import (
    OFF,
    OWED,
    PENDING,
    RECORDED,
    RECOVERED,
    SHORT,
    TOLD,
    Stretch,
    day_span,
    owed,
    share,
    stretches,
)
from hokanko.coverage.spans import Span, total
from hokanko.coverage.words import said
from hokanko.errors import Conflict, Refusal
from hokanko.ledger.read import about
from tests.cameras import standing
from tests.clauses.founded import Founded
from tests.footage.pieces import DAY, NOW, START, connected, piece, silence
from tests.web.visitors import browser

pytestmark = pytest.mark.usefixtures("fresh_home", "db")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
FRAME = day_span(START.date(), NOW.date())
LATEST = NOW - timedelta(minutes=30)  # so far everything is judged
WAITING = (PENDING, LATEST, NOW)


@pytest.fixture
def here() -> Founded:
    return standing.ward()


@pytest.fixture
def camera(here: Founded) -> Camera:
    return connected(here)


def found(camera: Camera) -> list[tuple[str, datetime, datetime]]:
    return [(each.kind, each.span.begun, each.span.ended) for each in stretches(camera, FRAME)]


def whole_but(camera: Camera, begun: datetime, ended: datetime) -> Stretch:
    """Recorded from START on, but for one gap, which is given."""
    piece(camera, START, begun)
    piece(camera, ended, NOW)
    (gap,) = (each for each in stretches(camera, FRAME) if each.kind != RECORDED)
    return gap


def test_a_whole_recording_owes_nothing(camera: Camera) -> None:
    piece(camera, START, START + DAY)
    piece(camera, START + DAY, NOW - 10 * MINUTE)  # the youngest piece is not closed yet
    assert found(camera) == [
        (RECORDED, START, NOW - 10 * MINUTE),
        (PENDING, NOW - 10 * MINUTE, NOW),
    ]
    assert share(stretches(camera, FRAME)) == 1


def test_what_is_missing_is_owed_with_what_the_machine_saw(camera: Camera) -> None:
    silence(camera, START + HOUR + 12 * timedelta(seconds=1), START + 2 * HOUR, "hung up")
    gap = whole_but(camera, START + HOUR, START + 2 * HOUR)
    assert (gap.kind, gap.cause, gap.running) == (OWED, "hung up", False)
    assert (gap.span.begun, gap.span.ended) == (START + HOUR, START + 2 * HOUR)


def test_every_second_of_the_service_stands_once(camera: Camera) -> None:
    silence(camera, START + HOUR, START + 2 * HOUR, "hung up")
    piece(camera, START, START + 3 * HOUR)  # a piece that ran on through the silence
    piece(camera, START + 4 * HOUR, NOW)
    every = stretches(camera, FRAME)
    assert total(each.span for each in every) == NOW - START
    assert sum((each.span.length for each in every), timedelta()) == NOW - START
    assert [each.kind for each in every] == [RECORDED, OWED, RECORDED, OWED, RECORDED]


def test_a_house_that_stood_still_owes_it_all(camera: Camera) -> None:
    assert found(camera) == [(OWED, START, LATEST), WAITING]
    (gap, waiting) = stretches(camera, FRAME)
    assert gap.running
    assert not waiting.running
    assert gap.cause == ""


def test_a_silence_that_lasts_is_owed_at_once(camera: Camera) -> None:
    piece(camera, START, NOW - 5 * MINUTE)
    silence(camera, NOW - 5 * MINUTE, None, "no answer")
    (_, gap) = stretches(camera, FRAME)
    assert (gap.kind, gap.span, gap.running) == (OWED, Span(NOW - 5 * MINUTE, NOW), True)


def test_a_silence_that_ended_minutes_ago_is_over(camera: Camera) -> None:
    piece(camera, START, NOW - 5 * MINUTE)
    silence(camera, NOW - 5 * MINUTE, NOW - 3 * MINUTE, "no answer")
    (_, gap, waiting) = stretches(camera, FRAME)
    assert (gap.kind, gap.span.ended, gap.running) == (OWED, NOW - 3 * MINUTE, False)
    assert waiting.kind == PENDING


def test_a_silence_begins_with_the_last_picture(camera: Camera) -> None:
    piece(camera, START, NOW - 5 * MINUTE)
    silence(camera, NOW - 5 * MINUTE + timedelta(seconds=0.2), None, "no answer")
    (_, gap) = stretches(camera, FRAME)
    assert (gap.kind, gap.span) == (OWED, Span(NOW - 5 * MINUTE, NOW))


def test_less_than_a_minute_is_told_and_asked_of_nobody(camera: Camera) -> None:
    gap = whole_but(camera, START + HOUR, START + HOUR + timedelta(seconds=59))
    assert gap.kind == SHORT
    assert not owed(camera.org_id)


def test_seams_between_pieces_are_nothing(camera: Camera) -> None:
    piece(camera, START, START + HOUR)
    piece(camera, START + HOUR + timedelta(seconds=0.09), NOW)
    assert found(camera) == [(RECORDED, START, NOW)]


def test_not_even_half_a_second_is_left_out(here: Founded, camera: Camera) -> None:
    begun, ended = START + HOUR, START + HOUR + timedelta(seconds=0.5)
    silence(camera, begun, ended, "hung up")
    gap = whole_but(camera, begun, ended)
    assert (gap.kind, gap.span, gap.cause) == (SHORT, Span(begun, ended), "hung up")
    every = stretches(camera, FRAME)
    assert sum((each.span.length for each in every), timedelta()) == NOW - START
    page = browser(here, "mori").get(f"/cameras/{camera.pk}/recording/").content.decode()
    assert "0.5秒" in page
    assert "0.5秒" in browser(here, "mori").get("/papers/at/AOBA/outages.csv").content.decode()


def test_a_recorder_of_somebody_else_tells_seconds(camera: Camera) -> None:
    piece(camera, START, START + HOUR, via="upload")
    piece(camera, START + HOUR + timedelta(seconds=0.9), NOW, via="upload")
    assert found(camera) == [(RECOVERED, START, NOW)]


def test_a_day_of_many_short_ones_is_one_row_on_the_page_and_each_in_the_register(
    here: Founded,
    camera: Camera,
) -> None:
    for n in range(12):
        piece(camera, START + n * MINUTE, START + (n + 1) * MINUTE - timedelta(seconds=0.5))
    piece(camera, START + 12 * MINUTE, NOW)
    page = browser(here, "mori").get(f"/cameras/{camera.pk}/recording/").content.decode()
    assert page.count("12回、計6秒") == 1
    assert "0.5秒" not in page
    table = browser(here, "mori").get("/papers/at/AOBA/outages.csv").content.decode()
    assert table.count("0.5秒") == 12


def test_what_is_brought_in_later_is_recovered(camera: Camera) -> None:
    whole_but(camera, START + HOUR, START + 3 * HOUR)
    piece(camera, START + HOUR, START + 2 * HOUR, via="upload")
    assert found(camera)[1:3] == [
        (RECOVERED, START + HOUR, START + 2 * HOUR),
        (OWED, START + 2 * HOUR, START + 3 * HOUR),
    ]


def test_nothing_is_owed_before_it_was_connected_or_after_its_end(camera: Camera) -> None:
    camera.ended_at = START + HOUR
    camera.save(update_fields=["ended_at"])
    assert found(camera) == [(OWED, START, START + HOUR)]


def test_an_account_is_written_down(here: Founded, camera: Camera) -> None:
    gap = whole_but(camera, START + HOUR, START + 2 * HOUR)
    account(
        camera,
        FRAME,
        [gap.key],
        "power",
        words="変電所の事故",
        teller=here.people["kishi"],
        by=here.by("kishi"),
    )
    (told,) = (each for each in stretches(camera, FRAME) if each.kind == TOLD)
    assert told.told is not None
    assert (told.told.reason, said(told.told)) == ("power", "変電所の事故")
    line = about(f"camera:{camera.pk}")[-1]
    assert (line.kind, line.facts["reason"]) == ("camera.accounted", "power")
    assert line.facts["from"] == clock.iso(START + HOUR)
    assert line.private == {"words": "変電所の事故"}
    assert not owed(camera.org_id)


def test_footage_found_afterwards_comes_before_its_account(here: Founded, camera: Camera) -> None:
    gap = whole_but(camera, START + HOUR, START + 2 * HOUR)
    account(camera, FRAME, [gap.key], "power", teller=here.people["mori"], by=here.by("mori"))
    piece(camera, START + HOUR, START + 2 * HOUR, via="upload")
    assert [kind for kind, _, _ in found(camera)] == [RECORDED, RECOVERED, RECORDED]


def test_what_lasts_on_is_asked_again(here: Founded, camera: Camera) -> None:
    (gap, _) = stretches(camera, FRAME)
    account(camera, FRAME, [gap.key], "camera", teller=here.people["mori"], by=here.by("mori"))
    clock.fix(NOW + DAY)
    later = stretches(camera, day_span(START.date(), (NOW + DAY).date()))
    assert [(each.kind, each.span.ended) for each in later] == [
        (TOLD, LATEST),
        (OWED, LATEST + DAY),
        (PENDING, NOW + DAY),
    ]


@pytest.mark.parametrize(
    ("reason", "words"), [("other", " "), ("boredom", "x")], ids=["wordless", "unknown"]
)
def test_an_account_names_a_reason(here: Founded, camera: Camera, reason: str, words: str) -> None:
    gap = whole_but(camera, START + HOUR, START + 2 * HOUR)
    with pytest.raises(Conflict):
        account(
            camera,
            FRAME,
            [gap.key],
            reason,
            words=words,
            teller=here.people["mori"],
            by=here.by("mori"),
        )
    assert not Outage.objects.exists()


def test_what_is_there_needs_no_account(here: Founded, camera: Camera) -> None:
    with pytest.raises(Conflict):
        account(camera, FRAME, ["gap-1"], "power", teller=here.people["mori"], by=here.by("mori"))


@pytest.mark.clause("ward-7.1")
def test_who_holds_no_post_accounts_for_nothing(here: Founded, camera: Camera) -> None:
    with pytest.raises(Refusal) as no:
        account(camera, FRAME, ["gap-1"], "power", teller=here.people["hara"], by=here.by("hara"))
    assert no.value.clause == "ward-7.1"


def plan(here: Founded, camera: Camera, begun: datetime, hours: int, **more: object) -> PlannedOff:
    told = {"planner": here.people["mori"], "by": here.by("mori")} | more
    return plan_off(camera, begun, begun + hours * HOUR, "closed", **told)  # type: ignore[arg-type]


def test_time_planned_off_is_owed_by_nobody(here: Founded, camera: Camera) -> None:
    plan(here, camera, NOW + HOUR, 2)
    piece(camera, START, NOW + HOUR)
    piece(camera, NOW + 3 * HOUR, NOW + 5 * HOUR)
    clock.fix(NOW + 5 * HOUR)
    assert found(camera)[1] == (OFF, NOW + HOUR, NOW + 3 * HOUR)
    assert share(stretches(camera, FRAME)) == 1


def test_hours_of_every_day_until_the_last(here: Founded, camera: Camera) -> None:
    last = (NOW + 3 * DAY).date()
    row = plan(here, camera, NOW + 10 * HOUR, 9, last_day=last)
    nights = [NOW + day * DAY + 11 * HOUR for day in range(5)]
    assert [is_planned_off(camera, at) for at in nights] == [True, True, True, True, False]
    assert not is_planned_off(camera, NOW + 2 * DAY)
    clock.fix(NOW + DAY)
    drop_plan(row, by=here.by("kishi"))
    assert [is_planned_off(camera, at) for at in nights[:3]] == [True, False, False]
    kinds = [line.kind for line in about(f"camera:{camera.pk}")[-2:]]
    assert kinds == ["camera.planned_off", "camera.plan_dropped"]
    with pytest.raises(Conflict):
        drop_plan(row, by=here.by("kishi"))


def test_a_plan_comes_before_its_time(here: Founded, camera: Camera) -> None:
    for begun, hours in ((NOW - HOUR, 2), (NOW + HOUR, 0)):
        with pytest.raises(Conflict):
            plan(here, camera, begun, hours)
    with pytest.raises(Conflict):
        plan(here, camera, NOW + HOUR, 30, last_day=(NOW + DAY).date())
    with pytest.raises(Refusal) as no:
        plan(here, camera, NOW + HOUR, 2, by=here.by("aoki"))
    assert no.value.clause == "ward-4-operate"


def test_gaps_are_accounted_for_on_the_camera_s_page(here: Founded, camera: Camera) -> None:
    gap = whole_but(camera, START + HOUR, START + 2 * HOUR)
    client, url = browser(here, "mori"), f"/cameras/{camera.pk}/recording/"
    page = client.get(url).content.decode()
    assert f'href="#{gap.key}"' in page
    assert f'id="{gap.key}"' in page
    assert "1?" in page
    answer = client.post(url, {"gaps": [gap.key], "reason": "other"})
    assert answer.status_code == 409
    assert "内容を書いてください" in answer.content.decode()
    client.post(url, {"gaps": [gap.key], "reason": "network", "words": "回線工事"})
    page = client.get(url).content.decode()
    assert "回線工事" in page
    assert "1?" not in page
    listed = client.get("/recordings/").content.decode()
    assert "97.9%" in listed or "97.8%" in listed


def test_time_is_planned_off_and_dropped_in_the_browser(here: Founded, camera: Camera) -> None:
    client, url = browser(here, "kishi"), f"/cameras/{camera.pk}/off/"
    told = {"begun": "2026-11-22T22:00", "ended": "2026-11-23T07:00", "reason": "closed"}
    past = client.post(url, told | {"begun": "2026-11-22T11:00"})
    assert "もう始まっている時間" in past.content.decode()
    client.post(url, told | {"last_day": "2026-12-28"})
    assert "12月28日（2026年）まで毎日" in client.get(url).content.decode()
    row = PlannedOff.objects.get()
    client.post(f"/cameras/off/{row.pk}/drop/")
    assert "届けてある計画停止はありません" in client.get(url).content.decode()


def test_a_month_without_cameras_says_what_to_do(here: Founded) -> None:
    page = browser(here, "mori").get("/recordings/?month=2026-10").content.decode()
    assert "運用を始めると" in page


@pytest.mark.clause("ward-7.1")
def test_what_is_unaccounted_for_is_owed_at_home_on_the_board_and_printed(
    here: Founded, camera: Camera
) -> None:
    gap = whole_but(camera, START + HOUR, START + 2 * HOUR)
    client = browser(here, "mori")
    waiting = "理由を記していない、録画のない時間"
    assert waiting in client.get("/").content.decode()
    assert "録画のない時間が1件あります" in client.get("/board/").content.decode()
    table = client.get("/papers/at/AOBA/outages.csv").content.decode()
    assert "1時間0分" in table
    client.post(
        f"/cameras/{camera.pk}/recording/", {"gaps": [gap.key], "reason": "other", "words": "試験"}
    )
    assert waiting not in client.get("/").content.decode()
    assert "録画のない時間が" not in client.get("/board/").content.decode()
    assert "試験" in client.get("/papers/at/AOBA/outages.csv").content.decode()


def test_a_camera_taken_down_keeps_its_page_its_month_and_its_register(
    here: Founded, camera: Camera
) -> None:
    gap = whole_but(camera, START + HOUR, START + 2 * HOUR)
    Camera.objects.filter(pk=camera.pk).update(
        ended_at=NOW, retired_at=NOW, removed_on=NOW.date(), removed_by="若葉電気"
    )
    client = browser(here, "mori")
    assert f"/cameras/{camera.pk}/" in client.get("/cameras/").content.decode()
    page = client.get(f"/cameras/{camera.pk}/").content.decode()
    assert "撤去済み" in page
    assert "/site/" not in page
    assert "撤去済み" in client.get("/recordings/").content.decode()
    told = {"gaps": [gap.key], "reason": "power", "words": "落雷"}
    assert client.post(f"/cameras/{camera.pk}/recording/", told).status_code == 302
    assert "落雷" in client.get("/papers/at/AOBA/outages.csv").content.decode()
    assert "撤去済み" not in client.get("/recordings/?month=2025-01").content.decode()
