"""Every page of a unit that has worked for a year, and the sweep of its days, on both databases.

The year is built once (some twenty minutes) and kept in --folder; what is measured afterwards is
the server's own time for each page that a role can reach, by the links that it is shown.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

sys.path.append(str(Path(__file__).parents[1]))

from figures import Figure, against_limit, tell

from tests.postgres import running, server_folder

HERE = Path(__file__).parent
PAGE_MS, SWEEP_S = 200.0, 1.0
WORST = 10


def run(script: str, *args: object, **settings: str) -> str:
    """Another script of this folder in a process of its own: settings are read once."""
    command = [sys.executable, str(HERE / script), *map(str, args)]
    done = subprocess.run(
        command, check=True, env=os.environ | settings, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def pages(repeats: int, database: str, **settings: str) -> list[Figure]:
    """The slowest pages at the 95th of a hundred; the least slow of them bounds all the others."""
    found: list[dict[str, Any]] = json.loads(run("year_pages.py", "--repeats", repeats, **settings))
    worst = sorted(found, key=lambda page: -float(page["p95_ms"]))
    for page in worst:
        print(json.dumps(page | {"database": database}, ensure_ascii=False), file=sys.stderr)
    return [
        against_limit(
            f"{database} {page['login']} {page['url']}", [page["p95_ms"] / PAGE_MS], 1.0, "× 200 ms"
        )
        for page in worst[:WORST]
    ]


def sweeps(swept: Sequence[dict[str, float]]) -> Figure:
    """The sweep of a day besides unlinking, at the 95th of a hundred days that had something."""
    laps = [day["whole_s"] - day["unlinking_s"] for day in swept if day["pieces"]]
    worst = quantiles(laps, n=20)[-1] if len(laps) > 1 else 0.0
    print(f"sweeps: {len(laps)}, median {median(laps or [0.0]):.3f} s", file=sys.stderr)
    return against_limit("sweep of a day besides unlinking", [worst / SWEEP_S], 1.0, "s")


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    parser.add_argument("--folder", type=Path, required=True, help="where the year is kept")
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--repeats", type=int, default=20)
    asked = parser.parse_args()
    home = asked.folder / "home"
    swept = Path(f"{home}.swept.json")
    if not swept.exists():
        asked.folder.mkdir(parents=True, exist_ok=True)
        run("year_home.py", home, asked.days)
    settings = {"HOKANKO_HOME": str(home), "HOKANKO_DATABASE": ""}
    found = [sweeps(json.loads(swept.read_text())), *pages(asked.repeats, "SQLite", **settings)]
    binaries = server_folder()
    if binaries is not None:
        with running(binaries) as url:
            settings["HOKANKO_DATABASE"] = url
            run("year_copy.py", home / "hokanko.sqlite3", **settings)
            found += pages(asked.repeats, "PostgreSQL", **settings)
    tell(found, [] if binaries else ["PostgreSQL"], as_json=asked.json)


if __name__ == "__main__":
    main()
