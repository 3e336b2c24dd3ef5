"""Others whom the decision protects: what shows them unmasked leaves once it is said how."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.http import FileResponse
from django.test import Client

from hokanko.errors import Conflict
from hokanko.ledger import read
from hokanko.provision.actions import grant
from hokanko.provision.judging import Judged
from hokanko.provision.models import Provision
from hokanko.provision.queries import thing
from hokanko.provision.reprint import record_paper
from tests.clauses.founded import Founded
from tests.papers.samples import words
from tests.provision.outside import WHY, choose, hand, taken_down, taker
from tests.provision.test_counter import AT_DESK, at

pytestmark = pytest.mark.usefixtures("one_connection")


def of_himself(here: Founded) -> Provision:
    """客野 asks for his own images, in which another is seen; entered as they were filmed."""
    footage = here.take_in("kishi")
    provision = taken_down(here, "kishi", recipient="客野 次郎", body_kind="subject")
    judged = Judged({}, WHY, shown=2, others="もう一人は顔を黒く塗って渡す")
    grant(provision, here.people["mori"], "エ", judged=judged, by=here.by("mori"))
    choose(here, "kishi", provision, footage)
    return provision


@pytest.mark.clause("ward-6.1-d")
def test_what_shows_others_unmasked_leaves_once_it_is_said_how_they_are_safe(
    client: Client, ward: Founded, tmp_path: Path
) -> None:
    provision = of_himself(ward)
    at(client, ward, "kishi")
    here = f"/provision/{provision.number}/hand-over/"
    himself, how = AT_DESK | {"taker": "客野 次郎"}, "この時間にほかの人は写っていない"
    for told in ({}, {"is_protected": "on", "protected": " "}, {"protected": how}):
        answer = client.post(here, himself | told)
        page = answer.content.decode()
        assert (answer.status_code, "（６(1)エ）は、ほかの人を" in page) == (409, True)
        assert "決めたとおりにほかの人を守った" in page
    who = taker(name="客野 次郎", recipient="客野 次郎")
    with pytest.raises(Conflict, match="--protected"):
        hand(ward, "kishi", provision, tmp_path / "package", who)
    assert not (tmp_path / "package").exists()
    sent = client.post(here, himself | {"is_protected": "on", "protected": how})
    assert isinstance(sent, FileResponse)
    sent.close()
    provision.refresh_from_db()
    acts = {act.kind: act for act in read.about(thing(provision).name)}
    assert acts["provision.handed"].private["protected"] == how
    assert how in words(record_paper(provision)).replace("\n", "")
