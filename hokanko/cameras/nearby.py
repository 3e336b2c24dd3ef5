"""Talking to a device in one's own network: no farther, not for long, and not for much."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Timer

from hokanko.errors import Conflict

WITHIN_S = 5.0
TEXT_MOST = 80  # characters of a word that a device says of itself


def own_number(host: str) -> str:
    """The number of a host; only of one's own network, so that nothing probes the world.

    Raises ValueError or OSError for another.
    """
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][4][0]
    if not ipaddress.ip_address(found).is_private:
        raise ValueError(host)
    return str(found)


@contextmanager
def bounded(line: socket.socket, seconds: float = WITHIN_S) -> Iterator[Event]:
    """Cut a connection off when the whole talk lasts too long, however the bytes drip.

    What is yielded is set when that happened.
    """
    over = Event()

    def cut() -> None:
        over.set()
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield over
    finally:
        timer.cancel()


def plain(word: str | None) -> str:
    """A word of a device as text to show: printable, and not long."""
    return "".join(c for c in (word or "").strip() if c.isprintable())[:TEXT_MOST]


class NotLetIn(Conflict):
    """利用者名とパスワードが受け付けられませんでした。"""


class SaidNo(Conflict):
    """カメラが断りました。"""


def no_answer() -> Conflict:
    """Nothing that could be understood came in time."""
    return Conflict(
        "カメラから返事がありませんでした。",
        "The camera did not answer.",
        mend_ja="同じ回線にあるか、電源が入っているか、ONVIF が有効かを確かめてください。",
        mend_en="Check that it is in your own network, switched on, and has ONVIF enabled.",
    )


def odd_answer() -> Conflict:
    """What came cannot be what was asked for."""
    return Conflict(
        "カメラの返事を読めませんでした。",
        "The camera's answer could not be read.",
        mend_ja="ONVIF を使わずに、カメラのアドレスを直に入れてください。",
        mend_en="Enter the camera's address yourself: recording needs no ONVIF.",
    )


def said_no(words: str) -> SaidNo:
    """A question was understood and declined, with the device's own words for it, if any."""
    told = plain(words)
    return SaidNo(
        "カメラが断りました。" + (f"カメラの言葉：「{told}」。" if told else ""),
        "The camera declined." + (f" Its words: “{told}”." if told else ""),
        mend_ja="ONVIF を使わずに、カメラのアドレスを直に入れてください。",
        mend_en="Enter the camera's address yourself: recording needs no ONVIF.",
    )


def no_streams() -> Conflict:
    """A device that has no stream to tell of."""
    return Conflict(
        "カメラが、映像を一つも示しませんでした。",
        "The camera named no stream.",
        mend_ja="カメラの設定で映像のプロファイルを作るか、映像のアドレスを直に入れてください。",
        mend_en="Make a video profile in the camera's settings, or enter the address yourself.",
    )


def not_let_in() -> NotLetIn:
    """The credentials were not taken."""
    return NotLetIn(
        "カメラが利用者名とパスワードを受け付けませんでした。",
        "The camera did not take the user name and password.",
        mend_ja="カメラに登録した利用者名とパスワード、及びその利用者の権限を確かめてください。",
        mend_en="Check the user and password registered in the camera, and that user's rights.",
    )
