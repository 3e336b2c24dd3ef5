"""Real and broken files from outside: each is looked into and, where possible, played."""

from __future__ import annotations

from pathlib import Path

import pytest

from hokanko.errors import Missing
from hokanko.media.play import part, plan
from hokanko.media.probe import probe
from tests.media.clips import Bytes, opened

DATA = Path(__file__).parents[2].parent / "shared" / "data"
FILES = [
    path
    for folder in ("video", "broken")
    for path in sorted((DATA / folder).rglob("*"))
    if path.is_file()
]

pytestmark = pytest.mark.skipif(not FILES, reason="real and broken footage is absent")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(DATA)))
def test_a_look_ends_in_facts_or_problems(path: Path) -> None:
    found = probe(Bytes(path.read_bytes()), name=path.name)
    codes = {problem.code for problem in found.problems}
    assert not codes & {"jail-broken", "too-slow"}
    assert found.video is not None or codes & {
        "empty",
        "not-media",
        "damaged",
        "truncated",
        "no-video",
    }
    if path.is_relative_to(DATA / "video") and path.suffix != ".gif":
        assert found.playable in ("native", "parts")
        assert codes <= {"no-capture-time"}


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if path.is_relative_to(DATA / "video") and path.suffix != ".gif"],
    ids=lambda path: path.name,
)
def test_beginning_and_end_play(path: Path) -> None:
    source = Bytes(path.read_bytes())
    found = probe(source)
    encode = plan(found).mode == "transcode"
    for at_ms in (0, max(0, (found.duration_ms or 9000) - 600)):
        try:
            made = part(source, at_ms, 300, encode=encode)
        except Missing:
            assert at_ms > 0
            continue
        with opened(made.body) as container:
            assert list(container.decode(video=0))
