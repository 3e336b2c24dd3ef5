"""A pytest plugin that remembers what was skipped, and the closing words of `script/test`.

As a plugin (`-p tests.left_out --left-out=FILE`) it writes one JSON file per run; as a program
(`python -m tests.left_out FOLDER`) it reads them all and names what no run has carried out.
"""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pytest

DATABASES = ("SQLite", "PostgreSQL")
BESIDE = ("../shared", "published")  # words for material that lies beside the checkout, if at all


@dataclass(slots=True)
class Run:
    """What became of each test of one run, by node id."""

    passed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)


class Recorder:
    """Listens to pytest and writes the run down at its end."""

    def __init__(self, path: Path) -> None:
        self.path, self.run = path, Run()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One phase of one test."""
        if report.failed:
            self.run.failed.append(report.nodeid)
        elif report.skipped and not hasattr(report, "wasxfail"):
            self.run.skipped[report.nodeid] = reason_of(report)
        elif report.passed and report.when == "call":
            self.run.passed.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A module that skipped itself whole, or could not be read."""
        if report.skipped:
            self.run.skipped[report.nodeid] = reason_of(report)
        elif report.failed:
            self.run.failed.append(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """The end of the run."""
        self.path.write_text(json.dumps(asdict(self.run), ensure_ascii=False))


def reason_of(report: pytest.TestReport | pytest.CollectReport) -> str:
    """The words given to `pytest.skip`, without pytest's own prefix."""
    words = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return words.removeprefix("Skipped: ")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that names the file."""
    parser.addoption("--left-out", type=Path, help="write what was skipped to this file")


def pytest_configure(config: pytest.Config) -> None:
    """Starts to listen, if a file was named."""
    path = config.getoption("--left-out")
    if path is not None:
        config.pluginmanager.register(Recorder(path), "left-out-recorder")


def read_runs(folder: Path) -> dict[str, Run]:
    """The runs that took place, by database."""
    paths = {name: folder / f"{name}.json" for name in DATABASES}
    return {
        name: Run(**json.loads(path.read_text())) for name, path in paths.items() if path.exists()
    }


def left_out(runs: dict[str, Run]) -> dict[str, list[str]]:
    """For each reason, the tests that no run carried out: what one skips, another may do."""
    done = {node for run in runs.values() for node in run.passed + run.failed}
    done |= {node.partition("::")[0] for node in done}
    found: dict[str, list[str]] = defaultdict(list)
    skipped = {node: reason for run in runs.values() for node, reason in run.skipped.items()}
    for node, reason in skipped.items():
        if node not in done:
            found[reason].append(node)
    for name in DATABASES:
        if name not in runs:
            found[f"the whole run on {name} (no server binary found, or it did not start)"] = []
    return dict(found)


def summary(runs: dict[str, Run]) -> str:
    """One line of numbers."""
    parts = [
        f"{len(run.passed)} passed"
        + f", {len(run.failed)} failed" * bool(run.failed)
        + f" on {name}"
        for name, run in runs.items()
    ]
    return "; ".join(parts)


def main(folder: Path, *, insist: bool) -> int:
    """Says what was left out; 1 if it had to be there (`insist`) and is ours to bring."""
    runs = read_runs(folder)
    missing = left_out(runs)
    lines = [f"  {max(len(nodes), 1)} × {why}" for why, nodes in sorted(missing.items())]
    ours = [why for why in missing if not any(word in why for word in BESIDE)]
    sys.stdout.write("\n".join(["left out:", *lines] if lines else ["left out: nothing"]) + "\n")
    if insist and ours:
        sys.stdout.write("CI=true: nothing may be left out, so this is a failure\n")
    sys.stdout.write(summary(runs) + "\n")
    return int(insist and bool(ours))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), insist=os.environ.get("CI") == "true"))
