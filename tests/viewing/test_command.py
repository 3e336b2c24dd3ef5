"""hokanko viewing: the turns of a request for viewing from the command line."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command

from tests.viewing.conftest import Desk


def said(*words: str) -> dict[str, object]:
    """What a command says as JSON."""
    out = StringIO()
    call_command("viewing", "--json", *words, stdout=out, stderr=StringIO())
    return dict(json.loads(out.getvalue()))


def refused(*words: str, code: int = 1) -> dict[str, object]:
    """What a command says that is refused."""
    out = StringIO()
    with pytest.raises(SystemExit) as no:
        call_command("viewing", "--json", *words, stdout=out, stderr=StringIO())
    assert no.value.code == code
    return dict(json.loads(out.getvalue()))


def test_a_request_is_sent_back_answered_and_withdrawn(desk: Desk) -> None:
    viewing = desk.asked("ito")
    name = str(viewing.pk)
    back = said("send-back", name, "--question", "どの場面", "--by", "takahashi")
    assert (back["state"], back["answer_due"], back["turns"]) == (
        "returned",
        "2026-11-27",
        ["sent_back"],
    )
    told = ("--answer", "声掛け", "--purpose", "ウ", "--note", "声掛けの事案")
    again = said("answer", name, *told, "--by", "ito")
    assert (again["state"], again["turns"]) == ("asked", ["sent_back", "resubmitted"])
    viewing.refresh_from_db()
    assert (viewing.purposes, viewing.note) == (["ウ"], "声掛けの事案")
    for reader in ("tanaka", "ito"):
        listed = said("list", "--org", "CHUO", "--by", reader)
        assert listed["viewings"] == [again]
        assert "声掛け" not in json.dumps(listed, ensure_ascii=False)
    assert said("list", "--org", "CHUO", "--by", "yamada")["viewings"] == []
    gone = said("withdraw", name, "--reason", "不要になった", "--by", "ito")
    assert gone["state"] == "withdrawn"


def test_each_turn_is_only_his_whose_turn_it_is(desk: Desk) -> None:
    name = str(desk.asked("ito").pk)
    assert refused("send-back", name, "--question", "どれ", "--by", "tanaka")["refused"]
    assert refused("answer", name, "--answer", "はい", "--by", "ito")["error"]
    said("send-back", name, "--question", "どれ", "--by", "takahashi")
    assert refused("answer", name, "--answer", "はい", "--by", "sato")["refused"]
    assert refused("withdraw", name, "--reason", "不要", "--by", "takahashi")["refused"]
    assert refused("answer", "CHUO-1", "--answer", "はい", "--by", "ito", code=2)["error"]
