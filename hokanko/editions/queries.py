"""Questions about editions: which there are, what is still open, and what signing would do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.errors import Missing
from hokanko.people.models import Organisation
from hokanko.people.standing import kept_apart, running
from hokanko.retention.amended import moves
from hokanko.retention.redate import Move
from hokanko.rules import book as books
from hokanko.rules import text
from hokanko.rules.book import Book
from hokanko.rules.bounds import unreasoned
from hokanko.rules.decide import Rules, adoption
from hokanko.rules.models import Adoption

STATES: dict[str, Promise] = {
    "draft": _("案（署名待ち）"),
    "void": _("使われなかった案"),
    "provisional": _("仮の版（署名待ち）"),
    "waiting": _("署名済み（施行待ち）"),
    "running": _("施行中"),
    "past": _("過去の版"),
}
QUIET_DAYS = 7  # software default, for an edition from before the parameter


@dataclass(frozen=True, slots=True)
class Openings:
    """What stands against signing, by name; all empty when nothing does."""

    blanks: tuple[str, ...] = ()
    unreasoned: tuple[str, ...] = ()
    kept_apart: tuple[str, ...] = ()  # "氏名（役職・役職）"
    unheld: tuple[str, ...] = ()
    purpose_missing: bool = False

    def weighed(self, *, same_person: bool) -> dict[str, object]:
        """The same as the law is asked about it, for one who would sign."""
        return {
            "same_person": same_person,
            "open_blanks": list(self.blanks),
            "unreasoned": list(self.unreasoned),
            "kept_apart": list(self.kept_apart),
            "unheld": list(self.unheld),
            "purpose_missing": self.purpose_missing,
        }


@dataclass(frozen=True, slots=True)
class Effect:
    """What signing now would do: when it comes into force, and which footage would move."""

    since: datetime
    quiet_days: int
    earlier: tuple[Move, ...]
    later: tuple[Move, ...]


def editions(org: str) -> QuerySet[Adoption]:
    """An organisation's editions and drafts, the newest first."""
    return Adoption.objects.filter(org=org).order_by("-number", "-id")


def edition(pk: int) -> Adoption:
    """The edition or draft of that id. Raises Missing."""
    found = Adoption.objects.filter(pk=pk).first()
    if found is None:
        raise Missing("この版はありません。", "There is no such edition.")
    return found


def to_sign(org: str) -> Adoption | None:
    """What waits for a signature: the newest draft, or else the provisional edition."""
    waiting = (e for e in editions(org) if state(e) in {"draft", "provisional"})
    return next(waiting, None)


def state(row: Adoption) -> str:
    """Where an edition stands in its life: a key of STATES."""
    later = Adoption.objects.filter(org=row.org, pk__gt=row.pk)
    if row.since is None:
        overtaken = later.filter(since=None) | later.exclude(signed_at=None)
        return "void" if overtaken.exists() or _is_older(row) else "draft"
    now = adoption(row.org)
    if now is not None and now.pk == row.pk:
        return "running" if row.signed_at else "provisional"
    return "waiting" if row.since > clock.now() and not _is_older(row) else "past"


def rules_of(row: Adoption) -> Rules:
    """The rules that an edition is made of, as the files stand now."""
    return Rules(books.load(row.book), row.values)


def is_altered(row: Adoption) -> bool:
    """Whether the rulebook's files are others than when the edition was made."""
    return row.fingerprint != books.load(row.book).fingerprint


def outdated(code: str) -> list[str]:
    """The organisations that adopted this rulebook before its files were changed, by code."""
    here = Adoption.objects.filter(book=code).values_list("org", flat=True).order_by("org")
    running_now = (adoption(org) for org in here.distinct())
    return [row.org for row in running_now if row and row.book == code and is_altered(row)]


def openings(org: Organisation, rules: Rules) -> Openings:
    """What the rulebook may hold against signing an edition at this organisation."""
    book, values = rules.book, dict(rules.values)
    return Openings(
        blanks=text.blanks(book, values),
        unreasoned=tuple(unreasoned(book, values)),
        kept_apart=tuple(_kept_apart(org, book)),
        unheld=tuple(_unheld(org, book)),
        purpose_missing=not book.effective(values).get("purpose.list"),
    )


def effect(row: Adoption) -> Effect:
    """What signing an edition at this moment would do to footage held now."""
    rules, now = rules_of(row), clock.now()
    quiet = _quiet_days(row.org)
    found = moves(row.org, rules, clock.today())
    if all(move.later for move in found):
        return Effect(row.since or now, 0, (), tuple(found))
    since = now + timedelta(days=quiet)
    found = moves(row.org, rules, clock.day_of(since))
    earlier = tuple(move for move in found if not move.later)
    return Effect(since, quiet, earlier, tuple(move for move in found if move.later))


def _quiet_days(org: str) -> int:
    """How long a shortening waits: as the edition in force says, not the one that shortens."""
    now = adoption(org)
    told = rules_of(now).book.effective(now.values) if now else {}
    days = told.get("amend.quiet_days")
    return days if isinstance(days, int) else QUIET_DAYS


def _is_older(row: Adoption) -> bool:
    """Whether a newer edition has been signed."""
    signed = Adoption.objects.filter(org=row.org, number__gte=row.number).exclude(pk=row.pk)
    return signed.exclude(signed_at=None).exists()


def _unheld(org: Organisation, book: Book) -> list[str]:
    """The posts that this very document requires here, and that nobody holds."""
    held = set(running(clock.now()).filter(org=org).values_list("post", flat=True))
    level = book.level(org.kind)
    needed = [post.id for post in book.posts if post.required and post.level == level]
    return [post for post in needed if post not in held]


def _kept_apart(org: Organisation, book: Book) -> list[str]:
    """Persons who hold posts here that the document keeps apart."""
    known = {post.id: post for post in book.posts}
    held: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for row in (
        running(clock.now()).filter(org=org).select_related("person").order_by("since", "pk")
    ):
        names[str(row.person_id)] = row.person.name
        held.setdefault(str(row.person_id), []).extend({row.post} & set(known))
    return [
        f"{names[person]}（{'・'.join(post for post in known if post in posts)}）"
        for person, posts in held.items()
        if any(kept_apart(book, known[post], posts) for post in posts)
    ]
