"""What may be wrong or still open with footage: the codes in `Footage.flags`, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flag:
    """One code and its words; `grave` is "bad" (cannot be relied on) or "warn" (to be settled)."""

    code: str
    grave: str
    ja: str
    en: str


ALTERED, LOST = "sealed-altered", "sealed-missing"  # what verification at rest found
OUTSIDE = "outside-rules"  # an exceptional erasure may be asked for it (police-6.1)
AT_REST = frozenset({ALTERED, LOST})

FLAGS = {
    flag.code: flag
    for flag in (
        Flag("no-capture-time", "bad", "撮影日時が不明（保留中）", "no capture time (held back)"),
        Flag("capture-time-ahead", "warn", "撮影日時が未来", "capture time lies in the future"),
        Flag(
            "capture-time-old",
            "warn",
            "撮影日時が古すぎる（カメラの時計を確認）",
            "capture time too old (check the camera's clock)",
        ),
        Flag(
            "clock-off",
            "warn",
            "カメラの時計がずれている（撮影日時を確認）",
            "the camera's clock is wrong (check the capture time)",
        ),
        Flag(
            "after-project-end",
            "warn",
            "実施期間の末日より後の撮影",
            "filmed after the project's last day",
        ),
        Flag("no-wearer", "warn", "装着者が未確定", "wearer not settled"),
        Flag("unknown-card", "warn", "登録のない二次元コード", "unknown 2D-code card"),
        Flag("empty", "bad", "中身が空", "empty file"),
        Flag("not-media", "bad", "映像として読めない", "not readable as video"),
        Flag("truncated", "warn", "途中で切れている", "truncated"),
        Flag("damaged", "warn", "一部が壊れている", "partly damaged"),
        Flag("huge-dimensions", "warn", "画面寸法が大きすぎる", "dimensions too large"),
        Flag("no-video", "bad", "映像が入っていない", "contains no video"),
        Flag("codec-unknown", "bad", "知らない圧縮方式", "unknown codec"),
        Flag("too-slow", "warn", "調べ終わらなかった（時間切れ）", "not fully examined (too slow)"),
        Flag(
            ALTERED,
            "bad",
            "封印した写しが壊れている（再生できない）",
            "the sealed copy is damaged (not playable)",
        ),
        Flag(LOST, "bad", "封印した写しが棚にない（再生できない）", "the sealed copy is gone"),
        Flag(
            OUTSIDE,
            "warn",
            "第6によらない撮影の区間がある",
            "has a stretch filmed outside 第6 of the rules",
        ),
        Flag("jail-broken", "bad", "調べる処理が途中で終わった", "examination broke off"),
    )
}


# not known where nobody wears a camera: the project and 第6 are the police's own
OF_WEARERS = {"no-wearer", "unknown-card", "after-project-end", OUTSIDE}


def in_words(codes: Iterable[str]) -> list[Flag]:
    """The flags of these codes; a code of an older edition speaks for itself."""
    return [FLAGS.get(code, Flag(code, "warn", code, code)) for code in codes]
