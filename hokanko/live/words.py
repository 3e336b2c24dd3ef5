"""Watching live in words: why it ended, and what stands where no picture can."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hokanko.coverage.words import CAUSES


@dataclass(frozen=True, slots=True)
class Words:
    """What is said in place of a picture, and what to do about it."""

    title: Promise | str
    told: Promise | str


CALLING: Final = Words(_("カメラにつないでいます…"), _("数秒かかります。"))
BROKEN: Final = Words(
    _("映像を開く処理が止まりました。"), _("すぐに、もう一度つなぎます。録画には影響ありません。")
)
CROWDED: Final = Words(
    _("今の映像を見ている人が多すぎて、映せません。"),
    _("少し待ってから、このページを開き直してください。録画には影響ありません。"),
)
_OVER: Final = {
    "time up": Words(
        _("続けて見られる時間が過ぎました。"),
        _("まだ見るときは、下の「続けて見る」を押してください。"),
    ),
    "barred": Words(
        _("見ることが認められなくなりました。"),
        _("ログイン、役職、又は見ている場所が変わっています。"),
    ),
    "camera ended": Words(_("このカメラは運用を終えました。"), _("カメラの一覧に戻ってください。")),
}
_UNKNOWN: Final = Words(
    _("カメラから映像が届きません。"),
    _(
        "電源と回線を確かめてください。一つの接続しか受けないカメラは、録画している間は見られません。"
    ),
)
_ENDED: Final = Words(
    _("見終えました。"), _("まだ見るときは、下の「続けて見る」を押してください。")
)


def over(reason: str) -> Words:
    """What the picture gives way to when watching has ended for this reason."""
    return _OVER.get(reason, _ENDED)


def silent(why: str) -> Words:
    """What stands there while the camera sends nothing; `why` is a code, as the machine saw it."""
    if why not in CAUSES:
        return _UNKNOWN
    return Words(
        CAUSES[why],
        _("カメラの電源と回線を確かめてください。つながると、ここにまた映ります。"),
    )
