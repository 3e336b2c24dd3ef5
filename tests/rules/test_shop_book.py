"""What is special to the shop rulebook, and what is expected of it."""

from __future__ import annotations

from datetime import date

import pytest

from hokanko.rules.text import blanks
from tests.rules.books import MOUNTED, OPEN, POLICE_ALONE, TRIAL, WORN, Expected
from tests.rules.matrix import ELSEWHERE, TECHNICIAN, holder, program

MANAGERS = ("管理責任者", "管理副責任者")
FILLED: dict[str, object] = {
    "org.name": "みどり書店 本店",
    "org.contact": "みどり書店 お客様窓口 03-0000-0000",
    "posts.manager_name": "店長",
    "posts.deputy_name": "副店長",
    "retention.days": 30,
    "retention.tolerance_days": 3,
    "disposal.methods": ("破砕",),
    "inspection.months": 6,
    "watch.unmatched_days": 90,
    "joint.parties": ("みどり書店", "あおば薬局"),
    "joint.items": ("画像", "事案の日"),
    "joint.responsible": "株式会社みどり書店、東京都千代田区、代表取締役 緑川 薫",
}

FIXED = {
    "oath.lines": (
        "記録と、仕事で知ったことを、SNSに書きません。",
        "記録と、仕事で知ったことを、人に話しません。",
        "名の知られた人が店に来たことも、書かず、話しません。",
        "見た記録の中身を、店の外の人に伝えません。",
        "職を離れた後も、同様とします。",
    ),
    "sign.purpose": (
        "安全管理及び盗難防止のため",
        "For safety and the prevention of theft",
    ),
    "sign.headline": (
        "防犯カメラ稼働中",
        "Security cameras in use",
    ),
    "training.topics": ("個人情報保護", "情報漏洩防止"),
    "outsource.needs": "secrecy",
    "rules.acknowledge": True,
    "doc.force": "model",
    "doc.effective_from": date(2022, 2, 1),
    "purpose.list": ("安全管理", "盗難防止"),
    "purpose.watch": ("万引防止",),
    "purpose.off_purpose_own_use": "consent-or-exclusions",
    "scope.place": "shop",
    "scope.operator": "business",
    "scope.venue": "shop",
    "posts.names": {
        "unit": (*MANAGERS, "鍵の管理者", "店長", "従業員"),
        "hq": ("総務部長",),
    },
    "posts.combine": False,
    "posts.appointer": {"管理責任者": "店", "管理副責任者": "店"},
    "oath.required": "yes-or-work-rules",
    "training.required_for": (*MANAGERS, "従業員"),
    "operate.posts": MANAGERS,
    "view.posts": MANAGERS,
    "view.others.route": "attention-only",
    "retention.mode": "approx",
    "erase.method": "overwrite",
    "disposal.min_persons": 1,
    "media.takeout": "locked",
    "storage.external_transfer": "guarded",
    "storage.pc_wire": True,
    "derivative.copy": "by-manager",
    "provision.grounds": ("同意", "①", "②", "③", "④"),
    "provision.consent_role": "default-rule",
    "provision.subject_access": "must",
    "ground.emergency.urgency": False,
    "ground.emergency.consent_difficult": True,
    "ground.emergency.values": ("生命", "身体", "財産", "公衆衛生"),
    "provision.decider": MANAGERS,
    "provision.record_fields": ("提供した日時", "提供先", "提供したもの", "提供の目的", "理由"),
    "sign.places": ("店頭", "店内", "入口"),
    "sign.texts": (
        "防犯カメラ設置又は防犯カメラ稼働中",
        "Security cameras in use",
        "目的（安全管理及び盗難防止）",
    ),
    "sign.face_items": (
        "取得する者",
        "映像の内容",
        "映像及び顔のデータの利用目的",
        "問い合わせ先",
    ),
    "publicity.items": ("利用目的", "保有個人データに関する事項（顔のデータを登録するとき）"),
    "complaint.strength": "duty-and-measure",
    "complaint.owner": MANAGERS,
    "contractor.documents": ("秘密保持契約",),
    "antivirus.check": True,
    "log.access": True,
    "face.notice": True,
    "watch.identity_fields": (),
    "alert.banned_words": ("犯人", "万引犯", "容疑者", "泥棒"),
    "joint.confirmer_posts": ("店長", "総務部長"),
    "joint.before_start": True,
    "joint.notice": (
        "共同で利用すること",
        "データの項目",
        "利用する者の範囲",
        "利用の目的",
        "責任を負う者の名前、住所及び代表者の氏名",
    ),
    "org.use_table": ("データの項目", "利用の範囲", "利用目的", "責任者"),
}
BLANK = {
    "org.name": OPEN,
    "org.contact": OPEN,
    "posts.manager_name": OPEN,
    "posts.deputy_name": OPEN,
    "retention.days": OPEN,
    "retention.tolerance_days": OPEN,
    "disposal.must_include": ("管理責任者",),
    "disposal.methods": OPEN,
    "storage.places": ("鍵のかかる部屋", "鍵のかかる箱"),
    "publicity.before_start": True,
    "inspection.months": OPEN,
    "face.enabled": False,
    "watch.unmatched_days": OPEN,
    "alert.staff_fields": ("画像", "時刻", "カメラ", "対応の手順"),
    "joint.enabled": False,
    "joint.parties": OPEN,
    "joint.items": OPEN,
    "joint.responsible": OPEN,
}
DEFAULT = MOUNTED | {
    "place.types": ("出入口", "売場", "レジ", "駐車場", "倉庫・従業員用の場所"),
    "scope.must_record": False,
    "camera.range_review": True,
    "map.required": False,
    "accounts.registrar": MANAGERS,
    "oath.survives_post": True,
    "retention.over_bound_reason": False,
    "retention.extension.allowed": False,
    "erase.manual": False,
    "entry.permission_list": False,
    "derivative.mask": True,
    "derivative.clip": True,
    "ground.investigation.accident": True,
    "provision.form": "software",
    "provision.identity_check": True,
    "provision.record_viewing": True,
    "provision.recipient_undertaking": False,
    "inspection.daily": True,
    "net.password_check": True,
    "net.measures": True,
    "incident.kinds": (
        "映像、顔のデータ又は印刷した紙の漏えい・紛失・盗難",
        "録画装置又は記録媒体の紛失・盗難",
        "目的外の利用、SNSへの書込み又は口外",
    ),
    "incident.chain": ("管理責任者", "本部", "個人情報保護委員会（法が報告を求めるとき）"),
}
DOES_NOT_ARISE = (
    WORN
    | TRIAL
    | {
        "camera.count",
        "view.others.approver",
        "retention.extension.posts",
        "erase.early.decider",
        "erase.early.decider_limb1",
        "erase.early.conditions",
    }
)
LAWS = {
    "joint-use": ("個人情報保護法第23条5項3号", "個人情報の保護に関する法律第27条第5項第3号"),
    "obvious-purpose": ("法第18条第4項第4号", "個人情報の保護に関する法律第21条第4項第4号"),
    "purpose-limit": ("法第16条第1項", "個人情報の保護に関する法律第18条第1項"),
    "amendment": (
        "令和4年4月1日施行予定の改正法",
        "個人情報の保護に関する法律（令和4年4月1日施行の改正後のもの）",
    ),
    "retained-data": ("個人情報保護法", "個人情報の保護に関する法律第32条"),
    "qa-conventional": ("個人情報保護法Q&A 1-11 なお書", "個人情報保護法Q&A 1-13"),
    "qa-face": ("個人情報保護法Q&A 1-11", "個人情報保護法Q&A 1-14"),
}

