"""Fixed cameras under each of the four rulebooks that know them, ready to run or almost."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

from PIL import Image

from hokanko import clock
from hokanko.cameras import actions, frames, laying, posting, purposes, sheets, sites
from hokanko.cameras.models import Camera, Sign, Site
from hokanko.cameras.standing import Siting
from hokanko.media.redraw import Picture
from hokanko.people.readying import swear, train
from hokanko.rules.models import Adoption
from tests.clauses import offices
from tests.clauses.founded import Founded, found

PHOTO = Picture(b"\xff\xd8\xff a photograph")
TODAY = date(2026, 11, 20)
WARD = {
    "org.name": "青葉区",
    "retention.days": "30",
    "storage.places": "青葉区役所 防災課の施錠した保管庫",
    "inspection.months": "6",
    "camera.count": "1",
}
PREF = {
    "org.name": "若桜通商店街振興組合",
    "scope.operator": "group",
    "camera.places": "若桜通 北口（南向き）",
    "camera.count": "1",
    "storage.places": "組合事務所の施錠した保管庫",
    "inspection.months": "3",
}
HOME = {
    "org.name": "熊谷 一郎",
    "camera.places": "玄関の軒下（門の向き。道路は映さない）",
    "storage.places": "書斎の鍵のかかる棚",
}
SHOP = {"org.name": "港書店", "retention.days": "30"}


def ward() -> Founded:
    """設置者 aoki, 管理責任者 mori, 操作担当者 kishi, and hara without a post."""
    return offices.ward(WARD)


def street() -> Founded:
    """設置者 aoki and 管理責任者 mori of a shopping street, under the prefecture's guideline."""
    here = found("WAKASA", "若桜通商店街振興組合", "pref", PREF)
    here.register("kanri", "aoki", "若桜 理事長", "設置者")
    here.register("aoki", "mori", "森 事務局長", "管理責任者")
    swear(here.people["mori"], by=here.by("aoki"))
    return here


def house() -> Founded:
    """設置者 mori of a home camera."""
    here = found("IE", "熊谷家", "home", HOME)
    here.register("kanri", "mori", "熊谷 一郎", "設置者")
    return here


def shop() -> Founded:
    """店長 aoki, and mori, the trained 管理責任者 of a shop."""
    here = found("MINATO", "港書店", "shop", SHOP)
    here.register("kanri", "aoki", "青木 店長", "店長")
    here.register("kanri", "mori", "森 主任", "管理責任者")
    here.register("kanri", "oki", "沖 副主任", "管理副責任者")
    for topic in ("個人情報保護", "情報漏洩防止"):
        train(here.people["mori"], topic, by=here.by("aoki"))
    return here


def enact(here: Founded) -> None:
    """The edition in force is signed by its second person."""
    Adoption.objects.filter(org=here.org.pk).update(signed_at=clock.now())


def square(here: Founded) -> Site:
    """A site with a base map of 600 × 400."""
    made = sites.open_site(here.org, name="駅前広場", by=here.by("mori"))
    laying.lay_map(sheets.first_sheet(made), Picture(base_map()), by=here.by("mori"))
    return made


def base_map(size: tuple[int, int] = (600, 400)) -> bytes:
    sink = io.BytesIO()
    Image.new("RGB", size, (250, 250, 245)).save(sink, "PNG")
    return sink.getvalue()


def sited(here: Founded, at: Site, number: str = "1", **but: object) -> Camera:
    """A fixed camera whose place, direction and line are on record, but for what is said."""
    camera = actions.register(
        here.org, number=number, serial=f"S{number}", kind="fixed", by=here.by("mori")
    )
    known = Siting(
        site=at,
        place="北の電柱",
        siting_reason="夜間のひったくりが続いた",
        facing_deg=90,
        map_x=0.25,
        map_y=0.5,
        mount="own",
        connection="wired",
    )
    siting = replace(known, **but)  # type: ignore[arg-type]
    photo = PHOTO if siting.mount == "own" else None
    actions.decide_site(camera, siting, photo=photo, by=here.by("mori"))
    purposes.decide_purpose(camera, "犯罪の防止", by=here.by("mori"))
    return camera


def framed(here: Founded, camera: Camera, **but: object) -> None:
    """A sample frame, filed and confirmed."""
    told: dict[str, object] = {"area": frames.Area()}
    frames.file_frame(camera, PHOTO, **told | but, by=here.by("mori"))  # type: ignore[arg-type]
    frames.confirm(camera, by=here.by("mori"))


def signed(here: Founded, *cameras: Camera, **but: object) -> Sign:
    """A sign that hangs, with its photograph."""
    told: dict[str, object] = {"place": "広場の入口", "on": TODAY, "photo": PHOTO}
    site = cameras[0].site
    assert site is not None
    told |= {"cameras": cameras, "spot": sites.Spot(0.1, 0.9)} | but
    return posting.post_sign(site, **told, by=here.by("mori"))  # type: ignore[arg-type]


def ready(here: Founded, number: str = "1", at: Site | None = None) -> Camera:
    """A camera that lacks nothing; the edition is enacted."""
    enact(here)
    camera = sited(here, at or square(here), number)
    framed(here, camera)
    signed(here, camera)
    return camera


def running(here: Founded, number: str = "1", at: Site | None = None) -> Camera:
    """A camera in operation."""
    camera = ready(here, number, at)
    actions.activate(camera, by=here.by("mori"))
    return camera
