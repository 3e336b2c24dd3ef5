"""What waits besides footage: cases, reports, evidence, disposals, rules, posts."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.audit.attested import ASKING, to_confirm
from hokanko.audit.board import reminders
from hokanko.audit.models import Evidence
from hokanko.audit.queries import replaced
from hokanko.casebook.doubts import asked as doubted
from hokanko.casebook.models import Case
from hokanko.casebook.queries import INCIDENT, incidents_for
from hokanko.casebook.reports import owing, untaken
from hokanko.cases.queries import owed_by
from hokanko.editions.queries import to_sign
from hokanko.people.models import Person
from hokanko.people.owed import reminders_due
from hokanko.people.standing import must_read, vacancies
from hokanko.web.desk import Desk, Task
from hokanko.web.navigation import address

SIGNING = {
    "same_person": False,
    "open_blanks": [],
    "unreasoned": [],
    "kept_apart": [],
    "unheld": [],
    "purpose_missing": False,
}


def cases(desk: Desk) -> Iterator[Task]:
    """Complaints, enquiries and incidents."""
    url, mine = address("cases.list"), owed_by(desk.actor).exclude(kind=INCIDENT)
    yield Task(incidents_for(desk.actor).count(), _("処理を待っている事案"), url, urgent=True)
    yield from _reports(desk)
    late = mine.filter(due_on__lt=clock.today())
    yield Task(late.count(), _("期限を過ぎた苦情・問い合わせ"), url, urgent=True)
    waiting = mine.filter(due_on__gte=clock.today())
    yield Task(waiting.count(), _("答えを待っている苦情・問い合わせ"), url)
    review = Case.objects.filter(kind="objection", asks="erase", org__in=desk.at("case.confirm"))
    review = review.exclude(state="closed")
    yield Task(review.count(), _("消去を求められた撮影"), url, urgent=True)


def _reports(desk: Desk) -> Iterator[Task]:
    """The chain of urgent reports: what these posts owe, and what waits at headquarters."""
    url, orgs = address("cases.incidents"), [org.pk for org in desk.orgs]
    mine = [stage for _case, stage in owing(desk.actor, orgs)]
    late = sum(stage.late for stage in mine)
    yield Task(late, _("時間を過ぎた即報"), url, urgent=True)
    yield Task(len(mine) - late, _("まだ報告していない即報"), url, urgent=True)
    waiting = untaken(desk.at("incident.receive"))
    yield Task(waiting.count(), _("受けていない即報"), url, urgent=True)
    asking = doubted(desk.at("doubt.consult", answering=False, untold=True))
    open_ = asking.filter(answered_on=None)
    yield Task(open_.count(), _("報告・回答を待っている疑義"), address("cases.doubts"))


def evidence(desk: Desk) -> Iterator[Task]:
    """Evidence that is due or soon due."""
    url, late, before, soon = address("audit.board"), 0, 0, 0
    readable = desk.at("board.read")
    for org in desk.orgs:
        posts = {post for held, post in desk.actor.holdings if held == org.pk}
        if posts and org.pk in readable:
            now, first, then = reminders(org, posts)
            late, before, soon = late + now, before + first, soon + then
    yield Task(late, _("期限を過ぎた点検・証拠"), url, urgent=True)
    yield Task(before, _("使い始める前に済ませること"), url)
    yield Task(soon, _("14日以内に期限が来る点検・証拠"), url)


def disposals(desk: Desk, person: Person) -> Iterator[Task]:
    """Disposals that wait for this person's own word, and media taken out that he answers for."""
    mine = set(desk.at("evidence.attest", **ASKING))
    waiting = to_confirm(desk.actor, [org for org in desk.orgs if org.pk in mine])
    yield _entries(waiting, _("あなたの確認を待っている記録媒体の廃棄"), "audit.confirm")
    owed = [row for org in desk.orgs for row in replaced(org.pk) if row.charged_id == person.pk]
    yield _entries(owed, _("廃棄の記録を待っている、外した記録媒体"), "audit.entry")


def _entries(rows: list[Evidence], words: Promise, page: str) -> Task:
    """Entries that wait: the only one itself, or else its register."""
    if len(rows) == 1:
        url = reverse(page, args=[rows[0].pk])
    else:
        url = reverse("audit.register", args=[rows[0].org_id, rows[0].kind]) if rows else ""
    return Task(len(rows), words, url, urgent=True)


def editions(desk: Desk, person: Person) -> Iterator[Task]:
    """Editions that wait for this person's signature: never what he drafted himself."""
    waiting = [to_sign(org) for org in desk.at("rulebook.sign", **SIGNING)]
    his = [row for row in waiting if row is not None and row.drafted_by != str(person.pk)]
    yield Task(len(his), _("署名を待っている規程の版"), address("editions.list"), urgent=True)


def people(desk: Desk, person: Person) -> Iterator[Task]:
    """Vacant posts, rules unread, and those not told that secrecy goes on."""
    url, held = address("people.roster"), {org for org, _ in desk.actor.holdings}
    mine = set(desk.at("person.list")) & held
    orgs = [org for org in desk.orgs if org.pk in mine]
    if must_read(person):
        yield Task(1, _("まだ読んでいない規程"), address("people.read"), urgent=True)
    vacant = sum(len(vacancies(org)) for org in orgs)
    yield Task(vacant, _("欠けている役職"), url, urgent=True)
    told = sum(len(reminders_due(org)) for org in orgs)
    yield Task(told, _("守秘が続くことを告げていない離任者"), url)
