"""The films that tests are made of."""

from __future__ import annotations

from tests.media.clips import clip


def test_a_film_asked_for_again_is_the_same_film() -> None:
    """Where it comes a second time, it is known by its bytes: an encoder does not promise them."""
    first = clip(frames=2, tags={"title": "once"})
    assert clip(frames=2, tags={"title": "once"}) is first
    assert clip(frames=2) != first
