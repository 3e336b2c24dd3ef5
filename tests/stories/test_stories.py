"""Plain stories a clerk can read, run through the real command in a new home.

`$` a command (its words as typed) · `=` its exit code (0 when not said) · `~` words that must
appear in what it prints · `!` words that must not · `@NAME path.in.json` keeps a value of the
`--json` answer as {NAME}. {WORK} is an empty directory, {CLIP} a small real film.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.media.clips import clip as film

STORIES = sorted(Path(__file__).parent.glob("*.txt"))
REPOSITORY = Path(__file__).parents[2]


@dataclass(slots=True)
class Teller:
    """Runs one story in one home."""

    home: Path
    names: dict[str, str] = field(default_factory=dict)
    out: str = ""
    code: int = 0
    asked: bool = True

    def line(self, text: str) -> None:
        mark, rest = text[0], self._filled(text[1:].strip())
        if mark == "$":
            self._run(rest)
        elif mark == "=":
            assert self.code == int(rest), f"exit {self.code}\n{self.out}"
            self.asked = True
        elif mark == "~":
            assert rest in self.out, self.out
        elif mark == "!":
            assert rest not in self.out, self.out
        elif mark == "@":
            name, path = rest.split()
            self.names[name] = str(_dig(json.loads(self.out), path))

    def end(self) -> None:
        assert self.asked or self.code == 0, f"exit {self.code}\n{self.out}"

    def _run(self, words: str) -> None:
        self.end()
        program, *arguments = shlex.split(words)
        assert program in {"hokanko", "flip"}, program
        if program == "flip":
            self._flip(Path(arguments[0]))
            return
        done = subprocess.run(
            [sys.executable, "-m", "hokanko.door", *arguments],
            cwd=REPOSITORY,
            env=self._environment(),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        self.out, self.code, self.asked = done.stdout, done.returncode, False
        if "--json" not in arguments:
            self.out += done.stderr
        assert "Traceback" not in done.stderr, done.stderr

    def _environment(self) -> dict[str, str]:
        """A home of its own with the default database, whatever the tests run on."""
        kept = {name: value for name, value in os.environ.items() if "HOKANKO_" not in name}
        return {**kept, "HOKANKO_HOME": str(self.home), "HOKANKO_RESERVE_MIB": "1"}

    def _flip(self, path: Path) -> None:
        """Change one bit in the middle of a file."""
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
        self.out, self.code, self.asked = "", 0, True

    def _filled(self, text: str) -> str:
        return re.sub(r"\{([A-Z_0-9]+)\}", lambda found: self.names[found[1]], text)


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_story(story: Path, tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(film(tags={"creation_time": "2026-11-20T01:00:00Z"}))
    password = tmp_path / "password"
    password.write_text("とても長い合言葉-2026")
    work = tmp_path / "work"
    work.mkdir()
    teller = Teller(
        tmp_path / "home",
        {
            "CLIP": str(clip),
            "WORK": str(work),
            "PASSWORD": str(password),
            "HOME": str(tmp_path / "home"),
        },
    )
    for text in story.read_text().splitlines():
        if text and not text.startswith("#"):
            teller.line(text)
    teller.end()


def _dig(value: Any, path: str) -> Any:
    for step in path.split("."):
        value = value[int(step)] if step.isdigit() else value[step]
    return value


def test_there_are_stories() -> None:
    assert len(STORIES) >= 2
