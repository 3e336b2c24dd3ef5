"""Questions about who is told of silences."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from hokanko.errors import Missing
from hokanko.keyring.texts import open_text
from hokanko.people.models import Organisation
from hokanko.recorder.models import Watcher


def watchers(org: Organisation) -> QuerySet[Watcher]:
    """Who is told now, in the order of being entered."""
    return Watcher.objects.filter(org=org, dropped_at=None).order_by("added_at", "pk")


def watcher(pk: UUID) -> Watcher:
    """The one of that id. Raises Missing."""
    row = Watcher.objects.select_related("org__parent").filter(pk=pk).first()
    if row is None:
        raise Missing("この知らせ先はありません。", "There is no such watcher.")
    return row


def secret_of(row: Watcher) -> str:
    """What signs to it. Raises Unsound when altered."""
    return open_text(bytes(row.secret or b""), place_of(row)).decode()


def place_of(row: Watcher) -> str:
    """Where its secret stands, for the seal."""
    return f"watcher:{row.pk}/secret"
