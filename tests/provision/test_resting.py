"""A grant on consent holds for the very pieces chosen: who speaks of them, and who refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hokanko.errors import Refusal
from hokanko.footage.models import Footage
from hokanko.home import Home
from hokanko.provision.consenting import Said, record_consent
from hokanko.provision.extent import Extent
from hokanko.provision.models import Provision
from tests.clauses.founded import Founded
from tests.fixtures import NOON
from tests.footage.test_consents import agreed, asked
from tests.provision.outside import DAY, choose, judge
from tests.provision.outside import shop as found_shop

FILM_MS = 20 * 60_000


@pytest.fixture
def shop(fresh_home: Home, db: None) -> Founded:
    """みどり書店, with its manager midori."""
    del fresh_home, db
    return found_shop()


@pytest.fixture
def film(shop: Founded) -> Footage:
    """Twenty minutes from noon on."""
    footage = shop.take_in("midori")
    footage.captured, footage.duration_ms = NOON, FILM_MS
    footage.save()
    return footage


def granted(shop: Founded, film: Footage, begun: int, ended: int) -> Provision:
    """Granted on 山本's consent to that film, for so many minutes after noon."""
    minute = timedelta(minutes=1)
    span = {"happened_from": NOON + begun * minute, "happened_until": NOON + ended * minute}
    provision = asked(shop, agreed(shop, "midori", film), **span)
    judge(shop, "midori", provision, "同意", {})
    return provision


def refused_before(shop: Founded, film: Footage) -> None:
    """山本 has refused the same firm the first five minutes."""
    minute = timedelta(minutes=1)
    span = {"happened_from": NOON, "happened_until": NOON + 5 * minute}
    provision = asked(shop, agreed(shop, "midori", film), **span)
    said = Said("山本 健", given=False, on=DAY)
    record_consent(provision, said, shop.people["midori"], by=shop.by("midori"))


@pytest.mark.clause("shop-mgmt-6-refuse")
def test_what_was_refused_does_not_leave_by_asking_for_another_time(
    shop: Founded, film: Footage
) -> None:
    refused_before(shop, film)
    day_before = granted(shop, film, -24 * 60, -24 * 60 + 5)
    with pytest.raises(Refusal) as no:
        choose(shop, "midori", day_before, film)
    assert no.value.clause == "shop-mgmt-6-refuse"
    beside = granted(shop, film, 10, 15)
    with pytest.raises(Refusal) as no:
        choose(shop, "midori", beside, film)  # the whole of it
    assert no.value.clause == "shop-mgmt-6-refuse"
    choose(shop, "midori", beside, film, extent=Extent(clip=True, reason="求められた部分に限る"))
    assert beside.state == "entered"


@pytest.mark.clause("shop-mgmt-6")
def test_a_consent_to_one_piece_counts_for_no_other(shop: Founded, film: Footage) -> None:
    other = shop.take_in("midori", b"another")
    both = agreed(shop, "midori", other)
    hers = agreed(shop, "midori", film, person="林 花")
    on_film = agreed(shop, "midori", film)
    provision = asked(shop, both, hers)
    judge(shop, "midori", provision, "同意", {}, shown=2)  # type: ignore[arg-type]
    with pytest.raises(Refusal) as no:
        choose(shop, "midori", provision, film)
    assert "この映像" in no.value.ja
    whole = asked(shop, hers, on_film)
    judge(shop, "midori", whole, "同意", {}, shown=2)  # type: ignore[arg-type]
    choose(shop, "midori", whole, film)
    assert whole.state == "entered"
