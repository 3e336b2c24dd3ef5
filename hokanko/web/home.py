"""今日の仕事: what waits for the posts that somebody holds now, with a way to each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.audit.attested import ASKING, to_confirm
from hokanko.audit.board import reminders
from hokanko.audit.models import Evidence
from hokanko.audit.queries import replaced
from hokanko.cameras import out
from hokanko.cameras.examined import exposed, off_time
from hokanko.cameras.models import Camera
from hokanko.cameras.queries import coming
from hokanko.cameras.signs import to_remove_at
from hokanko.casebook.doubts import asked as doubted
from hokanko.casebook.models import Case
from hokanko.casebook.queries import INCIDENT, incidents_for
from hokanko.casebook.reports import owing, untaken
from hokanko.cases.queries import owed_by
from hokanko.coverage.queries import owed as unaccounted
from hokanko.editions.queries import to_sign
from hokanko.footage import space
from hokanko.footage.models import Footage
from hokanko.intake.models import Arrival
from hokanko.people.door import actor_at, person_at
from hokanko.people.models import Organisation, Person
from hokanko.people.owed import reminders_due
from hokanko.people.queries import HOME_THING
from hokanko.people.roster import within_reach
from hokanko.people.standing import must_read, vacancies
from hokanko.provision import queries as provision
from hokanko.provision.media import overdue
from hokanko.provision.models import Provision
from hokanko.recorder.now import silent
from hokanko.retention.case_pages import FINDING
from hokanko.retention.models import ErasureCase
from hokanko.rules.actor import HOME, Actor, Thing
from hokanko.rules.decide import may
from hokanko.rules.verbs import VERBS
from hokanko.shifts.pages import CLOSING
from hokanko.shifts.queries import to_explain, unclosed
from hokanko.timekeeping.queries import behind, doubt
from hokanko.viewing.inbox import to_answer, to_attend
from hokanko.viewing.models import Viewing
from hokanko.web.navigation import TAKING, address

SOON = timedelta(days=7)
SIGNING = {
    "same_person": False,
    "open_blanks": [],
    "unreasoned": [],
    "kept_apart": [],
    "unheld": [],
    "purpose_missing": False,
}
TO_SETTLE = {"no-capture-time", "capture-time-ahead", "no-wearer", "unknown-card"}


@dataclass(frozen=True, slots=True)
class Task:
    """Work of one kind: how many pieces, in words, and where to do it ("": no page for it)."""

    count: int
    words: Promise
    url: str
    urgent: bool = False


class Desk:
    """What one actor may do at each organisation within reach."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.orgs: list[Organisation] = list(within_reach(actor))

    def at(self, verb: str, **context: object) -> list[str]:
        """The organisations at which the rulebook would let the actor do this."""
        return [org.pk for org in self.orgs if self._may(verb, org, context)]

    def deciding(self) -> list[str]:
        """Where the actor may decide a provision now: night duty changes it by the hour."""
        return [
            org.pk
            for org in self.orgs
            if self._may("provision.decide", org, provision.deciding(org.pk))
        ]

    def _may(self, verb: str, org: Organisation, context: Mapping[str, object]) -> bool:
        thing = Thing(VERBS[verb].thing, org.pk, org.pk, org.parent_id or "")
        return may(self.actor, verb, thing, **context)


def today(request: HttpRequest) -> HttpResponse:
    """The home page: only counts and links that the posts may see."""
    person, desk = person_at(request), Desk(actor_at(request))
    tasks = [task for task in every_task(desk, person) if task.count]
    page: dict[str, object] = {
        "tasks": tasks,
        "nothing_held": not desk.actor.holdings,
        "requests": address("provision.ask"),
        "unfounded": _is_unfounded(desk.actor),
        "wearing": Camera.objects.filter(org__in=desk.orgs, kind="wearable").exists(),
    }
    if person.org_id in desk.at("clock.confirm"):
        page |= {"behind": behind(), "doubt": doubt()}
    return render(request, "web/html/home.html", page)


def _is_unfounded(actor: Actor) -> bool:
    """Whether there is no organisation yet, and this person is to found the first."""
    return may(actor, "org.add", HOME_THING) and not Organisation.objects.exclude(pk=HOME).exists()


def every_task(desk: Desk, person: Person) -> Iterator[Task]:
    """All kinds of work, the most pressing first; a count of 0 is left out by the page."""
    yield from _viewings(desk, person)
    yield from _provisions(desk, person)
    yield from _cameras(desk, person)
    yield from _custody(desk, person)
    yield from _editions(desk, person)
    yield from _cases(desk)
    yield from _evidence(desk)
    yield from _disposals(desk, person)
    yield from _people(desk, person)


