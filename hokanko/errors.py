"""The ways of saying no. Each speaks Japanese and English and says what to do next.

They are mapped to an exit code and to an HTTP status in one place each (`door`, `web.middleware`).
"""

from __future__ import annotations

from collections.abc import Sequence


class HokankoError(Exception):
    """保管庫は、この求めに応じられません。"""

    exit_code = 1
    status = 500

    def __init__(self, ja: str, en: str, *, mend_ja: str = "", mend_en: str = "") -> None:
        self.ja, self.en = ja, en
        self.mend_ja, self.mend_en = mend_ja, mend_en
        super().__init__(ja)

    def __str__(self) -> str:
        lines = [f"{self.ja}{self.mend_ja}", f"{self.en} {self.mend_en}".rstrip()]
        return "\n".join(line for line in lines if line)

    def as_json(self) -> dict[str, object]:
        """The error as DESIGN §12 writes it for machines."""
        return {"error": {"ja": self.ja + self.mend_ja, "en": f"{self.en} {self.mend_en}".rstrip()}}


class Refusal(HokankoError):
    """規程により、認められません。

    `clauses` are clause ids, the weightiest first; empty means that no document speaks and that
    the refusal is a software default (I2). `who_may` are the posts that could allow it.
    """

    status = 403

    def __init__(
        self,
        ja: str,
        en: str,
        *,
        clauses: Sequence[str] = (),
        article: str = "",
        who_may: Sequence[str] = (),
        mend_ja: str = "",
        mend_en: str = "",
    ) -> None:
        super().__init__(ja, en, mend_ja=mend_ja, mend_en=mend_en)
        self.clauses = tuple(clauses)
        self.article = article or "ソフトウェアの既定"
        self.who_may = tuple(who_may)
        self.verb = self.about = self.org = self.policy = ""  # filled by the door that refused
        self.also: tuple[tuple[str, str], ...] = ()  # what else stands against it, in ja and en
        self.on_ledger = False

    @property
    def clause(self) -> str | None:
        """The weightiest clause, or None where no document speaks."""
        return self.clauses[0] if self.clauses else None

    def __str__(self) -> str:
        cite = f"[{self.clause}] {self.article}" if self.clause else f"[{self.article}]"
        also = f"\nほかに / also: {'、'.join(self.clauses[1:])}" if self.clauses[1:] else ""
        who = f"\n許可できる役職: {'、'.join(self.who_may)}" if self.who_may else ""
        return f"{cite}\n{super().__str__()}{also}{who}"

    def as_json(self) -> dict[str, object]:
        return {
            "refused": {
                "clause": self.clause,
                "clauses": list(self.clauses),
                "article": self.article,
                "message": self.ja + self.mend_ja,
                "message_en": f"{self.en} {self.mend_en}".rstrip(),
                "who_may": list(self.who_may),
            }
        }


class Conflict(HokankoError):
    """いまの状態では、できません。"""

    status = 409


class Missing(HokankoError):
    """見つかりません。"""

    exit_code = 2
    status = 404


class Unsound(HokankoError):
    """改変または破損が見つかりました。"""

    status = 422


class Unavailable(HokankoError):
    """いまは使えません。何も失われていません。"""

    exit_code = 3
    status = 503
