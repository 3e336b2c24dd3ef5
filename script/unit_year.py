"""Lives through one year of a police unit: every line by its verb, every key real.

13 cameras go out three times a day, under a set clock. The bytes are a few generated clips, each
copy made unique; what the jailed look found in a clip is bound to all its copies, so that a year
takes minutes to build.
"""

from __future__ import annotations

import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from functools import lru_cache
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Final

from django.db import transaction

from hokanko import clock
from hokanko.cameras.actions import register as register_camera
from hokanko.cameras.checkout import TICKS, Worn, bring_back, issue
from hokanko.cameras.models import Camera, Checkout
from hokanko.cases.actions import open_case
from hokanko.errors import Refusal
from hokanko.footage.models import Footage
from hokanko.intake.actions import note_facts, release
from hokanko.intake.facts import Seen
from hokanko.intake.receive import receive
from hokanko.intake.sources import Source
from hokanko.ledger.publish import publish
from hokanko.media.probe import Probe, probe
from hokanko.people import actions as people
from hokanko.people.models import Person
from hokanko.people.queries import actor
from hokanko.people.readying import swear, train
from hokanko.provision import actions as provision
from hokanko.rehearsal.camera import film
from hokanko.rehearsal.cast import Cast
from hokanko.rehearsal.street import Scene
from hokanko.retention import erase
from hokanko.rules import decide
from hokanko.rules.actor import Actor, machine
from hokanko.shifts.actions import close as close_shift
from hokanko.shifts.actions import explain
from hokanko.shifts.counting import close_count
from hokanko.shifts.queries import shift
from hokanko.viewing import actions as viewing

CAMERAS: Final = 13
STARTS: Final = (time_of_day(1), time_of_day(9), time_of_day(17))
OUT_FOR: Final = timedelta(hours=7, minutes=40)
FILES: Final = 3  # a check-out
FILE_FOR: Final = timedelta(minutes=140)
PAUSE: Final = timedelta(minutes=20)  # the wearer's, before the last file of every second check-out
CLIP_SECONDS, CLIP_WIDTH, CLIP_HEIGHT = 2.0, 320, 180
WORDS: Final = "相談を受けた者から撮影をしないよう求められたため。"


@dataclass(frozen=True, slots=True)
class Film:
    """A generated clip, and what the jail saw in it."""

    content: bytes
    seen: Probe

    def copy(self, number: int) -> bytes:
        """The same film as other bytes: an MP4 may end in a box that says nothing."""
        return self.content + struct.pack(">I4sQ", 16, b"free", number)


@dataclass(frozen=True, slots=True)
class _Bytes:
    """Bytes as the jail asks for them."""

    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)

    def read_at(self, offset: int, length: int) -> bytes:
        return self.content[offset : offset + length]


