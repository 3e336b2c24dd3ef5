"""A film of a quarter of an hour that begins at 9:55, and a request for five minutes of it."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import av

from hokanko import clock
from hokanko.footage.models import Footage
from hokanko.intake.jobs import examine
from hokanko.provision.models import Provision
from tests.clauses.founded import Founded
from tests.media.clips import brightness, gray
from tests.provision.outside import STATED, judge, taken_down

BEGINS = datetime(2026, 11, 21, 9, 55, tzinfo=clock.TOKYO)
TEN = datetime(2026, 11, 21, 10, 0, tzinfo=clock.TOKYO)
FIVE = timedelta(minutes=5)
MINUTES = 15


def film(minutes: int = MINUTES) -> bytes:
    """A picture a second, each told from its neighbours by its brightness; sound beside it."""
    sink = io.BytesIO()
    with av.open(sink, "w", format="mp4") as out:
        video: Any = out.add_stream("libx264", rate=1, options={"preset": "ultrafast"})
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        video.codec_context.gop_size = 240  # key pictures lie far before the range
        for second in range(minutes * 60):
            frame = gray(bytes([brightness(second)]) * (64 * 48), 64, 48).reformat(format="yuv420p")
            frame.pts, frame.time_base = second, Fraction(1, 1)
            out.mux(video.encode(frame))
        out.mux(video.encode(None))
    return sink.getvalue()


def filmed(here: Founded, login: str, content: bytes) -> Footage:
    """A film that begins at 9:55, taken in and looked into."""
    clock.fix(max(BEGINS, clock.now()))
    piece = here.take_in(login, content)
    examine(str(piece.pk))
    clock.fix(TEN + timedelta(hours=2))
    return Footage.objects.select_related("org", "camera").get(pk=piece.pk)


def approved(here: Founded, **changes: object) -> Provision:
    """Ten o'clock to five past, granted by the manager."""
    asked = {"happened_from": TEN, "happened_until": TEN + FIVE} | changes
    provision = taken_down(here, "kishi", **asked)
    judge(here, "mori", provision, "イ", STATED["inquiry"])
    return provision
