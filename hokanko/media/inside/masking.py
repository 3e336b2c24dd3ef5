"""Black rectangles over pictures, drawn before a picture is encoded: what is below is gone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from av.filter import Graph
from av.video.frame import VideoFrame
from av.video.stream import VideoStream


class Cover:
    """Draws the masks that are due; a picture that only partly falls into their time is covered.

    Takes pictures in yuv420p. The edges go outwards to whole 2×2 blocks, so that no colour shines
    through at them.
    """

    def __init__(
        self, stream: VideoStream, masks: Sequence[Mapping[str, Any]], lasts_ms: float
    ) -> None:
        self._stream = stream
        self._masks = masks
        self._lasts_ms = lasts_ms
        self._graph = Graph()
        self._built: tuple[object, ...] = ()

    def over(self, frame: VideoFrame, at_ms: int) -> VideoFrame:
        """The picture with what is due at `at_ms` blackened. Raises one of MEDIA_ERRORS."""
        due = tuple(
            number
            for number, mask in enumerate(self._masks)
            if mask["from_ms"] - self._lasts_ms < at_ms < mask["until_ms"]
        )
        if not due:
            return frame
        wanted = (due, frame.width, frame.height)
        if wanted != self._built:
            boxes = [box(self._masks[number], frame.width, frame.height) for number in due]
            self._graph, self._built = self._drawn(frame, boxes), wanted
        self._graph.vpush(frame)
        return self._graph.vpull()

    def _drawn(self, frame: VideoFrame, boxes: Sequence[tuple[int, int, int, int]]) -> Graph:
        graph = Graph()
        graph.threads = 1
        last = graph.add_buffer(
            template=self._stream,
            width=frame.width,
            height=frame.height,
            format=frame.format,
            time_base=frame.time_base,
        )
        steps = [
            ("drawbox", f"x={x}:y={y}:w={wide}:h={high}:color=black:t=fill")
            for x, y, wide, high in boxes
        ]
        for name, arguments in [*steps, ("buffersink", None)]:
            step = graph.add(name, arguments)
            last.link_to(step)
            last = step
        graph.configure()
        return graph


def blacken(frame: VideoFrame, masks: Sequence[Mapping[str, Any]]) -> None:
    """Set what lies below the masks to black in a picture in rgb24, whatever their time is."""
    (plane,) = frame.planes
    pixels, row_bytes = bytearray(plane), plane.line_size
    for mask in masks:
        x, y, wide, high = box(mask, frame.width, frame.height)
        for row in range(y, y + high):
            start = row * row_bytes + 3 * x
            pixels[start : start + 3 * wide] = bytes(3 * wide)
    plane.update(bytes(pixels))


def box(mask: Mapping[str, Any], width: int, height: int) -> tuple[int, int, int, int]:
    """x, y, width and height in pixels, all even, of what covers the mask's whole area."""
    left, right = (_outwards(mask[edge], width, up=edge == "right") for edge in ("left", "right"))
    top, bottom = (_outwards(mask[edge], height, up=edge == "bottom") for edge in ("top", "bottom"))
    return left, top, right - left, bottom - top


def _outwards(share: float, size: int, *, up: bool) -> int:
    pairs = share * size / 200
    return min(2 * (math.ceil(pairs) if up else math.floor(pairs)), size)
