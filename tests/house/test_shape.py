"""Who knows one chapter knows all: the same file names, and ARCHITECTURE.md names the others."""

from __future__ import annotations

import pytest

from tests.house.tree import CHAPTERS, PACKAGE, ROOT, begun

SHAPE = {"__init__", "models", "actions", "queries", "forms", "pages", "jobs"}


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_has_the_shape(chapter: str) -> None:
    own = [path.name for path in begun(chapter) if path.stem not in SHAPE]
    if not own:
        return
    architecture = ROOT / "ARCHITECTURE.md"
    assert architecture.exists(), f"ARCHITECTURE.md must name what is special: {own}"
    told = architecture.read_text()
    unnamed = [f"{chapter}/{name}" for name in own if f"`{chapter}/{name}`" not in told]
    assert not unnamed, f"beyond the shape, and not in ARCHITECTURE.md: {unnamed}"


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_has_no_rooms_but_its_html(chapter: str) -> None:
    rooms = {path.name for path in (PACKAGE / chapter).iterdir() if path.is_dir()}
    assert rooms <= {"html", "__pycache__"}
