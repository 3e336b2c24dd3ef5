"""The verb of a paper that follows an urgent provision (ward-6.1-c)."""

from __future__ import annotations

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.people.attach import Scan
from hokanko.provision.enclosed import file_paper
from hokanko.provision.models import Provision
from hokanko.provision.queries import is_paper_owed, thing
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("provision.paper")
def bring_paper(provision: Provision, title: str, scan: Scan, *, by: Actor) -> None:
    """File the paper of a provision that was granted before it. Raises Conflict where none is due.

    It may still come after its day; that it was late is written.
    """
    permit = require(by, "provision.paper", thing(provision))
    if not is_paper_owed(provision):
        raise Conflict(
            "この提供に、あとからそろえる書面はありません。",
            "No paper is still to follow this provision.",
        )
    assert provision.paper_due is not None
    kept = file_paper(provision, title, scan)
    permit.write(
        "provision.papered",
        facts={
            "number": provision.number,
            "sha256": kept,
            "late": provision.paper_due < clock.today(),
        },
    )
