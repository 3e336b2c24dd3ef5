"""Wrong passwords for many accounts from one address: after a while nothing from there is tried."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hokanko import clock
from hokanko.ledger.models import Entry
from hokanko.ledger.read import acts
from hokanko.people import knocking
from hokanko.people.models import Knock
from hokanko.rehearsal.cast import Cast
from tests.fixtures import NOON, PASSWORD
from tests.people.test_login import WRONG, enter
from tests.web.visitors import browser, kinds_written

HERE: dict[str, Any] = {"REMOTE_ADDR": "192.168.1.20"}
ELSEWHERE: dict[str, Any] = {"REMOTE_ADDR": "192.168.1.21"}


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knocking, "MOST", 6)


def spray(times: int = 6, **where: Any) -> None:
    """One wrong password each for many names."""
    for number in range(times):
        Client(**(where or HERE)).post("/login/", {"login": f"name{number}", "password": "wrong"})


def opens(where: dict[str, Any], login: str = "tanaka") -> bool:
    return enter(Client(**where), login) == "/"


def test_too_many_shut_the_address_and_no_other(cast: Cast) -> None:
    spray()
    assert not opens(HERE)
    assert opens(ELSEWHERE)
    clock.fix(NOON + timedelta(minutes=16))
    assert opens(HERE)


def test_it_reads_like_every_other_failure(cast: Cast) -> None:
    spray()
    answer = Client(**HERE).post("/login/", {"login": "tanaka", "password": PASSWORD})
    assert WRONG in answer.content.decode()
    assert answer.status_code == 200


def test_fewer_do_not_nor_do_old_ones(cast: Cast) -> None:
    spray(5)
    assert opens(HERE)
    clock.fix(NOON + timedelta(minutes=16))
    spray(5)
    assert opens(HERE)


def test_the_right_password_of_one_s_own_does_not_begin_the_count_anew(cast: Cast) -> None:
    spray(5)
    assert opens(HERE)
    spray(1)
    assert not opens(HERE)


def test_while_it_is_shut_nothing_is_written_and_no_account_is_locked(cast: Cast) -> None:
    spray()
    line = acts(Entry.objects.order_by("-id")[:1])[0]
    assert (line.kind, line.facts["place_shut"]) == ("login.failed", True)
    before = len(kinds_written())
    for _ in range(5):
        Client(**HERE).post("/login/", {"login": "tanaka", "password": "wrong"})
    assert len(kinds_written()) == before
    assert opens(ELSEWHERE)


def test_neighbours_of_one_ipv6_customer_share_the_count(cast: Cast) -> None:
    for number in range(6):
        spray(1, REMOTE_ADDR=f"fd00:1:2:3::{number + 1}")
    assert not opens({"REMOTE_ADDR": "fd00:1:2:3::ffff"})
    assert opens({"REMOTE_ADDR": "fd00:1:2:4::1"})


def test_no_address_is_kept_as_it_is_and_none_for_long(cast: Cast) -> None:
    spray(1)
    assert HERE["REMOTE_ADDR"] not in Knock.objects.get().place
    clock.fix(NOON + timedelta(days=2))
    spray(1, **ELSEWHERE)
    assert Knock.objects.count() == 1


def test_a_change_of_password_counts_too(cast: Cast) -> None:
    for login in ("tanaka", "sato", "suzuki"):
        client = browser(cast, login)
        for _ in range(2):
            client.post(
                "/me/password/", {"current": "wrong", "password": "x" * 12, "again": "x" * 12}
            )
    assert not opens({})
