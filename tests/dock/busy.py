"""A dock while another connection holds the database (`-m tests.dock.busy BAYS`; SQLite)."""

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path

import django

django.setup()

from django.db import connection  # noqa: E402

from hokanko.dock.crowd import empty_all  # noqa: E402
from hokanko.dock.patience import Patience  # noqa: E402
from hokanko.errors import Unavailable  # noqa: E402
from hokanko.footage.models import Footage  # noqa: E402
from hokanko.keyring import keys  # noqa: E402
from hokanko.management.commands.init import lay_foundation  # noqa: E402
from hokanko.rehearsal.cast import settle  # noqa: E402
from hokanko.rules.actor import machine  # noqa: E402
from tests.dock.containers import plate  # noqa: E402

WAITED, ROUNDS = 2, 6


def main(bays: Path) -> None:
    """Go round with the database held, then let go, and tell what came of it."""
    lay_foundation(keys.home().path, rehearsal=True)
    cast, by, patience = (
        settle("とても長い合言葉-2026"),
        machine("management-pc", "CHUO"),
        Patience(),
    )
    (plate(bays, cast, "1") / "MOV_0001.MP4").write_bytes(b"not a film" * 4000)
    holder = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    waited, faults = 0, []
    for _ in range(ROUNDS):
        for outcome in empty_all(cast.station, bays, at_once=4, patience=patience, by=by):
            if isinstance(outcome.error, Unavailable):
                waited += 1
            elif outcome.error:
                faults.append(str(outcome.error))
        if waited == WAITED and holder.in_transaction:
            holder.execute("ROLLBACK")
    holder.close()
    told = {
        "waited": waited,
        "faults": faults,
        "left": len(list(bays.rglob("*.MP4"))),
        "unreleased": Footage.objects.filter(released_at=None).count(),
        "footage": Footage.objects.count(),
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
