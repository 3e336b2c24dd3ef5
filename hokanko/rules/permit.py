"""Leave to act: who may do what to which thing, on which clause, and the line that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hokanko.formats.canon import JSON
from hokanko.ledger.append import Line, append
from hokanko.rules.actor import Actor, Thing


@dataclass(frozen=True, slots=True)
class Permit:
    """Leave to act, and the clause it rests on (None: a software default)."""

    verb: str
    by: Actor
    thing: Thing
    clause: str | None
    article: str

    def write(
        self,
        kind: str,
        *,
        about: str | None = None,
        org: str | None = None,
        clause: str | None = None,
        facts: Mapping[str, JSON] | None = None,
        private: Mapping[str, str] | None = None,
    ) -> Line:
        """Write the verb's line (記す). What is not given is as it was asked.

        `about` and `org` differ where a verb makes or touches another thing than it asked about.
        Raises as `append` does.
        """
        return append(
            kind,
            by=self.by,
            org=org or self.thing.org,
            about=about or self.thing.name,
            clause=clause or self.clause,
            facts=facts,
            private=private,
        )
