"""hokanko notice: the publicity at the command line, through the same verbs as the pages."""

from __future__ import annotations

import json
from contextlib import suppress
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from hokanko.cameras.checkout import issue
from hokanko.errors import Refusal
from hokanko.ledger.announced import is_announced
from hokanko.management.commands.evidence import Command as EvidenceCommand
from hokanko.management.commands.notice import Command as NoticeCommand
from hokanko.public.actions import withdraw
from hokanko.public.queries import whole
from hokanko.rehearsal.cast import Cast
from tests.fixtures import WORN

CONTACT = "地域課 03-0000-0000"


@pytest.fixture
def unannounced(in_validity: None, cast: Cast) -> Cast:
    """The cast, whose notice has been taken down again."""
    del in_validity
    site = whole(cast.hq)
    assert site is not None
    withdraw(site, by=cast.as_actor("watanabe"))
    return cast


def said(command: Any, *words: str) -> tuple[dict[str, Any], str]:
    """What a command says: its JSON, and what it says to a person."""
    out, plain = StringIO(), StringIO()
    with suppress(SystemExit):
        call_command(command, "--json", *words, stdout=out, stderr=plain)
    return json.loads(out.getvalue()), plain.getvalue()


def notice(*words: str) -> dict[str, Any]:
    return said(NoticeCommand(), *words)[0]


@pytest.mark.clause("police-notice-6", "police-notice-6-consult")
def test_consulted_published_and_a_camera_goes_out(unannounced: Cast) -> None:
    clerk, sato = unannounced.as_actor("tanaka"), unannounced.people["sato"]
    with pytest.raises(Refusal) as no:
        issue(unannounced.cameras["CHUO-1"], sato, WORN, by=clerk)
    assert no.value.clause == "police-notice-6"
    told = ["--counterpart", "総括責任者", "--outcome", "この内容でよい"]
    asked = notice("consult", "--org", "HONBU", *told, "--by", "watanabe")
    assert asked["consulted"] == "2025-11-20"
    out = notice("publish", "--org", "HONBU", "--contact", CONTACT, "--by", "watanabe")
    assert CONTACT in Client().get(out["path"]).content.decode()
    issue(unannounced.cameras["CHUO-1"], sato, WORN, by=clerk)
    shown = notice("show", "--org", "HONBU", "--by", "watanabe")
    assert (shown["announced"], shown["consulted"]) == (True, "2025-11-20")
    assert [row["path"] for row in shown["notices"]] == [out["path"]]
    down = notice("withdraw", "--org", "HONBU", "--by", "watanabe")
    assert down["path"] is None
    assert not is_announced({"HONBU", "CHUO"})


@pytest.mark.parametrize(
    ("login", "clause"),
    [("tanaka", "police-notice-6"), ("sato", "police-notice-6"), ("yamada", "police-3.2.1")],
)
def test_the_wrong_post_publishes_and_sees_nothing(
    unannounced: Cast, login: str, clause: str
) -> None:
    del unannounced
    out = notice("publish", "--org", "CHUO", "--contact", CONTACT, "--by", login)
    assert out["refused"]["clause"] == clause
    assert "refused" in notice("show", "--org", "CHUO", "--by", login)


def test_a_site_that_is_not_there_is_said(unannounced: Cast) -> None:
    del unannounced
    told = ["--org", "HONBU", "--contact", CONTACT, "--by", "watanabe", "--site", "どこか"]
    assert "どこか" in notice("publish", *told)["error"]["ja"]
    down = notice("withdraw", "--org", "CHUO", "--by", "watanabe")
    assert "公表しているページはありません" in down["error"]["ja"]


def test_an_entry_of_publication_is_no_notice(unannounced: Cast) -> None:
    add = ["add", "--org", "HONBU", "--kind", "publication", "--set", "where=ウェブサイト"]
    odd, _ = said(EvidenceCommand(), *add, "--clause", "police-notice-6", "--by", "watanabe")
    assert "hokanko notice publish" in odd["error"]["ja"]
    out = StringIO()
    call_command(EvidenceCommand(), *add, "--by", "watanabe", stdout=out)
    assert (
        "お知らせを公表するまでできません（hokanko notice publish --org HONBU）" in out.getvalue()
    )
    assert not is_announced({"HONBU", unannounced.station.pk})
