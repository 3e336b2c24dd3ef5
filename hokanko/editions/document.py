"""The rules of an organisation as a paper: the text in force, filled from what is held today."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hokanko.cameras import plan
from hokanko.cameras.queries import active, active_count
from hokanko.cameras.sited import toward
from hokanko.editions.stated import with_purposes
from hokanko.formats.era import both, day_and_time
from hokanko.ledger.read import acts
from hokanko.papers import request
from hokanko.papers.blocks import ANNEX, Block, blocks
from hokanko.papers.request import Request
from hokanko.papers.rulebook import Rulebook
from hokanko.papers.sheet import Sheet
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import holders
from hokanko.rules import text
from hokanko.rules.book import Book
from hokanko.rules.decide import adoption, rules_at
from hokanko.rules.edition import line_of, sheet_of
from hokanko.rules.force import FORCE, force_of
from hokanko.rules.models import Adoption
from hokanko.rules.scope import OPERATOR, VENUE

NAMED = {  # the blank, and the post whose holders fill it
    "posts.manager_name": "管理責任者",
    "posts.deputy_name": "管理副責任者",
    "posts.operator_names": "操作担当者",
}
COUNT, DOUBLED, OPERATORS = "camera.count", "posts.doubled", "posts.operator_names"
PLACES = "camera.places"  # in words, as they were enacted
LEGEND = "凡例"
FORM, TO = "別記様式", "殿"


@dataclass(slots=True)
class Filled:
    """The values to print, and how they differ from those that were enacted."""

    values: dict[str, object]
    outdated: list[str] = field(default_factory=list)


def document(org: Organisation) -> Rulebook:
    """The edition in force as a paper, its maps attached, marked 案 while anything is open.

    Raises Missing when the files of the edition adopted have been altered since.
    """
    now, rules = adoption(org.pk), rules_at(org.pk)
    book, filled = rules.book, _filled(org, rules.book, dict(rules.values))
    maps = plan.maps(org.pk)
    stated = blocks(with_purposes(org.pk, book, filled.values))
    parts = _without_second_legend(stated, has_maps=bool(maps))
    line = line_of(now) if now else None
    sheet = _sheet(org, book, line.place if line else None)
    parts, form = _with_form(parts, sheet)
    return Rulebook(
        sheet=sheet,
        title=parts[0].text,
        blocks=parts,
        open_points=tuple(_open_points(org, book, now, filled)),
        outdated=tuple(filled.outdated),
        colophon=tuple(_colophon(book, now)),
        maps=maps,
        form=form,
    )


def outdated(org: Organisation) -> list[str]:
    """What the printed edition says of posts and cameras that is no longer so (ward-3.1)."""
    rules = rules_at(org.pk)
    return _filled(org, rules.book, dict(rules.values)).outdated


def named_now(org: Organisation, book: Book, values: dict[str, object]) -> dict[str, str]:
    """Who is to be named in the next edition, where the last named nobody or others (ward-3.2)."""
    people = set(Person.objects.filter(org=org).values_list("name", flat=True))
    enacted, found = book.effective(values), {}
    for name, held in _holders(org, book).items():
        said = _said(enacted[name])
        doubled = name == OPERATORS and enacted.get(DOUBLED) is True
        if not doubled and (not said or people & set(said)):
            found[name] = "、".join(held)
    return found


def markdown(org: Organisation) -> str:
    """The same text in Markdown, as it is printed."""
    rules = rules_at(org.pk)
    values = _filled(org, rules.book, dict(rules.values)).values
    return text.markdown(rules.book, values)


def _filled(org: Organisation, book: Book, values: dict[str, object]) -> Filled:
    known = {row.name for row in book.parameters}
    found = Filled(values)
    for name, held in _holders(org, book).items():
        _name(found, org, book, name, held)
    if values.get(DOUBLED) is True:
        values[OPERATORS] = None  # the manager doubles: no operator is named (ward-3-combine)
    if COUNT in known and book.parameter(COUNT).applies and (running := active_count(org.pk)):
        enacted = book.effective(values)[COUNT]
        found.values[COUNT] = running
        if enacted not in (None, running):
            found.outdated.append(f"設置台数（定めは{enacted}台、いまは{running}台）。")
    if PLACES in known:
        _place(found, org, book)
    return found


def _place(found: Filled, org: Organisation, book: Book) -> None:
    """Add the running cameras that the enacted list of places does not name (pref-place)."""
    said = _said(book.effective(found.values)[PLACES])
    unnamed = [c for c in active(org.pk) if c.place and not any(c.place in one for one in said)]
    if said and unnamed:
        more = [f"{c.place}{_view(c.facing_deg)}" for c in unnamed]
        found.values[PLACES] = [*said, *more]
        row = book.parameter(PLACES)
        found.outdated.append(f"{row.ja}：定めにない設置場所がある（{'、'.join(more)}）。")


def _view(facing_deg: int | None) -> str:
    """A camera's direction on the map, in brackets; nothing while it has none."""
    return "" if facing_deg is None else f"（図の{toward(facing_deg)}向き）"


