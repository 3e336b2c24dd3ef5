"""The keyring in use: the only place where the secrets of a home live, in one or two copies.

Either copy alone opens everything; a destruction counts as done only when it has reached both.
Nothing here is part of a backup.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from hokanko.errors import HokankoError, Unavailable
from hokanko.home import Home
from hokanko.keyring.hsm import TokenRoot
from hokanko.keyring.place import Place
from hokanko.keyring.places import Places
from hokanko.keyring.ring import Ring
from hokanko.keyring.root import FileRoot, RootHolder


class Keyring:
    """Day keys, leaves, and standing secrets, over the places that keep them."""

    def __init__(self, places: Sequence[Place], lock: Path) -> None:
        self._kept = Places(places)
        self._lock_file = lock

    @property
    def places(self) -> tuple[Place, ...]:
        """Where it is kept."""
        return self._kept.all

    def ring(self) -> Ring:
        """The newest ring that any place holds."""
        return self._kept.newest()

    def file_key(self, org: str, day: date, footage_id: str) -> bytes:
        """The 32-byte key of a piece of footage that dies at the end of `day`. Raises Missing."""
        return self.ring().leaf((org, day), footage_id)

    def ensure_day(self, org: str, day: date) -> None:
        """Make the key of that day if there is none yet."""
        if (org, day) not in self.ring().days:
            self._change(lambda ring: ring.with_day((org, day)))

    def adopt(self, org: str, footage_id: str, old: date, new: date) -> None:
        """Move a piece of footage to a later day (extension)."""
        self._change(lambda ring: ring.adopt(footage_id, (org, old), (org, new)))

    def redate(self, org: str, moves: Iterable[tuple[str, date, date]]) -> None:
        """Move footage (its id, the old day, the new one) to later or earlier days, all at once.

        Raises Unavailable when what is brought forward did not reach every place: call again.
        """
        told = tuple(moves)

        def moved(ring: Ring) -> Ring:
            for name, old, new in told:
                move = ring.adopt if new > old else ring.hasten
                ring = move(name, (org, old), (org, new))
            return ring

        if any(new < old for _, old, new in told):
            self._destroy(moved)
        else:
            self._change(moved)

    def puncture(self, org: str, day: date, footage_id: str) -> int:
        """Destroy the key of one piece of footage; gives the root generation that died."""
        return self._destroy(lambda ring: ring.puncture(footage_id, (org, day)))

    def destroy(
        self,
        org: str,
        day: date,
        living: Iterable[str] = (),
        ending: Iterable[str] = (),
        apart: Iterable[tuple[str, date]] = (),
    ) -> int:
        """Destroy the key of a day and of `ending` footage; gives the root generation that died.

        `apart` is footage that ends on this day although a later day's key opens it.
        May be repeated: a key that is gone already died with that generation or before it.
        Raises Conflict while `living` footage depends on it alone, and Unavailable when it did
        not reach every place (the destruction is then not done yet: call again).
        """
        needed, over = tuple(living), tuple(ending)
        later = tuple((name, (org, grown)) for name, grown in apart)
        return self._destroy(lambda ring: ring.destroy((org, day), needed, over, later))

    def opens(self, org: str, day: date, footage_id: str) -> bool:
        """Whether any key here still leads to a piece of footage filed under `day`."""
        return self.ring().opens(org, footage_id, (org, day))

    def standing(self, name: str) -> bytes:
        """A 32-byte secret that outlives the days (signing key, cookie key …), made when new."""
        kept = self.ring().standing.get(name)
        return kept or self._change(lambda ring: ring.with_standing(name)).standing[name]

    def make(self) -> None:
        """Make a new keyring. Raises Unavailable when one is there already."""
        with self._locked():
            if any(place.path.exists() for place in self.places):
                raise Unavailable("鍵束はもうあります。", "There is a keyring already.")
            self._kept.save(Ring(), must_reach_all=False)

    def settle(self) -> None:
        """Finish what a crash or a missing medium left: tidy each place, bring the late up.

        Raises Unavailable while a place cannot be reached.
        """
        with self._locked():
            self._kept.settle()

    def late_places(self) -> list[str]:
        """Names of places that are out of reach or behind: what they must still forget lives."""
        return list(self.trouble())

    def trouble(self) -> dict[str, HokankoError | OSError | None]:
        """The same with the reason, by the place's name; None for one that is only behind."""
        return self._kept.trouble()

    def _destroy(self, change: Callable[[Ring], Ring]) -> int:
        with self._locked():
            old = self.ring()
            new = change(old)
            if new != old:
                self._kept.save(new, must_reach_all=True)
            else:  # destroyed already, but perhaps not in every place
                self._kept.settle()
            return new.generation - 1

    def _change(self, change: Callable[[Ring], Ring]) -> Ring:
        with self._locked():
            old = self.ring()
            new = change(old)
            if new != old:
                self._kept.save(new, must_reach_all=False)
            return new

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One writer at a time, over threads and processes."""
        with self._kept.guard, self._lock_file.open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def of(home: Home) -> Keyring:
    """The keyring of a home, as its settings place it."""
    places = [Place("一つ目", home.keyring, _holder(home, home.root))]
    if home.second:
        root = FileRoot(home.second / "root", home.passphrase)
        mark = home.path / "keyring.second"
        places.append(Place("二つ目", home.second / "keyring", root, mark))
    return Keyring(places, home.path / "keyring.lock")


def _holder(home: Home, root: Path) -> RootHolder:
    asked = home.settings
    if asked.hsm:
        return TokenRoot(asked.hsm, asked.hsm_token, Path(asked.hsm_pin_file).expanduser())
    return FileRoot(root, home.passphrase)


class _InUse:
    home: Home | None = None
    keyring: Keyring | None = None


def use(home: Home) -> Keyring:
    """Open this home's keyring for the whole process."""
    _InUse.home, _InUse.keyring = home, of(home)
    return _InUse.keyring


def keyring() -> Keyring:
    """The keyring in use. Raises Unavailable before `use`."""
    if _InUse.keyring is None:
        raise Unavailable("家がまだ開いていません。", "No home is open.")
    return _InUse.keyring


def home() -> Home:
    """The home in use."""
    if _InUse.home is None:
        raise Unavailable("家がまだ開いていません。", "No home is open.")
    return _InUse.home
