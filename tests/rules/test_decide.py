"""The one door: what it allows, how it refuses, and that it never fails open."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hokanko.editions.actions import draft, sign
from hokanko.errors import Missing, Refusal
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing
from hokanko.intake.actions import begin
from hokanko.intake.sources import Source
from hokanko.people.queries import thing_of_org
from hokanko.rehearsal.cast import Cast
from hokanko.retention.early import erase_by_hand
from hokanko.rules import book as books
from hokanko.rules import policy
from hokanko.rules.actor import Actor, Thing, machine
from hokanko.rules.decide import adopted_book, adoption, may, parameter, require
from hokanko.rules.models import Adoption
from hokanko.rules.reading import reading
from hokanko.rules.verbs import VERBS
from tests.rules.matrix import question

CLERK = Actor("p1", "田中", "CHUO", frozenset({("CHUO", "運用担当者")}))
UNIT = Thing("Org", "CHUO", "CHUO", "HONBU")


def test_a_permit_names_the_clause_it_rests_on(cast: Cast) -> None:
    permit = require(cast.as_actor("tanaka"), "intake.file", thing_of_org(cast.station))
    assert (permit.clause, permit.article) == ("police-7.1.1-output", "第7 1(1)")


def test_a_refusal_says_what_why_and_who_may_in_both_languages(
    cast: Cast, footage: Footage
) -> None:
    told: dict[str, object] = {"limb": "", "granting": True, "own": False, "seconded": True}
    told |= {"confirmed": True, "reason_missing": False}
    with pytest.raises(Refusal) as refused:
        require(cast.as_actor("sato"), "erasure.decide", thing(footage), **told)
    said = refused.value
    assert said.clause == "police-7.2.6-exception"
    assert said.article == "第7 2(6)ただし書"
    assert said.who_may == ("総括運用管理者",)
    assert "消去を認める" in said.ja
    assert "exceptional erasure" in said.en
    assert said.as_json()["refused"]["clause"] == "police-7.2.6-exception"  # type: ignore[index]


def test_where_no_document_speaks_it_is_a_software_default(cast: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        require(cast.as_actor("tanaka"), "backup.make", thing_of_org(cast.station), unlisted=False)
    assert refused.value.clause is None
    assert refused.value.article == "ソフトウェアの既定"


@pytest.mark.clause("police-7.2.6-erase")
def test_no_post_erases_by_hand(cast: Cast, footage: Footage) -> None:
    for login in cast.people:
        with pytest.raises(Refusal) as refused:
            erase_by_hand(footage, "不要", cast.people[login], by=cast.as_actor(login))
        assert {"police-7.2.6-erase", "police-3.2.1"} & set(refused.value.clauses), login


@pytest.mark.clause("police-7.2.6")
def test_no_post_edits(cast: Cast, footage: Footage) -> None:
    for login in ("suzuki", "takahashi", "tanaka", "watanabe", "kanri", "sato"):
        with pytest.raises(Refusal) as refused:
            require(cast.as_actor(login), "derive.edit", thing(footage), reason_missing=False)
        assert "police-7.2.6" in refused.value.clauses


def test_an_account_without_posts_has_no_power(cast: Cast, footage: Footage) -> None:
    assert not may(cast.as_actor("ito"), "footage.list", thing_of_org(cast.station))
    assert not may(cast.as_actor("ito"), "intake.file", thing_of_org(cast.station))


def test_an_edition_altered_after_adoption_is_not_enforced(cast: Cast) -> None:
    Adoption.objects.filter(org="CHUO").update(fingerprint="0" * 64)
    with pytest.raises(Missing, match="採択した規程"):
        require(cast.as_actor("tanaka"), "intake.file", thing_of_org(cast.station))


def test_a_new_edition_is_drafted_and_signed_in_its_place(cast: Cast) -> None:
    Adoption.objects.filter(org="CHUO").update(fingerprint="0" * 64)
    with pytest.raises(Refusal):
        draft(cast.station, "police", {}, "", by=cast.as_actor("tanaka"))
    drafted = draft(cast.station, "police", {}, "改訂", by=cast.as_actor("kanri"))
    with pytest.raises(Missing):
        require(cast.as_actor("tanaka"), "intake.file", thing_of_org(cast.station))
    sign(cast.station, drafted.pk, by=cast.as_actor("watanabe"))
    require(cast.as_actor("tanaka"), "intake.file", thing_of_org(cast.station))


def test_a_verb_reads_the_edition_once_and_its_own_signature_counts(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        begin(cast.station, "1", Source("A.MP4", BytesIO().readinto), by=machine("intake", "CHUO"))
    assert sum('FROM "hokanko_adoption"' in query["sql"] for query in asked) == 1
    drafted = draft(cast.station, "police", {}, "改訂", by=cast.as_actor("kanri"))
    with reading():
        before = adoption("CHUO")
        sign(cast.station, drafted.pk, by=cast.as_actor("watanabe"))
        assert adoption("CHUO") == drafted != before


def test_what_the_document_fixes_no_adoption_overrides(cast: Cast) -> None:
    Adoption.objects.filter(org="CHUO").update(values={"retention.days": 7})
    assert parameter("CHUO", "retention.days") == 90
    assert adopted_book("CHUO").code == "police"


def test_an_error_while_deciding_is_a_no() -> None:
    """Cedar skips a `forbid` that errs, and the permit beside it would win."""
    text = (
        '@id("yes") @clause("software") @ja("可") @en("yes")\n'
        'permit (principal, action == Action::"ledger.read", resource);\n'
        '@id("ban") @clause("software") @ja("否") @en("no")\n'
        'forbid (principal, action == Action::"ledger.read", resource)\n'
        "when { 9223372036854775807 + 1 > 0 };\n"
    )
    answer = policy.PolicySet(text).ask(CLERK, "ledger.read", UNIT, {})
    assert answer.errors
    assert not answer.allowed


def test_a_question_that_the_verb_does_not_declare_is_a_fault_of_ours() -> None:
    policies = policy.load(books.ROOT / "police")
    with pytest.raises(ValueError, match="asks about"):
        policies.ask(CLERK, "ledger.read", UNIT, {"colour": True})


@pytest.mark.parametrize(
    ("verb", "may_do"),
    [
        ("person.list", {"suzuki", "takahashi", "tanaka", "watanabe", "kobayashi", "kanri"}),
        ("terminal.list", {"suzuki", "takahashi", "tanaka", "watanabe", "kobayashi", "kanri"}),
        ("camera.list", {"suzuki", "takahashi", "tanaka", "watanabe", "kobayashi"}),
    ],
)
def test_who_may_see_the_registers_of_a_unit(cast: Cast, verb: str, may_do: set[str]) -> None:
    unit = thing_of_org(cast.station)
    assert {who for who in cast.people if may(cast.as_actor(who), verb, unit)} == may_do


def test_every_ban_that_stands_is_told_not_only_the_first() -> None:
    told = str(Refusal("だめです。", "No.", clauses=["police-10", "police-4.5"], article="第10"))
    assert told.splitlines()[0] == "[police-10] 第10"
    assert "also: police-4.5" in told


@pytest.mark.parametrize("code", ["home", "police", "pref", "shop", "ward"])
def test_the_policies_asked_about_a_verb_answer_as_the_whole_book_does(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = books.load(code).folder
    chosen = policy.PolicySet((folder / "policy.cedar").read_text())
    keyed = chosen._keyed
    whole = policy._parsed(keyed)
    leaves = policy._parsed({n: raw for n, raw in keyed.items() if raw["effect"] == "permit"})
    told = {
        verb: chosen.ask(CLERK, verb, Thing(asks.thing, "1", "CHUO", "HONBU"), question(verb, {}))
        for verb, asks in VERBS.items()
    }
    monkeypatch.setattr(chosen, "_about", lambda _: (whole, leaves))
    for verb, asks in VERBS.items():
        thing_asked = Thing(asks.thing, "1", "CHUO", "HONBU")
        assert chosen.ask(CLERK, verb, thing_asked, question(verb, {})) == told[verb], verb
    assert {told[verb].allowed for verb in told} == {True, False}
