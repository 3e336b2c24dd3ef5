"""A ledger line in words: who, under which article, and each fact for a reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from hokanko.cameras.outages import REASONS as OUTAGES
from hokanko.cameras.planned import REASONS as PLANS
from hokanko.footage.flags import in_words
from hokanko.footage.noted import ASKS, KINDS
from hokanko.footage.worn import ASKED, CONSENTS, UNFILMED
from hokanko.ledger.read import Act
from hokanko.people.models import Person, Terminal
from hokanko.rules.decide import adopted_book
from hokanko.rules.registers import REGISTERS
from hokanko.rules.spoken import spoken
from hokanko.rules.verbs import VERBS

LABELS = {
    "number": _("番号"),
    "camera": _("カメラ"),
    "sha256": _("ハッシュ値（SHA-256）"),
    "bytes": _("大きさ（バイト）"),
    "created": _("作成"),
    "captured": _("撮影日時"),
    "address": _("送り元"),
    "certificate": _("信じた証明書の指紋"),
    "certificate_before": _("前に信じた証明書の指紋"),
    "own": _("本人が行った"),
    "credentials": _("パスワードがあるか"),
    "sound": _("音も録るか"),
    "cause": _("機械が見た原因"),
    "seconds": _("録画した秒数"),
    "wanted": _("録画するはずの秒数"),
    "short": _("欠けのあるカメラ"),
    "over": _("録画が戻った知らせか"),
    "captured_by": _("撮影日時の出所"),
    "duration_ms": _("長さ（ミリ秒）"),
    "last_day": _("保存期間の末日"),
    "day": _("末日"),
    "days": _("日数"),
    "edition": _("規程の版"),
    "origin": _("取込元"),
    "source": _("元のファイル名"),
    "flags": _("気づいた点"),
    "wearer": _("装着者"),
    "jail": _("隔離の方法"),
    "reason": _("理由"),
    "purposes": _("利用目的"),
    "until": _("期限"),
    "designated": _("指定した立会人"),
    "attended": _("立会い"),
    "terminal": _("端末"),
    "ranges_s": _("見た範囲"),
    "medium": _("媒体"),
    "delivered": _("渡したもの"),
    "method": _("消去の方法"),
    "verb": _("求めたこと"),
    "message": _("理由"),
    "note": _("記載事項"),
    "attendant": _("立会人"),
    "before": _("前の末日"),
    "limb": _("ただし書の要件"),
    "departs": _("どの定めによらない撮影か"),
    "departed": _("第6の1及び2によらない撮影の内容"),
    "asked_by_subject": _("要請した被撮影者"),
    "subject_asked_on": _("要請のあった日"),
    "identified": _("被撮影者本人であることの確認"),
    "circumstances": _("特別な事情"),
    "needs": _("ほかに残しておく必要"),
    "wants": _("依頼内容"),
    "ground": _("事由"),
    "night": _("当直中の代行"),
    "at_ms": _("位置（ミリ秒）"),
    "from_ms": _("始まり（ミリ秒）"),
    "until_ms": _("終わり（ミリ秒）"),
    "parent_sha256": _("元の映像のハッシュ値"),
    "recipe": _("作り方"),
    "masks": _("マスクの数"),
    "areas": _("マスクをかける所（％）"),
    "core_percent": _("一つのコアのうち（％）"),
    "masked": _("マスクをかけた後の映像"),
    "breadth": _("一部に限らない理由"),
    "protected": _("マスクのない映像でのほかの人の保護"),
    "manifest_sha256": _("目録のハッシュ値"),
    "footage": _("映像ファイル"),
    "files": _("映像ファイルの数"),
    "root_generation": _("根の鍵の世代"),
    "digest": _("証明書のハッシュ値"),
    "person": _("対象者"),
    "post": _("役職"),
    "topic": _("教養の内容"),
    "revoked": _("使えなくなったカードの数"),
    "holder": _("持ち出した人"),
    "serial": _("製造番号"),
    "given": _("同意"),
    "on": _("答えた日"),
    "person_filmed": _("写っている人"),
    "paper_named": _("根拠となる文書"),
    "consents": _("よりどころの同意の記録"),
    "consented_to": _("同意された目的"),
    "consented_how": _("同意・撤回の方法"),
    "necessity": _("必要性の判断"),
    "identity": _("身分の確認"),
    "receiver": _("受け取った人"),
    "kind": _("種類"),
    "place": _("設置場所"),
    "place_before": _("移す前の設置場所"),
    "where": _("フォルダー"),
    "how": _("見つかった異常"),
    "site": _("設置場所の名称"),
    "entrance": _("出入口"),
    "entrances": _("出入口"),
    "cameras": _("カメラ"),
    "posted_on": _("掲示した日"),
    "purpose": _("設置目的"),
    "moved_from": _("前に掲示していた場所"),
    "closed_on": _("廃止した日"),
    "place_type": _("設置場所の種類"),
    "commercial": _("商業の目的でも撮影する"),
    "removed_on": _("撤去した日"),
    "facing_deg": _("撮影方向（度）"),
    "view_deg": _("画角（度）"),
    "map": _("配置図の左から／上から（％）"),
    "sheet": _("図面"),
    "metres_across": _("図の横幅（m）"),
    "reach": _("見える遠さ"),
    "lens": _("レンズ・プリセット"),
    "mount": _("取付けの場所"),
    "display_only": _("録画しない"),
    "closed_place": _("不特定多数の者が出入りする場所ではない"),
    "scope_note": _("それでもこの規程の対象とする理由"),
    "paper_due": _("書面の期限"),
    "return_on": _("返却又は廃棄の期限"),
    "connection": _("接続"),
    "net_measures": _("回線からの漏えい防止措置"),
    "streams_openly": _("認証なしで映像が見える"),
    "changed": _("変える前と後"),
    "reopened": _("撮影範囲の確認をやり直す"),
    "area": _("撮影する範囲（％）"),
    "outside_areas": _("敷地外（％）"),
    "remedy": _("敷地外への手当"),
    "siting_reason": _("設置の理由"),
    "removed_by": _("撤去した者"),
    "wire": _("セキュリティワイヤーを確かめた日"),
    "charger": _("マルチチャージャー"),
    "locked": _("一時停止"),
    "place_shut": _("同じ場所からの入力も一時停止"),
    "name": _("名前"),
    "parent": _("上位の所属"),
    "book": _("規程"),
    "fingerprint": _("規程の指紋"),
    "values": _("空欄に入れた値"),
    "rehearsal": _("練習用"),
    "vkey": _("台帳の検証鍵"),
    "what": _("読んだ範囲"),
    "from": _("始め"),
    "ends_at": _("終わり"),
    "to": _("終わり"),
    "newest": _("最も新しい行の日時"),
    "now": _("いまの日時"),
    "ledger_size": _("台帳の行数"),
    "brought": _("戻したもの"),
    "gone": _("戻らなかったもの"),
    "asks": _("内容の区分"),
    "due": _("回答の期限"),
    "owner": _("対応する役職"),
    "received": _("受け付けた日"),
    "outcome": _("結果"),
    "brought_on": _("持ち込んだもの"),
    "device": _("録画装置・カード"),
    "taken_out": _("取り出した日時"),
    "taken_by": _("取り出した人"),
    "overwrites": _("古い映像を上書きしているか"),
    "shown": _("画面に出ていた時刻"),
    "true": _("正しい時刻"),
    "offset_s": _("時計のずれ（秒）"),
    "photo": _("写真のハッシュ値"),
    "path": _("フォルダーとファイル名"),
    "step": _("したこと"),
    "text": _("内容"),
    "story": _("申出の内容"),
    "sender": _("申し出た人"),
    "measures": _("講じた措置"),
    "counterpart": _("協議の相手"),
    "joint": _("共同利用"),
    "consulted": _("協議した日"),
    "register": _("簿冊"),
    "spoken_of": _("いつのことか"),
    "expires_on": _("有効期限"),
    "file_sha256": _("添付のハッシュ値"),
    "certificate_sha256": _("廃棄証明書の原本のハッシュ値"),
    "about": _("対象"),
    "edition_number": _("版の番号"),
    "since": _("施行"),
    "ends_earlier": _("早く終わる映像の数"),
    "ends_later": _("遅く終わる映像の数"),
    "valid_until": _("有効期限"),
    "content": _("内容"),
    "quizzed": _("確認票に答えた"),
    "papers": _("根拠となる文書のハッシュ値"),
    "amended": _("直した欄"),
    "question": _("尋ねたこと"),
    "arrived": _("届き方"),
    "complies": _("遵守が条件"),
    "count": _("件数"),
    "posts": _("役職"),
    "form": _("守秘の形"),
    "article": _("就業規則の条"),
    "work": _("仕事"),
    "gap": _("撮影していない時間"),
    "words": _("説明"),
    "class": _("場所の区分"),
    "outside": _("第6によらない撮影"),
    "consent": _("承諾の結果"),
    "consent_asked": _("承諾を求めたとき"),
    "standing": _("常に承諾を得た施設"),
    "premises": _("施設"),
    "manager": _("施設の管理者"),
    "gaps": _("撮影していない時間の数"),
    "thing": _("渡したものの種類"),
    "keep_until": _("保存の期限"),
    "begins": _("期間の初日"),
    "ends": _("期間の末日"),
    "copies": _("写し"),
    "counts": _("件数"),
    "url": _("公表するウェブサイトのアドレス"),
    "done_on": _("返却・廃棄の日"),
    "manner": _("返却・廃棄の方法"),
    "leg": _("即報の段階"),
    "told_to": _("報告先"),
    "told_at": _("報告した日時"),
    "whom": _("報告した相手"),
    "clause": _("条"),
    "answered_on": _("回答の日"),
    "answer": _("回答の内容"),
    "interpretation": _("条文の解釈"),
    "position": _("装着の位置"),
    "ticks": _("持ち出しのときに確かめたこと"),
    "return_by": _("返却の期限"),
    "condition": _("カメラの状態"),
    "late": _("期限の後"),
    "bay": _("差込口"),
    "sign": _("撮影中の表示"),
    "lamp": _("赤色ランプ"),
    "lock": _("記録のロック"),
    "registered": _("登録した台数"),
    "docked": _("充電器にある台数"),
    "out": _("持ち出し中の台数"),
    "repair": _("修理中の台数"),
    "lost": _("紛失の届けのある台数"),
    "unaccounted": _("確かめられないカメラ"),
    "normal": _("異常なし"),
    "remark": _("備考"),
    "promised_days": _("約束している日数"),
    "held_days": _("いま持っている日数"),
    "oldest": _("最も古い映像の日"),
    "too_old": _("末日を過ぎて残っている映像"),
    "gone_early": _("末日より前に消えた映像"),
    "openly": _("認証なしで映像が見える"),
    "accepted": _("登録した利用者名とパスワードが使える"),
    "weak": _("登録したパスワードが弱い"),
    "as_delivered": _("出荷時のパスワードが使える"),
    "stopped": _("カメラが受け付けなくなり、途中でやめた"),
    "ahead_s": _("カメラの時計の進み（秒）"),
    "another": _("証明書が、確かめたものと違う"),
    "network": _("探した回線"),
    "found": _("見つかった数"),
    "maker": _("製造者"),
    "model": _("型番"),
    "firmware": _("ファームウェア"),
    "streams": _("映像の数"),
    "recovery_codes": _("予備のコードの数"),
    "second_factor": _("二段階目"),
}
UNTOLD = {"viewing", "case", "clauses", "code", "outcome", "step", "means"}  # ids and codes
NAMED = ("wearer", "designated", "terminal", "person", "holder")  # facts that are ids of somebody
REASONS = {
    **OUTAGES,
    **PLANS,
    "button": _("ボタンで終えた"),
    "left": _("画面を離れた"),
    "abandoned": _("画面からの合図が途絶えた"),
    "anew": _("同じブラウザで新しく見始めた"),
    "time up": _("続けて見られる時間が過ぎた"),
    "barred": _("見ることが認められなくなった"),
    "camera ended": _("カメラの運用が終わった"),
    "server ended": _("保管庫のプログラムが止められた"),
}

FACTORS = {
    "": _("なし"),
    "code": _("認証アプリの数字"),
    "recovery": _("予備のコード"),
}

LIMBS = {
    "departed": _("第6の1及び2によらずに撮影し、被撮影者から削除を要請された"),
    "special": _("その他の特別な事情がある"),
    "hand": _("自らの判断"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One line for a reader."""

    act: Act
    article: str
    posts: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]


