"""閲覧・提供の記録, one sheet."""

from __future__ import annotations

from dataclasses import replace

from hokanko.papers.disclosure import Disclosure, render
from hokanko.papers.provision import HandedFile
from tests.papers.samples import PROVISION, digest, pages, words

SHEET = Disclosure(
    sheet=replace(PROVISION.sheet, class_mark=""),
    title="画像の提供の記録",
    entries=(("日時", "令和8年11月20日 午後0時0分"), ("相手先", "青葉警察署 刑事課\n佐川 一郎")),
    judged=(("必要性の判断", "ほかに確かめる方法がない。"),),
    files=(HandedFile("AOBA-20261120-0001", digest("7"), 4567, 61_000),),
    medium="USB-1",
    receipt="上記のものを受領しました。",
    checkpoint="同封の証明のとおり",
)


def test_entries_judgement_and_files_are_printed() -> None:
    found = words(render(SHEET))
    for part in (
        "画像の提供の記録",
        "日時令和8年11月20日午後0時0分",
        "相手先青葉警察署刑事課佐川一郎",
        "必要性の判断ほかに確かめる方法がない。",
        "AOBA-20261120-0001",
        digest("7"),
        "4,567バイト1分1秒",
        "USB-1",
        "氏名（署名）",
        "hokankoverify",
    ):
        assert part in found, part
    assert "機密性" not in found


def test_a_clip_is_told_by_camera_and_time_on_one_page() -> None:
    told = "カメラ2　駐車場の柱\n撮影 令和8年11月20日 12:00:00 〜 令和8年11月20日 12:01:01"
    clip = HandedFile("AOBA-20261120-0001", digest("7"), 4567, 61_000, told, digest("8"))
    reason = ("目的・理由", "\n".join(f"{line}行目に書いた理由" for line in range(9)))
    full = replace(SHEET, entries=(*SHEET.entries, reason), files=(clip,))
    (page,) = pages(render(full))
    assert "駐車場の柱" in page
    found = words(render(full))
    for part in ("撮影令和8年11月20日12:00:00〜令和8年11月20日12:01:01", digest("8")):
        assert part in found, part


def test_what_was_only_shown_has_no_files_and_no_receipt() -> None:
    shown = replace(SHEET, title="画像の閲覧の記録", files=(), medium="", receipt="", checkpoint="")
    found = words(render(shown))
    assert "画像の閲覧の記録" in found
    for absent in ("渡した物", "受領", "署名", "hokankoverify", "SHA-256"):
        assert absent not in found


def test_long_words_run_over_pages() -> None:
    long = replace(SHEET, judged=(("必要性の判断", "必要である。" * 1200),))
    assert len(pages(render(long))) > 1
