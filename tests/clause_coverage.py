"""Which clauses of the rulebooks a test would miss: `script/clauses [--json] [--strict]`.

A test names its clauses with `@pytest.mark.clause("id", …)`; what no test names yet stands in
`tests/clauses/not_yet.toml` with the reason. Exit 1 when a mark or a reason names a clause that no
rulebook has, and with --strict also when a clause has neither test nor reason, or both.
"""

from __future__ import annotations

import argparse
import ast
import json
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
NO_REASON = "no reason given"


@dataclass(frozen=True, slots=True)
class Coverage:
    """All clauses, those that tests name, those with a reason why not, and what is wrong."""

    clauses: tuple[str, ...]
    covered: tuple[str, ...]
    not_yet: dict[str, str]
    errors: tuple[str, ...]
    loose_ends: tuple[str, ...]


def rulebook_clauses(root: Path) -> list[str]:
    """The clause ids of every rulebook, in the books' own order. Raises ValueError for a double."""
    found: list[str] = []
    for book in sorted(root.glob("hokanko/rulebooks/*/book.toml")):
        for clause in tomllib.loads(book.read_text()).get("clause", []):
            if clause["id"] in found:
                raise ValueError(f"{book.relative_to(root)}: clause {clause['id']} stands twice")
            found.append(clause["id"])
    return found


def marks_in(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and id of every clause that a module's marks name; an id is plain text or "?"."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="clause", value=ast.Attribute(attr="mark"))):
                for word in node.args:
                    yield node.lineno, str(word.value) if isinstance(word, ast.Constant) else "?"


def marked_clauses(root: Path) -> dict[str, str]:
    """Each marked id, and the first place that marks it."""
    found: dict[str, str] = {}
    for path in sorted((root / "tests").rglob("test_*.py")):
        for line, name in marks_in(ast.parse(path.read_text())):
            found.setdefault(name, f"{path.relative_to(root)}:{line}")
    return found


def reasons(root: Path) -> dict[str, str]:
    """The table of reasons; empty when there is none."""
    path = root / "tests" / "clauses" / "not_yet.toml"
    return tomllib.loads(path.read_text()) if path.exists() else {}


def measure(root: Path = ROOT) -> Coverage:
    """Compares the rulebooks with the tests."""
    clauses, marked, why = rulebook_clauses(root), marked_clauses(root), reasons(root)
    known = set(clauses)
    places = dict.fromkeys(why, "tests/clauses/not_yet.toml") | marked
    unknown = [name for name in places if name not in known]
    errors = [f"{places[name]}: no rulebook has clause {name}" for name in unknown]
    not_yet = {name: why.get(name, NO_REASON) for name in clauses if name not in marked}
    loose = [f"{name}: {NO_REASON}" for name, text in not_yet.items() if text == NO_REASON]
    twice = [name for name in why if name in marked]
    loose += [f"{name}: covered by {marked[name]}, and still in not_yet.toml" for name in twice]
    covered = tuple(name for name in clauses if name in marked)
    return Coverage(tuple(clauses), covered, not_yet, tuple(errors), tuple(loose))


def report(coverage: Coverage) -> str:
    """The coverage for a reader."""
    lines = [f"covered {len(coverage.covered)} of {len(coverage.clauses)}"]
    lines += [f"  not yet {name}: {reason}" for name, reason in coverage.not_yet.items()]
    return "\n".join(lines)


def as_json(coverage: Coverage) -> str:
    """The coverage for a machine."""
    return json.dumps(
        {
            "total": len(coverage.clauses),
            "covered": coverage.covered,
            "not_yet": coverage.not_yet,
        },
        ensure_ascii=False,
        indent=2,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """The command: the report on stdout, what is wrong on stderr."""
    parser = argparse.ArgumentParser(prog="script/clauses", description=str(__doc__).split("\n")[0])
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    parser.add_argument("--strict", action="store_true", help="every clause has a test or a reason")
    chosen = parser.parse_args(arguments)
    coverage = measure()
    sys.stdout.write((as_json(coverage) if chosen.json else report(coverage)) + "\n")
    wrong = coverage.errors + (coverage.loose_ends if chosen.strict else ())
    sys.stderr.write("".join(f"clauses: {text}\n" for text in wrong))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
