"""Exceptional erasure: the two limbs of the proviso, and the one post that decides."""

from __future__ import annotations

import pytest

from hokanko.errors import Conflict, Refusal
from hokanko.footage.models import Footage
from hokanko.formats import certificate as paper
from hokanko.ledger import read
from hokanko.rehearsal.cast import Cast
from hokanko.retention.early import ask_erasure, decline_erasure
from hokanko.retention.erase import carry_out
from hokanko.retention.models import Erasure, ErasureCase
from hokanko.vault.store import shelf
from tests.fixtures import take_in


def asked(cast: Cast, footage: Footage, login: str = "suzuki", **said: str) -> ErasureCase:
    """A request, by default on the first limb with nothing stated."""
    told = {"limb": "departed", "departed": "", "asked_by_subject": "", "circumstances": ""} | said
    return ask_erasure(footage, **told, asker=cast.people[login], by=cast.as_actor(login))


@pytest.mark.clause("police-7.2.6-exception", "police-7.2.6-both", "police-3.1.1")
def test_with_both_conditions_it_is_granted(cast: Cast, footage: Footage) -> None:
    other = take_in(cast, b"another film" * 100, name="B.MP4")
    case = asked(cast, footage, departed="居宅内の撮影", asked_by_subject="本人、窓口で確認")
    erasure = carry_out(case, cast.people["watanabe"], by=cast.as_actor("watanabe"))
    for piece in (footage, other):
        piece.refresh_from_db()
    assert (footage.state, other.state, erasure.stage) == ("erased", "held", "certified")
    assert len(list(shelf().names())) == 1
    assert all(check.ok for check in paper.verify(erasure.certificate))
    stated = paper.read(erasure.certificate)
    assert (stated.kind, stated.decided_by) == ("exceptional", "渡辺 総一")
    assert read.about(f"footage:{footage.pk}")[-1].clause == "police-7.2.6-exception"
    with pytest.raises(Refusal):
        asked(cast, footage, departed="居宅内", asked_by_subject="本人")


@pytest.mark.clause("police-7.2.6-both", "police-7.2.6-exception")
def test_each_limb_needs_its_conditions(cast: Cast, footage: Footage) -> None:
    for said, clause in (
        ({"asked_by_subject": "本人"}, "police-7.2.6-both"),
        ({"departed": "居宅内"}, "police-7.2.6-both"),
        ({"limb": "special"}, "police-7.2.6-exception"),
        ({"limb": "other", "circumstances": "容量不足"}, "police-7.2.6-exception"),
    ):
        with pytest.raises(Refusal) as refused:
            asked(cast, footage, **said)
        assert refused.value.clause == clause
    assert not ErasureCase.objects.exists()
    assert asked(cast, footage, limb="special", circumstances="特別な事情").state == "asked"


@pytest.mark.clause("police-7.2.6-exception", "police-3.1.2")
def test_only_the_general_manager_decides(cast: Cast, footage: Footage) -> None:
    case = asked(cast, footage, "takahashi", limb="special", circumstances="特別な事情")
    for login in set(cast.people) - {"watanabe"}:
        with pytest.raises(Refusal) as refused:
            carry_out(case, cast.people[login], by=cast.as_actor(login))
        assert refused.value.clauses
        with pytest.raises(Refusal):
            decline_erasure(case, cast.people[login], by=cast.as_actor(login))
    assert not Erasure.objects.exists()
    decline_erasure(case, cast.people["watanabe"], by=cast.as_actor("watanabe"))
    with pytest.raises(Conflict):
        carry_out(case, cast.people["watanabe"], by=cast.as_actor("watanabe"))
    footage.refresh_from_db()
    assert (case.state, footage.state) == ("declined", "held")


def test_who_may_ask(cast: Cast, footage: Footage) -> None:
    for login in ("tanaka", "ito", "sato", "yamada", "watanabe"):
        with pytest.raises(Refusal):
            asked(cast, footage, login, limb="special", circumstances="特別な事情")
