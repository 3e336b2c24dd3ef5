"""What is drawn from the records of cameras and signs: list of places, number, map."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from hokanko.cameras import actions, posting
from hokanko.cameras.models import Camera, Site
from hokanko.cameras.sites import Spot
from hokanko.cameras.standing import Siting
from hokanko.editions.actions import draft
from hokanko.editions.document import markdown, outdated
from hokanko.errors import Refusal
from hokanko.rules.decide import adopted_book
from tests.cameras import standing
from tests.cameras.standing import TODAY, enact, running, sited, square
from tests.cameras.test_site_pages import picture
from tests.clauses.founded import Founded
from tests.papers.samples import words
from tests.web.visitors import browser

pytestmark = pytest.mark.usefixtures("fresh_home", "db")


def siting_list(here: Founded, login: str = "aoki") -> str:
    """The words of 設置場所一覧 as that person prints it."""
    page = browser(here, login).get(f"/papers/at/{here.org.pk}/siting.pdf")
    assert page.status_code == 200
    return words(page.content)


@pytest.mark.clause("ward-2")
def test_the_list_of_places_has_every_camera_with_why_it_stands_there_and_who_said_so() -> None:
    here = standing.ward()
    running(here, "1")
    sited(here, Site.objects.get(), "12", place="南の電柱", siting_reason="自転車の盗難が多い")
    actions.register(here.org, number="99", serial="S", kind="fixed", by=here.by("mori"))
    found = siting_list(here)
    for part in ("設置場所一覧", "（２(1)）", "駅前広場", "北の電柱", "犯罪の防止", "→右"):
        assert part in found
    assert "夜間のひったくりが続いた（管理責任者森課長令和8年11月20日）" in found
    assert "自転車の盗難が多い" in found
    assert "広場の入口" in found
    assert "99" not in found, "a camera without a place stands nowhere yet"


@pytest.mark.clause("ward-2")
def test_fixed_cameras_are_taken_away_as_the_list_of_their_places() -> None:
    here = standing.ward()
    for page in ("/cameras/at/AOBA/", "/papers/at/AOBA/"):
        shown = browser(here, "mori").get(page).content.decode()
        assert "/papers/at/AOBA/siting.pdf" in shown
        assert "/papers/at/AOBA/cameras.pdf" not in shown, "none of them is taken out"


@pytest.mark.clause("pref-place")
def test_a_camera_that_the_enacted_places_do_not_name_is_printed_all_the_same() -> None:
    here = standing.street()
    running(here, "1")
    Camera.objects.update(place="裏庭", facing_deg=90)
    assert "裏庭（図の右向き）" in markdown(here.org)
    assert [each for each in outdated(here.org) if "裏庭" in each]


@pytest.mark.clause("ward-2.1")
def test_the_number_of_cameras_is_counted_and_no_other_can_be_typed() -> None:
    here = standing.ward()
    running(here, "1")
    running(here, "2", Site.objects.get())
    page = browser(here, "aoki").get("/editions/at/AOBA/draft/").content.decode()
    field = page[page.index('name="camera.count"') - 60 :][:200]
    assert 'value="2"' in field
    assert "disabled" in field
    with pytest.raises(Refusal) as no:
        draft(here.org, "ward", {"camera.count": "5"}, "増設", by=here.by("mori"))
    assert (no.value.clause, no.value.article) == ("ward-2.1", "２(1)")
    assert draft(here.org, "ward", {}, "増設", by=here.by("mori")).values["camera.count"] == 2


def test_before_any_camera_runs_the_number_is_what_is_intended() -> None:
    here = standing.ward()
    assert draft(here.org, "ward", {"camera.count": "5"}, "増設", by=here.by("mori")).values[
        "camera.count"
    ] == (5)


@pytest.mark.clause("ward-2.2-map")
def test_a_sign_that_is_planned_is_on_the_map_and_looks_different() -> None:
    here = standing.ward()
    camera = running(here, "1")
    at, client = Site.objects.get(), browser(here, "mori")
    assert "表示板の設置予定" not in client.get(f"/sites/{at.pk}/").content.decode()
    planned = posting.plan_sign(
        at, place="裏門", cameras=[camera], spot=Spot(0.8, 0.2), by=here.by("mori")
    )
    page = client.get(f"/sites/{at.pk}/").content.decode()
    assert 'class="sign planned"' in page
    assert "表示板設置位置（1枚）" in page
    assert "表示板の設置予定（1枚）" in page
    printed = words(client.get(f"/sites/{at.pk}/map.pdf").content)
    for part in ("表示板の設置予定", "表示板2（予定）裏門", "1か所"):
        assert part in printed
    posting.hang_sign(planned, on=TODAY, by=here.by("mori"))
    assert "（予定）" not in words(client.get(f"/sites/{at.pk}/map.pdf").content)
    assert "表示板設置位置（2枚）" in client.get(f"/sites/{at.pk}/").content.decode()


def test_a_closed_site_keeps_its_page_and_its_last_photograph() -> None:
    here = standing.ward()
    at, client = square(here), browser(here, "mori")
    assert client.get(f"/sites/{at.pk}/closed/").status_code == 404
    sent = client.post(f"/sites/{at.pk}/close/", {"on": "2026-11-20", "photo": picture()})
    assert sent.headers["Location"] == f"/sites/{at.pk}/closed/"
    page = client.get(f"/sites/{at.pk}/closed/").content.decode()
    assert "駅前広場" in page
    assert f"/sites/{at.pk}/closed.jpg" in page
    assert client.get(f"/sites/{at.pk}/closed.jpg").content.startswith(b"\xff\xd8\xff")
    assert f"/sites/{at.pk}/closed/" in client.get("/sites/").content.decode()
    kishi = browser(here, "kishi")
    assert "closed.jpg" not in kishi.get(f"/sites/{at.pk}/closed/").content.decode()
    assert kishi.get(f"/sites/{at.pk}/closed.jpg").status_code == 403


@pytest.mark.clause("pref-scope-camera")
def test_a_camera_in_no_public_place_says_why_it_is_under_the_guideline() -> None:
    here = standing.street()
    camera = sited(here, square(here))
    enact(here)
    shut = replace(Siting.of(camera), closed_place=True)
    with pytest.raises(Refusal) as no:
        actions.decide_site(camera, shut, by=here.by("mori"))
    assert no.value.clause == "pref-scope-camera"
    assert "条件③" in no.value.ja
    client = browser(here, "mori")
    told = {"site": camera.site_id, "place": "北の電柱", "facing_deg": "90", "connection": "wired"}
    answer = client.post(f"/cameras/{camera.pk}/site/", told | {"closed_place": "on"})
    assert answer.status_code == 403
    why = "夜間は閉めるが、昼間は通り抜けに使われる"
    sent = client.post(
        f"/cameras/{camera.pk}/site/", told | {"closed_place": "on", "scope_note": why}
    )
    assert sent.status_code == 302
    page = client.get(f"/cameras/{camera.pk}/").content.decode()
    assert "③ 不特定多数の者が出入りする場所にある：いいえ" in page
    assert why in page
    assert f"条件③に当たらないが対象とする理由：{why}" in siting_list(here, "mori")


def test_where_the_rules_are_not_for_public_places_nothing_is_asked() -> None:
    here = standing.house()
    camera = sited(here, square(here))
    page = browser(here, "mori").get(f"/cameras/{camera.pk}/site/").content.decode()
    assert "closed_place" not in page


@pytest.mark.clause("ward-2.1-map", "pref-place")
@pytest.mark.parametrize(
    ("found", "clause"), [(standing.ward, "ward-2.1-map"), (standing.street, "pref-place")]
)
def test_a_camera_without_direction_is_named_on_every_page_that_needs_it(
    found: Callable[[], Founded], clause: str
) -> None:
    here = found()
    camera = sited(here, square(here), facing_deg=None)
    enact(here)
    mori = browser(here, "mori")
    started = mori.post(f"/cameras/{camera.pk}/activate/")
    drawn = mori.get(f"/cameras/at/{here.org.pk}/map.pdf")
    for answer in (started, drawn):
        page = answer.content.decode()
        assert answer.status_code == 403
        assert "撮影方向" in page
        assert f"[{clause}]" in page
        assert adopted_book(here.org.pk).clause(clause).ja in page
    told = started.content.decode()
    assert "表示板" in told.split("根拠")[0], "whatever else is missing is told at once"
