"""What is special to the ward rulebook, and what is expected of it."""

from __future__ import annotations

from datetime import date

import pytest

from hokanko.rules.verbs import VERBS
from tests.rules.books import FACES, INCIDENTS, MOUNTED, OPEN, POLICE_ALONE, TRIAL, WORN, Expected
from tests.rules.matrix import ELSEWHERE, TECHNICIAN, holder, program

BOTH = ("管理責任者", "操作担当者")
FILLED: dict[str, object] = {
    "doc.effective_from": "2026-04-01",
    "org.name": "青葉区",
    "camera.count": 12,
    "posts.manager_name": "防災課長",
    "posts.operator_names": ("山本 健", "川口 葵"),
    "storage.places": ("青葉区役所 防災課の施錠した保管庫",),
    "inspection.months": 6,
}

FIXED = {
    "oath.lines": (
        "防犯カメラの画像から知り得た情報を、むやみに人に漏らしません。",
        "防犯カメラの画像から知り得た情報を、不当な目的のために使用しません。",
        "管理責任者等でなくなった後においても、同様とします。",
    ),
    "sign.headline": (
        "防犯カメラ作動中",
        "Security cameras in operation",
    ),
    "doc.force": "binding",
    "purpose.list": ("地域の防犯力向上（主に犯罪や事故の防止）",),
    "purpose.off_purpose_own_use": "never",
    "scope.place": "area",
    "scope.operator": "municipality",
    "camera.range_review": True,
    "map.required": True,
    "posts.names": {"unit": BOTH},
    "posts.combine": True,
    "posts.appointer": {"管理責任者": "設置者", "操作担当者": "設置者"},
    "oath.required": "yes",
    "oath.survives_post": True,
    "operate.posts": BOTH,
    "view.posts": BOTH,
    "view.others.route": "consent",
    "view.others.approver": BOTH,
    "retention.mode": "upper",
    "retention.extension.allowed": True,
    "retention.extension.posts": BOTH,
    "erase.method": "overwrite",
    "disposal.min_persons": 2,
    "disposal.must_include": ("管理責任者",),
    "disposal.methods": ("完全に消去されたことを確認できる方法",),
    "disposal.record_fields": ("処分した日時", "方法等"),
    "media.takeout": "forbidden",
    "storage.external_transfer": "forbidden",
    "entry.permission_list": True,
    "derivative.copy": "needed-only",
    "derivative.mask": True,
    "derivative.clip": True,
    "provision.grounds": ("ア", "イ", "ウ", "エ", "オ"),
    "provision.consent_role": "ground",
    "provision.subject_access": "permitted",
    "ground.investigation.accident": True,
    "ground.emergency.urgency": True,
    "ground.emergency.values": ("生命", "身体", "財産", "公共の利益"),
    "provision.decider": BOTH,
    "provision.identity_check": True,
    "provision.record_fields": ("日時", "相手先", "目的・理由", "画像の内容等"),
    "provision.record_viewing": True,
    "sign.places": ("防犯カメラの撮影区域の見やすい位置",),
    "sign.texts": ("防犯カメラが作動中である旨", "区の名称（設置者名）"),
    "complaint.strength": "duty",
    "complaint.owner": ("管理責任者",),
    "inspection.daily": True,
}
BLANK = {
    "scope.venue": "public",
    "doc.effective_from": OPEN,
    "org.name": OPEN,
    "camera.count": OPEN,
    "posts.manager_name": OPEN,
    "posts.doubled": False,
    "posts.operator_names": OPEN,
    "retention.days": 30,
    "storage.places": OPEN,
    "inspection.months": OPEN,
}
DEFAULT = MOUNTED | {
    "place.types": ("道路", "公園", "広場", "商店街", "繁華街", "駅前", "公共施設"),
    "training.topics": (),
    "outsource.needs": "none",
    "rules.acknowledge": False,
    "scope.must_record": False,
    "accounts.registrar": ("管理責任者",),
    "training.required_for": (),
    "retention.reason": "概ね1か月の範囲内である",
    "retention.over_bound_reason": True,
    "retention.tolerance_days": 0,
    "erase.manual": False,
    "storage.pc_wire": True,
    "provision.form": "software",
    "ground.emergency.paper_days": 7,
    "provision.recipient_undertaking": False,
    "publicity.before_start": False,
    "publicity.items": (),
    "contractor.documents": (),
    "net.password_check": True,
    "net.measures": True,
    "antivirus.check": True,
    "log.access": True,
    "incident.kinds": INCIDENTS,
    "incident.chain": ("管理責任者", "設置者"),
    "face.enabled": False,
    "face.notice": False,
}
DOES_NOT_ARISE = (
    WORN
    | TRIAL
    | FACES
    | {
        "erase.early.decider",
        "erase.early.decider_limb1",
        "erase.early.conditions",
    }
)

