"""The doors of an organisation: its pages in a browser, its verbs, and what each refuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client

from hokanko.errors import Refusal
from hokanko.ledger.models import Entry
from hokanko.provision.models import Provision
from tests.provision.outside import (
    POLICE,
)

ASKED: Mapping[str, Any] = {
    "recipient": POLICE,
    "body_kind": "investigative",
    "contact": "03-0000-0110",
    "purpose": ["防犯"],
    "outline": "自転車の盗難の捜査",
    "from": "2026-11-20T11:50",
    "until": "2026-11-20T12:10",
    "content": ["medium"],
}


def said(answer: Any) -> tuple[int, str]:
    """The status and the words of a page."""
    return answer.status_code, answer.content.decode()


def refusals() -> int:
    """How many refusals the ledger holds."""
    return Entry.objects.filter(kind="refused").count()


def refused(act: Callable[[], object]) -> tuple[str, ...]:
    """The clauses on which a verb is refused."""
    with pytest.raises(Refusal) as no:
        act()
    return no.value.clauses


def taken(client: Client) -> str:
    """The address of a request taken down on the screen."""
    assert client.post("/provision/ask/", ASKED).status_code == 302
    return f"/provision/{Provision.objects.get().number}/"
