"""The ledger can be read by whom the rulebook names, and that it was read is written."""

from __future__ import annotations

from hokanko.footage.telling import LABELS, UNTOLD
from hokanko.ledger.kinds import KINDS
from hokanko.ledger.models import Entry
from hokanko.ledger.read import acts
from hokanko.rehearsal.cast import Cast
from tests.web.visitors import browser, kinds_written


def test_the_manager_reads_his_units_lines(cast: Cast) -> None:
    page = browser(cast, "suzuki").get("/ledger/").content.decode()
    assert "カメラを登録した" in page
    assert "鈴木 一郎" in page
    assert "police-4.1" in page
    assert "MINATO" not in page


def test_reading_is_written(cast: Cast) -> None:
    browser(cast, "suzuki").get("/ledger/?kind=refused")
    assert kinds_written()[-1] == "ledger.read"
    (last,) = acts(Entry.objects.order_by("-id")[:1])
    assert last.facts == {"what": "refused, page 1"}
    assert last.person == "鈴木 一郎"


def test_facts_and_posts_are_told_in_words(cast: Cast) -> None:
    client = browser(cast, "suzuki")
    page = client.get("/ledger/?kind=post.appointed").content.decode()
    assert "対象者：佐藤 健" in page
    assert "役職：カメラ装着警察官" in page
    assert "@CHUO" not in page
    client.post("/language/", {"language": "en", "next": "/"})
    page = client.get("/ledger/?kind=post.appointed").content.decode()
    assert "Post: wearing officer" in page
    assert "運用管理者" not in page, "who appointed is told in English too"


def test_every_fact_has_its_words() -> None:
    facts = {fact for kind in KINDS.values() for fact in kind.facts}
    assert facts - set(LABELS) - UNTOLD == set()


def test_only_one_kind(cast: Cast) -> None:
    client = browser(cast, "suzuki")
    page = client.get("/ledger/?kind=training.held").content.decode()
    assert "HKBWC-CHUO" not in page
    assert (
        "この種類の記録はまだありません" in client.get("/ledger/?kind=backup.made").content.decode()
    )
    assert client.get("/ledger/?kind=nonsense&page=x").status_code == 200


def test_pages_follow_each_other(cast: Cast) -> None:
    client = browser(cast, "suzuki")
    for _ in range(60):
        client.post(f"/people/{cast.people['sato'].pk}/train/", {"topic": "撮影"})
    assert 'rel="next"' in client.get("/ledger/").content.decode()
    assert 'rel="prev"' in client.get("/ledger/?page=2").content.decode()


def test_headquarters_reads_its_units(cast: Cast) -> None:
    assert browser(cast, "watanabe").get("/ledger/at/CHUO/").status_code == 200


def test_an_outsider_and_a_plain_member_of_staff_are_refused(cast: Cast) -> None:
    assert browser(cast, "yamada").get("/ledger/at/CHUO/").status_code == 403
    assert browser(cast, "ito").get("/ledger/").status_code == 403
    assert kinds_written()[-2:] == ["refused", "refused"]
