"""A request for footage on the command line: submitted, decided, entered, each by whom it names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hokanko.errors import Conflict, Refusal
from hokanko.footage.models import Footage
from hokanko.ledger.publish import publish
from hokanko.management import fields
from hokanko.people.models import Person
from hokanko.people.queries import actor, person
from hokanko.provision.actions import ask, enter, grant
from hokanko.provision.consenting import Said, record_consent
from hokanko.provision.form import Form
from hokanko.provision.judging import Judged
from hokanko.provision.models import Provision
from hokanko.provision.taker import Taker, to_outsiders
from hokanko.rules.decide import adopted_book, parameter

HOUR = timedelta(hours=1)
Chosen = Sequence[tuple[Footage, Sequence[int]]]
OPEN = ("asked", "returned", "approved", "entered")


def walked(pieces: Sequence[Footage], requester: Person, given: dict[str, Any]) -> Provision:
    """The request that is under way, or a new one, as far as those who are named bring it."""
    files = fields.wanted(pieces, given["still"])
    provision = _open_request(pieces, requester, given) or _submit(files, requester, given)
    _record_consents(provision, requester, given)
    _decide(provision, given)
    _enter(provision, files, given)
    return provision


def _open_request(
    pieces: Sequence[Footage], requester: Person, given: dict[str, Any]
) -> Provision | None:
    """A request of this person for all this footage that is still on its way."""
    mine = Provision.objects.filter(requester=requester)
    for piece in pieces:
        mine = mine.filter(files__footage=piece)
    if given["recipient"]:
        mine = mine.filter(recipient=given["recipient"])
    return mine.filter(state__in=OPEN).order_by("submitted_at", "pk").first()


def _submit(files: Chosen, requester: Person, given: dict[str, Any]) -> Provision:
    taken = sorted(piece.captured or piece.created for piece, _stills in files)
    org, worn = files[0][0].org, [piece.wearer for piece, _stills in files if piece.wearer]
    form = Form(
        outline=given["outline"],
        happened_from=given["since"] or taken[0],
        happened_until=given["until"] or taken[-1] + HOUR,
        wearer=person(given["wearer"]) if given["wearer"] else next(iter(worn), None),
        wants=wants(given),
        purposes=given["purpose"],
        purpose_note=given["purpose_note"],
        telephone=given["telephone"] or ("" if given["recipient"] else requester.telephone),
        remarks=given["remarks"],
        recipient=given["recipient"],
        body_kind=given["body_kind"],
    )
    by = actor(requester, via="cli")
    with fields.naming(fields.of_request(org, form)):
        provision = ask(org, form, requester, files, by=by)
    publish()
    return provision


def _decide(provision: Provision, given: dict[str, Any]) -> None:
    if provision.state == "returned":
        raise Conflict(
            f"依頼書 {provision.number} は、依頼者の答え・確認を待っています。",
            f"Request {provision.number} waits for its requester.",
            mend_ja="依頼者が答えて出し直したあとで、もう一度実行してください"
            "（hokanko request answer）。",
            mend_en="Run it again once the requester has answered (hokanko request answer).",
        )
    if provision.state != "asked":
        return
    if not given["decided_by"]:
        raise _waits(provision, "provision.decider", "決裁", "--decided-by, --ground")
    decider = person(given["decided_by"])
    stated = dict(fields.pairs(given["condition"]))
    told = (given["necessity"], given["shown"], given["others"], given["return_on"])
    judged = Judged(stated, *told)
    by, ground, note = actor(decider, via="cli"), given["ground"], given["ground_note"]
    with fields.naming(fields.of_decision(provision, given, stated)):
        grant(provision, decider, ground, note, judged=judged, by=by)


def _enter(provision: Provision, files: Chosen, given: dict[str, Any]) -> None:
    if provision.state != "approved":
        return
    if not given["entered_by"]:
        raise _waits(provision, "provision.entered_by", "専用アプリへの入力", "--entered-by")
    clerk = person(given["entered_by"])
    extent, by = fields.extent_of(provision, given), actor(clerk, via="cli")
    enter(provision, clerk, files, extent=extent, by=by)


def _waits(provision: Provision, named: str, what: str, option: str) -> Refusal:
    """The request stands and waits for the posts that a parameter names: nothing is handed over."""
    book = adopted_book(provision.org_id)
    clauses = book.parameter(named).clauses[:1]
    posts = parameter(provision.org_id, named) or parameter(provision.org_id, "provision.decider")
    whose = f"{posts[0]}の" if named == "provision.decider" else ""
    refusal = Refusal(
        f"依頼書 {provision.number} は、{whose}{what}を待っています。",
        f"Request {provision.number} waits for a decision or entry.",
        clauses=clauses,
        article=book.clause(clauses[0]).article if clauses else "",
        who_may=posts,
        mend_ja=f"済んだら同じ命令をもう一度実行してください（{option}）。",
        mend_en=f"Run the same command again afterwards ({option}).",
    )
    refusal.verb, refusal.org = "provision.hand_over", provision.org_id
    refusal.about = f"provision:{provision.pk}"
    return refusal


def _record_consents(provision: Provision, recorder: Person, given: dict[str, Any]) -> None:
    said = [(pair, True) for pair in fields.pairs(given["consent"])]
    said += [(pair, False) for pair in fields.pairs(given["refused"])]
    for (name, day), yes in said:
        answer = Said(name, yes, date.fromisoformat(day))
        record_consent(provision, answer, recorder, by=actor(recorder, via="cli"))


def taker_of(provision: Provision, requester: Person, given: dict[str, Any]) -> Taker:
    """Who takes it: the requester, or whoever of outside is named."""
    if not to_outsiders(provision.org_id):
        return Taker(requester.name, person=requester)
    return Taker(
        given["taker"],
        recipient=given["recipient"] or provision.recipient,
        identity=given["identity"],
        undertaking_on=given["undertaking"],
    )


def wants(given: dict[str, Any]) -> list[str]:
    """What of it is asked for: stills, the footage, or to be shown it alone."""
    if given["show"]:
        return ["show"]
    return (["still"] if given["still"] else []) + ([] if given["stills_only"] else ["medium"])
