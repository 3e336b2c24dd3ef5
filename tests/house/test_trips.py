"""The two trips of ARCHITECTURE.md name the files really entered, in order of first entry."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import timedelta
from difflib import ndiff
from io import StringIO
from pathlib import Path
from types import FrameType

from django.core.management import call_command

from hokanko import clock
from hokanko.footage.models import Footage
from hokanko.management.commands.dock import Command as Dock
from hokanko.management.commands.export import Command as Export
from hokanko.management.commands.sweep import Command as Sweep
from hokanko.rehearsal.cast import Cast
from tests.fixtures import NOON
from tests.house.tree import PACKAGE, ROOT
from tests.media.clips import clip

ARCHITECTURE = ROOT / "ARCHITECTURE.md"
FILE = re.compile(r"`([a-z_]+(?:/[a-z_]+)*\.py)`")
STEP = re.compile(r"^(\d+)\. (.*(?:\n   .*)*)", re.MULTILINE)


def entered(walk: Callable[[], None]) -> list[str]:
    """The files of the program whose functions this thread enters, in order of first entry.

    Bodies of modules and the bytes that run in another process (the jail's cell) are not seen.
    """
    files: dict[str, None] = {}
    inside = f"{PACKAGE}/"

    def see(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_name != "<module>" and code.co_filename.startswith(inside):
            files.setdefault(code.co_filename.removeprefix(inside))

    sys.setprofile(see)
    try:
        walk()
    finally:
        sys.setprofile(None)
    return list(files)


def section(title: str) -> str:
    """The text under a heading of ARCHITECTURE.md, up to the next heading."""
    _, found, rest = ARCHITECTURE.read_text().partition(f"\n### {title}\n")
    assert found, f"ARCHITECTURE.md has no section {title!r}"
    return re.split(r"^#{2,3} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def told(title: str) -> list[str]:
    """The files that the numbered steps under a heading name."""
    steps = STEP.findall(section(title))
    assert [int(number) for number, _ in steps] == list(range(1, len(steps) + 1))
    return [file for _, words in steps for file in FILE.findall(words)]


def left_out() -> set[str]:
    """The files that neither list names, because every trip passes them all the time."""
    files = FILE.findall(section("Passed by everybody"))
    assert all((PACKAGE / file).exists() for file in files), files
    return set(files)


def compare(title: str, files: list[str]) -> None:
    """Fails, line by line, where the list under a heading is not what was entered."""
    seen = [file for file in files if file not in left_out()]
    assert told(title) == seen, "told (-), entered (+):\n" + "\n".join(ndiff(told(title), seen))


def run(command: Dock | Export | Sweep, *words: str) -> None:
    """A command as it is typed, without its noise."""
    call_command(command, *words, stdout=StringIO(), stderr=StringIO())


def card_in_bay(folder: Path) -> Path:
    """A dock with one bay: camera 1, whose card holds one small film taken an hour ago."""
    card = folder / "bays" / "1" / "DCIM"
    card.mkdir(parents=True)
    film = clip(tags={"creation_time": clock.iso(NOON - timedelta(hours=1))})
    (card / "MOV_0001.MP4").write_bytes(film)
    return folder / "bays"


def test_from_the_dock_to_the_certificate(cast: Cast, tmp_path: Path) -> None:
    bays = card_in_bay(tmp_path)

    def walk() -> None:
        run(Dock(), "--org", cast.station.pk, "--bays", str(bays), "--once")
        clock.fix(NOON + timedelta(days=90))
        run(Sweep())

    seen = entered(walk)
    assert Footage.objects.get().state == "erased"
    compare("Trip 1: from the dock to the certificate", seen)


def test_from_the_form_to_the_package(cast: Cast, tmp_path: Path) -> None:
    run(Dock(), "--org", cast.station.pk, "--bays", str(card_in_bay(tmp_path)), "--once")
    piece = Footage.objects.get()
    package = tmp_path / "package"
    asked = f"{piece.number} --to {package} --by ito --purpose ウ --outline 接触事故 --still 500"
    decided = "--wearer sato --decided-by suzuki --ground ウ --entered-by tanaka --medium USB-1"
    seen = entered(lambda: run(Export(), *asked.split(), *decided.split()))
    assert (package / "manifest.json").exists()
    compare("Trip 2: from the form to the package", seen)


def test_what_is_passed_by_everybody_is_passed() -> None:
    assert left_out()
    assert not left_out() & {
        *told("Trip 1: from the dock to the certificate"),
        *told("Trip 2: from the form to the package"),
    }
