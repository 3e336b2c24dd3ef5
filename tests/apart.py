"""Processes apart from this one: none of its settings reach them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


def surroundings(home: Path | None, **settings: str) -> dict[str, str]:
    """The environment of a process in a home of its own; the settings without `HOKANKO_`."""
    kept = {name: said for name, said in os.environ.items() if not name.startswith("HOKANKO_")}
    asked = {f"HOKANKO_{name.upper()}": said for name, said in settings.items()}
    own = {"HOKANKO_HOME": str(home)} if home else {}
    return kept | own | asked | {"DJANGO_SETTINGS_MODULE": "hokanko.settings"}


def told_by(module: str, *words: str | Path, env: Mapping[str, str]) -> Any:
    """The last line, as JSON, of a module that ran as a process and ended well."""
    ran = subprocess.run(
        [sys.executable, "-m", module, *map(str, words)],
        env=env,
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()[-3000:]
    return json.loads(ran.stdout.splitlines()[-1])
