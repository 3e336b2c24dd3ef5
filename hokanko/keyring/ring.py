"""What the keyring holds, as a value: day keys, adopted leaves, and a few standing secrets.

Pure: every change makes a new ring. `docs/formats/keyring.md` gives its bytes.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from hokanko.errors import Conflict, Missing
from hokanko.keyring import ggm

Slot = tuple[str, date]  # organisation code, last day


@dataclass(frozen=True, slots=True)
class Adopted:
    """A leaf taken over from an earlier day, and the day in whose tree it grew."""

    leaf: bytes
    grew_on: date


@dataclass(frozen=True, slots=True)
class DayKey:
    """The key that dies on one day: a tree of seeds, and leaves adopted from earlier days."""

    nodes: tuple[ggm.Node, ...]
    adopted: Mapping[int, Adopted] = field(default_factory=dict)

    def leaf(self, address: int) -> bytes:
        if kept := self.adopted.get(address):
            return kept.leaf
        return ggm.leaf(self.nodes, address)

    def without(self, address: int) -> DayKey:
        kept = {a: leaf for a, leaf in self.adopted.items() if a != address}
        return DayKey(self.nodes, kept)


@dataclass(frozen=True, slots=True)
class Ring:
    """The whole keyring. `revision` grows with each change, `generation` with each destruction."""

    generation: int = 1
    revision: int = 0
    days: Mapping[Slot, DayKey] = field(default_factory=dict)
    standing: Mapping[str, bytes] = field(default_factory=dict)

    def leaf(self, slot: Slot, name: str) -> bytes:
        """The 32-byte key of a piece of footage. Raises Missing once day or leaf is gone."""
        try:
            return self.days[slot].leaf(ggm.address(name))
        except KeyError as gone:
            raise Missing(
                f"この映像の鍵はもうありません（{slot[0]}、保存期間の末日 {slot[1]}）。",
                f"The key of this footage is gone ({slot[0]}, last day {slot[1]}).",
            ) from gone

    def with_day(self, slot: Slot) -> Ring:
        """A ring that has a key for that day."""
        if slot in self.days:
            return self
        return self._next({**self.days, slot: DayKey(ggm.fresh())})

    def with_standing(self, name: str) -> Ring:
        """A ring that has a standing secret of that name."""
        if name in self.standing:
            return self
        secret = secrets.token_bytes(32)
        return replace(self, revision=self.revision + 1, standing={**self.standing, name: secret})

    def adopt(self, name: str, old: Slot, new: Slot) -> Ring:
        """Take a leaf over into a later day's key. Only then may the earlier day die."""
        if old == new:
            return self
        if old[0] != new[0] or new[1] < old[1]:
            raise Conflict(
                "鍵は、同じ組織のより後の日にだけ移せます。",
                "A key can only move to a later day of the same organisation.",
            )
        address = ggm.address(name)
        kept = self.days[old].adopted.get(address)
        taken = Adopted(self.leaf(old, name), kept.grew_on if kept else old[1])
        ring = self.with_day(new)
        day = ring.days[new]
        grown = DayKey(day.nodes, {**day.adopted, address: taken})
        return ring._next({**ring.days, new: grown})

    def hasten(self, name: str, old: Slot, new: Slot) -> Ring:
        """Bring a leaf forward into an earlier day's key, and cut it out of the later one.

        May be repeated: a leaf that the earlier day has already stays there.
        """
        if old == new:
            return self
        if old[0] != new[0] or new[1] > old[1]:
            raise Conflict(
                "鍵を早い日に移せるのは、同じ組織の中だけです。",
                "A key can only be brought forward within its organisation.",
            )
        address = ggm.address(name)
        taken = self.days[new].adopted.get(address) if new in self.days else None
        if taken is None:
            kept = self.days[old].adopted.get(address) if old in self.days else None
            taken = Adopted(self.leaf(old, name), kept.grew_on if kept else old[1])
        ring = self.puncture(name, old).with_day(new)
        day = ring.days[new]
        return ring._next({**ring.days, new: DayKey(day.nodes, {**day.adopted, address: taken})})

    def puncture(self, name: str, slot: Slot) -> Ring:
        """A ring from which that one leaf can no longer be reached, all others unchanged."""
        days = _cut(self.days, name, slot)
        return self._destroyed(days) if days != self.days else self

    def destroy(
        self,
        slot: Slot,
        living: Iterable[str] = (),
        ending: Iterable[str] = (),
        apart: Iterable[tuple[str, Slot]] = (),
    ) -> Ring:
        """A ring without that day. Refuses while `living` footage depends on that day alone.

        What later days have adopted of the `ending` footage goes too: an extension may have been
        broken off after its key had moved. `apart` ends with them, out of the trees of later days.
        """
        later = [k for (o, day), k in self.days.items() if o == slot[0] and day > slot[1]]
        alone = [n for n in living if not any(ggm.address(n) in key.adopted for key in later)]
        if alone:
            raise Conflict(
                f"{slot[1]} の鍵には、まだ保存期間中の映像 {len(alone)} 本が頼っています。",
                f"{len(alone)} pieces of living footage still depend on the key of {slot[1]}.",
                mend_ja="先に鍵を移してください（fsck --repair）。",
                mend_en="Adopt their keys first (fsck --repair).",
            )
        days = {s: key for s, key in self.days.items() if s != slot}
        for name in ending:
            address = ggm.address(name)
            for (org, day), key in days.items():
                if org == slot[0] and address in key.adopted:
                    days[org, day] = key.without(address)
        for name, grown in apart:
            days = _cut(days, name, grown)
        return self._destroyed(days) if days != self.days else self

    def opens(self, org: str, name: str, slot: Slot) -> bool:
        """Whether any key leads to that footage, filed under `slot`: there, or adopted later."""
        address = ggm.address(name)
        if any(o == org and address in key.adopted for (o, _), key in self.days.items()):
            return True
        try:
            return bool(self.leaf(slot, name))
        except Missing:
            return False

    def _next(self, days: Mapping[Slot, DayKey]) -> Ring:
        return replace(self, revision=self.revision + 1, days=days)

    def _destroyed(self, days: Mapping[Slot, DayKey]) -> Ring:
        return replace(self._next(days), generation=self.generation + 1)


