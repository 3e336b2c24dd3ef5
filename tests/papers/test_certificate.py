"""消去証明書."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from hokanko.clock import TOKYO
from hokanko.formats.certificate import EXCEPTIONAL
from hokanko.papers.certificate import ErasedFile, ExceptionalErasure, render
from tests.papers.samples import CERTIFICATE, digest, pages, words


@pytest.mark.clause("police-7.1.2-auto")
def test_every_field_is_printed() -> None:
    found = words(render(CERTIFICATE))
    for part in (
        "所属中央警察署",
        "令和7年10月29日（2025年）",
        "令和7年10月30日午前0時4分",
        "件数3件",
        "3,003バイト",
        "自動による消去（鍵の破棄及び保存領域からの削除）",
        "2025-10-29／chuo",
        "第312世代",
        "台帳番号1234",
        "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
        digest("original"),
        *(file.number for file in CERTIFICATE.files),
        *(file.sha256 for file in CERTIFICATE.files),
        "1,002",
    ):
        assert part in found
    assert "例外による消去" not in found


@pytest.mark.clause("police-7.2.6-exception")
def test_an_exceptional_erasure_tells_article_decider_and_reason() -> None:
    exception = ExceptionalErasure(
        article="第7の2(6)ただし書",
        decided_by="総括運用管理者　高橋 五郎",
        decided_at=datetime(2025, 8, 20, 10, 0, tzinfo=TOKYO),
        reason="居宅内を撮影し、被撮影者から削除を要請された。",
    )
    found = words(render(replace(CERTIFICATE, exception=exception, method=EXCEPTIONAL)))
    for part in (
        "判断による消去（鍵の破棄及び保存領域からの削除）",
        "第7の2(6)ただし書",
        "総括運用管理者高橋五郎",
        "令和7年8月20日午前10時0分",
        exception.reason,
        "4消去した映像ファイル",
    ):
        assert part in found


def test_a_long_list_runs_over_pages_with_its_head_and_loses_nothing() -> None:
    files = tuple(ErasedFile(f"C01-{n:06}", digest(str(n)), 10**12) for n in range(300))
    found = pages(render(replace(CERTIFICATE, files=files)))
    assert len(found) > 5
    assert [page for page in found if "SHA-256" not in page] == []
    assert [file.number for file in files if file.sha256 not in "".join(found)] == []
    assert found[-1].endswith(f"{len(found)}／{len(found)}頁")