WARD = Expected(
    code="ward",
    clauses=61,
    evidenced=17,
    fixed=FIXED,
    blank=BLANK,
    default=DEFAULT,
    does_not_arise=DOES_NOT_ARISE,
    unknown=POLICE_ALONE | {"project.start", "project.end"},
    filled=FILLED,
    settled={"retention.days": 28},
    level="## ",
    headings=(
        "１　趣旨",
        "２　設置場所等",
        "３　管理責任者等の指定・責務",
        "４　機器の操作・視聴の制限",
        "５　画像の管理",
        "６　画像の利用および閲覧・提供の制限",
        "７　保守点検と撤去",
        "８　問い合わせ・苦情等への対応",
        "別添",
    ),
    printed=(
        "# 青葉区防犯カメラ設置・運用要領",
        "令和8年4月1日",
        "青葉区における地域の防犯力向上（主に犯罪や事故の防止）を目的として",
        "青葉区内に12台の防犯カメラを設置する。",
        "「防犯カメラが作動中である旨」および「青葉区」と明記した表示板",
        "操作担当者は山本 健、川口 葵とする。",
        "録画装置の保管場所は、青葉区役所 防災課の施錠した保管庫とする。",
        "外部への持ち出しや転送を禁止する。",
        "保存期間は28日間とする。※概ね１か月",
        "上書き等により速やかかつ確実に消去する。",
        "管理責任者を含め複数人で完全に消去されたことを確認の上処分し、処分した日時、方法等を記録する。",
        "その日時、相手先、目的・理由、画像の内容等を記録する。",
        "6か月ごとに保守点検を行う。",
        "管理責任者は、防犯カメラの設置および管理に関する問い合わせや苦情を受けたときは、誠実かつ迅速に対応する。",
    ),
    columns={
        "設置者": holder("設置者"),
        "管理責任者": holder("管理責任者"),
        "操作担当者": holder("操作担当者"),
        "職員": holder(),
        "システム管理者": TECHNICIAN,
        "装置": program(),
        "区外": holder("管理責任者", org=ELSEWHERE),
    },
    told={"purposes": ["防犯"], "post": "操作担当者"},
    draft=("「　　　」内に「　　　」台の防犯カメラ",),
)


def test_the_manager_and_the_operators_are_named_by_the_installer() -> None:
    book = WARD.loaded
    assert [book.post(p).appointed_by for p in ("設置者", *BOTH)] == [
        "by-position",
        "設置者",
        "設置者",
    ]
    assert "操作担当者" in book.post("管理責任者").combine
    assert not book.post("操作担当者").required  # 兼ねる場合は記載不要
    software = {row.id for row in book.posts if not row.clauses}
    assert software == {"職員", "システム管理者", "管理用パソコン"}


