"""Verbs of remote access: whether an organisation's people come in from outside its networks."""

from __future__ import annotations

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.people.models import Organisation
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("remote.open")
def open_remote(org: Organisation, *, encrypted: bool, by: Actor) -> None:
    """From now on the organisation's people come in from outside, each with a second factor.

    `encrypted`: these pages are reached by HTTPS. Raises Conflict where they are not, or where it
    is on already.
    """
    permit = require(by, "remote.open", thing_of_org(org))
    if not encrypted:
        raise Conflict(
            "暗号化した接続（HTTPS）の用意がまだです。",
            "Encrypted connections (HTTPS) are not set up.",
            mend_ja="証明書を用意し、hokanko serve --tls-cert・--tls-key で始めて、"
            "https:// のアドレスで開き直してください。",
            mend_en="Start hokanko serve with --tls-cert and --tls-key, and come back by https.",
        )
    if not Organisation.objects.filter(pk=org.pk, remote_since=None).update(
        remote_since=clock.now()
    ):
        raise Conflict("もう認めています。", "It is on already.")
    permit.write("remote.opened")


@verb("remote.close")
def close_remote(org: Organisation, *, by: Actor) -> None:
    """Nobody comes in from outside any more; who is in is out at his next request."""
    permit = require(by, "remote.close", thing_of_org(org))
    on = Organisation.objects.filter(pk=org.pk).exclude(remote_since=None)
    if not on.update(remote_since=None):
        raise Conflict("認めていません。", "It is off.")
    permit.write("remote.closed")
