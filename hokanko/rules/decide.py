"""The one door: `require(actor, verb, thing)` gives a permit, or raises the refusal that says why.

Nothing changes in this product, and nothing personal is shown, except behind this call (I1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from hokanko import clock
from hokanko.errors import Missing, Refusal
from hokanko.rules import book as books
from hokanko.rules import house
from hokanko.rules.actor import MACHINE, Actor, Thing
from hokanko.rules.force import FORCE, as_own, becomes_own, force_of
from hokanko.rules.models import Adoption
from hokanko.rules.permit import Permit
from hokanko.rules.policy import Answer, load
from hokanko.rules.reading import once
from hokanko.rules.refusing import objection, posts_for, refused, unfilled


@dataclass(frozen=True)  # without slots: what follows from it is worked out once
class Rules:
    """A rulebook with its blanks as filled: what a question is judged by.

    `enacted` once a second person has signed: from then on a guideline binds as one's own rules.
    """

    book: books.Book
    values: Mapping[str, object]
    enacted: bool = False

    def require(self, actor: Actor, verb: str, thing: Thing, **context: Any) -> Permit:
        """Ask these rules, whatever is in force: for the founding, drafting and signing of them.

        Raises Refusal (I2).
        """
        answer = self._ask(actor, verb, thing, context)
        if not answer.allowed:
            raise self._refusal(answer, verb, thing)
        clause = answer.reasons[0].cited
        article = self.book.clause(clause).article if clause else ""
        return Permit(verb, _called(actor, self.book), thing, clause, article)

    def may(self, actor: Actor, verb: str, thing: Thing, **context: Any) -> bool:
        """Whether `require` would pass."""
        return load(self.book.folder).allows(
            self._called(actor), verb, thing, context, self._settled
        )

    def why_not(self, actor: Actor, verb: str, thing: Thing, **context: Any) -> Refusal | None:
        """How `require` would refuse, without anything being refused or written."""
        answer = self._ask(actor, verb, thing, context)
        return None if answer.allowed else self._refusal(answer, verb, thing)

    def who_may(self, verb: str) -> list[str]:
        """The posts that these rules name as able to do something."""
        return posts_for(load(self.book.folder), verb)

    def objections(self, actor: Actor, verb: str, thing: Thing, **context: Any) -> list[Refusal]:
        """Every ban that stands against it now, each with its own article: for a checklist."""
        answer = self._ask(actor, verb, thing, context)
        bans = [ban for ban in answer.reasons if ban.effect == "forbid"]
        return [self._worded(objection(self.book, ban)) for ban in bans]

    def _ask(self, actor: Actor, verb: str, thing: Thing, context: Mapping[str, Any]) -> Answer:
        return load(self.book.folder).ask(self._called(actor), verb, thing, context, self._settled)

    def _called(self, actor: Actor) -> Actor:
        """A part of the program acts under the name that the rulebook gives to its machine."""
        return _called(actor, self.book)

    @cached_property
    def _settled(self) -> frozenset[str]:
        return self.book.settled(self.values)

    def _refusal(self, answer: Answer, verb: str, thing: Thing) -> Refusal:
        refusal = self._worded(refused(self.book, load(self.book.folder), answer, verb))
        refusal.verb, refusal.about, refusal.org = verb, thing.name, thing.org
        return refusal

    def _worded(self, refusal: Refusal) -> Refusal:
        """In the name of what binds here (pref-nature)."""
        own = becomes_own(self.book, enacted=self.enacted)
        return as_own(refusal, self.book) if own else refusal


def require(actor: Actor, verb: str, thing: Thing, **context: Any) -> Permit:
    """Ask whether `actor` may do `verb` to `thing` now. Raises Refusal (I2)."""
    return rules_at(thing.org).require(actor, verb, thing, **context)


def may(actor: Actor, verb: str, thing: Thing, **context: Any) -> bool:
    """Whether `require` would pass: only to hide a button, never to guard anything."""
    return rules_at(thing.org).may(actor, verb, thing, **context)


def why_not(actor: Actor, verb: str, thing: Thing, **context: Any) -> Refusal | None:
    """How `require` would refuse, if it would: to tell it beforehand. Nothing is written."""
    return rules_at(thing.org).why_not(actor, verb, thing, **context)


def who_may(org: str, verb: str) -> list[str]:
    """The posts that the rules in force name as able to do something."""
    return rules_at(org).who_may(verb)


def adoption(org: str, at: datetime | None = None) -> Adoption | None:
    """The edition in force at an organisation, now or at a moment: the newest begun by then.

    Before the first one's day has come (a clock set back), the first: nobody is lawless.
    """
    if at is None:
        return once(("adoption", org), lambda: _adoption(org, clock.now()))
    return _adoption(org, at)


def _adoption(org: str, at: datetime) -> Adoption | None:
    begun = Adoption.objects.filter(org=org).exclude(since=None)
    newest = begun.filter(since__lte=at).order_by("-number", "-since", "-id").first()
    return newest or begun.order_by("number", "since", "id").first()


def lived_under(org: str, fingerprint: str, at: datetime) -> Adoption | None:
    """The edition that was in force at a moment, by the fingerprint that was noted then."""
    begun = Adoption.objects.filter(org=org, fingerprint=fingerprint, since__lte=at)
    return begun.order_by("-number", "-id").first()


def is_signed(org: str) -> bool:
    """Whether the edition in force has been enacted by its second signature."""
    now = adoption(org)
    return now is not None and now.signed_at is not None


def is_valid(org: str) -> bool:
    """Whether the document in force has not passed its last day (`valid_until`)."""
    last = adopted_book(org).valid_until
    return last is None or clock.today() <= last


def has_ended(org: str, day: date) -> bool:
    """Whether a day lies after the last day that the project was given (`project.end`), if any."""
    rules = rules_at(org)
    last = rules.book.effective(rules.values).get("project.end")
    return isinstance(last, date) and day > last


def is_enacted(org: str) -> bool:
    """Whether new filming may begin here: an edition signed, in force, and not out of date."""
    return is_signed(org) and is_valid(org)


def adopted_book(org: str) -> books.Book:
    """The rulebook in force. Raises Missing when the edition adopted has been altered since."""
    return rules_at(org).book


def rules_at(org: str) -> Rules:
    """The rules in force at an organisation; the house's own where none was adopted.

    Raises Missing when the files of the edition adopted have been altered since.
    """
    return once(("rules", org), lambda: _rules_at(org))


def _rules_at(org: str) -> Rules:
    now = adoption(org)
    if now is None:
        return Rules(house.book(), {})
    book = books.load(now.book)
    if now.fingerprint != book.fingerprint:
        raise Missing(
            f"採択した規程（{now.book}、{now.fingerprint[:12]}…）と、いまのファイルが違います。"
            "誰も採択していない規程は執行しません。",
            f"The adopted edition {now.book} {now.fingerprint[:12]}… and the files now differ: "
            "a text that nobody adopted is not enforced.",
            mend_ja="ファイルを元に戻すか、いまのファイルで案を作り（画面「規程の版」、又は "
            "hokanko org adopt）、別の人が署名してください（hokanko org sign）。",
            mend_en="Put the files back, or draft the new text (page Editions, or "
            "hokanko org adopt) and have another person sign it (hokanko org sign).",
        )
    return Rules(book, now.values, enacted=now.signed_at is not None)


def parameter(org: str, name: str) -> Any:
    """The value of a parameter at an organisation: fixed by the book, or as it filled the blank.

    Raises Refusal for a blank that nobody has filled and the book offers nothing for.
    """
    rules = rules_at(org)
    if name == FORCE:
        return force_of(rules.book, enacted=rules.enacted)
    book, value = rules.book, rules.book.standing(name, rules.values)
    if value is None and book.parameter(name).status == "blank":
        raise unfilled(book, book.parameter(name))
    return value


def _called(actor: Actor, book: books.Book) -> Actor:
    """A part of the program acts under the name that the rulebook gives to its machine."""
    post = next((post.id for post in book.posts if post.machine), MACHINE)
    held = {(org, post if held == MACHINE else held) for org, held in actor.holdings}
    return replace(actor, holdings=frozenset(held))
