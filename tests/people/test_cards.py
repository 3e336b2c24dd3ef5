"""Cards of a whole unit on one sheet, and a card that is revoked."""

from __future__ import annotations

import pytest

from hokanko.errors import Conflict, Refusal
from hokanko.ledger import read
from hokanko.people.actions import issue_card, revoke_card
from hokanko.people.models import Card
from hokanko.people.queries import card_holder
from hokanko.rehearsal.cast import Cast
from tests.web.visitors import browser


def test_a_revoked_card_names_nobody(cast: Cast) -> None:
    sato, manager = cast.people["sato"], cast.as_actor("suzuki")
    card = issue_card(sato, by=manager)
    with pytest.raises(Conflict):
        revoke_card(sato, reason=" ", by=manager)
    with pytest.raises(Refusal) as refused:
        revoke_card(sato, reason="紛失", by=cast.as_actor("tanaka"))
    assert refused.value.clause == "police-5.2.1"
    assert card_holder(card.code) == sato
    revoke_card(sato, reason="紛失", by=manager)
    assert card_holder(card.code) is None
    line = read.about(f"person:{sato.pk}")[-1]
    assert (line.kind, line.private["reason"]) == ("card.revoked", "紛失")
    with pytest.raises(Conflict):
        revoke_card(sato, reason="もう一度", by=manager)


def test_the_cards_of_a_unit_print_on_one_sheet(cast: Cast) -> None:
    manager = browser(cast, "suzuki")
    assert manager.get("/people/at/CHUO/cards.pdf").status_code == 404
    for login in ("sato", "ito"):
        issue_card(cast.people[login], by=cast.as_actor("suzuki"))
    assert "/people/at/CHUO/cards.pdf" in manager.get("/people/").content.decode()
    answer = manager.get("/people/at/CHUO/cards.pdf")
    assert answer.content.startswith(b"%PDF-")
    for login in ("tanaka", "yamada"):
        assert browser(cast, login).get("/people/at/CHUO/cards.pdf").status_code == 403


def test_a_card_is_revoked_on_the_page(cast: Cast) -> None:
    manager, sato = browser(cast, "suzuki"), cast.people["sato"]
    issue_card(sato, by=cast.as_actor("suzuki"))
    assert "カードを無効にする" in manager.get(f"/people/{sato.pk}/").content.decode()
    said = {"reason": "紛失"}
    assert browser(cast, "tanaka").post(f"/people/{sato.pk}/card/revoke/", said).status_code == 403
    assert manager.post(f"/people/{sato.pk}/card/revoke/", said).status_code == 302
    assert not Card.objects.filter(revoked_at=None).exists()
