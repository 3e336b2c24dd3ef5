"""A certificate of erasure is written, verified, and refused when anything differs."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from hokanko.errors import Unsound
from hokanko.formats import canon, certificate
from hokanko.formats.certificate import EXCEPTIONAL, Certificate
from hokanko.formats.check import Check
from hokanko.formats.note import sign
from tests.formats.handed_over import (
    EXPIRY,
    KEY,
    OTHER,
    base64,
    entry_of,
    erased_entry,
    ledger_of,
    write_certificate,
)

VECTORS = Path(__file__).parents[1] / "vectors" / "certificate"
ORDER = ["form", "key", "signature", "entry", "checkpoint", "proof"]
BY_HAND = replace(
    EXPIRY,
    kind="exceptional",
    article="第7の2(6)ただし書",
    decided_by="佐藤 花子",
    reason="撮影の要件を欠いていたため",
    method_ja=EXCEPTIONAL,
)


def failed(checks: list[Check]) -> list[str]:
    assert [check.name for check in checks] == ORDER
    return [check.name for check in checks if not check.ok]


def changed(**members: canon.JSON) -> str:
    """The sound file with other outer members."""
    file = canon.decode(write_certificate().encode())
    assert isinstance(file, dict)
    return canon.encode({**file, **members}).decode()


@pytest.mark.parametrize("what", [EXPIRY, BY_HAND])
def test_a_certificate_verifies(what: Certificate) -> None:
    text = write_certificate(what)
    assert failed(certificate.verify(text)) == []
    assert failed(certificate.verify(text, [OTHER.vkey, KEY.vkey])) == []
    assert certificate.read(text) == what


def test_it_is_the_published_vector() -> None:
    assert (VECTORS / "expiry.json").read_text(encoding="utf-8") == write_certificate()
    assert (VECTORS / "exceptional.json").read_text(encoding="utf-8") == write_certificate(BY_HAND)


def test_the_digest_is_that_of_the_canonical_bytes() -> None:
    data = certificate.canonical(EXPIRY)
    assert certificate.digest(EXPIRY) == sha256(data).hexdigest()
    assert canon.encode(json.loads(data)) == data


def test_without_a_trusted_key_it_says_so() -> None:
    key = certificate.verify(write_certificate())[1]
    assert "この鍵が本物かは、別の経路で確かめてください" in key.detail
    assert "別の経路" not in certificate.verify(write_certificate(), [KEY.vkey])[1].detail


def test_another_key_than_the_trusted_one_is_unsound() -> None:
    text = write_certificate(key=OTHER)
    assert failed(certificate.verify(text)) == []
    assert "key" in failed(certificate.verify(text, [KEY.vkey]))


@pytest.mark.parametrize("member", ["certificate", "signature", "entry", "proof", "vkey"])
def test_a_missing_part_is_unsound(member: str) -> None:
    file = canon.decode(write_certificate().encode())
    assert isinstance(file, dict)
    del file[member]
    assert failed(certificate.verify(canon.encode(file).decode())) == ORDER


def test_every_changed_character_is_noticed() -> None:
    text = write_certificate()
    for at in range(len(text)):
        bad = text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :]
        assert failed(certificate.verify(bad, [KEY.vkey])), f"character {at}, {text[at]!r}"


def test_a_changed_fact_breaks_signature_and_commitment() -> None:
    text = write_certificate().replace("保存期間の満了", "保存期間の終了")
    assert failed(certificate.verify(text)) == ["signature", "entry", "proof"]


@pytest.mark.parametrize("text", ["", "{}", "null", "[]", "x", '{"certificate":1}', "\udc80"])
def test_what_is_no_certificate_fails_every_check(text: str) -> None:
    assert failed(certificate.verify(text)) == ORDER


def test_a_pretty_print_is_not_the_certificate() -> None:
    text = json.dumps(json.loads(write_certificate()), indent=2, ensure_ascii=False)
    assert failed(certificate.verify(text)) == ORDER


def test_the_signature_must_be_for_this_certificate_and_by_this_key() -> None:
    digest = certificate.digest(EXPIRY)
    for signature in (
        certificate.sign_certificate(BY_HAND, KEY),
        certificate.sign_certificate(EXPIRY, OTHER),
        sign(f"another title\n{digest}\n", [KEY]),
        "",
    ):
        assert failed(certificate.verify(changed(signature=signature))) == ["signature"]


def test_the_entry_must_be_about_this_certificate() -> None:
    digest = certificate.digest(EXPIRY)
    for entry in (
        erased_entry(certificate.digest(BY_HAND)),
        erased_entry(digest, org="KITA"),
        entry_of("retention.marked", "erasure:3", {"digest": digest}),
        entry_of("retention.erased", "erasure:3", {}),
        b"{}",
        b"",
        canon.encode({"x": "y" * 70_000}),
    ):
        text = changed(entry=base64(entry), proof=ledger_of(entry))
        assert failed(certificate.verify(text)) == ["entry", "proof"]


def test_the_proof_must_be_of_this_entry() -> None:
    another = ledger_of(erased_entry("0" * 64))
    assert failed(certificate.verify(changed(proof=another))) == ["proof"]
    foreign = ledger_of(erased_entry(certificate.digest(EXPIRY)), key=OTHER)
    assert failed(certificate.verify(changed(proof=foreign))) == ["checkpoint", "proof"]


@pytest.mark.parametrize(
    "senseless",
    [
        replace(EXPIRY, version=2),
        replace(EXPIRY, kind="whim"),
        replace(EXPIRY, count=3),
        replace(EXPIRY, bytes=1235),
        replace(EXPIRY, decided_by="佐藤 花子"),
        replace(BY_HAND, decided_by=None),
        replace(EXPIRY, files=(replace(EXPIRY.files[0], sha256="0"),), count=1, bytes=1000),
    ],
)
def test_a_senseless_certificate_is_not_written(senseless: Certificate) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        certificate.digest(senseless)


def test_a_senseless_certificate_is_not_read() -> None:
    text = write_certificate().replace('"count":2', '"count":3')
    with pytest.raises(Unsound):
        certificate.read(text)
