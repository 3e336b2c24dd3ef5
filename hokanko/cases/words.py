"""What a case may be about, what is done in it and how it may end, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hokanko.casebook.models import Case
from hokanko.footage.noted import ASKS, KINDS
from hokanko.rules.decide import adopted_book, parameter

Words = dict[str, Promise]

ABOUT: dict[str, tuple[str, ...]] = {
    "complaint": ("privacy", "siting", "conduct", "handling", "other"),
    "enquiry": ("siting", "handling", "other"),
    "subject": ("disclose", "correct", "stop", "erase"),
    "objection": ("doubt", "refusal", "erase"),
}
STEPS: Words = {
    "received": _("受け付けた"),
    "arose": _("事実から開いた"),
    "looked": _("事実を調べた"),
    "explained": _("その場で説明した"),
    "over": _("もとに戻った（直った、見つかった）"),
    "reported": _("報告した"),
    "answered": _("相手に回答した"),
    "confirmed": _("開示しない決定を確かめた"),
    "linked": _("映像に結び付けた"),
    "closed": _("対応を終えた"),
}
OUTCOMES: dict[str, Words] = {
    "complaint": {"measure": _("措置を講じた"), "none": _("措置は要らない（理由を書く）")},
    "enquiry": {"answered": _("回答した")},
    "subject": {
        "granted": _("請求に応じた"),
        "partly": _("一部に応じた"),
        "refused": _("応じなかった（理由を書く）"),
    },
    "objection": {"understood": _("理解を得た"), "not": _("理解を得られなかった")},
    "incident": {"settled": _("処理を終えた")},
}
STATES: Words = {"open": _("対応中"), "answered": _("回答済み"), "closed": _("終了")}
OBJECTED = "each-objection"


def kinds(org: str) -> Words:
    """The kinds of case an organisation may open; objections only where its document has them."""
    found = dict(KINDS)
    events = {clause.evidence.due for clause in adopted_book(org).clauses if clause.evidence}
    if OBJECTED not in events:
        del found["objection"]
    return found


def matters(org: str, kind: str) -> dict[str, Promise | str]:
    """What a case of that kind may be about; an incident, what the rulebook calls one."""
    if kind == "incident":
        return {str(at): text for at, text in enumerate(parameter(org, "incident.kinds"), 1)}
    return {code: ASKS[code] for code in ABOUT[kind]}


def matter(case: Case) -> Promise | str:
    """What a case is about, for a reader."""
    listed = matters(case.org_id, case.kind)
    return listed[case.asks] if case.asks in listed else ASKS.get(case.asks, "")
