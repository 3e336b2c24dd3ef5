"""The root holder: keeps one secret per generation, with which the keyring file is sealed.

Contract of every holder: `make` is durable before it returns and does nothing when that
generation exists; `keep_only` is durable, repeatable, and of every other generation, drafts too,
leaves nothing that `wrapping` could use; the secret itself never leaves a hardware holder.
A holder belongs to one home alone. Who owns both a root and a keyring file can open
all footage that is still alive: the two are kept apart (SECURITY.md).
"""

from __future__ import annotations

import json
import secrets
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from hokanko.errors import Unavailable, Unsound
from hokanko.keyring.disk import make_folder, remove, write

SCRYPT = {"n": 2**15, "r": 8, "p": 1}  # 32 MiB, about 0.1 s: RFC 7914 §2
NONCE_BYTES = 12


class Wrapping(Protocol):
    """What one generation of the root can do."""

    def wrap(self, plain: bytes, context: bytes) -> bytes: ...
    def unwrap(self, wrapped: bytes, context: bytes) -> bytes: ...


class RootHolder(Protocol):
    """Where root secrets live: a file, or a PKCS#11 token."""

    def make(self, generation: int) -> None: ...
    def wrapping(self, generation: int) -> Wrapping: ...
    def keep_only(self, generation: int) -> None: ...


class FileRoot:
    """Root secrets as files (0600), outside the data directory, optionally under a passphrase."""

    def __init__(self, folder: Path, passphrase: bytes | None = None) -> None:
        self.folder, self.passphrase = folder, passphrase

    def make(self, generation: int) -> None:
        path = self._path(generation)
        if path.exists():
            return
        make_folder(self.folder)
        secret = secrets.token_bytes(32)
        salt = secrets.token_bytes(16)
        body = {"root": 1, "generation": generation, "kdf": "none", "secret": _text(secret)}
        if self.passphrase:
            nonce = secrets.token_bytes(NONCE_BYTES)
            sealed = nonce + AESGCM(self._stretched(salt)).encrypt(nonce, secret, None)
            body |= {"kdf": "scrypt", "salt": _text(salt), "secret": _text(sealed)}
        write(path, json.dumps(body).encode())

    def wrapping(self, generation: int) -> Wrapping:
        try:
            body = json.loads(self._path(generation).read_bytes())
            secret = b64decode(body["secret"])
        except (ValueError, KeyError, TypeError) as damaged:
            raise Unsound(
                f"根の鍵（第{generation}世代）のファイルが壊れています。",
                f"The file of root key generation {generation} is damaged.",
                mend_ja=f"もう一つの保管場所があれば、{self._path(generation)} をよけて、"
                "hokanko fsck --repair を実行してください。",
                mend_en=f"With a second place: move {self._path(generation)} aside and run "
                "hokanko fsck --repair.",
            ) from damaged
        except FileNotFoundError as gone:
            raise Unavailable(
                f"根の鍵（第{generation}世代）が {self.folder} にありません。",
                f"Root key generation {generation} is not in {self.folder}.",
                mend_ja="保管場所の媒体をつなぐか、二つ目の保管場所を使ってください。",
                mend_en="Attach the medium it is kept on, or use the second place.",
            ) from gone
        if body["kdf"] == "scrypt":
            secret = self._unlock(secret, b64decode(body["salt"]))
        return AesWrapping(secret)

    def keep_only(self, generation: int) -> None:
        for path in sorted(self.folder.glob("root-*.json*")):
            if path != self._path(generation):
                remove(path)

    def _path(self, generation: int) -> Path:
        return self.folder / f"root-{generation}.json"

    def _stretched(self, salt: bytes) -> bytes:
        return Scrypt(salt=salt, length=32, **SCRYPT).derive(self.passphrase or b"")

    def _unlock(self, sealed: bytes, salt: bytes) -> bytes:
        try:
            aead = AESGCM(self._stretched(salt))
            return aead.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)
        except (InvalidTag, ValueError) as wrong:
            raise Unavailable(
                "根の鍵の合言葉が違います。",
                "The passphrase of the root key is wrong.",
                mend_ja="HOKANKO_PASSPHRASE_FILE を確かめてください。",
                mend_en="Check HOKANKO_PASSPHRASE_FILE.",
            ) from wrong


class AesWrapping:
    """AES-256-GCM under a secret in memory."""

    def __init__(self, secret: bytes) -> None:
        self._aead = AESGCM(secret)

    def wrap(self, plain: bytes, context: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, plain, context)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        try:
            return self._aead.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], context)
        except (InvalidTag, ValueError) as wrong:  # ValueError: too short to be anything sealed
            raise Unsound(
                "鍵束が、この根の鍵では開きません（改変または取り違え）。",
                "The keyring does not open under this root key (altered, or of another home).",
            ) from wrong


def _text(secret: bytes) -> str:
    return b64encode(secret).decode()


def owner_only(path: Path) -> bool:
    """Whether nobody but its owner can read this file (doctor asks)."""
    return not path.stat().st_mode & 0o077
