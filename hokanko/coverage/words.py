"""Outages in words: what the machine saw of one, and what somebody wrote of it, unsealed."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hokanko.cameras.models import Outage
from hokanko.keyring.texts import open_text

CAUSES: dict[str, Promise] = {
    "": _("この機械では気づいていない（止まっていたときなど）"),
    "no answer": _("カメラの応答がない"),
    "hung up": _("カメラが切った"),
    "here": _("この機械で保存できない"),
    "certificate": _("カメラの証明書が変わった"),
    "rules": _("採択した規程のファイルが変わっている"),
    "recorder": _("録画する部分が止まった"),
    "TimeoutError": _("カメラから何も届かない"),
    "ConnectionRefusedError": _("カメラが接続を断った"),
    "HTTPUnauthorizedError": _("パスワードが違う"),
    "OSError": _("カメラにつながらない"),
    "no tcp": _("カメラが UDP でしか送らない（カメラの設定で「RTP over TCP」に変える）"),
    "no address": _("カメラのアドレスが見つからない"),
    "HTTPNotFoundError": _("このアドレスに映像がない"),
    "HTTPForbiddenError": _("この利用者には見せない"),
    "InvalidDataError": _("映像として読めない"),
    "ArgumentError": _("映像として読めない"),
    "ConnectionResetError": _("カメラが切った"),
    "BrokenPipeError": _("カメラが切った"),
    "EOFError": _("カメラが切った"),
    "HTTPBadRequestError": _("カメラが映像の求めを断った"),
    "HTTPOtherClientError": _("カメラが映像の求めを断った"),
    "HTTPServerError": _("カメラの内部の誤り"),
    "jumped": _("カメラの時計が飛んだ"),
    "mask too slow": _("マスクをかける処理が間に合わない"),
}


def cause_in_words(code: str) -> Promise | str:
    """The words of a code; a code without any as it is."""
    return CAUSES.get(code, code)


def said(row: Outage) -> str:
    """The words of an account. Raises Unsound for some that were altered."""
    return open_text(bytes(row.words), place_of(row)).decode() if row.words else ""


def place_of(row: Outage) -> str:
    """Where its words are sealed."""
    return f"outage:{row.pk}/words"
