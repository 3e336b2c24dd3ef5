"""Verbs of those who are told when a camera falls silent: entered, dropped, reached."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.keyring.texts import sealer
from hokanko.people.models import Organisation
from hokanko.people.queries import thing_of_org
from hokanko.recorder.models import Watcher
from hokanko.recorder.queries import place_of, watchers
from hokanko.recorder.webhook import insist_hook, new_secret
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb

EMAIL, WEBHOOK = "email", "webhook"
MOST = 20


@verb("intake.watch")
def add_watcher(org: Organisation, means: str, address: str, *, by: Actor) -> tuple[Watcher, str]:
    """Enter who is told; gives the secret of a webhook, which is shown this once.

    Raises Conflict for an address to which nothing can be sent.
    """
    permit = require(by, "intake.watch", thing_of_org(org))
    (_insist_email if means == EMAIL else insist_hook)(address)
    if watchers(org).filter(means=means, address=address).exists():
        raise Conflict("もう登録されています。", "It is entered already.")
    if watchers(org).count() >= MOST:
        raise Conflict("知らせる先が多すぎます。", "There are too many already.")
    row = Watcher(org=org, means=means, address=address, added_at=clock.now())
    secret = new_secret() if means == WEBHOOK else ""
    row.secret = sealer()(secret.encode(), place_of(row)) if secret else None
    row.save()
    permit.write("watcher.added", about=f"watcher:{row.pk}", facts={"means": means})
    return row, secret


@verb("intake.watch")
def drop_watcher(row: Watcher, *, by: Actor) -> None:
    """Tell nobody there any more."""
    permit = require(by, "intake.watch", thing_of_org(row.org))
    if not Watcher.objects.filter(pk=row.pk, dropped_at=None).update(dropped_at=clock.now()):
        raise Conflict("もう外されています。", "It has been dropped already.")
    permit.write("watcher.dropped", about=f"watcher:{row.pk}", facts={"means": row.means})


@verb("intake.silence")
def note_reached(row: Watcher, number: str, *, ended: bool, by: Actor) -> None:
    """An alarm, or its end, was taken there."""
    permit = require(by, "intake.silence", thing_of_org(row.org))
    Watcher.objects.filter(pk=row.pk).update(reached_at=clock.now(), trouble="")
    permit.write(
        "watcher.told",
        about=f"watcher:{row.pk}",
        facts={"means": row.means, "number": number, "over": ended},
    )


def _insist_email(address: str) -> None:
    if not settings.EMAIL_HOST:
        raise Conflict(
            "電子メールを送る設定がありません。",
            "Sending e-mail is not set up.",
            mend_ja="システム管理者が hokanko.toml の smtp_host などを定めます。",
            mend_en="The administrator sets smtp_host and the rest in hokanko.toml.",
        )
    try:
        validate_email(address)
    except ValidationError as odd:
        raise Conflict(
            "電子メールのアドレスではありません。", "This is no e-mail address."
        ) from odd
