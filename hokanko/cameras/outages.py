"""The closed list of why nothing was recorded where something should have been."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Promise] = {
    "power": _("停電・電源の異常"),
    "network": _("通信の途絶"),
    "camera": _("カメラの故障"),
    "recorder": _("録画する機械の停止・故障"),
    "work": _("工事・点検（届けていなかったもの）"),
    "tampered": _("人による妨害・破損"),
    "closed": _("休業・閉店（届けていなかったもの）"),
    "other": _("その他（内容を書く）"),
}
