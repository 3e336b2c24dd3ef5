"""Who has confirmed a disposal, and who still must: the rulebook's number of persons, its posts."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from hokanko import clock
from hokanko.audit.models import Attestation, Evidence
from hokanko.audit.queries import context
from hokanko.keyring.texts import sealer
from hokanko.people.models import Organisation
from hokanko.rules.actor import Actor
from hokanko.rules.decide import parameter

CONFIRMED = "disposal"  # the register whose entries wait to be confirmed
ASKING = {"own": False, "persons_missing": False, "still_held": False, "unconfirmed": False}

Told = list[tuple[str, list[str]]]  # persons, each with the posts held at that moment


def put_down(row: Evidence, check: str, by: Actor) -> None:
    """Keep one person's own word; the entry waits on while others are needed."""
    Attestation.objects.create(
        evidence=row,
        person_id=UUID(by.id),
        at=clock.now(),
        posts=_posts(row.org, by),
        words=sealer()(check.strip().encode(), context(row.pk, f"attested/{by.id}")),
    )
    row.waiting = _lacks(row.org, _told(row))
    row.save(update_fields=["waiting"])


def has_confirmed(actor: Actor, row: Evidence) -> bool:
    """Whether this person's word is on record."""
    return actor.id in dict(_told(row))


def still_lacks(row: Evidence, by: Actor) -> bool:
    """Whether even with this person's word there are too few, or a post is missing."""
    return _lacks(row.org, [*_told(row), (by.id, _posts(row.org, by))])


def to_confirm(actor: Actor, orgs: Iterable[Organisation]) -> list[Evidence]:
    """Disposals that this person's word would complete, the oldest first."""
    waiting = Evidence.objects.filter(org__in=list(orgs), waiting=True, withdrawn_at=None)
    rows = waiting.select_related("org").defer("file", "fields").order_by("entered_at", "number")
    return [row for row in rows if not has_confirmed(actor, row) and not still_lacks(row, actor)]


def _told(row: Evidence) -> Told:
    rows = row.attestations.order_by("at", "id").values_list("person", "posts")
    return [(str(person), posts) for person, posts in rows]


def _lacks(org: Organisation, told: Told) -> bool:
    least = int(parameter(org.pk, "disposal.min_persons") or 1)
    needed = {str(post) for post in parameter(org.pk, "disposal.must_include") or ()}
    return len(dict(told)) < least or not needed <= {post for _, posts in told for post in posts}


def _posts(org: Organisation, by: Actor) -> list[str]:
    return sorted(by.posts_at(org.pk, org.parent_id or ""))
