"""The wizard of editions (規程の版): draft, compare, sign."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.views.decorators.http import require_GET, require_POST

from hokanko.editions import actions
from hokanko.editions.counting import counted
from hokanko.editions.difference import difference
from hokanko.editions.document import named_now
from hokanko.editions.forms import DraftForm
from hokanko.editions.queries import (
    STATES,
    Openings,
    edition,
    editions,
    effect,
    is_altered,
    openings,
    rules_of,
    state,
    to_sign,
)
from hokanko.errors import Missing, Refusal
from hokanko.people.door import actor_at, person_at
from hokanko.people.forms import status_of, told_on
from hokanko.people.models import Organisation, Person
from hokanko.people.owed import printed_names_differ
from hokanko.people.queries import holders, organisation, thing_of_org
from hokanko.people.roster import within_reach
from hokanko.rules import book as books
from hokanko.rules import listing as lists
from hokanko.rules import text
from hokanko.rules.actor import HOME, Actor
from hokanko.rules.bounds import above
from hokanko.rules.decide import Rules, adoption, is_valid
from hokanko.rules.models import Adoption
from hokanko.rules.rows import Clause, Parameter

SIGN = "rulebook.sign"


@dataclass(frozen=True, slots=True)
class Entry:
    """One edition of the list, with the names of who drafted and signed it."""

    edition: Adoption
    state: str
    words: Promise
    drafter: str
    signer: str


@dataclass(frozen=True, slots=True)
class Beside:
    """A paragraph as printed, beside the clauses it carries and what is enforced for them."""

    words: str
    clauses: tuple[Clause, ...]
    enforced: tuple[tuple[Parameter, str], ...]


@require_GET
def listing(request: HttpRequest, code: str = "") -> HttpResponse:
    """Every edition of an organisation, and what is to be done next."""
    org = org_within_reach(request, code)
    rows, now = [_entry(row) for row in editions(org.pk)], adoption(org.pk)
    altered = now is not None and is_altered(now)
    page = {
        "org": org,
        "orgs": orgs_within_reach(request),
        "rows": rows,
        "current": now,
        "altered": altered,
        "outdated": printed_names_differ(org) if now is not None and not altered else [],
        "waiting": to_sign(org.pk),
        "expired": now is not None and not altered and not is_valid(org.pk),
        "book": books.load(now.book) if now else None,
        "may_draft": _may_draft(request, org, now),
        "alone": now is not None and not altered and _alone(rules_of(now), actor_at(request), org),
    }
    return render(request, "editions/html/list.html", page)


def draft(request: HttpRequest, code: str) -> HttpResponse:
    """Fill in the blanks of the next edition."""
    org, now = org_within_reach(request, code), adoption(code)
    signed = now is not None and now.signed_at is not None
    asked = request.GET.get("rulebook", "")
    chosen = now.book if now and (signed or asked not in books.codes()) else asked
    if chosen not in books.codes():
        raise Missing("規程を選んでください。", "Choose a rulebook.")
    base = now.values if now and now.book == chosen else {}
    rules = Rules(books.load(chosen), base)
    running, named = counted(org, rules.book), named_now(org, rules.book, dict(base))
    form = DraftForm(rules, request.POST or None, name=org.name, counted=running, initial=named)
    if form.is_valid():
        with told_on(form):
            made = actions.draft(
                org, chosen, form.texts(), form.cleaned_data["reason"], by=actor_at(request)
            )
            return redirect("editions.one", pk=made.pk)
    rules.require(actor_at(request), "rulebook.draft", thing_of_org(org))
    page = {
        "org": org,
        "form": form,
        "book": rules.book,
        "books": [] if signed else [books.load(each) for each in books.codes()],
        "number": now.number + 1 if now else 1,
        "current": now,
        "altered": now is not None and now.book == chosen and is_altered(now),
        "alone": _alone(rules, actor_at(request), org),
    }
    return render(request, "editions/html/draft.html", page, status=status_of(form))


@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition: text beside values, what it changes, what it would do, and its signature."""
    row = edition(pk)
    org, rules, by = org_within_reach(request, row.org), rules_of(row), actor_at(request)
    now, where = adoption(row.org), state(row)
    compared = now if now is not None and now.pk != row.pk else None
    waits = where in {"draft", "provisional"}
    against = openings(org, rules)
    weighed = against.weighed(same_person=row.drafted_by == by.id)
    why_not = rules.why_not(by, SIGN, thing_of_org(org), **weighed) if waits else None
    page = {
        "org": org,
        "row": _entry(row),
        "book": rules.book,
        "altered": is_altered(row),
        "beside": [_beside(rules, each) for each in text.paragraphs(rules.book, rules.values)],
        "compared": compared,
        "compared_altered": compared is not None and is_altered(compared),
        "difference": difference(rules_of(compared), rules) if compared else None,
        "effect": effect(row) if waits else None,
        "waits": waits,
        "blanks": [(r, _articles(rules, r)) for r in map(rules.book.parameter, against.blanks)],
        "above": [
            (each, row.values.get(each.reason_in, ""), _articles(rules, each))
            for each in above(rules.book, row.values)
            if each.name not in against.unreasoned
        ],
        "unreasoned": [rules.book.parameter(name) for name in against.unreasoned],
        "why_not": why_not,
        "also_not": _also_not(rules, by, org, weighed, why_not),
        "signers": rules.who_may(SIGN),
        "signer_lacks": not _signers(org, rules),
    }
    return render(request, "editions/html/one.html", page)


