"""Addresses of cameras, looked up beside the recorder: a dead name server holds up no recording."""

from __future__ import annotations

import ipaddress
import logging
from contextlib import suppress
from threading import Thread
from typing import TypeAlias
from urllib.parse import urlsplit

from hokanko.cameras.models import Camera
from hokanko.cameras.recorded import addressed, stream_password
from hokanko.errors import HokankoError

log = logging.getLogger(__name__)
_Asked: TypeAlias = tuple[str, str, bytes]


class Addresses:
    """What is known of each camera's address; a name is asked for in a thread of its own."""

    def __init__(self) -> None:
        self._known: dict[_Asked, str] = {}
        self._asking: set[_Asked] = set()

    def known(self, camera: Camera) -> str:
        """Its address as last found, with credentials; empty where none was found yet."""
        return self._known.get(_asked(camera), "")

    def ask(self, camera: Camera) -> None:
        """Find it anew; at once where the host is a number, else later, one question at a time."""
        asked = _asked(camera)
        if asked in self._asking:
            return
        try:
            password = stream_password(camera)
        except HokankoError as error:
            log.warning("%s: %s", camera.number, error.en)
            return
        self._asking.add(asked)
        if _is_number(camera.stream_url):
            self._find(camera, asked, password)
        else:
            Thread(target=self._find, args=(camera, asked, password), daemon=True).start()

    def _find(self, camera: Camera, asked: _Asked, password: str) -> None:
        try:
            self._known[asked] = addressed(camera.stream_url, camera.stream_user, password)
        except HokankoError as error:  # what was known stays: the name server may be away
            log.warning("%s: %s", camera.number, error.en)
        finally:
            self._asking.discard(asked)


def _asked(camera: Camera) -> _Asked:
    return camera.stream_url, camera.stream_user, bytes(camera.stream_password or b"")


def _is_number(url: str) -> bool:
    with suppress(ValueError):
        ipaddress.ip_address(urlsplit(url).hostname or "")
        return True
    return False
