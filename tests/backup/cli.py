"""A home of one's own for the real `hokanko` command, run in processes of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fixtures import PASSWORD


@dataclass(frozen=True, slots=True)
class Cli:
    """Runs commands in one home; `database` is empty for SQLite."""

    home: Path

    def __call__(self, *words: str | Path, code: int = 0, **settings: str) -> dict[str, Any]:
        """The JSON of a command that must end with this code."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("HOKANKO_")}
        asked = {"HOKANKO_HOME": str(self.home), "HOKANKO_RESERVE_MIB": "1", **settings}
        done = subprocess.run(
            [sys.executable, "-m", "hokanko.door", *map(str, words), "--json"],
            env=kept | asked,
            capture_output=True,
            check=False,
        )
        assert done.returncode == code, done.stderr.decode()[-3000:]
        said: dict[str, Any] = json.loads(done.stdout or "{}")
        return said

    def found(self) -> None:
        """A rehearsal home with one station and its first people."""
        secret = self.home.parent / "secret"
        secret.write_text(PASSWORD)
        self("init", "--rehearsal", "--password-file", secret)
        self("org", "add", "--rulebook", "police", "--name", "中央警察署", "--code", "CHUO")
        self.person("suzuki", "運用管理者")

    def person(self, login: str, post: str, *, code: int = 0) -> None:
        """Register somebody with a post."""
        secret = self.home.parent / "secret"
        words = ("--org", "CHUO", "--login", login, "--name", login, "--post", post)
        self("person", "add", *words, "--password-file", secret, code=code)

    def camera(self, number: str = "1") -> None:
        """Register a camera."""
        self("camera", "add", "--org", "CHUO", "--number", number, "--by", "suzuki")

    def take_in(self, path: Path, *, code: int = 0, **settings: str) -> dict[str, Any]:
        """Take one file in from camera 1."""
        words = ("take-in", path, "--org", "CHUO", "--camera", "1")
        return self(*words, code=code, **settings)
