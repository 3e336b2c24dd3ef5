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
from hokanko.retention.models import Erasure
from hokanko.retention.texts import said
from hokanko.rules.decide import adopted_book, parameter
from hokanko.rules.edition import sheet_of
from hokanko.rules.permit import Permit

__all__ = ["certificate_of", "certificate_path", "digest", "paper_of", "publish_certificate"]

SOFTWARE = "ソフトウェアの既定"
# What an erasure at the end of its day is called, by `erase.method`: what is done is the same.
METHODS = {
    "automatic": form.AUTOMATIC,
    "overwrite": f"上書き等に当たる消去（{form.HOW}）",
    "unrecoverable": f"復元できない方法による消去（{form.HOW}）",
    "overwrite-or-format": f"上書き又は初期化等に当たる消去（{form.HOW}）",
}


def method_of(org: str) -> str:
    """消去の方法 in the words of an organisation's rulebook."""
    chosen = parameter(org, "erase.method")
    words, _ = adopted_book(org).parameter("erase.method").choices.get(chosen, (chosen, ""))
    return METHODS.get(chosen, f"{words}（{form.HOW}）")


def cited(permit: Permit) -> str:
    """The article on which an erasure rests, as a certificate names it."""
    return permit.article or SOFTWARE


def certificate_of(erasure: Erasure) -> Certificate:
    """What an erasure that is done certifies. Its `certified_at` must be set."""
    if erasure.certificate:
        return form.read(erasure.certificate)
    assert erasure.certified_at is not None
    assert erasure.root_generation is not None
    case = erasure.case
    single = erasure.single
    which = (
        f"映像 {erasure.footage[0]['number']} の鍵" if single else f"{erasure.day.isoformat()} の鍵"
    )
    return Certificate(
        organisation=Organisation(erasure.org_id, erasure.org.name),
        day=single.last_day if single else erasure.day,
        kind="exceptional" if single else "expiry",
        article=erasure.article,
        reason=_reason(erasure) if single else "保存期間の満了",
        files=tuple(Erased(**row) for row in erasure.footage),
        count=len(erasure.footage),
        bytes=sum(row["bytes"] for row in erasure.footage),
        key_destroyed=which,
        root_generation_destroyed=erasure.root_generation,
        method_ja=erasure.method,
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
    number = f"消去-{certificate_path(erasure).stem}"
    sheet = sheet_of(erasure.org_id, erasure.org.name, number, entry.place, certificate.erased_at)
    case = erasure.case
    exception = None
    if case is not None and case.decided_by is not None and case.decided_at is not None:
        exception = paper.ExceptionalErasure(
            certificate.article,
            case.decided_by.name,
            case.decided_at,
            certificate.reason,
            paper.BY_HAND if case.limb == "hand" else paper.EXCEPTIONAL,
        )
    return paper.render(
        paper.Certificate(
            sheet=sheet,
            organisation=erasure.org.name,
            last_day=certificate.day,
            erased_at=certificate.erased_at,
            files=tuple(paper.ErasedFile(f.number, f.sha256, f.bytes) for f in certificate.files),
            method=certificate.method_ja,
            key_destroyed=certificate.key_destroyed,
            root_generation_destroyed=certificate.root_generation_destroyed,
            checkpoint=proof_of(entry.pk).checkpoint_note,
            original_sha256=digest(certificate),
            exception=exception,
            article="" if exception else certificate.article,
        )
    )


def _reason(erasure: Erasure) -> str:
    """The words on which one piece ended early, as its case states them."""
    case = erasure.case
    assert case is not None, "one piece ends early by a case only"
    if case.limb == "departed":
        return "第6の1及び2によらない撮影であり、被撮影者から削除の要請があったため"
    if case.limb == "hand":
        return said(case).circumstances
    return "特別な事情があると認めたため"  # in which words, the ledger keeps sealed


def row_of(footage: Footage) -> dict[str, str | int]:
    """A piece as erasures and certificates list it."""
    return {
        "id": str(footage.pk),
        "number": footage.number,
        "sha256": footage.sha256,
        "bytes": footage.bytes,
    }
