"""What the edition in force says, held against what is there: signature, cameras, places, laws."""

from __future__ import annotations

from hokanko.audit.life import Finding, Interval, Owed, Piece, Shown, Wanted, stand
from hokanko.audit.scope import Scope, shown
from hokanko.rules import book as books

RUNNING = ("camera.activated", "camera.ended")  # what changes the number of running cameras
REVIEW = Interval(months=12)  # no document says how often the laws it cites are looked through


def enacted(scope: Scope, clause: books.Clause) -> Finding:
    """The edition has its second signature."""
    now = scope.adoption
    if now is not None and now.signed_at is not None:
        return Finding(last=now.signed_at.date())
    ja, en = "規程に二人目の署名がありません", "no second signature on the edition"
    return Finding((Owed(ja, en, scope.since, clause.owners),))


def counted(scope: Scope, clause: books.Clause) -> Finding:
    """As many cameras as the edition says."""
    del clause
    said = scope.values.get("camera.count")
    there = sum(c.activated_at is not None and c.ended_at is None for c in scope.cameras)
    if said is None or int(str(said)) == there:
        return Finding()
    ja = f"規程の台数は {said} 台、動いているカメラは {there} 台です"
    en = f"the rules say {said} cameras, {there} are active"
    since = max((day for kind in RUNNING if (day := scope.last(kind))), default=scope.today)
    return Finding((Owed(ja, en, since, ("設置者",)),))


def in_their_places(scope: Scope, clause: books.Clause) -> Finding:
    """Recording devices stand only where the edition says; a place not yet filled in says nothing.

    Registering one elsewhere is refused; it is a later edition that leaves it in the wrong place.
    """
    places = _told(scope.values.get("storage.places"))
    wrong = [t for t in scope.terminals if places and t.place not in places]
    owed = [
        Owed(
            f"{t.name} の保管場所は {t.place}、{clause.article}に定めた場所は {'、'.join(places)}",
            f"{t.name} is kept at {t.place}, and {clause.article} says {', '.join(places)}",
            scope.since,
            ("管理責任者",),
            f"terminal:{t.pk}",
        )
        for t in wrong
    ]
    return Finding(tuple(owed))


def laws_reviewed(scope: Scope, clause: books.Clause) -> Finding:
    """Each law cited was looked up within a year, by the book's own date or an entry made here."""
    laws = [law for law in scope.book.laws if clause.id in law.clauses]
    pieces = [
        Piece(f"law:{law.id}", law.reviewed or scope.since, f"{law.now}：", f"{law.now}: ")
        for law in laws
    ]
    own = [Shown("", f"law:{law.id}", law.reviewed) for law in laws if law.reviewed]
    wanted = Wanted("条文の見直し", "review of the articles cited", ("設置者",), "review")
    rows = [*own, *shown(scope.shown_for(clause))]
    return stand(pieces, rows, REVIEW, scope.today, wanted)


def _told(places: object) -> tuple[str, ...]:
    """The places of a list, or the only one."""
    if isinstance(places, (list, tuple)):
        return tuple(str(place) for place in places)
    return (str(places),) if places else ()
