"""The end of the project: nothing new is filmed; what is held lives its ninety days."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO

import pytest

from hokanko import clock
from hokanko.cameras.checkout import issue
from hokanko.editions.actions import draft, sign
from hokanko.errors import Refusal
from hokanko.footage.models import Footage
from hokanko.formats.canon import JSON
from hokanko.home import Home
from hokanko.intake.actions import settle as settle_facts
from hokanko.intake.facts import AFTER_END, judge
from hokanko.intake.queries import unsettled
from hokanko.intake.receive import receive
from hokanko.intake.sources import Source
from hokanko.media.probe import Probe
from hokanko.rehearsal.cast import Cast, settle
from hokanko.retention.erase import erase_due
from hokanko.rules import book as books
from hokanko.rules.actor import HOME, machine
from hokanko.rules.decide import has_ended
from hokanko.rules.text import blanks, markdown
from tests.fixtures import PASSWORD, WORN
from tests.web.visitors import at_the_pc, browser

LAST = datetime(2025, 10, 31, 12, 0, tzinfo=clock.TOKYO)
DAY = timedelta(days=1)


@pytest.fixture
def ending(fresh_home: Home, db: None) -> Cast:
    """The cast on the last day of their project, which they have set."""
    del fresh_home, db
    clock.fix(LAST)
    cast = settle(PASSWORD)
    row = draft(
        cast.station,
        "police",
        {"project.end": "2025-10-31"},
        "末日を定める",
        by=cast.as_actor("suzuki"),
    )
    sign(cast.station, row.pk, by=cast.as_actor("watanabe"))
    return cast


def take_in(cast: Cast, taken: datetime | None, content: bytes, **more: JSON) -> Footage:
    """A clip, stated to have been filmed then."""
    origin: dict[str, JSON] = {"via": "cli", **more}
    if taken is not None:
        origin["stated"] = clock.iso(taken)
    source = Source("M.MP4", BytesIO(content).readinto, len(content), origin)
    return receive(cast.station, "1", source, by=cast.as_actor("tanaka"))


@pytest.mark.clause("police-notice-2")
def test_no_camera_goes_out_after_the_last_day(ending: Cast) -> None:
    camera, clerk = ending.cameras["CHUO-1"], ending.as_actor("tanaka")
    issue(camera, ending.people["sato"], WORN, by=clerk)
    clock.fix(LAST + DAY)
    with pytest.raises(Refusal) as no:
        issue(ending.cameras["CHUO-2"], ending.people["sato"], WORN, by=clerk)
    assert (no.value.clause, no.value.article) == ("police-notice-2", "通達 記2")
    page = browser(ending, "tanaka").get(f"/cameras/{ending.cameras['CHUO-2'].pk}/issue/")
    assert (page.status_code, "[police-notice-2]" in page.content.decode()) == (403, True)


@pytest.mark.clause("police-notice-2")
def test_footage_of_the_last_day_is_there_for_its_ninety_days(ending: Cast) -> None:
    footage = take_in(ending, LAST, b"the last day" * 1000)
    clock.fix(LAST + timedelta(days=80))
    erase_due(by=machine("sweep", HOME, via="schedule"))
    assert Footage.objects.get(pk=footage.pk).state == "held"
    clerk = at_the_pc(ending, "tanaka")
    asking = f"/viewing/ask/?footage={footage.number}"
    room = clerk.post(asking, {"purposes": ["ア"]})["Location"]
    assert clerk.post(f"{room}open/").status_code == 302
    assert footage.viewings.get().state == "open"
    clock.fix(LAST + timedelta(days=90))
    erase_due(by=machine("sweep", HOME, via="schedule"))
    assert Footage.objects.get(pk=footage.pk).state == "erased"


@pytest.mark.clause("police-notice-2")
def test_what_was_filmed_before_the_end_is_taken_in_late_and_what_came_after_is_not(
    ending: Cast,
) -> None:
    clock.fix(LAST + 5 * DAY)
    assert take_in(ending, LAST, b"filmed in time" * 1000).captured == LAST
    with pytest.raises(Refusal) as no:
        take_in(ending, LAST + DAY, b"filmed too late" * 1000)
    assert no.value.clause == "police-notice-2"
    late = clock.iso(LAST + DAY)
    with pytest.raises(Refusal) as no:  # straight from the camera, whose file has its time
        take_in(ending, None, b"from the dock" * 1000, via="dock", file_time=late)
    assert no.value.clause == "police-notice-2"
    in_time = clock.iso(LAST)
    take_in(ending, None, b"from the dock, in time" * 900, via="dock", file_time=in_time)


@pytest.mark.clause("police-notice-2")
def test_a_late_capture_that_comes_to_light_inside_waits_for_a_person(ending: Cast) -> None:
    clock.fix(LAST + 5 * DAY)
    footage = take_in(ending, None, b"nobody knows when" * 1000)
    footage.origin["stated"] = clock.iso(LAST + DAY)  # as its own container would say
    seen = judge(footage, Probe("M.MP4", 1))
    assert AFTER_END in seen.flags
    Footage.objects.filter(pk=footage.pk).update(flags=[AFTER_END])
    footage.refresh_from_db()
    assert footage in unsettled("CHUO")
    told = {"wearer": None, "reason": "カメラの時計のずれ", "by": ending.as_actor("tanaka")}
    settle_facts(footage, captured=LAST + DAY, **told)  # type: ignore[arg-type]  # as named above
    assert footage.flags == [AFTER_END]
    settle_facts(footage, captured=LAST, **told)  # type: ignore[arg-type]  # as named above
    assert footage.flags == []


def test_without_an_own_end_the_notice_alone_decides(cast: Cast) -> None:
    del cast
    assert not has_ended("CHUO", (LAST + 3000 * DAY).date())
    book = books.load("police")
    assert "project.end" not in blanks(book, {})
    assert "実施の末日" not in markdown(book, {})
    assert "実施の末日は、令和7年10月31日とする" in markdown(book, {"project.end": "2025-10-31"})
