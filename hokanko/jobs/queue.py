"""Putting work off, claiming it, finishing it: durable, at least once, one row a slot."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from hokanko import clock
from hokanko.jobs.models import Job

LEASE = timedelta(minutes=5)  # a job that runs longer is taken for dead and given to another
ATTEMPTS = 5
CLAIM = (
    "UPDATE hokanko_job SET state = 'taken', worker = %s, lease_until = %s, "
    "attempts = attempts + 1 "
    "WHERE id = (SELECT id FROM hokanko_job WHERE ((state = 'ready' AND run_at <= %s) "
    "OR (state = 'taken' AND lease_until < %s)) AND name IN ({names}) "
    "ORDER BY run_at, id LIMIT 1 {lock}) RETURNING id"
)


def put_off(name: str, *, at: datetime | None = None, key: str | None = None, **args: Any) -> None:
    """Put work off, in the caller's transaction. With a key, only the first of its slot counts."""
    job = Job(name=name, args=args, key=key, run_at=at or clock.now())
    Job.objects.bulk_create([job], ignore_conflicts=key is not None)


def claim(worker: str, names: Collection[str]) -> Job | None:
    """Take the next piece of work of these names, or one whose worker died."""
    now = clock.now()
    lock = "FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    with transaction.atomic(), connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(names))
        sql = CLAIM.format(lock=lock, names=marks)
        # as the ORM writes moments: SQLite compares them as text
        lease, due = map(connection.ops.adapt_datetimefield_value, (now + LEASE, now))
        cursor.execute(sql, [worker, lease, due, due, *names])
        row = cursor.fetchone()
    return Job.objects.get(pk=row[0]) if row else None


def prolong(key: str) -> None:
    """A long piece of work is alive: nobody else takes it for its whole lease, from now."""
    Job.objects.filter(key=key, state="taken").update(lease_until=clock.now() + LEASE)


def finish(job: Job) -> None:
    """The work is done."""
    _mine(job, state="done", note="")


def give_back(job: Job, why: str) -> None:
    """The work failed: try again later, or give up after some attempts."""
    again = clock.now() + timedelta(seconds=min(2**job.attempts, 600))
    _mine(job, state="dead" if job.attempts >= ATTEMPTS else "ready", note=why, run_at=again)


def _mine(job: Job, **changes: Any) -> None:
    Job.objects.filter(pk=job.pk, worker=job.worker, state="taken").update(**changes)


def hasten() -> None:
    """Bring what is dated ahead to this moment: a wrong clock may have put it off by years."""
    now = clock.now()
    Job.objects.filter(run_at__gt=now).update(run_at=now)
    Job.objects.filter(state="taken", lease_until__gt=now + LEASE).update(lease_until=now + LEASE)


def waiting() -> Mapping[str, int]:
    """How much work waits, by state."""
    states = Job.objects.exclude(state="done").values_list("state", flat=True)
    return {state: list(states).count(state) for state in set(states)}


def forget_done() -> None:
    """Drop what was done more than a day ago; what was given up stays, for a person to see."""
    Job.objects.filter(state="done", run_at__lt=clock.now() - timedelta(days=1)).delete()
