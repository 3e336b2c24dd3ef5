"""Where a citation comes from: the document and its issuing office, beside it on every page."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from hokanko.cameras.models import Camera
from hokanko.people.readying import swear
from tests.clauses import test_home, test_pref, test_ward
from tests.clauses.founded import Founded, camera, found
from tests.web.visitors import browser

PREF, HOME = "鳥取県庁くらしの安心推進課", "熊谷市市民部安心安全課"
OFFICES = [
    pytest.param("pref", PREF, test_pref.VALUES, marks=pytest.mark.clause("pref-contact")),
    pytest.param("home", HOME, test_home.VALUES, marks=pytest.mark.clause("home-contact")),
]
pytestmark = pytest.mark.usefixtures("fresh_home", "db")


def settled(code: str, values: Mapping[str, str]) -> Founded:
    """An installer, sworn, with a camera; and hara, who holds no post."""
    here = found("HERE", "ここ", code, values)
    here.register("kanri", "oya", "大家 一郎", "設置者")
    here.register("oya", "hara", "原 花")
    if code == "pref":
        here.register("oya", "mori", "森 太郎", "管理責任者")
        swear(here.people["mori"], by=here.by("oya"))
    camera(here, "mori" if code == "pref" else "oya")
    return here


def source_on(page: str) -> str:
    """What a page says under もとの文書."""
    return page.partition("<dt>もとの文書</dt>")[2].partition("</dd>")[0]


@pytest.mark.parametrize(("code", "office", "values"), OFFICES)
def test_the_rulebook_page_and_the_clauses_page_name_the_office(
    code: str, office: str, values: Mapping[str, str]
) -> None:
    oya = browser(settled(code, values), "oya")
    for address in ("/rules/", f"/board/at/HERE/{code}-contact/"):
        shown = source_on(oya.get(address).content.decode())
        assert f'問合せ先：<span lang="ja">{office}' in shown


@pytest.mark.parametrize(("code", "office", "values"), OFFICES)
def test_a_refusal_names_the_office_beside_its_citation(
    code: str, office: str, values: Mapping[str, str]
) -> None:
    here = settled(code, values)
    answer = browser(here, "hara").get(f"/cameras/{Camera.objects.get().pk}/site/")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert f"[{code}-" in page
    assert office in source_on(page)


def test_a_refusal_by_default_names_no_document() -> None:
    here = settled("home", test_home.VALUES)
    answer = browser(here, "hara").get("/ledger/")
    assert answer.status_code == 403
    assert "ソフトウェアの既定" in answer.content.decode()
    assert not source_on(answer.content.decode())


def test_a_document_that_names_no_office_shows_none() -> None:
    here = found("HERE", "ここ", "ward", test_ward.VALUES)
    here.register("kanri", "aoki", "青木 区長", "設置者")
    shown = source_on(browser(here, "aoki").get("/rules/").content.decode())
    assert "○○区防犯カメラ設置・運用要領作成例" in shown
    assert "問合せ先" not in shown
