"""The one door: `require(actor, verb, thing)` gives a permit, or raises the refusal that says why.

Nothing changes in this product, and nothing personal is shown, except behind this call (I1).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hokanko.errors import Missing, Refusal
from hokanko.rules import book as books
from hokanko.rules.actor import Actor, Thing
from hokanko.rules.models import Adoption
from hokanko.rules.permit import Permit
from hokanko.rules.policy import Answer, Policy, PolicySet, load
from hokanko.rules.verbs import VERBS

SOFTWARE = "software"
ROOT = Path(books.__file__).parents[1] / "rulebooks"
ADOPTING = "rulebook.adopt"
FIRST_BOOK = "police"  # asked while no organisation has adopted anything (making a home)


def require(actor: Actor, verb: str, thing: Thing, **context: Any) -> Permit:
    """Ask whether `actor` may do `verb` to `thing` now. Raises Refusal (I2)."""
    now = adoption(thing.org)
    # a new edition is adopted under itself: the old one's text may be gone
    book = _current_book(now) if verb == ADOPTING else _unaltered(now)
    policies = load(ROOT / book.code)
    answer = policies.ask(actor, verb, thing, context, _settled(book, now))
    if answer.allowed:
        clause = _clause(answer.reasons[0])
        return Permit(verb, actor, thing, clause, book.clause(clause).article if clause else "")
    refusal = _refusal(book, policies, answer, verb)
    refusal.verb, refusal.about, refusal.org = verb, thing.name, thing.org
    raise refusal


def may(actor: Actor, verb: str, thing: Thing, **context: Any) -> bool:
    """Whether `require` would pass: only to hide a button, never to guard anything."""
    now = adoption(thing.org)
    book = _unaltered(now)
    return load(ROOT / book.code).ask(actor, verb, thing, context, _settled(book, now)).allowed


def adoption(org: str) -> Adoption | None:
    """The edition in force at an organisation."""
    return Adoption.objects.filter(org=org).order_by("-since", "-id").first()


def adopted_book(org: str) -> books.Book:
    """The rulebook in force. Raises Missing when the edition adopted has been altered since."""
    return _unaltered(adoption(org))


def _unaltered(now: Adoption | None) -> books.Book:
    book = _current_book(now)
    if now is not None and now.fingerprint != book.fingerprint:
        raise Missing(
            f"採択した規程（{now.book}、{now.fingerprint[:12]}…）と、いまのファイルが違います。",
            f"The adopted edition {now.book} {now.fingerprint[:12]}… and the files now differ.",
            mend_ja="規程のファイルを元に戻すか、新しい版を採択してください（hokanko org adopt）。",
            mend_en="Put the rulebook's files back, or adopt the new edition (hokanko org adopt).",
        )
    return book


def _current_book(now: Adoption | None) -> books.Book:
    """The adopted rulebook as its files stand today."""
    return books.load(now.book if now else FIRST_BOOK)


def _settled(book: books.Book, now: Adoption | None) -> list[str]:
    """Each choice in force (enum or bool), as policies look for it: "erase.manual=false"."""
    values = book.effective(now.values if now else {})
    return [
        f"{row.name}={str(values[row.name]).lower() if row.type == 'bool' else values[row.name]}"
        for row in book.parameters
        if row.type in {"bool", "enum"}
    ]


def parameter(org: str, name: str) -> Any:
    """The value of a parameter at an organisation: fixed by the book, or as it filled the blank.

    Raises Refusal for a blank that nobody has filled and the book offers nothing for.
    """
    now = adoption(org)
    book = _unaltered(now)
    value = book.effective(now.values if now else {})[name]
    if value is None and book.parameter(name).status == "blank":
        raise _unfilled(book, book.parameter(name))
    return value


def _unfilled(book: books.Book, blank: books.Parameter) -> Refusal:
    return Refusal(
        f"規程の空欄「{blank.ja}」がまだ埋められていません。",
        f"The blank {blank.name} of the rulebook has not been filled.",
        clauses=blank.clauses,
        article=book.clause(blank.clauses[0]).article if blank.clauses else "",
        mend_ja=f"「{blank.name}」を埋めて、採択し直してください（hokanko org adopt --set）。",
        mend_en=f"Fill in {blank.name} and adopt again (hokanko org adopt --set).",
    )


def _refusal(book: books.Book, policies: PolicySet, answer: Answer, verb: str) -> Refusal:
    bans = [policy for policy in answer.reasons if policy.effect == "forbid"]
    cited = bans or policies.permits(verb)
    what = VERBS[verb]
    why = cited[0] if cited else None
    clauses = list(dict.fromkeys(c for p in cited if (c := _clause(p)) is not None))
    if why is None or _clause(why) is None:  # no other policy's article for a software default
        clauses = []
    return Refusal(
        f"{what.ja}ことは認められません。" + (why.ja if why else "規程に許す定めがありません。"),
        f"Not allowed to {what.en}. " + (why.en if why else "No rule allows it."),
        clauses=clauses,
        article=book.clause(clauses[0]).article if clauses else "",
        who_may=_who_may(policies, verb, why),
    )


def _who_may(policies: PolicySet, verb: str, why: Policy | None) -> list[str]:
    if why is not None and why.effect == "forbid":
        return list(why.who)
    posts = [post for policy in policies.permits(verb) for post in policy.who]
    return list(dict.fromkeys(posts))


def _clause(policy: Policy) -> str | None:
    return None if policy.clause == SOFTWARE else policy.clause
