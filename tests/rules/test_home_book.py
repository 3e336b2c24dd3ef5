"""The rulebook for homes is whole: its folder, its parameters, its text, and who may do what."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from hokanko.rules.actor import HOME
from hokanko.rules.book import load
from hokanko.rules.check import problems
from hokanko.rules.text import blanks, clauses_named, markdown, paragraphs
from hokanko.rules.verbs import VERBS
from tests.rules.matrix import ELSEWHERE, adopt, answer, answers, holder, program, read

CLAUSES = Path(__file__).parents[2].parent / "shared" / "clauses.toml"
INSTALLER = "設置者"
OPEN = object()  # a blank without an offer
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
DEFAULT = {
    "complaint.due_days": 7,
    "subject.due_days": 14,
    "training.topics": (),
    "rules.acknowledge": False,
    "map.required": False,
    "oath.required": "no",
    "oath.survives_post": True,
    "view.others.route": "none",
    "view.attendant": "none",
    "view.terminal_bound": False,
    "retention.over_bound_reason": True,
    "retention.reason": "短期間である",
    "retention.tolerance_days": 0,
    "retention.clock_start": "captured",
    "retention.count_first_day": False,
    "retention.extension.allowed": False,
    "retention.automatic": True,
    "erase.manual": True,
    "erase.early.decider": (INSTALLER,),
    "erase.early.conditions": ("設置者が不必要な映像と認めたとき",),
    "disposal.min_persons": 1,
    "disposal.must_include": (),
    "amend.quiet_days": 7,
    "record.keep_years": 5,
    "derivative.copy": "provision-only",
    "derivative.clip": True,
    "derivative.still": True,
    "provision.form": "simple",
    "provision.identity_check": True,
    "provision.record_viewing": True,
    "provision.recipient_undertaking": False,
    "inspection.daily": True,
    "inspection.months": 1,
    "antivirus.check": True,
    "log.access": True,
    "incident.kinds": (
        "映像の漏えい、滅失又は改ざん",
        "機器又は記録媒体の紛失又は盗難",
        "機器の重大な障害",
    ),
    "incident.chain": (INSTALLER,),
    "capture.audio": False,
    "face.enabled": False,
    "face.notice": False,
}
DOES_NOT_ARISE = {
    "doc.effective_from",
    "doc.valid_until",
    "doc.source_keep_until",
    "project.months",
    "project.start",
    "camera.count",
    "posts.combine",
    "posts.appointer",
    "accounts.registrar",
    "training.required_for",
    "view.others.approver",
    "retention.extension.posts",
    "storage.pc_wire",
    "entry.permission_list",
    "provision.entered_by",
    "night_duty.hours",
    "night_duty.holidays",
    "night_duty.substitute",
    "night_duty.report",
    "publicity.before_start",
    "publicity.items",
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

# 家族: registered in the household, without a post · 装置: the program by itself · 隣家: the
# installer of another household. Purposes and papers are in order.
TABLE = """
                        設置者         家族           システム管理者 装置           隣家
