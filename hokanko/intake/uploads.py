"""Uploads through the browser: sealed as they come, so that no plaintext touches the disk (I3).

The page sends the file as the plain body of a PUT (not as a form), with its name in a header and,
if the sender knows it, a SHA-256 that is checked on arrival (RFC 9530 Repr-Digest).
"""

from __future__ import annotations

import base64
import binascii
from typing import NoReturn, Protocol

from django.core.files.uploadhandler import FileUploadHandler

from hokanko.errors import Conflict
from hokanko.formats.canon import JSON
from hokanko.intake.sources import Source

READ_BYTES = 256 << 10  # at a time: what the network gave is still in the processor's cache
LONGEST_TIME = 40  # an ISO time with room to spare: nobody fills the ledger by a header


class RefuseToSpool(FileUploadHandler):
    """Django would write a form's files to a temporary directory: never with footage."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> NoReturn:  # noqa: ARG002
        raise Conflict(
            "映像は、この画面の送信欄から送ってください。", "Send footage by the upload page."
        )

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002
        return None


class Body(Protocol):
    """What can be read from the network: an HttpRequest, or anything like a file."""

    def read(self, count: int, /) -> bytes: ...


def from_request(name: str, length: int, body: Body, *, modified: str = "") -> Source:
    """The body of a request as a source of exactly `length` bytes.

    `modified` is the file's time as the sender's computer states it: kept, never relied on.
    A sender who stops half-way raises Conflict out of `read`: nothing is filed.
    """
    left = length

    def read(room: memoryview) -> int:
        nonlocal left
        data = body.read(min(len(room), left, READ_BYTES))
        if not data and left:
            raise Conflict(
                "送信が途中で切れました。何も取り込んでいません。",
                "The upload broke off.",
                mend_ja="もう一度送ってください。",
                mend_en="Send it again.",
            )
        room[: len(data)] = data
        left -= len(data)
        return len(data)

    told: dict[str, JSON] = {"via": "upload"}
    if modified:
        told["file_time"] = modified[:LONGEST_TIME]
    return Source(name, read, length, told)


def digest_of(header: str) -> str | None:
    """The SHA-256 (hex) of a Repr-Digest header, or None when the sender gave none."""
    for part in header.split(","):
        name, _, value = part.strip().partition("=")
        if name.lower() == "sha-256":
            try:
                return base64.b64decode(value.strip(":"), validate=True).hex()
            except binascii.Error as bad:
                raise Conflict("Repr-Digest を読めません。", "Repr-Digest is malformed.") from bad
    return None
