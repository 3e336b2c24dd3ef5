"""Of the document that identified somebody, its kind is noted and never its number."""

from __future__ import annotations

from pathlib import Path

import pytest

from hokanko.errors import Conflict, Refusal
from hokanko.provision.models import Provision
from hokanko.provision.taker import insist_kind_only
from tests.clauses.founded import Founded
from tests.provision.outside import STATED, choose, hand, judge, taken_down, taker
from tests.provision.test_counter import AT_DESK
from tests.provision.test_export import ASKED, DECIDED, export
from tests.web.visitors import browser

LICENCE = "運転免許証 123456789012"
NUMBERED = [LICENCE, "旅券ＴＫ１２３４５６７", "マイナンバー 1234 5678 9012", "1234－5678－9012"]
NUMBERED += [
    "警察手帳（12345）",
    "保険証 記号12 番号345",
    "番号：７",
    "運転免許証 No. 12",
    "第12号",
]


@pytest.mark.parametrize("document", NUMBERED)
def test_a_number_is_not_noted(document: str) -> None:
    with pytest.raises(Conflict, match="書類の種類だけ"):
        insist_kind_only(document)


@pytest.mark.parametrize(
    "document", ["運転免許証", "運転免許証（2025年交付）", "2026-11-20に面談した", "番号は控えない"]
)
def test_a_kind_is(document: str) -> None:
    insist_kind_only(document)


def ready(ward: Founded) -> Provision:
    """At the desk, to be handed out."""
    provision = taken_down(ward, "kishi")
    judge(ward, "mori", provision, "イ", STATED["inquiry"])
    choose(ward, "kishi", provision, ward.take_in("kishi"))
    return provision


@pytest.mark.parametrize("way", ["document", "other"])
def test_the_counter_says_why_and_keeps_the_rest(ward: Founded, way: str) -> None:
    provision = ready(ward)
    told = AT_DESK | {"identity": way, "document": LICENCE, "medium": "USB-77"}
    answer = browser(ward, "kishi").post(f"/provision/{provision.number}/hand-over/", told)
    page = answer.content.decode()
    assert (answer.status_code, "書類の種類だけを書いてください" in page) == (409, True)
    assert "要らない個人情報" in page
    for typed in ('value="佐川 一郎"', 'value="USB-77"'):
        assert typed in page
    provision.refresh_from_db()
    assert (provision.state, provision.identity) == ("entered", "")


def test_nothing_leaves_by_the_verb_either(ward: Founded, tmp_path: Path) -> None:
    provision = ready(ward)
    with pytest.raises(Conflict, match="個人情報"):
        hand(ward, "kishi", provision, tmp_path / "package", taker(identity=LICENCE))
    assert not (tmp_path / "package").exists()


def test_the_command_says_so_too(ward: Founded) -> None:
    desk = ["--taker", "佐川 一郎", "--identity", f"身分証明書の提示：{LICENCE}"]
    told = export(ward.take_in("kishi"), "--show", *ASKED, *DECIDED, *desk)
    assert "書類の種類だけ" in told["error"]["ja"]  # type: ignore[index]


@pytest.mark.clause("ward-6.2")
def test_the_counter_asks_which_document(ward: Founded) -> None:
    provision = ready(ward)
    here = f"/provision/{provision.number}/hand-over/"
    page = browser(ward, "kishi").post(here, AT_DESK | {"document": " "}).content.decode()
    assert "書類の種類を書いてください（例 運転免許証）。[ward-6.2] ６(2)" in page
    provision.refresh_from_db()
    assert provision.state == "entered"


@pytest.mark.clause("ward-6.2")
@pytest.mark.parametrize("way", ["身分証明書の提示", "身分証明書の提示：", "その他の方法"])
def test_the_name_of_a_way_alone_identifies_nobody(ward: Founded, way: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as no:
        hand(ward, "kishi", ready(ward), tmp_path / "package", taker(identity=way))
    assert no.value.clause == "ward-6.2"
