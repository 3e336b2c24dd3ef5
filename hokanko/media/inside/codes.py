"""The 2D codes that were held before the camera (a wearer's card at the start of duty)."""

from __future__ import annotations

import zxingcpp
from av.video.frame import VideoFrame

MOST_FRAMES = 12
_FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_WIDEST = 1920
_MOST_CODES = 8
_LONGEST = 1000


class Codes:
    """Collects the distinct QR codes of the frames shown to it."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.frames = 0

    def look(self, frame: VideoFrame) -> None:
        """Read the codes in one frame. Raises one of MEDIA_ERRORS if it cannot be converted."""
        self.frames += 1
        for code in zxingcpp.read_barcodes(_gray(frame), formats=_FORMATS):
            text = str(code.text)[:_LONGEST]
            if text and text not in self.texts and len(self.texts) < _MOST_CODES:
                self.texts.append(text)


def _gray(frame: VideoFrame) -> memoryview:
    """Rows of 8-bit brightness without padding, as zxing-cpp takes them."""
    width = min(frame.width, _WIDEST)
    height = max(1, frame.height * width // frame.width)
    gray = frame.reformat(width=width, height=height, format="gray")
    plane = gray.planes[0]
    rows = memoryview(plane)
    stride = plane.line_size
    packed = b"".join(rows[at : at + width] for at in range(0, stride * height, stride))
    return memoryview(packed).cast("B", (height, width))
