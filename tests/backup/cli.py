"""A home of one's own for the real `hokanko` command, run in processes of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.apart import surroundings
from tests.fixtures import PASSWORD


@dataclass(frozen=True, slots=True)
class Cli:
    """Runs commands in one home, with settings of its own: none of this run's own reach it."""

    home: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, *words: str | Path, code: int = 0, **settings: str) -> dict[str, Any]:
        """The JSON of a command that must end with this code."""
        done = self._run([*words, "--json"], settings)
        assert done.returncode == code, done.stderr.decode()[-3000:]
        said: dict[str, Any] = json.loads(done.stdout or "{}")
        return said

    def outcome(self, *words: str | Path) -> tuple[int, str]:
        """The exit code of a command, and all that it said."""
        done = self._run(words, {})
        return done.returncode, (done.stdout + done.stderr).decode()

    def _run(
        self, words: Sequence[str | Path], settings: Mapping[str, str]
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "hokanko.door", *map(str, words)],
            env=surroundings(self.home, reserve_mib="1") | {**self.settings, **settings},
            capture_output=True,
            check=False,
        )

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
