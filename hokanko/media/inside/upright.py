"""Pictures as they are meant to be seen: turned upright, with square pixels, in a wanted format."""

from __future__ import annotations

from av.filter import Graph
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

# by the counter-clockwise angle which the container asks for
_TURNS: dict[int, tuple[str, ...]] = {90: ("cclock",), 180: ("cclock", "cclock"), 270: ("clock",)}


class Upright:
    """Turns frames; the first one decides the size, a frame of another shape gets a new graph.

    `stream` is where the frames come from. With `widest` (pixels) the picture is scaled down
    until no side is longer, with square pixels and even sides; without, every pixel stays, and
    with `even` a side of odd length gets one more row or column, for encoders that want that.
    """

    def __init__(
        self, stream: VideoStream, pixel_format: str, *, widest: int = 0, even: bool = False
    ) -> None:
        self._stream = stream
        self._pixel_format = pixel_format
        self._widest = widest
        self._even = even
        self._shape: tuple[object, ...] = ()
        self._graph = Graph()
        self._size = ""

    def turn(self, frame: VideoFrame) -> VideoFrame:
        """The frame to show. Raises one of MEDIA_ERRORS if it cannot be converted."""
        shape = (frame.width, frame.height, frame.format.name, frame.rotation)
        if shape != self._shape:
            self._graph = self._build(frame)
            self._shape = shape
        self._graph.vpush(frame)
        done = self._graph.vpull()
        self._size = f"{done.width}:{done.height}"
        return done

    def _build(self, frame: VideoFrame) -> Graph:
        graph = Graph()
        graph.threads = 1
        last = graph.add_buffer(
            template=self._stream,
            width=frame.width,
            height=frame.height,
            format=frame.format,
            time_base=frame.time_base,
        )
        steps = [("transpose", way) for way in _TURNS.get(frame.rotation % 360, ())]
        steps += [("scale", self._size or self._first_size()), ("setsar", "1")]
        if self._even:
            steps.append(("pad", "ceil(iw/2)*2:ceil(ih/2)*2"))
        for name, arguments in [*steps, ("format", self._pixel_format), ("buffersink", None)]:
            step = graph.add(name, arguments)
            last.link_to(step)
            last = step
        graph.configure()
        return graph

    def _first_size(self) -> str:
        if not self._widest:
            return "iw:ih"
        fit = f"min(1,{self._widest}/max(iw*sar,ih))"
        return f"w='max(2,trunc(iw*sar*{fit}/2)*2)':h='max(2,trunc(ih*{fit}/2)*2)'"