def _holders(org: Organisation, book: Book) -> dict[str, list[str]]:
    """The names of today's holders, by the blank that they fill."""
    known = {row.name for row in book.parameters}
    held = {name: holders(org.pk, post) for name, post in NAMED.items() if name in known}
    return {name: [person.name for person in people] for name, people in held.items() if people}


def _name(found: Filled, org: Organisation, book: Book, name: str, held: list[str]) -> None:
    """Fill in the holders; a position that was enacted stays, with the name beside it."""
    row, enacted = book.parameter(name), book.effective(found.values)[name]
    said = _said(enacted)
    people = set(Person.objects.filter(org=org).values_list("name", flat=True))
    persons = [each for each in said if each in people]
    if said and not persons:
        shown = [f"{'、'.join(said)}（{'、'.join(held)}）"]
    else:
        shown = held
        if persons and set(persons) != set(held):
            found.outdated.append(
                f"{row.ja}：定めは{'、'.join(persons)}、いまは{'、'.join(held)}。"
            )
    found.values[name] = shown if row.type == "list" else "、".join(shown)


def _said(enacted: object) -> list[str]:
    """The names or positions that a blank was filled with."""
    every = enacted if isinstance(enacted, (list, tuple)) else [enacted]
    return [str(each) for each in every if each]


def _without_second_legend(parts: tuple[Block, ...], *, has_maps: bool) -> tuple[Block, ...]:
    """The maps bring a legend of their own; the one in the text is for an edition without."""
    if not has_maps:
        return parts
    annexed = next((n for n, b in enumerate(parts) if b.text.startswith(f"{ANNEX}添")), len(parts))
    return parts[: annexed + 1] + tuple(
        b for b in parts[annexed + 1 :] if not (b.rows and b.rows[0][0] == LEGEND)
    )


def _with_form(parts: tuple[Block, ...], sheet: Sheet) -> tuple[tuple[Block, ...], Request | None]:
    """The annexed form (別記様式) stands as the form itself, and not as a table of its words."""
    at = next((n for n, b in enumerate(parts) if b.annex and b.text == FORM), None)
    if at is None:
        return parts, None
    addressee = next(b.text for b in parts[at:] if b.text.endswith(TO))
    return parts[: at + 1], request.blank(sheet, addressee.removesuffix(TO).strip())


def _open_points(org: Organisation, book: Book, now: Adoption | None, filled: Filled) -> list[str]:
    """Why the paper is a draft still, each with the article that asks for it."""
    blank = map(book.parameter, text.blanks(book, filled.values))
    found = [f"空欄「{row.ja}」が埋まっていない。{_cited(book, row.clauses)}" for row in blank]
    if now is None or now.signed_at is None:
        found.append("別の者による署名（制定）がない。")
    if plan.asks_for_map(org.pk):
        clauses = book.parameter(plan.REQUIRED).clauses
        found += [
            f"別添の配置図がそろわない：{flaw}{_cited(book, clauses)}"
            for flaw in plan.flaws(org.pk)
        ]
    return found


def _cited(book: Book, clauses: tuple[str, ...]) -> str:
    return f"（{book.clause(clauses[0]).article}）" if clauses else ""


def _sheet(org: Organisation, book: Book, ledger: int | None) -> Sheet:
    """Its foot carries the whole hash, so that a copy can be held against the ledger."""
    plain = sheet_of(org.pk, org.name, f"{org.pk}-規程", ledger)
    return replace(plain, edition=f"{plain.edition}　指紋 {book.fingerprint}", class_mark="")


def _colophon(book: Book, now: Adoption | None) -> list[tuple[str, str]]:
    """What a reader needs to know of the edition: source, days, who signed, hash."""
    found = [("もとの文書", f"{book.source}（{book.edition}）")]
    row = book.parameter(FORCE)
    stands = force_of(book, enacted=now is not None and now.signed_at is not None)
    found.append((row.ja, row.choices[stands][0] if stands in row.choices else stands))
    if now is not None:
        found += _answers(book, now)
        found.append(("版", f"第{now.number}版"))
        if now.since is not None:
            found.append(("施行", both(now.since)))
        if now.signed_at is not None:
            found.append(("署名（制定）", f"{day_and_time(now.signed_at)}　{_signer(now)}"))
        if now.reason:
            found.append(("改正の理由", now.reason))
    return [*found, ("指紋（SHA-256）", book.fingerprint)]


def _answers(book: Book, now: Adoption) -> list[tuple[str, str]]:
    """Who operates and what the place is, as the set-up wizard was answered."""
    settled = book.effective(now.values)
    rows = map(book.parameter, (OPERATOR, VENUE))
    return [(row.ja, text.printed(row, settled[row.name])) for row in rows if settled[row.name]]


def _signer(now: Adoption) -> str:
    """Who signed, with the posts held then, as the ledger has it."""
    line = line_of(now)
    if line is None or line.kind != "rulebook.signed":
        return ""
    (act,) = acts([line])
    return act.who
