"""The certificate of an erasure: what it says, and its publication with signature and proof."""

from __future__ import annotations

from pathlib import Path

from hokanko.footage.models import Footage
from hokanko.formats import certificate as form
from hokanko.formats.certificate import Certificate, Erased, digest
from hokanko.formats.manifest import Organisation
from hokanko.keyring import keys
from hokanko.keyring.disk import make_folder, write
from hokanko.ledger.models import Entry
from hokanko.ledger.prove import proof_of
from hokanko.ledger.publish import publish, signing_key
from hokanko.papers import certificate as paper
from hokanko.papers.sheet import Sheet
from hokanko.retention.models import Erasure
from hokanko.rules.decide import adopted_book

__all__ = ["certificate_of", "certificate_path", "digest", "paper_of", "publish_certificate"]

EXPIRY, EXCEPTION = "police-7.1.2-auto", "police-7.2.6-exception"


def certificate_of(erasure: Erasure) -> Certificate:
    """What an erasure that is done certifies. Its `certified_at` must be set."""
    assert erasure.certified_at is not None
    assert erasure.root_generation is not None
    case = erasure.case
    single = erasure.single_id is not None
    book = adopted_book(erasure.org_id)
    which = (
        f"映像 {erasure.footage[0]['number']} の鍵" if single else f"{erasure.day.isoformat()} の鍵"
    )
    return Certificate(
        organisation=Organisation(erasure.org_id, erasure.org.name),
        day=erasure.day,
        kind="exceptional" if single else "expiry",
        article=book.clause(EXCEPTION if single else EXPIRY).article,
        reason=_reason(erasure) if single else "保存期間の満了",
        files=tuple(Erased(**row) for row in erasure.footage),
        count=len(erasure.footage),
        bytes=sum(row["bytes"] for row in erasure.footage),
        key_destroyed=which,
        root_generation_destroyed=erasure.root_generation,
        method_ja=form.EXCEPTIONAL if single else form.AUTOMATIC,
        erased_at=erasure.certified_at,
        decided_by=case.decided_by.name if case and case.decided_by else None,
    )


def publish_certificate(erasure: Erasure) -> Path:
    """Sign it, add the ledger's proof, and keep it as a file. May be repeated."""
    publish()
    assert erasure.entry is not None
    certificate = certificate_of(erasure)
    key = signing_key()
    text = form.write(
        certificate,
        signature=form.sign_certificate(certificate, key),
        entry=bytes(Entry.objects.get(pk=erasure.entry).body),
        proof=proof_of(erasure.entry).text(),
        vkey=key.vkey,
    )
    path = certificate_path(erasure)
    make_folder(path.parent)
    write(path, text.encode())
    erasure.certificate = text
    erasure.save(update_fields=["certificate"])
    return path


def certificate_path(erasure: Erasure) -> Path:
    """Where an erasure's certificate lies: named by organisation and day, or by the piece."""
    single = erasure.single_id is not None
    what = erasure.footage[0]["number"] if single else f"{erasure.org_id}-{erasure.day.isoformat()}"
    return keys.home().certificates / f"{what}.json"


def paper_of(erasure: Erasure) -> bytes:
    """The certificate as a printed paper (PDF)."""
    assert erasure.entry is not None, "only what is certified has a paper"
    certificate = certificate_of(erasure)
    entry = Entry.objects.get(pk=erasure.entry)
    book = adopted_book(erasure.org_id)
    sheet = Sheet(
        unit=erasure.org.name,
        number=f"消去-{certificate_path(erasure).stem}",
        edition=book.edition,
        day=certificate.erased_at.date(),
        ledger=entry.place,
    )
    case = erasure.case
    exception = None
    if case is not None and case.decided_by is not None and case.decided_at is not None:
        exception = paper.ExceptionalErasure(
            certificate.article, case.decided_by.name, case.decided_at, certificate.reason
        )
    return paper.render(
        paper.Certificate(
            sheet=sheet,
            organisation=erasure.org.name,
            last_day=erasure.day,
            erased_at=certificate.erased_at,
            files=tuple(paper.ErasedFile(f.number, f.sha256, f.bytes) for f in certificate.files),
            method=certificate.method_ja,
            key_destroyed=certificate.key_destroyed,
            root_generation_destroyed=certificate.root_generation_destroyed,
            checkpoint=proof_of(entry.pk).checkpoint_note,
            original_sha256=digest(certificate),
            exception=exception,
        )
    )


def _reason(erasure: Erasure) -> str:
    """The words on which an exceptional erasure was granted, as the case states them."""
    case = erasure.case
    if case is None:
        return "規程が認める操作による消去"
    if case.limb == "departed":
        return "第6の1及び2によらない撮影であり、被撮影者から削除の要請があったため"
    return f"特別な事情: {case.circumstances}"


def of_footage(footage: Footage) -> Erasure | None:
    """The erasure in which a piece ended."""
    mine = Erasure.objects.filter(org=footage.org, stage="certified")
    return (
        mine.filter(single=footage).first()
        or mine.filter(day=footage.last_day, single=None).first()
    )
