"""The first reason of a refusal is the post that is lacking, whatever else may be amiss."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hokanko.rules.actor import HOME, Actor, Thing
from hokanko.rules.book import Book, codes, load
from hokanko.rules.decide import Rules
from hokanko.rules.verbs import IN_ORDER, VERBS
from tests.rules.matrix import ORG, holder, question

# The stricter choice of every switch by which a person or a thing may stand in the way.
STRICT: dict[str, object] = {
    "rules.acknowledge": True,
    "view.terminal_bound": True,
    "retention.extension.allowed": True,
    "erase.manual": True,
}
# What a question tells of the asker or of the case, and not of something left undone.
FACTS = frozenset(
    {"by_position", "own", "taken_down", "night", "designated", "approved", "attended", "onward"}
)
NAMED = {  # whatever the law may find to be lacking, by context field
    "lacks": [
        *("edition", "place", "reason", "position", "direction", "sign"),
        *("frame", "range", "network", "password", "purpose"),
    ],
    "empty_fields": ["outline", "recipient", "wearer", "telephone"],
    "missing": ["who", "what", "purpose", "units", "period", "rules", "contact", "content"],
    "lacking": ["serial", "method", "place", "cabinet"],
    "empty": ["others"],
}


def people(book: Book) -> list[Actor]:
    """A registered person, and a holder of each post, all papers in order."""
    posts = [row.id for row in book.posts if not row.machine]
    here = [holder(post, org=HOME if post == "システム管理者" else ORG) for post in posts]
    return [holder(), *here]


def in_order(verb: str, book: Book) -> dict[str, object]:
    """A question as it should be asked."""
    told = {"purposes": [book.purposes[0].id], "limb": "special"}
    return question(verb, {name: told[name] for name in told if name in VERBS[verb].context})


def amiss(verb: str) -> dict[str, object]:
    """The same question with everything left undone."""
    told: dict[str, object] = {}
    for name, kind in VERBS[verb].context.items():
        if kind == "Bool":
            told[name] = name not in IN_ORDER | FACTS
        elif kind == "Set<String>":
            told[name] = [] if name == "purposes" else NAMED.get(name, ["x"])
        else:
            told[name] = ""
    return told


@pytest.mark.parametrize("code", codes())
def test_a_post_that_is_lacking_is_named_before_what_else_is_amiss(code: str) -> None:
    book = load(code)
    rules = Rules(book, STRICT)
    other = []
    for verb in VERBS.keys() - {"home.found"}:  # nobody holds a post before there is a home
        thing = Thing(VERBS[verb].thing, "1", ORG)
        undone = replace(thing, attributes=(("held", False), ("quarantined", True)))
        for who in people(book):
            lacking = rules.why_not(who, verb, thing, **in_order(verb, book))
            if lacking is None:
                continue
            worse = replace(who, sworn=False, trained=False, unread=True)
            told = rules.why_not(worse, verb, undone, **amiss(verb))
            assert told is not None
            if (told.clause, told.ja) != (lacking.clause, lacking.ja):
                other.append(f"{verb} {who.name}: {lacking.ja} → {told.ja}")
    assert other == []


def test_staff_of_a_shop_are_told_first_that_only_the_managers_view() -> None:
    rules = Rules(load("shop"), STRICT)
    staff = replace(holder("従業員", sworn=False, trained=False), unread=True)
    told = rules.why_not(staff, "viewing.open", Thing("Footage", "1", ORG), **amiss("viewing.open"))
    assert told is not None
    assert told.clause == "shop-mgmt-5"
    assert told.who_may == ("管理責任者", "管理副責任者")
    assert {"shop-rule-notify", "shop-ops-8"} <= set(told.clauses[1:])


def test_who_holds_the_post_is_told_what_is_left_undone() -> None:
    rules = Rules(load("shop"), STRICT)
    manager = replace(holder("管理責任者"), unread=True)
    footage = Thing("Footage", "1", ORG)
    told = rules.why_not(manager, "viewing.open", footage, **in_order("viewing.open", rules.book))
    assert told is not None
    assert told.clauses == ("shop-rule-notify",)


@pytest.mark.parametrize(
    ("code", "drafter", "clause"),
    [
        ("ward", "管理責任者", "ward-1-date"),
        ("pref", "管理責任者", "pref-rule"),
        ("shop", "管理責任者", "shop-rule-adopt"),
        ("police", "運用管理者", "police-notice-5"),
        # no document says that two persons sign: that is the software's own rule
        ("ward", "設置者", None),
        ("pref", "設置者", None),
        ("shop", "店長", None),
        ("police", "実施責任者", None),
    ],
)
def test_who_drafted_it_is_told_who_signs_where_the_document_says(
    code: str, drafter: str, clause: str | None
) -> None:
    rules = Rules(load(code), {})
    asked = question("rulebook.sign", {"same_person": True})
    told = rules.why_not(holder(drafter), "rulebook.sign", Thing("Org", ORG, ORG), **asked)
    assert told is not None
    assert told.clause == clause
