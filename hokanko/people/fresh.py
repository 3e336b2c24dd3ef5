"""Pages that keep themselves fresh: server-sent events, one whenever something moved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from django.db import connection
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, override

from hokanko.people.door import still_at
from hokanko.people.models import Organisation
from hokanko.people.queries import thing_of_org
from hokanko.rules.decide import may

ROUNDS = 10  # events of one stream: then the browser comes again
EVERY_S = 1.0


def stream(
    request: HttpRequest,
    org: Organisation,
    verb: str,
    draw: Callable[[], str],
    *,
    every_s: float = EVERY_S,
) -> StreamingHttpResponse:
    """The answer that carries what `draw` gives, while its reader may still do `verb` there."""

    def sees() -> bool:
        now = still_at(request)
        return now is not None and may(now, verb, thing_of_org(org))

    flow = drawn_anew(draw, get_language() or "ja", sees, every_s=every_s)
    answer = StreamingHttpResponse(flow, content_type="text/event-stream")
    answer["X-Accel-Buffering"] = "no"
    return answer


def drawn_anew(
    draw: Callable[[], str],
    language: str,
    sees: Callable[[], bool],
    *,
    rounds: int = ROUNDS,
    every_s: float = EVERY_S,
) -> Iterator[bytes]:
    """What `draw` gives, as an event whenever it is another, until `sees` says no: then it goes."""
    shown = ""
    yield b"retry: 1000\n\n"
    for _ in range(rounds):
        with override(language):  # the thread has others' requests between two rounds
            stays = sees()
            drawn = draw() if stays else _gone()
        if drawn != shown:
            shown = drawn
            lines = "".join(f"data: {line}\n" for line in drawn.splitlines())
            yield f"event: wall\n{lines}\n".encode()
        else:
            yield b": nothing moved\n\n"  # so that a screen which is gone is noticed
        if not stays:
            return
        if not connection.in_atomic_block:
            connection.close()  # none is held while it sleeps
        time.sleep(every_s)


def _gone() -> str:
    """In place of what somebody was shown who may see it no more."""
    told = gettext("ログインが終わったか、見ることが認められなくなりました。開き直してください。")
    return format_html('<p class="empty" role="alert">{}</p>', told)