SHOP = Expected(
    code="shop",
    clauses=95,
    evidenced=29,
    fixed=FIXED,
    blank=BLANK,
    default=DEFAULT,
    does_not_arise=DOES_NOT_ARISE,
    unknown=POLICE_ALONE | {"project.start", "project.end"},
    filled=FILLED,
    level="##",
    headings=(
        "前書き",
        "1 ルール",
        "① 防犯カメラ管理規定",
        "そのほかに勧めること",
        "② 運用管理規定",
        "管理責任者の違う店どうしで情報を共同利用するとき",
        "2 考え方",
        "3 参考 個人情報保護法についての考え方",
        "A1-11 防犯のために映像と顔のデータを使うとき（個人情報保護法Q&A 1-14）",
        "A1-12 商いのために使うとき",
        "A1-13 属性や動線のデータ",
        "結び",
        "別紙　掲示",
    ),
    printed=(
        "# みどり書店 本店 防犯カメラ及び防犯データの管理及び運用に関する規定",
        "管理責任者に店長を、管理副責任者に副店長を充て、この二人を管理者という。",
        "記録を持っておく期間は、おおむね30日とし、過ぎた記録は上書きによって消す。",
        "3日までの長短があってよい。",
        "提供した日時、提供先、提供したもの、提供の目的、理由",
        "廃棄の方法（破砕）と、責任を負う者（管理責任者）",
        "6か月ごとに点検する。",
        "登録のあと90日のうちに一度も該当のなかった画像は、消す。",
        "就業規則又は誓約書によって、秘密を守ることを約させ",
        "店長、総務部長などが確かめる。",
        "顔認証：しない　共同利用：しない",
    ),
    columns={
        "責任": holder("管理責任者"),
        "副": holder("管理副責任者"),
        "未教育": holder("管理責任者", trained=False),
        "鍵": holder("鍵の管理者"),
        "店長": holder("店長"),
        "総務": holder("総務部長"),
        "従業員": holder("従業員"),
        "技術": TECHNICIAN,
        "装置": program(),
        "他店": holder("管理責任者", org=ELSEWHERE),
    },
    told={"purposes": ["盗難防止"], "post": "従業員"},
    draft=("おおむね「　　　」日",),
    verbatim=False,
    uncited=frozenset({"org.name"}),
    unasked=frozenset(
        {"joint.parties", "joint.items", "joint.responsible", "watch.unmatched_days"}
    ),
)


