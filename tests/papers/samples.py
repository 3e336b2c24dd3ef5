"""One filled-in paper of each kind, and what a reader finds in a finished PDF."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date, datetime

import pytest

from hokanko.clock import TOKYO
from hokanko.formats.certificate import AUTOMATIC
from hokanko.papers.blocks import blocks
from hokanko.papers.card import Card, Cards
from hokanko.papers.certificate import Certificate, ErasedFile
from hokanko.papers.provision import HandedFile, Provision
from hokanko.papers.register import Column, Register
from hokanko.papers.request import Receipt, Request
from hokanko.papers.rulebook import Rulebook
from hokanko.papers.sheet import Sheet

CHECKPOINT = "hokanko.example/chuo\n1235\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"

SHEET = Sheet(
    unit="中央警察署",
    number="提供-R7-0012",
    edition="運用管理要領 令和7年7月24日版",
    day=date(2025, 8, 1),
    ledger=1234,
    class_mark="機密性2・完全性2・可用性1",
)

RECEIPT = Receipt(
    receiver_post="運用主任者",
    receiver_name="田中 次郎",
    night_duty=True,
    file_numbers=("C01-20250730-0007", "C01-20250730-0008"),
    entered=True,
    gave_stills=False,
    gave_medium=True,
)

REQUEST = Request(
    sheet=SHEET,
    submitted=date(2025, 8, 1),
    addressee="中央警察署長",
    outline="本町二丁目における自転車と歩行者の接触事故。",
    handled_from=datetime(2025, 7, 30, 14, 5, tzinfo=TOKYO),
    handled_until=datetime(2025, 7, 30, 15, 40, tzinfo=TOKYO),
    wearer_section="地域第一係",
    wearer_name="佐藤 一郎",
    wants_stills=False,
    wants_medium=True,
    purposes=("イ", "ウ"),
    purpose_text="受傷事故防止に係る教養",
    requester_unit="交通課",
    requester_section="事故捜査係",
    requester_name="鈴木 花子",
    requester_telephone="2-3456",
    remarks="双方の位置関係が分かる部分を希望する。",
    receipt=RECEIPT,
)


def digest(of: str) -> str:
    """A SHA-256 in hex, as good as any."""
    return hashlib.sha256(of.encode()).hexdigest()


PROVISION = Provision(
    sheet=SHEET,
    request_number="依頼-R7-0034",
    requested=date(2025, 7, 31),
    decided_by="運用主任者　田中 次郎",
    decided_at=datetime(2025, 8, 1, 23, 5, tzinfo=TOKYO),
    night_duty=True,
    ground="第7の2(4)ウ",
    ground_words="現に起きた事故の現場が映り込み、証拠として活用することが見込まれるもの",
    ground_note="物損の程度を確かめる。",
    files=(
        HandedFile("C01-20250730-0007", digest("7"), 1_234_567_890, 3_723_400),
        HandedFile("C01-20250730-0008", digest("8"), 4_567, None),
    ),
    medium="USBメモリ（管理番号 M-0012）",
    handed_by="運用担当者　山田 三郎",
    handed_to="交通課　事故捜査係　鈴木 花子",
    handed_at=datetime(2025, 8, 2, 9, 0, tzinfo=TOKYO),
    checkpoint=CHECKPOINT,
)

CERTIFICATE = Certificate(
    sheet=SHEET,
    organisation="中央警察署",
    last_day=date(2025, 10, 29),
    erased_at=datetime(2025, 10, 30, 0, 4, tzinfo=TOKYO),
    files=tuple(ErasedFile(f"C01-20250801-{n:04}", digest(str(n)), 1_000 + n) for n in range(3)),
    method=AUTOMATIC,
    key_destroyed="2025-10-29／chuo",
    root_generation_destroyed=312,
    checkpoint=CHECKPOINT,
    original_sha256=digest("original"),
)

CARDS = Cards(
    sheet=SHEET,
    cards=tuple(
        Card(f"W-{n:04}", "中央警察署", "佐藤 一郎", f"HK1:{digest(str(n))[:24]}", SHEET.day)
        for n in range(9)
    ),
)

RULEBOOK = Rulebook(
    sheet=replace(SHEET, edition=f"第1版　指紋 {'0' * 64}", class_mark=""),
    title="青葉区防犯カメラ設置・運用要領",
    blocks=blocks(
        (
            "# 青葉区防犯カメラ設置・運用要領",
            "令和8年4月1日",
            "## １　趣旨",
            "この要領は、必要な事項を定める。",
            "### (1) 保管場所",
            "録画装置は、防災課に置く。",
            "(1)　管理責任者を置く。",
            "ア　保存する。",
            "イ　制限する。",
            "(2)　操作担当者を置く。",
            "※　兼ねることができる。",
            "## 別添",
            "| 凡例 | 表記 |\n|---|---|\n| カメラ | ① |",
        )
    ),
    open_points=("空欄「区の名称」が埋まっていない。",),
    colophon=(("版", "第1版"),),
)

REGISTER = Register(
    sheet=SHEET,
    title="閲覧記録簿",
    organisation="中央警察署",
    begins=date(2025, 4, 1),
    ends=date(2026, 3, 31),
    columns=(Column("日時"), Column("閲覧した者"), Column("理由", 3)),
    rows=(
        ("令和7年8月1日", "佐藤 一郎", "=cmd|' /C calc'!A0"),
        ("令和7年8月2日", "鈴木 花子", "点検のため"),
    ),
    basis="第7 2(2)",
)


def words(pdf: bytes) -> str:
    """What a reader of the PDF finds, without white space."""
    return "".join(pages(pdf))


def pages(pdf: bytes) -> list[str]:
    """The same, page by page; skips where no reader is installed."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed: the words inside the PDF were not checked")
    read = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return [squeezed(page) for page in read.stdout.decode().split("\f")[:-1]]


def lines(pdf: bytes) -> list[str]:
    """The same, line by line."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed: the words inside the PDF were not checked")
    read = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return [squeezed(line) for line in read.stdout.decode().splitlines()]


def squeezed(text: str) -> str:
    """Without white space, zero-width space included."""
    return re.sub(r"[\s\u200b]", "", text)
