"""What a refused entry is about: the footage, signs or recorders, or the columns left empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from hokanko.audit.queries import held_on
from hokanko.audit.registers import Register
from hokanko.audit.signs import to_see
from hokanko.audit.weigh import is_undescribed, unprotected, unregistered
from hokanko.errors import Refusal
from hokanko.people.models import Organisation

NAMED: dict[str, Callable[[Organisation, str], list[str]]] = {  # by the policy that refused
    "inspection-signs": to_see,
    "inspection-measure": lambda org, _about: unprotected(org.pk),
    "inspection-recorder": lambda org, _about: unregistered(org.pk),
}
METHOD = "disposal-method"
PHOTO = ("photo-", "stock-photo")  # policies that ask for a photograph


@contextmanager
def explained(
    org: Organisation,
    form: Register,
    weighed: Mapping[str, Any],
    about: str,
    kept: Mapping[str, str],
    *,
    with_file: bool,
) -> Iterator[None]:
    """A refusal names what it is about: living footage, signs, recorders, columns left empty."""
    try:
        yield
    except Refusal as refusal:
        if weighed["still_held"]:
            alive = "、".join(held_on(org, about))
            refusal.ja += f"（{alive}）"
            refusal.en += f" ({alive})"
        elif refusal.policy == METHOD and is_undescribed(org.pk, kept):
            refusal.ja = f"「{kept['method']}」は、「方法の内容」が要ります。"
            refusal.en = f"{kept['method']!r} has to be described in words."
            refusal.mend_ja = "書いてください：方法の内容。"
            refusal.mend_en = "Fill in: the method in words."
        elif made := NAMED.get(refusal.policy):
            missed = "、".join(made(org, about))
            refusal.mend_ja += f"（{missed}）"
            refusal.mend_en += f" ({missed})"
        elif with_file and refusal.policy.startswith(PHOTO):
            refusal.mend_ja = (
                "添えたファイルは、写真として読めませんでした。"
                "写真（JPEG・PNG・WebP・HEIC）か、写真の入ったPDFを添えてください。"
            )
            refusal.mend_en = (
                "The file that came with it could not be read as a photograph. "
                "Attach one (JPEG, PNG, WebP or HEIC), or a PDF that carries one."
            )
        elif lacking := [c for c in form.columns if c.name in weighed["lacking"]]:
            refusal.mend_ja = f"書いてください：{'、'.join(c.ja for c in lacking)}。"
            refusal.mend_en = f"Fill in: {', '.join(c.en for c in lacking)}."
        raise
