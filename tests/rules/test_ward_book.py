"""The ward rulebook is whole: its folder, its parameters, its text, and who may do what."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from hokanko.rules.actor import HOME
from hokanko.rules.book import load
from hokanko.rules.check import problems
from hokanko.rules.text import blanks, clauses_named, markdown, paragraphs
from hokanko.rules.verbs import VERBS
from tests.rules.matrix import ELSEWHERE, adopt, answer, answers, holder, program, read

CLAUSES = Path(__file__).parents[2].parent / "shared" / "clauses.toml"
BOTH = ("管理責任者", "操作担当者")
ABSENT = object()  # a blank without an offer, or what does not arise
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
    "doc.effective_from": ABSENT,
    "org.name": ABSENT,
    "camera.count": ABSENT,
    "posts.manager_name": ABSENT,
    "posts.doubled": False,
    "posts.operator_names": ABSENT,
    "retention.days": 30,
    "storage.places": ABSENT,
    "inspection.months": ABSENT,
}
DEFAULT = {
    "complaint.due_days": 7,
    "subject.due_days": 14,
    "training.topics": (),
    "outsource.needs": "none",
    "rules.acknowledge": False,
    "scope.must_record": False,
    "accounts.registrar": ("管理責任者",),
    "training.required_for": (),
    "view.attendant": "none",
    "view.terminal_bound": False,
    "retention.reason": "概ね1か月の範囲内である",
    "retention.over_bound_reason": True,
    "retention.tolerance_days": 0,
    "retention.clock_start": "captured",
    "retention.count_first_day": False,
    "retention.automatic": True,
    "erase.manual": False,
    "storage.pc_wire": True,
    "amend.quiet_days": 7,
    "record.keep_years": 5,
    "derivative.still": True,
    "provision.form": "software",
    "provision.recipient_undertaking": False,
    "publicity.before_start": False,
    "publicity.items": (),
    "contractor.documents": (),
    "net.password_check": True,
    "net.measures": True,
    "antivirus.check": True,
    "log.access": True,
    "incident.kinds": (
        "映像の漏えい、滅失又は改ざん",
        "機器又は記録媒体の紛失又は盗難",
        "機器の重大な障害",
    ),
    "incident.chain": ("管理責任者", "設置者"),
    "capture.audio": False,
    "face.enabled": False,
    "face.notice": False,
}
DOES_NOT_ARISE = {
    "doc.valid_until",
    "doc.source_keep_until",
    "project.months",
    "erase.early.decider",
    "erase.early.decider_limb1",
    "erase.early.conditions",
    "provision.entered_by",
    "night_duty.hours",
    "night_duty.holidays",
    "night_duty.substitute",
    "night_duty.report",
    "publicity.consult",
    "final_report.required",
    "final_report.publish",
    "classification.confidentiality",
    "classification.integrity",
    "classification.availability",
    "capture.pause_grounds",
    "capture.user_registration",
    "device.wear_positions",
    "watch.unmatched_days",
    "watch.identity_fields",
    "alert.staff_fields",
    "alert.banned_words",
    "joint.enabled",
    "joint.parties",
    "joint.items",
    "joint.confirmer_posts",
    "joint.notice",
    "org.use_table",
}

# 装置: the program by itself · 区外: a manager of another organisation.
# The operator is asked to be appointed or dismissed; purposes and papers are in order.
TABLE = """
                        設置者       管理責任者   操作担当者   職員         システム管理者 装置         区外
