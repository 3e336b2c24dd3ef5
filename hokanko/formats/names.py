"""File names as they arrive from cameras and recorders: UTF-8, Shift_JIS, EUC-JP, in any form."""

from __future__ import annotations

import os
import unicodedata

ENCODINGS = ("utf-8", "cp932", "euc-jp")
LONGEST = 255


def readable(name: str | bytes) -> str:
    """A name for people: decoded by the first encoding that fits, composed (NFC), no controls.

    It is only ever shown: nothing is opened, and no time or fate derived, by it.
    """
    raw = os.fsencode(name) if isinstance(name, str) else name
    for encoding in ENCODINGS:
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        text = raw.decode("latin-1")
    text = unicodedata.normalize("NFC", text)
    shown = "".join(c if c.isprintable() else "�" for c in text)
    return shown[-LONGEST:]
