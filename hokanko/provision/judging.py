"""What a decider states for a ground, weighed against what the rulebook asks for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from hokanko import clock
from hokanko.formats.era import reiwa
from hokanko.provision.models import Consent, Provision
from hokanko.rules.book import Book, FormField, Ground
from hokanko.rules.decide import adopted_book, rules_at


@dataclass(frozen=True, slots=True)
class Judged:
    """The decider's words: what the ground asks for by field, and why it is needed at all.

    `shown` is how many people can be made out; `others` says how those are protected who have
    not consented; `return_on` is the day by which what is handed out comes back or is destroyed.
    """

    conditions: Mapping[str, str] = field(default_factory=dict)
    necessity: str = ""
    shown: int = 1
    others: str = ""
    return_on: date | None = None


HIMSELF = re.compile(r"\([^)]*\)|(?:様|さん|氏|(?:写っている|請求者)?[ご御]?本人)$")  # by a name
NOT_GRANTING: dict[str, object] = {
    "granting": False,
    "ground_missing": True,
    "ground_text_missing": False,
    "return_day_missing": False,
    "ground": "",
    "necessity_missing": True,
    "consent": "",
    "others_unanswered": True,
    "body_kind": "",
    "matter": "",
}


def weigh(provision: Provision, ground: str, note: str, judged: Judged) -> dict[str, object]:
    """The context fields that the law is told of a grant."""
    book = adopted_book(provision.org_id)
    row = next((each for each in book.grounds if each.id == ground), None)
    asks_consent = row is not None and row.consent
    return {
        "granting": True,
        "ground_missing": row is None,
        "ground_text_missing": row is not None and _lacks(book, row, note, judged),
        "return_day_missing": row is not None and _lacks_return(row, judged),
        "ground": ground if row else "",
        "necessity_missing": not judged.necessity.strip(),
        "consent": consent(provision, judged.shown, clock.today()) if asks_consent else "",
        "others_unanswered": not judged.others.strip(),
        "body_kind": provision.details.get("body_kind", ""),
        "matter": judged.conditions.get("matter", ""),
    }


def asked_for(book: Book, ground: str) -> list[FormField]:
    """What the rulebook asks the decider to state for a ground."""
    return [row for row in book.form_fields if ground in row.grounds]


def consent(provision: Provision, shown: int, day: date) -> str:
    """How the consent of those filmed stands on a day: none | some | all | late | refused |
    withdrawn.

    A refusal counts wherever the same recipient asked for an overlapping part
    (shop-mgmt-6-refuse). Who asks for his own images consents by asking, and once: an answer in
    his name adds nobody. A consent dated after the day is late (shop-qa-1-12). Those on record
    that the request rests on count like answers.
    """
    same = Consent.objects.filter(
        provision__org=provision.org,
        provision__recipient=provision.recipient,
        provision__happened_from__lte=provision.happened_until,
        provision__happened_until__gte=provision.happened_from,
    )
    if same.filter(given=False).exists():
        return "refused"
    if provision.rests_on.exclude(withdrawn_on=None).exists():
        return "withdrawn"
    given = _given(provision)
    named = each_once(provision, (person for person, on in given if on <= day))
    if not named:
        return "late" if given else "none"
    return "all" if len(named) >= shown else "some"


def each_once(provision: Provision, persons: Iterable[str]) -> set[str]:
    """Persons who consent, each counted once; who asks for his own images is one of them."""
    named = {_plain(person) for person in persons}
    if provision.details.get("body_kind") != "subject":
        return named
    own = _bare(provision.recipient)
    return {person for person in named if _bare(person) not in {own, ""}} | {own}


def _given(provision: Provision) -> list[tuple[str, date]]:
    """Who consented, and when: answers to this request, and consents on record."""
    answers = provision.consents.filter(given=True).values_list("person", "on")
    return sorted({*answers, *provision.rests_on.values_list("person", "on")}, key=_by_day)


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


def _bare(name: str) -> str:
    """A name without what is written beside it; empty for "本人" alone."""
    return HIMSELF.sub("", HIMSELF.sub("", _plain(name)))


def _by_day(pair: tuple[str, date]) -> tuple[date, str]:
    return pair[1], pair[0]


def paper_due(provision: Provision, ground: str) -> date | None:
    """By when the paper of a ground that allows it later is to be there; None where none is due."""
    rules = rules_at(provision.org_id)
    named = next((row.paper_within for row in rules.book.grounds if row.id == ground), "")
    if not named or provision.papers.exists():
        return None
    return clock.today() + timedelta(days=int(str(rules.book.effective(rules.values)[named])))


def in_words(provision: Provision, ground: str, note: str, judged: Judged) -> str:
    """What was stated for the ground, as papers and register print it."""
    book = adopted_book(provision.org_id)
    lines = [
        f"{row.ja}：{_said(row, judged.conditions.get(row.id, ''))}"
        for row in asked_for(book, ground)
    ]
    if any(row.consent for row in book.grounds if row.id == ground):
        lines += [f"識別できる人：{judged.shown}人"]
        lines += [f"同意：{person}（{reiwa(on)}）" for person, on in _given(provision)]
        lines += [f"ほかの人の扱い：{judged.others}"] if judged.others.strip() else []
    if judged.return_on:
        lines.append(f"返却又は廃棄の期限：{reiwa(judged.return_on)}")
    return "\n".join([*lines, note.strip()]).strip()


def _said(row: FormField, value: str) -> str:
    return row.options[value][0] if value in row.options else value


def _lacks_return(ground: Ground, judged: Judged) -> bool:
    past = judged.return_on is None or judged.return_on < clock.today()
    return ground.needs_return_day and past


def _lacks(book: Book, ground: Ground, note: str, judged: Judged) -> bool:
    rows = asked_for(book, ground.id)
    if not rows:
        return ground.needs_text and not ground.consent and not note.strip()
    given = {row.id: judged.conditions.get(row.id, "").strip() for row in rows if row.required}
    return any(
        not given[row.id] or (row.options and given[row.id] not in row.options)
        for row in rows
        if row.required
    )