home.found              ×既定        ×既定        ×既定        ×既定        ×既定        ×既定        ×3.3-b
org.add                 ×既定        ×既定        ×既定        ×既定        ○既定        ×既定        ×3.3-b
rulebook.adopt          ○1-date      ×1-date      ×1-date      ×1-date      ○1-date      ×1-date      ×3.3-b
rulebook.draft          ○1-date      ○1-date      ×1-date      ×1-date      ○1-date      ×1-date      ×3.3-b
rulebook.sign           ○1-date      ×1-date      ×1-date      ×1-date      ×1-date      ×1-date      ×3.3-b
person.register         ○既定        ○既定        ×既定        ×既定        ×既定        ×既定        ×3.3-b
person.rekey            ×既定        ○既定        ×既定        ×既定        ×既定        ×既定        ×3.3-b
person.list             ○既定        ○既定        ○既定        ×既定        ○既定        ×既定        ×3.3-b
person.retire           ○既定        ○既定        ×既定        ×既定        ×既定        ×既定        ×3.3-b
person.swear            ○3.4         ○3.4         ×3.4         ×3.4         ×3.4         ×3.4         ×3.3-b
person.train            ○既定        ○既定        ×既定        ×既定        ×既定        ×既定        ×3.3-b
post.appoint            ○3           ×3.2         ×3.2         ×3.2         ×3.2         ×3.2         ×3.3-b
post.dismiss            ○3           ×3.2         ×3.2         ×3.2         ×3.2         ×3.2         ×3.3-b
card.issue              ×既定        ×既定        ×既定        ×既定        ×既定        ×既定        ×3.3-b
terminal.prepare        ×4-operate   ○4-operate   ○4-operate   ×4-operate   ×4-operate   ×4-operate   ×3.3-b
terminal.enrol          ○既定        ○既定        ○既定        ○既定        ○既定        ○既定        ×3.3-b
terminal.list           ○既定        ○既定        ○既定        ×既定        ○既定        ×既定        ×3.3-b
terminal.retire         ×4-operate   ○4-operate   ○4-operate   ×4-operate   ×4-operate   ×4-operate   ×3.3-b
camera.list             ○2.1         ○4-operate   ○4-operate   ×4-operate   ×4-operate   ×4-operate   ×3.3-b
camera.register         ×4-operate   ○4-operate   ○4-operate   ×4-operate   ×4-operate   ×4-operate   ×3.3-b
camera.issue            ×5.1-carry   ×5.1-carry   ×5.1-carry   ×5.1-carry   ×5.1-carry   ×5.1-carry   ×3.3-b
site.open               ○2.1         ○2.1         ○2.1         ×2.1         ×2.1         ×2.1         ×3.3-b
site.map                ○2.1         ○2.1         ○2.1         ×2.1         ×2.1         ×2.1         ×3.3-b
site.entrances          ○2.1         ○2.1         ○2.1         ×2.1         ×2.1         ×2.1         ×3.3-b
sign.post               ○2.2         ○2.2         ○2.2         ×2.2         ×2.2         ×2.2         ×3.3-b
sign.remove             ○7.2-sign    ○7.2-sign    ○7.2-sign    ×7.2-sign    ×7.2-sign    ×7.2-sign    ×3.3-b
camera.site             ○2.1         ○2.1         ○2.1         ×2.1         ×2.1         ×2.1         ×3.3-b
camera.frame            ×2-range     ○2-range     ○2-range     ×2-range     ×2-range     ×2-range     ×3.3-b
camera.confirm          ×2-range     ○2-range     ×2-range     ×2-range     ×2-range     ×2-range     ×3.3-b
camera.activate         ○2.1         ○2.1         ×2.1         ×2.1         ×2.1         ×2.1         ×3.3-b
camera.end              ○7.2         ○7.2         ×7.2         ×7.2         ×7.2         ×7.2         ×3.3-b
camera.remove           ○7.2         ○7.2         ×7.2         ×7.2         ×7.2         ×7.2         ×3.3-b
intake.take_in          ×3.3-a       ○3.3-a       ○3.3-a       ×3.3-a       ×3.3-a       ○3.3-a       ×3.3-b
intake.file             ×3.3-a       ○3.3-a       ○3.3-a       ×3.3-a       ×3.3-a       ○3.3-a       ×3.3-b
intake.examine          ×3.3-a       ×3.3-a       ×3.3-a       ×3.3-a       ×3.3-a       ○3.3-a       ×3.3-b
intake.release          ×5-loss      ○5-loss      ○5-loss      ×5-loss      ×5-loss      ○5-loss      ×3.3-b
intake.give_up          ×3.3-a       ○3.3-a       ○3.3-a       ×3.3-a       ×3.3-a       ○3.3-a       ×3.3-b
intake.settle           ×3.3-a       ○3.3-a       ○3.3-a       ×3.3-a       ×3.3-a       ×3.3-a       ×3.3-b
footage.list            ×4           ○4           ○4           ×4           ×4           ○4           ×3.3-b
viewing.ask             ○4-others    ○4-others    ○4-others    ○4-others    ×既定        ×4-others    ×3.3-b
viewing.decide          ×4-others    ○4-others    ○4-others    ×4-others    ×4-others    ×4-others    ×3.3-b
viewing.attend          ×既定        ×既定        ×既定        ×既定        ×既定        ×既定        ×3.3-b
viewing.open            ×4           ○4           ○4           ×4           ×既定        ×4           ×3.3-b
viewing.close           ×4           ×4           ×4           ×4           ×4           ○4           ×3.3-b
provision.ask           ×3.3-b       ○3.3-b       ○3.3-b       ×3.3-b       ×3.3-b       ×3.3-b       ×3.3-b
provision.decide        ×6.1-third   ○6.1-third   ○6.1-third   ×6.1-third   ×6.1-third   ×6.1-third   ×3.3-b
provision.consent       ×6.1-d       ○6.1-d       ○6.1-d       ×6.1-d       ×6.1-d       ×6.1-d       ×3.3-b
provision.enter         ×6.2-record  ○6.2-record  ○6.2-record  ×6.2-record  ×6.2-record  ×6.2-record  ×3.3-b
provision.hand_over     ×6.2         ○6.2         ○6.2         ×6.2         ×6.2         ×6.2         ×3.3-b
provision.report        ×既定        ×既定        ×既定        ×既定        ×既定        ×既定        ×3.3-b
provision.acknowledge   ×既定        ×既定        ×既定        ×既定        ×既定        ×既定        ×3.3-b
derive.edit             ×5.2-process ○5.2-process ○5.2-process ×5.2-process ×5.2-process ×5.2-process ×3.3-b
retention.extend        ×5.3-extend  ○5.3-extend  ○5.3-extend  ×5.3-extend  ×5.3-extend  ×5.3-extend  ×3.3-b
retention.erase_by_hand ×既定        ×既定        ×既定        ×既定        ×既定        ×既定        ×3.3-b
retention.expire        ×5.4         ×5.4         ×5.4         ×5.4         ×5.4         ○5.4         ×3.3-b
retention.redate        ×既定          ×既定          ×既定          ×既定          ×既定          ○既定          ×3.3-b
erasure.ask             ×既定        ×既定        ×既定        ×既定        ×既定        ×既定        ×3.3-b
erasure.decide          ×既定        ×既定        ×既定        ×既定        ×既定        ×既定        ×3.3-b
ledger.read             ○既定        ○既定        ○既定        ×既定        ○既定        ○既定        ×3.3-b
clock.move              ○既定        ○既定        ○既定        ○既定        ○既定        ○既定        ×3.3-b
clock.confirm           ×既定        ○既定        ○既定        ×既定        ×既定        ×既定        ×3.3-b
clock.correct           ×既定        ○既定        ×既定        ×既定        ×既定        ×既定        ×3.3-b
backup.make             ×既定        ×既定        ×既定        ×既定        ○既定        ×既定        ×3.3-b
backup.restore          ×既定        ×既定        ×既定        ×既定        ○既定        ×既定        ×3.3-b
fsck.mend               ×既定        ×既定        ×既定        ×既定        ○既定        ○既定        ×3.3-b
post.succeed           ×既定             ×既定             ×既定             ×既定             ○既定             ×既定             ×3.3-b
person.remind          ○3.4-after      ○3.4-after      ×3.4-after      ×3.4-after      ×3.4-after      ×3.4-after      ×3.3-b
person.review          ○既定             ○既定             ×既定             ×既定             ×既定             ×既定             ×3.3-b
rulebook.acknowledge   ○既定             ○既定             ○既定             ○既定             ×既定             ×既定             ×3.3-b
contractor.list        ○既定             ○既定             ×既定             ×既定             ×既定             ×既定             ×3.3-b
contractor.register    ○既定             ○既定             ×既定             ×既定             ×既定             ×既定             ×3.3-b
contractor.end         ○既定             ○既定             ×既定             ×既定             ×既定             ×既定             ×3.3-b
contractor.document    ○既定             ○既定             ×既定             ×既定             ×既定             ×既定             ×3.3-b
contractor.engage      ○既定             ○既定             ×既定             ×既定             ×既定             ×既定             ×3.3-b
contractor.order       ○既定             ○既定             ×既定             ×既定             ×既定             ×既定             ×3.3-b
board.read              ○既定          ○既定          ○既定          ×既定          ○既定          ○既定          ×3.3-b
evidence.read           ○既定          ○既定          ○既定          ×既定          ×既定          ×既定          ×3.3-b
evidence.enter          ○既定          ○既定          ○既定          ×既定          ×既定          ×既定          ×3.3-b
evidence.withdraw       ○既定          ○既定          ×既定          ×既定          ×既定          ×既定          ×3.3-b
case.list               ○既定       ○既定       ○既定       ×既定       ×既定         ×既定       ×3.3-b
case.open               ○既定       ○3.3-c      ○3.3-c      ○既定       ○既定         ×3.3-c      ×3.3-b
case.step               ×3.3-c      ○3.3-c      ○3.3-c      ×3.3-c      ×3.3-c        ×3.3-c      ×3.3-b
case.confirm            ×8          ○8          ×8          ×8          ×8            ×8          ×3.3-b
case.link               ×3.3-c      ○3.3-c      ○3.3-c      ×3.3-c      ×3.3-c        ×3.3-c      ×3.3-b
case.close              ×8          ○8          ×8          ×8          ×8            ×8          ×3.3-b
notice.consult          ○既定       ○既定       ×既定       ×既定       ×既定         ×既定       ×3.3-b
notice.publish          ○既定       ○既定       ×既定       ×既定       ×既定         ×既定       ×3.3-b
notice.withdraw         ○既定       ○既定       ×既定       ×既定       ×既定         ×既定       ×3.3-b
"""  # noqa: E501 a table is read across


def test_the_folder_has_no_mistake() -> None:
    assert [str(problem) for problem in problems("ward", VERBS)] == []


def test_every_clause_of_the_seed_is_in_the_book() -> None:
    if not CLAUSES.exists():
        pytest.skip("the clauses of the seed lie in ../shared: not compared with the book")
    rows = tomllib.loads(CLAUSES.read_text("utf-8"))["clause"]
    wanted = {
        row["id"]: tuple(row[k] for k in ("article", "who", "kind", "carried", "text_ja"))
        for row in rows
        if row["id"].startswith("ward-")
    }
    found = {c.id: (c.article, c.who, c.kind, c.carried, c.ja) for c in load("ward").clauses}
    assert found == wanted


def test_there_are_sixty_one_clauses_and_each_evidenced_one_says_what_who_and_when() -> None:
    clauses = load("ward").clauses
    assert len(clauses) == 61
    evidenced = [row for row in clauses if row.carried == "evidenced"]
    assert len(evidenced) == 17
    for row in evidenced:
        assert row.evidence is not None
        assert row.evidence.owners
        assert (row.evidence.every_days is None) == bool(
            row.evidence.due or row.evidence.every_months_of
        )


@pytest.mark.parametrize(
    ("status", "wanted"), [("fixed", FIXED), ("blank", BLANK), ("default", DEFAULT)]
)
def test_every_parameter_has_its_value_and_says_who_decides_it(
    status: str, wanted: dict[str, object]
) -> None:
    rows = [p for p in load("ward").parameters if p.status == status and p.applies]
    found = {p.name: ABSENT if p.value is None else p.value for p in rows}
    assert found == wanted
    assert not [p.name for p in rows if (status == "default") == bool(p.clauses)]


def test_what_the_document_does_not_know_does_not_apply() -> None:
    book = load("ward")
    assert {p.name for p in book.parameters if not p.applies} == DOES_NOT_ARISE
    assert not [p.name for p in book.parameters if not p.applies and p.value]


def test_the_parameters_are_those_of_the_other_rulebooks() -> None:
    ours = {p.name: p.type for p in load("ward").parameters}
    theirs = {p.name: p.type for p in load("police").parameters}
    assert {n for n in ours if ours[n] != theirs.get(n, ours[n])} == set()
    assert theirs.keys() - ours.keys() == {"org.hq", "org.kind", "project.start"}


def test_the_manager_and_the_operators_are_named_by_the_installer() -> None:
    book = load("ward")
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
    book = load("ward")
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
    book = load("ward")
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
    book = load("ward")
    assert (book.effective_from, book.valid_until, book.laws) == (None, None, ())


def test_the_text_prints_every_clause_in_the_seeds_order() -> None:
    book = load("ward")
    printed = markdown(book, {})
    carried = {row.id for row in book.clauses if row.carried != "outside"}
    assert carried <= clauses_named(printed)
    headings = [line.lstrip("# ") for line in printed.splitlines() if line.startswith("## ")]
    assert headings == [
        "１　趣旨",
        "２　設置場所等",
        "３　管理責任者等の指定・責務",
        "４　機器の操作・視聴の制限",
        "５　画像の管理",
        "６　画像の利用および閲覧・提供の制限",
        "７　保守点検と撤去",
        "８　問い合わせ・苦情等への対応",
        "別添",
    ]


def test_the_text_prints_what_is_enforced() -> None:
    book = load("ward")
    printed = markdown(book, FILLED | {"retention.days": 28})
    assert "{{" not in printed
    assert "「　　　」" not in printed
    for words in (
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
    ):
        assert words in printed
    assert blanks(book, FILLED) == ()
    assert book.effective(FILLED)["doc.effective_from"] == date(2026, 4, 1)


def test_a_draft_shows_its_blanks() -> None:
    book = load("ward")
    assert set(blanks(book, {})) == {name for name, value in BLANK.items() if value is ABSENT}
    assert "「　　　」内に「　　　」台の防犯カメラ" in markdown(book, {})


def test_each_paragraph_knows_its_clauses() -> None:
    held = [row for row in paragraphs(load("ward"), FILLED) if "ward-5.3" in row.clauses]
    assert [row.text for row in held] == ["保存期間は30日間とする。※概ね１か月"]


@pytest.mark.usefixtures("fresh_home", "db")
def test_every_post_against_every_verb() -> None:
    adopt("ward", FILLED)
    columns = {
        "設置者": holder("設置者"),
        "管理責任者": holder("管理責任者"),
        "操作担当者": holder("操作担当者"),
        "職員": holder(),
        "システム管理者": holder("システム管理者", org=HOME),
        "装置": program(),
        "区外": holder("管理責任者", org=ELSEWHERE),
    }
    told = {"purposes": ["防犯"], "post": "操作担当者"}
    assert answers("ward", columns, told) == read(TABLE)


@pytest.mark.usefixtures("fresh_home", "db")
def test_the_installer_is_entered_by_the_technician_alone() -> None:
    adopt("ward", FILLED)
    told = {"post": "設置者", "by_position": True}
    for verb in ("person.register", "person.rekey", "post.appoint", "post.dismiss"):
        assert answer("ward", holder("システム管理者", org=HOME), verb, told) == "○既定"
        for post in ("設置者", *BOTH):
            assert answer("ward", holder(post), verb, told) == "×既定"


@pytest.mark.usefixtures("fresh_home", "db")
def test_who_has_not_sworn_has_no_power_of_the_post_yet() -> None:
    adopt("ward", FILLED)
    told = {"purposes": ["防犯"], "post": "操作担当者"}
    manager, unsworn = holder("管理責任者"), holder("管理責任者", sworn=False)
    changed = {
        verb
        for verb in VERBS
        if answer("ward", manager, verb, told) != answer("ward", unsworn, verb, told)
    }
    assert {answer("ward", unsworn, verb, told) for verb in changed} == {"×3.4"}
    still = {v for v in VERBS if answer("ward", unsworn, v, told).startswith("○")}
    assert still == {
        "board.read",
        "camera.list",
        "clock.confirm",
        "clock.correct",
        "clock.move",
        "evidence.read",
        "intake.file",
        "intake.give_up",
        "intake.release",
        "ledger.read",
        "person.list",
        "rulebook.draft",
        "person.rekey",
        "person.swear",
        "terminal.enrol",
        "terminal.list",
        "case.open",
        "notice.consult",
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
    adopt("ward", FILLED)
    told = {"purposes": ["防犯"], "approved": True}
    assert answer("ward", holder(), "viewing.open", told) == "○4-others"
    assert answer("ward", holder("設置者"), "viewing.open", told) == "○4-others"
    technician = holder("システム管理者", org=HOME)
    assert answer("ward", technician, "viewing.open", told) == "×既定"
    assert answer("ward", holder(), "viewing.open", told, quarantined=True) == "×既定"
    assert answer("ward", holder(), "viewing.open", told, held=False) == "×5.4"
