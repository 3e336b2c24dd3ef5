"""苦情・問い合わせ記録: every field is on the paper, and what is open says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from hokanko.clock import TOKYO
from hokanko.papers.case import Act, Case, data, render
from hokanko.papers.press import png
from hokanko.papers.sheet import Sheet
from tests.papers.samples import words

DAY = date(2026, 11, 20)
AT = datetime(2026, 11, 21, 9, 30, tzinfo=TOKYO)
CASE = Case(
    sheet=Sheet("青葉区", "AOBA-C2026-0001", "作成例", DAY, 42),
    organisation="青葉区",
    kind="苦情",
    matter="カメラの場所・撮影の範囲",
    received=DAY,
    due=date(2026, 11, 27),
    owner="管理責任者",
    article="８",
    name="北野 春",
    reach="090-0000-0000",
    story="玄関の前に立つと、いつも写されている気がする。",
    footage="AOBA-20261120-0001",
    acts=(Act(AT, "相手に回答した", "森 課長", "電話で説明した。"),),
    identity="",
    outcome="措置を講じた",
    measures="カメラの向きを変えた。",
    reason="",
    closed=AT,
)


def test_every_field_reaches_the_sheet() -> None:
    told = data(CASE)
    assert told["received"] == "令和8年11月20日（2026年）"
    assert told["acts"] == [
        {
            "at": "令和8年11月21日 午前9時30分",
            "what": "相手に回答した",
            "by": "森 課長",
            "text": "電話で説明した。",
        }
    ]
    assert "" not in (told["outcome"], told["measures"], told["reason"], told["closed"])


def test_what_is_open_or_unfounded_says_so() -> None:
    told = data(replace(CASE, outcome="", closed=None, article="", name=""))
    assert told["outcome"] == told["closed"] == "（対応中）"
    assert "ソフトウェアの既定" in str(told["article"])
    assert told["name"] == "（名乗らない）"


def test_a_long_story_goes_on_over_pages() -> None:
    assert render(CASE).startswith(b"%PDF-")
    long = replace(CASE, story="とても長い申出です。" * 400)
    assert len(png("case", data(long), ppi=40)) > 1


def test_an_incident_is_no_complaint() -> None:
    whole = words(render(replace(CASE, incident=True, kind="事案", name="")))
    assert "事案記録" in whole
    assert "事案の内容" in whole
    for asking in ("苦情・問い合わせ", "申出", "相手の氏名", "名乗らない", "回答の期限"):
        assert asking not in whole
    assert "相手の氏名" in words(render(CASE))
