"""A locked card as a camera writes it: WinZip AE-2 by hand, from the published description.

Written without the library that the product reads with, so that the two are tests of each other:
PBKDF2-SHA1 (1000 rounds), AES-256 in counter mode from 1, little-endian, HMAC-SHA1 cut to ten.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from hokanko.rehearsal.cast import Cast

PASSWORD = "カメラ-7と同じではない"
AE2 = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", 3, 0)
DOS_TIME, DOS_DATE = 10 << 11 | 30 << 5, (2026 - 1980) << 9 | 11 << 5 | 20  # 2026-11-20 10:30
FLAGS = 1 | 1 << 11  # encrypted, names in UTF-8


def write(path: Path, members: dict[str, bytes], password: str = PASSWORD) -> Path:
    """A container of these members; its folder is made."""
    body, index = b"", b""
    for name, content in members.items():
        sealed, called = _seal(content, password), name.encode()
        known = struct.pack(
            "<HHHHHIIIHH",
            51,
            FLAGS,
            99,
            DOS_TIME,
            DOS_DATE,
            0,
            len(sealed),
            len(content),
            len(called),
            len(AE2),
        )
        index += b"PK\x01\x02" + struct.pack("<H", 51) + known
        index += struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + called + AE2
        body += b"PK\x03\x04" + known + called + AE2 + sealed
    count = len(members)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(index), len(body), 0)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body + index + b"PK\x05\x06" + end)
    return path


def plate(bays: Path, cast: Cast, number: str = "1", bay: str = "") -> Path:
    """A bay with that camera in it, empty still."""
    folder = bays / (bay or f"bay-{number}")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "SERIAL").write_text(cast.cameras[f"CHUO-{number}"].serial)
    return folder


def _seal(content: bytes, password: str) -> bytes:
    salt = os.urandom(16)
    keys = hashlib.pbkdf2_hmac("sha1", password.encode(), salt, 1000, 66)
    blocks = -(-len(content) // 16)
    counters = b"".join(n.to_bytes(16, "little") for n in range(1, blocks + 1))
    ecb = Cipher(algorithms.AES(keys[:32]), modes.ECB()).encryptor()  # noqa: S305  # of counters
    stream = ecb.update(counters) + ecb.finalize()
    hidden = bytes(a ^ b for a, b in zip(content, stream, strict=False))
    return salt + keys[64:] + hidden + hmac.digest(keys[32:64], hidden, "sha1")[:10]
