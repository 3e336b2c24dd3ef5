"""使用者登録カード: its codes must be readable from the print itself."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image

from hokanko.papers.card import data, render
from hokanko.papers.press import png
from tests.papers.samples import CARDS, pages


@pytest.mark.clause("police-5.2.1")
def test_every_code_on_the_print_can_be_read() -> None:
    read = set()
    for page in png("card", data(CARDS)):
        found = zxingcpp.read_barcodes(Image.open(io.BytesIO(page)))
        read |= {code.text for code in found}
    assert read == {card.payload for card in CARDS.cards}


def test_number_unit_and_name_stand_on_each_card_eight_to_a_page() -> None:
    first, second = pages(render(CARDS))
    assert [first.count(part) for part in ("中央警察署", "佐藤一郎", "W-000")] == [9, 8, 8]
    assert "W-0008" in second
    assert "令和7年8月1日交付" in second


def test_a_long_name_stays_on_its_card() -> None:
    long = replace(CARDS.cards[0], name="長" * 300, unit="隊" * 300, number="9" * 300)
    assert len(pages(render(replace(CARDS, cards=(long,) * 8)))) == 1


def test_a_back_follows_for_each_card() -> None:
    told = replace(CARDS, cards=CARDS.cards[:2], back=("撮影を一時停止する。", "事由ア：居宅"))
    front, backs = pages(render(told))
    assert "居宅" not in front
    assert [backs.count(part) for part in ("撮影を一時停止するとき", "事由ア：居宅")] == [2, 2]


def test_a_payload_that_is_not_ascii_is_refused() -> None:
    with pytest.raises(ValueError, match="ASCII"):
        render(replace(CARDS, cards=(replace(CARDS.cards[0], payload="佐藤"),)))
