"""Tasks that misbehave in a cell, each in its own way."""

from __future__ import annotations

import ctypes
import json
import os
import sys
import time
from typing import Any

import av
import zxingcpp

from hokanko.media import wire
from hokanko.media.inside.desk import Desk, RemoteFile

Said = tuple[dict[str, Any], bytes]
LOADED = (av.__name__, zxingcpp.__name__)


def copy_out(desk: Desk, params: dict[str, Any]) -> Said:
    return {"size": desk.size, "params": params}, RemoteFile(desk).readall()


def jumps(desk: Desk, params: dict[str, Any]) -> Said:
    file = RemoteFile(desk)
    pieces = []
    for offset, length in params["ranges"]:
        file.seek(offset)
        pieces.append(file.read(length))
    return {"lengths": [len(piece) for piece in pieces]}, b"".join(pieces)


def surroundings(desk: Desk, params: dict[str, Any]) -> Said:
    return {"environment": sorted(os.environ), "arguments": sys.argv}, b""


def endless(desk: Desk, params: dict[str, Any]) -> Said:
    desk.tell_so_far({"container": "mp4"})
    while True:
        pass


def asleep(desk: Desk, params: dict[str, Any]) -> Said:
    time.sleep(60)
    return {}, b""


def greedy(desk: Desk, params: dict[str, Any]) -> Said:
    return {}, bytes(4 << 30)


def crash(desk: Desk, params: dict[str, Any]) -> Said:
    ctypes.string_at(8)
    return {}, b""


def leave(desk: Desk, params: dict[str, Any]) -> Said:
    os._exit(7)


def blurt(desk: Desk, params: dict[str, Any]) -> Said:
    secret = desk.fetch(0, 6)
    os.write(2, secret)
    raise ValueError(secret)


def flood(desk: Desk, params: dict[str, Any]) -> Said:
    return {}, bytes(2 << 20)


def garble(desk: Desk, params: dict[str, Any]) -> Said:
    desk.say(b"?", b"what")
    return {}, b""


def not_json(desk: Desk, params: dict[str, Any]) -> Said:
    desk.say(wire.HEAD, b"[" * 100_000)
    desk.say(wire.BODY, b"")
    return {}, b""


def beyond(desk: Desk, params: dict[str, Any]) -> Said:
    """Ask for bytes outside of the footage."""
    desk.say(wire.READ, wire.RANGE.pack((1 << 64) - 1, (1 << 32) - 1))
    _, body = wire.receive(desk._hear, {wire.DATA: 1 << 20})
    return {"got": len(body)}, b""


def odd_range(desk: Desk, params: dict[str, Any]) -> Said:
    desk.say(wire.READ, b"1")
    return {}, b""


def insist(desk: Desk, params: dict[str, Any]) -> Said:
    while True:
        desk.fetch(0, 1)


def lie(desk: Desk, params: dict[str, Any]) -> Said:
    return json.loads(params["answer"]), b"body"
