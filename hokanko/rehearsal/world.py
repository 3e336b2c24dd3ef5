"""A rehearsal home already at work: three months of one station, something on every page.

It stands on the last but one day of its project, in autumn 2025: the notice is valid until March
2026, and after that no camera goes out.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from hokanko import clock
from hokanko.footage.models import Footage
from hokanko.ledger.publish import publish
from hokanko.people.queries import actor
from hokanko.provision.actions import enter, grant
from hokanko.provision.models import Provision
from hokanko.rehearsal.actions import move_clock
from hokanko.rehearsal.cast import Cast
from hokanko.rehearsal.duty import Duty
from hokanko.rehearsal.story import Story, still_of
from hokanko.rehearsal.street import Scene
from hokanko.rehearsal.teller import Say
from hokanko.retention.asking import Request
from hokanko.retention.early import ask_erasure
from hokanko.retention.erase import erase_due
from hokanko.retention.texts import Said
from hokanko.rules.actor import Actor, machine
from hokanko.viewing import actions as viewing

FOUNDED = datetime(2025, 7, 25, 9, 0, tzinfo=clock.TOKYO)  # the day after the notice
FIRST = datetime(2025, 8, 1, 12, 0, tzinfo=clock.TOKYO)  # the project begins
MIDDLE = datetime(2025, 9, 19, 12, 0, tzinfo=clock.TOKYO)
YESTERDAY = datetime(2025, 10, 29, 15, 0, tzinfo=clock.TOKYO)
STANDS = datetime(2025, 10, 30, 15, 30, tzinfo=clock.TOKYO)
HOUR = timedelta(hours=1)


def fill(cast: Cast, work: Path, say: Say, files: list[Path]) -> None:
    """Live through three months. The clock must stand before the first of them."""
    world = _World(cast, work, say, files)
    world.go(FIRST)
    old = world.shift([Scene.SHOPPING])
    world.hand_over(old[0], "駅前の口論（既に終結）")
    world.go(MIDDLE)
    middle = world.shift([Scene.CROSSING])
    world.hand_over(middle[0], "交差点での接触事故")
    world.go(YESTERDAY)
    fresh = world.shift([Scene.RESIDENTIAL, Scene.SHOPPING])
    world.leave_work_on_desks(fresh)
    world.through_the_night()
    world.go(STANDS)
    world.shift([Scene.CROSSING, Scene.SHOPPING], told=False)
    publish()


class _World:
    def __init__(self, cast: Cast, work: Path, say: Say, files: list[Path]) -> None:
        self.cast, self.say = cast, say
        self.work = work
        self.story = Story(cast, work, lambda _: None)
        self.duty = Duty(cast, work / "bays", say, files)

    def go(self, moment: datetime) -> None:
        """Let time pass; what ends meanwhile ends on its day, as the timetable would have it."""
        step = moment - clock.now()
        if step > timedelta():
            move_clock(step, by=actor(self.cast.people["kanri"], via="cli"))
        erase_due(by=machine("sweep", "HOME", via="schedule"))
        self.say(f"   {clock.now():%Y-%m-%d %H:%M}")

    def shift(self, scenes: list[Scene], *, told: bool = True) -> list[Footage]:
        """An hour on the beat: taken out, brought home, and explained unless that is left open."""
        out = self.duty.take_out("1", "sato")
        self.go(clock.now() + HOUR)
        pieces = self.duty.bring_home("1", "sato", scenes)
        if told:
            self.duty.explain_and_close(out)
        return pieces

    def through_the_night(self) -> None:
        """A night shift whose camera does not come back, and a day shift that is still out."""
        self.go(YESTERDAY.replace(hour=17, minute=0))
        self.duty.take_out("3", "kimura")
        self.go(STANDS.replace(hour=8, minute=40))
        self.duty.take_out("2", "matsuda")

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
            request=Request(
                said=Said(
                    circumstances="相談に来た第三者の健康情報が写り込んだ",
                    needs="提供の依頼が一件あるので、その処理が終わってからの消去を求める",
                )
            ),
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
