"""Reading lines back, with the personal fields that are still open."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hokanko.keyring.texts import open_text
from hokanko.ledger.kinds import KINDS
from hokanko.ledger.models import Entry

FORGOTTEN = "（忘れられた）"


@dataclass(frozen=True, slots=True)
class Act:
    """One line for a reader."""

    id: int
    index: int | None
    at: datetime
    kind: str
    org: str
    about: str
    person: str
    person_id: str
    posts: tuple[str, ...]
    via: str
    clause: str | None
    facts: dict[str, Any]
    private: dict[str, str]

    @property
    def ja(self) -> str:
        return KINDS[self.kind].ja

    @property
    def en(self) -> str:
        return KINDS[self.kind].en

    @property
    def who(self) -> str:
        """Who did it for a paper: 「運用管理者　鈴木 一郎」, with the posts held then."""
        posts = "・".join(post.partition("@")[0] for post in self.posts)
        return f"{posts}　{self.person}" if posts else self.person

    def as_json(self) -> dict[str, object]:
        """The act as `footage life` writes it (DESIGN §12)."""
        return {
            "at": self.at.isoformat(),
            "kind": self.kind,
            "by": self.person,
            "posts": list(self.posts),
            "clause": self.clause,
            "facts": self.facts,
            "index": self.index,
        }


def acts(entries: Iterable[Entry]) -> list[Act]:
    """The lines of a query, opened. The query should prefetch `openings`."""
    return [_act(entry) for entry in entries]


def about(thing: str) -> list[Act]:
    """Every line about a thing ("footage:<id>"), oldest first."""
    return acts(Entry.objects.filter(about=thing).order_by("id").prefetch_related("openings"))


def _act(entry: Entry) -> Act:
    said = json.loads(bytes(entry.body))
    leaf = bytes(entry.leaf).hex()
    opened = {
        opening.field: open_text(bytes(opening.sealed), f"{leaf}/{opening.field}").decode()
        for opening in entry.openings.all()
    }
    person = json.loads(opened.pop("person", "{}"))
    return Act(
        id=entry.pk,
        index=entry.place,
        at=datetime.fromisoformat(said["at"]),
        kind=said["kind"],
        org=said["org"],
        about=said["about"],
        person=person.get("name", FORGOTTEN),
        person_id=person.get("id", ""),
        posts=tuple(said["by"]["posts"]),
        via=said["by"]["via"],
        clause=said["clause"],
        facts=said["facts"],
        private=opened,
    )
