"""What is special to the rulebook for homes, and what is expected of it."""

from __future__ import annotations

import pytest

from tests.rules.books import FACES, INCIDENTS, MOUNTED, OPEN, POLICE_ALONE, TRIAL, WORN, Expected
from tests.rules.matrix import ELSEWHERE, TECHNICIAN, holder, program

INSTALLER = "設置者"
FILLED: dict[str, object] = {
    "org.name": "熊谷 一郎",
    "camera.places": ("玄関の軒下（門の向き。道路は映さない）",),
    "storage.places": ("書斎の鍵のかかる棚",),
}

FIXED = {
    "oath.lines": (
        "映像及び映像から知り得た情報を、第三者に漏らしません。",
        "映像及び映像から知り得た情報を、設置の目的以外に使用しません。",
    ),
    "sign.headline": (
        "防犯カメラ設置",
        "Security camera installed",
    ),
    "outsource.needs": "handout",
    "doc.force": "request",
    "doc.contact": "熊谷市市民部安心安全課（電話048-524-1111（内線339）、FAX048-521-0520）",
    "purpose.list": ("犯罪の防止",),
    "purpose.off_purpose_own_use": "grounds",
    "scope.must_record": False,
    "scope.place": "own-premises",
    "scope.operator": "individual",
    "scope.venue": "own-premises",
    "camera.range_review": True,
    "posts.names": {"unit": (INSTALLER,)},
    "operate.posts": (INSTALLER,),
    "view.posts": (INSTALLER,),
    "retention.mode": "upper",
    "erase.method": "overwrite-or-format",
    "disposal.methods": ("破砕", "裁断", "その他の物理的な処理"),
    "media.takeout": "measures",
    "storage.external_transfer": "guarded",
    "derivative.mask": False,
    "provision.grounds": ("ア", "イ", "ウ"),
    "provision.consent_role": "none",
    "provision.subject_access": "law",
    "ground.investigation.accident": False,
    "ground.emergency.urgency": True,
    "ground.emergency.unavoidable": True,
    "ground.emergency.values": ("生命", "身体", "健康", "財産"),
    "provision.decider": (INSTALLER,),
    "provision.record_fields": ("提供日時", "提供先", "提供画像データの内容"),
    "sign.places": ("撮影対象区域内やその付近など",),
    "sign.texts": ("家庭用防犯カメラを設置していること",),
    "complaint.strength": "must",
    "complaint.owner": (INSTALLER,),
    "contractor.documents": ("署名したガイドライン",),
    "net.password_check": True,
    "net.measures": True,
}
BLANK = {
    "org.name": OPEN,
    "camera.places": (),
    "retention.days": 14,
    "storage.places": (),
}
DEFAULT = MOUNTED | {
    "org.contact": "この家の設置者",
    "place.types": ("玄関先", "駐車場", "庭", "門・塀"),
    "training.topics": (),
    "rules.acknowledge": False,
    "map.required": False,
    "oath.required": "no",
    "oath.survives_post": True,
    "view.others.route": "none",
    "retention.over_bound_reason": True,
    "retention.reason": "短期間である",
    "retention.tolerance_days": 0,
    "retention.extension.allowed": False,
    "erase.manual": True,
    "erase.early.decider": (INSTALLER,),
    "erase.early.conditions": ("設置者が不必要な映像と認めたとき",),
    "disposal.min_persons": 1,
    "disposal.must_include": (),
    "derivative.copy": "provision-only",
    "derivative.clip": True,
    "provision.form": "simple",
    "provision.identity_check": True,
    "provision.record_viewing": True,
    "provision.recipient_undertaking": False,
    "inspection.daily": True,
    "inspection.months": 1,
    "antivirus.check": True,
    "log.access": True,
    "incident.kinds": INCIDENTS,
    "incident.chain": (INSTALLER,),
    "face.enabled": False,
    "face.notice": False,
}
DOES_NOT_ARISE = (
    WORN
    | TRIAL
    | FACES
    | {
        "doc.effective_from",
        "project.start",
        "project.end",
        "camera.count",
        "posts.combine",
        "posts.appointer",
        "accounts.registrar",
        "training.required_for",
        "view.others.approver",
        "retention.extension.posts",
        "storage.pc_wire",
        "entry.permission_list",
        "publicity.before_start",
        "publicity.items",
    }
)

