"""Where a table or a key stands in a TOML file, since the parser does not say."""

from __future__ import annotations

import re
from dataclasses import dataclass

HEADING = re.compile(r"\s*\[{1,2}([A-Za-z_]+)\]{1,2}\s*(#.*)?$")
KEY = re.compile(r"\s*([A-Za-z_]+)\s*=")


@dataclass(frozen=True, slots=True)
class Place:
    """A table: the line of its heading, and the line of each key."""

    line: int
    keys: dict[str, int]

    def of(self, key: str) -> int:
        """The line of a key, or of the heading where the key is missing."""
        return self.keys.get(key, self.line)


def places(text: str) -> dict[str, list[Place]]:
    """Every table of a TOML text by name, in order. Values may not span lines with `key =` in."""
    found: dict[str, list[Place]] = {}
    current = Place(1, {})
    for number, line in enumerate(text.splitlines(), start=1):
        if heading := HEADING.match(line):
            current = Place(number, {})
            found.setdefault(heading[1], []).append(current)
        elif key := KEY.match(line):
            current.keys.setdefault(key[1], number)
    return found
