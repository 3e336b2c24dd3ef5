"""Numbers that an organisation gives one after the other: "CHUO-R-2026-0012"."""

from __future__ import annotations

from django.db.models import IntegerField, Max, Model
from django.db.models.functions import Cast, Substr

from hokanko.people.models import Organisation


def next_number(model: type[Model], org: str, series: str) -> str:
    """The next `number` of a series ("R-2026") among the rows of a model.

    Call it inside the transaction that makes the row.
    """
    Organisation.objects.select_for_update().get(pk=org)  # two who count at once, one by one
    start = f"{org}-{series}-"
    count = Cast(Substr("number", len(start) + 1), IntegerField())  # as text 10000 is before 9999
    rows = model._default_manager.filter(number__startswith=start)
    last = rows.aggregate(last=Max(count))["last"] or 0
    return f"{start}{last + 1:04d}"