def _cut(days: Mapping[Slot, DayKey], name: str, slot: Slot) -> dict[Slot, DayKey]:
    """The days without that one leaf, wherever it grew or was adopted."""
    org, address = slot[0], ggm.address(name)
    grew = {slot[1]} | {
        key.adopted[address].grew_on
        for (o, _), key in days.items()
        if o == org and address in key.adopted
    }
    left = dict(days)
    for (o, day), key in days.items():
        if o == org:
            nodes = ggm.puncture(key.nodes, address) if day in grew else key.nodes
            left[o, day] = DayKey(nodes, key.without(address).adopted)
    return left


def encode(ring: Ring) -> bytes:
    """The ring as JSON (UTF-8), the plaintext of the keyring file."""
    return json.dumps(
        {
            "generation": ring.generation,
            "revision": ring.revision,
            "days": [
                {
                    "org": org,
                    "day": day.isoformat(),
                    "nodes": [[n.depth, n.prefix, _text(n.seed)] for n in key.nodes],
                    "adopted": [
                        [a, _text(kept.leaf), kept.grew_on.isoformat()]
                        for a, kept in key.adopted.items()
                    ],
                }
                for (org, day), key in ring.days.items()
            ],
            "standing": {name: _text(secret) for name, secret in ring.standing.items()},
        },
        separators=(",", ":"),
    ).encode()


def decode(data: bytes) -> Ring:
    """The ring that `encode` wrote."""
    read = json.loads(data)
    days = {
        (entry["org"], date.fromisoformat(entry["day"])): DayKey(
            tuple(ggm.Node(depth, prefix, _bytes(seed)) for depth, prefix, seed in entry["nodes"]),
            {
                address: Adopted(_bytes(leaf), date.fromisoformat(day))
                for address, leaf, day in entry["adopted"]
            },
        )
        for entry in read["days"]
    }
    standing = {name: _bytes(secret) for name, secret in read["standing"].items()}
    return Ring(read["generation"], read["revision"], days, standing)


def _text(secret: bytes) -> str:
    return base64.b64encode(secret).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
