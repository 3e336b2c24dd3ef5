"""The worn cameras of a rehearsal's station: out with officers, home on the charger, explained."""

from __future__ import annotations

import shutil
from pathlib import Path

from hokanko import clock
from hokanko.cameras.actions import register as register_camera
from hokanko.cameras.checkout import TICKS, Worn, issue
from hokanko.cameras.locks import enter_password
from hokanko.cameras.models import Checkout
from hokanko.dock.emptying import empty_bays
from hokanko.footage.models import Footage
from hokanko.footage.worn import PAUSE
from hokanko.intake.jobs import examine
from hokanko.people.actions import issue_card, register
from hokanko.people.models import Card
from hokanko.people.readying import train
from hokanko.people.standing import topics_of
from hokanko.rehearsal.cast import Cast
from hokanko.rehearsal.shift import bay_of, film, lay
from hokanko.rehearsal.story import CARD_PASSWORD
from hokanko.rehearsal.street import Scene
from hokanko.rehearsal.teller import Say
from hokanko.rules.actor import Actor, machine
from hokanko.shifts.actions import close, explain
from hokanko.shifts.queries import shift

PASSWORD = "hokanko-demo-2026"  # noqa: S105 printed on purpose: a rehearsal has no secrets
DOCKINGS = 4  # real files are shared out among them
MORE_WEARERS = (("matsuda", "松田 亮"), ("kimura", "木村 彩"))
MORE_CAMERAS = ("3", "4")
STOPPED = "居宅内での相談を受けるため、相手の求めで撮影を止めた。"


class Duty:
    """The officers who wear cameras, their cards, and the charger."""

    def __init__(self, cast: Cast, bays: Path, say: Say, files: list[Path]) -> None:
        self.cast, self.bays, self.say, self.files = cast, bays, say, files
        self.docked = 0
        boss = cast.as_actor("suzuki")
        for login, name in MORE_WEARERS:
            cast.people[login] = register(
                cast.station,
                login=login,
                name=name,
                password=PASSWORD,
                post="カメラ装着警察官",
                section="地域第二係",
                by=boss,
            )
        for login in ("sato", "matsuda", "kimura"):
            train(cast.people[login], "・".join(topics_of(cast.station.pk)), by=boss)
        for number in MORE_CAMERAS:
            cast.cameras[f"CHUO-{number}"] = register_camera(
                cast.station,
                number=number,
                serial=f"HKBWC-CHUO-000{number}",
                kind="wearable",
                by=boss,
            )
        for number in ("1", "2", *MORE_CAMERAS):
            enter_password(cast.cameras[f"CHUO-{number}"], CARD_PASSWORD, by=boss)
            bay_of(bays, cast.cameras[f"CHUO-{number}"])
        self.cards: dict[str, Card] = {
            login: issue_card(cast.people[login], by=boss)
            for login in ("sato", "matsuda", "kimura")
        }
        self._look_at_bays()

    def take_out(self, number: str, login: str) -> Checkout:
        """Off the charger, out until the shift's end."""
        camera = self.cast.cameras[f"CHUO-{number}"]
        shutil.rmtree(bay_of(self.bays, camera))
        camera.refresh_from_db()
        out = issue(
            camera, self.cast.people[login], Worn("胸部", TICKS), by=self.cast.as_actor("tanaka")
        )
        self._look_at_bays()
        self.say(f"   持ち出し カメラ{number} {out.wearer.name}")
        return out

    def bring_home(self, number: str, login: str, scenes: list[Scene]) -> list[Footage]:
        """On the charger again: the return is noted and the clips are taken in."""
        camera = self.cast.cameras[f"CHUO-{number}"]
        real, self.docked = self.files[self.docked :: DOCKINGS], self.docked + 1
        if real:
            lay(self.bays, camera, real, password=CARD_PASSWORD)
        else:
            card = self.cards[login].code
            film(self.bays, camera, card, until=clock.now(), scenes=scenes, password=CARD_PASSWORD)
        taken = self._look_at_bays()
        for footage in taken:
            examine(str(footage.pk))
            self.say(f"   取込み {footage.number}  末日 {footage.last_day}")
        return list(Footage.objects.select_related("org").filter(pk__in=[f.pk for f in taken]))

    def explain_and_close(self, out: Checkout) -> None:
        """The wearer says why there is time without footage; the supervisor closes the shift."""
        out.refresh_from_db()
        wearer, boss = self.cast.as_actor("sato"), self.cast.as_actor("takahashi")
        for gap in shift(out).unexplained:
            ground = "ア" if gap.kind == PAUSE else ""
            explain(out, gap, ground=ground, words=STOPPED, teller=out.wearer, by=wearer)
        close(out, closer=self.cast.people["takahashi"], by=boss)

    def _look_at_bays(self) -> list[Footage]:
        by: Actor = machine("management-pc", self.cast.station.pk)
        found = []
        for outcome in empty_bays(self.cast.station, self.bays, by=by):
            if outcome.error is not None:
                raise outcome.error
            if outcome.footage is not None:
                found.append(outcome.footage)
        return found
