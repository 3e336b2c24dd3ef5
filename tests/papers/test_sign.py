"""表示板: what a sign says in each size, and the code on it."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image

from hokanko.papers.press import png
from hokanko.papers.sign import SIZES_MM, Sign, data, render
from tests.papers.samples import words

SIGN = Sign(
    headline=("防犯カメラ稼働中", "Security cameras in use"),
    organisation="スーパーみどり 駅前店",
    purpose=("安全管理及び盗難防止のため", "For safety and the prevention of theft"),
    contact="問い合わせ　店長室",
    lines=("顔認証を使っています。",),
    address="https://camera.midori.example/notice/9fk2Lq0sJx/",
    edition="防犯カメラ管理規定 第1版",
)


@pytest.mark.parametrize("size", SIZES_MM)
def test_everything_is_said_in_every_size(size: str) -> None:
    found = words(render(SIGN, size))
    for part in ("防犯カメラ稼働中", "Securitycamerasinuse", "安全管理及び盗難防止のため"):
        assert part in found
    for part in ("スーパーみどり駅前店", "問い合わせ店長室", "顔認証を使っています。", "第1版"):
        assert part in found


@pytest.mark.parametrize(("size", "shape"), [("a4", (1169, 827)), ("small", (394, 276))])
def test_it_has_the_size_it_says(size: str, shape: tuple[int, int]) -> None:
    (picture,) = png("sign", data(SIGN, size), 100)
    assert Image.open(io.BytesIO(picture)).size == pytest.approx(shape, abs=2)


def test_the_code_can_be_read_from_the_small_sign() -> None:
    (picture,) = png("sign", data(SIGN, "small"), 300)
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("L"))
    assert [code.text for code in found] == [SIGN.address]


def test_without_an_address_there_is_no_code() -> None:
    plain = Sign(("防犯カメラ設置", "Security camera installed"), "熊谷 一郎")
    found = words(render(plain, "a4"))
    assert "熊谷一郎" in found
    assert "くわしいお知らせ" not in found


def test_a_long_headline_and_name_stay_on_the_sign() -> None:
    long = Sign(("防犯カメラ作動中" * 3, "Cameras"), "青葉区防犯カメラ設置運用協議会" * 3)
    assert len(png("sign", data(long, "a4"), 30)) == 1
    assert ("防犯カメラ作動中" * 3) in words(render(long, "a4"))


def test_another_size_is_unknown() -> None:
    with pytest.raises(KeyError):
        data(SIGN, "b5")
