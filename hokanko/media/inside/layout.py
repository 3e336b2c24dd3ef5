"""Whether a file is as long as its own outermost structure says, and what it pretends to be."""

from __future__ import annotations

import struct

from hokanko.media.inside.desk import Desk

_MOST_BOXES = 4096
_BRANDS = (b"ftyp", b"moov", b"mdat", b"moof", b"free", b"skip", b"wide", b"styp", b"sidx")


def claimed_container(desk: Desk) -> str:
    """The container that the first bytes promise, or "" — for files that do not open."""
    start = desk.fetch(0, 16) if desk.size else b""
    if start[4:8] in _BRANDS:
        return "mp4"
    if start[:4] == b"RIFF" and start[8:12] == b"AVI ":
        return "avi"
    return "matroska" if start[:4] == b"\x1aE\xdf\xa3" else ""


def cut_short(desk: Desk, container: str) -> str:
    """In words, what is missing at the end of the file; "" if nothing is known to be."""
    if container in ("mp4", "mov"):
        return _boxes_cut_short(desk)
    if container == "avi":
        (claimed,) = struct.unpack("<I", desk.fetch(4, 4).ljust(4, b"\0"))
        # recorders that lost power leave the length at nought
        beyond = claimed + 8 - desk.size
        return f"RIFF ends {beyond} bytes beyond the file" if beyond > 0 else ""
    return ""


def _boxes_cut_short(desk: Desk) -> str:
    """Walk the outermost boxes (ISO/IEC 14496-12 §4.2); a box of size 0 reaches the end."""
    offset, seen = 0, set()
    for _ in range(_MOST_BOXES):
        head = desk.fetch(offset, 16) if offset < desk.size else b""
        if len(head) < 8:
            break
        size, name = struct.unpack_from(">I4s", head)
        if size == 1 and len(head) == 16:
            (size,) = struct.unpack_from(">Q", head, 8)
        if size < 8 or not (name.isalnum() and name.isascii()):
            break
        seen.add(name)
        if offset + size > desk.size:
            return f"{name.decode()} ends {offset + size - desk.size} bytes beyond the file"
        offset += size
    return "" if b"moov" in seen or b"mdat" not in seen else "moov is missing"
