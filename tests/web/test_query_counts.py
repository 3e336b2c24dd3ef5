"""A page asks the database as often for a year of work as for a day of it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hokanko import clock
from hokanko.cameras.actions import register
from hokanko.cameras.checkout import bring_back, issue
from hokanko.cases.actions import open_case
from hokanko.dock.emptying import empty_bays
from hokanko.dock.wall import panels
from hokanko.dock.wall_pages import drawn
from hokanko.intake.actions import begin
from hokanko.intake.receive import receive
from hokanko.intake.sources import Source
from hokanko.people.fresh import drawn_anew
from hokanko.people.models import Person
from hokanko.people.standing import ended
from hokanko.provision.actions import ask
from hokanko.provision.form import Form
from hokanko.rehearsal.cast import Cast
from hokanko.rules.actor import machine
from hokanko.viewing import actions as viewing
from tests.dock.containers import plate
from tests.fixtures import IN_VALIDITY, WORN
from tests.web.visitors import browser

FEW, SHIFT, MANY = 3, 13, 30
PAGES = {
    "tanaka": (
        "/",
        "/shifts/",
        "/desk/",
        "/footage/",
        "/intake/",
        "/viewing/",
        "/provision/",
        "/cases/",
        "/retention/",
        "/board/",
        "/ledger/",
        "/dock/CHUO/wall/",
    ),
    "suzuki": ("/", "/people/", "/cameras/", "/registers/", "/papers/"),
    "sato": ("/", "/shifts/"),
    "watanabe": ("/", "/headquarters/", "/board/at/CHUO/", "/cases/at/HONBU/"),
}


def work(cast: Cast, begun: int, ended: int) -> None:
    """That many check-outs, each with footage and something for every desk to do."""
    clerk, ito = cast.as_actor("tanaka"), cast.people["ito"]
    for number in range(begun, ended):
        out_at = IN_VALIDITY + timedelta(hours=12 * number)
        clock.fix(out_at)
        issue(cast.cameras["CHUO-1"], cast.people["sato"], WORN, by=clerk)
        clock.fix(out_at + timedelta(hours=8))
        bring_back(cast.cameras["CHUO-1"], by=clerk)
        content = b"a film %d" % number * 100
        stated = clock.iso(out_at + timedelta(hours=2))
        origin = {"via": "cli", "stated": stated}
        source = Source(f"{number}.MP4", BytesIO(content).readinto, len(content), dict(origin))
        footage = receive(cast.station, "1", source, by=clerk)
        footage.wearer, footage.duration_ms = cast.people["sato"], 60_000
        footage.save(update_fields=["wearer", "duration_ms"])
        viewing.ask(footage, ito, ["ウ"], "接触事故", by=cast.as_actor("ito"))
        form = Form(
            "接触事故", out_at, clock.now(), cast.people["sato"], ["medium"], ["ウ"], "", "2-3456"
        )
        ask(cast.station, form, ito, [(footage, [])], by=cast.as_actor("ito"))
        open_case(
            cast.station,
            kind="complaint",
            asks="conduct",
            received_on=clock.today(),
            name="住民",
            reach="電話",
            story="撮影の態様について",
            receiver=cast.people["tanaka"],
            by=clerk,
        )


def asked(client: Client, url: str) -> int:
    """How often a page asks the database."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
        assert answer.status_code == 200, url
    return len(queries)


def test_no_page_asks_once_for_each_row(in_validity: None, cast: Cast) -> None:
    del in_validity
    browsers = {login: browser(cast, login) for login in PAGES}
    every = [(login, url) for login, urls in PAGES.items() for url in urls]
    work(cast, 0, FEW)
    for login, url in every:
        asked(browsers[login], url)  # what is read once in a program's life is read here
    few = {(login, url): asked(browsers[login], url) for login, url in every}
    work(cast, FEW, MANY)
    many = {(login, url): asked(browsers[login], url) for login, url in every}
    more = {page: (few[page], many[page]) for page in every if many[page] > few[page]}
    assert not more


def dock(cast: Cast, bays: Path, first: int, last: int) -> None:
    """Cameras of those numbers come home with a clip each; another clip of each is being read."""
    by, pc = cast.as_actor("suzuki"), machine("management-pc", "CHUO")
    for number in map(str, range(first, last + 1)):
        if f"CHUO-{number}" not in cast.cameras:
            cast.cameras[f"CHUO-{number}"] = register(
                cast.station, number=number, serial=f"S-{number}", kind="wearable", by=by
            )
        issue(cast.cameras[f"CHUO-{number}"], cast.people["sato"], WORN, by=cast.as_actor("tanaka"))
        (plate(bays, cast, number) / "MOV_0001.MP4").write_bytes(b"film %s" % number.encode() * 99)
    for outcome in empty_bays(cast.station, bays, by=pc):
        assert outcome.error is None
    for number in map(str, range(first, last + 1)):
        begin(cast.station, number, Source("MOV_0002.MP4", BytesIO().readinto, 5_000), by=pc)


def asked_by_event(cast: Cast) -> int:
    """How often one event of the dock wall asks the database."""
    with CaptureQueriesContext(connection) as queries:
        wall = partial(drawn, cast.station)
        told = b"".join(drawn_anew(wall, "ja", lambda: True, rounds=1, every_s=0))
    assert told.count(b"bay-count") == len(panels(cast.station))
    return len(queries)


def test_an_event_of_the_dock_wall_asks_as_often_for_thirty_bays_as_for_three(
    in_validity: None, cast: Cast, tmp_path: Path
) -> None:
    del in_validity
    counted = {}
    for first, last in ((1, FEW), (FEW + 1, SHIFT), (SHIFT + 1, MANY)):
        dock(cast, tmp_path / "bays", first, last)
        asked_by_event(cast)  # what is read once in a program's life is read here
        counted[last] = asked_by_event(cast)
        assert len(panels(cast.station)) == last
    assert counted[FEW] == counted[SHIFT] == counted[MANY]


def test_whose_credentials_have_ended_is_asked_once_for_all(cast: Cast) -> None:
    people = list(Person.objects.filter(org=cast.station).order_by("pk"))
    assert len(people) > FEW
    counted = []
    for some in (people[:1], people):
        with CaptureQueriesContext(connection) as queries:
            assert not ended(some)
        counted.append(len(queries))
    assert counted[0] == counted[1]
