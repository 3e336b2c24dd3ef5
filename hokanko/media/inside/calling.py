"""A camera called by its `rtsp://` address, from a cell with network."""

from __future__ import annotations

import errno

import av
from av.container import InputContainer

_SILENCE_US = 8_000_000


def connected(url: str, kinds: str) -> InputContainer:
    """Its live stream; `kinds` is what is asked for, "video" or "video+audio".

    Raises FFmpegError, OSError or ValueError.
    """
    return av.open(
        url,
        format="rtsp",
        options={
            "rtsp_transport": "tcp",
            "timeout": str(_SILENCE_US),
            "fpsprobesize": "0",  # pictures a second need not be known: seconds sooner
            "allowed_media_types": kinds,
        },
        metadata_errors="replace",
    )


def reason(error: Exception) -> str:
    """What went wrong, as a code; "no tcp" is a camera that sends by UDP alone."""
    if isinstance(error, OSError) and error.errno == errno.EPROTONOSUPPORT:
        return "no tcp"
    return type(error).__name__
