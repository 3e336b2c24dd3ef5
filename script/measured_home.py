"""A home in a temporary folder, ready for Django as soon as this is imported; TMPDIR says where."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import django

FOLDER = tempfile.TemporaryDirectory(prefix="hokanko-bench-")
PASSWORD = "ほかのどこにも使わない合言葉"  # noqa: S105 of a home that lives for minutes

for name in [name for name in os.environ if name.startswith("HOKANKO_")]:
    del os.environ[name]  # no setting of this person's own home reaches a measurement
os.environ["HOKANKO_HOME"] = str(Path(FOLDER.name, "home"))
os.environ["DJANGO_SETTINGS_MODULE"] = "hokanko.settings"
sys.path.append(str(Path(__file__).parents[1]))
django.setup()

from hokanko import home  # noqa: E402 Django reads its settings first
from hokanko.management.commands.init import lay_foundation  # noqa: E402
from hokanko.rehearsal.cast import Cast, settle  # noqa: E402


def founded(*, rehearsal: bool = False) -> Cast:
    """Make the home, and register and appoint its people through the verbs."""
    lay_foundation(home.here().path, rehearsal=rehearsal)
    return settle(PASSWORD, rehearsal=rehearsal)


def folder(name: str) -> Path:
    """A new folder beside the home, on the same disk."""
    made = Path(FOLDER.name, name)
    made.mkdir()
    return made
