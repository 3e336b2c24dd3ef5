"""Media taken out and replaced: each is owed a disposal that is confirmed and on record."""

from __future__ import annotations

from hokanko.audit.life import Finding, Owed
from hokanko.audit.queries import opened
from hokanko.audit.queries import replaced as undone
from hokanko.audit.scope import Scope
from hokanko.rules import book as books
from hokanko.rules.decide import parameter


def undisposed(scope: Scope, clause: books.Clause) -> Finding:
    """What was taken out and replaced: owed until its disposal is confirmed and on record."""
    del clause
    who = tuple(str(post) for post in parameter(scope.org.pk, "disposal.must_include") or ())
    owed = [
        Owed(
            f"外した媒体 {e.fields['serial']} の廃棄がまだ記録されていません"
            f"（責任者 {e.fields['responsible']}）",
            f"medium {e.fields['serial']}, taken out: its disposal is not on record "
            f"({e.fields['responsible']} answers for it)",
            e.row.spoken_of,
            who,
            e.row.about or f"evidence:{e.row.pk}",
            "disposal",
        )
        for e in opened(undone(scope.org.pk))
    ]
    return Finding(tuple(owed))