home.found              ×既定          ×既定          ×既定          ×既定          ×既定
org.add                 ×既定          ×既定          ○既定          ×既定          ×既定
rulebook.adopt          ○1.1           ×1.1           ○1.1           ×1.1           ×既定
rulebook.draft          ○1.1           ×1.1           ○1.1           ×1.1           ×既定
rulebook.sign           ○1.1           ×1.1           ×1.1           ×1.1           ×既定
person.register         ○既定          ×既定          ×既定          ×既定          ×既定
person.rekey            ○既定          ×既定          ×既定          ×既定          ×既定
person.list             ○既定          ×既定          ○既定          ×既定          ×既定
person.retire           ○既定          ×既定          ×既定          ×既定          ×既定
person.swear            ○既定          ×既定          ×既定          ×既定          ×既定
person.train            ○既定          ×既定          ×既定          ×既定          ×既定
post.appoint            ×既定          ×既定          ×既定          ×既定          ×既定
post.dismiss            ×既定          ×既定          ×既定          ×既定          ×既定
card.issue              ×既定          ×既定          ×既定          ×既定          ×既定
terminal.prepare        ○既定          ×既定          ×既定          ×既定          ×既定
terminal.enrol          ○既定          ○既定          ○既定          ○既定          ×既定
terminal.list           ○既定          ×既定          ○既定          ×既定          ×既定
terminal.retire         ○既定          ×既定          ×既定          ×既定          ×既定
camera.list             ○2.4           ×2.4           ×2.4           ×2.4           ×既定
camera.register         ○2.2-place     ×2.2-place     ×2.2-place     ×2.2-place     ×既定
camera.issue            ○2.4           ×2.4           ×2.4           ×2.4           ×既定
site.open               ○2.2-place     ×2.2-place     ×2.2-place     ×2.2-place     ×既定
site.map                ○2.2-place     ×2.2-place     ×2.2-place     ×2.2-place     ×既定
site.entrances          ○2.2-place     ×2.2-place     ×2.2-place     ×2.2-place     ×既定
sign.post               ○2.3           ×2.3           ×2.3           ×2.3           ×既定
sign.remove             ○2.3           ×2.3           ×2.3           ×2.3           ×既定
camera.site             ○2.2-place     ×2.2-place     ×2.2-place     ×2.2-place     ×既定
camera.frame            ○2.2-range     ×2.2-range     ×2.2-range     ×2.2-range     ×既定
camera.confirm          ○2.2-range     ×2.2-range     ×2.2-range     ×2.2-range     ×既定
camera.activate         ○2.2           ×2.2           ×2.2           ×2.2           ×既定
camera.end              ○既定          ×既定          ×既定          ×既定          ×既定
camera.remove           ○既定          ×既定          ×既定          ×既定          ×既定
intake.take_in          ○2.4           ×2.4           ×2.4           ○2.4           ×既定
intake.file             ○2.4           ×2.4           ×2.4           ○2.4           ×既定
intake.examine          ×既定          ×既定          ×既定          ○既定          ×既定
intake.release          ○2.5           ×2.5           ×2.5           ○2.5           ×既定
intake.give_up          ○2.4           ×2.4           ×2.4           ○2.4           ×既定
intake.settle           ○2.4           ×2.4           ×2.4           ×2.4           ×既定
footage.list            ○2.4           ×2.4           ×2.4           ○2.4           ×既定
viewing.ask             ○2.6           ×2.6           ×2.6           ×2.6           ×既定
viewing.decide          ×2.6           ×2.6           ×2.6           ×2.6           ×既定
viewing.attend          ×2.6           ×2.6           ×2.6           ×2.6           ×既定
viewing.open            ○2.6           ×2.6           ×2.6           ×2.6           ×既定
viewing.close           ×既定          ×既定          ×既定          ○既定          ×既定
provision.ask           ○2.6           ×2.6           ×2.6           ×2.6           ×既定
provision.decide        ○2.6           ×2.6           ×2.6           ×2.6           ×既定
provision.consent       ×2.6           ×2.6           ×2.6           ×2.6           ×既定
provision.enter         ○2.6           ×2.6           ×2.6           ×2.6           ×既定
provision.hand_over     ○2.6           ×2.6           ×2.6           ×2.6           ×既定
provision.report        ×既定          ×既定          ×既定          ×既定          ×既定
provision.acknowledge   ×既定          ×既定          ×既定          ×既定          ×既定
derive.edit             ×2.5-b-process ×2.5-b-process ×2.5-b-process ×2.5-b-process ×既定
retention.extend        ×既定          ×既定          ×既定          ×既定          ×既定
retention.erase_by_hand ○既定          ×既定          ×既定          ×既定          ×既定
retention.expire        ×2.5-d         ×2.5-d         ×2.5-d         ○2.5-d         ×既定
retention.redate        ×既定            ×既定            ×既定            ○既定            ×既定
erasure.ask             ×既定          ×既定          ×既定          ×既定          ×既定
erasure.decide          ×既定          ×既定          ×既定          ×既定          ×既定
ledger.read             ○既定          ×既定          ○既定          ○既定          ×既定
clock.move              ○既定          ○既定          ○既定          ○既定          ×既定
clock.confirm           ○既定          ×既定          ×既定          ×既定          ×既定
clock.correct           ○既定          ×既定          ×既定          ×既定          ×既定
backup.make             ×既定          ×既定          ○既定          ×既定          ×既定
backup.restore          ×既定          ×既定          ○既定          ×既定          ×既定
fsck.mend               ×既定          ×既定          ○既定          ○既定          ×既定
post.succeed           ×既定             ×既定             ○既定             ×既定             ×既定
person.remind          ○既定             ×既定             ×既定             ×既定             ×既定
person.review          ○既定             ×既定             ×既定             ×既定             ×既定
rulebook.acknowledge   ○既定             ○既定             ×既定             ×既定             ×既定
contractor.list        ○既定             ×既定             ×既定             ×既定             ×既定
contractor.register    ○既定             ×既定             ×既定             ×既定             ×既定
contractor.end         ○既定             ×既定             ×既定             ×既定             ×既定
contractor.document    ○既定             ×既定             ×既定             ×既定             ×既定
contractor.engage      ○既定             ×既定             ×既定             ×既定             ×既定
contractor.order       ○既定             ×既定             ×既定             ×既定             ×既定
board.read              ○既定          ×既定          ○既定          ○既定          ×既定
evidence.read           ○既定          ×既定          ×既定          ×既定          ×既定
evidence.enter          ○既定          ×既定          ×既定          ×既定          ×既定
evidence.withdraw       ○既定          ×既定          ×既定          ×既定          ×既定
case.list               ○既定         ×既定         ×既定         ×既定         ×既定
case.open               ○2.7          ○既定         ○既定         ×2.7          ×既定
case.step               ○2.7          ×2.7          ×2.7          ×2.7          ×既定
case.confirm            ○2.7          ×2.7          ×2.7          ×2.7          ×既定
case.link               ○2.7          ×2.7          ×2.7          ×2.7          ×既定
case.close              ○2.7          ×2.7          ×2.7          ×2.7          ×既定
notice.consult          ○既定         ×既定         ×既定         ×既定         ×既定
notice.publish          ○既定         ×既定         ×既定         ×既定         ×既定
notice.withdraw         ○既定         ×既定         ×既定         ×既定         ×既定
"""


def test_the_folder_has_no_mistake() -> None:
    assert [str(problem) for problem in problems("home", VERBS)] == []


def test_every_clause_of_the_seed_is_in_the_book() -> None:
    if not CLAUSES.exists():
        pytest.skip("the clauses of the seed lie in ../shared: not compared with the book")
    rows = tomllib.loads(CLAUSES.read_text("utf-8"))["clause"]
    wanted = {
        row["id"]: tuple(row[k] for k in ("article", "who", "kind", "carried", "text_ja"))
        for row in rows
        if row["id"].startswith("home-")
    }
    found = {c.id: (c.article, c.who, c.kind, c.carried, c.ja) for c in load("home").clauses}
    assert found == wanted


def test_there_are_thirty_clauses_and_each_evidenced_one_says_what_who_and_when() -> None:
    clauses = load("home").clauses
    assert len(clauses) == 30
    evidenced = [row for row in clauses if row.carried == "evidenced"]
    assert len(evidenced) == 9
    for row in evidenced:
        assert row.evidence is not None
        assert row.evidence.owners == (INSTALLER,)
        assert (row.evidence.every_days is None) == bool(
            row.evidence.due or row.evidence.every_months_of
        )


@pytest.mark.parametrize(
    ("status", "wanted"), [("fixed", FIXED), ("blank", BLANK), ("default", DEFAULT)]
)
def test_every_parameter_has_its_value_and_says_who_decides_it(
    status: str, wanted: dict[str, object]
) -> None:
    rows = [p for p in load("home").parameters if p.status == status and p.applies]
    assert {p.name: OPEN if p.value is None else p.value for p in rows} == wanted
    assert not [p.name for p in rows if (status == "default") == bool(p.clauses)]


def test_what_the_document_does_not_know_does_not_apply() -> None:
    book = load("home")
    assert {p.name for p in book.parameters if not p.applies} == DOES_NOT_ARISE
    assert not [p.name for p in book.parameters if not p.applies and p.value]


def test_the_parameters_are_those_of_the_other_rulebooks() -> None:
    ours = {p.name: p.type for p in load("home").parameters}
    theirs = {p.name: p.type for p in load("police").parameters}
    assert {n for n in ours if ours[n] != theirs.get(n, ours[n])} == set()
    assert theirs.keys() - ours.keys() == {"org.hq", "org.kind", "erase.early.decider_limb1"}


def test_the_document_asks_and_bears_no_date() -> None:
    book = load("home")
    assert (book.force, book.effective_from, book.valid_until) == ("request", None, None)


def test_fourteen_days_are_the_citys_reference_and_more_needs_a_reason() -> None:
    days = load("home").parameter("retention.days")
    assert (days.status, days.value, days.reason_above) == ("blank", 14, 14)
    assert days.clauses == ("home-2.5-a", "home-2.5-a-ref")
    assert "市の街頭の防犯カメラは原則14日間" in days.ja


def test_one_person_holds_every_power_that_the_document_gives() -> None:
    posts = load("home").posts
    assert [row.id for row in posts if row.clauses] == [INSTALLER]
    assert {row.id for row in posts if not row.clauses} == {"システム管理者", "管理用パソコン"}


def test_one_purpose_three_cases_beyond_it_and_consent_is_none_of_them() -> None:
    book = load("home")
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
    fields = [f for f in load("home").form_fields if f.clause == "home-2.6-record" and f.required]
    assert [f.id for f in fields] == ["date", "recipient", "content", "file_numbers"]


def test_the_text_prints_every_clause_in_the_seeds_order() -> None:
    book = load("home")
    printed = markdown(book, {})
    assert {row.id for row in book.clauses} <= clauses_named(printed)
    headings = [line.lstrip("# ") for line in printed.splitlines() if line.startswith("##")]
    assert headings == [
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
    ]


def test_the_text_prints_what_is_enforced() -> None:
    printed = markdown(load("home"), FILLED | {"retention.days": 10})
    assert "{{" not in printed
    assert "「　　　」" not in printed
    for words in (
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
    ):
        assert words in printed
    assert blanks(load("home"), FILLED) == ()


def test_a_draft_shows_its_blanks() -> None:
    unfilled = {name for name, value in BLANK.items() if value in (OPEN, ())}
    assert set(blanks(load("home"), {})) == unfilled


def test_each_paragraph_knows_its_clauses() -> None:
    held = [row for row in paragraphs(load("home"), FILLED) if "home-2.5-b" in row.clauses]
    assert [row.clauses for row in held] == [("home-2.5-b", "home-2.5-b-process")]


@pytest.mark.usefixtures("fresh_home", "db")
def test_every_post_against_every_verb() -> None:
    adopt("home", FILLED)
    columns = {
        INSTALLER: holder(INSTALLER, sworn=False, trained=False),
        "家族": holder(),
        "システム管理者": holder("システム管理者", org=HOME),
        "装置": program(),
        "隣家": holder(INSTALLER, org=ELSEWHERE),
    }
    assert answers("home", columns, {"purposes": ["防犯"]}) == read(TABLE)


@pytest.mark.usefixtures("fresh_home", "db")
def test_the_installer_is_entered_by_the_technician_alone() -> None:
    adopt("home", FILLED)
    told = {"post": INSTALLER, "by_position": True}
    for verb in ("person.register", "person.rekey", "post.appoint", "post.dismiss"):
        assert answer("home", holder("システム管理者", org=HOME), verb, told) == "○既定"
        assert answer("home", holder(INSTALLER), verb, told) == "×既定"


@pytest.mark.usefixtures("fresh_home", "db")
def test_the_installer_who_is_also_the_technician_has_both_powers() -> None:
    adopt("home", FILLED)
    both = holder(INSTALLER, "システム管理者")
    assert answer("home", both, "viewing.open", {"purposes": ["防犯"]}) == "○2.6"
    assert answer("home", both, "backup.make") == "○既定"
