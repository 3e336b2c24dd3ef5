"""A rulebook whose files are not those that were adopted any more, and put right again."""

from __future__ import annotations

from hokanko.rules.models import Adoption


def alter() -> str:
    """The files of the rulebook are not those adopted any more; gives the fingerprint that was."""
    adopted = Adoption.objects.get(org="AOBA")
    Adoption.objects.filter(pk=adopted.pk).update(fingerprint="0" * 64)
    return adopted.fingerprint


def restore(fingerprint: str) -> None:
    Adoption.objects.filter(org="AOBA").update(fingerprint=fingerprint)
