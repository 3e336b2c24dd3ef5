"""What the records of people say for a clause: oaths, departures, training, reading, firms."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from hokanko import clock
from hokanko.audit.entered import stands
from hokanko.audit.life import Finding, Owed, Shown
from hokanko.audit.scope import Scope, shown
from hokanko.people.models import Appointment, Contractor, Person
from hokanko.people.standing import (
    ended,
    is_trained,
    papers_missing,
    required_posts,
    unread,
    vacancies,
)
from hokanko.rules import book as books
from hokanko.rules.wording import TRAINING, wording

NAMED = {  # the blank that names persons, and their post
    "ward-3.1": ("posts.manager_name", "管理責任者"),
    "ward-3.2": ("posts.operator_names", "操作担当者"),
}


def oaths(scope: Scope, clause: books.Clause) -> Finding:
    """Everybody in a post that the clause binds has signed."""
    binds = clause.owners if clause.evidence and clause.evidence.due else ()
    held = [row for row in scope.held if not binds or row.post in binds]
    signed = [o.signed_at for row in held for o in row.person.oaths.all()]
    missing = [row for row in held if not row.person.oaths.all()]
    owed = [_owed(clause, row, "誓約がありません", "no oath") for row in missing]
    return Finding(tuple(owed), max(map(clock.day_of, signed), default=None), arises=bool(held))


def departures(scope: Scope, clause: books.Clause) -> Finding:
    """Everybody who left a post has been told that secrecy goes on."""
    still = {row.person_id for row in scope.held}
    left = Appointment.objects.filter(org=scope.org, until__lte=scope.now)
    gone = [
        row
        for row in left.select_related("person")
        .prefetch_related("person__oaths")
        .order_by("until", "pk")
        if row.person_id not in still and row.person.oaths.all()
    ]
    told = [o.reminded_at for row in gone for o in row.person.oaths.all() if o.reminded_at]
    owed = [
        _owed(clause, row, "離任後の守秘の確認がありません", "not told that secrecy goes on")
        for row in gone
        if not any(o.reminded_at for o in row.person.oaths.all())
    ]
    return Finding(tuple(owed), max(map(clock.day_of, told), default=None), arises=bool(gone))


def trainings(scope: Scope, clause: books.Clause) -> Finding:
    """Everybody in a post that needs training has it, and it is valid."""
    needing = set(_texts(scope.values.get("training.required_for")))
    held = [row for row in scope.held if not needing or row.post in needing]
    had = [t.held_at for row in held for t in row.person.trainings.all()]
    called = wording(scope.org.pk, TRAINING)
    owed = [
        _owed(clause, row, f"有効な{called.ja}の記録がありません", f"no valid {called.en}")
        for row in held
        if not is_trained(row.person)
    ]
    return Finding(tuple(owed), max(map(clock.day_of, had), default=None), arises=bool(held))


def readers(scope: Scope, clause: books.Clause) -> Finding:
    """Everybody registered has read the edition in force."""
    now = scope.adoption
    if now is None or now.signed_at is None:
        return Finding(arises=False)
    people = Person.objects.filter(org=scope.org, retired_at=None).order_by("registered_at", "pk")
    since, who = clock.day_of(now.signed_at), clause.owners
    owed = [
        Owed(f"{p.name}が規程を読んでいません", f"{p.name} has not read the rules", since, who)
        for p in people
        if unread(p)
    ]
    return Finding(tuple(owed), since, arises=bool(people))


def contracts(scope: Scope, clause: books.Clause) -> Finding:
    """Every contractor's paper is on file and in force."""
    firms = Contractor.objects.filter(org=scope.org).filter(
        Q(until=None) | Q(until__gte=scope.today)
    )
    rows = shown(scope.shown_for(clause))
    entered = {row.about for row in rows if not row.expires_on or row.expires_on >= scope.today}
    owed = [
        Owed(
            f"{f.name}の書類がありません",
            f"{f.name}: paper missing",
            f.since,
            clause.owners,
            f"contractor:{f.pk}",
        )
        for f in firms
        if papers_missing(f, scope.today) and f"contractor:{f.pk}" not in entered
    ]
    last = max((row.spoken_of for row in rows), default=None)
    return Finding(tuple(owed), last, arises=bool(firms))


def named(scope: Scope, clause: books.Clause) -> Finding:
    """The persons whom the edition names hold their posts still, or another edition is owed."""
    blank, post = NAMED[clause.id]
    said = scope.values.get(blank)
    texts = {said} if isinstance(said, str) else set(_texts(said))
    known = Person.objects.filter(org=scope.org, name__in=texts)
    people = set(known.values_list("name", flat=True))
    held = [row for row in scope.held if row.post == post]
    now = [row.person.name for row in held]
    # a position ("防災課長") stays true whoever holds it
    if not people or not held or people == set(now):
        return Finding()
    was, new = "、".join(sorted(people)), "、".join(now)
    owed = Owed(
        f"規程は{post}を{was}としていますが、いまは{new}です。版を改め、刷り直してください",
        f"the rules name {was}, the post is held by {new}: amend and print again",
        max(clock.day_of(row.since) for row in held),
        _appointers(scope, scope.book.post(post)),
    )
    return Finding((owed,))


def accounts(scope: Scope, clause: books.Clause) -> Finding:
    """The review of accounts, by its verb's line or by an entry."""
    reviewed = scope.last("person.reviewed")
    return stands(scope, clause, [Shown("", "", reviewed)] if reviewed else [])


def credentials(scope: Scope, clause: books.Clause) -> Finding:
    """Credentials that nobody needs any more are deleted, since the day that the posts ended."""
    del clause
    people = Person.objects.filter(org=scope.org, retired_at=None).order_by("registered_at", "pk")
    who = tuple(map(str, _texts(scope.values.get("accounts.registrar"))))
    owed = [
        Owed(
            f"{person.name}：役職がなくなった者の認証情報が抹消されていません",
            f"{person.name}: credentials without a post, not deleted yet",
            clock.day_of(since),
            who,
            f"person:{person.pk}",
        )
        for person, since in ended(list(people)).items()
    ]
    gone = [line.day for line in scope.lines("person.retired")]
    return Finding(tuple(owed), max(gone, default=None), arises=bool(owed or gone))


def vacant(scope: Scope) -> dict[str, list[Owed]]:
    """Required posts that nobody holds, by the clauses that ask for them."""
    empty = set(vacancies(scope.org))
    found: dict[str, list[Owed]] = {}
    for post in required_posts(scope.org):
        if post.id in empty:
            owed = Owed(
                f"{post.id}がいません", f"no {post.en}", scope.since, _appointers(scope, post)
            )
            for clause in post.clauses[:1]:
                found.setdefault(clause, []).append(owed)
    return found


def _appointers(scope: Scope, post: books.Post) -> tuple[str, ...]:
    known = {row.id for row in scope.book.posts}
    return (post.appointed_by,) if post.appointed_by in known else ()


def _owed(clause: books.Clause, row: Appointment, ja: str, en: str) -> Owed:
    name = row.person.name
    since = clock.day_of(row.until or row.since)
    return Owed(f"{name}：{ja}", f"{name}: {en}", since, clause.owners)


def _texts(value: object) -> Iterable[str]:
    return [str(each) for each in value] if isinstance(value, (list, tuple)) else []
