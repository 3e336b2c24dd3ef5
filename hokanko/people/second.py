"""The second factor (二段階認証): of whom it is asked, and whether something typed is one."""

from __future__ import annotations

import secrets
import unicodedata
from base64 import b32encode, b64decode, b64encode
from contextlib import suppress

from hokanko import clock
from hokanko.errors import Missing
from hokanko.keyring.onetime import accepted, new_secret
from hokanko.keyring.texts import open_text, sealer
from hokanko.people.models import Person, SecondFactor
from hokanko.people.queries import digest
from hokanko.rules.decide import parameter

REQUIRED = "login.second_factor"
CODE, RECOVERY = "code", "recovery"  # how somebody proved himself, as the ledger has it
RECOVERIES, RECOVERY_BYTES = 8, 10  # 80 bits each: too many to guess, so that a plain hash does
GROUP = 4  # letters between two hyphens, for whoever types them from paper


def is_required(person: Person) -> bool:
    """Whether nobody logs in there without one: by its rules, or since it is reached from outside.

    Where the files are others than those adopted, none is asked for anew: somebody must be able
    to log in and mend that. Who has one is asked for it all the same.
    """
    if person.org.remote_since is not None:
        return True
    with suppress(Missing):
        return bool(parameter(person.org_id, REQUIRED))
    return False


def factor_of(person: Person) -> SecondFactor | None:
    """What a person has set up, if he has."""
    return SecondFactor.objects.filter(person=person).first()


def place_of(person: Person) -> str:
    """Where the sealed secret stands, so that it opens nowhere else."""
    return f"second-factor/{person.pk}"


def draft(person: Person) -> str:
    """A new secret as a browser's session may keep it until a first code proves it: sealed."""
    return b64encode(sealer()(new_secret(), f"{place_of(person)}/draft")).decode()


def drafted(person: Person, kept: str) -> bytes:
    """The secret again. Raises Unsound when altered, or made for somebody else."""
    return open_text(b64decode(kept), f"{place_of(person)}/draft")


def new_recoveries() -> tuple[str, ...]:
    """Codes for the day on which the phone is lost; each works once."""
    plain = (b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode() for _ in range(RECOVERIES))
    return tuple("-".join(_grouped(each)) for each in plain)


def tidied(typed: str) -> str:
    """What was typed, without spaces, hyphens, small or full-width letters."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum())


def spent(held: SecondFactor, typed: str) -> str:
    """Take a code, which then counts no more: CODE or RECOVERY; "" where it is none."""
    plain, secret = tidied(typed), open_text(bytes(held.secret), place_of(held.person))
    step = accepted(secret, plain, clock.unmoved(), after=held.last_step)
    if step is not None:
        held.last_step = step
        held.save(update_fields=["last_step"])
        return CODE
    if digest(plain) in held.recovery:
        held.recovery = [each for each in held.recovery if each != digest(plain)]
        held.save(update_fields=["recovery"])
        return RECOVERY
    return ""


def _grouped(plain: str) -> list[str]:
    return [plain[at : at + GROUP] for at in range(0, len(plain), GROUP)]