def test_one_purpose_and_five_grounds_that_each_want_their_reasons() -> None:
    book = WARD.loaded
    assert [(p.id, p.ja, p.by_law) for p in book.purposes] == [
        ("防犯", "地域の防犯力向上（主に犯罪や事故の防止）", False)
    ]
    assert (book.purposes[0].ja,) == book.parameter("purpose.list").value
    assert {g.id: g.clause for g in book.grounds} == {
        "ア": "ward-6.1-a",
        "イ": "ward-6.1-b",
        "ウ": "ward-6.1-c",
        "エ": "ward-6.1-d",
        "オ": "ward-6.1-e",
    }
    assert all(ground.needs_text and ground.text_ja for ground in book.grounds)
    assert "緊急" in book.grounds[2].ja
    assert "同意" in book.grounds[3].ja


def test_the_record_sheet_has_what_article_6_wants_recorded() -> None:
    book = WARD.loaded
    recorded = [field.ja for field in book.form_fields if field.clause == "ward-6.2-record"]
    assert recorded == [
        "日時",
        "相手先",
        "目的",
        "理由",
        "画像の内容（映像ファイル番号）",
        "取扱者",
    ]
    assert [f.id for f in book.form_fields if f.clause == "ward-6.2"] == ["identity"]


def test_the_document_is_undated_and_cites_no_law_by_name() -> None:
    book = WARD.loaded
    assert (book.effective_from, book.valid_until, book.laws) == (None, None, ())
    assert book.effective(FILLED)["doc.effective_from"] == date(2026, 4, 1)


def test_each_paragraph_knows_its_clauses() -> None:
    held = WARD.paragraphs("ward-5.3")
    assert [row.text for row in held] == ["保存期間は30日間とする。※概ね１か月"]


@pytest.mark.usefixtures("fresh_home", "db")
def test_the_installer_is_entered_by_the_technician_alone() -> None:
    WARD.adopt()
    assert WARD.entering(TECHNICIAN, "設置者") == ["○既定"] * 4
    for post in ("設置者", *BOTH):
        assert WARD.entering(holder(post), "設置者") == ["×既定"] * 4


@pytest.mark.usefixtures("fresh_home", "db")
def test_who_has_not_sworn_has_no_power_of_the_post_yet() -> None:
    WARD.adopt()
    told = {"purposes": ["防犯"], "post": "操作担当者"}
    manager, unsworn = holder("管理責任者"), holder("管理責任者", sworn=False)
    changed = {
        verb
        for verb in VERBS
        if WARD.answer(manager, verb, told) != WARD.answer(unsworn, verb, told)
    }
    assert {WARD.answer(unsworn, verb, told) for verb in changed} == {"×3.4"}
    still = {v for v in VERBS if WARD.answer(unsworn, v, told).startswith("○")}
    assert still == {
        "board.read",
        "camera.list",
        "clock.confirm",
        "clock.correct",
        "clock.move",
        "evidence.attest",
        "evidence.read",
        "intake.file",
        "intake.give_up",
        "incident.open",
        "intake.release",
        "intake.silence",
        "ledger.read",
        "person.list",
        "rulebook.draft",
        "person.rekey",
        "factor.clear",
        "person.swear",
        "terminal.enrol",
        "terminal.list",
        "case.open",
        "notice.consult",
        "notice.draft",
        "notice.publish",
        "notice.withdraw",
        # people's paperwork touches no footage
        "contractor.document",
        "contractor.end",
        "contractor.engage",
        "contractor.list",
        "contractor.order",
        "contractor.register",
        "person.remind",
        "person.review",
        "rulebook.acknowledge",
    }


@pytest.mark.usefixtures("fresh_home", "db")
def test_consent_needs_no_attendant_and_opens_nothing_to_the_technician() -> None:
    WARD.adopt()
    told = {"purposes": ["防犯"], "approved": True}
    assert WARD.answer(holder(), "viewing.open", told) == "○4-others"
    assert WARD.answer(holder("設置者"), "viewing.open", told) == "○4-others"
    assert WARD.answer(TECHNICIAN, "viewing.open", told) == "×既定"
    assert WARD.answer(holder(), "viewing.open", told, quarantined=True) == "×既定"
    assert WARD.answer(holder(), "viewing.open", told, held=False) == "×5.4"
