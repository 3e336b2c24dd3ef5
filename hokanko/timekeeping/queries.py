"""Questions about the clock: whether it is in doubt, and what is to be said then."""

from __future__ import annotations

from hokanko import clock
from hokanko.errors import Unavailable
from hokanko.ledger import leap


def doubt() -> Unavailable | None:
    """What is to be said while the clock has leapt and nobody has confirmed it."""
    found = leap.standing(clock.now())
    if found is None:
        return None
    start, end = clock.iso(found.start), clock.iso(found.end)
    return Unavailable(
        f"時計が {start} から {end} へ飛びました。時計が確かめられるまで、保存期間の満了による"
        "消去を待っています。何も失われていません。",
        f"The clock leapt from {start} to {end}. Until it is confirmed, erasure at expiry waits. "
        "Nothing is lost.",
        mend_ja="このコンピューターの日時を確かめてください。正しいとき（休止のあとや、古い控えから"
        "戻したあとは、こうなります）は、運用管理者か運用主任者が「今日の仕事」の画面か "
        "hokanko clock confirm --by ログイン名 で確かめてください。誤っているときは日時を合わせ、"
        "運用管理者が hokanko clock correct --by ログイン名 --reason 理由 を実行してください。",
        mend_en="Look at this computer's date and time. If they are right (after a pause, or when "
        "an old backup was restored, this is what happens), the unit operations manager or the "
        "operations supervisor confirms them on the home page, or with hokanko clock confirm "
        "--by LOGIN. If they are wrong, set them, and the unit operations manager runs "
        "hokanko clock correct --by LOGIN --reason TEXT.",
    )


def behind() -> Unavailable | None:
    """What is to be said while the clock stands before the newest line, so that none is written."""
    return leap.behind(clock.now())


def require_no_doubt() -> None:
    """Raises Unavailable while the clock is in doubt: no day ends on its word (I7)."""
    if error := doubt():
        raise behind() or error
