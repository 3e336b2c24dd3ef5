"""The inside of the jail: a process that fences itself in, does one task and ends.

Started by `child.start`, never imported by anything else. Its only connection to the world is one
socket, over which it asks for ranges of the footage and hands out its answer.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import PurePath
from types import TracebackType
from typing import Any

from hokanko.media import fence, wire
from hokanko.media.inside.desk import Desk

Task = Callable[[Desk, dict[str, Any]], tuple[dict[str, Any], bytes]]


def main(arguments: list[str]) -> None:
    """Do the task `module:function`; arguments: socket, address space, CPU s, lines out, task."""
    line, address_bytes, cpu_s, lines_out = (int(number) for number in arguments[:4])
    in_force = fence.before_loading(address_bytes, cpu_s, lines_out)
    module, _, name = arguments[4].partition(":")
    task: Task = getattr(importlib.import_module(module), name)
    in_force += fence.after_loading(lines_out)

    desk = Desk(line)
    sys.excepthook = _tell_failure(desk)
    desk.say(wire.READY, json.dumps(in_force).encode())
    job = desk.await_task()
    head, body = task(desk, job)
    desk.say(wire.HEAD, json.dumps(head).encode())
    desk.say(wire.BODY, body)
    os._exit(0)  # nothing to tidy up, and the libraries' own farewells could only fail


def _tell_failure(
    desk: Desk,
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    def tell(kind: type[BaseException], _: BaseException, trace: TracebackType | None) -> None:
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = (
            f"{PurePath(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
        )
        desk.say(wire.FAILED, json.dumps({"error": kind.__name__, "where": place}).encode())
        os._exit(1)

    return tell
