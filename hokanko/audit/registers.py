"""The registers (簿冊) as data: the columns of each, and what an entry may be about."""

from __future__ import annotations

from dataclasses import dataclass

from hokanko.audit.columns import (
    AIM,
    ATTESTED,
    FACTS,
    INCIDENTS,
    LENS,
    REMARK,
    RESULT,
    SIGN,
    TIME,
    Column,
    long,
    text,
)
from hokanko.rules.registers import REGISTERS


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
        text("inspector", "点検した者", "inspector"),
        Column("signs", "掲示されていて読める表示板", "signs in place and legible", "found"),
        RESULT,
        REMARK,
        about="camera",
    ),
    _register(
        "medium",
        text("name", "媒体の名前・番号", "name or number of the medium"),
        text("cabinet", "保管庫", "cabinet"),
        text("lock", "錠", "lock"),
        text("keyholder", "鍵を持つ者", "who holds the key"),
        text(
            "cameras",
            "映像が入っているカメラの番号（「、」で区切る）",
            "numbers of the cameras on it",
            required=False,
        ),
        REMARK,
    ),
    _register(
        "stock",
        long("counted", "確かめたもの（番号と場所）", "what was counted, and where"),
        Column("seen", "あったもの", "what was there", "found"),
        text("unfound", "見つからなかったもの", "what was not found", required=False),
        INCIDENTS,
        REMARK,
    ),
    _register(
        "disposal",
        Column(TIME, "処分した時刻", "time of disposal", "time"),
        text("serial", "媒体の番号", "serial of the medium"),
        text("place", "場所", "place"),
        Column("method", "廃棄の方法", "method of disposal", "method", required=True),
        long("method_detail", "方法の内容", "the method in words", required=False),
        long("check", "消去又は処理を自分で確かめた方法", "how you yourself confirmed it"),
        Column(ATTESTED, "確かめた者・日時・本人の言葉", "who confirmed it, when, and how", "told"),
        REMARK,
        about="medium",
    ),
    _register(
        "replacement",
        text("serial", "外した媒体の番号", "serial of the medium taken out"),
        text("new", "取り付けた媒体の番号", "serial of the new one", required=False),
        Column(
            "method",
            "外した媒体の廃棄の方法",
            "how it is to be disposed of",
            "method",
            required=True,
        ),
        long("method_detail", "方法の内容", "the method in words", required=False),
        Column("responsible", "廃棄の責任者", "who answers for it", "person", required=True),
        REMARK,
        about="medium",
    ),
    _register(
        "takeout",
        text("what", "持ち出すもの", "what is taken out"),
        text("bearer", "持ち出す者", "who takes it"),
        text("purpose", "目的", "purpose"),
        REMARK,
        closes=True,
    ),
    _register(
        "print",
        text("serial", "印刷物の番号", "number of the print"),
        text("place", "保管場所", "where it is kept"),
        REMARK,
        closes=True,
    ),
    _register(
        "entrant",
        text("person", "立入りを許可した者の氏名", "who is permitted to enter"),
        text("permitter", "許可した管理責任者等", "which manager permits it"),
        text("purpose", "目的", "purpose"),
        REMARK,
    ),
    _register(
        "entry",
        text("person", "立ち入った者", "who entered"),
        text("permitted", "許可した者・許可の根拠", "who permitted it", required=False),
        text("purpose", "目的", "purpose"),
        INCIDENTS,
        REMARK,
    ),
    _register(
        "key",
        text("key", "鍵の名前・番号", "the key"),
        text("holder", "鍵を持つ者", "who holds it"),
        text("place", "どこの鍵か", "of which place"),
        REMARK,
        closes=True,
    ),
    _register(
        "measure",
        text("what", "対象（機器・媒体・場所）", "device, medium or place"),
        long("measure", "講じた措置（施錠、固定、立入禁止など）", "measure: lock, wire, bar …"),
        REMARK,
        about="thing",
    ),
    _register("removal", text("remover", "撤去した者", "who removed it"), REMARK, about="camera"),
    _register(
        "review",
        long("items", "確かめた項目と結果", "items reviewed, and the result"),
        long("others", "ほかの防犯の手立て", "other measures against crime", required=False),
        REMARK,
        about="law",
    ),
    _register(
        "vendor",
        text("vendor", "説明した者", "who explained"),
        text("listener", "説明を受けた者", "to whom"),
        REMARK,
        about="camera",
    ),
    _register(
        "contract",
        text("title", "契約の名前", "title of the contract"),
        text("compliance", "規程の遵守を定めた条項", "clause that demands compliance"),
        REMARK,
        about="contractor",
    ),
    _register(
        "publication",
        text("where", "公表した場所・提出先", "where it was published or sent"),
        REMARK,
    ),
    _register(
        "instruction",
        text("sender", "通知の発出者と番号", "who sent the notice, and its number"),
        long("items", "報告を求められた事項", "what is to be reported"),
        REMARK,
        dated=("報告の期限", "report due by"),
    ),
    _register(
        "attestation",
        text("attested", "確かめた者", "who attests"),
        long("words", "確かめた内容", "what is attested"),
        about="part",
    ),
    _register("evidence", long("shows", "示すもの", "what it shows"), about="thing"),
)
BY_CODE = {register.code: register for register in ALL}