HOUSEHOLD = Expected(
    code="home",
    clauses=30,
    evidenced=9,
    fixed=FIXED,
    blank=BLANK,
    default=DEFAULT,
    does_not_arise=DOES_NOT_ARISE,
    unknown=POLICE_ALONE | {"erase.early.decider_limb1"},
    filled=FILLED,
    settled={"retention.days": 10},
    level="##",
    headings=(
        "１　はじめに",
        "２　家庭用防犯カメラの設置及び運用に当たって配慮するべき事項",
        "⑴　設置目的",
        "⑵　撮影範囲と設置場所",
        "⑶　設置の表示",
        "⑷　設置者の責務",
        "⑸　映像の管理",
        "⑹　映像の利用・提供",
        "⑺　苦情等への対応",
        "⑻　業務の委託",
        "⑼　個人情報保護法の遵守",
        "このガイドラインに関するお問合せ先",
    ),
    printed=(
        "\n\n熊谷 一郎\n\n",
        "このガイドラインを遵守するようお願いします。熊谷 一郎（以下「設置者」といいます。）",
        "設置の目的（犯罪の防止）を明確にし",
        "玄関の軒下（門の向き。道路は映さない）",
        "（原則14日間）を定めています。設置者が定める保存期間：10日間（理由：短期間である）",
        "映像は撮影された状態のまま保存し、加工しないでください。",
        "書斎の鍵のかかる棚",
        "破砕、裁断、その他の物理的な処理",
        "記録する事項：提供日時、提供先、提供画像データの内容",
        "しなければなりません。",
        "「個人情報の保護に関する法律」を遵守し",
        "熊谷市市民部安心安全課",
    ),
    columns={
        INSTALLER: holder(INSTALLER, sworn=False, trained=False),
        "家族": holder(),
        "システム管理者": TECHNICIAN,
        "装置": program(),
        "隣家": holder(INSTALLER, org=ELSEWHERE),
    },
    told={"purposes": ["防犯"]},
)


def test_the_document_asks_and_bears_no_date() -> None:
    book = HOUSEHOLD.loaded
    assert (book.force, book.effective_from, book.valid_until) == ("request", None, None)


def test_fourteen_days_are_the_citys_reference_and_more_needs_a_reason() -> None:
    days = HOUSEHOLD.loaded.parameter("retention.days")
    assert (days.status, days.value, days.reason_above) == ("blank", 14, 14)
    assert days.clauses == ("home-2.5-a", "home-2.5-a-ref")
    assert "市の街頭の防犯カメラは原則14日間" in days.ja


def test_one_person_holds_every_power_that_the_document_gives() -> None:
    posts = HOUSEHOLD.loaded.posts
    assert [row.id for row in posts if row.clauses] == [INSTALLER]
    assert {row.id for row in posts if not row.clauses} == {"システム管理者", "管理用パソコン"}
    shown = [row.evidence for row in HOUSEHOLD.loaded.clauses if row.carried == "evidenced"]
    assert {owner for evidence in shown if evidence for owner in evidence.owners} == {INSTALLER}


def test_one_purpose_three_cases_beyond_it_and_consent_is_none_of_them() -> None:
    book = HOUSEHOLD.loaded
    assert [p.ja for p in book.purposes if p.id == "防犯"] == ["犯罪の防止"]
    cases = {"ア": "home-2.6-a", "イ": "home-2.6-b", "ウ": "home-2.6-c"}
    assert {p.id: p.clause for p in book.purposes if p.id != "防犯"} == cases
    assert {g.id: g.clause for g in book.grounds} == cases
    assert all(ground.needs_text and ground.text_ja for ground in book.grounds)
    words = {ground.id: ground.ja for ground in book.grounds}
    assert "犯罪捜査" in words["イ"]
    assert "健康" in words["ウ"]
    assert "緊急かつやむを得ない" in words["ウ"]
    assert not [word for word in ("事故", "同意", "公共") if word in "".join(words.values())]


def test_the_record_of_a_provision_has_its_three_fields() -> None:
    fields = [
        f for f in HOUSEHOLD.loaded.form_fields if f.clause == "home-2.6-record" and f.required
    ]
    assert [f.id for f in fields] == ["date", "recipient", "content", "file_numbers"]


def test_each_paragraph_knows_its_clauses() -> None:
    held = HOUSEHOLD.paragraphs("home-2.5-b")
    assert [row.clauses for row in held] == [("home-2.5-b", "home-2.5-b-process")]


@pytest.mark.usefixtures("fresh_home", "db")
def test_the_installer_is_entered_by_the_technician_alone() -> None:
    HOUSEHOLD.adopt()
    assert HOUSEHOLD.entering(TECHNICIAN, INSTALLER) == ["○既定"] * 4
    assert HOUSEHOLD.entering(holder(INSTALLER), INSTALLER) == ["×既定"] * 4


@pytest.mark.usefixtures("fresh_home", "db")
def test_the_installer_who_is_also_the_technician_has_both_powers() -> None:
    HOUSEHOLD.adopt()
    both = holder(INSTALLER, "システム管理者")
    assert HOUSEHOLD.answer(both, "viewing.open", {"purposes": ["防犯"]}) == "○2.6"
    assert HOUSEHOLD.answer(both, "backup.make") == "○既定"
