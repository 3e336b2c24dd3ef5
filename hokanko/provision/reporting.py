"""Verbs after a decision in the night: the substitute reports it, the manager takes note."""

from __future__ import annotations

from uuid import UUID

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.provision.models import Provision
from hokanko.provision.queries import thing
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("provision.report")
def report(provision: Provision, *, by: Actor) -> None:
    """The supervisor reports what he provided in the night."""
    permit = require(by, "provision.report", thing(provision))
    if provision.report_due is None or provision.reported_at is not None:
        raise Conflict(
            "報告の要る提供ではないか、もう報告されています。",
            "It needs no report, or has been reported.",
        )
    provision.reported_at, provision.reported_by_id = clock.now(), UUID(by.id)
    provision.save(update_fields=["reported_at", "reported_by"])
    permit.write("provision.reported", facts={"number": provision.number})


@verb("provision.acknowledge")
def acknowledge(provision: Provision, *, by: Actor) -> None:
    """The manager takes note of the report."""
    permit = require(by, "provision.acknowledge", thing(provision))
    if provision.reported_at is None or provision.acknowledged_at is not None:
        raise Conflict(
            "まだ報告されていないか、もう受けています。", "Not reported yet, or taken note of."
        )
    provision.acknowledged_at, provision.acknowledged_by_id = clock.now(), UUID(by.id)
    provision.save(update_fields=["acknowledged_at", "acknowledged_by"])
    permit.write("provision.acknowledged", facts={"number": provision.number})
