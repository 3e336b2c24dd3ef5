"""Where the neighbours of a rehearsal have their cameras and signs, and what their pages say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hokanko.cameras.frames import Area, Outside
from hokanko.rehearsal.looks import Scene

WHOLE = Area()
Spot = tuple[float, float]  # of the base map: 0 left to 1 right, 0 top to 1 bottom


@dataclass(frozen=True, slots=True)
class Standing:
    """A fixed camera: where it stands, which way it looks, how wide, and why there.

    `outside` is what of its picture is not one's own, and what is done about it.
    """

    number: str
    place: str
    spot: Spot
    facing_deg: int
    view_deg: int
    reason: str
    scene: Scene
    area: Area = WHOLE
    outside: tuple[Outside, ...] = ()
    reach_m: float | None = None
    sheet: str = ""  # of which plan, where there are several


@dataclass(frozen=True, slots=True)
class Hanging:
    """A sign, and the cameras that it tells of, by number."""

    place: str
    spot: Spot
    tells_of: tuple[str, ...]
    entrance: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """One sheet of the placement map: its name, the drawing below, and how wide that is."""

    name: str
    drawn: str
    across_m: float


@dataclass(frozen=True, slots=True)
class Premises:
    """One site with all that stands there, and one sign more that is only planned."""

    name: str
    address: str
    plans: tuple[Plan, ...]
    place_type: str
    headline: str
    cameras: tuple[Standing, ...]
    signs: tuple[Hanging, ...]
    planned: Hanging | None = None
    entrances: Mapping[str, str] = field(default_factory=dict)
    mount: str = "own"
    contact: str = ""
    words: str = ""


PREMISES = {
    "AOBA": Premises(
        name="青葉駅前広場",
        address="青葉区青葉一丁目1",
        plans=(Plan("", "square", 60),),
        place_type="駅前",
        headline="防犯カメラ作動中",
        cameras=(
            Standing(
                "1", "広場の西の柱", (0.3, 0.6), 70, 80, "夜間のひったくりが続いたため",
                Scene.CROSSING,
            ),
            Standing(
                "2", "広場の東の柱", (0.7, 0.6), 290, 80, "1号機の死角で自転車の盗難が多いため",
                Scene.SHOPPING,
            ),
        ),
        signs=(
            Hanging("横断歩道の脇", (0.41, 0.7), ("1", "2")),
            Hanging("駅の出口", (0.5, 0.22), ("1", "2")),
        ),
        planned=Hanging("バスのりばの柱", (0.16, 0.34), ("1",)),
        contact="青葉区 防災課\n電話 000-000-0000（平日 午前9時から午後5時まで）",
        words="夜も撮影しています。",
    ),
    "KOMINKAN": Premises(
        name="若葉台公民館",
        address="若葉台二丁目3",
        plans=(Plan("1階", "hall", 40), Plan("駐車場", "parking", 24)),
        place_type="公共施設",
        headline="防犯カメラ設置",
        cameras=(
            Standing(
                "1", "正面玄関の軒下", (0.49, 0.68), 180, 90, "来館者の安全と盗難の防止のため",
                Scene.RESIDENTIAL, Area(0, 8, 100, 100),
                (Outside(Area(62, 20, 92, 58), "mask", "向かいの住宅の窓にカメラ側でマスク"),),
                reach_m=8, sheet="1階",
            ),
            Standing(
                "2", "駐車場の柱", (0.06, 0.86), 60, 70, "駐車場での車上荒らしを防ぐため",
                Scene.RESIDENTIAL, reach_m=18, sheet="駐車場",
            ),
        ),
        signs=(
            Hanging("正面玄関の扉", (0.44, 0.72), ("1",), "正面玄関", sheet="1階"),
            Hanging("駐車場の入口", (0.38, 0.86), ("2",), sheet="駐車場"),
        ),
        entrances={"正面玄関": "", "通用口": "職員だけが使う"},
        contact="若葉台公民館 事務室\n電話 000-000-0000（午前9時から午後9時まで）",
        words="開館していない時間も撮影しています。",
    ),
    "KATEI": Premises(
        name="井上家",
        address="若葉台三丁目8",
        plans=(Plan("", "house", 30),),
        place_type="自宅",
        headline="防犯カメラ設置",
        cameras=(
            Standing(
                "1", "玄関の軒下", (0.46, 0.57), 175, 70, "空き巣を防ぐため", Scene.RESIDENTIAL,
                Area(10, 20, 90, 100),
                (Outside(Area(0, 0, 100, 18), "mask", "道路の側は、カメラ側でマスクを設定"),),
                reach_m=5,
            ),
        ),
        signs=(Hanging("門の柱", (0.53, 0.76), ("1",), "門"),),
        entrances={"門": ""},
        contact="井上家 設置者\n門の郵便受けへ書面でお願いします",
        words="撮影するのは、玄関から門までの間です。",
    ),
    "MIDORI": Premises(
        name="みどり書店 本店",
        address="青葉区青葉二丁目5",
        plans=(Plan("", "shop", 24),),
        place_type="店舗",
        headline="防犯カメラ稼働中",
        cameras=(
            Standing(
                "1", "入口の天井", (0.52, 0.8), 350, 85, "万引きを防ぐため", Scene.SHOPPING
            ),
            Standing("2", "レジの上", (0.92, 0.3), 225, 75, "レジの安全のため", Scene.SHOPPING),
        ),
        signs=(
            Hanging("入口の扉", (0.44, 0.86), ("1", "2"), "入口"),
            Hanging("レジの横", (0.8, 0.44), ("2",)),
        ),
        entrances={"入口": ""},
        mount="indoors",
        contact="みどり書店 本店 店長\n電話 000-000-0000",
        words="映像は、安全管理と盗難防止のほかには使いません。",
    ),
}  # fmt: skip
