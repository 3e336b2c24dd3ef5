"""What to change about a camera that is not recorded, by the code of what went wrong."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CURES: dict[str, Promise] = {
    "no tcp": _(
        "カメラの設定画面で、映像（RTSP）の送り方を UDP から TCP に変えてください。"
        "「RTP over TCP」「RTP over RTSP」「インターリーブ」と書かれていることもあります。"
        "UDP では、回線が込むと映像が欠けるので、録画しません。"
    ),
    "HTTPUnauthorizedError": _(
        "カメラの利用者名とパスワードを確かめ、「カメラをつなぐ」で入れ直してください。"
    ),
    "HTTPNotFoundError": _("映像のアドレスを確かめ、「カメラをつなぐ」で入れ直してください。"),
    "certificate": _(
        "カメラを替えたり初期化したりした覚えがあれば、「カメラをつなぐ」で指紋を確かめ直して"
        "ください。なければ、管理責任者に知らせてください。"
    ),
    "here": _("この機械のディスクの空きと、保存先を確かめてください。"),
}
ANY = _("電源、回線、パスワードを確かめてください。")


def cure_in_words(code: str) -> Promise:
    """What to do about an outage with this code."""
    return CURES.get(code, ANY)
