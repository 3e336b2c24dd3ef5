"""hokanko case: the same verbs from the command line, without personal texts in its JSON."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command

from hokanko.home import Home
from tests.cases.bodies import body


def said(*words: str) -> dict[str, object]:
    """What a command says as JSON."""
    out = StringIO()
    call_command("case", "--json", *words, stdout=out, stderr=StringIO())
    return dict(json.loads(out.getvalue()))


def test_a_complaint_from_receipt_to_closing(fresh_home: Home, db: None) -> None:
    del fresh_home, db
    body("shop")
    opened = said("open", "--org", "BODY", "--story", "秘密の話", "--name", "北野", "--by", "hara")
    number = str(opened["number"])
    assert (opened["state"], opened["owner"]) == ("open", "管理責任者")
    assert said("step", number, "--what", "answered", "--text", "電話", "--by", "boss")
    with pytest.raises(SystemExit) as bare:
        said("close", number, "--outcome", "none", "--by", "boss")
    assert bare.value.code == 1
    told = ("--outcome", "measure", "--measures", "直した", "--by", "boss")
    assert said("close", number, *told)["state"] == "closed"
    listed = said("list", "--org", "BODY", "--by", "boss")
    assert "秘密" not in json.dumps(listed, ensure_ascii=False)
    assert "北野" not in json.dumps(listed, ensure_ascii=False)


def test_who_may_not_read_gets_no_list(fresh_home: Home, db: None) -> None:
    del fresh_home, db
    body("shop")
    with pytest.raises(SystemExit) as no:
        said("list", "--org", "BODY", "--by", "hara")
    assert no.value.code == 1
