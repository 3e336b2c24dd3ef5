"""The cast, a set clock, and a home in a temporary folder."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ["HOKANKO_HOME"] = str(Path(tempfile.mkdtemp(prefix="hokanko-test-")) / "home")
os.environ["HOKANKO_RESERVE_MIB"] = "1"

pytest_plugins = ["tests.fixtures"]
