"""What waits with footage and cameras: viewings, provisions, custody, recording."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.cameras import out
from hokanko.cameras.examined import exposed, off_time
from hokanko.cameras.models import Camera
from hokanko.cameras.queries import coming
from hokanko.cameras.signs import to_remove_at
from hokanko.coverage.queries import owed as unaccounted
from hokanko.footage import space
from hokanko.footage.models import Footage
from hokanko.intake.models import Arrival
from hokanko.people.models import Organisation, Person
from hokanko.provision import queries as provision
from hokanko.provision.media import overdue
from hokanko.provision.models import Provision
from hokanko.recorder.now import silent
from hokanko.retention.case_pages import FINDING
from hokanko.retention.models import ErasureCase
from hokanko.shifts.pages import CLOSING
from hokanko.shifts.queries import to_explain, unclosed
from hokanko.viewing.inbox import to_answer, to_attend
from hokanko.viewing.models import Viewing
from hokanko.web.desk import Desk, Task
from hokanko.web.navigation import TAKING, address

SOON = timedelta(days=7)
TO_SETTLE = {"no-capture-time", "capture-time-ahead", "no-wearer", "unknown-card"}


def viewings(desk: Desk, person: Person) -> Iterator[Task]:
    """Viewings that wait for an answer, a decision, an attendant, or their viewer."""
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


def provisions(desk: Desk, person: Person) -> Iterator[Task]:
    """Provisions at every stage, with the reports and papers that follow."""
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
    yield from _nights(desk)
    later = every.filter(paper_due__isnull=False, papers=None, org__in=desk.at("provision.paper"))
    yield Task(later.count(), _("書面をそろえていない緊急の提供"), url, urgent=True)
    out = [overdue(org).count() for org in desk.at("provision.end_medium")]
    yield Task(
        sum(out), _("期限を過ぎた、渡した媒体・画像"), address("provision.media"), urgent=True
    )
    mine = every.filter(requester=person, state__in=("asked", "approved", "entered"))
    yield Task(mine.count(), _("自分が出した、終わっていない依頼"), url)


def _nights(desk: Desk) -> Iterator[Task]:
    """Provisions in night duty: to be reported afterwards, and the report taken."""
    url, every = address("provision.list"), Provision.objects
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


def custody(desk: Desk, person: Person) -> Iterator[Task]:
    """Footage with open questions, footage about to end, and what keeps it from being kept."""
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


def cameras(desk: Desk, person: Person) -> Iterator[Task]:
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


def _open_questions(footage: QuerySet[Footage]) -> int:
    """How many carry a flag that somebody can settle; flags are a list inside JSON."""
    return sum(1 for flags in footage.values_list("flags", flat=True) if TO_SETTLE & set(flags))
