"""Every verb of the product: what it is asked about, and what the law is told with it.

The Cedar schema is made from this table, so a policy cannot name a verb, or look at a context
field, that does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb, with its words for people. Context types are Cedar's: Bool, String, Set<String>."""

    name: str
    thing: str
    ja: str
    en: str
    context: dict[str, str] = field(default_factory=dict)


def _verbs(*verbs: Verb) -> dict[str, Verb]:
    return {verb.name: verb for verb in verbs}


PURPOSE = {"purposes": "Set<String>", "unknown_purpose": "Bool", "note_missing": "Bool"}

VERBS = _verbs(
    Verb("home.found", "Org", "保管庫を設置する", "found a home", {"empty": "Bool"}),
    Verb("org.add", "Org", "所属を登録する", "add an organisation"),
    Verb("rulebook.adopt", "Org", "規程を採択する", "adopt a rulebook"),
    Verb(
        "person.register", "Org", "認証情報を登録する", "register a person", {"by_position": "Bool"}
    ),
    Verb(
        "person.rekey",
        "Person",
        "合言葉を変える",
        "change a password",
        {"by_position": "Bool", "own": "Bool"},
    ),
    Verb("person.list", "Org", "人と役職の一覧を見る", "see who holds which post"),
    Verb("person.retire", "Person", "認証情報を抹消する", "retire a person"),
    Verb("person.swear", "Person", "誓約を受ける", "take an oath"),
    Verb("person.train", "Person", "教養を記録する", "record training"),
    Verb(
        "post.appoint",
        "Org",
        "役職に指定する",
        "appoint to a post",
        {"post": "String", "by_position": "Bool"},
    ),
    Verb(
        "post.dismiss",
        "Org",
        "役職を解く",
        "dismiss from a post",
        {"post": "String", "by_position": "Bool"},
    ),
    Verb("card.issue", "Person", "二次元コードを付与する", "issue a 2D-code card"),
    Verb(
        "terminal.prepare",
        "Org",
        "管理用パソコンを登録する",
        "enrol a management PC",
        {"place_allowed": "Bool", "wire": "Bool"},
    ),
    Verb(
        "terminal.enrol",
        "Terminal",
        "この端末を管理用パソコンにする",
        "make this the management PC",
        {"code_valid": "Bool"},
    ),
    Verb("terminal.list", "Org", "端末の一覧を見る", "see the terminals"),
    Verb("terminal.retire", "Terminal", "端末の登録を抹消する", "retire a terminal"),
    Verb("camera.list", "Org", "カメラ台帳を見る", "see the camera rack"),
    Verb("camera.register", "Org", "カメラを登録する", "register a camera"),
    Verb(
        "camera.issue",
        "Camera",
        "カメラを持ち出す",
        "check out a camera",
        {"holder_trained": "Bool"},
    ),
    Verb(
        "intake.take_in",
        "Org",
        "映像を取り込む",
        "take footage in",
        {"known_camera": "Bool", "class_too_high": "Bool"},
    ),
    Verb("intake.file", "Org", "映像ファイルを作成する", "file footage"),
    Verb("intake.examine", "Footage", "映像の中を確かめる", "look inside footage"),
    Verb(
        "intake.release",
        "Footage",
        "カメラ側の写しを放す",
        "release the camera's copy",
        {"verified": "Bool"},
    ),
    Verb("intake.give_up", "Org", "中断した取込みを片付ける", "clear a broken transfer"),
    Verb("intake.settle", "Footage", "撮影情報を確定する", "settle capture facts"),
    Verb("footage.list", "Org", "映像ファイルの一覧を見る", "list footage"),
    Verb("viewing.ask", "Footage", "閲覧を申し出る", "ask to view", dict(PURPOSE)),
    Verb("viewing.decide", "Footage", "閲覧を承認する", "approve a viewing"),
    Verb(
        "viewing.attend",
        "Footage",
        "閲覧に立ち会う",
        "attend a viewing",
        {"himself": "Bool", "designated": "Bool"},
    ),
    Verb(
        "viewing.open",
        "Footage",
        "閲覧する",
        "view",
        {**PURPOSE, "seat_enrolled": "Bool", "approved": "Bool", "attended": "Bool"},
    ),
    Verb("viewing.close", "Footage", "閲覧を終える", "close a viewing", {"own": "Bool"}),
    Verb(
        "provision.ask",
        "Org",
        "映像ファイル提供依頼書を提出する",
        "submit a release request",
        {
            **PURPOSE,
            "nothing_wanted": "Bool",
            "empty_fields": "Set<String>",
            "times_reversed": "Bool",
        },
    ),
    Verb(
        "provision.decide",
        "Provision",
        "提供を決める",
        "decide a provision",
        {
            "night": "Bool",
            "ground_missing": "Bool",
            "ground_text_missing": "Bool",
            "granting": "Bool",
        },
    ),
    Verb("provision.enter", "Provision", "依頼内容を入力する", "enter a request", {"own": "Bool"}),
    Verb(
        "provision.hand_over",
        "Provision",
        "提供する",
        "hand over",
        {"decided": "Bool", "entered": "Bool", "to_requester": "Bool", "outside_wants": "Bool"},
    ),
    Verb("provision.report", "Provision", "当直中の提供を報告する", "report a night provision"),
    Verb("provision.acknowledge", "Provision", "報告を受ける", "acknowledge the report"),
    Verb("derive.edit", "Footage", "映像を編集する", "edit footage"),
    Verb("retention.extend", "Footage", "保存期間を延ばす", "extend retention"),
    Verb("retention.erase_by_hand", "Footage", "映像を消去する", "erase footage by hand"),
    Verb(
        "retention.expire", "Org", "保存期間満了により消去する", "erase at expiry", {"over": "Bool"}
    ),
    Verb(
        "erasure.ask",
        "Footage",
        "消去を申請する",
        "ask for exceptional erasure",
        {"limb": "String", "departed": "Bool", "asked_by_subject": "Bool", "circumstances": "Bool"},
    ),
    Verb("erasure.decide", "Footage", "消去を認める", "decide an exceptional erasure"),
    Verb("ledger.read", "Org", "台帳を読む", "read the ledger"),
    Verb(
        "clock.move",
        "Org",
        "練習用の時計を進める",
        "move the rehearsal clock",
        {"rehearsal": "Bool"},
    ),
    Verb("clock.confirm", "Org", "時計が正しいことを確かめる", "confirm the clock"),
    Verb("clock.correct", "Org", "台帳の日時の誤りを正す", "set wrong dates of the ledger right"),
    Verb("backup.make", "Org", "控えを取る", "make a backup"),
    Verb("backup.restore", "Org", "控えから戻す", "restore a backup"),
    Verb("fsck.mend", "Org", "不一致を直す", "mend inconsistencies"),
)
