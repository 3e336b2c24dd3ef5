"""What is special to the police rulebook, and what is expected of it."""

from __future__ import annotations

from datetime import date

from hokanko.rules.text import blanks, markdown
from tests.rules.books import EVERYWHERE, FACES, OPEN, Expected
from tests.rules.matrix import ELSEWHERE, TECHNICIAN, holder, program

FILLED = {
    "org.name": "中央警察署",
    "org.hq": "福岡県警察本部",
    "project.start": "2025-09-01",
    "night_duty.hours": "17:30-08:30",
}

FIXED = {
    "doc.force": "binding",
    "doc.effective_from": date(2025, 7, 24),
    "doc.valid_until": date(2026, 3, 31),
    "doc.source_keep_until": date(2027, 3, 31),
    "project.months": 3,
    "purpose.list": ("ア", "イ", "ウ"),
    "purpose.off_purpose_own_use": "law-only",
    "scope.place": "outdoor-or-public",
    "scope.operator": "police",
    "scope.venue": "duty",
    "posts.names": {
        "hq": ("総括運用管理者", "副総括運用管理者", "実施責任者", "実施副責任者"),
        "unit": ("運用管理者", "運用主任者", "運用担当者", "カメラ装着警察官"),
        "outside": ("総括責任者", "総括副責任者"),
    },
    "posts.appointer": {"運用主任者": "運用管理者", "運用担当者": "運用管理者"},
    "accounts.registrar": ("運用管理者",),
    "accounts.end_with_posts": True,
    "training.required_for": ("カメラ装着警察官",),
    "training.topics": ("撮影", "映像", "機器の管理"),
    "words.telephone": "police",
    "words.training": "education",
    "operate.posts": ("運用管理者", "運用主任者", "運用担当者"),
    "view.posts": ("運用管理者", "運用主任者", "運用担当者"),
    "view.others.route": "approval",
    "view.others.approver": ("運用主任者",),
    "view.attendant": "supervisor-or-designee",
    "view.terminal_bound": True,
    "retention.days": 90,
    "retention.mode": "exact",
    "retention.tolerance_days": 0,
    "retention.clock_start": "file_created",
    "retention.count_first_day": True,
    "retention.extension.allowed": False,
    "retention.automatic": True,
    "erase.method": "automatic",
    "erase.manual": False,
    "erase.early.decider": ("総括運用管理者",),
    "erase.early.decider_limb1": ("総括運用管理者",),
    "erase.early.conditions": (
        "第6の1及び2によらない撮影であって被撮影者から削除を要請されたとき",
        "総括運用管理者が特別な事情があると認めた場合",
    ),
    "media.takeout": "recorded",
    "storage.places": ("警察署地域課執務室", "自動車警ら隊隊務室"),
    "storage.pc_wire": True,
    "derivative.copy": "form-only",
    "derivative.mask": False,
    "derivative.clip": False,
    "derivative.still": True,
    "provision.grounds": ("ア", "イ", "ウ", "エ"),
    "provision.subject_access": "law",
    "ground.investigation.accident": True,
    "provision.form": "request-form",
    "provision.decider": ("運用管理者",),
    "provision.record_fields": ("依頼書の記載事項", "映像ファイル番号"),
    "provision.entered_by": ("運用主任者", "運用担当者"),
    "night_duty.substitute": "運用主任者",
    "night_duty.report": True,
    "sign.places": ("カメラ本体",),
    "sign.texts": ("撮影中であることを示す表示", "赤色ランプ"),
    "publicity.before_start": True,
    "publicity.items": ("目的", "実施所属", "実施期間", "策定した要領の内容等"),
    "publicity.consult": "総括責任者",
    "final_report.required": True,
    "final_report.publish": True,
    "classification.confidentiality": 2,
    "classification.integrity": 2,
    "classification.availability": 1,
    "incident.kinds": (
        "社会的反響が大きいことが見込まれる事案（事故・紛議等）",
        "機器の紛失・盗難事案",
        "使用する機器に関する重大な障害",
        "等",
    ),
    "incident.chain": ("運用管理者", "総括運用管理者", "警察庁生活安全局生活安全企画課"),
    "capture.pause_grounds": ("ア", "イ", "ウ"),
    "capture.places_outside": ("home", "office", "police"),
    "capture.places_managed": ("open", "office"),
    "capture.user_registration": True,
    "device.wear_positions": ("胸部", "肩部"),
    "device.storage_lock": True,
}
BLANK = {
    "project.start": OPEN,
    "project.end": OPEN,
    "org.name": OPEN,
    "org.kind": "station",
    "org.hq": OPEN,
    "night_duty.hours": "17:15-08:30",
}
DEFAULT = EVERYWHERE | {
    "login.second_factor": True,
    "incident.report_hours": 6,
    "incident.onward_hours": 6,
    "scope.must_record": True,
    "posts.combine": False,
    "oath.required": "yes",
    "oath.survives_post": True,
    "oath.lines": (
        "映像ファイルから知り得た情報を、みだりに漏らしません。",
        "映像ファイル及び知り得た情報を、要領に定める目的以外に使用しません。",
        "役職を離れた後も、同様とします。",
    ),
    "outsource.needs": "none",
    "rules.acknowledge": False,
    "disposal.min_persons": 1,
    "disposal.must_include": (),
    "disposal.methods": ("文書管理規程その他関係規程に定める方法",),
    "storage.external_transfer": "forbidden",
    "entry.permission_list": False,
    "provision.consent_role": "none",
    "provision.identity_check": True,
    "provision.record_viewing": True,
    "provision.recipient_undertaking": False,
    "night_duty.holidays": True,
    "complaint.strength": "reported",
    "complaint.owner": ("運用管理者",),
    "inspection.daily": True,
    "inspection.months": 1,
    "contractor.documents": (),
    "net.password_check": True,
    "net.measures": True,
    "antivirus.check": True,
    "log.access": True,
    "capture.audio": True,
    "capture.places": ("outdoors", "open", "home", "office", "police"),
    "shift.ends": ("09:00", "17:00"),
    "shift.return_grace_minutes": 30,
    "shift.late_start_minutes": 30,
    "shift.early_stop_minutes": 30,
    "shift.pause_minutes": 2,
    "shift.long_pause_minutes": 30,
    "shift.silence_minutes": 240,
    "face.enabled": False,
    "face.notice": False,
}
DOES_NOT_ARISE = FACES | {
    "live.most_minutes",
    "place.types",
    "camera.count",
    "camera.range_review",
    "map.required",
    "retention.over_bound_reason",
    "retention.extension.posts",
    "ground.emergency.urgency",
    "ground.emergency.values",
}

