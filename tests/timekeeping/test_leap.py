"""After a leap nothing ends by the clock until a person has confirmed it or set the dates right."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from hokanko import clock
from hokanko.errors import Conflict, Refusal, Unavailable
from hokanko.footage.models import Footage
from hokanko.jobs.models import Job
from hokanko.jobs.queue import put_off
from hokanko.keyring import keys
from hokanko.ledger import prove
from hokanko.ledger.models import Entry
from hokanko.ledger.publish import publish
from hokanko.management.commands.clock import Command as Clock
from hokanko.management.commands.sweep import Command as Sweep
from hokanko.management.health import findings
from hokanko.people.models import Appointment
from hokanko.rehearsal.cast import Cast
from hokanko.retention import jobs
from hokanko.retention.actions import mark
from hokanko.retention.erase import erase_due, finish
from hokanko.retention.models import Erasure
from hokanko.rules.actor import machine
from hokanko.timekeeping.actions import confirm, correct
from hokanko.timekeeping.jobs import watch
from hokanko.timekeeping.queries import doubt
from tests.fixtures import NOON, take_in
from tests.web.visitors import browser, kinds_written

SWEEPER = machine("sweep", "HOME", via="schedule")
YEAR = timedelta(days=365)
LABEL = "時計を確かめてください"


@pytest.fixture(autouse=True)
def real(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time that these tests set is taken for the machine's own."""
    monkeypatch.setattr(clock, "is_real", lambda: True)


def is_alive(footage: Footage) -> bool:
    """Whether the footage is held, unmarked, and its key opens it."""
    footage.refresh_from_db()
    opens = keys.keyring().opens(footage.org_id, footage.key_day, str(footage.pk))
    return footage.state == "held" and opens and not Erasure.objects.exists()


def run(command: Clock | Sweep, *words: str) -> tuple[int, dict[str, object], str]:
    """A command as it is typed: exit code, JSON, messages."""
    out, err = StringIO(), StringIO()
    code = 0
    try:
        call_command(command, "--json", *words, stdout=out, stderr=err)
    except SystemExit as end:
        code = int(str(end.code))
    return code, json.loads(out.getvalue()), err.getvalue()


def test_a_leap_stops_the_sweep(cast: Cast, footage: Footage) -> None:
    clock.fix(NOON + YEAR)
    with pytest.raises(Unavailable, match="飛びました"):
        erase_due(by=SWEEPER)
    assert is_alive(footage)
    assert kinds_written()[-2:] == ["clock.leapt", "clock.ticked"]
    with pytest.raises(Unavailable, match=r"2026-11-20T12:00:00.+2027-11-20T12:00:00"):
        erase_due(by=SWEEPER)
    assert kinds_written().count("clock.leapt") == 1


def test_the_command_says_what_to_do_and_ends_with_3(cast: Cast, footage: Footage) -> None:
    clock.fix(NOON + YEAR)
    code, said, told = run(Sweep())
    assert (code, list(said)) == (3, ["error"])
    assert "運用管理者か運用主任者" in told
    assert "休止のあと" in told
    assert "hokanko clock confirm" in told
    assert "after a pause" in told
    assert is_alive(footage)


def test_the_timetable_waits_without_failing(
    cast: Cast, footage: Footage, caplog: pytest.LogCaptureFixture
) -> None:
    clock.fix(NOON + YEAR)
    with caplog.at_level(logging.WARNING):
        jobs.sweep()
    assert "The clock leapt" in caplog.text
    assert is_alive(footage)


def test_nothing_else_stops(cast: Cast, footage: Footage) -> None:
    clock.fix(NOON + timedelta(days=80))
    watch()
    assert doubt() is not None
    other = take_in(cast, b"another film" * 1000, name="MOV_0002.MP4")
    assert other.state == "held"


def test_a_person_confirms_and_the_days_end(cast: Cast, footage: Footage) -> None:
    clock.fix(NOON + YEAR)
    with pytest.raises(Unavailable):
        erase_due(by=SWEEPER)
    confirm(cast.station, by=cast.as_actor("takahashi"))
    assert doubt() is None
    assert Job.objects.filter(name="retention.sweep", state="ready").exists()
    (erasure,) = erase_due(by=SWEEPER)
    assert erasure.stage == "certified"
    publish()
    assert prove.check().sound


def test_a_leap_may_be_confirmed_before_it_was_written(cast: Cast) -> None:
    clock.fix(NOON + YEAR)
    confirm(cast.station, by=cast.as_actor("suzuki"))
    assert kinds_written()[-2:] == ["clock.leapt", "clock.confirmed"]
    assert doubt() is None


