"""The pages and the command of a shift, for the officer, for the supervisor, for others."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from hokanko import clock
from hokanko.rehearsal.cast import Cast
from hokanko.shifts import queries
from tests.shifts.outing import DAY, at, back, film, out
from tests.web.visitors import browser


def test_the_officer_explains_on_the_page_and_the_clerk_closes(unit: Cast) -> None:
    out(unit)
    film(unit, "09:05", "10:00")
    film(unit, "10:10", "16:50")
    shift = back(unit, "17:00")
    officer, clerk = browser(unit, "sato"), browser(unit, "tanaka")
    address = f"/shifts/{shift.pk}/"
    assert "説明が要るもの 1件" in officer.get("/shifts/").content.decode()
    refused = clerk.post(f"{address}close/")
    assert (refused.status_code, refused.content.decode().count("police-6.2]")) == (403, 1)
    (gap,) = queries.shift(shift).unexplained
    empty = officer.post(f"{address}explain/", {"gap": gap.key})
    assert empty.status_code == 403
    said = {"gap": gap.key, "ground": "ウ", "words": "相談者がおそれた。"}
    page = officer.post(f"{address}explain/", said, follow=True).content.decode()
    assert "相談者がおそれた。" in page
    assert officer.post(f"{address}explain/", said).status_code == 404
    assert "締めた" in clerk.post(f"{address}close/", follow=True).content.decode()


def test_a_shift_that_runs_asks_for_nothing_and_says_until_when(unit: Cast) -> None:
    shift = out(unit)
    clock.fix(at("16:30"))  # more than four hours on: what was filmed is in the camera
    officer = browser(unit, "sato")
    assert "説明が要る" not in officer.get("/shifts/").content.decode()
    page = officer.get(f"/shifts/{shift.pk}/").content.decode()
    assert "いま書くことはありません" in page
    assert "撮影のない持ち出し" not in page
    assert "17:30" in page  # the shift's end and the grace after it


def test_every_gap_is_drawn_and_stands_below_in_words(unit: Cast) -> None:
    out(unit)
    film(unit, "10:00", "15:00")
    shift = back(unit, "17:00")
    page = browser(unit, "sato").get(f"/shifts/{shift.pk}/").content.decode()
    for gap in queries.shift(shift).unexplained:
        assert f'href="#{gap.key}"' in page
        assert f'id="{gap.key}"' in page


def test_a_place_and_a_consent_are_entered_on_the_page(unit: Cast) -> None:
    out(unit)
    piece = film(unit, "09:05", "16:50")
    shift = back(unit, "17:00")
    officer = browser(unit, "sato")
    marked = {"number": piece.number, "place": "office"}
    page = officer.post(f"/shifts/{shift.pk}/mark/", marked, follow=True).content.decode()
    assert "管理者の承諾を記録してください" in page
    passage = shift.passages.get()
    told = {"premises": "駅前ビル", "manager": "西 次郎", "asked": "after", "outcome": "refused"}
    nameless = officer.post(f"/shifts/consent/{passage.pk}/", told | {"premises": ""})
    assert "施設の名称を書くか" in nameless.content.decode()
    page = officer.post(f"/shifts/consent/{passage.pk}/", told, follow=True).content.decode()
    assert "西 次郎" in page
    assert queries.shift(shift).owed == 0


def test_one_sees_only_ones_own_shifts_without_a_post(unit: Cast) -> None:
    shift = out(unit)
    ito = browser(unit, "ito")
    assert str(shift.pk) not in ito.get("/shifts/").content.decode()
    assert ito.get(f"/shifts/{shift.pk}/").status_code == 403
    assert ito.get("/shifts/month/").status_code == 403
    assert ito.get("/shifts/premises/").status_code == 403
    assert browser(unit, "nakamura").get(f"/shifts/{shift.pk}/").status_code == 403


def test_facilities_are_entered_and_ended_on_the_page(unit: Cast) -> None:
    client = browser(unit, "takahashi")
    said = {"premises": "中央駅", "manager": "駅長", "since": DAY.isoformat()}
    late = client.post("/shifts/premises/", said | {"since": "2025-12-31"})
    assert late.status_code == 409
    said["since"] = "2025-11-20"
    assert "中央駅" in client.post("/shifts/premises/", said, follow=True).content.decode()
    row = queries.standing("CHUO").get()
    client.post(f"/shifts/premises/{row.pk}/end/")
    assert "一覧に施設はありません" in client.get("/shifts/premises/").content.decode()


def test_the_command_tells_explains_and_closes(
    unit: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    out(unit)
    film(unit, "10:00", "16:50")
    shift = back(unit, "17:00")

    def said(*words: str) -> dict[str, object]:
        capsys.readouterr()
        call_command("shift", "--json", *words)
        told: dict[str, object] = json.loads(capsys.readouterr().out)
        return told

    listed = said("list", "--org", "CHUO", "--by", "tanaka")["shifts"]
    assert isinstance(listed, list)
    assert [row["id"] for row in listed] == [str(shift.pk)]
    told = said("explain", str(shift.pk), "--gap", "1", "--words", "点呼", "--by", "sato")
    assert "点呼" not in json.dumps(told, ensure_ascii=False)
    assert said("close", str(shift.pk), "--by", "tanaka")["closed"] is True
    counted = said("pauses", "--org", "CHUO", "--by", "tanaka")
    assert counted["pauses"] == {}


def test_a_wearer_lists_his_own_shifts_and_is_reminded_of_gaps(
    unit: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    reminder, closing = "説明が要る自分の勤務", "締めていない勤務"
    out(unit)
    film(unit, "10:00", "12:00")
    film(unit, "12:40", "16:50")
    home = browser(unit, "sato").get("/").content.decode()
    assert reminder not in home  # the camera is still out
    shift = back(unit, "17:00")
    assert reminder in browser(unit, "sato").get("/").content.decode()
    assert closing in browser(unit, "tanaka").get("/").content.decode()
    for other in ("ito", "yamada"):
        page = browser(unit, other).get("/").content.decode()
        assert (reminder in page, closing in page) == (False, False)

    call_command("shift", "--json", "list", "--org", "CHUO", "--by", "sato")
    told = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in told["shifts"]] == [str(shift.pk)]
    call_command("shift", "--json", "list", "--org", "CHUO", "--by", "ito")
    assert json.loads(capsys.readouterr().out)["shifts"] == []  # never wore one
    for code, stranger in (("CHUO", "nakamura"), ("MINATO", "sato")):
        with pytest.raises(SystemExit):
            call_command("shift", "list", "--org", code, "--by", stranger)

    page = browser(unit, "sato").get(f"/shifts/{shift.pk}/").content.decode()
    for ground in "アイウ":
        assert f'value="{ground}"' in page
    for gap in queries.shift(shift).unexplained:
        said = {"gap": gap.key, "ground": "イ", "words": "相手が止めるように求めた"}
        assert browser(unit, "sato").post(f"/shifts/{shift.pk}/explain/", said).status_code == 302
    assert reminder not in browser(unit, "sato").get("/").content.decode()
