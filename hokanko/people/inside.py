"""Where a request comes from: the house's own networks, or outside (home-2.5-c-net)."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TypeAlias

from django.conf import settings
from django.http import HttpRequest

from hokanko.errors import Refusal
from hokanko.home import Network
from hokanko.people.models import Person

Address: TypeAlias = IPv4Address | IPv6Address

# Headers by which something in between says for whom it asks.
PASSED_ON = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
)


def is_inside(request: HttpRequest) -> bool:
    """Whether a request comes from the networks of the house, as far as can be known."""
    came = came_from(request)
    return came is not None and _lies_in(came, settings.INSIDE)


def came_from(request: HttpRequest) -> Address | None:
    """The address that asks; None where it cannot be known, which counts as outside.

    A proxy that nobody has named would make every stranger look like its own, inside, address:
    whoever speaks for others is believed only when the settings name it (`proxy`).
    """
    meta = request.META
    peer = _read(str(meta.get("REMOTE_ADDR", "")))
    if peer is None or not _lies_in(peer, settings.PROXIES):
        return None if any(name in meta for name in PASSED_ON) else peer
    hops = [_read(hop) for hop in str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
    for hop in reversed(hops):  # the last is the proxy's own word; those before it, the stranger's
        if hop is None or not _lies_in(hop, settings.PROXIES):
            return hop
    return None


def by_proxy(request: HttpRequest) -> bool:
    """Whether a proxy that the settings name hands this request in."""
    peer = _read(str(request.META.get("REMOTE_ADDR", "")))
    return peer is not None and _lies_in(peer, settings.PROXIES)


def insist_inside(request: HttpRequest) -> None:
    """A second factor is set up in the house only: outside, a stolen password would do for it.

    Raises Refusal.
    """
    if not is_inside(request):
        raise Refusal(
            "二段階認証は、外からは設定できません。",
            "A second factor is not set up from outside.",
            mend_ja="庁舎や店、家の中のネットワークからログインして、設定してください。",
            mend_en="Log in from within the house's own network, and set it up there.",
        )


def insist_admitted(person: Person, *, proved: bool) -> None:
    """Whether somebody outside may be let on: his organisation allows it, and a code backs him.

    Raises Refusal.
    """
    if person.org.remote_since is None:
        raise Refusal(
            "お使いの所属は、外からの利用を認めていません。",
            "Your organisation does not allow access from outside.",
            mend_ja="庁舎や店、家の中のネットワークから使ってください。",
            mend_en="Use it from within the house's own network.",
        )
    if not proved:
        raise Refusal(
            "外から使うには、二段階認証が要ります。",
            "Access from outside takes a second factor.",
            mend_ja="庁舎や店、家の中のネットワークから一度ログインして、設定してください。",
            mend_en="Log in once from within the house's own network, and set it up there.",
        )


def _read(written: str) -> Address | None:
    try:
        found = ip_address(written.strip())
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _lies_in(address: Address, networks: Iterable[Network]) -> bool:
    return any(address in network for network in networks)
