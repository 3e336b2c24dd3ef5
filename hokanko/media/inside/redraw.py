"""The task behind `redraw`: one uploaded picture, decoded and drawn anew."""

from __future__ import annotations

from typing import Any

import av

from hokanko.media.inside.container import MEDIA_ERRORS, MOST_PIXELS, main_video
from hokanko.media.inside.desk import Desk, RemoteFile
from hokanko.media.inside.picture import encoded
from hokanko.media.inside.upright import Upright

_OPTIONS = {
    "format_whitelist": "png_pipe,jpeg_pipe",
    "protocol_whitelist": "none",
    "max_pixels": str(MOST_PIXELS),
}


def redraw(desk: Desk, params: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Params `widest` (pixels of the longest side at most), `png` (else JPEG).

    Head: `width`, `height`, or `problem`; body: the image, without anything else of the upload.
    """
    try:
        container = av.open(RemoteFile(desk), "r", options=_OPTIONS, metadata_errors="replace")
        video = main_video(container)
        if video is None:
            return {"problem": "undecodable"}, b""
        upright = Upright(video, "rgb24" if params["png"] else "yuvj420p", widest=params["widest"])
        frame = upright.turn(next(container.decode(video)))
        body = encoded(frame, "png" if params["png"] else "mjpeg")
    except (StopIteration, *MEDIA_ERRORS):
        return {"problem": "undecodable"}, b""
    return {"width": frame.width, "height": frame.height}, body
