"""提供記録."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hokanko.papers.provision import HandedFile, render
from tests.papers.samples import PROVISION, digest, pages, words


@pytest.mark.clause("police-7.2.4-c")
def test_every_field_is_printed() -> None:
    found = words(render(PROVISION))
    for part in (
        "依頼-R7-0034",
        "令和7年7月31日（2025年）",
        "運用主任者田中次郎【当直代行】",
        "令和7年8月1日午後11時5分",
        "第7の2(4)ウ" + PROVISION.ground_words,
        "物損の程度を確かめる。",
        "USBメモリ（管理番号M-0012）",
        "2件1,234,572,457バイト",
        "C01-20250730-0007",
        digest("7"),
        "1,234,567,890バイト1時間2分3秒",
        "C01-20250730-0008",
        digest("8"),
        "4,567バイト（画像）",
        "運用担当者山田三郎",
        "交通課事故捜査係鈴木花子",
        "令和7年8月2日午前9時0分",
        "受領者（署名）",
        "台帳番号1234",
        "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
        "hokankoverify",
        "機密性2・完全性2・可用性1",
    ):
        assert part in found


@pytest.mark.clause("police-7.2.4-night")
def test_only_a_night_deputy_is_marked() -> None:
    assert "当直代行" not in words(render(replace(PROVISION, night_duty=False)))


def test_an_empty_note_leaves_no_line() -> None:
    assert "事由の説明" not in words(render(replace(PROVISION, ground_note="")))


def test_many_files_run_over_pages_with_their_heads() -> None:
    files = tuple(HandedFile(f"C01-{n:06}", digest(str(n)), n, n * 1000) for n in range(100))
    found = pages(render(replace(PROVISION, files=files)))
    assert len(found) > 2
    assert [page for page in found[:3] if "SHA-256" not in page] == []
    assert [file.number for file in files if file.sha256 not in "".join(found)] == []