def test_the_two_managers_are_named_by_the_shop_and_are_two_persons() -> None:
    book = SHOP.loaded
    first, second = (book.post(post) for post in MANAGERS)
    assert (first.appointed_by, second.appointed_by) == ("by-position", "by-position")
    assert first.required
    assert second.required
    assert second.id not in first.combine
    assert first.id not in second.combine
    assert book.post("従業員").appointed_by == "管理責任者"
    assert {row.id for row in book.posts if not row.clauses} == {"システム管理者"}
    assert [row.id for row in book.posts if row.machine] == ["録画装置"]


def test_two_purposes_and_five_ways_around_them() -> None:
    book = SHOP.loaded
    assert (
        tuple(p.id for p in book.purposes if not p.by_law) == book.parameter("purpose.list").value
    )
    assert {p.id: p.clause for p in book.purposes if p.by_law} == {
        "同意": "shop-intro-consent",
        "①": "shop-mgmt-7-1",
        "②": "shop-mgmt-7-2",
        "③": "shop-mgmt-7-3",
        "④": "shop-mgmt-7-4",
        "商業": "shop-qa-1-12-origin",
    }
    assert all(purpose.needs_text for purpose in book.purposes if purpose.by_law)


def test_consent_is_the_rule_and_four_exclusions_take_its_place() -> None:
    book = SHOP.loaded
    assert {ground.id: ground.clause for ground in book.grounds} == {
        "同意": "shop-mgmt-6",
        "①": "shop-mgmt-7-1",
        "②": "shop-mgmt-7-2",
        "③": "shop-mgmt-7-3",
        "④": "shop-mgmt-7-4",
    }
    assert all(ground.needs_text and ground.text_ja for ground in book.grounds)
    assert all("同意" in ground.ja for ground in book.grounds if ground.id != "①")
    assert "任意" in book.grounds[1].ja  # a warrant, or voluntary cooperation


def test_the_record_has_the_five_matters() -> None:
    recorded = {f.id for f in SHOP.loaded.form_fields if f.clause == "shop-mgmt-7-record"}
    assert {"handed_at", "recipient", "outline", "purpose", "reason"} <= recorded
    ours = {f.clause for f in SHOP.loaded.form_fields if f.section != "ground"}
    assert ours == {"shop-mgmt-7-record", ""}
    asked = {(ground, f.clause) for f in SHOP.loaded.form_fields for ground in f.grounds}
    assert asked == {(n, f"shop-mgmt-7-{at}") for at, n in enumerate("①②③④", start=1)}


def test_the_laws_have_moved_since() -> None:
    book = SHOP.loaded
    assert {law.id: (law.as_printed, law.in_force) for law in book.laws} == LAWS
    assert book.law("joint-use").since == date(2022, 4, 1)
    assert "代表者" in book.law("joint-use").note_ja
    assert "しなければならない" in book.law("qa-conventional").note_ja


def test_who_shares_data_or_knows_faces_has_more_blanks_to_fill() -> None:
    chosen = {"joint.enabled": True, "face.enabled": True}
    open_ = {name for name, value in BLANK.items() if value is OPEN}
    assert set(blanks(SHOP.loaded, chosen)) == open_


def test_each_paragraph_knows_its_clauses() -> None:
    (held,) = SHOP.paragraphs("shop-mgmt-4")
    assert held.clauses == ("shop-mgmt-4", "shop-mgmt-4-overwrite", "shop-mgmt-4-vary")
    assert held.text.startswith("4　")


@pytest.mark.usefixtures("fresh_home", "db")
def test_whom_the_shop_names_the_technician_enters() -> None:
    SHOP.adopt()
    manager = holder("管理責任者")
    for post in (*MANAGERS, "店長"):
        assert SHOP.entering(TECHNICIAN, post) == ["○既定"] * 4
        named = "×mgmt-3" if post in MANAGERS else "×既定"
        assert SHOP.entering(manager, post) == ["×既定", "×既定", named, named]


@pytest.mark.usefixtures("fresh_home", "db")
def test_what_an_adopter_may_change_is_enforced_as_changed() -> None:
    SHOP.adopt()
    manager, untrained = holder("管理責任者"), holder("管理責任者", trained=False)
    looking = {"purposes": ["安全管理"], "seat_enrolled": False}
    assert SHOP.answer(manager, "viewing.open", looking) == "○mgmt-5"
    changed = dict.fromkeys(("derivative.mask", "derivative.clip"), False) | dict.fromkeys(
        ("view.terminal_bound", "retention.extension.allowed", "erase.manual"), True
    )
    SHOP.adopt(changed)
    assert SHOP.answer(manager, "viewing.open", looking) == "×既定"
    assert SHOP.answer(manager, "derive.edit") == "×既定"
    for verb in ("retention.extend", "retention.erase_by_hand"):
        assert SHOP.answer(manager, verb) == "○既定"
        assert SHOP.answer(untrained, verb) == "×既定"
