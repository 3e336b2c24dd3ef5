"""What the law is told of an entry before it is made: what is lacking, barred, unaccounted for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from hokanko import clock
from hokanko.audit.columns import REMARK, RESULT, TIME
from hokanko.audit.daily import facts
from hokanko.audit.models import Evidence
from hokanko.audit.queries import held_on, media, opened, rows
from hokanko.audit.registers import Register
from hokanko.audit.signs import unseen
from hokanko.cameras.models import Camera, Hearing
from hokanko.cameras.planned import is_planned_off
from hokanko.footage.models import Footage
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import holders
from hokanko.rules.decide import parameter, rules_at
from hokanko.rules.rows import Clause

SILENT = timedelta(hours=1)  # a fixed camera of which nothing came for so long has a gap
RECORDED = "disposal.record_fields"
UNTIL, ENTRY = "until", "evidence:"  # its day of return, which only the end of another has not
DETAIL = "method_detail"
OPEN_ENDED = ("その他", "方法")  # a method that begins or ends so must be described
WIPED = "上書き・初期化だけ"  # what is often taken for a disposal; offered so that it is refused


def told(
    org: Organisation,
    register: Register,
    fields: Mapping[str, str],
    about: str,
    clauses: Sequence[str] = (),
    *,
    with_file: bool,
    with_photo: bool,
    with_day: bool,
) -> dict[str, Any]:
    """The context of `evidence.enter`; without `clauses` it speaks for all of the register.

    `with_photo`: the file that came with it is a picture, or a paper that carries one.
    """
    disposing, replacing = register.code == "disposal", register.code == "replacement"
    normal = fields.get("result") == "normal"
    return {
        "register": register.code,
        "lacking": [
            *(name for name in required_in(org.pk, register) if not fields.get(name)),
            *([REMARK.name] if _is_untold(register, fields) else []),
        ],
        "empty": [
            *(c.name for c in register.written if not fields.get(c.name)),
            *([UNTIL] if register.closes and not with_day and not about.startswith(ENTRY) else []),
        ],
        "keyless": register.code == "print" and _keyless(org.pk, fields.get("place", "")),
        "unassigned": replacing and answerable(org, fields.get("responsible", "")) is None,
        "method_barred": (disposing or replacing) and _method_barred(org.pk, fields),
        "still_held": disposing and bool(held_on(org, about)),
        "unconfirmed": disposing and not (with_file and fields.get("check")),
        "normal_unsaid": register.code == "daily"
        and normal
        and not fields.get("remark")
        and _is_amiss(org, register, fields),
        "photo_missing": register.code == "stock" and not with_photo and bool(media(org.pk)),
        "photoless": [] if with_photo else _photographed(org.pk, register, clauses),
        "unprotected": register.code == "inspection" and normal and bool(unprotected(org.pk)),
        "signs_unseen": register.code == "inspection"
        and normal
        and bool(unseen(org, fields, about)),
        "unregistered": register.code == "inspection" and normal and bool(unregistered(org.pk)),
    }


def required_in(org: str, register: Register) -> list[str]:
    """The columns that must be filled; of a disposal its time too, where the rules record it."""
    recorded = rules_at(org).book.effective({}).get(RECORDED) or ()
    timed = register.code == "disposal" and "時" in str(recorded)
    return [c.name for c in register.columns if c.required or (timed and c.name == TIME)]


def is_check(register: Register) -> bool:
    """Whether its entries end in "normal" or not: the daily check, an inspection."""
    return RESULT in register.columns


def photographed(clause: Clause) -> bool:
    """Whether no entry speaks for it without a photograph."""
    return clause.evidence is not None and clause.evidence.photo


def names(written: str) -> list[str]:
    """Persons' names out of one column."""
    return [part.strip() for part in written.replace(",", "、").split("、") if part.strip()]


def unaccounted(org: Organisation) -> list[Camera]:
    """Fixed cameras of which nothing came within the last hour, nor was kept by the recorder.

    A piece is filed only when it is whole: a camera that just began has none yet.
    """
    since = clock.now() - SILENT
    filed = Footage.objects.filter(org=org, created__gte=since).values("camera")
    heard = Hearing.objects.filter(heard_at__gte=since).values("camera")
    cameras = Camera.objects.filter(org=org, kind="fixed", retired_at=None, ended_at=None)
    now = clock.now()
    silent = cameras.exclude(pk__in=filed).exclude(pk__in=heard).order_by("number")
    return [camera for camera in silent if not is_planned_off(camera, now)]


