"""Who may do what (権限の表): every post asked about every verb, as the rules would answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from hokanko.rules import book as books
from hokanko.rules.actor import HOME, Actor, Thing
from hokanko.rules.book import Book
from hokanko.rules.decide import Rules
from hokanko.rules.models import Adoption
from hokanko.rules.verbs import IN_ORDER, VERBS, Verb

NO_POST = ""  # a registered person without a post
NEUTRAL = {"String": "", "Set<String>": ()}


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer: yes or no, on which clause ("" for a software default), and who may instead."""

    allowed: bool
    clause: str
    article: str
    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class Line:
    """One verb and the answer for each post, in the order of `posts`."""

    verb: Verb
    cells: tuple[Cell, ...]


def posts(book: Book) -> tuple[str, ...]:
    """The columns: every post of the rulebook, and a person without one."""
    return (*(post.id for post in book.posts), NO_POST)


def matrix(row: Adoption) -> tuple[Line, ...]:
    """The whole table, everything but the post being in order: papers, purposes, places, hours."""
    book = books.load(row.book)
    return _matrix(book.code, book.fingerprint, json.dumps(row.values, sort_keys=True))


@lru_cache(maxsize=8)  # some thousand questions: asked once for each edition
def _matrix(code: str, fingerprint: str, values: str) -> tuple[Line, ...]:
    del fingerprint  # an altered rulebook is another question
    rules = Rules(books.load(code), json.loads(values))
    columns = [_holder(rules.book, post) for post in posts(rules.book)]
    return tuple(
        Line(verb, tuple(_cell(rules, who, verb) for who in columns)) for verb in VERBS.values()
    )


def _holder(book: Book, post: str) -> Actor:
    org = HOME if post == "システム管理者" else "here"
    machine = any(row.id == post and row.machine for row in book.posts)
    return Actor(
        "machine:matrix" if machine else "somebody",
        post,
        "here",
        frozenset({(org, post)} if post else ()),
        sworn=True,
        trained=True,
    )


def _cell(rules: Rules, who: Actor, verb: Verb) -> Cell:
    about = Thing(verb.thing, "", "here")
    told = {name: _told(rules.book, name, kind) for name, kind in verb.context.items()}
    refusal = rules.why_not(who, verb.name, about, **told)
    if refusal is not None:
        return Cell(
            allowed=False,
            clause=refusal.clause or "",
            article=refusal.article if refusal.clause else "",
            ja=refusal.ja,
            en=refusal.en,
        )
    permit = rules.require(who, verb.name, about, **told)
    return Cell(allowed=True, clause=permit.clause or "", article=permit.article, ja="", en="")


def _told(book: Book, name: str, kind: str) -> object:
    if name == "purposes":
        return [purpose.id for purpose in book.purposes if not purpose.needs_text][:1]
    if name == "limb":
        return "departed"
    return list(NEUTRAL[kind]) if kind == "Set<String>" else NEUTRAL.get(kind, name in IN_ORDER)
