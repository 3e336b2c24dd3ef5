"""The set-up wizard: two answers, the rulebooks they call for with the article, and founding."""

from __future__ import annotations

import json
from contextlib import suppress
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from hokanko.editions.document import document
from hokanko.home import Home
from hokanko.ledger.models import Entry
from hokanko.management.commands.org import Command
from hokanko.people.queries import organisation
from hokanko.rehearsal.cast import Cast
from hokanko.rules import book as books
from hokanko.rules.decide import adoption
from hokanko.rules.scope import OPERATOR, VENUE, offers
from hokanko.rules.text import markdown
from tests.web.visitors import browser


def offered(operator: str, venue: str) -> list[str]:
    return [offer.book.code for offer in offers(operator, venue) if offer.applies]


def org(*words: str) -> dict[str, Any]:
    """What `hokanko org` says, as JSON."""
    out = StringIO()
    with suppress(SystemExit):
        call_command(Command(), "--json", *words, stdout=out, stderr=StringIO())
    said: dict[str, Any] = json.loads(out.getvalue())
    return said


@pytest.mark.clause("pref-scope-who")
@pytest.mark.parametrize(
    ("operator", "venue", "codes"),
    [
        ("individual", "shopping-street", ["pref"]),
        ("business", "bank", ["pref"]),
        ("group", "park", ["pref"]),
        ("individual", "own-premises", ["home"]),
        ("business", "shop", ["shop", "pref"]),
        ("municipality", "street", ["ward", "pref"]),
        ("police", "duty", ["police"]),
        ("police", "shop", []),
    ],
)
def test_the_answers_decide_which_rulebook_applies(
    operator: str, venue: str, codes: list[str]
) -> None:
    assert offered(operator, venue) == codes


@pytest.mark.parametrize("code", books.codes())
def test_every_rulebook_says_by_its_own_clauses_whom_it_is_for(code: str) -> None:
    book = books.load(code)
    for name in (OPERATOR, VENUE):
        row = book.parameter(name)
        assert row.choices
        assert all(book.clause(clause).article for clause in row.clauses)
        assert row.clauses


@pytest.mark.clause("pref-scope-who")
def test_the_page_offers_the_guideline_with_its_article_and_founds_under_it(cast: Cast) -> None:
    client = browser(cast, "kanri")
    asked = client.get("/setup/").content.decode()
    assert "商店街" in asked
    assert "当てはまる規程</h2>" not in asked
    answers = "operator=individual&venue=shopping-street"
    page = client.get(f"/setup/?{answers}").content.decode()
    chosen, others = page.split("<details")
    assert "pref-scope-who" in chosen
    assert f"/setup/pref/?{answers.replace('&', '&amp;')}" in chosen
    assert "/setup/home/" not in page
    assert "当てはまらない" in others.partition("</summary>")[2]
    form = {"name": "若桜通りの会", "code": "WAKASA", "kind": "group"}
    made = client.post(f"/setup/pref/?{answers}", form)
    assert (made.status_code, made["Location"]) == (302, "/editions/at/WAKASA/draft/")
    now = adoption("WAKASA")
    assert now is not None
    assert now.values == {OPERATOR: "individual", VENUE: "shopping-street"}
    line = Entry.objects.filter(kind="rulebook.adopted", org="WAKASA").get()
    assert b'"scope.venue":"shopping-street"' in bytes(line.body)
    printed = markdown(books.load("pref"), now.values)
    assert "（区分：個人）である。設置場所の区分は、商店街である。" in printed
    assert ("設置場所の区分", "商店街") in document(organisation("WAKASA")).colophon


def test_a_code_taken_or_misspelt_is_told_on_the_form(cast: Cast) -> None:
    client, address = browser(cast, "kanri"), "/setup/home/?operator=individual&venue=own-premises"
    taken = client.post(address, {"name": "井上家", "code": "CHUO", "kind": "household"})
    assert (taken.status_code, "もう使われています" in taken.content.decode()) == (409, True)
    odd = client.post(address, {"name": "井上家", "code": "a/b", "kind": "household"})
    assert "半角の大文字" in odd.content.decode()
    wrong = client.post(
        "/setup/home/?operator=business&venue=shop",
        {"name": "店", "code": "MISE", "kind": "household"},
    )
    assert (wrong.status_code, adoption("MISE")) == (409, None)


def test_a_headquarters_is_offered_above_a_station_only(cast: Cast) -> None:
    client = browser(cast, "kanri")
    police = client.get("/setup/police/?operator=police&venue=duty").content.decode()
    assert "県警察本部地域部（HONBU）" in police
    assert "中央警察署（CHUO）" not in police
    home = client.get("/setup/home/?operator=individual&venue=own-premises").content.decode()
    assert "HONBU" not in home


@pytest.mark.parametrize("login", ["suzuki", "tanaka", "yamada", "ito"])
def test_only_the_technical_administrator_sets_up(cast: Cast, login: str) -> None:
    client = browser(cast, login)
    assert client.get("/setup/").status_code == 403
    assert client.post("/setup/home/?operator=individual&venue=own-premises").status_code == 403
    assert 'href="/setup/"' not in client.get("/").content.decode()
    assert 'href="/setup/"' in browser(cast, "kanri").get("/").content.decode()


def test_the_command_suggests_and_founds_by_the_same_answers(cast: Cast, fresh_home: Home) -> None:
    del cast, fresh_home
    assert "individual" in org("suggest")["operator"]
    found = org("suggest", "--operator", "individual", "--venue", "shopping-street")
    assert [each["rulebook"] for each in found["offered"]] == ["pref"]
    assert found["offered"][0]["reasons"][0]["clauses"] == ["pref-scope-who"]
    assert len(found["others"]) == 4
    told = ["--operator", "individual", "--venue", "own-premises", "--name", "井上家"]
    assert org("add", *told, "--code", "IE")["rulebook"] == "home"
    two = org("add", "--operator", "business", "--venue", "shop", "--name", "店", "--code", "MISE")
    assert "shop、pref" in two["error"]["ja"]
    none = org("add", "--name", "店", "--code", "MISE")
    assert "--rulebook" in none["error"]["ja"]
    odd = org("suggest", "--operator", "alien", "--venue", "shop")
    assert "business" in odd["error"]["ja"]


def test_the_picklist_of_places_has_the_eight_of_the_guideline_with_their_words() -> None:
    book = books.load("pref")
    eight = book.parameter("place.types").value
    assert isinstance(eight, tuple)
    assert len(eight) == 8
    assert set(eight) <= {ja for ja, _ in book.parameter(VENUE).choices.values()}


def test_the_draft_knows_the_name_and_says_when_nobody_can_sign_it(cast: Cast) -> None:
    client = browser(cast, "kanri")
    answers = "operator=group&venue=shopping-street"
    form = {"name": "駅前商店街振興組合", "code": "SHOTEN", "kind": "group"}
    page = client.post(f"/setup/pref/?{answers}", form, follow=True).content.decode()
    assert 'name="org.name" value="駅前商店街振興組合"' in page
    assert ">pref</a>" not in page  # rulebooks are called by their titles
    made = client.post(
        "/editions/at/SHOTEN/draft/", {"org.name": "駅前商店街振興組合"}, follow=True
    )
    assert "その役職の人が、まだいません" in made.content.decode()
    who = {"login": "ogawa", "name": "小川 健", "post": "設置者", "password": "hokanko-demo-2026"}
    client.post("/people/at/SHOTEN/register/", who)
    again = client.get(made.redirect_chain[-1][0]).content.decode()
    assert "その役職の人が、まだいません" not in again
