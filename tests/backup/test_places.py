"""Where copies may lie: the enacted storage places, where a document limits them."""

from __future__ import annotations

from pathlib import Path

import pytest

from hokanko.backup import copies
from hokanko.backup.actions import declare_place, withdraw_place
from hokanko.backup.places import listed, require_listed
from hokanko.errors import Conflict, Refusal
from hokanko.home import Home
from hokanko.ledger import read
from hokanko.people.readying import swear
from hokanko.rules import book as books
from tests.audit.desk import BLANKS, settled
from tests.clauses.founded import Founded, found

SECOND = "役場3階サーバ室"


@pytest.fixture
def limited(request: pytest.FixtureRequest, fresh_home: Home, db: None) -> Founded:
    """An organisation under a document that limits places, with its 設置者 and 管理責任者."""
    del fresh_home, db
    code = request.param
    first = BLANKS[code]["storage.places"]
    here = found("HERE", "ここ", code, {**BLANKS[code], "storage.places": f"{first}、{SECOND}"})
    here.register("kanri", "owner", "持主", "設置者")
    here.register("owner", "boss", "責任者", "管理責任者")
    swear(here.people["boss"], by=here.by("owner"))
    return here


both = pytest.mark.parametrize(
    "limited",
    [
        pytest.param("ward", marks=pytest.mark.clause("ward-5.1-transfer")),
        pytest.param("pref", marks=pytest.mark.clause("pref-img-transfer")),
    ],
    indirect=True,
)


@both
def test_a_backup_to_an_unlisted_place_is_refused_with_the_article(
    limited: Founded, tmp_path: Path
) -> None:
    folder, kanri, boss = tmp_path / "nas", limited.by("kanri"), limited.by("boss")
    with pytest.raises(Refusal) as no:
        copies.make(folder, by=kanri)
    assert no.value.clause in {"ward-5.1-transfer", "pref-img-transfer"}
    assert not folder.exists()  # not a byte has left

    with pytest.raises(Refusal) as no:
        declare_place(limited.org, "東京のクラウド", folder, by=boss)
    assert no.value.clause in {"ward-5.1-transfer", "pref-img-transfer"}

    row = declare_place(limited.org, SECOND, folder, by=boss)
    assert read.about(f"org:{limited.org.pk}")[-1].facts == {"place": SECOND, "where": str(folder)}
    assert [each.place for each in listed(limited.org)][1:] == [SECOND]
    require_listed(folder / "weekly", by=kanri)

    withdraw_place(row, by=boss)
    with pytest.raises(Refusal):
        copies.make(folder / "weekly", by=kanri)


@pytest.mark.parametrize("limited", ["ward"], indirect=True)
def test_the_home_itself_is_listed_by_the_adoption(limited: Founded, fresh_home: Home) -> None:
    (own,) = listed(limited.org)
    assert (own.place, own.where) == (BLANKS["ward"]["storage.places"], str(fresh_home.path))


@pytest.mark.parametrize("limited", ["ward"], indirect=True)
def test_a_link_out_of_a_listed_place_is_followed(limited: Founded, tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (inside / "link").symlink_to(outside)
    declare_place(limited.org, SECOND, inside, by=limited.by("boss"))
    with pytest.raises(Refusal):
        require_listed(inside / "link", by=limited.by("kanri"))
    require_listed(inside / "real", by=limited.by("kanri"))


@pytest.mark.parametrize("limited", ["ward"], indirect=True)
def test_what_cannot_be_declared(limited: Founded, tmp_path: Path) -> None:
    boss = limited.by("boss")
    with pytest.raises(Conflict):
        declare_place(limited.org, SECOND, Path("nas"), by=boss)
    row = declare_place(limited.org, SECOND, tmp_path, by=boss)
    with pytest.raises(Conflict):
        declare_place(limited.org, SECOND, tmp_path, by=boss)
    withdraw_place(row, by=boss)
    with pytest.raises(Conflict):
        withdraw_place(row, by=boss)


@pytest.mark.parametrize("code", ["home", "shop", "police"])
@pytest.mark.usefixtures("fresh_home", "db")
def test_where_no_document_limits_places_nothing_is_asked(code: str, tmp_path: Path) -> None:
    here = settled(code)
    require_listed(tmp_path / "copy", by=here.by("kanri"))


def test_the_books_that_limit_them_say_so() -> None:
    limiting = [
        code
        for code in books.codes()
        if (row := books.load(code).parameter("storage.external_transfer")).clauses
        and row.value == "forbidden"
    ]
    assert limiting == ["pref", "ward"]
