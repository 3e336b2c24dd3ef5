"""All five organisations of a rehearsal are at work, each under its own rules."""

from __future__ import annotations

from pathlib import Path

from hokanko.people.owed import unread_people
from hokanko.people.standing import vacancies
from hokanko.rehearsal.cast import Cast
from hokanko.rehearsal.neighbours import settle_neighbours, tell
from hokanko.rules.decide import adoption
from tests.fixtures import PASSWORD


def test_each_takes_in_under_an_enacted_edition(cast: Cast, tmp_path: Path) -> None:
    del cast
    settled = settle_neighbours(PASSWORD)
    said: list[str] = []
    footage = tell(settled, tmp_path, said.append)
    books = {here.org.pk: adoption(here.org.pk) for here in settled if here.camera}
    assert {row.book for row in books.values() if row} == {"ward", "pref", "home", "shop"}
    assert all(row and row.signed_at for row in books.values())
    assert [piece.org_id for piece in footage] == ["AOBA", "KOMINKAN", "KATEI", "MIDORI"]
    assert [(piece.last_day - piece.created.date()).days >= 13 for piece in footage] == [True] * 4
    assert len(said) == 4
    for here in settled:
        assert vacancies(here.org) == []
    shop = next(here for here in settled if here.plan.code == "MIDORI")
    assert shop.org.parent_id == "HONSHA"
    assert {one.login for one in unread_people(shop.org)} == {"oka", "tsuji"}
