"""Questions about provisions."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from hokanko import clock
from hokanko.errors import Missing
from hokanko.footage.models import Footage
from hokanko.provision.models import Provision
from hokanko.rules.actor import Thing

ABOUT = timedelta(minutes=30)  # 「頃」 on the form: footage this near is proposed too


def thing(provision: Provision) -> Thing:
    """The request as the law sees it."""
    return Thing("Provision", str(provision.pk), provision.org_id, provision.org.parent_id or "")


def provision(name: str) -> Provision:
    """The provision of that number or id. Raises Missing."""
    every = Provision.objects.select_related(
        "org", "requester__org", "wearer", "decided_by", "entered_by", "handed_by"
    )
    try:
        found = every.filter(pk=UUID(name)).first()
    except ValueError:
        found = every.filter(number=name).first()
    if found is None:
        raise Missing(f"依頼書「{name}」はありません。", f"There is no request {name}.")
    return found


def next_number(org: str, at: datetime) -> str:
    """The next number of a year: "CHUO-R-2026-0012". Call it inside the transaction."""
    start = f"{org}-R-{clock.day_of(at):%Y}-"
    last = Provision.objects.filter(number__startswith=start).aggregate(last=Max("number"))["last"]
    return f"{start}{int(last.rsplit('-', 1)[1]) + 1 if last else 1:04d}"


def candidates(provision: Provision) -> QuerySet[Footage]:
    """Held footage of the wearer around the time on the form, for the clerk to choose from."""
    start, end = provision.happened_from - ABOUT, provision.happened_until + ABOUT
    near = Q(captured__gte=start - timedelta(hours=8), captured__lte=end)
    rows = Footage.objects.filter(near, org=provision.org, state="held")
    return rows.filter(Q(wearer=provision.wearer) | Q(wearer=None)).order_by("captured")


def reports_owed(org: str) -> QuerySet[Provision]:
    """Night provisions that the manager has not taken note of."""
    return Provision.objects.filter(org=org, night=True, acknowledged_at=None)
