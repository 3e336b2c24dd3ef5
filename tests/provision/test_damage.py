"""An original altered on the shelf does not leave, and an incident is opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from hokanko.casebook.models import Case
from hokanko.errors import Unsound
from hokanko.footage.flags import ALTERED
from hokanko.footage.models import Footage
from hokanko.home import Home
from hokanko.jobs.models import Job
from hokanko.jobs.worker import drain
from hokanko.provision.form import SHOW
from hokanko.provision.handover import show_at_desk
from hokanko.provision.models import ProvidedMedium, Provision
from hokanko.schedule import JOBS
from hokanko.vault import cabinet
from tests.clauses.founded import Founded
from tests.provision.outside import STATED, choose, hand, judge, taken_down, taker

pytestmark = pytest.mark.clause("ward-5-tamper")


def altered(here: Founded, home: Home, **changes: object) -> Provision:
    """Granted and entered; then one byte of its sealed original is another."""
    provision = taken_down(here, "kishi", **changes)
    judge(here, "mori", provision, "イ", STATED["inquiry"])
    footage = here.take_in("kishi")
    choose(here, "kishi", provision, footage)
    name = cabinet.original(str(footage.pk)).name
    (path,) = [p for p in home.path.rglob(f"*{name}*") if p.is_file()]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)
    return provision


def nothing_left(provision: Provision) -> None:
    """It waits as before; the piece is read again once, flagged, and an incident stands."""
    provision.refresh_from_db()
    assert (provision.state, provision.handing_entry) == ("entered", None)
    assert not ProvidedMedium.objects.exists()
    assert Job.objects.filter(name="retention.look_again").count() == 1
    drain(JOBS)
    footage = Footage.objects.get()
    assert footage.flags == [ALTERED]
    assert (Case.objects.get().kind, Case.objects.get().footage_id) == ("incident", footage.pk)


def test_an_altered_original_is_not_handed_over(
    ward: Founded, fresh_home: Home, tmp_path: Path
) -> None:
    provision = altered(ward, fresh_home)
    for _ in range(2):  # at the desk they try again: one look is enough
        with pytest.raises(Unsound):
            hand(ward, "kishi", provision, tmp_path / "package.zip")
    assert not list(tmp_path.glob("package*"))
    nothing_left(provision)


def test_an_altered_original_is_not_shown_at_the_desk(ward: Founded, fresh_home: Home) -> None:
    provision = altered(ward, fresh_home, wants=[SHOW])
    with pytest.raises(Unsound):
        show_at_desk(provision, ward.people["kishi"], taker(), by=ward.by("kishi"))
    nothing_left(provision)