def _viewings(desk: Desk, person: Person) -> Iterator[Task]:
    url, every = address("viewing.list"), Viewing.objects
    back = to_answer(desk.actor.id)
    late = back.filter(answer_due__lt=clock.today()).count()
    yield Task(late, _("答えの期限を過ぎた閲覧の申出"), url, urgent=True)
    waiting = back.count() - late
    yield Task(waiting, _("あなたの答えを待っている閲覧の申出"), url, urgent=True)
    asked = every.filter(state="asked", org__in=desk.at("viewing.decide"))
    yield Task(asked.count(), _("承認を待っている閲覧"), url, urgent=True)
    yield Task(len(to_attend(desk.actor)), _("あなたの立会いを待っている閲覧"), url, urgent=True)
    own = every.filter(viewer=person, state__in=("approved", "open"))
    yield Task(own.count(), _("自分の、始められる・続いている閲覧"), url)


def _provisions(desk: Desk, person: Person) -> Iterator[Task]:
    url, every = address("provision.list"), Provision.objects
    back = provision.to_answer(desk.actor.id)
    overdue_answers = back.filter(answer_due__lt=clock.today()).count()
    yield Task(overdue_answers, _("答え・確認の期限を過ぎた依頼"), url, urgent=True)
    waiting = back.count() - overdue_answers
    yield Task(waiting, _("あなたの答え・確認を待っている依頼"), url, urgent=True)
    decide = every.filter(state="asked", org__in=desk.deciding())
    yield Task(decide.count(), _("決定を待っている提供の依頼"), url, urgent=True)
    enter = every.filter(
        state="approved", org__in=desk.at("provision.enter", own=False, **provision.ENTERING)
    )
    enter = enter.exclude(requester=person)  # nobody enters his own request (police-7.2.5)
    yield Task(enter.count(), _("入力を待っている依頼"), url)
    handing = desk.at("provision.hand_over", **provision.HANDING)
    hand = every.filter(state="entered", org__in=handing)
    yield Task(hand.count(), _("引渡しを待っている提供"), url)
    nights = every.filter(report_due__isnull=False)  # a refusal in the night is not reported
    owed = nights.filter(reported_at=None, org__in=desk.at("provision.report"))
    late = owed.filter(report_due__lt=clock.now())
    yield Task(late.count(), _("報告の期限を過ぎた当直中の提供"), url, urgent=True)
    yield Task(owed.count() - late.count(), _("報告していない当直中の提供"), url, urgent=True)
    told = nights.filter(acknowledged_at=None, org__in=desk.at("provision.acknowledge"))
    missing = told.filter(reported_at=None, report_due__lt=clock.now()).count()
    yield Task(missing, _("期限までに届いていない当直中の提供の報告"), url, urgent=True)
    told = told.exclude(reported_at=None)
    yield Task(told.count(), _("受けていない当直中の提供の報告"), url, urgent=True)
    later = every.filter(paper_due__isnull=False, papers=None, org__in=desk.at("provision.paper"))
    yield Task(later.count(), _("書面をそろえていない緊急の提供"), url, urgent=True)
    out = [overdue(org).count() for org in desk.at("provision.end_medium")]
    yield Task(
        sum(out), _("期限を過ぎた、渡した媒体・画像"), address("provision.media"), urgent=True
    )
    mine = every.filter(requester=person, state__in=("asked", "approved", "entered"))
    yield Task(mine.count(), _("自分が出した、終わっていない依頼"), url)


def _custody(desk: Desk, person: Person) -> Iterator[Task]:
    held = Footage.objects.filter(state="held")
    settle = held.filter(org__in=desk.at("intake.settle")).exclude(flags=[])
    yield Task(_open_questions(settle), _("撮影情報を確定する映像"), address("footage.list"))
    seen_at = desk.at("footage.list")
    seen = held.filter(org__in=seen_at)
    dying = seen.filter(last_day__gte=clock.today(), last_day__lte=clock.today() + SOON)
    yield Task(dying.count(), _("7日以内に消える映像"), address("retention.calendar"))
    asked, url = ErasureCase.objects.filter(state="asked"), address("retention.cases")
    ready = asked.filter(org__in=desk.at("erasure.decide", **FINDING, limb="")).exclude(
        seconded_by=None
    )
    yield Task(ready.count(), _("決定を待っている消去の申請"), url)
    unseen = asked.filter(seconded_by=None, org__in=desk.at("erasure.second", own=False))
    unseen = unseen.exclude(asked_by=person)
    yield Task(unseen.count(), _("内容を確かめる消去の申請"), url)
    full = sum(space.is_breaking(org) for org in seen_at)
    yield Task(
        full,
        _("ディスクが足りず、保存期間を守れなくなる所属"),
        address("retention.space"),
        urgent=True,
    )
    broken = Arrival.objects.filter(state="broken", org__in=desk.at("intake.take_in", **TAKING))
    yield Task(broken.count(), _("中断した取込み"), address("intake.arrivals"))


