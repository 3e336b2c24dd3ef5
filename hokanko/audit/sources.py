"""Where each clause's facts come from: a table of clauses and of events, each with its source.

What another chapter knows arrives here as ledger lines or from a floor below; what nobody feeds
is shown by entries of the registers alone.
"""

from __future__ import annotations

from hokanko.audit import (
    chain,
    edition,
    lent,
    locked,
    notes,
    persons,
    provided,
    recorded,
    replaced,
    reported,
    worn,
)
from hokanko.audit.answered import complaints
from hokanko.audit.entered import entries, entries_by_piece, entries_only, on_a_day
from hokanko.audit.life import Finding, Term
from hokanko.audit.scope import Scope, Source
from hokanko.audit.signs import hung, signed
from hokanko.rules.registers import PROJECT_END
from hokanko.rules.rows import Clause


def find(scope: Scope, clause: Clause) -> Finding:
    """How a clause stands: by its own source, its event's, or the entries alone."""
    own = BY_CLAUSE.get(clause.id)
    if own is not None:
        return own(scope, clause)
    if clause.evidence is None:
        return Finding()
    if clause.evidence.due:
        return BY_EVENT.get(clause.evidence.due, entries_only)(scope, clause)
    return entries(scope, clause)


def terms_of(scope: Scope, clause: Clause) -> list[Term]:
    """The same, piece by piece; nothing for a clause that has a source of its own."""
    if clause.id in BY_CLAUSE or clause.asked.due:
        return []
    return entries_by_piece(scope, clause)


BY_CLAUSE: dict[str, Source] = {
    "ward-2.1": edition.counted,
    "ward-2.2": signed,
    "ward-3.1": persons.named,
    "ward-3.2": persons.named,
    "ward-5.1": edition.in_their_places,
    "ward-6.1-c": provided.later_papers,
    "ward-5.3": recorded.kept,
    "pref-img-period": recorded.kept,
    "home-2.5-a": recorded.kept,
    "shop-mgmt-4": recorded.kept,
    "ward-7.1": recorded.daily,
    "ward-7.2": notes.removals,
    "ward-7.2-sign": notes.sign_removals,
    "ward-1-date": edition.enacted,
    "pref-sign": notes.entrances,
    "pref-img-password": locked.locked,
    "pref-law": edition.laws_reviewed,
    "shop-intro-notice": hung,
    "shop-mgmt-2": hung,
    "shop-qa-1-11-sign": hung,
    "shop-qa-1-11-conventional-sign": hung,
    "shop-rule-adopt": edition.enacted,
    "shop-ops-1": persons.readers,
    "shop-ops-5": lent.lent,
    "shop-ops-5-carry": lent.lent,
    "shop-mgmt-10-key": lent.keys,
    "shop-mgmt-9-person": replaced.undisposed,
    "shop-ops-8": persons.oaths,
    "shop-ops-8-training": persons.trainings,
    "police-notice-5": edition.enacted,
    "police-notice-recordkeep": on_a_day,
    "police-4.2-wire": notes.wires,
    "police-4.3": worn.counts,
    "police-7.1.1": worn.returns,
    "police-5.1.2": persons.accounts,
    "police-5.1.2-revoke": persons.credentials,
    "police-7.2.7": provided.handed_media,
    "police-9.1.1": chain.first_reports,
    "police-9.1.2": chain.onward_reports,
    "police-9.2": chain.consultations,
    "police-10": persons.trainings,
}
BY_EVENT: dict[str, Source] = {
    "each-camera": notes.each_camera,
    "each-checkout": worn.checkouts,
    "each-appointment": persons.oaths,
    "each-dismissal": persons.departures,
    "each-edition": persons.readers,
    "each-contract": persons.contracts,
    "each-maintenance": persons.contracts,
    "each-complaint": complaints("complaint", "enquiry"),
    "each-request": complaints("subject"),
    "each-provision": provided.necessity,
    "each-night-provision": provided.night_reports,
    PROJECT_END: reported.at_the_end,
}
