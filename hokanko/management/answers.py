"""The set-up wizard at the command line: two answers, and the rulebooks that they call for."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from hokanko.errors import Conflict
from hokanko.management.base import Report
from hokanko.rules.filling import book_of
from hokanko.rules.scope import Offer, answers, offers, operators, venues


def answer_options(parser: ArgumentParser) -> None:
    """Let a command take the answers."""
    parser.add_argument("--operator", metavar="WHO", help="設置・運用する者（hokanko org suggest）")
    parser.add_argument("--venue", metavar="PLACE", help="設置場所（hokanko org suggest）")


def suggested(given: dict[str, Any]) -> Report:
    """The rulebooks that apply, with the articles; without answers, the answers there are."""
    if not (given["operator"] and given["venue"]):
        known = {"operator": operators(), "venue": venues()}
        lines = [
            f"--{option} {key}\t{ja}"
            for option, words in known.items()
            for key, (ja, _) in words.items()
        ]
        return Report({name: list(words) for name, words in known.items()}, lines)
    found = offers(given["operator"], given["venue"])
    lines = [line for offer in found if offer.applies for line in _told(offer)]
    body = {
        name: [_as_json(offer) for offer in found if offer.applies is fits]
        for name, fits in (("offered", True), ("others", False))
    }
    return Report(body, lines or ["この二つの答えに、そのまま当てはまる規程はありません。"])


def chosen(given: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """The rulebook named, or the only one that the answers call for, and the answers as values."""
    code, operator, venue = given["rulebook"], given["operator"], given["venue"]
    if not (operator and venue):
        if code and not (operator or venue):
            return code, {}
        raise Conflict(
            "規程（--rulebook）か、二つの答え（--operator と --venue）が要ります。",
            "Name the rulebook (--rulebook), or give both answers (--operator, --venue).",
            mend_ja="hokanko org suggest が、答えの選び方と当てはまる規程を示します。",
            mend_en="hokanko org suggest tells the answers, and which rulebook applies.",
        )
    fitting = [offer.book.code for offer in offers(operator, venue) if offer.applies]
    if not code and len(fitting) != 1:
        raise Conflict(
            f"当てはまる規程が一つに決まりません（{'、'.join(fitting) or 'なし'}）。",
            f"The answers do not name one rulebook ({', '.join(fitting) or 'none'}).",
            mend_ja="--rulebook で選んでください。",
            mend_en="Choose with --rulebook.",
        )
    code = code or fitting[0]
    return code, answers(book_of(code), operator, venue)


def _told(offer: Offer) -> list[str]:
    reasons = [
        f"  {reason.asked.ja}「{reason.answer[0]}」: {clause.article} [{clause.id}] {clause.ja}"
        for reason in offer.reasons
        for clause in reason.clauses
    ]
    return [f"{offer.book.code}\t{offer.book.title_ja}", *reasons]


def _as_json(offer: Offer) -> dict[str, Any]:
    reasons = [
        {
            "asked": reason.asked.name,
            "answer": reason.answer[0],
            "fits": reason.fits,
            "clauses": [clause.id for clause in reason.clauses],
        }
        for reason in offer.reasons
    ]
    return {"rulebook": offer.book.code, "title": offer.book.title_ja, "reasons": reasons}
