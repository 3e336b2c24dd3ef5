"""Cedar: what a rulebook's policies say to one question.

Two traps are closed here (docs/design/003-one-door.md): a schema goes with every call, and any
error while evaluating means no, because Cedar skips a `forbid` that errs.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import cedarpy

from hokanko.rules.actor import Actor, Thing
from hokanko.rules.parsed import read_once
from hokanko.rules.verbs import VERBS

EVERY_VERB = ""  # what stands for `action` without a name
SOFTWARE = "software"  # in the place of a clause: a default of the software's own
THINGS = ("Org", "Person", "Terminal", "Camera", "Footage", "Provision")


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy's annotations: the clause it carries out, its words, and who may instead."""

    id: str
    effect: str
    clause: str
    ja: str
    en: str
    who: tuple[str, ...]
    order: int

    @property
    def cited(self) -> str | None:
        """The clause to cite; None for the software's own default."""
        return None if self.clause == SOFTWARE else self.clause


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes or no, with the policies that made it so, weightiest first.

    The weight is the order of the file. Of a no they are the bans that stand and, where nobody's
    leave fits, the leaves that are lacking: so that a post somebody does not hold is named before
    the papers he has not filled in.
    """

    allowed: bool
    reasons: tuple[Policy, ...]
    errors: tuple[str, ...] = ()


class PolicySet:
    """The parsed policies of one rulebook."""

    def __init__(self, text: str) -> None:
        raw = json.loads(cedarpy.policies_to_json_str(text))["staticPolicies"]
        keyed = {p["annotations"]["id"]: p for p in raw.values()}
        order = {name: text.index(f'@id("{name}")') for name in keyed}
        self.policies = {name: _policy(name, p, order[name]) for name, p in keyed.items()}
        self._verbs = {name: _named_verbs(p) for name, p in keyed.items()}
        self._keyed = keyed
        self._sets: dict[str, tuple[cedarpy.PolicySet, cedarpy.PolicySet]] = {}
        self._schema = cedarpy.Schema.from_str(schema())
        self._entities = lru_cache(maxsize=64)(self._read)  # a page asks many verbs of one thing

    def ask(
        self,
        actor: Actor,
        verb: str,
        thing: Thing,
        context: Mapping[str, Any],
        settled: Collection[str] = (),
    ) -> Answer:
        """What the policies say. Raises ValueError for a question its verb does not declare.

        `settled` are the choices in force at the thing's organisation, each as "name=value".
        """
        request, facts = self._question(actor, verb, thing, context, settled)
        policies, leaves = self._about(verb)
        said = cedarpy.is_authorized(request, policies, facts, self._schema)
        errors = tuple(str(error) for error in said.diagnostics.errors)
        named = [self.policies[name] for name in said.diagnostics.reasons if name in self.policies]
        allowed = bool(said.allowed) and not errors
        if not allowed and not cedarpy.is_authorized(request, leaves, facts, self._schema).allowed:
            named += self.permits(verb)
        return Answer(allowed, tuple(sorted(named, key=lambda policy: policy.order)), errors)

    def allows(
        self,
        actor: Actor,
        verb: str,
        thing: Thing,
        context: Mapping[str, Any],
        settled: Collection[str] = (),
    ) -> bool:
        """Whether `ask` would say yes, without the reasons. Raises as `ask` does."""
        request, facts = self._question(actor, verb, thing, context, settled)
        policies, _leaves = self._about(verb)
        said = cedarpy.is_authorized(request, policies, facts, self._schema)
        return bool(said.allowed) and not said.diagnostics.errors

    def _question(
        self,
        actor: Actor,
        verb: str,
        thing: Thing,
        context: Mapping[str, Any],
        settled: Collection[str],
    ) -> tuple[dict[str, Any], cedarpy.Entities]:
        """Request and entities as Cedar takes them."""
        declared = VERBS[verb]
        if thing.kind != declared.thing or set(context) != set(declared.context):
            raise ValueError(f"{verb} asks about {declared.thing}: {sorted(declared.context)}")
        request = {
            "principal": f"Staff::{json.dumps(actor.id)}",
            "action": f"Action::{json.dumps(verb)}",
            "resource": f"{thing.kind}::{json.dumps(thing.id)}",
            "context": dict(context),
        }
        return request, self._entities(_described(actor, thing, settled))

    def _read(self, described: str) -> cedarpy.Entities:
        return cedarpy.Entities.from_json_str(described, self._schema)

    def _about(self, verb: str) -> tuple[cedarpy.PolicySet, cedarpy.PolicySet]:
        """The policies whose scope holds a verb, and the leaves among them.

        Cedar goes through all it is given; one whose scope names other verbs can say nothing here.
        """
        if verb not in self._sets:
            mine = {n: p for n, p in self._keyed.items() if self._verbs[n] & {verb, EVERY_VERB}}
            leaves = {n: p for n, p in mine.items() if p["effect"] == "permit"}
            self._sets[verb] = _parsed(mine), _parsed(leaves)
        return self._sets[verb]

    def permits(self, verb: str) -> list[Policy]:
        """The policies that could allow a verb: what a refusal without a ban cites."""
        return sorted(
            (
                policy
                for name, policy in self.policies.items()
                if policy.effect == "permit" and verb in self._verbs[name]
            ),
            key=lambda policy: policy.order,
        )


@read_once(16)
def load(folder: Path) -> PolicySet:
    """The policies of a rulebook's folder, parsed once."""
    return PolicySet((folder / "policy.cedar").read_text())


