"""Signed notes and checkpoints: sign, open, and everything that must not open."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hokanko.errors import Unsound
from hokanko.formats.merkle import EMPTY_ROOT
from hokanko.formats.note import (
    Checkpoint,
    SigningKey,
    open_checkpoint,
    open_note,
    parse_checkpoint,
    parse_vkey,
    sign,
)
from hokanko.formats.strict import read_base64, write_base64

VECTORS = Path(__file__).parents[2].parent / "shared" / "data" / "vectors" / "tlog"

# The example of C2SP signed-note.
SPEC_VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SPEC_TEXT = "This is an example message.\n"
SPEC_LINE = (
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXm"
    "RKuwHjG1Yu72IneyaQM=\n"
)

LEDGER = SigningKey.from_seed("ledger.example/ward", b"\1" * 32)
WITNESS = SigningKey.from_seed("witness.example", b"\2" * 32)
STRANGER = SigningKey.from_seed("ledger.example/ward", b"\3" * 32)
TEXT = "台帳\n\n二行目\n"


def with_false_signature(key: SigningKey) -> str:
    """A note whose last line claims `key` and carries a signature of something else."""
    false = key.verifier.key_id + bytes(64)
    return f"{sign(TEXT, [LEDGER])}— {key.name} {write_base64(false)}\n"


def test_opens_the_note_of_the_specification() -> None:
    assert open_note(f"{SPEC_TEXT}\n{SPEC_LINE}", [SPEC_VKEY]) == SPEC_TEXT
    assert parse_vkey(SPEC_VKEY).text == SPEC_VKEY


def test_opens_what_it_signed() -> None:
    note = sign(TEXT, [LEDGER, WITNESS])
    assert note.startswith(f"{TEXT}\n— ledger.example/ward ")
    for vkeys in ([LEDGER.vkey], [WITNESS.vkey], [STRANGER.vkey, WITNESS.vkey]):
        assert open_note(note, vkeys) == TEXT


def test_ignores_signatures_of_unknown_keys() -> None:
    """Also of one with a known name or a known number, but not both."""
    number = LEDGER.verifier.key_id + bytes(64)
    note = f"{sign(TEXT, [STRANGER, LEDGER])}— other.example {write_base64(number)}\n"
    assert open_note(note, [LEDGER.vkey]) == TEXT


def test_ignores_signatures_of_another_algorithm() -> None:
    cosignature = write_base64(b"\x01\x02\x03\x04" + bytes(72))
    assert open_note(f"{sign(TEXT, [LEDGER])}— w.example {cosignature}\n", [LEDGER.vkey]) == TEXT


def test_accepts_sixteen_signatures() -> None:
    keys = [
        SigningKey.from_seed(f"w{number}.example", bytes([number]) * 32) for number in range(16)
    ]
    assert open_note(sign(TEXT, keys), [keys[-1].vkey]) == TEXT


def test_refuses_a_note_that_no_known_key_signed() -> None:
    for vkeys in ([], [STRANGER.vkey], [WITNESS.vkey]):
        with pytest.raises(Unsound):
            open_note(sign(TEXT, [LEDGER]), vkeys)


def test_refuses_a_note_where_one_known_key_did_not_sign() -> None:
    note = with_false_signature(WITNESS)
    assert open_note(note, [LEDGER.vkey]) == TEXT
    with pytest.raises(Unsound):
        open_note(note, [LEDGER.vkey, WITNESS.vkey])


@given(st.data())
def test_any_changed_character_closes_the_note(data: st.DataObject) -> None:
    note = sign(TEXT, [LEDGER])
    place = data.draw(st.integers(0, len(note) - 1))
    other = data.draw(st.characters().filter(lambda character: character != note[place]))
    with pytest.raises(Unsound):
        open_note(note[:place] + other + note[place + 1 :], [LEDGER.vkey])


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n",
        "no signature\n",
        "no signature\n\n",
        SPEC_LINE,
        f"{SPEC_TEXT}{SPEC_LINE}",
        f"{SPEC_TEXT}\n{SPEC_LINE}"[:-1],
        f"{SPEC_TEXT}\n{SPEC_LINE}\n",
        f"{SPEC_TEXT}\n{SPEC_LINE}junk\n",
        f"{SPEC_TEXT}\n-{SPEC_LINE[1:]}",
        f"{SPEC_TEXT}\n{SPEC_LINE.replace(' e', '  e')}",
        f"{SPEC_TEXT}\n{SPEC_LINE.replace('=', '')}",
        f"{SPEC_TEXT}\n{SPEC_LINE}— a+b {write_base64(bytes(68))}\n",
        f"{SPEC_TEXT}\n{SPEC_LINE}— a\u3000b {write_base64(bytes(68))}\n",
        f"{SPEC_TEXT}\n{SPEC_LINE}— short {write_base64(bytes(4))}\n",
        f"{SPEC_TEXT}\r\n{SPEC_LINE}",
        f"{SPEC_TEXT}\n{SPEC_LINE}— \ud83d {write_base64(bytes(68))}\n",
        f"{SPEC_TEXT}\n{SPEC_LINE * 101}",
        f"{'x' * 1_000_000}\n\n{SPEC_LINE}",
    ],
)
def test_refuses_a_malformed_note(note: str) -> None:
    with pytest.raises(Unsound):
        open_note(note, [SPEC_VKEY])


def test_refuses_what_a_known_key_signed_but_no_note_may_hold() -> None:
    for text in ("tab\t\n", "carriage return\r\n", "x" * 1_000_000 + "\n"):
        signature = LEDGER.verifier.key_id + LEDGER.private.sign(text.encode())
        with pytest.raises(Unsound, match="well-formed"):
            open_note(f"{text}\n— {LEDGER.name} {write_base64(signature)}\n", [LEDGER.vkey])


def test_refuses_a_verifier_key_of_another_algorithm() -> None:
    name, key_id, _ = SPEC_VKEY.split("+", 2)
    public = parse_vkey(SPEC_VKEY).public
    with pytest.raises(Unsound, match="Ed25519"):
        parse_vkey(f"{name}+{key_id}+{write_base64(bytes([4]) + public)}")


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "name",
        "name+00000000",
        SPEC_VKEY.replace("example", "Example"),
        SPEC_VKEY.replace("530d903a", "530d903b"),
        SPEC_VKEY.replace("530d903a", "530D903A"),
        SPEC_VKEY.replace("530d903a", "530d903"),
        SPEC_VKEY[:-4],
        f"+530d903a+{SPEC_VKEY.rpartition('+')[2]}",
        f"{SPEC_VKEY}AAAA",
        f"{SPEC_VKEY}\n",
    ],
)
def test_refuses_a_malformed_verifier_key(vkey: str) -> None:
    with pytest.raises(Unsound):
        parse_vkey(vkey)


@pytest.mark.parametrize(
    ("text", "keys"), [("no newline", [LEDGER]), ("tab\t\n", [LEDGER]), ("", [LEDGER]), ("a\n", [])]
)
def test_refuses_to_sign(text: str, keys: list[SigningKey]) -> None:
    with pytest.raises(ValueError, match="a note is text"):
        sign(text, keys)


@pytest.mark.parametrize(
    ("name", "seed"),
    [("", bytes(32)), ("a b", bytes(32)), ("a+b", bytes(32)), ("a\u3000b", bytes(32)), ("a", b"")],
)
def test_refuses_a_bad_name_or_seed(name: str, seed: bytes) -> None:
    with pytest.raises(ValueError, match=r"key"):
        SigningKey.from_seed(name, seed)


def test_a_signing_key_does_not_show_itself() -> None:
    assert repr(LEDGER) == "SigningKey(name='ledger.example/ward')"


def test_a_checkpoint_reads_back() -> None:
    checkpoint = Checkpoint("ledger.example/ward", 12, EMPTY_ROOT, ("一行",))
    assert checkpoint.text() == (
        "ledger.example/ward\n12\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n一行\n"
    )
    assert parse_checkpoint(checkpoint.text()) == checkpoint
    assert open_checkpoint(sign(checkpoint.text(), [LEDGER]), [LEDGER.vkey]) == checkpoint


def test_a_checkpoint_must_be_signed_by_its_own_ledger() -> None:
    """A key trusted for one ledger cannot speak for another."""
    text = Checkpoint(LEDGER.name, 0, EMPTY_ROOT).text()
    both = [LEDGER.vkey, WITNESS.vkey]
    assert open_checkpoint(sign(text, [WITNESS, LEDGER]), both).origin == LEDGER.name
    with pytest.raises(Unsound, match="itself has not signed"):
        open_checkpoint(sign(text, [WITNESS]), both)


@pytest.mark.parametrize(
    "checkpoint",
    [
        Checkpoint("", 1, EMPTY_ROOT),
        Checkpoint("a\nb", 1, EMPTY_ROOT),
        Checkpoint("a", -1, EMPTY_ROOT),
        Checkpoint("a", 2**64, EMPTY_ROOT),
        Checkpoint("a", 1, EMPTY_ROOT[:31]),
        Checkpoint("a", 1, EMPTY_ROOT, ("",)),
        Checkpoint("a", 1, EMPTY_ROOT, ("x\ny",)),
    ],
)
def test_refuses_to_write_a_checkpoint(checkpoint: Checkpoint) -> None:
    with pytest.raises(ValueError, match="a checkpoint"):
        checkpoint.text()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n",
        "a\n1\n",
        "\n1\nYQ==\n",
        "a\n1\nYQ==",
        "a\n01\nYQ==\n",
        "a\n-1\nYQ==\n",
        "a\n18446744073709551616\nYQ==\n",
        "a\none\nYQ==\n",
        "a\n1\nYR==\n",
        "a\n1\nnot base64\n",
        "a\n1\nYQ==\nno end",
    ],
)
def test_refuses_a_malformed_checkpoint(text: str) -> None:
    with pytest.raises(Unsound):
        parse_checkpoint(text)


def published(name: str) -> Any:
    if not VECTORS.exists():
        pytest.skip("the published tlog vectors are not here; the same rules are tested above")
    return json.loads((VECTORS / name).read_text(encoding="utf-8"))


def test_published_checkpoints() -> None:
    for case in published("checkpoint-parsing.json"):
        if case["want_error"]:
            with pytest.raises(Unsound):
                parse_checkpoint(case["checkpoint"])
            continue
        checkpoint = parse_checkpoint(case["checkpoint"])
        origin, size, root = case["checkpoint"].split("\n")[:3]
        assert (checkpoint.origin, checkpoint.size) == (origin, int(size))
        assert checkpoint.root == read_base64(root)
        assert "".join(f"{line}\n" for line in checkpoint.extra) == case["rest"]


def test_published_note() -> None:
    case = published("signed-note.json")
    assert open_note(case["note"], [case["vkey"]]) == case["note"].rpartition("\n\n")[0] + "\n"
    assert case["bad_vkeys"]
    for vkey in case["bad_vkeys"]:
        with pytest.raises(Unsound):
            parse_vkey(vkey)
        with pytest.raises(Unsound):
            open_note(case["note"], [vkey])
