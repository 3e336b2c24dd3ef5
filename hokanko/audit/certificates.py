"""廃棄証明書: a disposal whose record is complete, as a statement whose hash is on the ledger."""

from __future__ import annotations

import hashlib

from hokanko import clock
from hokanko.audit.attested import CONFIRMED
from hokanko.audit.columns import ATTESTED
from hokanko.audit.models import Evidence
from hokanko.audit.queries import Entry, opened
from hokanko.errors import Missing
from hokanko.formats.canon import JSON, encode
from hokanko.ledger.read import about
from hokanko.papers import disposal as paper
from hokanko.rules.decide import adopted_book
from hokanko.rules.edition import sheet_of

COMPLETED = "evidence.completed"


def original(row: Evidence) -> bytes:
    """The statement (RFC 8785 JSON): the same bytes whenever it is asked for.

    Persons stand in it by their logins, which nobody changes.
    """
    (entry,) = opened([row])
    logins = row.attestations.order_by("at", "id").values_list("person__login", flat=True)
    confirmed: list[JSON] = [
        {"person": login, "posts": list(a.posts), "at": clock.iso(a.at), "words": a.words}
        for login, a in zip(logins, entry.attested, strict=True)
    ]
    fields: dict[str, JSON] = dict(entry.fields)
    return encode(
        {
            "statement": "disposal",
            "organisation": row.org_id,
            "entry": str(row.pk),
            "number": row.number,
            "about": row.about,
            "on": row.spoken_of.isoformat(),
            "entered_at": clock.iso(row.entered_at),
            "entered_by": row.entered_by.login,
            "clauses": list(row.clauses),
            "fields": fields,
            "file_sha256": row.file_sha256,
            "confirmed": confirmed,
        }
    )


def completing(row: Evidence) -> dict[str, JSON]:
    """The facts of the ledger line with which a disposal is complete."""
    digest = hashlib.sha256(original(row)).hexdigest()
    return {"register": row.kind, "number": row.number, "certificate_sha256": digest}


def is_certified(row: Evidence) -> bool:
    """Whether it is a disposal that stands: every word is there, and it was not withdrawn."""
    return row.kind == CONFIRMED and not row.waiting and row.withdrawn_at is None


def printed(row: Evidence) -> bytes:
    """The certificate as PDF. Raises Missing while somebody's word is lacking."""
    (entry,) = opened([require_certified(row)])
    line = next((e for e in about(f"evidence:{row.pk}") if e.kind == COMPLETED), None)
    book = adopted_book(row.org_id)
    named = [clause for clause in book.clauses if clause.id in row.clauses]
    return paper.render(
        paper.Disposal(
            sheet=sheet_of(row.org_id, row.org.name, entry.number, line.index if line else None),
            organisation=row.org.name,
            entry=entry.number,
            on=row.spoken_of,
            articles=tuple(f"{clause.article} [{clause.id}]" for clause in named),
            facts=tuple(_facts(entry)),
            confirmed=tuple(
                paper.Confirmation(a.person, a.posts, a.at, a.words) for a in entry.attested
            ),
            file_sha256=row.file_sha256,
            original_sha256=hashlib.sha256(original(row)).hexdigest(),
        )
    )


def require_certified(row: Evidence) -> Evidence:
    """Raises Missing for what is no disposal, waits for a word, or was withdrawn."""
    if not is_certified(row):
        raise Missing(
            "この記載に廃棄証明書はありません。",
            "There is no certificate of disposal for this entry.",
            mend_ja="確かめる者が揃うと作れます。",
            mend_en="It can be made once everybody who must has confirmed the disposal.",
        )
    return row


def _facts(entry: Entry) -> list[tuple[str, str]]:
    """The columns as the register has them, but for the confirmations."""
    columns = (column for column in entry.register.columns if column.name != ATTESTED)
    return [(c.ja, entry.text(c.name)) for c in columns if entry.fields.get(c.name)]