def schema() -> str:
    """The Cedar schema of the whole product, from the table of verbs."""
    parts = [
        "entity Staff { org: String, posts: Set<String>, sworn: Bool, trained: Bool, "
        "unread: Bool, lapsed: Bool, machine: Bool, here: Bool };"
    ]
    parts += [
        f"entity {kind} {{ org: String, quarantined: Bool, held: Bool, settled: Set<String>, "
        "vacant: Set<String> };"
        for kind in THINGS
    ]
    for verb in VERBS.values():
        fields = ", ".join(f"{name}: {kind}" for name, kind in verb.context.items())
        parts.append(
            f'action "{verb.name}" appliesTo {{ principal: Staff, resource: {verb.thing}, '
            f"context: {{ {fields} }} }};"
        )
    return "\n".join(parts)


def _described(actor: Actor, thing: Thing, settled: Collection[str]) -> str:
    """Actor and thing in Cedar's JSON."""
    posts = sorted(actor.posts_at(thing.org, thing.parent))
    attributes: dict[str, object] = {"quarantined": False, "held": True} | dict(thing.attributes)
    attributes["vacant"] = sorted(post for org, post in actor.vacant if org == thing.org)
    return json.dumps(
        [
            {
                "uid": {"type": "Staff", "id": actor.id},
                "parents": [],
                "attrs": {
                    "org": actor.org,
                    "posts": posts,
                    "sworn": actor.sworn,
                    "trained": actor.trained,
                    "unread": actor.unread,
                    "lapsed": actor.lapsed,
                    "machine": actor.id.startswith("machine:"),
                    "here": actor.org in {thing.org, thing.parent} or bool(posts),
                },
            },
            {
                "uid": {"type": thing.kind, "id": thing.id},
                "parents": [],
                "attrs": {"org": thing.org, "settled": sorted(settled), **attributes},
            },
        ]
    )


def _parsed(keyed: Mapping[str, Any]) -> cedarpy.PolicySet:
    return cedarpy.PolicySet.from_json_str(
        json.dumps({"staticPolicies": keyed, "templates": {}, "templateLinks": []})
    )


def _policy(name: str, raw: Mapping[str, Any], order: int) -> Policy:
    notes = raw["annotations"]
    who = tuple(post for post in notes.get("who", "").split(",") if post)
    return Policy(name, raw["effect"], notes["clause"], notes["ja"], notes["en"], who, order)


def _named_verbs(raw: Mapping[str, Any]) -> frozenset[str]:
    """The verbs in a policy's scope; there are no groups of verbs."""
    action = raw["action"]
    if action["op"] == "All":
        return frozenset({EVERY_VERB})
    entities = action.get("entities") or [action["entity"]]
    return frozenset(entity["id"] for entity in entities)
