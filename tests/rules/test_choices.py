"""What an adopter chooses binds: policies ask for it, and numbers above a bound need a reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hokanko.errors import Refusal
from hokanko.rehearsal.cast import Cast
from hokanko.rules import policy
from hokanko.rules.actions import adopt
from hokanko.rules.actor import Actor, Thing
from hokanko.rules.book import ROOT, load
from hokanko.rules.check import Problem, problems
from hokanko.rules.decide import adopted_book, parameter
from hokanko.rules.verbs import VERBS

CLERK = Actor("p1", "岸", "HERE", frozenset({("HERE", "操作取扱者")}))
UNIT = Thing("Org", "HERE", "HERE")
CHOOSY = (
    '@id("chosen") @clause("software") @ja("可") @en("yes")\n'
    'permit (principal, action == Action::"ledger.read", resource)\n'
    'when { resource.settled.contains("operate.by=operator") };\n'
)


@pytest.mark.parametrize(
    ("settled", "allowed"),
    [(["operate.by=operator", "map.required=true"], True), (["operate.by=manager"], False)],
)
def test_a_policy_may_ask_what_has_been_settled(settled: list[str], allowed: bool) -> None:
    asked = policy.PolicySet(CHOOSY).ask(CLERK, "ledger.read", UNIT, {}, settled)
    assert asked.allowed is allowed


def test_without_an_answer_nothing_is_settled() -> None:
    assert not policy.PolicySet(CHOOSY).ask(CLERK, "ledger.read", UNIT, {}).allowed


def broken(folder: Path, name: str, old: str, new: str) -> list[Problem]:
    """What the check finds in a copy of the prefectural rulebook with one thing changed."""
    shutil.copytree(ROOT / "pref", folder / "pref")
    text = (folder / "pref" / name).read_text("utf-8")
    assert old in text
    (folder / "pref" / name).write_text(text.replace(old, new, 1), "utf-8")
    return problems("pref", VERBS, folder)


@pytest.mark.parametrize("choice", ["operate.by=nobody", "operate.buy=manager", "org.name=若桜"])
def test_a_choice_that_does_not_exist_is_found(tmp_path: Path, choice: str) -> None:
    (problem,) = broken(tmp_path, "policy.cedar", '"operate.by=manager"', f'"{choice}"')
    line = (tmp_path / "pref" / "policy.cedar").read_text("utf-8").splitlines()[problem.line - 1]
    assert choice in line
    assert choice in problem.what_ja


def test_both_values_of_a_yes_or_no_are_choices(tmp_path: Path) -> None:
    for number, choice in enumerate(("map.required=true", "map.required=false")):
        folder = tmp_path / str(number)
        assert broken(folder, "policy.cedar", '"operate.by=manager"', f'"{choice}"') == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('reason_in = "retention.reason"\n', ""),
        ("reason_above = 31\n", ""),
        ('reason_in = "retention.reason"', 'reason_in = "retention.raisin"'),
    ],
)
def test_a_bound_and_the_place_of_its_reason_belong_together(
    tmp_path: Path, old: str, new: str
) -> None:
    (problem,) = broken(tmp_path, "book.toml", old, new)
    assert "reason_above" in problem.what_ja


def test_only_a_field_of_the_softwares_own_form_goes_without_a_clause(tmp_path: Path) -> None:
    assert [field.id for field in load("pref").form_fields if not field.clause]
    (problem,) = broken(tmp_path, "book.toml", 'clause = "pref-purpose"', 'clause = ""')
    assert "条項「」" in problem.what_ja


def test_a_reason_is_asked_for_above_the_bound_only(cast: Cast) -> None:
    unit, by = Thing("Org", "MACHI", "MACHI"), cast.as_actor("kanri")
    adopt(unit, "pref", {"retention.days": "31"}, by=by)
    with pytest.raises(Refusal, match="31日間を超えるときは、理由が要ります") as no:
        adopt(unit, "pref", {"retention.days": "32"}, by=by)
    assert no.value.clause == "pref-img-period"
    assert parameter("MACHI", "retention.days") == 31
    adopt(unit, "pref", {"retention.days": "32", "retention.reason": "届出が遅いため"}, by=by)
    assert parameter("MACHI", "retention.days") == 32
    assert adopted_book("MACHI").code == "pref"
