"""Entry into the application (専用アプリへの入力): by whom, and what it settles."""

from __future__ import annotations

import pytest

from hokanko.errors import Conflict, Refusal
from hokanko.footage.models import Footage
from hokanko.people.appointing import appoint
from hokanko.provision.actions import enter
from hokanko.provision.queries import candidates
from hokanko.rehearsal.cast import Cast
from tests.provision.requests import asked, granted


@pytest.mark.clause("police-form-entered", "police-form-fileno")
def test_clerk_or_supervisor_enters_it(cast: Cast, footage: Footage) -> None:
    for login in ("tanaka", "takahashi"):
        provision = granted(cast)
        enter(provision, cast.people[login], [(footage, [])], by=cast.as_actor(login))
        assert (provision.state, provision.entered_by) == ("entered", cast.people[login])
        assert [file.footage.number for file in provision.files.all()] == [footage.number]


@pytest.mark.clause("police-7.2.5")
def test_nobody_else_enters_it(cast: Cast, footage: Footage) -> None:
    provision = granted(cast)
    for login in ("suzuki", "ito", "sato", "yamada", "watanabe"):
        with pytest.raises(Refusal):
            enter(provision, cast.people[login], [(footage, [])], by=cast.as_actor(login))
    assert not provision.files.exists()


@pytest.mark.clause("police-7.2.5")
def test_the_requester_cannot_enter_his_own(cast: Cast, footage: Footage) -> None:
    provision = granted(cast)
    appoint(cast.people["ito"], cast.station, "運用担当者", by=cast.as_actor("suzuki"))
    with pytest.raises(Refusal) as refused:
        enter(provision, cast.people["ito"], [(footage, [])], by=cast.as_actor("ito"))
    assert refused.value.clause == "police-7.2.5"


def test_it_needs_footage_and_a_decision(cast: Cast, footage: Footage) -> None:
    by, tanaka = cast.as_actor("tanaka"), cast.people["tanaka"]
    with pytest.raises(Conflict):
        enter(granted(cast), tanaka, [], by=by)
    with pytest.raises(Conflict):
        enter(asked(cast), tanaka, [(footage, [])], by=by)


@pytest.mark.clause("police-form-time")
def test_candidates_follow_from_wearer_and_time(cast: Cast, footage: Footage) -> None:
    provision = asked(cast)
    Footage.objects.update(captured=provision.happened_from, wearer=cast.people["sato"])
    assert list(candidates(provision)) == [footage]
    Footage.objects.update(wearer=cast.people["takahashi"])
    assert not candidates(provision)
