"""What a unit tells of a worn camera, in words: time not filmed, and what managers said."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LATE, PAUSE, EARLY = "late-start", "pause", "early-stop"
SILENCE, OVER = "silence", "running-on"

UNFILMED: dict[str, Promise] = {
    LATE: _("撮影開始の遅れ"),
    PAUSE: _("一時停止"),
    EARLY: _("返却より前の撮影終了"),
    OVER: _("返却より後の撮影"),
    SILENCE: _("撮影のない持ち出し"),
}
CONSENTS: dict[str, Promise] = {
    "obtained": _("承諾を得た"),
    "refused": _("断られた"),
    "could-not": _("得られなかった（管理者に会えないなど）"),
}
ASKED: dict[str, Promise] = {"before": _("撮影の前"), "after": _("撮影の後")}
