"""Verbs of editions: drafting one, and signing it into force."""

from __future__ import annotations

from collections.abc import Mapping

from hokanko import clock
from hokanko.editions.counting import with_count
from hokanko.editions.queries import Openings, effect, is_altered, openings, rules_of, state
from hokanko.editions.queries import edition as find
from hokanko.errors import Conflict, Refusal
from hokanko.people.models import Organisation
from hokanko.people.queries import thing_of_org
from hokanko.retention.amended import lengthen
from hokanko.rules.actor import Actor
from hokanko.rules.book import Book
from hokanko.rules.bounds import is_worded, require_within
from hokanko.rules.decide import Rules, adoption
from hokanko.rules.filling import book_of, fill
from hokanko.rules.models import Adoption
from hokanko.rules.reading import forget
from hokanko.rules.verb import verb

FEWEST = 2  # letters of a reason of amendment, such as 「改称」


@verb("rulebook.draft")
def draft(
    org: Organisation, code: str, values: Mapping[str, str], reason: str, *, by: Actor
) -> Adoption:
    """Draft the next edition: nothing changes until another person has signed it.

    What `values` does not name stays as in the edition in force, where it is of the same document.
    Raises Refusal for a value beyond the document's bound without its reason, and for a number of
    cameras that is not the number of those in operation.
    """
    book, now = book_of(code), adoption(org.pk)
    filled = fill(book, values, now.values if now and now.book == code else None)
    permit = Rules(book, filled).require(by, "rulebook.draft", thing_of_org(org))
    filled = with_count(org, book, filled, values)
    require_within(book, filled)
    _require_words(reason)
    if now is not None and now.signed_at is not None and now.book != code:
        raise Conflict(
            "署名された版のある所属は、別の文書には替えられません。",
            "An organisation that lives under one document cannot change to another.",
            mend_ja="別の文書による運用は、別の所属として登録してください（hokanko org add）。",
            mend_en="Register another organisation for it (hokanko org add).",
        )
    drafted = Adoption.objects.create(
        org=org.pk,
        book=code,
        fingerprint=book.fingerprint,
        values=filled,
        number=_next_number(org.pk),
        reason=reason,
        drafted_by=by.id,
        drafted_at=clock.now(),
    )
    permit.write(
        "rulebook.drafted",
        facts={
            "book": code,
            "fingerprint": book.fingerprint,
            "values": filled,
            "edition_number": drafted.number,
        },
        private={"reason": reason} if reason else None,
    )
    return drafted


@verb("rulebook.sign")
def sign(org: Organisation, pk: int, *, by: Actor) -> Adoption:
    """Enact an edition: its hash, its values and the posts that signed go on the ledger (I10).

    It comes into force at once; where footage held would end earlier, after the quiet period (I7).
    """
    edition = find(pk)
    rules, against = rules_of(edition), openings(org, rules_of(edition))
    try:
        permit = rules.require(
            by,
            "rulebook.sign",
            thing_of_org(org),
            **against.weighed(same_person=edition.drafted_by == by.id),
        )
    except Refusal as refusal:
        raise _listed(refusal, rules.book, against) from None
    _require_open(edition, org.pk)
    found, now = effect(edition), clock.now()
    waiting = Adoption.objects.filter(pk=edition.pk, signed_at=None)
    signed = waiting.update(signed_by=by.id, signed_at=now, since=found.since)
    if signed != 1:
        raise Conflict("この版は、もう署名されています。", "This edition is signed already.")
    edition.refresh_from_db()
    forget()  # from here on this one may be in force
    permit.write(
        "rulebook.signed",
        facts={
            "book": edition.book,
            "fingerprint": edition.fingerprint,
            "values": edition.values,
            "edition_number": edition.number,
            "since": clock.iso(found.since),
            "ends_earlier": len(found.earlier),
            "ends_later": len(found.later),
        },
    )
    lengthen(org, edition, found.later)
    return edition


def _require_words(reason: str) -> None:
    """Raises Conflict for a reason of amendment that says nothing; it may be left out."""
    if reason.strip() and not is_worded(reason, FEWEST):
        raise Conflict(
            "改める理由が、言葉になっていません。",
            "The reason of the amendment is not in words.",
            mend_ja="何のために改めるかを書いてください。記号や一文字では、理由になりません。",
            mend_en="Say what it is amended for; marks or a single letter are no reason.",
        )


def _next_number(org: str) -> int:
    """A draft takes the number after the last edition; an unused draft leaves no gap."""
    begun = Adoption.objects.filter(org=org).exclude(since=None).order_by("-number").first()
    return begun.number + 1 if begun else 1


def _require_open(edition: Adoption, org: str) -> None:
    """Raises Conflict for what cannot be signed any more, whoever asks."""
    if edition.org != org or state(edition) not in {"draft", "provisional"}:
        raise Conflict(
            "署名を待っている版ではありません。",
            "This edition does not wait for a signature.",
            mend_ja="版の一覧を確かめてください（hokanko org editions）。",
            mend_en="See the list of editions (hokanko org editions).",
        )
    if is_altered(edition):
        raise Conflict(
            f"案を作ったあとに、規程「{edition.book}」のファイルが変わりました。",
            f"The files of {edition.book} have changed since this was drafted.",
            mend_ja="いまのファイルで案を作り直してください（hokanko org adopt）。",
            mend_en="Draft it again from the files as they are (hokanko org adopt).",
        )


def _listed(refusal: Refusal, book: Book, against: Openings) -> Refusal:
    """The same refusal, with what is open listed by name, and the clauses of each blank."""
    rows = [book.parameter(name) for name in (*against.blanks, *against.unreasoned)]
    parts_ja = [*(f"{row.ja}（{row.name}）" for row in rows), *against.kept_apart]
    parts_en = [*(row.name for row in rows), *against.kept_apart]
    if rows and refusal.clauses:
        cited = [*refusal.clauses, *(clause for row in rows for clause in row.clauses)]
        refusal.clauses = tuple(dict.fromkeys(cited))
    if parts_ja:
        refusal.mend_ja = f"残っていること: {'、'.join(parts_ja)}"
        refusal.mend_en = f"Still open: {', '.join(parts_en)}"
    return refusal
