"""Writing one line of the ledger, in the caller's transaction.

The body is canonical JSON. Who acted, and every personal text, stand in it as salted
commitments; their openings lie beside it, sealed, and can be forgotten (I8).
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import connection

from hokanko import clock
from hokanko.formats import canon
from hokanko.formats.merkle import leaf_hash
from hokanko.keyring.texts import sealer
from hokanko.ledger.kinds import KINDS
from hokanko.ledger.leap import look

SALT_BYTES = 16
MOST_BYTES = 65_535  # what an entry bundle can carry (C2SP tlog-tiles)
INSERT = (
    "INSERT INTO hokanko_entry (body, leaf, kind, org, about, at) "
    "VALUES (%s, %s, %s, %s, %s, %s) RETURNING id"
)
OPEN = "INSERT INTO hokanko_opening (entry_id, field, salt, sealed) VALUES (%s, %s, %s, %s)"


class Who(Protocol):
    """Who acts, as the ledger needs to know it."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def posts(self) -> tuple[str, ...]: ...
    @property
    def via(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Line:
    """A line as written: its row, and its leaf in the tree."""

    id: int
    leaf: bytes
    at: datetime


def append(
    kind: str,
    *,
    by: Who,
    org: str,
    about: str,
    clause: str | None = None,
    facts: Mapping[str, canon.JSON] | None = None,
    private: Mapping[str, str] | None = None,
) -> Line:
    """Write one line. `about` is "thing:id"; `private` values are committed to, not written.

    Raises KeyError for a kind, and ValueError for a fact, that `kinds` does not know, and
    Unavailable while the clock stands before the newest line.
    """
    told = dict(facts or {})
    if unknown := set(told) - KINDS[kind].facts:
        raise ValueError(f"{kind} carries no fact {sorted(unknown)}")
    at = clock.now()
    look(kind, at, append)
    hidden = {"person": canon.encode({"id": by.id, "name": by.name}).decode(), **(private or {})}
    salts = {field: secrets.token_bytes(SALT_BYTES) for field in hidden}
    commitments = {field: commitment(salts[field], text) for field, text in hidden.items()}
    body = canon.encode(
        {
            "v": 1,
            "kind": kind,
            "at": at.isoformat(timespec="milliseconds"),
            "org": org,
            "by": {"person": commitments.pop("person"), "posts": list(by.posts), "via": by.via},
            "about": about,
            "clause": clause,
            "facts": told,
            "private": commitments,
        }
    )
    if len(body) > MOST_BYTES:
        raise ValueError(f"{kind}: a line has at most {MOST_BYTES} bytes")
    leaf, seal = leaf_hash(body), sealer()
    stored = connection.ops.adapt_datetimefield_value(at)  # in UTC, as every query will ask for it
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [body, leaf, kind, org, about, stored])
        number = int(cursor.fetchone()[0])
        cursor.executemany(
            OPEN,
            [
                [number, field, salts[field], seal(text.encode(), f"{leaf.hex()}/{field}")]
                for field, text in hidden.items()
            ],
        )
    return Line(number, leaf, at)


def commitment(salt: bytes, text: str) -> str:
    """SHA-256 over salt and text, hex: what the line carries in the text's place."""
    return hashlib.sha256(salt + text.encode()).hexdigest()
