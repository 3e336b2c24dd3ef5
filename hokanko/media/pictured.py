"""Whether an upload is a photograph: told by its first bytes, and decoded in a jail."""

from __future__ import annotations

from hokanko.media import jail
from hokanko.media.jail import JailBroken, Limits
from hokanko.media.redraw import MOST_BYTES, Upload, is_pdf

_LIMITS = Limits(answer_bytes=1, wall_s=30.0, cpu_s=20)
_STARTS = ((b"\x89PNG\r\n\x1a\n", "png_pipe"), (b"\xff\xd8\xff", "jpeg_pipe"))
_STILL = {b"heic", b"heix", b"mif1", b"avif"}  # what telephones write; a film has another brand


def is_pictured(content: bytes) -> bool:
    """Whether it is a picture (JPEG, PNG, WebP, HEIC, AVIF), or a PDF that carries one.

    What the jail does not finish is none: its maker can send another.
    """
    form = _form(content)
    if not form or len(content) > MOST_BYTES:
        return False
    task = "hokanko.media.inside.pictured:pictured"
    try:
        answer = jail.run(task, Upload(content), {"form": form}, _LIMITS)
    except JailBroken:
        return False
    return answer.head.get("pictured") is True


def _form(content: bytes) -> str:
    """What it claims to be, as the task names it; empty for anything else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp_pipe"
    if content[4:8] == b"ftyp" and content[8:12] in _STILL:
        return "mov,mp4,m4a,3gp,3g2,mj2"
    known = next((form for start, form in _STARTS if content.startswith(start)), "")
    return known or ("pdf" if is_pdf(content) else "")