def tell(acts: list[Act], org: str, *, private: bool = True) -> list[Told]:
    """Lines of one organisation for a reader, with the texts of the case or without."""
    book = adopted_book(org)
    english = get_language() == "en"
    called = {p.id: p.en if english else p.ja for p in book.purposes}
    called |= {post.id: post.en if english else post.id for post in book.posts}
    for field in book.form_fields:
        called |= {key: en if english else ja for key, (ja, en) in field.options.items()}
    places = book.parameter("capture.places").choices
    called |= {key: en if english else ja for key, (ja, en) in places.items()}
    names = _names(acts)
    articles = {clause.id: clause.article for clause in book.clauses}
    called |= articles
    return [
        Told(
            act=act,
            article=articles.get(act.clause or "", ""),
            posts=tuple(post.partition("@")[0] for post in act.posts),
            facts=tuple(_facts(act.facts | (act.private if private else {}), names, called)),
        )
        for act in acts
    ]


def _facts(
    facts: Mapping[str, Any], names: Mapping[str, str], called: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    words: dict[str, Callable[[Any], str]] = {
        **dict.fromkeys(NAMED, lambda pk: names.get(pk, pk)),
        "purposes": lambda ids: gettext("、").join(f"{i} {called.get(i, '')}".strip() for i in ids),
        "post": lambda post: called.get(post, post),
        "wants": lambda keys: gettext("、").join(called.get(key, key) for key in keys),
        "thing": lambda key: called.get(key, key),
        "amended": lambda names: gettext("、").join(str(LABELS.get(each, each)) for each in names),
        "delivered": lambda keys: gettext("、").join(called.get(key, key) for key in keys),
        "kind": lambda code: str(KINDS.get(code, code)),
        "asks": lambda code: str(ASKS.get(code, code)),
        "owner": lambda post: called.get(post, post),
        "limb": lambda code: str(LIMBS.get(code, code)),
        "departs": lambda clause: called.get(clause, clause),
        "gap": lambda code: str(UNFILMED.get(code, code)),
        "class": lambda code: called.get(code, code),
        "consent": lambda code: str(CONSENTS.get(code, code)),
        "consent_asked": lambda code: str(ASKED.get(code, code)),
        "flags": lambda codes: gettext("、").join(_said(flag) for flag in in_words(codes)),
        "how": lambda codes: gettext("、").join(_said(flag) for flag in in_words(codes)),
        "ranges_s": lambda ranges: gettext("、").join(f"{_at(a)}–{_at(b)}" for a, b in ranges),
        "second_factor": lambda code: str(FACTORS.get(code, code)),
        "verb": lambda name: _said(VERBS[name]) if name in VERBS else name,
        "register": lambda code: _called(REGISTERS.get(code, (code, code))),
        "reason": lambda code: str(REASONS.get(code, code)),
        "attended": lambda yes: gettext("あり") if yes else gettext("なし"),
        "changed": lambda pairs: gettext("、").join(
            f"{LABELS.get(name, name)}：{_plain(old)}→{_plain(new)}"
            for name, (old, new) in pairs.items()
        ),
        "origin": lambda said: gettext("、").join(str(value) for value in said.values()),
    }
    for name, value in facts.items():
        if name not in UNTOLD and value not in (None, "", [], {}):
            yield str(LABELS.get(name, name)), words.get(name, _plain)(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("はい") if value else gettext("いいえ")
    if isinstance(value, list):
        return gettext("、").join(str(item) for item in value)
    if isinstance(value, dict):
        return gettext("、").join(f"{name}: {_plain(each)}" for name, each in value.items())
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else None
    except ValueError:
        moment = None
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else str(value)


def _at(seconds: float) -> str:
    return f"{int(seconds) // 60}:{seconds % 60:04.1f}"


def _called(names: tuple[str, str]) -> str:
    return names[get_language() == "en"]


def _said(thing: Any) -> str:
    return spoken(thing)


def _names(acts: list[Act]) -> dict[str, str]:
    """Names of the persons and terminals that the lines mention by id."""
    said = (act.facts.get(key) for act in acts for key in NAMED)
    ids = {UUID(pk) for pk in said if pk}
    persons = Person.objects.filter(pk__in=ids).values_list("pk", "name")
    terminals = Terminal.objects.filter(pk__in=ids).values_list("pk", "name")
    return {str(pk): name for pk, name in [*persons, *terminals]}
