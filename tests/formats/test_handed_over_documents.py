"""The documents of package, certificate and keyring keep their word: what they print verifies."""

from __future__ import annotations

import re
from base64 import b64decode
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from hokanko.errors import Missing
from hokanko.formats import certificate
from hokanko.formats.check import fingerprint
from hokanko.formats.manifest import read_manifest
from hokanko.formats.note import parse_vkey
from hokanko.formats.proof import parse_proof, verify_proof
from hokanko.keyring import ggm
from hokanko.keyring.place import Place
from hokanko.keyring.ring import decode, encode
from hokanko.keyring.root import FileRoot

DOCUMENTS = Path(__file__).parents[2] / "docs" / "formats"
SOUND = Path(__file__).parents[1] / "vectors" / "package" / "sound"


def blocks(name: str) -> dict[str, str]:
    text = (DOCUMENTS / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^```([\w-]+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))


def test_the_package_printed_is_the_published_one() -> None:
    printed = blocks("package.md")
    files = [path.relative_to(SOUND).as_posix() for path in SOUND.rglob("*") if path.is_file()]
    assert printed["files"].split("\n")[:-1] == sorted(files)
    manifest, entry = printed["json"].rstrip("\n").encode(), printed["entry"].rstrip("\n").encode()
    assert manifest == (SOUND / "manifest.json").read_bytes()
    clipped = printed["clipped"].rstrip("\n").encode()
    assert clipped == (SOUND.with_name("clipped") / "manifest.json").read_bytes()
    assert read_manifest(clipped).version == 2
    assert read_manifest(manifest).request_number == "CHUO-R-2026-0012"
    assert sha256(manifest).hexdigest() in entry.decode()
    vkey = printed["vkey"].rstrip("\n")
    assert verify_proof(parse_proof(printed["tlog-proof"]), entry, [vkey]).size == 5
    assert fingerprint(parse_vkey(vkey)) == printed["fingerprint"].rstrip("\n")


def test_the_certificate_printed_verifies() -> None:
    printed = blocks("certificate.md")
    text = printed["json"].rstrip("\n")
    assert all(check.ok for check in certificate.verify(text))
    stated = certificate.read(text)
    assert certificate.canonical(stated) == printed["certificate"].rstrip("\n").encode()
    assert certificate.digest(stated) == printed["digest"].rstrip("\n")


def test_the_keyring_printed_opens(tmp_path: Path) -> None:
    printed = blocks("keyring.md")
    (tmp_path / "root-3.json").write_text(printed["root"])
    head, sealed = printed["head"].rstrip("\n").encode(), b64decode(printed["sealed"])
    (tmp_path / "keyring").write_bytes(head + b"\n" + sealed)
    ring = Place("only", tmp_path, FileRoot(tmp_path)).load()
    assert encode(ring) == printed["ring"].rstrip("\n").encode()
    assert decode(printed["ring"].encode()) == ring


def test_the_leaf_printed_is_that_of_the_ring_and_can_die() -> None:
    printed = blocks("keyring.md")
    ring, name = decode(printed["ring"].encode()), "F-2025-000001"
    early, late = ("CHUO", date(2025, 10, 29)), ("CHUO", date(2025, 11, 28))
    address, leaf = printed["leaf"].split()
    assert f"{ggm.address(name):016x}" == address
    assert ring.leaf(early, name).hex() == ring.leaf(late, name).hex() == leaf
    gone = ring.puncture(name, late)
    assert gone.generation == 4
    with pytest.raises(Missing):
        gone.leaf(early, name)


@pytest.mark.parametrize("name", ["package.md", "certificate.md"])
def test_the_rules_are_numbered_without_a_gap(name: str) -> None:
    numbers = re.findall(r"^(\d+)\. ", (DOCUMENTS / name).read_text(encoding="utf-8"), re.MULTILINE)
    assert [int(number) for number in numbers] == list(range(1, len(numbers) + 1))


def test_the_members_listed_are_those_of_a_certificate() -> None:
    text = (DOCUMENTS / "certificate.md").read_text(encoding="utf-8")
    listed = re.findall(r"^   \| `(\w+)` \|", text, re.MULTILINE)
    assert sorted(listed) == sorted(certificate.Certificate.__dataclass_fields__)
