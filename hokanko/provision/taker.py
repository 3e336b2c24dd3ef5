"""Who takes a copy or is shown it at the desk: a colleague, or somebody from outside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.formats.canon import JSON
from hokanko.people.models import Person
from hokanko.provision.choosing import chosen_of
from hokanko.provision.models import Provision
from hokanko.provision.resting import consent_lacking
from hokanko.rules.decide import adopted_book

SUBJECT = "subject"
BODY_KINDS = {
    "investigative": _("警察・検察などの捜査機関"),
    "public": _("国・地方公共団体などの機関"),
    SUBJECT: _("写っている本人"),
    "other": _("その他の人・団体"),
}

IDENTITY = {
    "document": ("身分証明書の提示", "identity document shown"),
    "other": ("その他の方法", "in another way"),
}

# of a licence, a passport, an individual number, an insurance card: in one run, in groups of four,
# or named as a number; a year is none
DOCUMENT_NUMBER = re.compile(
    r"\d{5,}|\d{4}[\s-]\d{4}[\s-]\d{4}|(?:記号|番号|No\.?)[\s:は]*\d|第\s*\d+\s*号",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Taker:
    """Whoever stands at the desk. `person` is a colleague with credentials of his own.

    Somebody from outside belongs to the `recipient` on record; `identity` says how he was
    identified, `undertaking_on` when he signed the undertaking of secrecy.
    """

    name: str
    person: Person | None = None
    recipient: str = ""
    identity: str = ""
    undertaking_on: date | None = None

    @property
    def label(self) -> str:
        """As papers name him: body and name."""
        return "　".join(dict.fromkeys(part for part in (self.recipient, self.name) if part))


def as_taker(receiver: Person | Taker) -> Taker:
    """A colleague as a taker; a taker as he is."""
    return receiver if isinstance(receiver, Taker) else Taker(receiver.name, person=receiver)


def insist_kind_only(identity: str) -> None:
    """Raise Conflict where the number of a document is noted, and not its kind alone."""
    if DOCUMENT_NUMBER.search(unicodedata.normalize("NFKC", identity)):
        raise Conflict(
            "身分を確かめた書類の番号らしい数字があります。番号（免許証・マイナンバーなど）は、"
            "確かめた記録に要らない個人情報なので、残せません。",
            "This looks like the number of an identity document. The record of the check does not "
            "need it, and it is personal data: it is not kept.",
            mend_ja="「運転免許証」のように、書類の種類だけを書いてください。",
            mend_en="Write the kind of document only, such as “driving licence”.",
        )


def to_outsiders(org: str) -> bool:
    """Whether the rulebook's own form is for somebody outside the house: it names a recipient."""
    return any(field.id == "recipient" for field in adopted_book(org).form_fields)


def is_of_oneself(provision: Provision) -> bool:
    """Whether somebody filmed asks for his own images."""
    return bool(provision.details.get("body_kind") == SUBJECT)


def handing(provision: Provision, taker: Taker, delivering: Sequence[str]) -> dict[str, object]:
    """What the law is told before something leaves, or is shown, at the desk."""
    outside = to_outsiders(provision.org_id)
    signed = taker.undertaking_on
    if outside:
        right = taker.recipient == provision.recipient and _comes_from(provision, taker)
    else:
        right = taker.person is not None and taker.person.pk == provision.requester_id
    return {
        "decided": provision.state in {"approved", "entered"},
        "entered": provision.state == "entered",
        "to_requester": right,
        "outside_wants": not delivering or not set(delivering) <= set(provision.wants),
        "identity_checked": not outside or _is_told(provision.org_id, taker.identity),
        "undertaking_missing": outside and (signed is None or signed > clock.today()),
        "consent_lacking": consent_lacking(provision, chosen_of(provision)),
    }


def taken(taker: Taker, delivering: Sequence[str], protected: str = "") -> dict[str, JSON]:
    """What stays told with a request: who took which of it, and how others in it are safe."""
    told: dict[str, JSON] = {"taker": taker.name, "delivered": list(delivering)}
    return told | ({"protected": said} if (said := protected.strip()) else {})


def identity_ways(org: str) -> Mapping[str, tuple[str, str]]:
    """In which ways somebody is identified, as the rulebook's form has them."""
    rows = adopted_book(org).form_fields
    return next((row.options for row in rows if row.id == "identity"), IDENTITY)


def _is_told(org: str, identity: str) -> bool:
    """Whether it says how he was identified: the name of a way alone does not."""
    ways = {said for way in identity_ways(org).values() for said in way}
    return identity.strip(" 　：:") not in {"", *ways}


def _comes_from(provision: Provision, taker: Taker) -> bool:
    """Whether he may come for the recipient: anybody named for a body, a person for himself."""
    name = "".join(taker.name.split())
    return bool(name) and (
        not is_of_oneself(provision) or name in "".join(provision.recipient.split())
    )
