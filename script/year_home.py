"""Makes the home in which a unit has lived through a year: year_home.py HOME DAYS."""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

HOME, DAYS = Path(sys.argv[1]), int(sys.argv[2])
for name in [name for name in os.environ if name.startswith("HOKANKO_")]:
    del os.environ[name]
os.environ["HOKANKO_HOME"] = str(HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "hokanko.settings"
sys.path.append(str(Path(__file__).parents[1]))

import django  # noqa: E402

django.setup()

from unit_year import Year, films, one_edition  # noqa: E402 they read the settings

from hokanko import clock  # noqa: E402
from hokanko.management.commands.init import lay_foundation  # noqa: E402
from hokanko.rehearsal.cast import settle  # noqa: E402

LAST = date(2026, 3, 30)  # on the day after it the police notice is valid still
PASSWORD = "ほかのどこにも使わない合言葉"  # noqa: S105 of a home that is only measured
RARE = 100_000  # objects between two collections: building makes many and few cycles


def main() -> None:
    """Live through the days before LAST; what each sweep took is kept beside the home."""
    gc.set_threshold(RARE)
    first = LAST - timedelta(days=DAYS - 1)
    clock.fix(datetime.combine(first - timedelta(days=2), time(12), clock.TOKYO))
    lay_foundation(HOME, rehearsal=True)
    with tempfile.TemporaryDirectory() as folder:
        year = Year(settle(PASSWORD), films(Path(folder)))
    year.prepare()
    for ahead in range(DAYS):
        with one_edition():
            year.live(first + timedelta(days=ahead))
        print(f"\r{ahead + 1} of {DAYS} days", end="", file=sys.stderr, flush=True)
    Path(f"{HOME}.swept.json").write_text(json.dumps(year.swept))


if __name__ == "__main__":
    main()
