"""What lies outside the time asked for leaves for a written reason only, a still as a film."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from hokanko import clock
from hokanko.errors import Refusal
from hokanko.footage.models import Footage
from hokanko.home import Home
from hokanko.ledger import read
from hokanko.provision.actions import enter
from hokanko.provision.columns import row
from hokanko.provision.extent import WHOLE, Extent
from hokanko.provision.form import MEDIUM, SHOW, STILL
from hokanko.provision.models import Provision
from hokanko.provision.queries import thing
from tests.clauses.founded import Founded
from tests.clauses.offices import street
from tests.provision.films import FIVE, TEN, filmed
from tests.provision.outside import STATED, house, judge, shop, taken_down
from tests.provision.outside import ward as office
from tests.provision.test_shop import EXCLUSIONS

BOOKS: dict[str, tuple[Callable[[], Founded], str, str, dict[str, str], str | None]] = {
    "shop": (shop, "midori", "②", EXCLUSIONS["②"], "shop-intro-minimum"),
    "ward": (office, "mori", "イ", STATED["inquiry"], "ward-6.1-minimum"),
    "pref": (street, "kishi", "②", STATED["inquiry"], "pref-img-copy"),
    "home": (house, "kumagai", "イ", STATED["inquiry"], None),
}
WHY = "立ち去るところを見る必要があるため"
FROM, UNTIL = 300_000, 600_000  # 10:00 and 10:05, in a film that begins at 9:55


def granted(here: Founded, login: str, book: str, *wants: str) -> Provision:
    """Ten o'clock to five past, granted under this book."""
    _found, _login, ground, stated, _clause = BOOKS[book]
    purposes = ["盗難防止"] if book == "shop" else ["防犯"]
    asked = {"happened_from": TEN, "happened_until": TEN + FIVE, "purposes": purposes}
    provision = taken_down(here, login, wants=list(wants), **asked)
    judge(here, "mori" if login == "kishi" else login, provision, ground, stated)
    return provision


def entered(
    here: Founded,
    login: str,
    provision: Provision,
    piece: Footage,
    *stills: int,
    extent: Extent = WHOLE,
) -> None:
    """The piece is chosen, with these stills."""
    enter(provision, here.people[login], [(piece, stills)], extent=extent, by=here.by(login))


def refusal(
    here: Founded,
    login: str,
    provision: Provision,
    piece: Footage,
    *stills: int,
    extent: Extent = WHOLE,
) -> str | None:
    """The clause with which the choice is refused."""
    with pytest.raises(Refusal, match="求められた時間の外") as no:
        entered(here, login, provision, piece, *stills, extent=extent)
    provision.refresh_from_db()
    assert (provision.state, provision.files.count()) == ("approved", 0)
    return no.value.clause


@pytest.mark.clause("ward-6.1-minimum")
@pytest.mark.parametrize("book", sorted(BOOKS))
def test_a_still_outside_the_time_asked_for_wants_a_reason(
    fresh_home: Home, db: None, content: bytes, book: str
) -> None:
    del fresh_home, db
    found, login, _ground, _stated, clause = BOOKS[book]
    here = found()
    piece, provision = filmed(here, login, content), granted(here, login, book, STILL)
    for stills in ([840_000], [FROM - 1], [UNTIL + 1], [FROM, 840_000]):
        assert refusal(here, login, provision, piece, *stills) == clause, stills
    blank = Extent(breadth="　")
    assert refusal(here, login, provision, piece, 840_000, extent=blank) == clause
    entered(here, login, provision, piece, FROM, UNTIL)
    assert "breadth" not in provision.details
    wider = granted(here, login, book, STILL)
    entered(here, login, wider, piece, 840_000, extent=Extent(breadth=WHY))
    assert (wider.state, wider.details["breadth"]) == ("entered", WHY)
    told = [act for act in read.about(thing(wider).name) if act.kind == "provision.entered"]
    assert len(told) == 1
    wider.handed_at = clock.now()
    beside, within = row(wider), row(provision)
    assert any("午前10時9分の撮影" in text for text in beside.values()), beside
    assert not any("の撮影）" in text for text in within.values())


def test_a_clip_of_the_time_does_not_carry_a_still_of_another(
    ward: Founded, content: bytes
) -> None:
    piece = filmed(ward, "mori", content)
    provision = granted(ward, "mori", "ward", STILL, MEDIUM)
    cut = Extent(clip=True, reason="照会のあった5分に限って渡すため")
    assert refusal(ward, "mori", provision, piece, 840_000, extent=cut) == "ward-6.1-minimum"
    entered(ward, "mori", provision, piece, 400_000, extent=cut)


def test_stills_that_were_proposed_with_the_request_are_weighed_too(
    ward: Founded, content: bytes
) -> None:
    piece, provision = filmed(ward, "mori", content), granted(ward, "mori", "ward", STILL)
    row = provision.files.create(footage=piece, stills_ms=[840_000])
    with pytest.raises(Refusal) as no:
        enter(provision, ward.people["mori"], by=ward.by("mori"))
    assert no.value.clause == "ward-6.1-minimum"
    row.stills_ms = [FROM]
    row.save()
    enter(provision, ward.people["mori"], by=ward.by("mori"))
    assert provision.state == "entered"


def test_showing_what_has_nothing_of_the_time_wants_a_reason(ward: Founded, content: bytes) -> None:
    piece, provision = filmed(ward, "mori", content), granted(ward, "mori", "ward", SHOW)
    piece.captured = TEN - timedelta(hours=3)
    piece.save()
    assert refusal(ward, "mori", provision, piece) == "ward-6.1-minimum"
    entered(ward, "mori", provision, piece, extent=Extent(breadth=WHY))
    assert provision.state == "entered"


def test_the_page_of_a_shop_refuses_it_and_keeps_what_was_typed(
    client: Client, fresh_home: Home, db: None, content: bytes
) -> None:
    del fresh_home, db
    here = shop()
    piece, provision = filmed(here, "midori", content), granted(here, "midori", "shop", STILL)
    client.force_login(here.people["midori"])
    url = f"/provision/{provision.number}/"
    assert "求められた時間の外の画像のときに書きます" in client.get(url).content.decode()
    told = {f"pick-{piece.pk}": "on", f"at-{piece.pk}": "14:00", "breadth": ""}
    refused = client.post(f"{url}enter/", told)
    page = refused.content.decode()
    assert (refused.status_code, "[shop-intro-minimum]" in page) == (403, True)
    assert 'value="14:00"' in page
    assert client.post(f"{url}enter/", told | {"breadth": WHY}).status_code == 302
    assert WHY in client.get(url).content.decode()
