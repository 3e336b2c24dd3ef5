"""Who asks: a frozen value with the posts held at this moment, made at the door."""

from __future__ import annotations

from dataclasses import dataclass

HOME = "HOME"  # the organisation code of the installation itself: its technicians belong here
MACHINE = "自動処理"  # the program's own post, until a rulebook gives its machine a name


@dataclass(frozen=True, slots=True)
class Seat:
    """The enrolled management PC at which somebody sits."""

    id: str
    org: str
    name: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or a machine, as law and ledger know them. Accounts alone have no power (I9)."""

    id: str
    name: str
    org: str
    holdings: frozenset[tuple[str, str]] = frozenset()  # (organisation code, post)
    sworn: bool = False
    trained: bool = False
    unread: bool = False  # an enacted edition is in force that this person has not acknowledged
    lapsed: bool = False  # of a contractor whose engagement is over, or whose paper is missing
    vacant: frozenset[tuple[str, str]] = frozenset()  # (organisation code, required post)
    via: str = "web"  # web | cli | schedule | machine
    seat: Seat | None = None
    browser: str = ""  # digest of the login in whose browser somebody sits; "" for a command

    @property
    def posts(self) -> tuple[str, ...]:
        """Posts as the ledger writes them: "運用管理者@CHUO"."""
        return tuple(sorted(f"{post}@{org}" for org, post in self.holdings))

    def sits_at(self, org: str) -> bool:
        """Whether it is asked from an organisation's own terminal.

        That is an enrolled browser, or a command on the machine that keeps the footage.
        """
        return self.via != "web" or (self.seat is not None and self.seat.org == org)

    def posts_at(self, org: str, parent: str = "") -> frozenset[str]:
        """Posts with power at an organisation: its own, its headquarters', and the home's."""
        return frozenset(post for o, post in self.holdings if o in {org, parent, HOME} - {""})


@dataclass(frozen=True, slots=True)
class Thing:
    """What is asked about, as the law sees it: a kind, its organisation, a few attributes."""

    kind: str
    id: str
    org: str
    parent: str = ""
    attributes: tuple[tuple[str, str | bool | int], ...] = ()

    @property
    def name(self) -> str:
        """As the ledger's `about`."""
        return f"{self.kind.lower()}:{self.id}"


def machine(name: str, org: str, *, via: str = "machine") -> Actor:
    """A part of the program that acts by itself: the dock, the night's sweep."""
    return Actor(
        id=f"machine:{name}",
        name=name,
        org=org,
        holdings=frozenset({(org, MACHINE)}),
        via=via,
    )
