"""The personal texts of a request for erasure, sealed: who asked, how it is known, and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from hokanko.keyring.texts import open_text, sealer
from hokanko.retention.models import ErasureCase


@dataclass(frozen=True, slots=True)
class Said:
    """What a request says in words; what was not asked for is empty."""

    departed: str = ""
    asked_by_subject: str = ""
    identified: str = ""
    circumstances: str = ""
    needs: str = ""

    def told(self) -> dict[str, str]:
        """The texts that there are, by name."""
        return {name: text for name, text in asdict(self).items() if text}


def seal_said(case: ErasureCase, said: Said) -> bytes:
    """What a request says, bound to it."""
    return _seal(case, "said", said.told())


def said(case: ErasureCase) -> Said:
    """What a request says. Raises Unsound for a text that was altered."""
    return Said(**_open(case, "said", case.said))


def seal_word(case: ErasureCase, field: str, text: str) -> bytes:
    """What the second person ("second") or the decider ("decision") wrote, bound to its case."""
    return _seal(case, field, {"text": text})


def word(case: ErasureCase, field: str) -> str:
    """The same again; empty for what was never written."""
    sealed = case.second if field == "second" else case.decision
    return _open(case, field, sealed).get("text", "")


def _seal(case: ErasureCase, field: str, told: Mapping[str, str]) -> bytes:
    text = json.dumps(told, ensure_ascii=False)
    return sealer()(text.encode(), f"erasure-case/{case.pk}/{field}")


def _open(case: ErasureCase, field: str, sealed: bytes | memoryview) -> dict[str, str]:
    if not sealed:
        return {}
    plain = open_text(bytes(sealed), f"erasure-case/{case.pk}/{field}")
    found: dict[str, str] = json.loads(plain)
    return found
