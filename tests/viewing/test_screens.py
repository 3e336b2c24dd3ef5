"""What stands on the screen of a camera where there is no picture to be shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from hokanko.coverage.spans import Span
from hokanko.viewing.screens import screens_of
from tests.cameras import standing
from tests.footage.pieces import NOW, connected, piece, silence

pytestmark = pytest.mark.usefixtures("fresh_home", "db")
MINUTE = timedelta(minutes=1)


def test_what_is_being_recorded_is_not_called_missing() -> None:
    camera = connected(standing.ward())
    piece(camera, NOW - 50 * MINUTE, NOW - 20 * MINUTE)
    silence(camera, NOW - 15 * MINUTE, NOW - 10 * MINUTE, "hung up")
    with translation.override("ja"):
        (screen,) = screens_of([camera], Span(NOW - 15 * MINUTE, NOW - 5 * MINUTE))
        assert [(hole.from_s, hole.words.split()[-1]) for hole in screen.gaps] == [
            ("0.0", "記録なし"),
            ("300.0", "録画中か確認中"),
        ]
