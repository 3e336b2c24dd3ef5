"""Nothing crosses between organisations: every address that names a thing, tried from outside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from hokanko import clock
from hokanko.audit.models import Evidence
from hokanko.backup.models import StoragePlace
from hokanko.cameras.models import Checkout, PlannedOff, Sheet, Sign, Site
from hokanko.casebook.models import Case, Doubt
from hokanko.footage.models import Footage, PersonConsent
from hokanko.headquarters.models import ProjectReport
from hokanko.imports.models import Import
from hokanko.live.models import LiveWatch
from hokanko.people.appointing import appoint
from hokanko.people.attach import Scan, enclose
from hokanko.people.contracts import file_document, register_contractor
from hokanko.people.enrol import prepare_terminal
from hokanko.people.models import Appointment, Person
from hokanko.people.readying import swear
from hokanko.provision.models import ProvidedMedium, ProvisionPaper
from hokanko.recorder.models import Watcher
from hokanko.rehearsal.cast import Cast
from hokanko.rehearsal.neighbourhood import NEIGHBOURS
from hokanko.rehearsal.settling import settle_one
from hokanko.retention.models import Erasure, ErasureCase
from hokanko.rules.models import Adoption
from hokanko.shifts.models import Passage, StandingConsent
from hokanko.urls import urlpatterns
from hokanko.viewing.actions import ask as ask_to_view
from tests.fixtures import NOON, PASSWORD
from tests.provision.requests import entered
from tests.web.visitors import BACKEND, WIRE

# Reached without a login, by whoever passes the sign or holds a one-time code.
PUBLIC = {
    "people.login",
    "people.enrol",
    "web.language",
    "public.notice",
    "headquarters.published",
    "headquarters.published_numbers",
}
OWN = {"people.logout"}
NAMELESS = {
    "cases.open",
    "cases.ask_doubt",
    "editions.paper",
}  # a kind or a form of one's own, not a thing of others
SECRETS = ("佐藤 健", "田中 美咲", "高橋 誠", "CHUO-2026")
ABOUT: dict[str, str] = {
    "people.firm_scan": "paper",
    "people.oath_scan": "oath",
    "people.reminder_scan": "reminder",
    "provision.enclosed": "enclosed",
    "people.firm": "firm",
    "people.terminal_retire": "terminal",
    "people.terminal_wire": "terminal",
    "people.terminal_move": "terminal",
    "people.": "person",
    "cameras.site": "site",
    "cameras.add_sheet": "site",
    "cameras.sheet": "sheet",
    "cameras.sheet_map": "sheet",
    "cameras.scale": "sheet",
    "cameras.lay_map": "sheet",
    "cameras.drop_sheet": "sheet",
    "cameras.arrange": "site",
    "cameras.entrances": "site",
    "cameras.post_sign": "site",
    "cameras.plan_sign": "site",
    "cameras.close_site": "site",
    "cameras.closed": "closed",
    "cameras.closing_photo": "closed",
    "cameras.sign_pdf": "site",
    "cameras.site_map_pdf": "site",
    "cameras.sign_photo": "sign",
    "cameras.sign_removal_photo": "sign",
    "cameras.remove_sign": "sign",
    "cameras.hang_sign": "sign",
    "cameras.move_sign": "sign",
    "cameras.drop_sign": "sign",
    "coverage.drop": "planned",
    "coverage.": "camera",
    "cameras.": "camera",
    "live.pictures": "watch",
    "recorder.connect": "camera",
    "recorder.veil": "camera",
    "recorder.drop_watcher": "watcher",
    "recorder.try_watcher": "watcher",
    "audit.": "evidence",
    "backup.": "storage",
    "editions.": "edition",
    "headquarters.": "report",
    "shifts.consent": "passage",
    "shifts.end_premises": "standing",
    "shifts.return": "camera",
    "shifts.lost": "camera",
    "shifts.found": "camera",
    "shifts.repair": "camera",
    "provision.medium": "medium",
    "footage.consent": "consent",
    "shifts.": "shift",
}
FIXED: dict[str, object] = {
    "leg": 1,
    "code": "CHUO",
    "year": 2026,
    "form": "pdf",
    "which": "record",
    "kind": "complaint",
    "clause": "police-3.2.1",
    "register": "inspection",
    "size": "small",
    "at_ms": 500,
}


@dataclass(frozen=True, slots=True)
class Outside:
    """Things of the station, and who comes from elsewhere."""

    things: dict[str, object]
    visitors: dict[str, Person]


@pytest.fixture
def outside(cast: Cast, footage: Footage, tmp_path: Path) -> Outside:
    """One thing of each kind at the station; a ward's head and manager, and another unit's head."""
    del tmp_path
    ward = settle_one(NEIGHBOURS[0], PASSWORD)
    visitors = {login: ward.people[login] for login in ("aoki", "mori", "hara")}
    visitors["yamada"] = cast.people["yamada"]
    return Outside(_things(cast, footage), visitors)


def _things(cast: Cast, footage: Footage) -> dict[str, object]:
    by, station, ito = cast.as_actor("suzuki"), cast.station, cast.people["ito"]
    room = ask_to_view(footage, ito, ["ウ"], "事案", by=cast.as_actor("ito"))
    firm = register_contractor(
        station, name="あおば警備", work="保守", since=NOON.date(), until=None, by=by
    )
    paper = file_document(
        firm,
        kind="contract",
        signed_on=NOON.date(),
        valid_until=None,
        complies=True,
        scan=Scan(b"%PDF-1.7", "x.pdf"),
        by=by,
    )
    terminal, _ = prepare_terminal(
        station,
        name="PC",
        place="警察署地域課執務室",
        wire_checked_on=NOON.date(),
        photo=WIRE,
        by=by,
    )
    site = Site.objects.create(org=station, name="署", notice_code="q", opened_at=NOON)
    closed = Site.objects.create(
        org=station, name="前の署", notice_code="r", opened_at=NOON, closed_at=NOON
    )
    sheet = Sheet.objects.create(site=site, number=1)
    sign = Sign.objects.create(site=site, place="玄関", posted_on=NOON.date())
    evidence = Evidence.objects.create(
        org=station,
        kind="inspection",
        number=1,
        spoken_of=NOON.date(),
        entered_at=NOON,
        entered_by=ito,
        fields=b"",
    )
    case = Case.objects.create(
        org=station,
        kind="complaint",
        number="CHUO-2026-K1",
        received_on=NOON.date(),
        due_on=NOON.date(),
        owner="運用管理者",
        sender=b"",
        story=b"",
    )
    doubt = Doubt.objects.create(
        org=station, clause="police-9.2", question=b"", raised_at=NOON, raised_by=ito
    )
    storage = StoragePlace.objects.create(
        org=station, place="警察署地域課執務室", where="/mnt/秘密", declared_at=NOON
    )
    asked = ErasureCase.objects.create(
        footage=footage, org=station, limb="special", asked_at=clock.now(), asked_by=ito
    )
    erased = Erasure.objects.create(
        org=station, day=NOON.date(), footage=[], marked_at=NOON, certified_at=NOON
    )
    shift = Checkout.objects.create(
        camera=cast.cameras["CHUO-1"], wearer=cast.people["sato"], out_at=NOON, due_at=NOON
    )
    planned = PlannedOff.objects.create(
        camera=cast.cameras["CHUO-1"],
        begun=NOON,
        ended=NOON,
        reason="closed",
        at=NOON,
        by=cast.people["suzuki"],
    )
    passage = Passage.objects.create(
        footage=footage,
        checkout=shift,
        begun=NOON,
        ended=NOON,
        place="open",
        outside=False,
        managed=True,
        by=cast.people["sato"],
        at=NOON,
    )
    standing = StandingConsent.objects.create(org=station, premises="署前の駅", since=NOON.date())
    watcher = Watcher.objects.create(
        org=station, means="email", address="佐藤 健@example.org", added_at=NOON
    )
    watch = LiveWatch.objects.create(
        sitting=uuid4(),
        camera=cast.cameras["CHUO-1"],
        person=cast.people["sato"],
        begun_at=NOON,
        until=NOON,
        seen_at=NOON,
    )
    report = ProjectReport.objects.create(
        org=station,
        kind="results",
        begins=NOON.date(),
        ends=NOON.date(),
        drafted_by=cast.people["suzuki"],
        drafted_at=NOON,
    )
    held = cast.people["tanaka"].appointments.get()
    provision = entered(cast, footage)
    enclosed = ProvisionPaper(provision=provision, title="照会書", entered_at=NOON)
    oath = swear(cast.people["sato"], scan=Scan(b"%PDF-1.7", "x.pdf"), by=by)
    enclose(enclosed, Scan(b"%PDF-1.7", "x.pdf"))
    enclosed.save()
    medium = ProvidedMedium.objects.create(
        provision=provision, number="CHUO-M-1", kind="medium", holder="伊藤 玲", handed_at=NOON
    )
    consent = PersonConsent(
        number="CHUO-C-1",
        org=station,
        person="佐藤 健",
        purpose="広報",
        footage=footage,
        on=NOON.date(),
        how="同意書",
        entered_at=NOON,
        entered_by=ito,
    )
    enclose(consent, Scan(b"%PDF-1.7", "x.pdf"))
    consent.save()
    lot = Import(
        number="CHUO-I-2026-0001",
        org=station,
        kind="card",
        device="車載カメラ",
        taken_by="佐藤 健",
        taken_at=NOON,
        begun_at=NOON,
    )
    enclose(lot, Scan(b"%PDF-1.7", "x.pdf"))
    lot.save()
    return {
        "consent": consent.pk,
        "lot": lot.number,
        "footage_id": footage.pk,
        "viewing_id": room.pk,
        "number": provision.number,
        "file_id": provision.files.order_by("pk").values_list("pk", flat=True)[0],
        "person": cast.people["sato"].pk,
        "appointment": held.pk,
        "firm": firm.pk,
        "paper": paper.pk,
        "oath": oath.pk,
        "reminder": oath.person.reminders.create(told_at=clock.now()).pk,
        "enclosed": enclosed.pk,
        "medium": medium.pk,
        "terminal": terminal.pk,
        "camera": cast.cameras["CHUO-1"].pk,
        "planned": planned.pk,
        "site": site.pk,
        "closed": closed.pk,
        "sheet": sheet.pk,
        "sign": sign.pk,
        "evidence": evidence.pk,
        "cases.case": case.pk,
        "doubt_id": doubt.pk,
        "retention.case": asked.pk,
        "erasure": erased.pk,
        "storage": storage.pk,
        "shift": shift.pk,
        "passage": passage.pk,
        "standing": standing.pk,
        "report": report.pk,
        "watcher": watcher.pk,
        "watch": watch.pk,
        "sitting": watch.sitting,
        "edition": Adoption.objects.filter(org=station.pk).latest("id").pk,
    }


def addresses(things: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Every route that names a thing, with the station's own thing in it."""
    for route in urlpatterns:
        if isinstance(route, URLPattern) and route.pattern.converters:
            name = str(route.name)
            if name not in PUBLIC | NAMELESS:
                wanted = {key: _value(name, key, things) for key in route.pattern.converters}
                yield name, reverse(name, kwargs=wanted)


