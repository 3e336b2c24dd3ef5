"""A network camera to practise with: RTSP (RFC 2326) with RTP over the same connection."""

from __future__ import annotations

import hashlib
import os
import re
import socket
import socketserver
import struct
import time
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Self

from hokanko.rehearsal.rtp import CLOCK_HZ, Film, Picture, Sender

USER = "viewer"
_REALM = "rehearsal"
_REPORT_EVERY_S = 1.0
_INTERLEAVED = ord("$")


@dataclass(slots=True)
class Mood:
    """How the camera behaves; may be changed while it runs."""

    password: str = ""  # of `viewer`; with none it shows to anybody
    clock_ahead_s: float = 0.0
    udp_only: bool = False  # refuses to send over the connection itself
    speed: float = 1.0
    held_s: float = 0.0  # of the past, held ready and sent at once to whoever comes
    silent: Event = field(default_factory=Event)  # connected, and not a byte
    broken: Event = field(default_factory=Event)  # pictures with bits turned
    hang_up: Event = field(default_factory=Event)  # ends every connection


class Camera:
    """Serves a film over and over until it is left; `film` may be changed meanwhile."""

    def __init__(self, film: Film, mood: Mood | None = None, *, port: int = 0) -> None:
        self.film, self.mood = film, mood or Mood()
        camera = self

        class Visit(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with suppress(OSError):
                    _Talk(camera, self.request).run()

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address, daemon_threads = True, True

        self._server = Server(("127.0.0.1", port), Visit)
        self.port: int = self._server.server_address[1]

    def shown(self, picture: Picture, url: str) -> Picture:
        """The picture as it goes out to whoever asked for `url`."""
        del url
        if not self.mood.broken.is_set():
            return picture
        # without zeros: three of them would be the end of a NAL unit to whoever takes it apart
        nals = tuple(nal[:9] + bytes(255 - b or 1 for b in nal[9:]) for nal in picture.nals)
        return Picture(picture.at_s, nals)

    @property
    def url(self) -> str:
        """Where it is, without credentials."""
        return f"rtsp://127.0.0.1:{self.port}/live"

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.mood.hang_up.set()
        self._server.shutdown()
        self._server.server_close()


class _Talk:
    """One visitor's connection."""

    def __init__(self, camera: Camera, line: socket.socket) -> None:
        self._camera, self._line, self._heard = camera, line, line.makefile("rb")
        self._lock, self._gone = Lock(), Event()
        self._nonce = os.urandom(8).hex()

    def run(self) -> None:
        """Answer until the visitor goes."""
        try:
            while request := self._request():
                method, url, number, headers = request
                if method != "OPTIONS" and not self._may(method, headers):
                    ask = f'Digest realm="{_REALM}", nonce="{self._nonce}"'
                    self._answer("401 Unauthorized", number, {"WWW-Authenticate": ask})
                    continue
                self._obey(method, url, number, headers)
                if method == "TEARDOWN":
                    return
        finally:
            self._gone.set()

    def _obey(self, method: str, url: str, number: str, headers: dict[str, str]) -> None:
        if method == "DESCRIBE":
            told = {"Content-Base": url + "/", "Content-Type": "application/sdp"}
            self._answer("200 OK", number, told, self._camera.film.description())
        elif method == "SETUP" and self._refuses(headers.get("transport", "")):
            self._answer("461 Unsupported Transport", number, {})
        elif method == "SETUP":
            transport = "RTP/AVP/TCP;unicast;interleaved=0-1"
            self._answer("200 OK", number, {"Session": "1;timeout=60", "Transport": transport})
        else:
            self._answer("200 OK", number, {"Session": "1", "Public": "DESCRIBE, SETUP, PLAY"})
            if method == "PLAY":
                Thread(target=self._play, args=(url,), daemon=True).start()

    def _refuses(self, transport: str) -> bool:
        return self._camera.mood.udp_only or "TCP" not in transport

    def _play(self, url: str) -> None:
        mood, film, number, reported = self._camera.mood, self._camera.film, 0, 0.0
        began = time.monotonic() - mood.held_s
        sender = Sender(film.codec)
        with suppress(OSError):
            while not self._gone.is_set():
                rounds, at = divmod(number, len(film.pictures))
                due = began + number / film.per_s / mood.speed
                time.sleep(max(0.0, due - time.monotonic()))
                if mood.hang_up.is_set() or film is not self._camera.film:
                    self._line.shutdown(2)
                    return
                number += 1
                if mood.silent.is_set():
                    continue
                picture = film.pictures[at]
                stamp = round((rounds * film.length_s + picture.at_s) * CLOCK_HZ)
                if time.monotonic() - reported > _REPORT_EVERY_S:
                    reported = time.monotonic()
                    self._send(1, sender.report(time.time() + mood.clock_ahead_s, stamp))
                for packet in sender.packets(self._camera.shown(picture, url), stamp):
                    self._send(0, packet)

    def _send(self, channel: int, packet: bytes) -> None:
        with self._lock:
            self._line.sendall(struct.pack(">BBH", _INTERLEAVED, channel, len(packet)) + packet)

    def _answer(self, status: str, number: str, told: dict[str, str], body: str = "") -> None:
        lines = [f"RTSP/1.0 {status}", f"CSeq: {number}", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in told.items()]
        with self._lock:
            self._line.sendall(("\r\n".join(lines) + "\r\n\r\n" + body).encode())

    def _request(self) -> tuple[str, str, str, dict[str, str]] | None:
        """Method, address, number and headers of the next request; None at the end."""
        while (first := self._heard.read(1)) == b"$":
            _, length = struct.unpack(">BH", self._heard.read(3))
            self._heard.read(length)  # the visitor's reports
        line = (first + self._heard.readline()).decode("ascii", "replace")
        if not first:
            return None
        method, url, _ = line.split(" ", 2)
        headers = {}
        while (line := self._heard.readline().decode("utf-8", "replace").strip()) != "":
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        return method, url, headers.get("cseq", "0"), headers

    def _may(self, method: str, headers: dict[str, str]) -> bool:
        password = self._camera.mood.password
        said = dict(re.findall(r'(\w+)="([^"]*)"', headers.get("authorization", "")))
        one = _md5(f"{USER}:{_REALM}:{password}")
        two = _md5(f"{method}:{said.get('uri', '')}")
        return not password or said.get("response") == _md5(f"{one}:{self._nonce}:{two}")


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
