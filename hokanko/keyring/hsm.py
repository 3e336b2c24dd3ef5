"""The root in a PKCS#11 token (HSM, TPM, SoftHSM2): its secret never leaves the hardware."""

from __future__ import annotations

import importlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hokanko.errors import Unavailable, Unsound
from hokanko.keyring.root import NONCE_BYTES, Wrapping

LABEL = "hokanko-root-"


class TokenRoot:
    """Root generations as AES-256 objects in a token: sensitive, not extractable."""

    def __init__(self, module: str, token: str, pin_file: Path) -> None:
        self.module, self.token, self.pin_file = module, token, pin_file

    def make(self, generation: int) -> None:
        p11 = _library()
        with self._session() as session:
            if _find(session, generation) is not None:
                return
            session.generate_key(
                p11.KeyType.AES,
                256,
                label=_label(generation),
                store=True,
                template={
                    p11.Attribute.SENSITIVE: True,
                    p11.Attribute.EXTRACTABLE: False,
                    p11.Attribute.DESTROYABLE: True,
                },
            )

    def wrapping(self, generation: int) -> Wrapping:
        return _TokenWrapping(self, generation)

    def keep_only(self, generation: int) -> None:
        p11 = _library()
        with self._session() as session:
            wanted = {p11.Attribute.CLASS: p11.ObjectClass.SECRET_KEY}
            for key in list(session.get_objects(wanted)):
                if key.label.startswith(LABEL) and key.label != _label(generation):
                    key.destroy()

    @contextmanager
    def _session(self) -> Iterator[Any]:
        p11 = _library()
        try:
            pin = self.pin_file.read_text().strip()
            token = p11.lib(self.module).get_token(token_label=self.token)
            opened = token.open(rw=True, user_pin=pin)
        except (OSError, RuntimeError, p11.exceptions.PKCS11Error) as error:
            raise Unavailable(
                f"鍵の装置（{self.token}）を開けません（{type(error).__name__}）。",
                f"The key token {self.token} cannot be opened ({type(error).__name__}).",
                mend_ja="装置の接続と HOKANKO_HSM_PIN_FILE を確かめてください。",
                mend_en="Check the device and HOKANKO_HSM_PIN_FILE.",
            ) from error
        with opened as session:
            yield session


class _TokenWrapping:
    def __init__(self, root: TokenRoot, generation: int) -> None:
        self._root, self._generation = root, generation

    def wrap(self, plain: bytes, context: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._apply("encrypt", plain, nonce, context)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        return self._apply("decrypt", wrapped[NONCE_BYTES:], wrapped[:NONCE_BYTES], context)

    def _apply(self, how: str, data: bytes, nonce: bytes, context: bytes) -> bytes:
        p11 = _library()
        with self._root._session() as session:
            key = _find(session, self._generation)
            if key is None:
                raise Unavailable(
                    f"根の鍵（第{self._generation}世代）が装置にありません。",
                    f"Root key generation {self._generation} is not in the token.",
                )
            gcm = p11.GCMParams(nonce, aad=context, tag_bits=128)
            try:
                done: bytes = getattr(key, how)(
                    data, mechanism=p11.Mechanism.AES_GCM, mechanism_param=gcm
                )
            except p11.exceptions.PKCS11Error as wrong:
                raise Unsound(
                    "鍵束が、装置の根の鍵では開きません。",
                    "The keyring does not open under the token's root key.",
                ) from wrong
            return done


def _label(generation: int) -> str:
    return f"{LABEL}{generation}"


def _find(session: Any, generation: int) -> Any:
    p11 = _library()
    try:
        return session.get_key(label=_label(generation))
    except p11.exceptions.NoSuchKey:
        return None


def _library() -> Any:
    try:
        return importlib.import_module("pkcs11")
    except ImportError as missing:
        raise Unavailable(
            "PKCS#11 の部品が入っていません。",
            "The PKCS#11 library is not installed.",
            mend_ja="pip install 'hokanko[hsm]' で入れてください。",
            mend_en="Install it: pip install 'hokanko[hsm]'.",
        ) from missing
