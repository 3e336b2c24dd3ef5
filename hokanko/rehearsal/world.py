"""A rehearsal home already at work: three months of one station, something on every page."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from hokanko import clock
from hokanko.footage.models import Footage
from hokanko.intake.dock import empty_bays
from hokanko.intake.jobs import examine
from hokanko.ledger.publish import publish
from hokanko.people.actions import issue_card
from hokanko.people.queries import actor
from hokanko.provision.actions import enter, grant
from hokanko.provision.models import Provision
from hokanko.rehearsal.actions import move_clock
from hokanko.rehearsal.cast import Cast
from hokanko.rehearsal.shift import film, lay
from hokanko.rehearsal.story import Story, still_of
from hokanko.rehearsal.street import Scene
from hokanko.rehearsal.teller import Say
from hokanko.retention.early import ask_erasure
from hokanko.retention.erase import erase_due
from hokanko.rules.actor import Actor, machine
from hokanko.viewing import actions as viewing

DOCKINGS = 3  # real files are shared out among them
YEAR_END = {(12, day) for day in range(29, 32)} | {(1, day) for day in range(1, 4)}


def working_hour(near: datetime, hour: int) -> datetime:
    """That hour of the last working day at or before `near`: the story needs an open office."""
    day = near
    while day.weekday() >= 5 or (day.month, day.day) in YEAR_END:
        day -= timedelta(days=1)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def fill(cast: Cast, work: Path, say: Say, files: list[Path]) -> None:
    """Live through three months. The clock must stand before the first of them."""
    end = clock.now() - clock.offset()  # the real now, at which the rehearsal will stand
    world = _World(cast, work, say, files)
    world.go(working_hour(end - timedelta(days=92), 13))
    old = world.dock([Scene.SHOPPING])
    world.hand_over(old[0], "駅前の口論（既に終結）")
    world.go(working_hour(end - timedelta(days=40), 13))
    middle = world.dock([Scene.CROSSING])
    world.hand_over(middle[0], "交差点での接触事故")
    world.go(working_hour(end - timedelta(days=1), 16))
    fresh = world.dock([Scene.RESIDENTIAL, Scene.SHOPPING])
    world.leave_work_on_desks(fresh)
    world.go(end)
    publish()


class _World:
    def __init__(self, cast: Cast, work: Path, say: Say, files: list[Path]) -> None:
        self.cast, self.work, self.say, self.files = cast, work, say, files
        self.docked = 0
        self.story = Story(cast, work, lambda _: None)
        self.card = issue_card(cast.people["sato"], by=actor(cast.people["suzuki"], via="cli"))

    def go(self, moment: datetime) -> None:
        """Let time pass; what ends meanwhile ends on its day, as the timetable would have it."""
        step = moment - clock.now()
        if step > timedelta():
            move_clock(step, by=actor(self.cast.people["kanri"], via="cli"))
        erase_due(by=machine("sweep", "HOME", via="schedule"))
        self.say(f"   {clock.now():%Y-%m-%d %H:%M}")

    def dock(self, scenes: list[Scene]) -> list[Footage]:
        """A shift comes home."""
        bays, camera = self.work / "bays", self.cast.cameras["CHUO-1"]
        real, self.docked = self.files[self.docked :: DOCKINGS], self.docked + 1
        if real:
            lay(bays, camera, real)
        else:
            film(bays, camera, self.card.code, until=clock.now(), scenes=scenes)
        by = machine("management-pc", self.cast.station.pk)
        taken = [o.footage for o in empty_bays(self.cast.station, bays, by=by) if o.footage]
        for footage in taken:
            examine(str(footage.pk))
            self.say(f"   取込み {footage.number}  末日 {footage.last_day}")
        return list(Footage.objects.select_related("org").filter(pk__in=[f.pk for f in taken]))

    def hand_over(self, footage: Footage, outline: str) -> None:
        """A request from asking to the envelope."""
        provision = self._granted(footage, outline)
        enter(
            provision,
            self.cast.people["tanaka"],
            [(footage, still_of(footage))],
            by=self._as("tanaka"),
        )
        self.story.hand(provision, "ito", self.work / f"提供-{provision.number}")
        self.say(f"   提供 {provision.number}")

    def leave_work_on_desks(self, fresh: list[Footage]) -> None:
        """Something for everybody to do when the demo opens."""
        ito, suzuki = self.cast.people["ito"], self.cast.people["suzuki"]
        viewing.ask(fresh[0], ito, ["ウ"], "住宅街での不審者事案", by=self._as("ito"))
        self._granted(fresh[0], "住宅街での不審者事案")
        self.story.submit(fresh[-1], "商店街での転倒事故")
        ask_erasure(
            fresh[-1],
            limb="special",
            departed="",
            asked_by_subject="",
            circumstances="相談に来た第三者の健康情報が写り込んだ",
            asker=suzuki,
            by=self._as("suzuki"),
        )
        self.say("   机の上: 閲覧の申出 1、決裁待ち 1、入力待ち 1、消去の申請 1")

    def _granted(self, footage: Footage, outline: str) -> Provision:
        provision = self.story.submit(footage, outline)
        grant(provision, self.cast.people["suzuki"], "ウ", by=self._as("suzuki"))
        return provision

    def _as(self, login: str) -> Actor:
        return actor(self.cast.people[login], via="cli")
