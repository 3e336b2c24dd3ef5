"""Exceptional erasure: the two limbs of the proviso, and the one post that decides."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hokanko import clock
from hokanko.errors import Conflict, Refusal
from hokanko.footage.models import Footage
from hokanko.formats import certificate as paper
from hokanko.ledger import read
from hokanko.ledger.models import Entry
from hokanko.people.appointing import appoint
from hokanko.rehearsal.cast import Cast
from hokanko.retention.asking import Request
from hokanko.retention.early import ask_erasure, decline_erasure, second_erasure
from hokanko.retention.erase import carry_out
from hokanko.retention.models import Erasure, ErasureCase
from hokanko.retention.texts import Said, said
from hokanko.vault.store import shelf
from tests.fixtures import take_in

STATED = {
    "departed": "居宅内の撮影",
    "asked_by_subject": "写っている本人が窓口で削除を求めた",
    "identified": "運転免許証",
    "needs": "受付簿と依頼書に、残す理由はない",
}
DEPARTED = {"departs": "police-6.2-a", "begun": "", "ended": "", "on": ""} | STATED
SPECIAL = {"circumstances": "特別な事情", "needs": "ない"}


def asked(
    cast: Cast, footage: Footage, limb: str, login: str = "suzuki", **told: str
) -> ErasureCase:
    """A request; `begun`, `ended` and `on` are of the footage where they are told at all."""
    length = timedelta(milliseconds=footage.duration_ms or 1000)
    begun = footage.captured or footage.created
    request = Request(
        departs=told.pop("departs", ""),
        begun=begun if "begun" in told else None,
        ended=begun + length if "ended" in told else None,
        subject_asked_on=clock.today() if "on" in told else None,
        said=Said(**{name: told[name] for name in told if name not in {"begun", "ended", "on"}}),
    )
    person, by = cast.people[login], cast.as_actor(login)
    return ask_erasure(footage, limb=limb, request=request, asker=person, by=by)


def seconded(cast: Cast, case: ErasureCase, login: str = "takahashi") -> ErasureCase:
    """The same, checked by a colleague."""
    second_erasure(case, "勤務表と受付簿を見た", cast.people[login], by=cast.as_actor(login))
    return case


def granted(
    cast: Cast,
    case: ErasureCase,
    login: str = "watanabe",
    *,
    confirmed: bool = True,
    reason: str = "両方を認める",
) -> Erasure:
    """What the decider does."""
    by = cast.as_actor(login)
    return carry_out(case, cast.people[login], confirmed=confirmed, reason=reason, by=by)


@pytest.mark.clause("police-7.2.6-exception", "police-7.2.6-both", "police-3.1.1")
def test_with_both_conditions_it_is_granted(cast: Cast, footage: Footage) -> None:
    other = take_in(cast, b"another film" * 100, name="B.MP4")
    erasure = granted(cast, seconded(cast, asked(cast, footage, "departed", **DEPARTED)))
    for piece in (footage, other):
        piece.refresh_from_db()
    assert (footage.state, other.state, erasure.stage) == ("erased", "held", "certified")
    assert len(list(shelf().names())) == 1
    assert all(check.ok for check in paper.verify(erasure.certificate))
    stated = paper.read(erasure.certificate)
    assert (stated.kind, stated.decided_by) == ("exceptional", "渡辺 総一")
    assert read.about(f"footage:{footage.pk}")[-1].clause == "police-7.2.6-exception"
    with pytest.raises(Refusal):
        asked(cast, footage, "departed", **DEPARTED)


@pytest.mark.clause("police-7.2.6-both")
@pytest.mark.parametrize(
    ("missing", "word"),
    [
        ("departs", "区間"),
        ("begun", "区間"),
        ("ended", "区間"),
        ("departed", "撮影の内容"),
        ("asked_by_subject", "要請"),
        ("on", "いつ"),
        ("identified", "どう確かめたか"),
    ],
)
def test_the_first_limb_names_the_condition_that_fails(
    cast: Cast, footage: Footage, missing: str, word: str
) -> None:
    told = {name: text for name, text in DEPARTED.items() if name != missing}
    with pytest.raises(Refusal, match=word) as refused:
        asked(cast, footage, "departed", **told)
    assert refused.value.clause == "police-7.2.6-both"
    assert not ErasureCase.objects.exists()


@pytest.mark.clause("police-7.2.6-exception")
def test_the_second_limb_and_no_third(cast: Cast, footage: Footage) -> None:
    for limb in ("special", "other"):
        with pytest.raises(Refusal) as refused:
            asked(cast, footage, limb, needs="ない")
        assert refused.value.clause == "police-7.2.6-exception"
    with pytest.raises(Refusal, match="残しておく必要") as refused:
        asked(cast, footage, "special", circumstances="特別な事情")
    assert refused.value.clause is None
    assert asked(cast, footage, "special", **SPECIAL).state == "asked"


def test_a_stretch_lies_within_the_footage_and_the_request_after_it(
    cast: Cast, footage: Footage
) -> None:
    begun = footage.captured or footage.created
    by, person = cast.as_actor("suzuki"), cast.people["suzuki"]
    for begins, ends, on in (
        (begun, begun - timedelta(seconds=5), clock.today()),
        (begun - timedelta(hours=1), begun, clock.today()),
        (begun, begun + timedelta(milliseconds=500), clock.today() + timedelta(days=1)),
        (begun, begun + timedelta(milliseconds=500), clock.day_of(begun) - timedelta(days=1)),
    ):
        request = Request("police-6.1", begins, ends, on, Said(**STATED))
        with pytest.raises(Conflict):
            ask_erasure(footage, limb="departed", request=request, asker=person, by=by)
    assert not ErasureCase.objects.exists()


def test_somebody_else_checks_it_before_it_is_granted(cast: Cast, footage: Footage) -> None:
    case = asked(cast, footage, "special", **SPECIAL)
    with pytest.raises(Refusal, match="まだ確かめていません"):
        granted(cast, case)
    for login in ("suzuki", "watanabe", "sato", "ito", "yamada"):  # the first is who asked
        with pytest.raises(Refusal):
            seconded(cast, case, login)
    seconded(cast, case, "tanaka")
    with pytest.raises(Conflict):
        seconded(cast, case)
    assert granted(cast, case).stage == "certified"
    assert read.acts(Entry.objects.filter(kind="erasure.seconded"))[0].private["text"]


@pytest.mark.clause("police-7.2.6-both", "police-7.2.6-exception")
def test_the_decider_finds_what_the_limb_asks_for_and_says_why(
    cast: Cast, footage: Footage
) -> None:
    for limb, told, clause in (
        ("departed", DEPARTED, "police-7.2.6-both"),
        ("special", SPECIAL, "police-7.2.6-exception"),
    ):
        case = seconded(cast, asked(cast, footage, limb, **told))
        with pytest.raises(Refusal) as refused:
            granted(cast, case, confirmed=False)
        assert refused.value.clause == clause
        with pytest.raises(Refusal, match="理由"):
            granted(cast, case, reason=" ")
    assert not Erasure.objects.exists()


@pytest.mark.clause("police-7.2.6-exception", "police-3.1.2")
def test_only_the_general_manager_decides(cast: Cast, footage: Footage) -> None:
    case = seconded(cast, asked(cast, footage, "special", "takahashi", **SPECIAL), "suzuki")
    for login in set(cast.people) - {"watanabe"}:
        by = cast.as_actor(login)
        with pytest.raises(Refusal) as refused:
            granted(cast, case, login)
        assert refused.value.clauses
        with pytest.raises(Refusal):
            decline_erasure(case, cast.people[login], reason="認めない", by=by)
    assert not Erasure.objects.exists()
    by = cast.as_actor("watanabe")
    with pytest.raises(Refusal, match="理由"):
        decline_erasure(case, cast.people["watanabe"], reason="", by=by)
    decline_erasure(case, cast.people["watanabe"], reason="事情に当たらない", by=by)
    with pytest.raises(Conflict):
        granted(cast, case)
    footage.refresh_from_db()
    assert (case.state, footage.state) == ("declined", "held")


def test_who_decides_has_neither_asked_nor_checked(cast: Cast, footage: Footage) -> None:
    case = seconded(cast, asked(cast, footage, "special", **SPECIAL))
    appoint(cast.people["takahashi"], cast.hq, "総括運用管理者", by=cast.as_actor("kanri"))
    with pytest.raises(Refusal, match="確かめた者"):
        granted(cast, case, "takahashi")


def test_who_may_ask(cast: Cast, footage: Footage) -> None:
    for login in ("tanaka", "ito", "sato", "yamada", "watanabe"):
        with pytest.raises(Refusal):
            asked(cast, footage, "special", login, **SPECIAL)


def test_what_it_says_of_persons_lies_sealed(cast: Cast, footage: Footage) -> None:
    case = seconded(cast, asked(cast, footage, "departed", **DEPARTED))
    case.refresh_from_db()
    for sealed in (case.said, case.second):
        assert "窓口".encode() not in bytes(sealed)
        assert "受付簿".encode() not in bytes(sealed)
    assert said(case).asked_by_subject == STATED["asked_by_subject"]
    lines = b"".join(bytes(line.body) for line in Entry.objects.filter(kind__startswith="erasure"))
    assert "窓口".encode() not in lines
