"""The places that keep one keyring: the newest of what they hold, and a change brought to each."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from hokanko.errors import HokankoError, Unavailable
from hokanko.keyring.place import Place
from hokanko.keyring.ring import Ring


class Places:
    """One or two copies of a ring. Whoever changes it holds `guard`, as whoever reads it does."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.all = tuple(places)
        self.guard = threading.RLock()
        self._seen: tuple[object, Ring] | None = None

    def newest(self) -> Ring:
        """The newest ring that any place holds; read again only when a file has changed."""
        with self.guard:
            mark = self._mark()
            if self._seen is None or self._seen[0] != mark:
                self._seen = (mark, self._load())
            return self._seen[1]

    def save(self, ring: Ring, *, must_reach_all: bool) -> None:
        """Keep this ring in each place. Raises Unavailable when it reached none, or not all."""
        missed: list[str] = []
        for place in self.all:
            try:
                place.save(ring)
            except (HokankoError, OSError):
                missed.append(place.name)
        # What was just written is not read again; after a miss the newest is looked for.
        self._seen = None if missed else (self._mark(), ring)
        if len(missed) == len(self.all) or (missed and must_reach_all):
            raise _out_of_reach(missed)

    def settle(self) -> None:
        """Tidy each place and bring the late up. Raises Unavailable while one is out of reach."""
        ring, missed = self._load(), []
        for place in self.all:
            try:
                if self._kept_by(place) != (ring.generation, ring.revision):
                    place.save(ring)
                place.tidy()
            except (HokankoError, OSError):
                missed.append(place.name)
        self._seen = None
        if missed:
            raise _out_of_reach(missed)

    def trouble(self) -> dict[str, HokankoError | OSError | None]:
        """Why a place is out of reach, by its name; None for one that is only behind."""
        ring = self.newest()
        found: dict[str, HokankoError | OSError | None] = {}
        for place in self.all:
            try:
                kept = place.load()
            except (HokankoError, OSError) as error:
                found[place.name] = error
            else:
                if (kept.generation, kept.revision) != (ring.generation, ring.revision):
                    found[place.name] = None
        return found

    def _load(self) -> Ring:
        found, first = [], None
        for place in self.all:
            try:
                found.append(place.load())
            except (HokankoError, OSError) as error:
                first = first or error
        if not found:
            if isinstance(first, HokankoError):
                raise first
            raise Unavailable("鍵束に届きません。", "The keyring is out of reach.") from first
        return max(found, key=lambda ring: ring.revision)

    @staticmethod
    def _kept_by(place: Place) -> tuple[int, int] | None:
        try:
            kept = place.load()
        except (HokankoError, OSError):
            return None
        return kept.generation, kept.revision

    def _mark(self) -> object:
        """Changes whenever a place's file does."""
        return tuple(self._stamp(place) for place in self.all)

    @staticmethod
    def _stamp(place: Place) -> tuple[int, int, int] | None:
        try:
            status = place.path.stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns, status.st_size


def _out_of_reach(missed: Sequence[str]) -> Unavailable:
    return Unavailable(
        f"鍵束の保管場所（{'、'.join(missed)}）に届きません。破棄はまだ完了していません。",
        f"The keyring's place ({', '.join(missed)}) is out of reach: not done yet.",
        mend_ja="媒体をつないで、もう一度実行してください（hokanko doctor）。",
        mend_en="Attach the medium and run it again (hokanko doctor).",
    )