def test_there_is_nothing_to_confirm_without_a_leap(cast: Cast) -> None:
    with pytest.raises(Conflict, match="飛んでいません"):
        confirm(cast.station, by=cast.as_actor("suzuki"))


@pytest.mark.parametrize("login", ["tanaka", "sato", "ito", "kanri", "watanabe", "yamada"])
def test_other_posts_may_not_confirm(cast: Cast, footage: Footage, login: str) -> None:
    clock.fix(NOON + YEAR)
    with pytest.raises(Refusal) as refused:
        confirm(cast.station, by=cast.as_actor(login))
    assert refused.value.article
    assert refused.value.on_ledger
    assert kinds_written()[-2:] == ["clock.leapt", "refused"]
    assert doubt() is not None
    assert is_alive(footage)


def test_who_may_is_told(cast: Cast) -> None:
    clock.fix(NOON + YEAR)
    with pytest.raises(Refusal) as refused:
        confirm(cast.station, by=cast.as_actor("tanaka"))
    assert refused.value.article == "ソフトウェアの既定"
    assert refused.value.who_may == ("運用管理者", "運用主任者")


def test_a_leap_noticed_by_the_marking_itself_undoes_it(cast: Cast, footage: Footage) -> None:
    clock.fix(NOON + YEAR)
    with pytest.raises(Unavailable):
        mark(footage.org, footage.last_day, by=SWEEPER)
    assert is_alive(footage)


def test_a_day_marked_before_the_leap_keeps_its_key(cast: Cast, footage: Footage) -> None:
    clock.fix(NOON + timedelta(hours=40))
    watch()
    Footage.objects.update(last_day=clock.today() - timedelta(days=1))
    footage.refresh_from_db()
    erasure = mark(footage.org, footage.last_day, by=SWEEPER)
    clock.fix(NOON + YEAR)
    with pytest.raises(Unavailable):
        finish(erasure, by=SWEEPER)
    assert keys.keyring().opens(footage.org_id, footage.key_day, str(footage.pk))


def test_what_a_wrong_clock_marked_waits_for_its_day(cast: Cast, footage: Footage) -> None:
    clock.fix(NOON + YEAR)
    confirm(cast.station, by=cast.as_actor("suzuki"))
    mark(footage.org, footage.last_day, by=SWEEPER)
    clock.fix(NOON + timedelta(hours=1))
    correct(cast.station, "年を打ち間違えた", by=cast.as_actor("suzuki"))
    with pytest.raises(Unavailable, match="まだ終わっていません"):
        erase_due(by=SWEEPER)
    assert keys.keyring().opens(footage.org_id, footage.key_day, str(footage.pk))
    for day in range(1, 91):
        clock.fix(NOON + timedelta(days=day))
        watch()
    (erasure,) = erase_due(by=SWEEPER)
    assert (erasure.stage, erasure.day) == ("certified", footage.last_day)


def test_a_quiet_home_is_no_leap(cast: Cast, footage: Footage) -> None:
    for hours in range(0, 24 * 91, 6):
        clock.fix(NOON + timedelta(hours=hours))
        erase_due(by=SWEEPER)
    assert "clock.leapt" not in kinds_written()
    assert 85 < kinds_written().count("clock.ticked") < 95
    footage.refresh_from_db()
    assert footage.state == "erased"


def test_a_clock_set_back_can_be_corrected(cast: Cast, footage: Footage) -> None:
    clock.fix(NOON + YEAR)
    watch()
    put_off("intake.examine", footage="x")
    clock.fix(NOON + timedelta(hours=1))
    with pytest.raises(Unavailable, match="より前"):
        take_in(cast, b"another film" * 1000, name="MOV_0002.MP4")
    correct(cast.station, "電池が切れて年が変わっていた", by=cast.as_actor("suzuki"))
    line = Entry.objects.order_by("-id")[0]
    assert json.loads(bytes(line.body))["facts"] == {
        "newest": clock.iso(NOON + YEAR),
        "now": clock.iso(clock.now()),
    }
    assert "電池" not in bytes(line.body).decode()
    assert doubt() is None
    assert not Job.objects.filter(run_at__gt=clock.now()).exists()
    assert take_in(cast, b"another film" * 1000, name="MOV_0002.MP4").state == "held"
    assert erase_due(by=SWEEPER) == []
    assert is_alive(footage)
    publish()
    assert prove.check().sound


def test_nothing_is_corrected_while_the_clock_runs_on(cast: Cast) -> None:
    with pytest.raises(Conflict, match="より前を指していません"):
        correct(cast.station, "理由", by=cast.as_actor("suzuki"))