def _value(name: str, key: str, things: dict[str, object]) -> object:
    if name in {"people.dismiss", "people.letter_pdf"}:
        return things["appointment"]
    if key == "case":
        return things[f"{name.partition('.')[0]}.case"]
    if key in things:
        return things[key]
    if key in FIXED:
        return FIXED[key]
    longest = max((prefix for prefix in ABOUT if name.startswith(prefix)), key=len)
    return things[ABOUT[longest]]


def log_in(person: Person) -> Client:
    """A browser with somebody logged in."""
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


@pytest.mark.parametrize(
    ("login", "accept"),
    [
        ("aoki", "text/html"),
        ("mori", "application/json"),
        ("hara", "text/html"),
        ("yamada", "application/json"),
    ],
)
def test_who_is_of_another_organisation_is_told_nothing(
    outside: Outside, login: str, accept: str
) -> None:
    client, open_ = log_in(outside.visitors[login]), []
    for name, address in addresses(outside.things):
        for answer in (
            client.get(address, headers={"accept": accept}),
            client.post(address, headers={"accept": accept}),
        ):
            body = b"" if answer.streaming else answer.content
            told = [word for word in SECRETS if word in body.decode(errors="replace")]
            if answer.status_code not in {403, 404, 405} or told:
                open_.append((name, answer.request["REQUEST_METHOD"], answer.status_code, told))
    assert open_ == []


