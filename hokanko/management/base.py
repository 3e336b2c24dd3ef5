"""What every command shares: `--json`, `--by`, and how an outcome becomes an exit code."""

from __future__ import annotations

import json
import re
import sys
from argparse import ArgumentParser
from dataclasses import dataclass, field
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from hokanko.errors import HokankoError, Refusal, Unavailable
from hokanko.people.models import Appointment
from hokanko.people.queries import actor, organisation, person
from hokanko.rules.actor import HOME, Actor, machine
from hokanko.rules.verb import write_refusal
from hokanko.vault import cabinet
from hokanko.web.middleware import trouble_of

# What would steer a terminal or turn the reading direction: the name of hostile footage may.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
DJANGO_S_OWN = "--version --verbosity --settings --pythonpath --traceback --no-color --force-color"


@dataclass(slots=True)
class Report:
    """What a command found or did: for a machine, for a person, and its exit code."""

    body: dict[str, Any]
    lines: list[str] = field(default_factory=list)
    code: int = 0


class Command(BaseCommand):
    """A command: `arguments` declares, `run` acts through the verbs and reports."""

    requires_system_checks: list[str] = []
    output_transaction = False
    suppressed_base_arguments = set(DJANGO_S_OWN.split())

    def arguments(self, parser: ArgumentParser) -> None:
        """Declare what the command takes."""

    def run(self, given: dict[str, Any]) -> Report:
        """Act, and say what was done."""
        raise AssertionError(given)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="一つの JSON を標準出力へ")
        self.arguments(parser)

    def handle(self, *_: object, **given: Any) -> None:
        try:
            report = self.run(given)
        except (DatabaseError, OSError) as trouble:
            error = _trouble(trouble)
            if error is None:
                raise
            self.stderr.write(_tame(f"{error}\n({trouble})"))
            report = _failure(error)
        except HokankoError as error:
            if isinstance(error, Refusal):
                write_refusal(error, self._asker(given))
            self.stderr.write(_tame(str(error)))
            report = _failure(error)
        if given["json"]:
            self.stdout.write(json.dumps(report.body, ensure_ascii=False, indent=1, default=str))
        else:
            for line in report.lines:
                self.stdout.write(_tame(line))
        if report.code:
            sys.exit(report.code)

    def _asker(self, given: dict[str, Any]) -> Actor:
        return asker(given) if given.get("by") else machine("cli", HOME, via="cli")


def _tame(text: str) -> str:
    return STEERING.sub("�", text)


def by_option(parser: ArgumentParser, *, required: bool = False) -> None:
    """Who acts. Without it, the technical administrator where there is exactly one."""
    parser.add_argument("--by", required=required, metavar="LOGIN", help="行う人のログイン名")


def asker(given: dict[str, Any]) -> Actor:
    """The person named by --by, or the only technical administrator."""
    if given.get("by"):
        return actor(person(given["by"]), via="cli")
    admins = Appointment.objects.filter(org=HOME, post="システム管理者", until=None)
    chosen = admins.select_related("person").order_by("since", "pk").first()
    return actor(chosen.person, via="cli") if chosen else machine("cli", HOME, via="cli")


def asker_or_machine(given: dict[str, Any]) -> Actor:
    """The person named by --by, or the management PC itself (intake, dock)."""
    if given.get("by"):
        return asker(given)
    return machine("management-pc", organisation(given["org"]).pk, via="cli")


def _trouble(error: DatabaseError | OSError) -> HokankoError | None:
    """A full disk, a database or file that does not answer; None for a fault of the program."""
    if isinstance(error, OSError):
        if error.errno in cabinet.FULL:
            return cabinet.full()
        return Unavailable(
            f"ファイルを読み書きできません（{error.strerror}）。",
            f"A file cannot be read or written ({error.strerror}).",
            mend_ja="場所・権限・媒体を確かめてください。",
            mend_en="Check the place, its permissions and the medium.",
        )
    return trouble_of(error)


def _failure(error: HokankoError) -> Report:
    return Report(error.as_json(), code=error.exit_code)
