"""What becomes of the files of an import, and why some are left where they lie, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WAITING, TAKEN, AGAIN, ERASED, OVER, LEFT, BROKEN = (
    "waiting",
    "taken",
    "again",
    "erased",
    "over",
    "left",
    "broken",
)
SETTLED = (TAKEN, AGAIN, ERASED, OVER, LEFT)  # nothing more is to be done with it

STATES: dict[str, Promise] = {
    TAKEN: _("取り込んだ"),
    AGAIN: _("すでに保管している"),
    ERASED: _("消去済みの映像（取り込まない）"),
    OVER: _("保存期間を過ぎている（取り込まない）"),
    LEFT: _("対象外（取り込まない）"),
    BROKEN: _("取り込めなかった"),
    WAITING: _("これから"),
}
GRAVE = {TAKEN: "good", AGAIN: "quiet", ERASED: "warn", OVER: "warn", LEFT: "quiet", BROKEN: "bad"}

KINDS: dict[str, Promise] = {
    "recorder": _("録画装置から書き出したもの"),
    "card": _("カメラのカード（SDカードなど）"),
}


@dataclass(frozen=True, slots=True)
class Why:
    """Why a file was not made footage: its state, and words for people."""

    state: str
    ja: str
    en: str


NO_FOOTAGE = Why(
    LEFT,
    "映像でないファイル（再生ソフト、一覧、設定など）です。",
    "Not footage (a player, an index, settings).",
)
NO_FILE = Why(
    LEFT,
    "リンクなど、ふつうのファイルでないものです。指す先のフォルダーを送ってください。",
    "A link or the like, no plain file: send the folder that it points to.",
)
PACKED = Why(
    BROKEN,
    "圧縮されたファイルです。展開（解凍）して、出てきたフォルダーを送ってください。",
    "A packed archive: unpack it, and send the folder that comes of it.",
)
EMPTY = Why(LEFT, "中身が空のファイルです。", "The file is empty.")
WHICH_CAMERA = Why(
    BROKEN,
    "どのカメラの映像か決まりません。カメラの見分け方を直して、もう一度送ってください。",
    "It is not clear which camera it is of: mend how cameras are told apart and send it again.",
)
