"""hokanko request: the turns of a request from the command line."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command

from hokanko.ledger.models import Entry
from hokanko.provision.models import CALL
from hokanko.rehearsal.cast import Cast
from tests.provision.requests import asked
from tests.provision.test_standing_in import taken


def said(*words: str) -> dict[str, object]:
    """What a command says as JSON."""
    out = StringIO()
    call_command("request", "--json", *words, stdout=out, stderr=StringIO())
    return dict(json.loads(out.getvalue()))


def refused(*words: str) -> dict[str, object]:
    """What a command says that is refused."""
    out = StringIO()
    with pytest.raises(SystemExit) as no:
        call_command("request", "--json", *words, stdout=out, stderr=StringIO())
    assert no.value.code == 1
    return dict(json.loads(out.getvalue()))


def test_a_request_is_sent_back_answered_and_stands_amended(cast: Cast) -> None:
    number = asked(cast).number
    back = said(
        "send-back", number, "--question", "時刻は", "--due", "2026-11-30", "--by", "suzuki"
    )
    assert (back["state"], back["answer_due"], back["turns"]) == (
        "returned",
        "2026-11-30",
        ["sent_back"],
    )
    told = ("--answer", "正しくは二時", "--outline", "二時の接触事故", "--want", "still")
    again = said("answer", number, *told, "--by", "ito")
    assert (again["state"], again["turns"]) == ("asked", ["sent_back", "resubmitted"])
    row = cast.station.provisions.get()
    assert (row.outline, row.wants, row.purposes) == ("二時の接触事故", ["still"], ["ウ"])
    (line,) = Entry.objects.filter(kind="provision.resubmitted", about=f"provision:{row.pk}")
    facts = json.loads(bytes(line.body))["facts"]
    assert sorted(facts["amended"]) == ["outline", "wants"]
    listed = said("list", "--org", "CHUO", "--by", "tanaka")
    assert "接触" not in json.dumps(listed, ensure_ascii=False)
    assert listed["requests"] == [again]


def test_each_turn_is_only_his_whose_turn_it_is(cast: Cast) -> None:
    number = asked(cast).number
    no = refused("send-back", number, "--question", "時刻は", "--by", "tanaka")
    assert no["refused"]
    assert refused("answer", number, "--answer", "はい", "--by", "ito")["error"]
    said("send-back", number, "--question", "時刻は", "--by", "suzuki")
    assert refused("answer", number, "--answer", "はい", "--by", "takahashi")["refused"]
    assert refused("withdraw", number, "--reason", "不要", "--by", "takahashi")["refused"]
    empty = refused("answer", number, "--answer", "はい", "--outline", "", "--by", "ito")
    assert empty["refused"]["clause"] == "police-form-outline"  # type: ignore[index]
    assert refused("list", "--org", "CHUO", "--by", "ito")["refused"]
    gone = said("withdraw", number, "--reason", "不要になった", "--by", "ito")
    assert (gone["state"], gone["turns"]) == ("withdrawn", ["sent_back", "withdrawn"])


@pytest.mark.clause("police-7.2.3")
def test_what_was_told_by_telephone_is_confirmed_by_its_requester(cast: Cast) -> None:
    number = taken(cast, CALL).number
    no = refused("answer", number, "--answer", "代わりに", "--by", "tanaka")
    assert no["refused"]["clause"] == "police-7.2.3"  # type: ignore[index]
    assert said("answer", number, "--answer", "相違ありません", "--by", "ito")["state"] == "asked"
