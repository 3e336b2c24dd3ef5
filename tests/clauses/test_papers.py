"""Clauses that are printed: the rules, the placement map, the sign and the oath."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from PIL import Image

from hokanko import clock
from hokanko.cameras import plan
from hokanko.cameras.actions import decide_site
from hokanko.cameras.laying import lay_map
from hokanko.cameras.models import Camera, Site
from hokanko.cameras.posting import post_sign
from hokanko.cameras.sheets import first_sheet
from hokanko.cameras.sites import Spot, open_site
from hokanko.cameras.standing import Siting
from hokanko.editions.document import document, markdown, outdated
from hokanko.editions.printing import printed
from hokanko.errors import Refusal
from hokanko.home import Home
from hokanko.media.redraw import Picture
from hokanko.papers import placement, rulebook
from hokanko.people.models import Oath, Organisation
from hokanko.rules import book as books
from hokanko.rules import text
from hokanko.rules.models import Adoption
from tests.clauses.founded import Founded, camera, found
from tests.papers.samples import lines, squeezed, words
from tests.web.visitors import BACKEND, browser

WARD = {
    "org.name": "青葉区",
    "doc.effective_from": "2026-04-01",
    "camera.count": "1",
    "posts.manager_name": "総務課長",
    "storage.places": "防災課の保管庫",
    "inspection.months": "6",
}
HEADS = {"ward": "設置者", "pref": "設置者", "shop": "管理責任者"}
OATHS = {
    "ward": (
        "むやみに人に漏らしません。",
        "不当な目的のために使用しません。",
        "なくなった後においても",
    ),
    "pref": ("みだりに漏らしません。", "不当な目的に使用しません。", "職を離れた後も"),
    "shop": ("SNSに書きません。", "人に話しません。", "名の知られた人が店に来たことも"),
}


def base_map() -> Picture:
    """A small white picture to stand under a map."""
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(out, "PNG")
    return Picture(out.getvalue())


@dataclass(frozen=True, slots=True)
class Here:
    """A founded ward with one site: 設置者 aoki, 管理責任者 mori, and camera 1."""

    ward: Founded
    site: Site

    @property
    def org(self) -> Organisation:
        return self.ward.org

    def place(self, number: str, *, facing_deg: int | None, x: float = 0.5) -> None:
        """Put a camera on the map."""
        siting = Siting(
            site=self.site, place="公園入口の電柱", siting_reason="通学路", facing_deg=facing_deg,
            map_x=x, map_y=0.5, lens="広角", mount="own", connection="wired",
        )  # fmt: skip
        decide_site(
            Camera.objects.get(org=self.org, number=number), siting, by=self.ward.by("mori")
        )

    def sign(self, place: str, x: float) -> None:
        """Hang a sign that tells of camera 1."""
        told = list(Camera.objects.filter(org=self.org, number="1"))
        spot, day = Spot(x, 0.2), clock.today()
        post_sign(self.site, place=place, cameras=told, on=day, spot=spot, by=self.ward.by("mori"))


@pytest.fixture
def here(fresh_home: Home, db: None) -> Here:
    """The ward, its rules signed by hand of the test: what is tested is the paper."""
    del fresh_home, db
    ward = found("AOBA", "青葉区", "ward", WARD)
    ward.register("kanri", "aoki", "青木 一郎", "設置者")
    ward.register("aoki", "mori", "森 花子", "管理責任者")
    Oath.objects.create(person=ward.people["mori"], signed_at=clock.now())
    camera(ward, "mori")
    site = open_site(ward.org, name="青葉一丁目", address="青葉1-2", by=ward.by("mori"))
    return Here(ward, site)


def signed(org: Organisation, **values: object) -> None:
    """Take the edition in force for signed, with these values more."""
    row = Adoption.objects.get(org=org.pk)
    row.values |= {name.replace("_", ".", 1): value for name, value in values.items()}
    row.signed_at = clock.now()
    row.save()


def rules_of(org: Organisation) -> str:
    """The words of the printed rules."""
    return words(printed(org, "pdf"))


@pytest.mark.clause("ward-map")
def test_without_a_map_the_rules_are_a_draft_that_names_what_is_missing(here: Here) -> None:
    signed(here.org, posts_operator_names=["岸 二郎"])
    found = rules_of(here.org)
    assert "要領（案）" in found
    assert "設置場所「青葉一丁目」の下図がない" in found
    assert "カメラ1の設置場所が定められていない" in found
    assert "（別添配置図）" in found
    lay_map(first_sheet(here.site), base_map(), by=here.ward.by("mori"))
    here.place("1", facing_deg=90)
    enacted = rules_of(here.org)
    assert "（案）" not in enacted
    assert "この文書が案である理由" not in enacted
    assert "防犯カメラ、表示板の配置図" in enacted


def test_blanks_stay_visible_and_are_named_with_their_article(here: Here) -> None:
    found = rules_of(here.org)
    assert "操作担当者は「」とする。" in found
    assert (
        "空欄「操作担当者（氏名又は職。兼ねる場合は記載不要）」が埋まっていない。（３(2)）" in found
    )
    assert "別の者による署名（制定）がない。" in found


@pytest.mark.clause("ward-2.1-map")
def test_a_map_with_a_camera_that_has_no_direction_is_refused(here: Here) -> None:
    lay_map(first_sheet(here.site), base_map(), by=here.ward.by("mori"))
    here.place("1", facing_deg=None)
    with pytest.raises(Refusal, match="カメラ1の撮影方向") as no:
        plan.map_paper(here.org)
    assert (no.value.clause, no.value.article) == ("ward-2.1-map", "２(1)※")


@pytest.mark.clause("ward-2.2-map")
@pytest.mark.clause("ward-map-number")
@pytest.mark.clause("ward-map-legend")
def test_the_map_has_cameras_in_circles_signs_and_a_legend_that_counts_both(here: Here) -> None:
    lay_map(first_sheet(here.site), base_map(), by=here.ward.by("mori"))
    here.place("1", facing_deg=90)
    here.sign("公園入口", 0.2)
    here.sign("北口の柱", 0.8)
    found = words(plan.map_paper(here.org))
    for part in ("防犯カメラ設置位置", "①", "1台", "表示板設置位置", "2か所", "撮影方向"):
        assert part in found
    assert found.count("表") >= 3  # two on the map, one in the legend
    (drawn,) = plan.maps(here.org.pk)
    assert [each.circled for each in drawn.cameras] == ["①"]
    assert [each.place for each in drawn.signs] == ["公園入口", "北口の柱"]


@pytest.mark.clause("ward-map-arrow")
@pytest.mark.parametrize(
    ("bearing", "step"), [(0, (0, -1)), (90, (1, 0)), (180, (0, 1)), (270, (-1, 0))]
)
def test_an_arrow_points_where_the_camera_looks(
    here: Here, bearing: int, step: tuple[float, float]
) -> None:
    lay_map(first_sheet(here.site), base_map(), by=here.ward.by("mori"))
    here.place("1", facing_deg=bearing)
    (drawn,) = plan.maps(here.org.pk)
    assert drawn.cameras[0].direction == pytest.approx(step)


@pytest.mark.clause("ward-3-combine")
def test_where_the_manager_doubles_no_operator_is_named(here: Here) -> None:
    assert "操作担当者は" in markdown(here.org)
    signed(here.org, posts_doubled=True)
    found = rules_of(here.org)
    assert "操作担当者は" not in found + markdown(here.org)
    assert "(1)管理責任者は" in found
    assert "空欄「操作担当者" not in found


@pytest.mark.clause("ward-3.1")
def test_the_holder_of_the_post_is_printed_and_another_one_makes_it_outdated(here: Here) -> None:
    signed(here.org)
    assert "管理責任者は総務課長（森花子）とする。" in squeezed(markdown(here.org))
    assert outdated(here.org) == []
    signed(here.org, posts_manager_name="青木 一郎")
    found = rules_of(here.org)
    assert "管理責任者は森花子とする。" in found
    assert "定めた版と現況との違い" in found
    assert "定めは青木一郎、いまは森花子。" in found


@pytest.mark.clause("ward-3.1")
def test_the_list_of_editions_marks_the_one_that_a_change_of_manager_overtook(here: Here) -> None:
    signed(here.org, posts_manager_name="森 花子")
    client, address = browser(here.ward, "aoki"), "/editions/at/AOBA/"
    assert "現況と違う（刷り直し）" not in client.get(address).content.decode()
    clock.fix(clock.now() + timedelta(days=1))
    here.ward.register("aoki", "hayashi", "林 太郎", "管理責任者")
    page = client.get(address).content.decode()
    assert page.count("現況と違う（刷り直し）") == 1
    assert "規程の印刷された管理責任者は「森 花子」ですが、いまは森 花子、林 太郎です" in page


@pytest.mark.clause("ward-3.2")
def test_every_operator_in_office_is_printed(here: Here) -> None:
    here.ward.register("aoki", "kishi", "岸 二郎", "操作担当者")
    here.ward.register("aoki", "hara", "原 三郎", "操作担当者")
    assert "操作担当者は岸二郎、原三郎とする。" in rules_of(here.org)


@pytest.mark.clause("ward-3.2")
def test_the_next_edition_names_todays_holders_without_anybody_typing(
    here: Here, client: Client
) -> None:
    here.ward.register("aoki", "kishi", "岸 二郎", "操作担当者")
    signed(here.org, posts_operator_names=["岸 二郎"])
    here.ward.register("aoki", "hara", "原 三郎", "操作担当者")
    client.force_login(here.ward.people["aoki"], backend=BACKEND)
    page = client.get(f"/editions/at/{here.org.pk}/draft/").content.decode()
    assert 'value="岸 二郎、原 三郎"' in page
    assert 'value="総務課長"' in page, "a position stays, whoever holds it"


@pytest.mark.clause("ward-2.2-text")
@pytest.mark.parametrize("size", ["a4", "a3", "small"])
def test_the_sign_of_a_ward_says_that_cameras_run_and_whose(here: Here, size: str) -> None:
    found = words(plan.sign_paper(here.site, size))
    assert "防犯カメラ作動中" in found
    assert "青葉区" in found


@pytest.mark.clause("ward-2.2-text")
@pytest.mark.clause("pref-sign-text")
@pytest.mark.clause("shop-intro-sign")
@pytest.mark.clause("shop-mgmt-2")
@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("ward", ("防犯カメラ作動中",)),
        ("pref", ("防犯カメラ設置",)),
        ("home", ("防犯カメラ設置",)),
        ("shop", ("防犯カメラ稼働中", "Securitycamerasinuse", "安全管理及び盗難防止のため")),
    ],
)
def test_what_a_sign_must_say_stays_whatever_is_adopted(
    fresh_home: Home, db: None, code: str, said: tuple[str, ...]
) -> None:
    org = found("X", "みどり", code, {"org.name": "みどり商店"}).org
    signed(org, sign_headline=["", ""], sign_purpose=["", ""])
    site = Site.objects.create(org=org, name="店", notice_code="abc", opened_at=clock.now())
    printed_sign = words(plan.sign_paper(site, "a4"))
    for part in (*said, "みどり商店"):
        assert part in printed_sign


def test_the_code_on_the_sign_leads_to_the_notice(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert plan.address(here.site) == ""
    monkeypatch.setenv("HOKANKO_PUBLIC_URL", "https://camera.aoba.example/")
    wanted = f"https://camera.aoba.example/notice/{here.site.notice_code}/"
    assert plan.address(here.site) == wanted


@pytest.mark.clause("ward-3.4-use")
@pytest.mark.clause("pref-secret-use")
@pytest.mark.clause("shop-ops-2-sns")
@pytest.mark.clause("shop-ops-2-talk")
@pytest.mark.parametrize("code", OATHS)
def test_the_oath_has_each_promise_on_a_numbered_line(
    fresh_home: Home, db: None, code: str
) -> None:
    here = found("X", "みどり", code, {"org.name": "みどり"})
    here.register("kanri", "aoki", "青木 一郎", HEADS[code])
    browser = Client()
    browser.force_login(here.people["kanri"], backend=BACKEND)
    answer = browser.get(f"/people/{here.people['aoki'].pk}/oath.pdf")
    assert answer.status_code == 200
    said = lines(answer.content)
    for promise in OATHS[code]:
        (line,) = [line for line in said if squeezed(promise) in line]
        assert line[0].isdigit()


@pytest.mark.parametrize("code", books.codes())
def test_the_printed_rules_say_every_clause_that_is_printed(
    fresh_home: Home, db: None, code: str
) -> None:
    org = found("X", "みどり", code, {"org.name": "みどり"}).org
    if code == "shop":
        signed(org, joint_enabled=True)  # the five matters of joint use are printed where it is on
    book, values = books.load(code), Adoption.objects.get(org=org.pk).values
    paper, said = document(org), rules_of(org)
    assert book.fingerprint in said
    for block in paper.blocks:
        for part in (block.text, *(cell for row in block.rows for cell in row)):
            assert squeezed(part) in said
    marked = {clause for p in text.paragraphs(book, values) for clause in p.clauses}
    wanted = {row.id for row in book.clauses if row.carried == "printed"}
    assert wanted <= marked


def test_a_rule_paper_is_the_same_bytes_twice(here: Here) -> None:
    paper = document(here.org)
    assert rulebook.render(paper) == rulebook.render(paper)
    assert printed(here.org, "docx") == printed(here.org, "docx")


def test_the_place_of_a_mark_on_paper_is_that_on_the_map() -> None:
    mark = placement.CameraMark("21", "", 0.25, 0.75, 45)
    data = placement.Placement("店", "", base_map().body, (mark,), ()).data()
    assert data["ratio"] == pytest.approx(2 / 3)
    assert (data["cameras"][0]["x"], data["cameras"][0]["circled"]) == (0.25, "21")
    assert data["cameras"][0]["towards"] == "右上"
