"""Handing over: only what was asked, only to whom asked, only after decision and entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from hokanko import clock
from hokanko.errors import Conflict, HokankoError, Refusal
from hokanko.footage.models import Footage
from hokanko.ledger import read
from hokanko.provision.form import MEDIUM, STILL
from hokanko.provision.handover import deliver
from hokanko.provision.models import Provision
from hokanko.provision.queries import thing
from hokanko.provision.reprint import delivered, record_paper, request_paper
from hokanko.rehearsal.cast import Cast
from tests.provision.requests import asked, entered, granted


def hand(
    cast: Cast, provision: Provision, target: Path, *, to: str = "ito", what: str = MEDIUM
) -> None:
    """田中 hands it over at the desk."""
    deliver(
        provision,
        hander=cast.people["tanaka"],
        receiver=cast.people[to],
        delivering=[what],
        medium="USB-012",
        target=target,
        by=cast.as_actor("tanaka"),
    )


@pytest.mark.clause("police-7.2.3", "police-7.2.4", "police-form-result")
def test_the_requester_receives_it(cast: Cast, footage: Footage, tmp_path: Path) -> None:
    provision = entered(cast, footage)
    hand(cast, provision, tmp_path / "package.zip")
    assert (provision.state, provision.medium) == ("handed", "USB-012")
    assert delivered(provision) == {MEDIUM}
    kinds = [act.kind for act in read.about(thing(provision).name)]
    assert kinds[0] == "provision.asked"
    assert kinds[-3:] == ["provision.prepared", "provision.handed", "provision.issued"]
    assert request_paper(provision).startswith(b"%PDF")
    assert record_paper(provision).startswith(b"%PDF")
    with pytest.raises(HokankoError):
        hand(cast, provision, tmp_path / "again.zip")


@pytest.mark.clause("police-7.2.3", "police-7.2.4", "police-7.2.5", "police-form-content")
def test_nothing_leaves_otherwise(cast: Cast, footage: Footage, tmp_path: Path) -> None:
    ready = entered(cast, footage)
    for provision, to, what, clause in (
        (asked(cast), "ito", MEDIUM, "police-7.2.3"),
        (granted(cast), "ito", MEDIUM, "police-7.2.5"),
        (ready, "sato", MEDIUM, "police-7.2.4"),
        (ready, "ito", STILL, "police-form-content"),
    ):
        with pytest.raises(Refusal) as refused:
            hand(cast, provision, tmp_path / "package.zip", to=to, what=what)
        assert refused.value.clause == clause
    assert not list(tmp_path.glob("package*"))
    with pytest.raises(Conflict):
        record_paper(ready)


def test_nobody_without_a_post_hands_over(cast: Cast, footage: Footage, tmp_path: Path) -> None:
    provision = entered(cast, footage)
    for login in ("ito", "sato", "yamada", "watanabe"):
        with pytest.raises(Refusal):
            deliver(
                provision,
                hander=cast.people[login],
                receiver=cast.people["ito"],
                delivering=[MEDIUM],
                medium="USB-012",
                target=tmp_path / "package.zip",
                by=cast.as_actor(login),
            )


@pytest.mark.clause("police-7.1.2")
def test_what_has_ended_is_not_handed_over(cast: Cast, footage: Footage, tmp_path: Path) -> None:
    provision = entered(cast, footage)
    clock.fix(clock.now().replace(year=2027))
    with pytest.raises(HokankoError):
        hand(cast, provision, tmp_path / "package.zip")
    assert not list(tmp_path.glob("package*"))
