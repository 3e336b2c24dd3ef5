"""Papers to be signed: by who leaves a post, by a contractor, by a vendor and who listened."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from tests.cameras import standing
from tests.papers.samples import words
from tests.people.test_contractors import settled
from tests.people.test_paperwork import log_in

pytestmark = pytest.mark.usefixtures("fresh_home", "db")


@pytest.mark.clause("ward-3.4-after")
def test_who_leaves_a_post_gets_a_reminder_to_sign() -> None:
    here = standing.ward()
    kishi, aoki = here.people["kishi"], log_in(here, "aoki")
    url = f"/people/{kishi.pk}/reminder.pdf"
    assert aoki.get(url).status_code == 404, "he has left nothing yet"
    assert url not in aoki.get(f"/people/{kishi.pk}/").content.decode()
    (held,) = kishi.appointments.all()
    page = aoki.post(f"/people/posts/{held.pk}/dismiss/", follow=True).content.decode()
    assert url in page, "it is offered where the dismissal ends"
    paper = words(aoki.get(url).content)
    for part in ("離任後の守秘のお知らせ", "岸主事様", "令和8年11月20日に操作担当者の役職を離れ"):
        assert part in paper
    assert "３(4)防犯カメラの画像から知り得た情報を、むやみに人に漏らしません。" in paper
    assert "不当な目的のために使用しません。" in paper
    assert "氏名（署名）" in paper
    assert log_in(here, "kishi").get(url).status_code == 200
    assert log_in(here, "hara").get(url).status_code == 403


@pytest.mark.clause("home-2.8")
def test_the_guideline_is_printed_for_a_contractor_to_sign() -> None:
    here, firm = settled("home")
    oka, url = log_in(here, "oka"), f"/contractors/{firm.pk}/rules.pdf"
    assert url in oka.get(f"/contractors/{firm.pk}/").content.decode()
    paper = words(oka.get(url).content)
    for part in (
        "委託先に守っていただくガイドライン",
        "あおば警備様",
        "「保守」",
        "代表者（署名）",
    ):
        assert part in paper
    assert "２⑻設置・運用を外部に委託する場合、受託業者にこのガイドラインを遵守させ" in paper
    assert "２⑹ア" in paper
    assert log_in(here, "saeki").get(url).status_code == 403


@pytest.mark.clause("pref-vendor")
def test_a_vendor_explains_from_a_sheet_with_a_box_for_each_sentence(tmp_path: Path) -> None:
    here = standing.street()
    paper = words(log_in(here, "mori").get("/cameras/at/WAKASA/briefing.pdf").content)
    for part in (
        "画像の適正な取扱いに関する説明書",
        "説明した者",
        "説明を受けた者",
        "カメラの番号",
    ):
        assert part in paper
    assert "画像の不必要な複写を行わない。□" in paper
    target = tmp_path / "briefing.pdf"
    told = ("rulebook", "print", "vendor-briefing", "--org", "WAKASA", "--to", str(target))
    call_command(*told)
    assert words(target.read_bytes()) == paper


def test_a_sheet_of_clauses_says_what_was_filled_in_not_the_blank_of_the_example() -> None:
    here = standing.ward()
    paper = words(log_in(here, "mori").get("/cameras/at/AOBA/briefing.pdf").content)
    assert "青葉区が責任をもって防犯カメラを撤去する。" in paper
    assert "6か月ごとに保守点検を行う。" in paper
    for blank in ("〇〇区", "○○区", "○か月", "○○日間", "記入欄"):
        assert blank not in paper
