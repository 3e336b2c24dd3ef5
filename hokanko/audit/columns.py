"""The columns of the registers (簿冊): what each is called, of which type, what it offers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from hokanko.formats.era import clock_time

CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?")


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `type` is text | long | time | person | method | choice | found | told.

    What is `found` is ticked among what is registered, a `look` is asked where fixed cameras run;
    what is `told` the program writes itself.
    """

    name: str
    ja: str
    en: str
    type: str = "text"
    required: bool = False
    choices: tuple[tuple[str, str, str], ...] = ()  # value, Japanese, English

    def said(self, value: str, *, english: bool = False) -> str:
        """What was entered, in words: a choice by its name, a time of day as papers write it."""
        named = {code: (en if english else ja) for code, ja, en in self.choices}
        if self.type == "time" and CLOCK.fullmatch(value) and not english:
            return clock_time(time.fromisoformat(value))
        return named.get(value, value)


ATTESTED = "attested"  # who confirmed a disposal: their own lines, never typed
FACTS = "facts"  # what the machine found: its own lines, never typed
TIME = "time"  # of a disposal; required where the rules record when, not only on which day
REMARK = Column("remark", "備考", "remarks", "long")
INCIDENTS = Column("incidents", "開かれた事案", "incidents opened", "told")
RESULT = Column(
    "result",
    "結果",
    "result",
    "choice",
    required=True,
    choices=(("normal", "異常なし", "normal"), ("fault", "異常あり", "not normal")),
)


def text(name: str, ja: str, en: str, *, required: bool = True) -> Column:
    return Column(name, ja, en, "text", required)


def long(name: str, ja: str, en: str, *, required: bool = True) -> Column:
    return Column(name, ja, en, "long", required)


def looked(
    name: str, ja: str, en: str, well_ja: str, well_en: str, ill_ja: str, ill_en: str
) -> Column:
    """What only a person sees at a camera: well, not well, or not looked at today."""
    said = (
        ("normal", well_ja, well_en),
        ("fault", ill_ja, ill_en),
        ("unseen", "きょうは見ていない", "not looked at today"),
    )
    return Column(name, ja, en, "look", choices=said)


LENS = looked(
    "lens", "レンズ", "lens", "汚れ・曇りがない", "clean", "汚れ・曇りがある", "dirty or dim"
)
AIM = looked(
    "aim", "カメラの向き", "direction", "定めた向きのまま", "as decided", "ずれている", "moved"
)
SIGN = looked("sign", "表示板", "sign", "読める", "legible", "読めない・ない", "illegible or gone")