def _cameras(desk: Desk, person: Person) -> Iterator[Task]:
    """Cameras not brought back: told to their keepers and to the officer (police-7.1.1)."""
    late = sum(out.overdue(org).count() for org in desk.at("camera.return"))
    yield Task(late, _("返却されていないカメラ"), address("shifts.desk"), urgent=True)
    gone = sum(len(out.taken_unrecorded(org)) for org in desk.at("camera.return"))
    yield Task(gone, _("記録のない持ち出しのカメラ"), address("shifts.desk"), urgent=True)
    mine = out.overdue_of(person).count()
    url = address("shifts.list")
    yield Task(mine, _("自分が返却していないカメラ"), url, urgent=True)
    yield Task(len(to_explain(person)), _("撮影していない時間の説明が要る自分の勤務"), url)
    unit = unclosed(desk.at("shift.close", **CLOSING))
    yield Task(unit.count(), _("締めていない勤務"), url)
    orgs = Organisation.objects.filter(pk__in=desk.at("camera.list")).order_by("pk")
    begun = list(coming(*desk.at("camera.activate", lacks=[])).values_list("org", flat=True))
    url = reverse("cameras.coming", args=begun[:1]) if begun else ""
    yield Task(len(begun), _("まだ動いていない固定カメラ"), url)
    yield from _taken_down(desk)
    now = sum(len(silent(org)) for org in orgs)
    yield Task(now, _("いま録画できていないカメラ"), address("recorder.now"), urgent=True)
    open_ones = sum(len(exposed(org)) for org in desk.at("camera.examine"))
    rack = address("cameras.rack")
    yield Task(open_ones, _("認証やパスワードを直すカメラ"), rack, urgent=True)
    wrong = sum(len(off_time(org)) for org in desk.at("camera.examine"))
    yield Task(wrong, _("時計を合わせるカメラ"), rack)
    missing = sum(len(unaccounted(org)) for org in desk.at("camera.account"))
    url = address("coverage.months")
    yield Task(missing, _("理由を記していない、録画のない時間"), url, urgent=True)


def _taken_down(desk: Desk) -> Iterator[Task]:
    """What is to be taken down after a camera's operation ended: itself, and its sign."""
    ended = Camera.objects.filter(org__in=desk.at("camera.remove"), kind="fixed", retired_at=None)
    standing = ended.exclude(ended_at=None).count()
    yield Task(standing, _("撤去するカメラ"), address("cameras.rack"), urgent=True)
    hanging = to_remove_at(desk.at("sign.remove"))
    yield Task(hanging, _("撤去する表示板"), address("cameras.signs"), urgent=True)


def _cases(desk: Desk) -> Iterator[Task]:
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


def _evidence(desk: Desk) -> Iterator[Task]:
    url, late, soon = address("audit.board"), 0, 0
    readable = desk.at("board.read")
    for org in desk.orgs:
        posts = {post for held, post in desk.actor.holdings if held == org.pk}
        if posts and org.pk in readable:
            now, then = reminders(org, posts)
            late, soon = late + now, soon + then
    yield Task(late, _("期限を過ぎた点検・証拠"), url, urgent=True)
    yield Task(soon, _("14日以内に期限が来る点検・証拠"), url)


def _disposals(desk: Desk, person: Person) -> Iterator[Task]:
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


def _editions(desk: Desk, person: Person) -> Iterator[Task]:
    """Editions that wait for this person's signature: never what he drafted himself."""
    waiting = [to_sign(org) for org in desk.at("rulebook.sign", **SIGNING)]
    his = [row for row in waiting if row is not None and row.drafted_by != str(person.pk)]
    yield Task(len(his), _("署名を待っている規程の版"), address("editions.list"), urgent=True)


def _people(desk: Desk, person: Person) -> Iterator[Task]:
    url, held = address("people.roster"), {org for org, _ in desk.actor.holdings}
    mine = set(desk.at("person.list")) & held
    orgs = [org for org in desk.orgs if org.pk in mine]
    if must_read(person):
        yield Task(1, _("まだ読んでいない規程"), address("people.read"), urgent=True)
    vacant = sum(len(vacancies(org)) for org in orgs)
    yield Task(vacant, _("欠けている役職"), url, urgent=True)
    told = sum(len(reminders_due(org)) for org in orgs)
    yield Task(told, _("守秘が続くことを告げていない離任者"), url)


def _open_questions(footage: QuerySet[Footage]) -> int:
    """How many carry a flag that somebody can settle; flags are a list inside JSON."""
    return sum(1 for flags in footage.values_list("flags", flat=True) if TO_SETTLE & set(flags))
