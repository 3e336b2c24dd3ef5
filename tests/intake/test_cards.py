"""Which card was filmed: a valid one names the wearer, any other is flagged; nothing is lost."""

from __future__ import annotations

from dataclasses import replace

from hokanko.footage.models import Footage
from hokanko.intake.facts import judge
from hokanko.media.probe import Probe
from hokanko.people.actions import issue_card, revoke_card
from hokanko.rehearsal.cast import Cast

FILMED = Probe("MOV_0001.MP4", 1)


def test_a_valid_card_names_the_wearer(cast: Cast, footage: Footage) -> None:
    card = issue_card(cast.people["sato"], by=cast.as_actor("suzuki"))
    seen = judge(footage, replace(FILMED, codes=(card.code,)))
    assert seen.wearer == cast.people["sato"]
    assert not {"unknown-card", "no-wearer"} & set(seen.flags)


def test_a_revoked_card_is_flagged(cast: Cast, footage: Footage) -> None:
    card = issue_card(cast.people["sato"], by=cast.as_actor("suzuki"))
    revoke_card(cast.people["sato"], reason="紛失", by=cast.as_actor("suzuki"))
    seen = judge(footage, replace(FILMED, codes=(card.code,)))
    assert (seen.wearer, "unknown-card" in seen.flags) == (None, True)


def test_an_unknown_card_and_none_at_all_are_flagged(cast: Cast, footage: Footage) -> None:
    unknown = judge(footage, replace(FILMED, codes=("HK1-0000000000000000",)))
    assert (unknown.wearer, "unknown-card" in unknown.flags) == (None, True)
    none = judge(footage, FILMED)
    assert (none.wearer, "no-wearer" in none.flags) == (None, True)
    assert Footage.objects.get(pk=footage.pk).state == "held"
