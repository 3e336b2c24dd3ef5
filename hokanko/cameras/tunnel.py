"""A way over TLS for the cell, which holds no certificate: one connection, to one camera.

FFmpeg could speak TLS itself, but trusts any certificate or the authorities of a file, and the cell
may open none. So it is led through a door on this machine, for one visitor.
"""

from __future__ import annotations

import select
import socket
from contextlib import suppress
from ssl import SSLSocket
from threading import Thread
from typing import Final
from urllib.parse import urlsplit

from hokanko.cameras.certificates import OtherCertificate, is_secured, secured

_VISITOR_S: Final = 10.0  # the cell comes at once
_SILENT_S: Final = 20.0  # longer than the cell itself waits
_AT_ONCE: Final = 64 << 10


class Tunnel:
    """From a door on this machine to the camera at `url` (host as a number, with its port)."""

    def __init__(self, url: str, certificate: str) -> None:
        parts = urlsplit(url)
        self._at = parts.hostname or "", parts.port or 0
        self._certificate = certificate
        self._door = socket.create_server(("127.0.0.1", 0))
        self._door.settimeout(_VISITOR_S)
        who, mark, _ = parts.netloc.rpartition("@")
        here = f"127.0.0.1:{self._door.getsockname()[1]}"
        self.address = parts._replace(scheme="rtsp", netloc=who + mark + here).geturl()
        self.refused = False
        Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            with self._door:
                line, _ = self._door.accept()
            with line:
                try:
                    camera = secured(self._at, self._certificate)
                except OtherCertificate:
                    self.refused = True
                    return
                with camera:
                    carry(line, camera)


def led(url: str, certificate: str) -> tuple[str, Tunnel | None]:
    """The address that the cell follows, and what leads there, if anything must."""
    if not is_secured(url):
        return url, None
    tunnel = Tunnel(url, certificate)
    return tunnel.address, tunnel


def carry(line: socket.socket, camera: SSLSocket) -> None:
    """Bytes both ways until one side ends, or neither says anything."""
    others: dict[socket.socket, socket.socket] = {line: camera, camera: line}
    for each in others:
        each.settimeout(_SILENT_S)
    while ready := [camera] if camera.pending() else select.select([*others], [], [], _SILENT_S)[0]:
        for each in ready:
            some = each.recv(_AT_ONCE)
            if not some:
                return
            others[each].sendall(some)
