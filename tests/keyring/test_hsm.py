"""The root in a PKCS#11 token, over a keyring's whole life (SoftHSM2 stands in for hardware)."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from hokanko.errors import Missing, Unavailable
from hokanko.keyring.hsm import TokenRoot
from hokanko.keyring.keys import Keyring
from hokanko.keyring.place import Place

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
DAY = date(2026, 2, 17)
PIN = "123456"

pytestmark = pytest.mark.skipif(
    not MODULE.exists() or shutil.which("softhsm2-util") is None,
    reason="softhsm2 is not installed",
)


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TokenRoot]:
    """One token for the module: the library reads its configuration once in a process."""
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    conf = folder / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(conf))
        words = ["--init-token", "--free", "--label", "hokanko", "--pin", PIN, "--so-pin", PIN]
        subprocess.run(["softhsm2-util", *words], check=True, capture_output=True)
        (folder / "pin").write_text(PIN + "\n")
        yield TokenRoot(str(MODULE), "hokanko", folder / "pin")


def keyring(token: TokenRoot, folder: Path) -> Keyring:
    return Keyring([Place("a", folder / "a", token)], folder / "lock")


def test_the_whole_life_of_a_keyring_in_a_token(token: TokenRoot, tmp_path: Path) -> None:
    token.keep_only(0)
    ring = keyring(token, tmp_path)
    ring.make()
    ring.ensure_day("CHUO", DAY)
    key = ring.file_key("CHUO", DAY, "kept")
    stale = (tmp_path / "a" / "keyring").read_bytes()

    assert ring.puncture("CHUO", DAY, "gone") == 1

    again = keyring(token, tmp_path)
    assert again.file_key("CHUO", DAY, "kept") == key
    with pytest.raises(Missing):
        again.file_key("CHUO", DAY, "gone")
    with pytest.raises(Unavailable):
        token.wrapping(1).wrap(b"x", b"")
    assert again.destroy("CHUO", DAY) == 2
    with pytest.raises(Missing):
        again.file_key("CHUO", DAY, "kept")
    (tmp_path / "a" / "keyring").write_bytes(stale)
    with pytest.raises(Unavailable):
        keyring(token, tmp_path).ring()


def test_a_crash_between_two_roots_is_finished(token: TokenRoot, tmp_path: Path) -> None:
    token.keep_only(0)
    ring = keyring(token, tmp_path)
    ring.make()
    token.make(2)  # the next root was made, the file never written
    ring.settle()
    with pytest.raises(Unavailable):
        token.wrapping(2).wrap(b"x", b"")
    assert ring.ring().generation == 1


def test_a_wrong_pin_opens_nothing(token: TokenRoot, tmp_path: Path) -> None:
    (tmp_path / "pin").write_text("000000")
    wrong = TokenRoot(token.module, token.token, tmp_path / "pin")
    with pytest.raises(Unavailable):
        wrong.make(9)