def test_a_correction_needs_its_reason(cast: Cast) -> None:
    clock.fix(NOON + YEAR)
    watch()
    clock.fix(NOON)
    with pytest.raises(Conflict, match="理由"):
        correct(cast.station, " ", by=cast.as_actor("suzuki"))


@pytest.mark.parametrize("login", ["takahashi", "tanaka", "kanri", "yamada"])
def test_only_the_manager_corrects(cast: Cast, login: str) -> None:
    clock.fix(NOON + YEAR)
    watch()
    clock.fix(NOON)
    before = Entry.objects.count()
    with pytest.raises(Refusal) as refused:
        correct(cast.station, "理由", by=cast.as_actor(login))
    assert refused.value.article
    assert not refused.value.on_ledger, "no line can be written while the clock is behind"
    assert Entry.objects.count() == before


def test_the_commands(cast: Cast, footage: Footage) -> None:
    clock.fix(NOON + YEAR)
    code, said, _ = run(Clock(), "show")
    assert (code, "飛びました" in str(said["doubt"])) == (0, True)
    code, said, _ = run(Clock(), "confirm", "--by", "tanaka")
    assert (code, list(said)) == (1, ["refused"])
    code, said, _ = run(Clock(), "confirm", "--by", "kanri")
    assert (code, list(said)) == (1, ["refused"])
    code, said, _ = run(Clock(), "confirm", "--by", "takahashi")
    assert (code, said["doubt"]) == (0, None)
    assert run(Clock(), "confirm", "--by", "takahashi")[0] == 1
    clock.fix(NOON)
    assert run(Clock(), "correct", "--by", "takahashi", "--reason", "年の誤り")[0] == 1
    assert run(Clock(), "correct", "--by", "suzuki", "--reason", "年の誤り")[0] == 0
    assert run(Sweep())[0] == 0
    assert is_alive(footage)


def test_the_doctor_says_so(cast: Cast, footage: Footage) -> None:
    (keys.home().path / "hokanko.toml").touch()  # by which a home is known

    def clock_finding() -> tuple[bool, str, str]:
        found = {finding.name: finding for finding in findings(keys.home())}["clock"]
        return found.ok, found.what, found.mend

    assert clock_finding()[0]
    clock.fix(NOON + YEAR)
    ok, what, mend = clock_finding()
    assert (ok, "飛びました" in what, "clock confirm" in mend) == (False, True, True)
    watch()
    clock.fix(NOON)
    ok, what, mend = clock_finding()
    assert (ok, "より前" in what, "clock correct" in mend) == (False, True, True)


def test_the_home_page_of_those_who_may_confirm(cast: Cast, footage: Footage) -> None:
    def shown(login: str) -> bool:
        return LABEL in browser(cast, login).get("/").content.decode()

    assert not shown("suzuki")
    clock.fix(NOON + YEAR)
    assert [shown(login) for login in ("suzuki", "takahashi", "yamada")] == [True] * 3
    assert [shown(login) for login in ("tanaka", "sato", "ito", "kanri")] == [False] * 4
    assert "時計は正しい" in browser(cast, "suzuki").get("/").content.decode()
    watch()
    clock.fix(NOON)
    page = browser(cast, "suzuki").get("/").content.decode()
    assert "hokanko clock correct" in page
    assert "時計は正しい" not in page, "a clock behind the ledger cannot be confirmed"


def test_the_button_confirms(cast: Cast, footage: Footage) -> None:
    clock.fix(NOON + YEAR)
    assert browser(cast, "ito").post("/clock/confirm/").status_code == 403
    assert doubt() is not None
    manager = browser(cast, "suzuki")
    assert manager.get("/clock/confirm/").status_code == 405
    answer = manager.post("/clock/confirm/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert LABEL not in manager.get("/").content.decode()
    assert kinds_written().count("clock.confirmed") == 1
    assert manager.post("/clock/confirm/").status_code == 409


def test_the_button_needs_its_token(cast: Cast) -> None:
    clock.fix(NOON + YEAR)
    client: Client = browser(cast, "suzuki", enforce_csrf_checks=True)
    assert client.post("/clock/confirm/").status_code == 403
    assert doubt() is not None


def test_appointments_of_the_wrong_time_have_no_power(cast: Cast) -> None:
    clock.fix(NOON + YEAR)
    watch()
    Appointment.objects.filter(person=cast.people["suzuki"]).update(since=clock.now())
    clock.fix(NOON)
    with pytest.raises(Refusal):
        correct(cast.station, "理由", by=cast.as_actor("suzuki"))