def _signers(org: Organisation, rules: Rules) -> list[Person]:
    """Who could sign, here or above, if only he had not drafted it."""
    where = [code for code in (org.pk, org.parent_id) if code]
    return [one for code in where for post in rules.who_may(SIGN) for one in holders(code, post)]


def _alone(rules: Rules, by: Actor, org: Organisation) -> bool:
    """Whether the rules let who asks sign what he drafted himself, as a household does."""
    weighed = Openings().weighed(same_person=True)
    return rules.why_not(by, SIGN, thing_of_org(org), **weighed) is None


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The second person's signature."""
    row = edition(pk)
    signed = actions.sign(org_within_reach(request, row.org), row.pk, by=actor_at(request))
    return redirect("editions.one", pk=signed.pk)


def org_within_reach(request: HttpRequest, code: str) -> Organisation:
    """An organisation within the reader's reach. Raises Refusal for any other.

    The rules of one's own organisation are no secret to those they bind.
    """
    wanted = code or person_at(request).org_id
    if not within_reach(actor_at(request)).filter(pk=wanted).exclude(pk=HOME).exists():
        raise Refusal(
            "ほかの所属の規程は、ここでは見られません。",
            "The rules of another organisation are not shown here.",
        )
    return organisation(wanted)


def orgs_within_reach(request: HttpRequest) -> list[Organisation]:
    """The organisations within the reader's reach."""
    return list(within_reach(actor_at(request)).exclude(pk=HOME))


def _also_not(
    rules: Rules, by: Actor, org: Organisation, told: dict[str, object], first: Refusal | None
) -> list[Refusal]:
    """Every ban that stands against the signature, beside the one that is told first."""
    if first is None:
        return []
    bans = rules.objections(by, SIGN, thing_of_org(org), **told)
    return [ban for ban in bans if ban.ja not in first.ja]


def _may_draft(request: HttpRequest, org: Organisation, now: Adoption | None) -> bool:
    by, about = actor_at(request), thing_of_org(org)
    return now is not None and rules_of(now).may(by, "rulebook.draft", about)


def _entry(row: Adoption) -> Entry:
    where = state(row)
    names = {str(p.pk): p.name for p in Person.objects.filter(pk__in=_people(row))}
    return Entry(
        row, where, STATES[where], names.get(row.drafted_by, ""), names.get(row.signed_by, "")
    )


def _people(row: Adoption) -> list[str]:
    """Who drafted and signed, where it was a person and not the program."""
    return [who for who in (row.drafted_by, row.signed_by) if who and not who.startswith("machine")]


def _beside(rules: Rules, paragraph: text.Paragraph) -> Beside:
    settled = rules.book.effective(rules.values)
    carried = set(paragraph.clauses)
    rows = [r for r in rules.book.parameters if carried & set(r.clauses)]
    return Beside(
        paragraph.text.lstrip("#").strip(),
        tuple(rules.book.clause(clause) for clause in paragraph.clauses),
        tuple((row, text.told(row, settled[row.name])) for row in rows),
    )


def _articles(rules: Rules, row: Parameter) -> str:
    cited = (f"{rules.book.clause(clause).article} [{clause}]" for clause in row.clauses)
    return lists.listing(cited)
