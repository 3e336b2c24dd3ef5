"""The registers (簿冊) as data: the columns of each, and what an entry may be about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from hokanko.formats.era import clock_time
from hokanko.rules.registers import REGISTERS

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


@dataclass(frozen=True, slots=True)
class Register:
    """A register. `about` is the kind of thing that an entry names, if one.

    `expires_ja` is what the expiry day means here, and `dated` that an entry must have one;
    `closes` that an entry may be the end of an earlier one (returned, shredded).
    """

    code: str
    ja: str
    en: str
    columns: tuple[Column, ...]
    about: str = ""
    expires_ja: str = "有効期限"
    expires_en: str = "good until"
    closes: bool = False
    dated: bool = False

    @property
    def written(self) -> tuple[Column, ...]:
        """The columns that whoever enters something writes."""
        return tuple(column for column in self.columns if column.type != "told")


ATTESTED = "attested"  # who confirmed a disposal: their own lines, never typed
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


def _text(name: str, ja: str, en: str, *, required: bool = True) -> Column:
    return Column(name, ja, en, "text", required)


def _long(name: str, ja: str, en: str, *, required: bool = True) -> Column:
    return Column(name, ja, en, "long", required)


def _register(
    code: str,
    *columns: Column,
    about: str = "",
    closes: bool = False,
    dated: tuple[str, str] | None = None,
) -> Register:
    ja, en = REGISTERS[code]
    said = (
        ("返却の期限・保管の期限", "return or keep until") if closes else ("有効期限", "good until")
    )
    said = dated or said
    return Register(code, ja, en, columns, about, *said, closes, dated is not None)


FACTS = "facts"  # what the machine found: its own lines, never typed


def _looked(
    name: str, ja: str, en: str, well_ja: str, well_en: str, ill_ja: str, ill_en: str
) -> Column:
    """What only a person sees at a camera: well, not well, or not looked at today."""
    said = (
        ("normal", well_ja, well_en),
        ("fault", ill_ja, ill_en),
        ("unseen", "きょうは見ていない", "not looked at today"),
    )
    return Column(name, ja, en, "look", choices=said)


LENS = _looked(
    "lens", "レンズ", "lens", "汚れ・曇りがない", "clean", "汚れ・曇りがある", "dirty or dim"
)
AIM = _looked(
    "aim", "カメラの向き", "direction", "定めた向きのまま", "as decided", "ずれている", "moved"
)
SIGN = _looked("sign", "表示板", "sign", "読める", "legible", "読めない・ない", "illegible or gone")

ALL: tuple[Register, ...] = (
    _register(
        "daily",
        Column(FACTS, "機械が確かめたこと", "what the machine found", "told"),
        LENS,
        AIM,
        SIGN,
        RESULT,
        REMARK,
    ),
    _register(
        "inspection",
        _text("inspector", "点検した者", "inspector"),
        Column("signs", "掲示されていて読める表示板", "signs in place and legible", "found"),
        RESULT,
        REMARK,
        about="camera",
    ),
    _register(
        "medium",
        _text("name", "媒体の名前・番号", "name or number of the medium"),
        _text("cabinet", "保管庫", "cabinet"),
        _text("lock", "錠", "lock"),
        _text("keyholder", "鍵を持つ者", "who holds the key"),
        _text(
            "cameras",
            "映像が入っているカメラの番号（「、」で区切る）",
            "numbers of the cameras on it",
            required=False,
        ),
        REMARK,
    ),
    _register(
        "stock",
        _long("counted", "確かめたもの（番号と場所）", "what was counted, and where"),
        Column("seen", "あったもの", "what was there", "found"),
        _text("unfound", "見つからなかったもの", "what was not found", required=False),
        INCIDENTS,
        REMARK,
    ),
    _register(
        "disposal",
        Column(TIME, "処分した時刻", "time of disposal", "time"),
        _text("serial", "媒体の番号", "serial of the medium"),
        _text("place", "場所", "place"),
        Column("method", "廃棄の方法", "method of disposal", "method", required=True),
        _long("method_detail", "方法の内容", "the method in words", required=False),
        _long("check", "消去又は処理を自分で確かめた方法", "how you yourself confirmed it"),
        Column(ATTESTED, "確かめた者・日時・本人の言葉", "who confirmed it, when, and how", "told"),
        REMARK,
        about="medium",
    ),
    _register(
        "replacement",
        _text("serial", "外した媒体の番号", "serial of the medium taken out"),
        _text("new", "取り付けた媒体の番号", "serial of the new one", required=False),
        Column(
            "method",
            "外した媒体の廃棄の方法",
            "how it is to be disposed of",
            "method",
            required=True,
        ),
        _long("method_detail", "方法の内容", "the method in words", required=False),
        Column("responsible", "廃棄の責任者", "who answers for it", "person", required=True),
        REMARK,
        about="medium",
    ),
    _register(
        "takeout",
        _text("what", "持ち出すもの", "what is taken out"),
        _text("bearer", "持ち出す者", "who takes it"),
        _text("purpose", "目的", "purpose"),
        REMARK,
        closes=True,
    ),
    _register(
        "print",
        _text("serial", "印刷物の番号", "number of the print"),
        _text("place", "保管場所", "where it is kept"),
        REMARK,
        closes=True,
    ),
    _register(
        "entrant",
        _text("person", "立入りを許可した者の氏名", "who is permitted to enter"),
        _text("permitter", "許可した管理責任者等", "which manager permits it"),
        _text("purpose", "目的", "purpose"),
        REMARK,
    ),
    _register(
        "entry",
        _text("person", "立ち入った者", "who entered"),
        _text("permitted", "許可した者・許可の根拠", "who permitted it", required=False),
        _text("purpose", "目的", "purpose"),
        INCIDENTS,
        REMARK,
    ),
    _register(
        "key",
        _text("key", "鍵の名前・番号", "the key"),
        _text("holder", "鍵を持つ者", "who holds it"),
        _text("place", "どこの鍵か", "of which place"),
        REMARK,
        closes=True,
    ),
    _register(
        "measure",
        _text("what", "対象（機器・媒体・場所）", "device, medium or place"),
        _long("measure", "講じた措置（施錠、固定、立入禁止など）", "measure: lock, wire, bar …"),
        REMARK,
        about="thing",
    ),
    _register("removal", _text("remover", "撤去した者", "who removed it"), REMARK, about="camera"),
    _register(
        "review",
        _long("items", "確かめた項目と結果", "items reviewed, and the result"),
        _long("others", "ほかの防犯の手立て", "other measures against crime", required=False),
        REMARK,
        about="law",
    ),
    _register(
        "vendor",
        _text("vendor", "説明した者", "who explained"),
        _text("listener", "説明を受けた者", "to whom"),
        REMARK,
        about="camera",
    ),
    _register(
        "contract",
        _text("title", "契約の名前", "title of the contract"),
        _text("compliance", "規程の遵守を定めた条項", "clause that demands compliance"),
        REMARK,
        about="contractor",
    ),
    _register(
        "publication",
        _text("where", "公表した場所・提出先", "where it was published or sent"),
        REMARK,
    ),
    _register(
        "instruction",
        _text("sender", "通知の発出者と番号", "who sent the notice, and its number"),
        _long("items", "報告を求められた事項", "what is to be reported"),
        REMARK,
        dated=("報告の期限", "report due by"),
    ),
    _register(
        "attestation",
        _text("attested", "確かめた者", "who attests"),
        _long("words", "確かめた内容", "what is attested"),
        about="part",
    ),
    _register("evidence", _long("shows", "示すもの", "what it shows"), about="thing"),
)
BY_CODE = {register.code: register for register in ALL}
