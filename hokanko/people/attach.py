"""Small papers sent with a form: held in memory until they are sealed, never spooled to disk."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import quote

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from hokanko.errors import Conflict, Missing
from hokanko.keyring.texts import open_text, sealer
from hokanko.people.models import Enclosed
from hokanko.people.sniff import PICTURES, UNKNOWN, kind_of, plain_name

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponse]
MOST_BYTES = 10 << 20  # a scanned contract; what is larger was scanned too finely
SLACK = 64 << 10  # the other fields of the form
SHUT = "default-src 'none'; sandbox"  # a picture opened by itself runs nothing


@dataclass(frozen=True, slots=True)
class Scan:
    """A signed paper as it was scanned or photographed."""

    content: bytes
    name: str


class _InMemory(MemoryFileUploadHandler):
    """Django's own, with our limit, and without its next one, which would write to the disk."""

    def handle_raw_input(
        self,
        input_data: object,
        META: dict[str, str],  # noqa: ARG002, N803
        content_length: int,
        boundary: str,  # noqa: ARG002
        encoding: str | None = None,  # noqa: ARG002
    ) -> None:
        del input_data
        if content_length > MOST_BYTES + SLACK:
            raise Conflict("書類は10 MiBまでです。", "A paper may have up to 10 MiB.")
        self.activated = True


def with_paper(page: Page[P]) -> Page[P]:
    """A page whose form carries a small file. The token is checked after the handler is set."""
    protected = csrf_protect(page)

    @csrf_exempt
    @wraps(page)
    def take(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request.upload_handlers = [_InMemory(request)]
        return protected(request, *args, **kwargs)

    return take


def scan_of(sent: UploadedFile[bytes] | None) -> Scan | None:
    """What a form field of a file holds."""
    if sent is None:
        return None
    return Scan(sent.read(), sent.name or "")


def enclose(row: Enclosed, scan: Scan) -> None:
    """File a scan with a row that has its key already, sealed; the row is not saved yet.

    Raises Conflict for what is too large, or neither a PDF nor a photograph.
    """
    kind = kind_of(scan.content)
    if len(scan.content) > MOST_BYTES:
        raise Conflict("書類は10 MiBまでです。", "A paper may have up to 10 MiB.")
    if kind == UNKNOWN:
        raise Conflict(
            "書類の写しは、PDFか写真（JPEG・PNG）にしてください。",
            "A paper is sent as PDF, or as a photograph (JPEG or PNG).",
        )
    row.file = sealer()(scan.content, context_of(row))
    row.file_name, row.file_type = plain_name(scan.name), kind
    row.file_sha256 = hashlib.sha256(scan.content).hexdigest()


def unsealed(row: Enclosed) -> bytes:
    """The scanned paper again. Raises Missing where none is on file, Unsound when altered."""
    if row.file is None:
        raise Missing("写しが綴じられていません。", "No scan is on file.")
    return open_text(bytes(row.file), context_of(row))


def as_answer(row: Enclosed) -> HttpResponse:
    """A scan on its way out: a photograph to look at, anything else to keep."""
    shown = row.file_type in PICTURES
    answer = HttpResponse(unsealed(row), content_type=row.file_type if shown else UNKNOWN)
    name = quote(plain_name(row.file_name))
    how = "inline" if shown else "attachment"
    answer["Content-Disposition"] = f"{how}; filename*=UTF-8''{name}"
    answer["Content-Security-Policy"] = SHUT
    return answer


def context_of(row: Enclosed) -> str:
    """Where a sealed scan stands, so that it opens nowhere else."""
    return f"{type(row).__name__.lower()}/{row.pk}"
