"""A camera to be watched, and the pictures of an answer taken apart."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.http.response import HttpResponseBase
from django.test import Client
from PIL import Image

from hokanko.cameras.models import Camera as Row
from hokanko.cameras.streams import connect
from hokanko.live.models import LiveWatch
from hokanko.rehearsal.rtsp import USER, Camera
from tests.clauses.founded import Founded

MOST_PARTS = 120  # of an answer that never gives what is waited for


@dataclass(frozen=True)
class Part:
    """One picture of the answer."""

    kind: str
    body: bytes

    @property
    def is_camera(self) -> bool:
        return self.kind == "image/jpeg"

    @property
    def image(self) -> Image.Image:
        return Image.open(io.BytesIO(self.body))

    def bright(self, x: int, y: int) -> int:
        """How bright a pixel is, of 255."""
        return brightness(self.image, x, y)


def brightness(image: Image.Image, x: int, y: int) -> int:
    """How bright a pixel is, of 255."""
    return image.convert("L").tobytes()[y * image.width + x]


def stream_to(here: Founded, row: Row, camera: Camera, password: str = "") -> None:
    """Connect the camera of a row, by its manager."""
    user = USER if password else ""
    connect(row, camera.url, user=user, password=password, by=here.by("mori"))


def begin(client: Client, *rows: Row) -> list[LiveWatch]:
    """Press the button; gives what was begun."""
    told = client.post("/live/begin/", {"camera": [str(row.pk) for row in rows]})
    assert told.status_code == 302, told.content.decode()
    sitting = told.headers["Location"].split("/")[2]
    return list(LiveWatch.objects.filter(sitting=sitting).order_by("camera__number", "pk"))


def answer(client: Client, watch: LiveWatch) -> HttpResponseBase:
    """The answer that carries the pictures; it is to be closed."""
    told = client.get(f"/live/pictures/{watch.pk}/")
    assert told.headers["Content-Type"] == "multipart/x-mixed-replace; boundary=picture"
    return told


def parts(told: HttpResponseBase) -> Iterator[Part]:
    """The pictures of an answer as they come."""
    for piece in told.streaming_content:  # type: ignore[attr-defined]
        head, found, rest = piece.partition(b"\r\n\r\n")
        if found:
            kind = re.search(rb"Content-Type: (\S+)", head)
            assert kind
            yield Part(kind[1].decode(), rest.removesuffix(b"\r\n--picture\r\n"))


def first(told: Iterable[Part], fits: Callable[[Part], bool]) -> Part:
    """The first picture that fits."""
    for number, part in enumerate(told):
        if fits(part):
            return part
        assert number < MOST_PARTS
    raise AssertionError("the answer ended before")
