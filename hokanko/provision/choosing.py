"""Which footage a request is about, and the same act told in the life of each piece of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing as footage_thing
from hokanko.provision.models import Provision, ProvisionFile
from hokanko.rules.permit import Permit

Wanted = Iterable[tuple[Footage, Sequence[int]]]  # footage, positions of stills in ms


def choose(provision: Provision, files: Wanted) -> None:
    """Make the request about these pieces. Raises Conflict for those of another organisation."""
    for footage, stills in files:
        if footage.org_id != provision.org_id:
            raise Conflict(
                f"{footage.number} は、この所属の映像ではありません。",
                f"{footage.number} is not this unit's footage.",
            )
        ProvisionFile.objects.create(provision=provision, footage=footage, stills_ms=list(stills))


def wanted_of(provision: Provision, files: Wanted | None) -> list[tuple[Footage, Sequence[int]]]:
    """What is to be entered, each piece with its stills: what is given, else what was proposed."""
    if files is not None:
        return list(files)
    proposed = provision.files.select_related("footage__camera")
    return [(file.footage, file.stills_ms) for file in proposed]


def chosen_of(provision: Provision) -> list[Footage]:
    """The footage that the request is about."""
    return [footage for footage, _stills in wanted_of(provision, None)]


def insist_held(films: Iterable[Footage]) -> None:
    """Raises Conflict for what has ended, and for what is of no known time yet."""
    for footage in films:
        if footage.state != "held" or clock.today() > footage.last_day:
            raise Conflict(
                f"{footage.number} は保存期間が満了し、もう提供できません。",
                f"The retention period of {footage.number} is over: it cannot be provided.",
            )
        if footage.quarantined:
            raise Conflict(
                f"{footage.number} は撮影日時が未確定で、まだ提供できません。",
                f"{footage.number} has no capture time yet: it cannot be provided.",
                mend_ja="先に撮影日時を確定してください（hokanko footage settle）。",
                mend_en="Settle its capture time first (hokanko footage settle).",
            )


def tell_footage(permit: Permit, kind: str, provision: Provision) -> None:
    """The same act in the life of each piece that the request names."""
    for file in provision.files.select_related("footage__org"):
        name = footage_thing(file.footage).name
        permit.write(kind, about=name, facts={"number": provision.number})
