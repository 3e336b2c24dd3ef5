"""A home in a temporary folder: named before Django reads its settings, which conftest cannot."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

FOLDER = tempfile.mkdtemp(prefix="hokanko-test-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["HOKANKO_HOME"] = str(Path(FOLDER) / "home")
os.environ["HOKANKO_RESERVE_MIB"] = "1"
