"""Verbs of a request: ask, decide, enter; `reporting` and `leaving` have what follows."""

from __future__ import annotations

from uuid import UUID

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.footage.queries import filmed_for
from hokanko.footage.scenes import note_asked
from hokanko.formats.canon import JSON
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import thing_of_org
from hokanko.provision.choosing import Wanted, choose, insist_held, tell_footage, wanted_of
from hokanko.provision.clipping import order_clips
from hokanko.provision.enclosed import file_paper
from hokanko.provision.extent import WHOLE, Extent, unreasoned
from hokanko.provision.form import MEDIUM, Form
from hokanko.provision.judging import NOT_GRANTING, Judged, in_words, paper_due
from hokanko.provision.judging import weigh as weigh_ground
from hokanko.provision.models import Provision
from hokanko.provision.queries import next_number, thing
from hokanko.provision.resting import consent_lacking
from hokanko.provision.stages import move_on
from hokanko.rules.actor import Actor
from hokanko.rules.decide import parameter, require
from hokanko.rules.duty import is_night, report_due
from hokanko.rules.purpose import is_foreign
from hokanko.rules.verb import verb

STATED_ALONE = Judged()


@verb("provision.ask")
def ask(
    org: Organisation, form: Form, requester: Person, files: Wanted = (), *, by: Actor
) -> Provision:
    """Submit the form. Files may be proposed; the receiving unit settles them."""
    files = list(files)
    told = form.weighed(org, [footage for footage, _stills in files])
    permit = require(by, "provision.ask", thing_of_org(org), **told)
    now = clock.now()
    provision = Provision.objects.create(
        number=next_number(org.pk, now),
        org=org,
        submitted_at=now,
        requester=requester,
        details=form.details,
        **form.columns,
    )
    provision.rests_on.set(form.consents)
    choose(provision, files)
    note_asked(UUID(by.id), files)
    papers = [file_paper(provision, form.paper_title, form.paper)] if form.paper else []
    permit.write(
        "provision.asked",
        about=thing(provision).name,
        facts={
            "number": provision.number,
            "purposes": list(form.purposes),
            "wants": list(form.wants),
            "footage": [f.footage.number for f in provision.files.all()],
            "papers": list(papers),
            **({"consents": [row.number for row in form.consents]} if form.consents else {}),
        },
        private={"outline": form.outline, "requester": form.recipient or requester.name}
        | ({"paper_named": named} if (named := provision.paper_named) else {}),
    )
    tell_footage(permit, "provision.asked", provision)
    return provision


@verb("provision.decide")
def grant(
    provision: Provision,
    decider: Person,
    ground: str,
    ground_note: str = "",
    *,
    judged: Judged = STATED_ALONE,
    by: Actor,
) -> None:
    """Grant it on one of the closed grounds; in night duty as the manager's substitute."""
    now = clock.now()
    night = is_night(provision.org_id, now)
    permit = require(
        by,
        "provision.decide",
        thing(provision),
        night=night,
        **weigh_ground(provision, ground, ground_note, judged),
    )
    substitute = night and not _decides_by_day(provision, by)
    note = in_words(provision, ground, ground_note, judged)
    due = paper_due(provision, ground)
    move_on(
        provision,
        ("asked",),
        state="approved",
        decided_by=decider,
        decided_at=now,
        ground=ground,
        ground_note=note,
        necessity=judged.necessity.strip(),
        paper_due=due,
        details=provision.details | _to_come_back(judged) | _seen(judged),
        night=substitute,
        report_due=report_due(provision.org_id, now) if substitute else None,
    )
    permit.write(
        "provision.decided",
        facts={
            "number": provision.number,
            "ground": ground,
            "night": substitute,
            "paper_due": due.isoformat() if due else "",
            **_to_come_back(judged),
        },
        private={"ground_note": note} | ({"necessity": said} if (said := judged.necessity) else {}),
    )


def _seen(judged: Judged) -> dict[str, JSON]:
    """How many can be made out, and how those of them are protected who did not consent."""
    others = judged.others.strip()
    return {"shown": judged.shown} | ({"others": others} if others else {})


def _to_come_back(judged: Judged) -> dict[str, JSON]:
    """By when the ground wants back what is handed out, where it does."""
    return {"return_on": judged.return_on.isoformat()} if judged.return_on else {}


@verb("provision.decide")
def decline(provision: Provision, decider: Person, reason: str, *, by: Actor) -> None:
    """Do not grant it, for a reason that the requester can read. Raises Conflict without one."""
    now, reason = clock.now(), reason.strip()
    at_night = is_night(provision.org_id, now)
    permit = require(by, "provision.decide", thing(provision), night=at_night, **NOT_GRANTING)
    if not reason:
        raise Conflict("認めない理由を書いてください。", "Say why it is not granted.")
    night = at_night and not _decides_by_day(provision, by)
    move_on(
        provision,
        ("asked",),
        state="declined",
        decided_by=decider,
        decided_at=now,
        details=provision.details | {"declined": reason},
        night=night,
    )
    permit.write(
        "provision.declined",
        facts={"number": provision.number, "night": night},
        private={"reason": reason},
    )


@verb("provision.enter")
def enter(
    provision: Provision,
    clerk: Person,
    files: Wanted | None = None,
    *,
    extent: Extent = WHOLE,
    by: Actor,
) -> None:
    """Enter the request into the application (専用アプリへの入力), with the files by number.

    `extent` says how much of each is to leave.
    """
    wanted = wanted_of(provision, files)
    chosen = [footage for footage, _stills in wanted]
    filmed, video = [filmed_for(each) for each in chosen], MEDIUM in provision.wants
    permit = require(
        by,
        "provision.enter",
        thing(provision),
        own=provision.requester_id == clerk.pk,
        foreign_purpose=is_foreign(provision.org_id, provision.purposes, filmed),
        consent_lacking=consent_lacking(provision, chosen, whole=video and not extent.clip),
        breadth_unreasoned=unreasoned(provision, wanted, extent, gives_video=video),
    )
    if files is not None:
        provision.files.all().delete()
        choose(provision, wanted)
    if not provision.files.exists():
        raise Conflict(
            "映像ファイル番号を一つ以上選んでください。",
            "Choose at least one piece of footage.",
            mend_ja="候補は、求められた日時から出ます。",
            mend_en="Candidates follow from the time on the form.",
        )
    insist_held(chosen)
    breadth = extent.breadth.strip()
    move_on(
        provision,
        ("approved",),
        state="entered",
        entered_by=clerk,
        entered_at=clock.now(),
        details=provision.details | ({"breadth": breadth} if breadth else {}),
    )
    private = {"breadth": breadth} if breadth else {}
    permit.write("provision.entered", facts={"number": provision.number}, private=private)
    tell_footage(permit, "provision.entered", provision)
    if extent.clip and video:
        order_clips(provision, clerk, extent.reason, copied=extent.copied, by=by)


def _decides_by_day(provision: Provision, by: Actor) -> bool:
    """Whether somebody holds the deciding post itself, and is no substitute on night duty."""
    posts = by.posts_at(provision.org_id, provision.org.parent_id or "")
    return bool(posts & set(parameter(provision.org_id, "provision.decider")))
