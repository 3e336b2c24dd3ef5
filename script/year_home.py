"""Makes the home in which a unit has lived through a year: year_home.py HOME DAYS.

Told to stop (SIGTERM), it ends after the day; the next run goes on from there.
"""

from __future__ import annotations

import gc
import json
import os
import signal
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
from hokanko.people.models import Organisation, Person  # noqa: E402
from hokanko.rehearsal.cast import Cast, settle  # noqa: E402

LAST = date(2026, 3, 30)  # on the day after it the police notice is valid still
PASSWORD = "ほかのどこにも使わない合言葉"  # noqa: S105 of a home that is only measured
STOP: list[bool] = []  # told to stop
RARE = 100_000  # objects between two collections: building makes many and few cycles


def main() -> None:
    """Live through the days before LAST; what each sweep took is kept beside the home."""
    gc.set_threshold(RARE)
    signal.signal(signal.SIGTERM, lambda *_: STOP.append(True))
    first, kept = LAST - timedelta(days=DAYS - 1), Path(f"{HOME}.days.json")
    with tempfile.TemporaryDirectory() as folder:
        clips = films(Path(folder))
    if kept.exists():
        year = Year(known(), clips)
        year.go_on(json.loads(kept.read_text()))
    else:
        clock.fix(datetime.combine(first - timedelta(days=2), time(12), clock.TOKYO))
        lay_foundation(HOME, rehearsal=True)
        year = Year(settle(PASSWORD), clips)
        year.prepare()
    for ahead in range(len(year.swept), DAYS):
        with one_edition():
            year.live(first + timedelta(days=ahead))
        kept.write_text(json.dumps(year.swept))
        print(f"\r{ahead + 1} of {DAYS} days", end="", file=sys.stderr, flush=True)
        if STOP:
            raise SystemExit("stopped after a day: the next run goes on from here")
    kept.rename(f"{HOME}.swept.json")


def known() -> Cast:
    """The people and cameras of a year that has begun."""
    at = {org.pk: org for org in Organisation.objects.all()}
    people = {person.login: person for person in Person.objects.select_related("org")}
    return Cast(at["HONBU"], at["CHUO"], at["MINATO"], people)


if __name__ == "__main__":
    main()
