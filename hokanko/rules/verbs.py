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


PURPOSE = {
    "purposes": "Set<String>",
    "unknown_purpose": "Bool",
    "note_missing": "Bool",
    "foreign_purpose": "Bool",
    "consent_lacking": "String",  # as footage.consents has it
}

# Context fields that say yes when all is as it should be; every other one names something amiss.
IN_ORDER = frozenset(
    {
        "place_allowed",
        "wire",
        "photo",
        "code_valid",
        "holder_trained",
        "enacted",
        "valid",
        "announced",
        "consulted",
        "known_camera",
        "verified",
        "over",
        "seat_enrolled",
        "decided",
        "entered",
        "to_requester",
        "identity_checked",
        "granting",
        "rehearsal",
        "departed",
        "asked_by_subject",
        "circumstances",
        "segment",
        "identified",
        "needs_stated",
        "seconded",
        "confirmed",
    }
)

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
    Verb(
        "factor.set",
        "Person",
        "二段階認証を設定する",
        "set up a second factor",
        {"own": "Bool"},
    ),
    Verb(
        "factor.clear",
        "Person",
        "二段階認証を外す",
        "take a second factor off",
        {"by_position": "Bool", "own": "Bool"},
    ),
    Verb("remote.open", "Org", "外からの利用を認める", "turn remote access on"),
    Verb("remote.close", "Org", "外からの利用をやめる", "turn remote access off"),
    Verb("person.list", "Org", "人と役職の一覧を見る", "see who holds which post"),
    Verb("person.retire", "Person", "認証情報を抹消する", "retire a person"),
    Verb("person.swear", "Person", "誓約を受ける", "take an oath"),
    Verb("person.train", "Person", "教養を記録する", "record training", {"himself": "Bool"}),
    Verb(
        "post.appoint",
        "Org",
        "役職に指定する",
        "appoint to a post",
        {"post": "String", "by_position": "Bool", "kept_apart": "Bool"},
    ),
    Verb(
        "post.dismiss",
        "Org",
        "役職を解く",
        "dismiss from a post",
        {"post": "String", "by_position": "Bool"},
    ),
    Verb("card.issue", "Person", "二次元コードを付与する", "issue a 2D-code card"),
    Verb("card.revoke", "Person", "二次元コードを無効にする", "revoke a 2D-code card"),
    Verb(
        "terminal.prepare",
        "Org",
        "管理用パソコンを登録する",
        "enrol a management PC",
        {"place_allowed": "Bool", "wire": "Bool", "photo": "Bool"},
    ),
    Verb(
        "terminal.enrol",
        "Terminal",
        "この端末を管理用パソコンにする",
        "make this the management PC",
        {"code_valid": "Bool"},
    ),
    Verb(
        "terminal.move",
        "Terminal",
        "管理用パソコンを移す",
        "move a management PC",
        {"place_allowed": "Bool", "wire": "Bool", "photo": "Bool"},
    ),
    Verb("terminal.list", "Org", "端末の一覧を見る", "see the terminals"),
    Verb("terminal.retire", "Terminal", "端末の登録を抹消する", "retire a terminal"),
    Verb("camera.list", "Org", "カメラ台帳を見る", "see the camera rack"),
    Verb(
        "camera.register",
        "Org",
        "カメラを登録する",
        "register a camera",
        {"outside_premises": "Bool", "display_only": "Bool"},
    ),
    Verb(
        "camera.issue",
        "Camera",
        "カメラを持ち出す",
        "check out a camera",
        {
            "holder_trained": "Bool",
            "enacted": "Bool",
            "valid": "Bool",
            "announced": "Bool",
            "ended": "Bool",  # the project, at its own last day
            "position_barred": "Bool",
            "unticked": "Set<String>",  # as checkout.TICKS has them
        },
    ),
    # worn cameras: from the check-out back to the charger
    Verb("camera.return", "Camera", "カメラを返却する", "bring a camera back"),
    Verb("camera.pull", "Camera", "充電器から外れたことを記す", "note a camera off the charger"),
    Verb("camera.lose", "Camera", "カメラの紛失を届ける", "report a camera lost", {"own": "Bool"}),
    Verb("camera.find", "Camera", "見つかったカメラを戻す", "enter a lost camera as found"),
    Verb("camera.repair", "Camera", "カメラの修理を記録する", "record a camera's repair"),
    Verb(
        "camera.profile",
        "Camera",
        "カメラを設定する",
        "set up a camera",
        {"off": "Set<String>", "seat_enrolled": "Bool"},  # off: "sign", "lamp", "lock"
    ),
    Verb(
        "camera.count",
        "Org",
        "カメラの員数を確かめる",
        "close the count of cameras at a shift's end",
        {"normal": "Bool", "unaccounted": "Bool"},
    ),
    Verb("site.open", "Org", "設置場所を登録する", "enter a site"),
    Verb("site.map", "Org", "配置図の下図を入れる", "put a base map under the placement map"),
    Verb("site.entrances", "Org", "出入口を定める", "state the entrances of a site"),
    Verb(
        "site.close",
        "Org",
        "設置場所を廃止する",
        "close a site",
        {"left": "Set<String>"},  # "camera", "sign": what has not been taken down
    ),
    Verb("sign.plan", "Org", "表示板の掲示を予定する", "plan a sign"),
    Verb("sign.move", "Org", "表示板を移す", "move a sign"),
    Verb("sign.post", "Org", "表示板の掲示を記録する", "record a posted sign"),
    Verb("sign.remove", "Org", "表示板の撤去を記録する", "record a sign's removal"),
    Verb(
        "camera.purpose",
        "Camera",
        "カメラの設置目的を定める",
        "decide the purpose of a camera",
        {"commercial": "Bool"},
    ),
    Verb(
        "camera.site",
        "Camera",
        "カメラの設置場所と向きを定める",
        "decide where a camera stands and looks",
        {
            "outside_premises": "Bool",
            "display_only": "Bool",
            "closed_place": "Bool",  # not open to the public, and no note says why it is here
            "settings": "Bool",  # its lens, line or password, and not only its place
        },
    ),
    Verb("camera.frame", "Camera", "撮影範囲の確認画像を入れる", "file a sample frame"),
    Verb("camera.confirm", "Camera", "撮影範囲を確認する", "confirm the field of view"),
    Verb(
        "camera.activate",
        "Camera",
        "カメラの運用を始める",
        "put a camera into operation",
        {"lacks": "Set<String>"},  # names of hokanko.cameras.ready
    ),
    Verb("camera.end", "Camera", "カメラの運用を終える", "end a camera's operation"),
    Verb("camera.remove", "Camera", "カメラの撤去を記録する", "record a camera's removal"),
    Verb(
        "camera.account",
        "Camera",
        "録画のない時間の理由を記す",
        "account for time without a recording",
    ),
    Verb("camera.examine", "Camera", "カメラの守りを点検する", "try how well a camera is locked"),
    Verb("camera.reboot", "Camera", "カメラを再起動する", "have a camera start anew"),
    Verb("camera.plan_off", "Camera", "カメラの計画停止を届ける", "plan a camera's time off"),
    Verb(
        "intake.take_in",
        "Org",
        "映像を取り込む",
        "take footage in",
        {"known_camera": "Bool", "class_too_high": "Bool", "after_end": "Bool"},
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
    Verb(
        "intake.silence",
        "Org",
        "カメラが録画しているかどうかを記す",
        "note whether cameras record",
    ),
    Verb("intake.watch", "Org", "途絶を知らせる先を定める", "decide who is told of silences"),
    Verb("import.begin", "Org", "持込みを始める", "begin an import"),
    Verb(
        "import.state",
        "Org",
        "持込みの時計とカメラを述べ直す",
        "state an import's clock and cameras again",
    ),
    Verb(
        "import.leave_out",
        "Org",
        "持ち込んだファイルを取り込まずにおく",
        "leave a file of an import out",
    ),
    Verb("import.end", "Org", "持込みを終える", "end an import"),
    Verb("intake.settle", "Footage", "撮影情報を確定する", "settle capture facts"),
    Verb("footage.list", "Org", "映像ファイルの一覧を見る", "list footage"),
    Verb("viewing.ask", "Footage", "閲覧を申し出る", "ask to view", dict(PURPOSE)),
    Verb("viewing.decide", "Footage", "閲覧を承認する", "approve a viewing"),
    Verb(
        "viewing.send_back",
        "Footage",
        "閲覧の申出を差し戻して尋ねる",
        "send a request for viewing back with a question",
        {"question_missing": "Bool"},
    ),
    Verb(
        "viewing.resubmit",
        "Footage",
        "答えて閲覧の申出を出し直す",
        "answer and resubmit a request for viewing",
        {"own": "Bool", "answer_missing": "Bool"},
    ),
    Verb(
        "viewing.withdraw",
        "Footage",
        "閲覧の申出を取り下げる",
        "withdraw a request for viewing",
        {"own": "Bool", "reason_missing": "Bool"},
    ),
    Verb(
        "viewing.attend",
        "Footage",
        "閲覧に立ち会う",
        "attend a viewing",
        {"himself": "Bool", "designated": "Bool", "attending": "Bool"},
    ),
    Verb(
        "viewing.open",
        "Footage",
        "閲覧する",
        "view",
        {
            **PURPOSE,
            "seat_enrolled": "Bool",
            "approved": "Bool",
            "attended": "Bool",
            "damaged": "Bool",
        },
    ),
    Verb("viewing.close", "Footage", "閲覧を終える", "close a viewing", {"own": "Bool"}),
    Verb(
        "live.watch", "Camera", "今の映像を見る", "watch a camera live", {"seat_enrolled": "Bool"}
    ),
    Verb(
        "live.end", "Camera", "今の映像を見終える", "stop watching a camera live", {"own": "Bool"}
    ),
    Verb(
        "provision.ask",
        "Org",
        "提供を求める（依頼書を出す）",
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
            "return_day_missing": "Bool",
            "granting": "Bool",
            "ground": "String",
            "necessity_missing": "Bool",
            "consent": "String",  # "" | none | some | all | late | refused | withdrawn
            "others_unanswered": "Bool",
            "body_kind": "String",  # "" | investigative | public | subject | other
            "matter": "String",  # "" | crime | accident
        },
    ),
    Verb(
        "provision.ask_for",
        "Org",
        "依頼書を代わって入力する",
        "enter a request for a colleague",
        {"paper_missing": "Bool"},
    ),
    Verb(
        "provision.send_back",
        "Provision",
        "依頼を差し戻して尋ねる",
        "send a request back with a question",
        {"night": "Bool", "question_missing": "Bool"},
    ),
    Verb(
        "provision.resubmit",
        "Provision",
        "答えて出し直す",
        "answer and resubmit a request",
        {
            "own": "Bool",
            "taken_down": "Bool",  # by this person, for somebody else
            "spoken": "Bool",  # by telephone, and no written form is attached
            "answer_missing": "Bool",
        },
    ),
    Verb(
        "provision.withdraw",
        "Provision",
        "依頼を取り下げる",
        "withdraw a request",
        {"own": "Bool", "taken_down": "Bool", "reason_missing": "Bool"},
    ),
    Verb(
        "provision.consent",
        "Provision",
        "写っている人の同意・不同意を記録する",
        "record the consent of a person filmed",
        {"day_ahead": "Bool"},
    ),
    Verb(
        "consent.record",
        "Org",
        "本人の同意を記録する",
        "record a person's consent",
        {"day_ahead": "Bool"},
    ),
    Verb("consent.withdraw", "Org", "同意の撤回を記録する", "record that a consent is withdrawn"),
    Verb(
        "provision.enter",
        "Provision",
        "依頼内容を入力する",
        "enter a request",
        {
            "own": "Bool",
            "foreign_purpose": "Bool",
            "consent_lacking": "String",
            "breadth_unreasoned": "Bool",
        },
    ),
    Verb(
        "provision.hand_over",
        "Provision",
        "提供する",
        "hand over",
        {
            "decided": "Bool",
            "entered": "Bool",
            "to_requester": "Bool",
            "outside_wants": "Bool",
            "identity_checked": "Bool",
            "undertaking_missing": "Bool",
            "consent_lacking": "String",
        },
    ),
    Verb("provision.paper", "Provision", "提供の書面をそろえる", "file the paper of a provision"),
    Verb("provision.report", "Provision", "当直中の提供を報告する", "report a night provision"),
    Verb("provision.acknowledge", "Provision", "報告を受ける", "acknowledge the report"),
    Verb(
        "provision.end_medium",
        "Provision",
        "渡した媒体・画像の返却・廃棄を記録する",
        "record the return or destruction of what was handed out",
    ),
    Verb(
        "derive.edit",
        "Footage",
        "映像を編集する",
        "edit footage",
        {"reason_missing": "Bool"},
    ),
    Verb(
        "derive.clip",
        "Footage",
        "求められた部分を切り出す",
        "clip the part asked for",
        {"reason_missing": "Bool"},
    ),
    Verb(
        "retention.extend",
        "Footage",
        "保存期間を延ばす",
        "extend retention",
        {
            "range_missing": "Bool",
            "unfit_purpose": "Bool",
            "until_missing": "Bool",
            "reason_missing": "Bool",
        },
    ),
    Verb(
        "retention.erase_by_hand",
        "Footage",
        "映像を消去する",
        "erase footage by hand",
        {"reason_missing": "Bool"},
    ),
    Verb(
        "retention.expire", "Org", "保存期間満了により消去する", "erase at expiry", {"over": "Bool"}
    ),
    Verb(
        "erasure.ask",
        "Footage",
        "消去を申請する",
        "ask for exceptional erasure",
        {
            "limb": "String",
            "segment": "Bool",
            "departed": "Bool",
            "asked_by_subject": "Bool",
            "identified": "Bool",
            "circumstances": "Bool",
            "needs_stated": "Bool",
        },
    ),
    Verb(
        "erasure.second",
        "Footage",
        "消去の申請の内容を確かめる",
        "check a request for erasure",
        {"own": "Bool"},
    ),
    Verb(
        "erasure.decide",
        "Footage",
        "消去を認める",
        "decide an exceptional erasure",
        {
            "limb": "String",
            "granting": "Bool",
            "own": "Bool",
            "seconded": "Bool",
            "confirmed": "Bool",
            "reason_missing": "Bool",
        },
    ),
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
    Verb("backup.make", "Org", "控えを取る", "make a backup", {"unlisted": "Bool"}),
    Verb("backup.restore", "Org", "控えから戻す", "restore a backup"),
    Verb("fsck.mend", "Org", "不一致を直す", "mend inconsistencies"),
    # editions: drafting, signing, and what a new edition does to footage already held
    Verb("rulebook.draft", "Org", "規程の案を作る", "draft an edition"),
    Verb(
        "rulebook.sign",
        "Org",
        "規程の版に署名する",
        "sign an edition",
        {
            "same_person": "Bool",
            "open_blanks": "Set<String>",
            "unreasoned": "Set<String>",
            "kept_apart": "Set<String>",
            "unheld": "Set<String>",
            "purpose_missing": "Bool",
        },
    ),
    Verb("retention.redate", "Org", "新しい版により末日を改める", "redate held footage"),
    Verb("retention.prove", "Camera", "保存期間を確かめる", "check that retention is kept"),
    # people's paperwork: positions, leaving, review, reading the rules, contractors
    Verb("post.succeed", "Org", "職の交代に役職を従わせる", "let posts follow a position"),
    Verb("person.remind", "Person", "離任後の守秘を告げる", "remind of secrecy after the post"),
    Verb("person.review", "Org", "登録を点検する", "review the accounts"),
    Verb("rulebook.acknowledge", "Org", "規程を読んだと記す", "acknowledge the rules"),
    Verb("contractor.list", "Org", "委託先の一覧を見る", "see the contractors"),
    Verb("contractor.register", "Org", "委託先を登録する", "register a contractor"),
    Verb("contractor.end", "Org", "委託を終える", "end a contractor's engagement"),
    Verb("contractor.document", "Org", "委託先の書類を綴じる", "file a contractor's paper"),
    Verb(
        "contractor.engage",
        "Person",
        "委託先の者として登録する",
        "give a contractor's person access",
        {"papers_missing": "Bool"},
    ),
    Verb(
        "contractor.order",
        "Org",
        "委託先に作業を頼む",
        "call a contractor for work",
        {"papers_missing": "Bool"},
    ),
    Verb("case.list", "Org", "苦情・問い合わせの記録を見る", "see complaints and enquiries"),
    Verb("case.open", "Org", "苦情・問い合わせを受け付ける", "record a complaint or an enquiry"),
    Verb(
        "case.step",
        "Org",
        "苦情・問い合わせに対応する",
        "act on a complaint or an enquiry",
        {"answering": "Bool"},
    ),
    Verb("case.confirm", "Org", "開示しない決定を確かめる", "confirm a refusal to disclose"),
    Verb("case.link", "Org", "苦情などを映像に結び付ける", "link a case to footage"),
    Verb(
        "case.close",
        "Org",
        "苦情・問い合わせの対応を終える",
        "close a complaint or an enquiry",
        {
            "unanswered": "Bool",
            "unreported": "Bool",
            "unidentified": "Bool",
            "refusing": "Bool",
            "reason_missing": "Bool",
            "unconfirmed": "Bool",
            "measure_missing": "Bool",
        },
    ),
    Verb("incident.open", "Org", "事案を開く", "open an incident", {"fact": "String"}),
    Verb(
        "incident.report",
        "Org",
        "事案を即報する",
        "report an incident along the chain",
        {"onward": "Bool", "untold": "Bool"},
    ),
    Verb("incident.receive", "Org", "即報を受ける", "take the report of an incident"),
    Verb("doubt.list", "Org", "疑義と回答を見る", "see doubts and their answers"),
    Verb("doubt.raise", "Org", "条文への疑義を出す", "raise a doubt about a clause"),
    Verb(
        "doubt.consult",
        "Org",
        "疑義を報告し、協議の結果を記録する",
        "report a doubt and record what came of it",
        {"answering": "Bool", "untold": "Bool"},
    ),
    Verb("footage.check", "Footage", "保管した映像を照合する", "verify footage at rest"),
    Verb(
        "storage.declare",
        "Org",
        "保管場所のフォルダーを届け出る",
        "declare where a storage place lies",
        {"place_allowed": "Bool"},
    ),
    Verb("storage.withdraw", "Org", "保管場所の届出を取り下げる", "withdraw a storage place"),
    Verb("notice.consult", "Org", "広報の協議を記録する", "record a consultation on publicity"),
    Verb(
        "notice.publish",
        "Org",
        "お知らせのページを公表する",
        "publish a notice page",
        {"consulted": "Bool", "missing": "Set<String>"},
    ),
    Verb("notice.withdraw", "Org", "お知らせのページを取り下げる", "withdraw a notice page"),
    Verb("board.read", "Org", "遵守状況を見る", "read the clause board"),
    Verb("evidence.read", "Org", "簿冊を読む", "read the registers"),
    Verb(
        "evidence.enter",
        "Org",
        "証拠を簿冊に記す",
        "enter evidence",
        {
            "register": "String",
            "lacking": "Set<String>",
            "empty": "Set<String>",
            "keyless": "Bool",
            "unassigned": "Bool",  # nobody answers for the disposal of what was taken out
            "method_barred": "Bool",
            "still_held": "Bool",
            "unconfirmed": "Bool",
            "normal_unsaid": "Bool",
            "unprotected": "Bool",
            "signs_unseen": "Bool",  # an inspection that is passed without a sign
            "unregistered": "Bool",  # a site whose recorder is in no register
            "photo_missing": "Bool",
            "photoless": "Set<String>",  # clauses that ask for a photograph, and there is none
        },
    ),
    Verb(
        "evidence.attest",
        "Org",
        "廃棄を確かめる",
        "confirm a disposal",
        {
            "own": "Bool",
            "persons_missing": "Bool",  # even with this one
            "still_held": "Bool",
            "unconfirmed": "Bool",
        },
    ),
    Verb(
        "evidence.withdraw", "Org", "簿冊の記載を取り下げる", "withdraw an entry", {"own": "Bool"}
    ),
    # shifts: what a unit explains around its cameras
    Verb("shift.read", "Org", "勤務の記録を見る", "see shifts", {"own": "Bool"}),
    Verb(
        "shift.explain",
        "Org",
        "撮影していない時間を説明する",
        "explain time without footage",
        {
            "own": "Bool",
            "gap": "String",  # as footage.worn has it
            "ground": "String",  # of a pause
            "long": "Bool",
            "words_missing": "Bool",
        },
    ),
    Verb(
        "shift.mark", "Footage", "撮影した場所を記す", "mark where it was filmed", {"own": "Bool"}
    ),
    Verb(
        "shift.consent",
        "Footage",
        "施設の管理者の承諾を記録する",
        "record what the manager of premises said",
        {"own": "Bool", "outcome": "String"},
    ),
    Verb(
        "shift.close",
        "Org",
        "勤務を締める",
        "close a shift",
        {"out": "Bool", "unexplained": "Set<String>", "consent_missing": "Bool"},
    ),
    Verb("premises.read", "Org", "承諾を得た施設の一覧を見る", "see facilities that consent"),
    Verb("premises.enter", "Org", "常に承諾を得た施設を登録する", "enter a facility that consents"),
    Verb("premises.end", "Org", "施設の承諾の終わりを記録する", "end a facility's consent"),
    # headquarters: numbers of all units, reports on the project
    Verb(
        "statistics.read", "Org", "統計と事業の予定を見る", "see statistics and the project's days"
    ),
    Verb("report.draft", "Org", "事業の報告書の案を作る", "draft a report on the project"),
    Verb(
        "report.issue",
        "Org",
        "事業の報告書を発出する",
        "issue a report on the project",
        {"kind": "String"},
    ),
    Verb("notice.draft", "Org", "お知らせの案を残す", "keep a notice as a draft"),
)
