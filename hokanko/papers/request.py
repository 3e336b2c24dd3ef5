"""映像ファイル提供依頼書 (別記様式): the police form on which someone asks for footage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from hokanko.formats.era import clock_time, reiwa
from hokanko.papers.press import pdf
from hokanko.papers.sheet import Sheet

BLANK_DAY = "令和　　年　　月　　日"
BLANK_TIME = "午　　　時　　分"


@dataclass(frozen=True, slots=True)
class Receipt:
    """受理所属記載欄: what the unit that holds the footage fills in."""

    receiver_post: str
    receiver_name: str
    night_duty: bool
    file_numbers: tuple[str, ...]
    entered: bool
    gave_stills: bool
    gave_medium: bool


NOT_YET = Receipt(
    receiver_post="",
    receiver_name="",
    night_duty=False,
    file_numbers=(),
    entered=False,
    gave_stills=False,
    gave_medium=False,
)


@dataclass(frozen=True, slots=True)
class Request:
    """The form's fields in its own order. Empty text and absent dates print as blanks.

    `addressee` is the chief of the unit, such as 中央警察署長; `purposes` are from ア, イ and ウ,
    and `purpose_text` goes in the brackets of イ.
    """

    sheet: Sheet
    submitted: date | None
    addressee: str
    outline: str
    handled_from: datetime | None
    handled_until: datetime | None
    wearer_section: str
    wearer_name: str
    wants_stills: bool
    wants_medium: bool
    purposes: tuple[str, ...]
    purpose_text: str
    requester_unit: str
    requester_section: str
    requester_name: str
    requester_telephone: str
    remarks: str
    receipt: Receipt | None = None


def blank(sheet: Sheet, addressee: str) -> Request:
    """The form with nothing filled in, as it is annexed to the rules."""
    return Request(
        sheet=sheet,
        submitted=None,
        addressee=addressee,
        outline="",
        handled_from=None,
        handled_until=None,
        wearer_section="",
        wearer_name="",
        wants_stills=False,
        wants_medium=False,
        purposes=(),
        purpose_text="",
        requester_unit="",
        requester_section="",
        requester_name="",
        requester_telephone="",
        remarks="",
    )


def render(paper: Request) -> bytes:
    """The form as PDF. Text too long for its frame moves to an annexed sheet (別紙)."""
    return pdf("request", data(paper))


def data(paper: Request) -> dict[str, object]:
    """As `request.typ` reads it."""
    return {
        "sheet": paper.sheet.data(),
        "date": reiwa(paper.submitted) if paper.submitted else BLANK_DAY,
        "addressee": paper.addressee,
        "outline": paper.outline,
        "from": _about(paper.handled_from),
        "until": _about(paper.handled_until),
        "wearer": {"section": paper.wearer_section, "name": paper.wearer_name},
        "wants": {"stills": paper.wants_stills, "medium": paper.wants_medium},
        "purposes": paper.purposes,
        "purpose_text": paper.purpose_text,
        "requester": {
            "所属": paper.requester_unit,
            "係": paper.requester_section,
            "氏名": paper.requester_name,
            "警電": paper.requester_telephone,
        },
        "remarks": paper.remarks,
        "receipt": _receipt(paper.receipt or NOT_YET),
    }


def _about(moment: datetime | None) -> str:
    """令和7年8月1日 午後2時5分頃 (police-form-time)."""
    if moment is None:
        return f"{BLANK_DAY} {BLANK_TIME}頃"
    return f"{reiwa(moment)} {clock_time(moment)}頃"


def _receipt(receipt: Receipt) -> dict[str, object]:
    return {
        "post": receipt.receiver_post,
        "receiver": receipt.receiver_name,
        "night_duty": receipt.night_duty,
        "file_numbers": receipt.file_numbers,
        "entered": receipt.entered,
        "gave": {"stills": receipt.gave_stills, "medium": receipt.gave_medium},
    }
