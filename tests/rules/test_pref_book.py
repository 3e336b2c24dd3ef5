"""What is special to the prefectural rulebook, and what is expected of it."""

from __future__ import annotations

from datetime import date

import pytest

from hokanko.rules.text import markdown
from tests.rules.books import FACES, INCIDENTS, MOUNTED, OPEN, POLICE_ALONE, TRIAL, WORN, Expected
from tests.rules.matrix import ELSEWHERE, TECHNICIAN, holder, program

MANAGER, OPERATOR = "管理責任者", "操作取扱者"
FILLED: dict[str, object] = {
    "org.name": "若桜通商店街振興組合",
    "scope.operator": "group",
    "camera.places": ("若桜通 北口（南向き）", "若桜通 南口（北向き）"),
    "camera.count": 2,
    "storage.places": ("組合事務所の施錠した保管庫",),
    "inspection.months": 3,
}

FIXED = {
    "oath.lines": (
        "管理・運用上知り得た個人の情報を、みだりに漏らしません。",
        "管理・運用上知り得た個人の情報を、不当な目的に使用しません。",
        "職を離れた後も、同様とします。",
    ),
    "sign.headline": (
        "防犯カメラ設置",
        "Security cameras installed",
    ),
    "outsource.needs": "contract",
    "doc.force": "guideline",
    "doc.effective_from": date(2016, 11, 10),
    "doc.contact": "鳥取県庁くらしの安心推進課（電話0857-26-7183、FAX0857-26-8171）",
    "purpose.list": ("犯罪の防止",),
    "purpose.off_purpose_own_use": "grounds",
    "scope.must_record": True,
    "scope.place": "public",
    "place.types": (
        "公園",
        "広場",
        "商店街",
        "繁華街",
        "駅",
        "空港ターミナル",
        "公共交通機関の車内",
        "金融機関",
    ),
    "camera.range_review": True,
    "posts.names": {"unit": (MANAGER, OPERATOR)},
    "posts.appointer": {MANAGER: "設置者", OPERATOR: MANAGER},
    "oath.required": "yes",
    "operate.posts": (OPERATOR, MANAGER),
    "retention.mode": "upper",
    "retention.over_bound_reason": True,
    "erase.method": "unrecoverable",
    "disposal.methods": ("破砕", "その他画像が読み取れない状態にする方法"),
    "media.takeout": "impossible",
    "storage.external_transfer": "forbidden",
    "storage.cabinet": True,
    "entry.permission_list": True,
    "derivative.copy": "needed-only",
    "derivative.mask": True,
    "provision.grounds": ("①", "②", "③"),
    "provision.consent_role": "none",
    "provision.subject_access": "law",
    "ground.investigation.accident": True,
    "ground.emergency.urgency": False,
    "ground.emergency.values": ("人の生命、身体又は財産の安全確保", "その他公共の利益"),
    "provision.recipient_undertaking": True,
    "sign.places": ("建物や施設の出入り口など、設置区域内の見やすい場所",),
    "sign.texts": ("防犯カメラ設置者等の名称", "防犯カメラを設置していること"),
    "complaint.strength": "effort",
    "contractor.documents": ("この規程の遵守を条件とする委託契約",),
    "net.password_check": True,
    "net.measures": True,
    "antivirus.check": True,
}
BLANK = {
    "org.name": OPEN,
    "scope.operator": OPEN,
    "scope.venue": "public",
    "camera.places": (),
    "camera.count": OPEN,
    "operate.by": "operator",
    "retention.days": 30,
    "storage.places": (),
    "inspection.months": OPEN,
}
DEFAULT = MOUNTED | {
    "training.topics": (),
    "rules.acknowledge": False,
    "map.required": True,
    "posts.combine": True,
    "accounts.registrar": (MANAGER,),
    "oath.survives_post": True,
    "training.required_for": (),
    "view.posts": (OPERATOR, MANAGER),
    "view.others.route": "none",
    "retention.reason": "原則の期間の範囲内である",
    "retention.tolerance_days": 0,
    "retention.extension.allowed": False,
    "erase.manual": False,
    "disposal.min_persons": 1,
    "disposal.must_include": (),
    "storage.pc_wire": True,
    "derivative.clip": True,
    "provision.form": "software",
    "provision.decider": (MANAGER,),
    "provision.identity_check": True,
    "provision.record_fields": ("提供日時", "相手方", "目的又は理由", "提供した画像の内容"),
    "provision.record_viewing": True,
    "publicity.before_start": False,
    "publicity.items": (),
    "complaint.owner": (MANAGER,),
    "inspection.daily": True,
    "log.access": True,
    "incident.kinds": INCIDENTS,
    "incident.chain": (OPERATOR, MANAGER, "設置者"),
    "face.enabled": False,
    "face.notice": False,
}
DOES_NOT_ARISE = (
    WORN
    | TRIAL
    | FACES
    | {
        "project.start",
        "project.end",
        "view.others.approver",
        "retention.extension.posts",
        "erase.early.decider",
        "erase.early.conditions",
    }
)

