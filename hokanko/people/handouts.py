"""Papers to hand out and have signed: to who leaves a post, to a contractor, by a vendor."""

from __future__ import annotations

import re
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from hokanko import clock
from hokanko.errors import Missing
from hokanko.formats.era import reiwa
from hokanko.papers import handout as paper
from hokanko.papers.request import BLANK_DAY
from hokanko.people.attach import as_answer
from hokanko.people.door import actor_at, person_at
from hokanko.people.firms import firm
from hokanko.people.models import Contractor, Organisation, Person, Reminder
from hokanko.people.queries import organisation, thing_of_org, thing_of_person
from hokanko.people.roster import row
from hokanko.rules.book import Book, Clause
from hokanko.rules.decide import Rules, require, rules_at
from hokanko.rules.edition import sheet_of, told_in
from hokanko.rules.force import becomes_own
from hokanko.rules.text import printed

BINDING = ("duty", "prohibition", "period", "record")  # kinds of clause that ask something
ASKED = (*BINDING, "recommendation", "permission")
OATH = "oath.lines"
LASTING = "oath.survives_post"
DAY = ("年月日", BLANK_DAY)
WARD_BLANK = "〇〇区"
WARD, BLANK = re.compile("[○〇]{2}区"), re.compile("[○〇●]+")
TO_FILL = re.compile("（[^（）]*記入欄）")


@require_GET
def reminded(request: HttpRequest, pk: UUID) -> HttpResponse:
    """離任後の守秘のお知らせ of a person whose posts have ended. Raises Missing."""
    person = row(pk).person
    if person_at(request).pk != person.pk:
        require(actor_at(request), "person.list", thing_of_org(person.org))
    return _pdf(reminder(person), "shuhi.pdf")


@require_GET
def acknowledged(request: HttpRequest, pk: int) -> HttpResponse:
    """The scan of a reminder as it was signed on paper. Raises Missing."""
    found = Reminder.objects.select_related("person__org__parent").filter(pk=pk).first()
    if found is None:
        raise Missing("このお知らせの記録はありません。", "There is no such reminder.")
    if person_at(request).pk != found.person_id:
        require(actor_at(request), "person.list", thing_of_org(found.person.org))
    return as_answer(found)


@require_GET
def entrusted(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The rules for a contractor to sign (home-2.8)."""
    found = firm(pk)
    require(actor_at(request), "contractor.list", thing_of_org(found.org))
    return _pdf(for_contractor(found), "itaku.pdf")


@require_GET
def explained(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet from which a vendor explains the proper handling of images (pref-vendor)."""
    org = organisation(code)
    require(actor_at(request), "camera.list", thing_of_org(org))
    return _pdf(briefing(org), "setsumei.pdf")


def reminder(person: Person) -> bytes:
    """What goes on after a post, to be signed by who left it. Raises Missing for who holds on."""
    left = person.appointments.filter(until__lte=clock.now()).order_by("-until", "post", "pk")
    last = left.first()
    if last is None or last.until is None:
        raise Missing(
            "役職を離れていないため、離任後の守秘のお知らせはありません。",
            "This person has left no post: there is no reminder of secrecy after one.",
        )
    rules = rules_at(person.org_id)
    book = rules.book
    lines = book.effective(rules.values).get(OATH)
    posts = [each.post for each in left.filter(until=last.until)]
    return paper.render(
        paper.Handout(
            sheet=sheet_of(
                person.org_id,
                person.org.name,
                f"{person.org_id}-守秘-{person.login}",
                told_in("oath.reminded", thing_of_person(person).name),
            ),
            title="離任後の守秘のお知らせ",
            addressee=person.name,
            lead=f"あなたは、{reiwa(clock.day_of(last.until))}に{'・'.join(posts)}の役職を離れ、"
            f"画像を見て扱う権限は終わりました。{book.title_ja}により誓約された次のことは、"
            "役職を離れた後も続きます。",
            told=tuple(paper.Told(_lasting(book), str(line)) for line in _listed(lines)),
            closing="上のことについて説明を受け、役職を離れた後も守ります。",
            signed=(DAY, ("氏名（署名）", ""), ("告げた者（署名）", "")),
        )
    )


def for_contractor(found: Contractor) -> bytes:
    """Every clause that asks something, for the contractor to sign."""
    rules = rules_at(found.org_id)
    book = rules.book
    name = "規程" if becomes_own(book, enacted=rules.enacted) else book.document_ja
    return paper.render(
        paper.Handout(
            sheet=sheet_of(found.org_id, found.org.name, f"{found.org_id}-委託"),
            title=f"委託先に守っていただく{name}",
            addressee=found.name,
            lead=f"{found.org.name}が委託する「{found.work}」に当たっては、{book.title_ja}の"
            "次の条項を守ってください。署名した控えが綴じられるまで、権限は与えられません。",
            told=tuple(_clauses(rules, ASKED)),
            closing="上の条項を受け取り、仕事に当たる者に徹底し、守ります。",
            signed=(DAY, ("受託業者の名称", found.name), ("代表者（署名）", "")),
        )
    )


def briefing(org: Organisation) -> bytes:
    """What a vendor explains on sale or installation: a box for each sentence, who told whom."""
    rules = rules_at(org.pk)
    book = rules.book
    return paper.render(
        paper.Handout(
            sheet=sheet_of(org.pk, org.name, f"{org.pk}-説明"),
            title="画像の適正な取扱いに関する説明書",
            addressee="",
            lead="防犯カメラを販売し、又は設置する者が、次のことを説明します。"
            f"説明した項目の□に印を付けてください。（{book.title_ja}）",
            told=tuple(_clauses(rules, BINDING)),
            closing="上のとおり説明し、説明を受けました。",
            signed=(
                DAY,
                ("カメラの番号", ""),
                ("説明した者（会社・署名）", ""),
                ("説明を受けた者（署名）", ""),
            ),
            ticked=True,
        )
    )


def _clauses(rules: Rules, kinds: tuple[str, ...]) -> list[paper.Told]:
    asking = [clause for clause in rules.book.clauses if clause.kind in kinds]
    return [paper.Told(each.article, _filled(rules, each)) for each in asking]


def _filled(rules: Rules, clause: Clause) -> str:
    """A clause in words; what the document leaves blank (〇〇区, ○か月) as it was filled in."""
    settled = rules.book.effective(rules.values)
    words = WARD.sub(str(settled.get("org.name") or WARD_BLANK), clause.ja)
    own = [p for p in rules.book.parameters if p.status == "blank" and clause.id in p.clauses]
    said = [printed(each, settled[each.name]) for each in own if each.name != "org.name"]
    return TO_FILL.sub("", BLANK.sub(said[0], words) if said else words)


def _lasting(book: Book) -> str:
    """The article by which secrecy outlives the post, or that of the oath."""
    clauses = book.parameter(LASTING).clauses or book.parameter(OATH).clauses
    return book.clause(clauses[0]).article if clauses else ""


def _listed(lines: object) -> tuple[object, ...]:
    return tuple(lines) if isinstance(lines, (list, tuple)) else ()


def _pdf(body: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
