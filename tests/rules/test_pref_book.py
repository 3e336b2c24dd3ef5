"""The prefectural rulebook is whole: its folder, its parameters, its text, and who may do what."""

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
MANAGER, OPERATOR = "管理責任者", "操作取扱者"
OPEN = object()  # a blank without an offer
FILLED: dict[str, object] = {
    "org.name": "若桜通商店街振興組合",
    "org.kind": "group",
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
    "scope.place_examples": (
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
    "org.kind": OPEN,
    "camera.places": (),
    "camera.count": OPEN,
    "operate.by": "operator",
    "retention.days": 30,
    "storage.places": (),
    "inspection.months": OPEN,
}
DEFAULT = {
    "complaint.due_days": 7,
    "subject.due_days": 14,
    "training.topics": (),
    "rules.acknowledge": False,
    "map.required": True,
    "posts.combine": True,
    "accounts.registrar": (MANAGER,),
    "oath.survives_post": True,
    "training.required_for": (),
    "view.posts": (OPERATOR, MANAGER),
    "view.others.route": "none",
    "view.attendant": "none",
    "view.terminal_bound": False,
    "retention.reason": "原則の期間の範囲内である",
    "retention.tolerance_days": 0,
    "retention.clock_start": "captured",
    "retention.count_first_day": False,
    "retention.extension.allowed": False,
    "retention.automatic": True,
    "erase.manual": False,
    "disposal.min_persons": 1,
    "disposal.must_include": (),
    "storage.pc_wire": True,
    "amend.quiet_days": 7,
    "record.keep_years": 5,
    "derivative.clip": True,
    "derivative.still": True,
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
    "incident.kinds": (
        "映像の漏えい、滅失又は改ざん",
        "機器又は記録媒体の紛失又は盗難",
        "機器の重大な障害",
    ),
    "incident.chain": (OPERATOR, MANAGER, "設置者"),
    "capture.audio": False,
    "face.enabled": False,
    "face.notice": False,
}
DOES_NOT_ARISE = {
    "doc.valid_until",
    "doc.source_keep_until",
    "project.months",
    "project.start",
    "view.others.approver",
    "retention.extension.posts",
    "erase.early.decider",
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

# 装置: the program by itself · 部外: a manager who is also the operator of another installer.
# The operator is asked to be appointed or dismissed; purposes and papers are in order. The rules
# have been adopted as they are offered: an operator is designated (operate.by).
TABLE = """
                        設置者         管理責任者     操作取扱者     職員           システム管理者 装置           部外
home.found              ×既定          ×既定          ×既定          ×既定          ×既定          ×既定          ×既定
org.add                 ×既定          ×既定          ×既定          ×既定          ○既定          ×既定          ×既定
rulebook.adopt          ○rule          ×rule          ×rule          ×rule          ○rule          ×rule          ×既定
rulebook.draft          ○rule          ○rule          ×rule          ×rule          ○rule          ×rule          ×既定
rulebook.sign           ○rule          ×rule          ×rule          ×rule          ×rule          ×rule          ×既定
person.register         ○既定          ○既定          ×既定          ×既定          ×既定          ×既定          ×既定
person.rekey            ○既定          ○既定          ×既定          ×既定          ×既定          ×既定          ×既定
person.list             ○既定          ○既定          ○既定          ×既定          ○既定          ×既定          ×既定
person.retire           ○既定          ○既定          ×既定          ×既定          ×既定          ×既定          ×既定
person.swear            ○secret        ○secret        ×secret        ×secret        ×secret        ×secret        ×既定
person.train            ○既定          ○既定          ×既定          ×既定          ×既定          ×既定          ×既定
post.appoint            ×operator      ○operator      ×operator      ×operator      ×operator      ×operator      ×既定
post.dismiss            ×operator      ○operator      ×operator      ×operator      ×operator      ×operator      ×既定
card.issue              ×既定          ×既定          ×既定          ×既定          ×既定          ×既定          ×既定
terminal.prepare        ×既定          ○既定          ×既定          ×既定          ×既定          ×既定          ×既定
terminal.enrol          ○既定          ○既定          ○既定          ○既定          ○既定          ○既定          ×既定
terminal.list           ○既定          ○既定          ○既定          ×既定          ○既定          ×既定          ×既定
terminal.retire         ×既定          ○既定          ×既定          ×既定          ×既定          ×既定          ×既定
camera.list             ○既定          ○既定          ○既定          ×既定          ×既定          ×既定          ×既定
camera.register         ○place         ○place         ×place         ×place         ○既定          ×place         ×既定
camera.issue            ×img-carry     ×img-carry     ×img-carry     ×img-carry     ×img-carry     ×img-carry     ×既定
site.open               ○place         ○place         ×place         ×place         ×place         ×place         ×既定
site.map                ○place         ○place         ×place         ×place         ×place         ×place         ×既定
site.entrances          ○place         ○place         ×place         ×place         ×place         ×place         ×既定
sign.post               ○sign          ○sign          ×sign          ×sign          ×sign          ×sign          ×既定
sign.remove             ○sign          ○sign          ×sign          ×sign          ×sign          ×sign          ×既定
camera.site             ○place         ○place         ×place         ×place         ×place         ×place         ×既定
camera.frame            ○range         ○range         ○range         ×range         ×range         ×range         ×既定
camera.confirm          ×range         ○range         ×range         ×range         ×range         ×range         ×既定
camera.activate         ○place         ○place         ×place         ×place         ×place         ×place         ×既定
camera.end              ○既定          ○既定          ×既定          ×既定          ×既定          ×既定          ×既定
camera.remove           ○既定          ○既定          ×既定          ×既定          ×既定          ×既定          ×既定
intake.take_in          ×operator-only ×operator-only ○operator-only ×operator-only ×operator-only ○既定          ×既定
intake.file             ×operator-only ×operator-only ○operator-only ×operator-only ×operator-only ○既定          ×既定
intake.examine          ×既定          ×既定          ×既定          ×既定          ×既定          ○既定          ×既定
intake.release          ×既定          ×既定          ○既定          ×既定          ×既定          ○既定          ×既定
intake.give_up          ×operator-only ×operator-only ○operator-only ×operator-only ×operator-only ○既定          ×既定
intake.settle           ×operator-only ×operator-only ○operator-only ×operator-only ×operator-only ×operator-only ×既定
footage.list            ×既定          ○既定          ○既定          ×既定          ×既定          ○既定          ×既定
viewing.ask             ×operator-only ×operator-only ○operator-only ×operator-only ×operator-only ×operator-only ×既定
viewing.decide          ×operator-only ×operator-only ×operator-only ×operator-only ×operator-only ×operator-only ×既定
viewing.attend          ×既定          ×既定          ×既定          ×既定          ×既定          ×既定          ×既定
viewing.open            ×operator-only ×operator-only ○operator-only ×operator-only ×operator-only ×operator-only ×既定
viewing.close           ×既定          ×既定          ×既定          ×既定          ×既定          ○既定          ×既定
provision.ask           ×use           ○use           ○use           ×use           ×use           ×use           ×既定
provision.decide        ×既定          ○既定          ×既定          ×既定          ×既定          ×既定          ×既定
provision.consent       ×use           ×use           ×use           ×use           ×use           ×use           ×既定
provision.enter         ×既定          ○既定          ○既定          ×既定          ×既定          ×既定          ×既定
provision.hand_over     ×operator-only ×operator-only ○operator-only ×operator-only ×operator-only ×operator-only ×既定
provision.report        ×既定          ×既定          ×既定          ×既定          ×既定          ×既定          ×既定
provision.acknowledge   ×既定          ×既定          ×既定          ×既定          ×既定          ×既定          ×既定
derive.edit             ×img-process   ×img-process   ○img-process   ×img-process   ×img-process   ×img-process   ×既定
retention.extend        ×既定          ×既定          ×既定          ×既定          ×既定          ×既定          ×既定
retention.erase_by_hand ×既定          ×既定          ×既定          ×既定          ×既定          ×既定          ×既定
retention.expire        ×img-erase     ×img-erase     ×img-erase     ×img-erase     ×img-erase     ○img-erase     ×既定
retention.redate        ×既定            ×既定            ×既定            ×既定            ×既定            ○既定            ×既定
erasure.ask             ×既定          ×既定          ×既定          ×既定          ×既定          ×既定          ×既定
erasure.decide          ×既定          ×既定          ×既定          ×既定          ×既定          ×既定          ×既定
ledger.read             ○既定          ○既定          ○既定          ×既定          ○既定          ○既定          ×既定
clock.move              ○既定          ○既定          ○既定          ○既定          ○既定          ○既定          ×既定
clock.confirm           ×既定          ○既定          ○既定          ×既定          ×既定          ×既定          ×既定
clock.correct           ×既定          ○既定          ×既定          ×既定          ×既定          ×既定          ×既定
backup.make             ×既定          ×既定          ×既定          ×既定          ○既定          ×既定          ×既定
backup.restore          ×既定          ×既定          ×既定          ×既定          ○既定          ×既定          ×既定
fsck.mend               ×既定          ×既定          ×既定          ×既定          ○既定          ○既定          ×既定
post.succeed           ×既定             ×既定             ×既定             ×既定             ○既定             ×既定             ×既定
person.remind          ○既定             ○既定             ×既定             ×既定             ×既定             ×既定             ×既定
person.review          ○既定             ○既定             ×既定             ×既定             ×既定             ×既定             ×既定
rulebook.acknowledge   ○既定             ○既定             ○既定             ○既定             ×既定             ×既定             ×既定
contractor.list        ○既定             ○既定             ×既定             ×既定             ×既定             ×既定             ×既定
contractor.register    ○既定             ○既定             ×既定             ×既定             ×既定             ×既定             ×既定
contractor.end         ○既定             ○既定             ×既定             ×既定             ×既定             ×既定             ×既定
contractor.document    ○既定             ○既定             ×既定             ×既定             ×既定             ×既定             ×既定
contractor.engage      ○既定             ○既定             ×既定             ×既定             ×既定             ×既定             ×既定
contractor.order       ○既定             ○既定             ×既定             ×既定             ×既定             ×既定             ×既定
board.read              ○既定          ○既定          ○既定          ×既定          ○既定          ○既定          ×既定
evidence.read           ○既定          ○既定          ○既定          ×既定          ×既定          ×既定          ×既定
evidence.enter          ○既定          ○既定          ○既定          ×既定          ×既定          ×既定          ×既定
evidence.withdraw       ○既定          ○既定          ×既定          ×既定          ×既定          ×既定          ×既定
case.list               ○既定         ○既定         ○既定         ×既定         ×既定         ×既定         ×既定
case.open               ○既定         ○complaint    ○complaint    ○既定         ○既定         ×complaint    ×既定
case.step               ×complaint    ○complaint    ○complaint    ×complaint    ×complaint    ×complaint    ×既定
case.confirm            ○complaint    ○complaint    ×complaint    ×complaint    ×complaint    ×complaint    ×既定
case.link               ×complaint    ○complaint    ○complaint    ×complaint    ×complaint    ×complaint    ×既定
case.close              ○complaint    ○complaint    ×complaint    ×complaint    ×complaint    ×complaint    ×既定
notice.consult          ○既定         ○既定         ×既定         ×既定         ×既定         ×既定         ×既定
notice.publish          ○既定         ○既定         ×既定         ×既定         ×既定         ×既定         ×既定
notice.withdraw         ○既定         ○既定         ×既定         ×既定         ×既定         ×既定         ×既定
"""  # noqa: E501 a table is read across


def test_the_folder_has_no_mistake() -> None:
    assert [str(problem) for problem in problems("pref", VERBS)] == []


def test_every_clause_of_the_seed_is_in_the_book() -> None:
    if not CLAUSES.exists():
        pytest.skip("the clauses of the seed lie in ../shared: not compared with the book")
    rows = tomllib.loads(CLAUSES.read_text("utf-8"))["clause"]
    wanted = {
        row["id"]: tuple(row[k] for k in ("article", "who", "kind", "carried", "text_ja"))
        for row in rows
        if row["id"].startswith("pref-")
    }
    found = {c.id: (c.article, c.who, c.kind, c.carried, c.ja) for c in load("pref").clauses}
    assert found == wanted


def test_there_are_forty_three_clauses_and_each_evidenced_one_says_what_who_and_when() -> None:
    clauses = load("pref").clauses
    assert len(clauses) == 43
    evidenced = [row for row in clauses if row.carried == "evidenced"]
    assert len(evidenced) == 16
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
    rows = [p for p in load("pref").parameters if p.status == status and p.applies]
    assert {p.name: OPEN if p.value is None else p.value for p in rows} == wanted
    assert not [p.name for p in rows if (status == "default") == bool(p.clauses)]


def test_what_the_document_does_not_know_does_not_apply() -> None:
    book = load("pref")
    assert {p.name for p in book.parameters if not p.applies} == DOES_NOT_ARISE
    assert not [p.name for p in book.parameters if not p.applies and p.value]


def test_the_parameters_are_those_of_the_other_rulebooks() -> None:
    ours = {p.name: p.type for p in load("pref").parameters}
    theirs = {p.name: p.type for p in load("police").parameters}
    assert {n for n in ours if ours[n] != theirs.get(n, ours[n])} == set()
    assert theirs.keys() - ours.keys() == {"org.hq", "erase.early.decider_limb1"}


def test_the_document_binds_nobody_and_is_dated() -> None:
    book = load("pref")
    assert (book.force, book.effective_from, book.valid_until) == (
        "guideline",
        date(2016, 11, 10),
        None,
    )


def test_more_than_a_month_needs_a_reason_in_writing() -> None:
    days = load("pref").parameter("retention.days")
    assert (days.reason_above, days.reason_in) == (31, "retention.reason")
    assert days.clauses == ("pref-img-period",)


def test_the_installer_designates_the_manager_and_the_manager_the_operator() -> None:
    book = load("pref")
    appointers = [book.post(p).appointed_by for p in ("設置者", MANAGER, OPERATOR)]
    assert appointers == ["by-position", "設置者", MANAGER]
    assert book.post(OPERATOR).clauses == ("pref-operator", "pref-operator-only")
    assert not book.post(OPERATOR).required  # only where the manager cannot operate
    assert {row.id for row in book.posts if not row.clauses} == {"システム管理者", "管理用パソコン"}


def test_one_purpose_three_cases_beyond_it_and_consent_is_none_of_them() -> None:
    book = load("pref")
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
    law = load("pref").law("appi")
    assert "鳥取県個人情報保護条例" in law.as_printed
    assert "条例" not in law.in_force
    assert law.since == date(2023, 4, 1)


def test_the_text_prints_every_clause_in_the_seeds_order() -> None:
    book = load("pref")
    printed = markdown(book, {})
    assert {row.id for row in book.clauses} <= clauses_named(printed)
    headings = [line.lstrip("# ") for line in printed.splitlines() if line.startswith("### ")]
    assert headings == [
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
    ]


def test_the_text_prints_what_is_enforced() -> None:
    printed = markdown(load("pref"), FILLED | {"retention.days": 21})
    assert "{{" not in printed
    assert "「　　　」" not in printed
    for words in (
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
    ):
        assert words in printed
    assert "不必要的" not in printed  # a misreading of the seed
    assert blanks(load("pref"), FILLED) == ()


def test_a_draft_shows_its_blanks() -> None:
    unfilled = {name for name, value in BLANK.items() if value in (OPEN, ())}
    assert set(blanks(load("pref"), {})) == unfilled


def test_each_paragraph_knows_its_clauses() -> None:
    held = [row for row in paragraphs(load("pref"), FILLED) if "pref-img-period" in row.clauses]
    assert [row.text.split("。")[0] for row in held] == [
        "●　画像の保管期間は、目的達成のため必要最小限の期間（原則1か月以内）とし、30日間とする"
    ]


@pytest.mark.usefixtures("fresh_home", "db")
def test_every_post_against_every_verb() -> None:
    adopt("pref", FILLED)
    columns = {
        "設置者": holder("設置者"),
        MANAGER: holder(MANAGER),
        OPERATOR: holder(OPERATOR),
        "職員": holder(),
        "システム管理者": holder("システム管理者", org=HOME),
        "装置": program(),
        "部外": holder(MANAGER, OPERATOR, org=ELSEWHERE),
    }
    told = {"purposes": ["防犯"], "post": OPERATOR}
    assert answers("pref", columns, told) == read(TABLE)


@pytest.mark.usefixtures("fresh_home", "db")
def test_the_manager_is_named_by_the_installer_and_the_installer_by_the_technician() -> None:
    adopt("pref", FILLED)
    for verb in ("post.appoint", "post.dismiss"):
        told: dict[str, object] = {"post": MANAGER}
        assert answer("pref", holder("設置者"), verb, told) == "○manager"
        for other in (holder(MANAGER), holder(OPERATOR), holder("システム管理者", org=HOME)):
            assert answer("pref", other, verb, told) == "×manager"
    told = {"post": "設置者", "by_position": True}
    for verb in ("person.register", "person.rekey", "post.appoint", "post.dismiss"):
        assert answer("pref", holder("システム管理者", org=HOME), verb, told) == "○既定"
        for post in ("設置者", MANAGER, OPERATOR):
            assert answer("pref", holder(post), verb, told) == "×既定"
