"""The teller of a story: who acts from where, what must be refused, and what must be true."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hokanko import clock
from hokanko.errors import Refusal, Unsound
from hokanko.people.attach import Scan
from hokanko.people.enrol import enrol_terminal, prepare_terminal
from hokanko.people.queries import actor, seat
from hokanko.rehearsal.cast import Cast
from hokanko.rehearsal.snapshots import of_wire
from hokanko.rules.actor import Actor, machine
from hokanko.verify import judge

Say = Callable[[str], None]


class Teller:
    """One telling, in one home, with its cast, at one management PC."""

    def __init__(self, cast: Cast, work: Path, say: Say) -> None:
        self.cast, self.work, self.say = cast, work, say
        self.at_pc = self._enrol()

    def _enrol(self) -> str:
        terminal, code = prepare_terminal(
            self.cast.station,
            name="管理用パソコン1",
            place="警察署地域課執務室",
            wire_checked_on=clock.today(),
            photo=Scan(of_wire("管理用パソコン1").body, "wire.jpg"),
            charger="充電器A",
            by=self._as("suzuki"),
        )
        return enrol_terminal(terminal, code, by=self._as("suzuki"))

    def _here(self) -> str:
        at = seat(self.at_pc)
        assert at is not None, "the terminal was enrolled at the start"
        return at.id

    def _as(self, login: str, secret: str | None = None) -> Actor:
        at = seat(secret) if secret else None
        return actor(self.cast.people[login], via="cli", seat=at)

    def _pc(self) -> Actor:
        return machine("management-pc", self.cast.station.pk)

    @contextmanager
    def _refused(self, what: str) -> Iterator[None]:
        try:
            yield
        except Refusal as refusal:
            self.say(f"   ✗ {what} → [{refusal.clause}] {refusal.article}")
        else:
            raise Unsound(f"拒まれるはずでした: {what}", f"This should have been refused: {what}")

    @staticmethod
    def _judge(path: Path, *, sound: bool) -> None:
        Teller._must(judge(path).sound is sound, f"検査の答えが違います: {path}")

    @staticmethod
    def _must(truth: object, otherwise: str) -> None:
        if not truth:
            raise Unsound(otherwise, "The rehearsal found a fault.")
