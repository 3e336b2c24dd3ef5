"""Thirty cameras come home at once, into a home of their own (`-m tests.dock.thirty BAYS`)."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import django

django.setup()

from hokanko.cameras.actions import register  # noqa: E402
from hokanko.dock.crowd import empty_all  # noqa: E402
from hokanko.dock.emptying import Outcome  # noqa: E402
from hokanko.footage.models import Footage  # noqa: E402
from hokanko.intake.models import Arrival  # noqa: E402
from hokanko.keyring import keys  # noqa: E402
from hokanko.management.commands.init import lay_foundation  # noqa: E402
from hokanko.rehearsal.cast import settle  # noqa: E402
from hokanko.rules.actor import machine  # noqa: E402
from tests.dock.containers import plate  # noqa: E402

CAMERAS, AT_ONCE, LATE = 30, 8, 31


def main(bays: Path) -> None:
    """Fill the bays, empty them side by side, and tell what came of it."""
    lay_foundation(keys.home().path, rehearsal=True)
    cast = settle("とても長い合言葉-2026")
    for number in range(3, LATE + 1):
        cast.cameras[f"CHUO-{number}"] = register(
            cast.station,
            number=str(number),
            serial=f"S-{number}",
            kind="wearable",
            by=cast.as_actor("suzuki"),
        )
    for number in range(1, CAMERAS + 1):
        lay(plate(bays, cast, str(number)), b"%d" % number * 40_000)
    lay(plate(bays, cast, "2", "bay-2-again"), b"2" * 40_000)
    by = machine("management-pc", "CHUO")
    outcomes: list[Outcome] = []
    for outcome in empty_all(cast.station, bays, at_once=AT_ONCE, by=by):
        if not outcomes:  # one more officer comes while the others' cameras are read
            lay(plate(bays, cast, str(LATE)), b"%d" % LATE * 40_000)
        outcomes.append(outcome)
    told = {
        "faults": [str(outcome.error) for outcome in outcomes if outcome.error],
        "outcomes": len(outcomes),
        "numbers": sorted(int(f.number.rsplit("-", 1)[1]) for f in Footage.objects.all()),
        "left": len(list(bays.rglob("*.MP4"))),
        "copying": Arrival.objects.filter(state="copying").count(),
        "unreleased": Footage.objects.filter(released_at=None).count(),
    }
    sys.stdout.write(json.dumps(told) + "\n")


def lay(bay: Path, content: bytes) -> None:
    """The clip that all of them call by the same name."""
    (bay / "DCIM" / "100MEDIA").mkdir(parents=True)
    (bay / "DCIM" / "100MEDIA" / "MOV_0001.MP4").write_bytes(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