# By the short names of the table.
POSTS = {
    "総管": "総括運用管理者",
    "副総": "副総括運用管理者",
    "管理": "運用管理者",
    "主任": "運用主任者",
    "担当": "運用担当者",
    "装着": "カメラ装着警察官",
    "職員": "職員",
    "実施": "実施責任者",
    "実副": "実施副責任者",
    "総責": "総括責任者",
    "総副": "総括副責任者",
}
POLICE = Expected(
    code="police",
    clauses=113,
    evidenced=35,
    fixed=FIXED,
    blank=BLANK,
    default=DEFAULT,
    does_not_arise=DOES_NOT_ARISE,
    unknown=frozenset(),
    filled=FILLED,
    level="## ",
    headings=(
        "第1 目的",
        "第2 用語の定義",
        "第3 運用管理体制",
        "第4 機器の管理",
        "第5 認証情報等の登録等",
        "第6 ウェアラブルカメラによる撮影",
        "第7 映像の管理",
        "第8 情報セキュリティ等",
        "第9 警察本部及び警察庁への報告等",
        "第10 教養・訓練",
        "第11 報告・公表",
        "通達による事項",
        "別記様式",
    ),
    printed=(
        "中央警察署長　殿",
        "起算して90日間とし",
        "令和7年9月1日から3か月間",
        "午後5時30分から午前8時30分まで",
        "個人情報の保護に関する法律（平成15年法律第57号）その他の法令",
    ),
    draft=("「　　　」長　殿",),
    unasked=frozenset({"project.end"}),  # left open: as long as the notice is valid
    columns={short: holder(post) for short, post in POSTS.items()}
    | {
        "技術": TECHNICIAN,
        "装置": program(),
        "他署": holder("運用管理者", org=ELSEWHERE),
    },
    told={"purposes": ["ア"], "post": "運用担当者", "limb": "special", "kind": "results"},
)


def test_retention_is_ninety_days_with_the_first_day_counted() -> None:
    book = POLICE.loaded
    assert book.parameter("retention.days").value == 90
    assert book.parameter("retention.days").clauses == ("police-7.1.2",)
    assert book.parameter("retention.count_first_day").value is True
    assert book.parameter("retention.clock_start").value == "file_created"
    assert book.parameter("retention.extension.allowed").value is False
    assert (book.effective_from, book.valid_until) == (date(2025, 7, 24), date(2026, 3, 31))


def test_a_software_default_never_cites_an_article() -> None:
    book = POLICE.loaded
    assert not [row.name for row in book.parameters if row.status == "default" and row.clauses]
    assert {row.id for row in book.posts if not row.clauses} == {"職員", "システム管理者"}


def test_the_unit_posts_are_appointed_as_the_document_says() -> None:
    book = POLICE.loaded
    assert book.post("運用主任者").appointed_by == "運用管理者"
    assert book.post("operations clerk").appointed_by == "運用管理者"
    assert book.post("総括運用管理者").appointed_by == "by-position"
    assert book.post("総括責任者").level == "outside"


def test_purposes_and_grounds_are_the_closed_lists_of_article_7() -> None:
    book = POLICE.loaded
    assert [row.id for row in book.purposes if not row.by_law] == ["ア", "イ", "ウ"]
    assert [row.id for row in book.grounds] == ["ア", "イ", "ウ", "エ"]
    assert [row.id for row in book.purposes if row.bracket] == ["イ"]


def test_a_draft_shows_its_blanks() -> None:
    book = POLICE.loaded
    assert blanks(book, {}) == ("project.start", "org.name", "org.hq")
    assert "「　　　」長　殿" in markdown(book, {})


def test_what_the_document_fixes_cannot_be_filled_otherwise() -> None:
    assert "起算して90日間とし" in markdown(POLICE.loaded, FILLED | {"retention.days": 30})


def test_each_paragraph_knows_its_clauses() -> None:
    held = POLICE.paragraphs("police-7.1.2")
    assert len(held) == 1
    assert held[0].clauses == ("police-7.1.2", "police-7.1.2-auto")
    assert held[0].text.startswith("(2)　映像ファイルの保存期間は")
