"""The numbers that reports, pages and exports share: each with its name, its words and its lines.

None of them is kept: they are counted from the ledger whenever they are asked for. They come from
what a line says happened, never from what a recording shows, and name nobody and no file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hokanko.ledger.tally import ABOUT, POSTS, SUMMED, by_month, tally

SPLIT = {
    "case.opened": "kind",
    "evidence.entered": "register",
    "evidence.completed": "register",
    "retention.erased": ABOUT,
    "provision.handed": ABOUT,
    "provision.asked": "purposes",
    "provision.decided": "ground",
    "shift.explained": "ground",
    "viewing.opened": "purposes",
    "intake.examined": f"{SUMMED}duration_ms",
}
AGAIN = {"viewing.opened": POSTS, "provision.asked": ABOUT}  # what is split in two ways


@dataclass(frozen=True, slots=True)
class Number:
    """One number: its words, the keys of the tally that it adds up, and its unit."""

    ja: str
    en: str
    keys: tuple[str, ...]
    unit: str = "件"


NUMBERS: dict[str, Number] = {
    "recordings": Number("作成した映像ファイル", "recordings taken in", ("intake.taken_in",), "本"),
    "filmed_ms": Number("撮影した時間", "time filmed", ("intake.examined:sum",), "ミリ秒"),
    "viewings": Number("閲覧", "viewings", ("viewing.opened",), "回"),
    "requests": Number("提供の依頼", "requests for provision", ("provision.asked#provision",)),
    "provisions": Number("提供", "provisions", ("provision.handed#provision",)),
    "declined": Number("認めなかった提供", "provisions declined", ("provision.declined",)),
    "erasures": Number(
        "消去した映像ファイル", "recordings erased", ("retention.erased#footage",), "本"
    ),
    "exceptions": Number(
        "例外的な消去の承認", "exceptional erasures granted", ("erasure.granted",)
    ),
    "exceptions_declined": Number(
        "認めなかった例外的な消去", "exceptional erasures declined", ("erasure.declined",)
    ),
    "extensions": Number("保存期間の延長", "extensions of retention", ("retention.extended",)),
    "complaints": Number("苦情", "complaints", ("case.opened:complaint",)),
    "enquiries": Number("問い合わせ", "enquiries", ("case.opened:enquiry",)),
    "subject_requests": Number(
        "本人からの請求", "requests of persons filmed", ("case.opened:subject",)
    ),
    "objections": Number("撮影への疑念・拒絶", "objections to filming", ("case.opened:objection",)),
    "incidents": Number("事案", "incidents", ("case.opened:incident",)),
    "refused": Number("認めなかった操作", "operations refused", ("refused",)),
    "damaged": Number("損傷を認めた映像ファイル", "recordings found damaged", ("footage.damaged",)),
    "pauses": Number(
        "撮影していない時間の説明", "times without footage explained", ("shift.explained",)
    ),
}
PARTS = {  # numbers that are also told by purpose, by ground, or by the posts of who did it
    "viewings": "viewing.opened:",
    "viewing_posts": "viewing.opened@",
    "requests": "provision.asked:",
    "provision_grounds": "provision.decided:",
    "pauses": "shift.explained:",
}
SEPARATOR = "/"  # between such a number and what it is told by: "requests/ア"


def count(orgs: tuple[str, ...], since: date, until: date) -> dict[str, int]:
    """Every number over a period, both days counted; those that nothing adds to are 0."""
    return added(keys(orgs, since, until))


def keys(orgs: str | tuple[str, ...], since: date, until: date) -> Counter[str]:
    """The tally that the numbers are added up from, split in every way."""
    return tally(orgs, since, until, SPLIT) | tally(orgs, since, until, AGAIN)


def monthly(
    orgs: tuple[str, ...], since: date, until: date
) -> dict[tuple[str, str], dict[str, int]]:
    """The same by organisation and month ("2025-08"); a month without lines is left out."""
    again = by_month(orgs, since, until, AGAIN)
    found = by_month(orgs, since, until, SPLIT)
    return {place: added(each | again[place]) for place, each in sorted(found.items())}


def added(found: Mapping[str, int]) -> dict[str, int]:
    """The numbers that a tally adds up to, and their parts by purpose, ground and post."""
    told = Counter(found)
    numbers = {name: sum(told[key] for key in each.keys) for name, each in NUMBERS.items()}
    for name, head in PARTS.items():
        parts = {key.removeprefix(head): n for key, n in told.items() if key.startswith(head)}
        numbers |= {
            f"{name}{SEPARATOR}{part}": n
            for part, n in sorted(parts.items())
            if part not in ("None", "")
        }
    return numbers
