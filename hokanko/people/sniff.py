"""What an attachment is, by its first bytes; what a browser said of it is not believed."""

from __future__ import annotations

UNKNOWN = "application/octet-stream"
PICTURES = ("image/png", "image/jpeg")
STARTS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"%PDF-", "application/pdf"),
)


def kind_of(content: bytes) -> str:
    """The media type; UNKNOWN for anything but PNG, JPEG and PDF."""
    return next((kind for start, kind in STARTS if content.startswith(start)), UNKNOWN)


def plain_name(name: str) -> str:
    """A file's name without folders, control characters or quotes, of at most 120 characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in last if c.isprintable() and c not in '"<>|:*?')
    return kept.strip(". ")[-120:] or "attachment"