def unprotected(org: str) -> list[str]:
    """The names of registered media that no measure of their own is on record for."""
    return [name for name, _about in unmeasured(org)]


def unmeasured(org: str) -> list[tuple[str, str]]:
    """Such media, recorders among them: their names, and what an entry on them is about."""
    shown = Evidence.objects.filter(org=org, kind="measure", withdrawn_at=None)
    measured = set(shown.values_list("about", flat=True))
    known = [(e.fields["name"], f"medium:{e.row.pk}") for e in media(org)]
    return [(name, about) for name, about in known if about not in measured]


def unregistered(org: str) -> list[str]:
    """Sites with a camera running of which no registered medium says that it is recorded there."""
    recorded = {n for e in media(org) for n in names(e.fields.get("cameras", ""))}
    running = Camera.objects.filter(org=org, kind="fixed", retired_at=None, ended_at=None)
    keeping = running.exclude(activated_at=None).filter(display_only=False).select_related("site")
    at: dict[str, set[str]] = {}
    for camera in keeping.order_by("number"):
        at.setdefault(camera.site.name if camera.site else "—", set()).add(camera.number)
    return [site for site, numbers in at.items() if not numbers & recorded]


def methods(org: str) -> Sequence[str]:
    """The methods of disposal in force."""
    return tuple(parameter(org, "disposal.methods") or ())


def open_ended(org: str) -> list[str]:
    """The methods in force that say nothing until they are described."""
    begins, ends = OPEN_ENDED
    return [each for each in methods(org) if each.startswith(begins) or each.endswith(ends)]


def is_undescribed(org: str, fields: Mapping[str, str]) -> bool:
    """Whether a method was chosen that has to be described, and is not."""
    return fields.get("method", "") in open_ended(org) and not fields.get(DETAIL)


def wiped_only(org: str) -> bool:
    """Whether overwriting or formatting is no method in force: whoever did no more is told why."""
    return not any("上書き" in method or "初期化" in method for method in methods(org))


def able_to_answer(org: Organisation) -> list[Person]:
    """Who may answer for a disposal: persons in a post that the rules name."""
    posts = parameter(org.pk, "disposal.must_include") or ()
    held = {person.pk for post in posts for person in holders(org.pk, str(post))}
    here = Person.objects.filter(org=org, retired_at=None).order_by("name", "login")
    return [person for person in here if not posts or person.pk in held]


def answerable(org: Organisation, said: str) -> Person | None:
    """The one who answers for a disposal, by login; by name only where no two bear it."""
    able = able_to_answer(org)
    named = [each for each in able if each.login == said] or [e for e in able if e.name == said]
    return named[0] if len(named) == 1 else None


def _is_untold(register: Register, fields: Mapping[str, str]) -> bool:
    """Whether a check found a fault and does not say which."""
    return is_check(register) and fields.get("result") == "fault" and not fields.get(REMARK.name)


def _photographed(org: str, register: Register, clauses: Sequence[str]) -> list[str]:
    """Of the clauses that an entry speaks for, those that no entry speaks for without a photo."""
    asking = [c for c in rules_at(org).book.clauses if photographed(c)]
    if clauses:
        return [c.id for c in asking if c.id in clauses]
    named = register.code != "evidence"  # that one speaks for nothing that it does not name
    return [c.id for c in asking if named and c.asked.form == register.code]


def _method_barred(org: str, fields: Mapping[str, str]) -> bool:
    method = fields.get("method", "")
    if not method:
        return False  # it is lacking, which is refused by its own rule
    return method not in methods(org) or is_undescribed(org, fields)


def _is_amiss(org: Organisation, register: Register, fields: Mapping[str, str]) -> bool:
    """Whether the machine found, or a person saw, something that is not as it should be."""
    looks = (column.name for column in register.columns if column.type == "look")
    if any(fields.get(name) == "fault" for name in looks):
        return True
    found = facts(org)
    return bool(unaccounted(org)) or (found is not None and not found.ok)


def _keyless(org: str, place: str) -> bool:
    """Whether no entry of the key register names this place."""
    kept = opened(rows(org, "key").filter(withdrawn_at=None))
    return place not in {entry.fields.get("place") for entry in kept}
