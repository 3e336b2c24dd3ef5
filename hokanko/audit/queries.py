"""Questions about evidence: entries with their texts opened, media, and who owes what soon."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language

from hokanko.audit.columns import ATTESTED, FACTS
from hokanko.audit.models import Attestation, Evidence
from hokanko.audit.registers import BY_CODE, Register
from hokanko.audit.seen import worded
from hokanko.errors import Missing
from hokanko.footage.models import Footage
from hokanko.formats.era import day_and_time
from hokanko.keyring.texts import Unseal, opener
from hokanko.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Attested:
    """Who confirmed a disposal by an own login, in which posts, when, and how."""

    person: str
    posts: tuple[str, ...]
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a register for a reader: the row, and its columns opened."""

    row: Evidence
    register: Register
    fields: dict[str, str]
    attested: tuple[Attested, ...] = ()

    @property
    def number(self) -> str:
        """As people cite it: 点検記録 第3号."""
        return f"{self.register.ja} 第{self.row.number}号"

    def text(self, column: str) -> str:
        """One column as a paper has it: confirmations with their persons, times and own words."""
        if column != ATTESTED:
            value = self.fields.get(column, "")
            return next(c.said(value) for c in self.register.columns if c.name == column)
        return "\n".join(
            f"{a.person}（{'・'.join(a.posts)}）{day_and_time(a.at)}「{a.words}」"
            for a in self.attested
        )

    @property
    def cells(self) -> list[tuple[str, str, str]]:
        """Each column's Japanese and English name, and what stands in it, for the reader."""
        english = get_language() == "en"
        return [
            (column.ja, column.en, column.said(self.fields[column.name], english=english))
            for column in self.register.columns
            if self.fields.get(column.name)
        ]


def context(pk: UUID, what: str) -> str:
    """Under which context a part of an entry is sealed."""
    return f"evidence/{pk}/{what}"


def rows(org: str, register: str = "") -> QuerySet[Evidence]:
    """The entries of an organisation without their attachments, newest first."""
    mine = Evidence.objects.filter(org=org).defer("file").select_related("entered_by")
    mine = mine.filter(kind=register) if register else mine
    return mine.order_by("-spoken_of", "-number")


def opened(found: Iterable[Evidence]) -> list[Entry]:
    """Entries with their columns opened."""
    unseal, every = opener(), list(found)
    confirmed = _confirmed([row.pk for row in every if row.kind == "disposal"], unseal)
    return [
        Entry(
            row,
            BY_CODE[row.kind],
            _worded(json.loads(unseal(bytes(row.fields), context(row.pk, "fields")))),
            tuple(confirmed.get(row.pk, ())),
        )
        for row in every
    ]


def _worded(fields: dict[str, str]) -> dict[str, str]:
    """What the machine found, in the reader's language."""
    return fields | {FACTS: worded(fields[FACTS])} if FACTS in fields else fields


def _confirmed(entries: list[UUID], unseal: Unseal) -> dict[UUID, list[Attested]]:
    """The confirmations of these entries, the oldest first."""
    found: dict[UUID, list[Attested]] = {}
    rows = Attestation.objects.filter(evidence__in=entries).select_related("person")
    for row in rows.order_by("at", "id"):
        where = context(row.evidence_id, f"attested/{row.person_id}")
        words = unseal(bytes(row.words), where).decode()
        told = Attested(row.person.name, tuple(row.posts), row.at, words)
        found.setdefault(row.evidence_id, []).append(told)
    return found


def one(pk: UUID) -> Evidence:
    """One entry. Raises Missing."""
    every = Evidence.objects.defer("file").select_related("org__parent", "entered_by")
    found = every.filter(pk=pk).first()
    if found is None:
        raise Missing("この記載はありません。", "There is no such entry.")
    return found


def attachment(row: Evidence) -> bytes:
    """The photo or paper of an entry. Raises Missing where there is none."""
    if not row.file_sha256:
        raise Missing("この記載に添付はありません。", "This entry has no attachment.")
    sealed = Evidence.objects.values_list("file", flat=True).get(pk=row.pk)
    return opener()(bytes(sealed or b""), context(row.pk, "file"))


def media(org: str) -> list[Entry]:
    """The recording media that are registered and not disposed of."""
    standing = rows(org, "medium").filter(withdrawn_at=None)
    return opened(standing.exclude(pk__in=media_gone(org)))


def media_gone(org: str) -> set[UUID]:
    """The entries of registered media that are disposed of."""
    return {UUID(about[7:]) for about in disposed(org) if _is_medium(about)}


def medium_named(org: str, serial: str, *, taken_out: bool = False) -> str:
    """The registered medium that goes by this name, as entries name it; empty for none.

    `taken_out`: also one in no register, of which an entry says that it was taken out.
    """
    known = [(f"medium:{e.row.pk}", e.fields.get("name", "")) for e in media(org)]
    if taken_out:
        old = [e for e in opened(replaced(org)) if not e.row.about]
        known += [(f"evidence:{e.row.pk}", e.fields.get("serial", "")) for e in old]
    wanted = plain(serial)
    return next((about for about, name in known if wanted and plain(name) == wanted), "")


def disposed(org: str) -> set[str]:
    """What is disposed of, as entries name it: not what still waits for somebody to confirm it.

    What was replaced is gone with the entry that says so, and the other way round.
    """
    done = rows(org, "disposal").filter(withdrawn_at=None, waiting=False).exclude(about="")
    gone = set(done.values_list("about", flat=True))
    replaced = rows(org, "replacement").filter(withdrawn_at=None)
    pairs = [(f"evidence:{pk}", about) for pk, about in replaced.values_list("pk", "about")]
    return gone | {about for entry, about in pairs if entry in gone and about}


def replaced(org: str) -> list[Evidence]:
    """Entries of media taken out whose disposal is not on record yet, the oldest first."""
    gone, standing = disposed(org), rows(org, "replacement").filter(withdrawn_at=None)
    open_ = [row for row in standing if not {f"evidence:{row.pk}", row.about} & gone]
    return open_[::-1]


def held_on(org: Organisation, about: str) -> list[str]:
    """Numbers of the footage still alive on a medium, by the cameras its entry names."""
    found = next((e for e in media(org.pk) if f"medium:{e.row.pk}" == about), None)
    if found is None:
        return []
    cameras = [c.strip() for c in found.fields.get("cameras", "").replace(",", "、").split("、")]
    alive = Footage.objects.filter(org=org, state="held", camera__number__in=cameras)
    return list(alive.order_by("number").values_list("number", flat=True))


def plain(name: str) -> str:
    """A name without what hands type differently: width, case, spaces."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _is_medium(about: str) -> bool:
    """Whether it names an entry of the register of media, and not a medium that was handed out."""
    try:
        return about.startswith("medium:") and bool(UUID(about[7:]))
    except ValueError:
        return False
