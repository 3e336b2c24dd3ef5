"""How a refusal is worded: the clauses it cites, and the posts that could allow it (I2)."""

from __future__ import annotations

from hokanko.errors import Refusal
from hokanko.rules.book import Book, Parameter
from hokanko.rules.policy import Answer, Policy, PolicySet
from hokanko.rules.verbs import VERBS


def refused(book: Book, policies: PolicySet, answer: Answer, verb: str) -> Refusal:
    """The no to a verb, with the article of the weightiest reason and the other bans."""
    what = VERBS[verb]
    why = answer.reasons[0] if answer.reasons else None
    clauses = list(dict.fromkeys(c for p in answer.reasons if (c := p.cited) is not None))
    if why is None or why.cited is None:  # no other policy's article for a software default
        clauses = []
    refusal = Refusal(
        f"{what.ja}ことは認められません。" + (why.ja if why else "規程に許す定めがありません。"),
        f"Not allowed to {what.en}. " + (why.en if why else "No rule allows it."),
        clauses=clauses,
        article=book.clause(clauses[0]).article if clauses else "",
        who_may=posts_for(policies, verb, why),
    )
    refusal.policy = why.id if why else ""
    refusal.also = tuple((p.ja, p.en) for p in answer.reasons[1:] if p.effect == "forbid")
    return refusal


def objection(book: Book, ban: Policy) -> Refusal:
    """One ban in its own words."""
    clause = ban.cited
    return Refusal(
        ban.ja,
        ban.en,
        clauses=[clause] if clause else [],
        article=book.clause(clause).article if clause else "",
        who_may=ban.who,
    )


def unfilled(book: Book, blank: Parameter) -> Refusal:
    """What depends on a blank that nobody has filled."""
    return Refusal(
        f"規程の空欄「{blank.ja}」がまだ埋められていません。",
        f"The blank {blank.name} of the rulebook has not been filled.",
        clauses=blank.clauses,
        article=book.clause(blank.clauses[0]).article if blank.clauses else "",
        mend_ja=f"「{blank.name}」を埋めた案を作り（hokanko org adopt --set）、"
        "署名を受けてください。",
        mend_en=f"Draft an edition with {blank.name} filled (hokanko org adopt --set) and have it "
        "signed.",
    )


def posts_for(policies: PolicySet, verb: str, why: Policy | None = None) -> list[str]:
    """The posts that may do it: those with leave, or, where a ban is why not, those it spares."""
    if why is not None and why.effect == "forbid":
        return list(why.who)
    posts = [post for policy in policies.permits(verb) for post in policy.who]
    return list(dict.fromkeys(posts))
