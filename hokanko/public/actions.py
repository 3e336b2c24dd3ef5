"""Verbs of publicity: consulted on, published, withdrawn."""

from __future__ import annotations

import secrets
from datetime import date

from hokanko import clock
from hokanko.cameras.models import Site
from hokanko.cameras.sheets import first_sheet
from hokanko.errors import Conflict
from hokanko.ledger.announced import consulted
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import thing_of_org
from hokanko.people.unnamed import require_nobody_named
from hokanko.public import queries
from hokanko.public.content import Facts, joint_of, missing
from hokanko.public.models import Notice, NoticeDraft
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb

CODE_BYTES = 12


@verb("notice.consult")
def consult(org: Organisation, *, on: date, counterpart: str, outcome: str, by: Actor) -> None:
    """Record that the publicity was discussed beforehand (police-notice-6-consult)."""
    permit = require(by, "notice.consult", thing_of_org(org))
    if on > clock.today() or not (counterpart.strip() and outcome.strip()):
        raise Conflict(
            "協議した日（今日まで）、相手と結果を書いてください。",
            "Give the day (not in future), the counterpart and the outcome.",
        )
    permit.write(
        "notice.consulted",
        facts={"consulted": on.isoformat(), "counterpart": counterpart},
        private={"outcome": outcome},
    )


@verb("notice.publish")
def publish(
    org: Organisation,
    site: Site | None = None,
    *,
    contact: str,
    words: str,
    statement: str = "",
    publisher: Person,
    by: Actor,
) -> Notice:
    """Publish the notice page of a site from this moment; the page before it is history.

    Without a site it is the page of the whole organisation, whose cameras are worn and stand
    nowhere. `statement` is the sentence that data are used jointly, where they are (shop-joint-1).
    """
    facts = Facts(org)
    joint = joint_of(facts, statement)
    agreed = consulted({org.pk, org.parent_id or org.pk})
    permit = require(
        by,
        "notice.publish",
        thing_of_org(org),
        consulted=agreed is not None,
        missing=missing(facts, contact, joint),
    )
    require_nobody_named((org.pk,), f"{contact}\n{words}")
    drafts = NoticeDraft.objects.filter(org=org, site=site, settled_at=None)
    drafts.update(settled_at=clock.now())
    site = site or queries.whole(org) or _whole(org)
    notice = Notice.objects.create(
        site=site,
        published_at=clock.now(),
        published_by=publisher,
        contact=contact.strip(),
        words=words.strip(),
        joint=joint,
    )
    permit.write(
        "notice.published",
        about=f"site:{site.pk}",
        facts={
            "site": site.name,
            "code": site.notice_code,
            "joint": bool(joint),
            "consulted": clock.day_of(agreed.at).isoformat() if agreed else None,
        },
    )
    return notice


@verb("notice.draft")
def keep(
    org: Organisation, site: Site | None, *, contact: str, words: str, author: Person, by: Actor
) -> NoticeDraft:
    """Keep a notice as a draft: a deputy prepares what the principal publishes."""
    permit = require(by, "notice.draft", thing_of_org(org))
    draft = NoticeDraft.objects.create(
        org=org,
        site=site,
        contact=contact.strip(),
        words=words.strip(),
        drafted_by=author,
        drafted_at=clock.now(),
    )
    permit.write("notice.drafted", about=f"site:{site.pk}" if site else None)
    return draft


@verb("notice.withdraw")
def withdraw(site: Site, *, by: Actor) -> None:
    """Take the page down: behind the sign's code there is nothing any more."""
    permit = require(by, "notice.withdraw", thing_of_org(site.org))
    notice = queries.notice(site)
    if notice is None:
        raise Conflict("公表しているページはありません。", "There is no page to withdraw.")
    notice.withdrawn_at = clock.now()
    notice.save(update_fields=["withdrawn_at"])
    permit.write(
        "notice.withdrawn",
        about=f"site:{site.pk}",
        facts={"site": site.name, "code": site.notice_code},
    )


def _whole(org: Organisation) -> Site:
    """The place that stands for the whole organisation; its name is the organisation's."""
    code = secrets.token_urlsafe(CODE_BYTES)
    site = Site.objects.create(org=org, name=org.name, notice_code=code, opened_at=clock.now())
    first_sheet(site)
    return site
