"""The paper that a request rests on (根拠となる文書): filed sealed with it, and read again."""

from __future__ import annotations

from uuid import UUID

from hokanko import clock
from hokanko.errors import Missing
from hokanko.people.attach import Scan, enclose
from hokanko.provision.models import Provision, ProvisionPaper

UNNAMED = "根拠となる文書"


def file_paper(provision: Provision, title: str, scan: Scan) -> str:
    """File it with a request that is being made; its SHA-256 (hex), for the ledger.

    Raises Conflict for what is no PDF or photograph, or too large.
    """
    paper = ProvisionPaper(
        provision=provision, title=title.strip() or UNNAMED, entered_at=clock.now()
    )
    enclose(paper, scan)
    paper.save()
    return paper.file_sha256


def paper(pk: UUID) -> ProvisionPaper:
    """One paper with its request. Raises Missing."""
    found = ProvisionPaper.objects.select_related("provision").filter(pk=pk).first()
    if found is None:
        raise Missing("この文書はありません。", "There is no such paper.")
    return found
