"""Every kind of line, and the facts it carries: the vocabulary of the audit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """What a line of this kind says, for a reader, and which facts it may carry."""

    ja: str
    en: str
    facts: frozenset[str]


def _kind(ja: str, en: str, facts: str = "") -> Kind:
    return Kind(ja, en, frozenset(facts.split()))


KINDS: dict[str, Kind] = {
    "home.made": _kind("保管庫を設置した", "home made", "rehearsal vkey"),
    "org.added": _kind("所属を登録した", "organisation added", "name kind parent"),
    "org.settled": _kind("五つの質問で家庭を設定した", "household set up", "cameras days"),
    "rulebook.adopted": _kind(
        "規程を採択した", "rulebook adopted", "book fingerprint values edition_number"
    ),
    "rulebook.drafted": _kind(
        "規程の案を作った", "edition drafted", "book fingerprint values edition_number"
    ),
    "rulebook.signed": _kind(
        "規程の版に署名した",
        "edition signed",
        "book fingerprint values edition_number since ends_earlier ends_later",
    ),
    "person.registered": _kind("認証情報を登録した", "person registered", "person"),
    "person.rekeyed": _kind("認証情報を変更した", "password changed", "person"),
    "person.retired": _kind("認証情報を抹消した", "person retired", "person"),
    "post.appointed": _kind("役職に指定した", "appointed to a post", "person post since until"),
    "post.dismissed": _kind("役職を解いた", "dismissed from a post", "person post"),
    "post.succeeded": _kind("職の交代に役職を従わせた", "posts followed a position", "posts on"),
    "oath.signed": _kind("誓約した", "oath signed", "person form article edition sha256"),
    "oath.reminded": _kind(
        "離任後の守秘を告げた", "reminded of secrecy on leaving", "person sha256"
    ),
    "training.held": _kind(
        "教養を実施した", "training held", "person topic content on valid_until quizzed"
    ),
    "person.reviewed": _kind("登録を点検した", "accounts reviewed", "count"),
    "rulebook.acknowledged": _kind(
        "規程を読んだと記した", "rules acknowledged", "person book fingerprint edition"
    ),
    "contractor.registered": _kind("委託先を登録した", "contractor registered", "since until"),
    "contractor.ended": _kind("委託を終えた", "contractor's engagement ended", "on"),
    "contractor.documented": _kind(
        "委託先の書類を綴じた", "contractor's paper filed", "kind on valid_until complies sha256"
    ),
    "contractor.engaged": _kind("委託先の者を登録した", "contractor's person engaged", "person"),
    "contractor.ordered": _kind("委託先に作業を頼んだ", "contractor called for work", "what"),
    "card.revoked": _kind("二次元コードを無効にした", "2D-code card revoked", "person"),
    "card.issued": _kind("二次元コードを付与した", "2D-code card issued", "person revoked"),
    "terminal.prepared": _kind(
        "端末の登録を用意した", "terminal prepared", "place wire charger file_sha256"
    ),
    "terminal.moved": _kind(
        "管理用パソコンを移した", "terminal moved", "place_before place wire charger file_sha256"
    ),
    "terminal.enrolled": _kind("管理用パソコンを登録した", "terminal enrolled", "place"),
    "terminal.retired": _kind("端末の登録を抹消した", "terminal retired", ""),
    "factor.set": _kind("二段階認証を設定した", "second factor set up", "person recovery_codes"),
    "factor.cleared": _kind("二段階認証を外した", "second factor taken off", "person own"),
    "remote.opened": _kind("外からの利用を認めた", "remote access turned on"),
    "remote.closed": _kind("外からの利用をやめた", "remote access turned off"),
    "login.done": _kind("ログインした", "logged in", "terminal second_factor"),
    "login.failed": _kind("ログインに失敗した", "login failed", "locked place_shut"),
    "login.ended_everywhere": _kind(
        "すべての端末からログアウトした", "logged out everywhere", "terminal"
    ),
    "camera.registered": _kind(
        "カメラを登録した", "camera registered", "number serial kind place_type sha256"
    ),
    "camera.locked": _kind("カメラのパスワードを登録した", "camera's password entered", "number"),
    "shift.explained": _kind(
        "撮影していない時間を説明した", "time without footage explained", "gap ground from to"
    ),
    "shift.closed": _kind("勤務を締めた", "shift closed", "gaps"),
    "footage.placed": _kind(
        "撮影した場所を記した", "place of filming marked", "class outside from to"
    ),
    "premises.asked": _kind(
        "施設の管理者の承諾を記録した",
        "word of a manager of premises recorded",
        "consent consent_asked standing",
    ),
    "premises.entered": _kind(
        "常に承諾を得た施設を登録した", "facility that consents entered", "since"
    ),
    "premises.ended": _kind("施設の承諾が終わった", "a facility's consent ended", ""),
    "camera.issued": _kind(
        "カメラを持ち出した", "camera checked out", "number holder position ticks return_by"
    ),
    "camera.returned": _kind(
        "カメラを返却した", "camera brought back", "number holder condition late bay"
    ),
    "camera.docked": _kind("カメラを充電器につないだ", "camera put on the charger", "number bay"),
    "camera.pulled": _kind("カメラが充電器から外れた", "camera off the charger", "number bay"),
    "camera.lost": _kind("カメラの紛失を届けた", "camera reported lost", "number holder"),
    "camera.found": _kind("カメラが見つかった", "lost camera found", "number"),
    "camera.sent_away": _kind("カメラを修理に出した", "camera sent to repair", "number"),
    "camera.mended": _kind("カメラが修理から戻った", "camera back from repair", "number"),
    "camera.profiled": _kind("カメラを設定した", "camera set up", "number sign lamp lock"),
    "camera.counted": _kind(
        "カメラの員数を確かめた",
        "cameras counted",
        "registered docked out repair lost unaccounted normal",
    ),
    "camera.accounted": _kind(
        "録画のない時間の理由を記した", "outage accounted for", "number from to reason"
    ),
    "camera.hour_stated": _kind(
        "1時間の録画を記した", "hour of recording stated", "from cameras seconds wanted short"
    ),
    "watcher.added": _kind("途絶を知らせる先を加えた", "watcher added", "means"),
    "watcher.dropped": _kind("途絶を知らせる先を外した", "watcher dropped", "means"),
    "watcher.told": _kind("途絶を知らせた", "watcher told", "means number over"),
    "camera.planned_off": _kind(
        "カメラの計画停止を届けた", "camera's time off planned", "number from to until reason"
    ),
    "camera.plan_dropped": _kind(
        "カメラの計画停止を取りやめた", "planned time off dropped", "number from to until reason"
    ),
    "site.opened": _kind("設置場所を登録した", "site entered", "name"),
    "site.mapped": _kind("配置図の下図を入れた", "base map put in", "name sheet sha256"),
    "site.sheet_added": _kind("図面を加えた", "sheet added", "name sheet"),
    "site.sheet_described": _kind(
        "図面の名前と縮尺を定めた", "sheet named and scaled", "name sheet metres_across"
    ),
    "site.sheet_dropped": _kind("図面をやめた", "sheet given up", "name sheet"),
    "site.described": _kind("出入口を定めた", "entrances stated", "name entrances"),
    "site.closed": _kind("設置場所を廃止した", "site closed", "name closed_on sha256"),
    "sign.planned": _kind("表示板の掲示を予定した", "sign planned", "place entrance cameras"),
    "sign.moved": _kind(
        "表示板を移した", "sign moved", "place entrance moved_from posted_on sha256"
    ),
    "sign.placed": _kind(
        "表示板を配置図に置いた", "sign placed on the map", "number place sheet map"
    ),
    "sign.dropped": _kind("表示板の予定をやめた", "planned sign dropped", "place"),
    "sign.posted": _kind(
        "表示板を掲示した", "sign posted", "place entrance cameras posted_on sha256"
    ),
    "sign.removed": _kind("表示板を撤去した", "sign removed", "place removed_on sha256"),
    "camera.purposed": _kind(
        "カメラの設置目的を定めた", "camera's purpose decided", "number purpose commercial"
    ),
    "camera.sited": _kind(
        "カメラの設置場所と向きを定めた",
        "camera sited",
        "number site place place_type facing_deg view_deg reach sheet map lens mount display_only"
        " connection"
        " closed_place scope_note"
        " sha256 reopened net_measures changed",
    ),
    "camera.framed": _kind(
        "撮影範囲の確認画像を入れた", "sample frame filed", "number sha256 area"
    ),
    "camera.veiled": _kind(
        "撮るときのマスクを定めた", "mask at capture decided", "number areas core_percent"
    ),
    "camera.frame_marked": _kind(
        "敷地外の写り込みを示した", "what lies outside marked", "number outside_areas"
    ),
    "camera.confirmed": _kind("撮影範囲を確認した", "field of view confirmed", "number sha256"),
    "camera.activated": _kind("カメラの運用を始めた", "camera put into operation", "number"),
    "camera.ended": _kind("カメラの運用を終えた", "camera's operation ended", "number"),
    "camera.removed": _kind("カメラを撤去した", "camera taken down", "number removed_on sha256"),
    "camera.connected": _kind(
        "カメラの送り元を定めた",
        "camera's stream entered",
        "number address before credentials sound certificate certificate_before",
    ),
    "camera.examined": _kind(
        "カメラの守りを点検した",
        "how well a camera is locked was tried",
        "number openly accepted weak as_delivered stopped ahead_s another",
    ),
    "camera.sought": _kind(
        "回線の上のカメラを探した", "cameras looked for on a network", "number network found"
    ),
    "camera.known": _kind(
        "カメラの機器を確かめた",
        "camera's device asked who it is",
        "number address certificate maker model firmware serial ahead_s streams",
    ),
    "camera.rebooted": _kind("カメラを再起動した", "camera started anew", "number"),
    "camera.fell_silent": _kind("カメラが途絶えた", "camera fell silent", "number cause since"),
    "camera.spoke_again": _kind("カメラが戻った", "camera heard again", "number since until"),
    "intake.taken_in": _kind(
        "映像ファイルを作成した",
        "footage taken in and sealed",
        "number camera sha256 bytes created last_day origin edition",
    ),
    "intake.begun": _kind("取込みを始めた", "transfer begun", "source origin"),
    "intake.found_again": _kind(
        "同じ映像を見つけた", "the same footage found again", "sha256 origin"
    ),
    "intake.examined": _kind(
        "中を確かめた", "looked inside", "flags captured captured_by duration_ms wearer jail"
    ),
    "intake.settled": _kind("撮影情報を確定した", "capture facts settled", "captured wearer"),
    "intake.released": _kind("カメラ側の写しを放した", "camera's copy released", "origin"),
    "import.begun": _kind(
        "持込みを始めた",
        "import begun",
        "number brought_on device taken_out cameras oldest overwrites shown true offset_s photo",
    ),
    "import.stated": _kind(
        "持込みの時計とカメラを述べ直した",
        "import's clock and cameras stated again",
        "number cameras shown true offset_s photo",
    ),
    "import.set_right": _kind(
        "撮影日時を時計のずれで正した",
        "capture time set right by the clock's error",
        "number captured shown true offset_s photo",
    ),
    "import.left_out": _kind(
        "ファイルを取り込まなかった", "file left out", "number path outcome reason"
    ),
    "import.ended": _kind("持込みを終えた", "import ended", "number outcome"),
    "intake.broken": _kind("取込みが中断した", "transfer broken off", "origin reason"),
    "viewing.asked": _kind(
        "閲覧を申し出た", "viewing asked", "viewing purposes consents from ends_at cameras"
    ),
    "viewing.approved": _kind("閲覧を承認した", "viewing approved", "viewing until designated"),
    "viewing.declined": _kind("閲覧を認めなかった", "viewing declined", "viewing"),
    "viewing.sent_back": _kind("閲覧の申出を差し戻した", "viewing sent back", "viewing due"),
    "viewing.resubmitted": _kind(
        "閲覧の申出を出し直した", "viewing resubmitted", "viewing purposes amended consents"
    ),
    "viewing.withdrawn": _kind("閲覧の申出を取り下げた", "viewing withdrawn", "viewing"),
    "viewing.lapsed": _kind(
        "映像の消去により閲覧の申出が終わった", "viewing lapsed with its footage", "viewing"
    ),
    "viewing.attended": _kind("立会いを始めた", "attendance began", "viewing"),
    "viewing.opened": _kind(
        "閲覧を始めた",
        "viewing opened",
        "viewing purposes attended terminal from ends_at cameras",
    ),
    "viewing.shown": _kind("閲覧の中で映し出した", "shown in a viewing", "viewing"),
    "viewing.watched": _kind("この範囲を見た", "ranges watched", "viewing ranges_s"),
    "viewing.marked": _kind("場面を控えた", "scene marked", "viewing at_ms"),
    "viewing.unmarked": _kind("控えた場面を外した", "scene taken off again", "viewing at_ms"),
    "viewing.left": _kind("立会いが途切れた", "attendance ended", "viewing"),
    "viewing.closed": _kind("閲覧を終えた", "viewing closed", "viewing ranges_s reason"),
    "live.begun": _kind("今の映像を見始めた", "live watching began", "number until"),
    "live.ended": _kind(
        "今の映像を見終えた", "live watching ended", "number person from to reason"
    ),
    "provision.asked": _kind(
        "依頼書を提出した", "request submitted", "number footage purposes wants papers consents"
    ),
    "provision.taken_down": _kind(
        "依頼書を代わって入力した", "request entered for another", "number arrived due"
    ),
    "provision.sent_back": _kind("依頼を差し戻した", "request sent back", "number due"),
    "provision.resubmitted": _kind(
        "依頼を出し直した", "request resubmitted", "number amended papers"
    ),
    "provision.withdrawn": _kind("依頼を取り下げた", "request withdrawn", "number"),
    "provision.lapsed": _kind(
        "映像の消去により提供の依頼が終わった", "request lapsed with its footage", "number"
    ),
    "provision.consented": _kind(
        "写っている人の同意・不同意を記録した",
        "consent of a person filmed recorded",
        "number given on",
    ),
    "consent.recorded": _kind(
        "本人の同意を記録した",
        "a person's consent recorded",
        "number on footage camera from to papers",
    ),
    "consent.withdrawn": _kind("本人の同意の撤回を記録した", "a consent withdrawn", "number on"),
    "provision.decided": _kind(
        "提供を決めた", "provision decided", "number ground night paper_due return_on"
    ),
    "provision.declined": _kind("提供を認めなかった", "provision declined", "number night"),
    "provision.entered": _kind("依頼内容を入力した", "request entered", "number"),
    "provision.prepared": _kind("提供の準備を始めた", "provision being prepared", "number"),
    "provision.pictured": _kind("静止画を取り出した", "picture taken", "number at_ms sha256"),
    "provision.clip_ordered": _kind("切出しを決めた", "clip ordered", "number from_ms until_ms"),
    "provision.clipped": _kind(
        "求められた部分を切り出した",
        "part clipped",
        "number from_ms until_ms sha256 parent_sha256 recipe",
    ),
    "provision.looked": _kind(
        "マスクのために映像を見た", "footage looked at to be masked", "number at_ms masked"
    ),
    "provision.mask_entered": _kind(
        "マスクをかける所を定めた", "mask stated", "number area from_ms until_ms"
    ),
    "provision.mask_dropped": _kind(
        "マスクをやめた", "mask dropped", "number area from_ms until_ms"
    ),
    "provision.mask_ordered": _kind(
        "マスクをかけた映像を作ることにした", "masked copy ordered", "number masks"
    ),
    "provision.masked": _kind(
        "マスクをかけた映像を作った",
        "masked copy made",
        "number from_ms until_ms masks sha256 parent_sha256 recipe",
    ),
    "provision.mask_checked": _kind(
        "マスクをかけた映像を確かめた", "masked copy checked", "number sha256"
    ),
    "provision.reopened": _kind("映像を選び直すことにした", "files to be chosen anew", "number"),
    "provision.handed": _kind(
        "提供した", "handed over", "number manifest_sha256 footage medium delivered night"
    ),
    "provision.shown": _kind("窓口で閲覧させた", "shown at the desk", "number footage"),
    "provision.issued": _kind(
        "渡した媒体・画像を管理簿に載せた",
        "what was handed out entered in the register",
        "number thing medium keep_until sha256",
    ),
    "provision.returned": _kind(
        "渡した媒体・画像の返却", "handed-out copy returned", "number done_on"
    ),
    "provision.destroyed": _kind(
        "渡した媒体・画像の廃棄", "handed-out copy destroyed", "number done_on"
    ),
    "provision.reported": _kind("当直中の提供を報告した", "night provision reported", "number"),
    "provision.papered": _kind(
        "緊急の提供の書面をそろえた", "paper of an urgent provision filed", "number sha256 late"
    ),
    "provision.acknowledged": _kind("報告を受けた", "report acknowledged", "number"),
    "erasure.asked": _kind(
        "消去を申請した", "exceptional erasure asked", "case limb departs subject_asked_on"
    ),
    "erasure.seconded": _kind("消去の申請の内容を確かめた", "request for erasure checked", "case"),
    "erasure.granted": _kind("消去を認めた", "exceptional erasure granted", "case limb"),
    "erasure.declined": _kind("消去を認めなかった", "exceptional erasure declined", "case"),
    "retention.extended": _kind(
        "保存期間を延ばした", "retention extended", "before until purposes"
    ),
    "retention.counted": _kind(
        "保存期間を撮影の日から数えた", "retention counted from the capture", "last_day before"
    ),
    "retention.proved": _kind(
        "保存期間が守られているか確かめた",
        "retention checked",
        "number promised_days held_days oldest too_old gone_early",
    ),
    "retention.redated": _kind(
        "新しい版により末日を改めた", "last day follows a new edition", "from to edition_number"
    ),
    "retention.marked": _kind("消去を始めた", "erasure begun", "day footage bytes"),
    "retention.erased": _kind(
        "消去した",
        "erased and certified",
        "day root_generation bytes files method digest",
    ),
    "ledger.read": _kind("台帳を読んだ", "ledger read", "what"),
    "clock.moved": _kind("練習用の時計を進めた", "rehearsal clock moved", "to"),
    "clock.leapt": _kind("時計が飛んだ", "clock leapt forward", "from to"),
    "clock.ticked": _kind("記載のない一日が過ぎた", "a day passed without a line"),
    "clock.confirmed": _kind("時計が正しいことを確かめた", "clock confirmed", "from to"),
    "clock.corrected": _kind("台帳の日時の誤りを正した", "wrong dates set right", "newest now"),
    "backup.made": _kind("控えを取った", "backup made", "footage ledger_size"),
    "backup.restored": _kind("控えから戻した", "restored from backup", "brought gone"),
    "fsck.mended": _kind("不一致を直した", "inconsistency mended", "kind"),
    "case.opened": _kind(
        "苦情・問い合わせなどを受け付けた", "case opened", "number kind asks due owner received"
    ),
    "case.linked": _kind(
        "苦情などを映像に結び付けた", "case linked to footage", "number kind asks due owner case"
    ),
    "case.acted": _kind("苦情などに対応した", "case acted on", "number kind step"),
    "case.answered": _kind("苦情などに回答した", "case answered", "number kind"),
    "case.confirmed": _kind("開示しない決定を確かめた", "refusal confirmed", "number kind"),
    "case.closed": _kind("苦情などの対応を終えた", "case closed", "number kind outcome case"),
    "incident.over": _kind("事案の事実がなくなった", "the fact of an incident is over", "number"),
    "incident.reported": _kind(
        "事案を即報した", "incident reported", "number leg told_to told_at means"
    ),
    "incident.received": _kind("即報を受けた", "report of an incident taken", "number leg"),
    "doubt.raised": _kind("疑義を出した", "doubt raised", "clause"),
    "doubt.told": _kind("疑義を報告した", "doubt reported", "clause told_at"),
    "doubt.answered": _kind(
        "疑義の回答を記録した", "answer to a doubt recorded", "clause answered_on"
    ),
    "footage.damaged": _kind("保管した映像の損傷を認めた", "footage found damaged", "how"),
    "footage.mended": _kind("損傷した映像が元に戻った", "damaged footage is sound again", "how"),
    "storage.declared": _kind("保管場所を届け出た", "storage place declared", "place where"),
    "storage.withdrawn": _kind(
        "保管場所の届出を取り下げた", "storage place withdrawn", "place where"
    ),
    "notice.consulted": _kind(
        "広報について協議した", "publicity consulted on", "consulted counterpart"
    ),
    "notice.published": _kind(
        "お知らせのページを公表した", "notice published", "site code joint consulted"
    ),
    "notice.withdrawn": _kind("お知らせのページを取り下げた", "notice withdrawn", "site code"),
    "notice.drafted": _kind("お知らせの案を残した", "notice kept as a draft", ""),
    "report.drafted": _kind(
        "事業の報告書の案を作った", "project report drafted", "kind begins ends"
    ),
    "report.issued": _kind(
        "事業の報告書を発出した",
        "project report issued",
        "kind begins ends number to copies counts url on",
    ),
    "evidence.entered": _kind(
        "簿冊に記した",
        "entered in a register",
        "register number clauses about spoken_of expires_on file_sha256",
    ),
    "evidence.attested": _kind("廃棄を確かめた", "disposal confirmed", "register number"),
    "evidence.completed": _kind(
        "廃棄の記録が揃った", "record of a disposal complete", "register number certificate_sha256"
    ),
    "evidence.withdrawn": _kind("簿冊の記載を取り下げた", "entry withdrawn", "register number"),
    "refused": _kind("認めなかった", "refused", "verb clauses message"),
}