@pytest.mark.parametrize("login", ["aoki", "mori", "hara", "yamada"])
def test_lists_show_ones_own_organisation_only(outside: Outside, login: str) -> None:
    client = log_in(outside.visitors[login])
    for route in urlpatterns:
        name = str(route.name) if isinstance(route, URLPattern) else ""
        if name and not route.pattern.converters and name not in PUBLIC | OWN:
            page = client.get(reverse(name)).content.decode(errors="replace")
            assert (name, [word for word in SECRETS if word in page]) == (name, [])


# What a member of the station without any post may open: what he asked for, and the rules.
HIS_OWN = {
    "viewing.room",
    "provision.show",
    "provision.state",
    "provision.enclosed",
    "cases.doubt",
}
RULES = {"editions.list_at", "editions.one", "editions.matrix_at", "editions.paper_at"}


def test_who_holds_no_post_opens_only_what_he_asked_for(outside: Outside, cast: Cast) -> None:
    client, open_ = log_in(cast.people["ito"]), set()
    for name, address in addresses(outside.things):
        if client.get(address).status_code == 200:
            open_.add(name)
    assert open_ <= HIS_OWN | RULES, "the rules are no secret to those they bind"


def test_a_session_outlives_the_term_of_a_post_without_its_powers(
    outside: Outside, cast: Cast
) -> None:
    """A clerk's term ends while the login is open; what stays is a post in another unit."""
    tanaka, other = cast.people["tanaka"], cast.people["yamada"].org
    appoint(tanaka, other, "カメラ装着警察官", by=cast.as_actor("yamada"))
    client, plain = log_in(tanaka), log_in(cast.people["ito"])
    bare = [str(r.name) for r in urlpatterns if isinstance(r, URLPattern) and _is_bare(r)]
    pages = [*addresses(outside.things), *((name, reverse(name)) for name in bare)]
    before = let_in(client, pages)
    Appointment.objects.filter(person=tanaka, org=cast.station).update(until=clock.now())
    after, allowed = let_in(client, pages), let_in(plain, pages)
    assert before > after, "the clerk had more"
    assert after - allowed <= {"people.letter_pdf", "shifts.list"}, "his own"


def let_in(client: Client, pages: Iterable[tuple[str, str]]) -> set[str]:
    """The names of the pages that were not refused; the things here are too bare to be drawn."""
    client.raise_request_exception = False
    return {name for name, url in pages if client.get(url).status_code in {200, 500}}


def _is_bare(route: URLPattern) -> bool:
    """Whether an address names nothing, and leaves the session as it is."""
    return not route.pattern.converters and route.name not in PUBLIC | OWN
