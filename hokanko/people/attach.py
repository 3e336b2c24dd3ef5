"""Small papers sent with a form: held in memory until they are sealed, never spooled to disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from hokanko.errors import Conflict
from hokanko.keyring.texts import open_text
from hokanko.people.models import ContractorDocument

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponse]
MOST_BYTES = 10 << 20  # a scanned contract; what is larger was scanned too finely
SLACK = 64 << 10  # the other fields of the form


@dataclass(frozen=True, slots=True)
class Scan:
    """A signed paper as it was scanned or photographed."""

    content: bytes
    name: str
    type: str


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
    return Scan(sent.read(), sent.name or "", sent.content_type or "application/octet-stream")


def unsealed(paper: ContractorDocument) -> bytes:
    """The scanned paper again. Raises Unsound when altered."""
    return open_text(bytes(paper.file or b""), context_of(paper))


def context_of(paper: ContractorDocument) -> str:
    """Where a sealed scan stands, so that it opens nowhere else."""
    return f"contractor-document/{paper.pk}"