PREF = Expected(
    code="pref",
    clauses=43,
    evidenced=16,
    fixed=FIXED,
    blank=BLANK,
    default=DEFAULT,
    does_not_arise=DOES_NOT_ARISE,
    unknown=POLICE_ALONE | {"erase.early.decider_limb1"},
    filled=FILLED,
    settled={"retention.days": 21},
    level="### ",
    headings=(
        "設置目的の明確化",
        "設置場所、撮影範囲",
        "防犯カメラ設置の表示",
        "管理責任者及び操作取扱者の指定",
        "防犯カメラ設置者等の責務",
        "画像の適正な管理",
        "画像の利用・閲覧等制限",
        "秘密の保持",
        "個人情報保護法等の遵守",
        "問い合わせ・苦情等への対応",
        "業務の委託",
        "保守点検",
        "セキュリティ対策等の説明",
    ),
    printed=(
        "# 防犯カメラ管理・運用規程\n\n若桜通商店街振興組合",
        "（平成28年11月10日施行。以下「指針」という。）",
        "何らかの規制を課すものではない。",
        "若桜通商店街振興組合（区分：防犯団体）である。",
        "設置目的は、犯罪の防止とする。",
        "若桜通 北口（南向き）、若桜通 南口（北向き）　台数：2台",
        "機器の操作等を行う者は、管理責任者が指定した操作取扱者とする。",
        "場所：組合事務所の施錠した保管庫",
        "必要最小限の期間（原則1か月以内）とし、21日間とする。",
        "復元不能となるよう確実に消去し",
        "個人情報の保護に関する法律（平成15年法律第57号）に定める「個人情報」",
        "3か月ごとに保守点検を行う。",
        "鳥取県庁くらしの安心推進課",
    ),
    columns={
        "設置者": holder("設置者"),
        MANAGER: holder(MANAGER),
        OPERATOR: holder(OPERATOR),
        "職員": holder(),
        "システム管理者": TECHNICIAN,
        "装置": program(),
        "部外": holder(MANAGER, OPERATOR, org=ELSEWHERE),
    },
    told={"purposes": ["防犯"], "post": OPERATOR},
)


def test_the_document_binds_nobody_and_is_dated() -> None:
    book = PREF.loaded
    assert (book.force, book.effective_from, book.valid_until) == (
        "guideline",
        date(2016, 11, 10),
        None,
    )


def test_more_than_a_month_needs_a_reason_in_writing() -> None:
    days = PREF.loaded.parameter("retention.days")
    assert (days.reason_above, days.reason_in) == (31, "retention.reason")
    assert days.clauses == ("pref-img-period",)


def test_the_installer_designates_the_manager_and_the_manager_the_operator() -> None:
    book = PREF.loaded
    appointers = [book.post(p).appointed_by for p in ("設置者", MANAGER, OPERATOR)]
    assert appointers == ["by-position", "設置者", MANAGER]
    assert book.post(OPERATOR).clauses == ("pref-operator", "pref-operator-only")
    assert not book.post(OPERATOR).required  # only where the manager cannot operate
    assert {row.id for row in book.posts if not row.clauses} == {"システム管理者", "管理用パソコン"}


def test_one_purpose_three_cases_beyond_it_and_consent_is_none_of_them() -> None:
    book = PREF.loaded
    assert [p.ja for p in book.purposes if p.id == "防犯"] == ["犯罪の防止"]
    cases = {"①": "pref-use-a", "②": "pref-use-b", "③": "pref-use-c"}
    assert {p.id: p.clause for p in book.purposes if p.id != "防犯"} == cases
    assert {g.id: g.clause for g in book.grounds} == cases
    assert all(ground.needs_text and ground.text_ja for ground in book.grounds)
    words = "".join(ground.ja for ground in book.grounds)
    assert "事故" in words
    assert "緊急" not in words
    assert "同意" not in words


def test_the_ordinance_has_moved_under_the_act() -> None:
    law = PREF.loaded.law("appi")
    assert "鳥取県個人情報保護条例" in law.as_printed
    assert "条例" not in law.in_force
    assert law.since == date(2023, 4, 1)


def test_a_misreading_of_the_seed_is_not_printed() -> None:
    assert "不必要的" not in markdown(PREF.loaded, FILLED)


def test_each_paragraph_knows_its_clauses() -> None:
    held = PREF.paragraphs("pref-img-period")
    assert [row.text.split("。")[0] for row in held] == [
        "●　画像の保管期間は、目的達成のため必要最小限の期間（原則1か月以内）とし、30日間とする"
    ]


@pytest.mark.usefixtures("fresh_home", "db")
def test_the_manager_is_named_by_the_installer_and_the_installer_by_the_technician() -> None:
    PREF.adopt()
    for verb in ("post.appoint", "post.dismiss"):
        told = {"post": MANAGER}
        assert PREF.answer(holder("設置者"), verb, told) == "○manager"
        for other in (holder(MANAGER), holder(OPERATOR), TECHNICIAN):
            assert PREF.answer(other, verb, told) == "×manager"
    assert PREF.entering(TECHNICIAN, "設置者") == ["○既定"] * 4
    for post in ("設置者", MANAGER, OPERATOR):
        assert PREF.entering(holder(post), "設置者") == ["×既定"] * 4
