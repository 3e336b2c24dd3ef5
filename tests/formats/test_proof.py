"""Proof files: written, read, verified offline, and refused when anything differs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hokanko.errors import Unsound
from hokanko.formats import merkle
from hokanko.formats.note import Checkpoint, SigningKey, sign
from hokanko.formats.proof import Proof, parse_proof, verify_proof
from hokanko.formats.strict import write_base64

KEY = SigningKey.from_seed("ledger.example/ward", b"\1" * 32)
OTHER = SigningKey.from_seed("other.example", b"\2" * 32)
ENTRIES = [f"entry {number}".encode() for number in range(11)]
ROWS = merkle.levels([merkle.leaf_hash(entry) for entry in ENTRIES])
CHECKPOINT = Checkpoint(KEY.name, len(ENTRIES), merkle.root(ROWS[0]))
HASH_LINE = write_base64(bytes(32))


def proof_of(index: int, key: SigningKey = KEY, extra: bytes = b"") -> Proof:
    path = merkle.inclusion_proof(index, len(ENTRIES), lambda level, place: ROWS[level][place])
    return Proof(index, tuple(path), sign(CHECKPOINT.text(), [key]), extra)


@pytest.mark.parametrize("index", range(len(ENTRIES)))
def test_every_entry_is_proven(index: int) -> None:
    proof = parse_proof(proof_of(index).text())
    assert verify_proof(proof, ENTRIES[index], [KEY.vkey]) == CHECKPOINT


def test_the_file_looks_like_the_specification() -> None:
    proof = proof_of(10, extra=b"context")
    hashes = "".join(f"{write_base64(each)}\n" for each in proof.hashes)
    assert proof.text() == (
        f"c2sp.org/tlog-proof@v1\nextra Y29udGV4dA==\nindex 10\n{hashes}\n{proof.checkpoint_note}"
    )
    assert parse_proof(proof.text()) == proof


def test_a_ledger_of_one_entry_needs_no_hashes() -> None:
    leaf = merkle.leaf_hash(b"only")
    note = sign(Checkpoint(KEY.name, 1, leaf).text(), [KEY])
    text = Proof(0, (), note).text()
    assert text == f"c2sp.org/tlog-proof@v1\nindex 0\n\n{note}"
    assert verify_proof(parse_proof(text), b"only", [KEY.vkey]).root == leaf


def test_refuses_another_entry_place_or_key() -> None:
    proof = proof_of(3)
    for bad, entry, vkeys in (
        (proof, ENTRIES[4], [KEY.vkey]),
        (proof, b"", [KEY.vkey]),
        (replace(proof, index=4), ENTRIES[3], [KEY.vkey]),
        (replace(proof, index=11), ENTRIES[3], [KEY.vkey]),
        (replace(proof, hashes=proof.hashes[:-1]), ENTRIES[3], [KEY.vkey]),
        (replace(proof, hashes=(*proof.hashes, bytes(32))), ENTRIES[3], [KEY.vkey]),
        (proof, ENTRIES[3], [OTHER.vkey]),
        (proof, ENTRIES[3], []),
        (replace(proof, checkpoint_note=""), ENTRIES[3], [KEY.vkey]),
    ):
        with pytest.raises(Unsound):
            verify_proof(bad, entry, vkeys)


def test_refuses_a_head_signed_for_one_ledger_by_another() -> None:
    with pytest.raises(Unsound):
        verify_proof(proof_of(3, key=OTHER), ENTRIES[3], [KEY.vkey, OTHER.vkey])


def test_refuses_a_signed_text_that_is_no_checkpoint() -> None:
    proof = replace(proof_of(3), checkpoint_note=sign("hello\n", [KEY]))
    with pytest.raises(Unsound):
        verify_proof(proof, ENTRIES[3], [KEY.vkey])


def test_refuses_a_signed_root_of_the_wrong_length() -> None:
    note = sign(f"{KEY.name}\n1\nYQ==\n", [KEY])
    with pytest.raises(Unsound):
        verify_proof(Proof(0, (), note), b"", [KEY.vkey])


@given(st.data())
def test_any_changed_character_is_noticed(data: st.DataObject) -> None:
    text = proof_of(5).text()
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters().filter(lambda character: character != text[place]))
    with pytest.raises(Unsound):
        verify_proof(parse_proof(text[:place] + other + text[place + 1 :]), ENTRIES[5], [KEY.vkey])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c2sp.org/tlog-proof@v1",
        "c2sp.org/tlog-proof@v1\n\nnote",
        "c2sp.org/tlog-proof@v1\nindex 0",
        "c2sp.org/tlog-proof@v1\nindex 0\n",
        "c2sp.org/tlog-proof@v2\nindex 0\n\nnote",
        "c2sp.org/tlog-proof@v1\nindex 00\n\nnote",
        "c2sp.org/tlog-proof@v1\nindex -1\n\nnote",
        "c2sp.org/tlog-proof@v1\nindex\n\nnote",
        "c2sp.org/tlog-proof@v1\nplace 0\n\nnote",
        "c2sp.org/tlog-proof@v1\nextra \nindex 0\n\nnote",
        "c2sp.org/tlog-proof@v1\nextra ?\nindex 0\n\nnote",
        "c2sp.org/tlog-proof@v1\nextra YQ==\n\nnote",
        "c2sp.org/tlog-proof@v1\nindex 0\nextra YQ==\n\nnote",
        "c2sp.org/tlog-proof@v1\nindex 0\nYQ==\n\nnote",
        f"c2sp.org/tlog-proof@v1\nindex 0\r\n{HASH_LINE}\n\nnote",
        f"c2sp.org/tlog-proof@v1\nindex 0\n{HASH_LINE} \n\nnote",
        "c2sp.org/tlog-proof@v1\nindex 0\n" + f"{HASH_LINE}\n" * 65 + "\nnote",
    ],
)
def test_refuses_a_malformed_file(text: str) -> None:
    with pytest.raises(Unsound):
        parse_proof(text)
