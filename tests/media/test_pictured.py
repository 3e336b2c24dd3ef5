"""What is told to be a photograph is one: decoded in the jail, or carried by a PDF."""

from __future__ import annotations

import pytest

from hokanko.media import jail
from hokanko.media.jail import JailBroken
from hokanko.media.pictured import is_pictured
from tests.media.clips import clip
from tests.media.test_page import RED, paper
from tests.media.test_redraw import picture


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF", "PDF"])
def test_a_picture_is_known_by_what_it_is(kind: str) -> None:
    assert is_pictured(picture(kind))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"a lock",
        paper(RED),  # drawn, but no photograph
        picture("PDF", (40, 40)),  # a stamp
        b"\x89PNG\r\n\x1a\n" + b"a lock" * 10,
        picture("JPEG")[:40],
        b"RIFF\0\0\0\0WEBP" + b"x" * 40,
        b"\0\0\0\x18ftypheic" + b"x" * 40,
        b"%PDF-1.7\n" + b"x" * 40,
    ],
)
def test_what_only_claims_to_be_one_is_none(content: bytes) -> None:
    assert not is_pictured(content)


def test_a_film_is_none() -> None:
    assert not is_pictured(clip())


def test_what_the_jail_does_not_finish_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object) -> None:
        raise JailBroken("jail-broken", "killed")

    monkeypatch.setattr(jail, "run", broken)
    assert not is_pictured(picture("PNG"))
