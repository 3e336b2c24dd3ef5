"""Pages that keep themselves fresh: server-sent events, one whenever something moved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from django.db import connection
from django.utils.translation import override

ROUNDS = 10  # events of one stream: then the browser comes again, and is asked again who it is
EVERY_S = 1.0


def drawn_anew(
    draw: Callable[[], str], language: str, *, rounds: int = ROUNDS, every_s: float = EVERY_S
) -> Iterator[bytes]:
    """What `draw` gives, as an event whenever it is another."""
    shown = ""
    yield b"retry: 1000\n\n"
    for _ in range(rounds):
        with override(language):  # the thread has others' requests between two rounds
            drawn = draw()
        if drawn != shown:
            shown = drawn
            lines = "".join(f"data: {line}\n" for line in drawn.splitlines())
            yield f"event: wall\n{lines}\n".encode()
        else:
            yield b": nothing moved\n\n"  # so that a screen which is gone is noticed
        if not connection.in_atomic_block:
            connection.close()  # none is held while it sleeps
        time.sleep(every_s)