@dataclass
class Year:
    """One unit at work, a day at a time."""

    cast: Cast
    films: list[Film]
    cameras: list[Camera] = field(default_factory=list)
    wearers: list[Person] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)
    swept: list[dict[str, float]] = field(default_factory=list)

    def prepare(self) -> None:
        """The cameras, and three shifts of officers with their oath and training."""
        by = self.cast.as_actor("suzuki")
        station, cameras = self.cast.station, self.cast.cameras
        self.cameras = [c for name, c in cameras.items() if name.startswith(f"{station.pk}-")]
        for number in range(len(self.cameras) + 1, CAMERAS + 1):
            self.cameras.append(
                register_camera(
                    station,
                    number=str(number),
                    serial=f"HKBWC-{station.pk}-{number:04d}",
                    kind="wearable",
                    by=by,
                )
            )
        for number in range(CAMERAS * len(STARTS)):
            officer = people.register(
                station,
                login=f"officer{number + 1}",
                name=f"巡査 {number + 1:02d}",
                password=None,
                post="カメラ装着警察官",
                section=f"地域第{number // CAMERAS + 1}係",
                by=by,
            )
            swear(officer, by=by)
            train(officer, "撮影・映像・機器の管理", by=by)
            self.wearers.append(officer)

    def go_on(self, swept: list[dict[str, float]]) -> None:
        """Take up a year that was stopped after a day."""
        worn = Camera.objects.filter(org=self.cast.station, kind="wearable")
        self.cameras = sorted(worn.select_related("org__parent"), key=lambda one: int(one.number))
        logins = (f"officer{number + 1}" for number in range(CAMERAS * len(STARTS)))
        self.wearers = [self.cast.people[login] for login in logins]
        self.numbers, self.swept = count(Footage.objects.count()), swept

    def live(self, day: date) -> None:
        """One day: three shifts, the office's work, the night's sweep."""
        actors = {name: self.cast.as_actor(name) for name in self.cast.people}
        for turn, start in enumerate(STARTS):
            begun = datetime.combine(day, start, clock.TOKYO)
            with transaction.atomic():  # one sync a shift; the lines are the verbs' own
                self._shift(turn, begun, actors)
            if turn == 1:
                clock.fix(begun + OUT_FOR + timedelta(minutes=15))
                self._office(day, actors)
        publish()
        clock.fix(datetime.combine(day + timedelta(days=1), time_of_day(0, 50), clock.TOKYO))
        self.swept.append(sweep())
        publish()

    def _shift(self, turn: int, begun: datetime, actors: dict[str, Actor]) -> None:
        clock.fix(begun)
        dock = machine("management-pc", self.cast.station.pk)
        officers = self.wearers[turn * CAMERAS : (turn + 1) * CAMERAS]
        outs = [
            issue(camera, officer, Worn("胸部", TICKS), by=actors["tanaka"], until=begun + OUT_FOR)
            for camera, officer in zip(self.cameras, officers, strict=True)
        ]
        clock.fix(begun + OUT_FOR)
        for index, out in enumerate(outs):
            bring_back(out.camera, bay=f"bay-{out.camera.number}", by=dock)
            out.refresh_from_db(fields=["returned_at"])
            paused = (index + begun.day) % 2 == 0
            for piece in range(FILES):
                rest = PAUSE if paused and piece == FILES - 1 else timedelta()
                self._take_in(out, begun + timedelta(minutes=5) + rest + piece * FILE_FOR, dock)
        clock.fix(begun + OUT_FOR + timedelta(minutes=10))
        for out in outs:
            self._tell(out, actors["takahashi"])
        close_count(self.cast.station, normal=True, by=actors["takahashi"])

    def _take_in(self, out: Checkout, captured: datetime, dock: Actor) -> None:
        number = next(self.numbers)
        film = self.films[number % len(self.films)]
        content = film.copy(number)
        name = f"DCIM/100HKBWC/MOV_{number:06d}.MP4"
        ended = captured + FILE_FOR
        origin = {"via": "dock", "file_time": clock.iso(ended), "bay": out.camera.bay}
        source = Source(name, BytesIO(content).readinto, len(content), dict(origin))
        footage = receive(self.cast.station, out.camera.number, source, by=dock)
        length = int(FILE_FOR.total_seconds() * 1000)
        seen = Seen(film.seen.as_json(), (), captured, "mp4:mvhd", length, out.wearer)
        note_facts(footage, seen, by=machine("intake", self.cast.station.pk))
        release(footage, Path.cwd(), unlink=lambda _: None, by=dock)

    def _tell(self, out: Checkout, supervisor: Actor) -> None:
        for gap in shift(out).unexplained:
            by = actor(out.wearer, via="web")
            explain(out, gap, ground="ア", words=WORDS, teller=out.wearer, by=by)
        close_shift(out, closer=self.cast.people["takahashi"], by=supervisor)

    def _office(self, day: date, actors: dict[str, Actor]) -> None:
        """What the desks do in a day: a look, a refusal, now and then a request or a complaint."""
        who, footage = self.cast.people, self._newest()
        room = viewing.ask(footage, who["suzuki"], ["ア"], "", by=actors["suzuki"])
        viewing.approve(room, who["takahashi"], by=actors["takahashi"])
        with suppress(Refusal):  # no management PC: it is on the ledger all the same
            viewing.open_room(room, by=actors["suzuki"])
        if day.weekday() < 5:
            self._request(footage, actors, granted=day.weekday() > 0)
        if day.weekday() == 2:
            open_case(
                self.cast.station,
                kind="complaint",
                asks="conduct",
                received_on=day,
                name="住民",
                reach="電話",
                story="撮影の態様について尋ねられた。",
                receiver=who["tanaka"],
                by=actors["tanaka"],
            )

    def _request(self, footage: Footage, actors: dict[str, Actor], *, granted: bool) -> None:
        ito, taken = self.cast.people["ito"], footage.captured or footage.created
        form = provision.Form(
            outline="路上における接触事故",
            happened_from=taken,
            happened_until=taken + timedelta(minutes=50),
            wearer=footage.wearer,
            wants=["medium"],
            purposes=["ウ"],
            purpose_note="",
            telephone=ito.telephone,
        )
        asked = provision.ask(self.cast.station, form, ito, [(footage, [])], by=actors["ito"])
        if not granted:
            provision.decline(asked, self.cast.people["suzuki"], "事由なし", by=actors["suzuki"])
            return
        provision.grant(asked, self.cast.people["suzuki"], "ウ", by=actors["suzuki"])
        provision.enter(asked, self.cast.people["tanaka"], [(footage, [])], by=actors["tanaka"])

    def _newest(self) -> Footage:
        mine = Footage.objects.filter(org=self.cast.station).select_related("org", "wearer")
        newest = mine.order_by("-number").first()
        assert newest is not None, "a shift has come home"
        return newest


@contextmanager
def one_edition() -> Iterator[None]:
    """The edition in force is looked up once: nobody signs another while the year is lived."""
    look_up = decide.adoption
    decide.adoption = lru_cache(maxsize=None)(look_up)
    try:
        yield
    finally:
        decide.adoption = look_up


def films(folder: Path) -> list[Film]:
    """A few generated clips, each looked into once."""
    made = []
    for number, scene in enumerate(Scene):
        path = folder / f"{number}.mp4"
        film(
            path,
            start=datetime(2025, 4, 1, 12, tzinfo=clock.TOKYO),
            seconds=CLIP_SECONDS,
            serial="HKBWC-CHUO-0001",
            wearer_code=None,
            scene=scene,
            seed=number,
            width=CLIP_WIDTH,
            height=CLIP_HEIGHT,
            fps=10,
        )
        content = path.read_bytes()
        made.append(Film(content, probe(_Bytes(content), name=path.name)))
    return made


def sweep() -> dict[str, float]:
    """End what is over; gives the seconds it took, those of unlinking, and how many pieces."""
    unlinking = 0.0
    unlink = erase._unlink

    def timed(erasure: erase.Erasure) -> None:
        nonlocal unlinking
        begun = time.perf_counter()
        unlink(erasure)
        unlinking += time.perf_counter() - begun

    erase._unlink = timed
    begun = time.perf_counter()
    try:
        done = erase.erase_due(by=machine("sweep", "HOME", via="schedule"))
    finally:
        erase._unlink = unlink
    whole = time.perf_counter() - begun
    pieces = sum(len(erasure.footage) for erasure in done)
    return {"whole_s": whole, "unlinking_s": unlinking, "pieces": float(pieces)}
