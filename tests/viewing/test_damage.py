"""A viewing that meets a damaged byte stops, and the whole piece is read again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hokanko import clock
from hokanko.casebook.models import Case
from hokanko.errors import Refusal, Unsound
from hokanko.footage.flags import ALTERED
from hokanko.home import Home
from hokanko.intake.actions import note_facts
from hokanko.intake.facts import Seen
from hokanko.jobs.models import Job
from hokanko.jobs.worker import drain
from hokanko.rules.actor import machine
from hokanko.schedule import JOBS
from hokanko.vault import cabinet
from hokanko.viewing import actions, serve
from tests.fixtures import take_in
from tests.viewing.conftest import NATIVE, Desk
from tests.viewing.test_serve import Answer

LONG = b"a longer evening" * 20_000  # several sealed segments


def long_piece(desk: Desk) -> Desk:
    """The same desk with a piece of several segments."""
    footage = take_in(desk.cast, LONG, name="LONG.MP4")
    seen = Seen(NATIVE, (), clock.now(), "申述", 60_000, desk.cast.people["sato"])
    note_facts(footage, seen, by=machine("intake", desk.cast.station.pk))
    return replace(desk, footage=footage)


def alter(home: Home, footage: object) -> None:
    """One byte in the middle of the sealed original is another."""
    name = cabinet.original(str(footage)).name
    (path,) = [p for p in home.path.rglob(f"*{name}*") if p.is_file()]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)


def looked_again(desk: Desk) -> None:
    """The piece was read whole, once: it is flagged, an incident stands, it is not shown."""
    assert Job.objects.filter(name="retention.look_again").count() == 1
    drain(JOBS)
    desk.footage.refresh_from_db()
    assert desk.footage.flags == [ALTERED]
    assert Case.objects.get().footage_id == desk.footage.pk
    with pytest.raises(Refusal, match="損傷"):
        actions.open_room(desk.asked("suzuki"), by=desk.at("suzuki"))


@pytest.mark.clause("ward-5-tamper")
def test_damage_met_in_the_middle_stops_the_stream(desk: Desk, fresh_home: Home) -> None:
    here = long_piece(desk)
    room = here.opened("sato", attendant="takahashi")
    alter(fresh_home, here.footage.pk)
    for _ in range(2):  # a player asks again and again: one look is enough
        answer = Answer(serve.ticket(room, here.secret), here.secret)
        assert answer.status == "206"
        with pytest.raises(Unsound):
            assert answer.body
    looked_again(here)


@pytest.mark.clause("ward-5-tamper")
def test_damage_met_at_the_start_opens_nothing(desk: Desk, fresh_home: Home) -> None:
    room = desk.opened("sato", attendant="takahashi")
    alter(fresh_home, desk.footage.pk)
    assert Answer(serve.ticket(room, desk.secret), desk.secret).status == "403"
    looked_again(desk)
