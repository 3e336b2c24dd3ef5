"""The ledger against raw durable appends, PostgreSQL's own client, and the hashes alone.

Everything runs in turn in one home on SQLite with the product's settings. Rates are lines a
second. A line here is one as a viewing writes it: canonical body, two sealed openings.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from itertools import count
from statistics import median

from django.db import connection
from figures import Figure, Measure, against_limit, in_turns, spread, tell
from measured_home import folder, founded

from hokanko.formats import merkle
from hokanko.formats.proof import verify_proof
from hokanko.ledger import prove
from hokanko.ledger.append import append
from hokanko.ledger.models import Entry
from hokanko.ledger.publish import publish, signing_key
from hokanko.ledger.turn import write_turn
from hokanko.rules.actor import Actor
from tests.postgres import running, server_folder

SINGLE_LAP, WRITERS, LAP_OF_A_WRITER, BATCH, PROOFS = 300, 64, 5, 1000, 200
PROOF_MS, CHECK_US = 0.5, 20.0
RAW, SINGLE = "append + fdatasync", "one line a transaction"
WAITING, TOGETHER, PLACED = "64 waiting writers", "1000 lines a transaction", "publish"
PGBENCH = "pgbench, 64 clients"
DURABLE = {"max_connections": "100"}
TABLE = "CREATE TABLE e (i bigserial PRIMARY KEY, leaf bytea, body bytea)"
INSERT = (
    "INSERT INTO e (leaf, body) VALUES (decode(repeat('ab', 32), 'hex'), "
    "decode(repeat('cd', 496), 'hex'));\n"
)
numbers = count()


def write_line(by: Actor) -> None:
    """One line as the opening of a viewing writes it, about a footage of its own."""
    append(
        "viewing.opened",
        by=by,
        org="CHUO",
        about=f"footage:{next(numbers):032x}",
        clause="police-7.2.2-attend",
        facts={"viewing": f"{os.urandom(16).hex()}", "purposes": ["ア", "イ"], "attended": True},
        private={"note": "傷害事件の捜査のため、本年十一月二十日の映像を確認する。"},
    )


def write_lines(by: Actor, lines: int) -> None:
    """So many lines in one transaction."""
    with write_turn():
        for _ in range(lines):
            write_line(by)


def rate(work: Callable[[], object], lines: int) -> float:
    """Lines a second."""
    start = time.perf_counter()
    work()
    return lines / (time.perf_counter() - start)


def raw_appends(fd: int) -> None:
    """The same bytes without a database."""
    for _ in range(SINGLE_LAP):
        os.write(fd, bytes(600))
        os.fdatasync(fd)


def waiting_writers(by: Actor) -> float:
    """Writers that each wait for their line to be durable before they write the next."""
    begin, done = threading.Barrier(WRITERS + 1), threading.Barrier(WRITERS + 1)

    def write() -> None:
        connection.ensure_connection()
        begin.wait()
        for _ in range(LAP_OF_A_WRITER):
            write_lines(by, 1)
        done.wait()
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    begin.wait()
    found = rate(done.wait, WRITERS * LAP_OF_A_WRITER)
    for thread in threads:
        thread.join()
    return found


def writing(by: Actor) -> dict[str, Measure]:
    """What is measured of writing; `PLACED` gives places to what the others have written."""
    fd = os.open(folder("raw") / "file", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def singly() -> None:
        for _ in range(SINGLE_LAP):
            write_lines(by, 1)

    def place() -> float:
        publish()
        write_lines(by, BATCH)
        return rate(publish, BATCH)

    return {
        RAW: lambda: rate(lambda: raw_appends(fd), SINGLE_LAP),
        SINGLE: lambda: rate(singly, SINGLE_LAP),
        WAITING: lambda: waiting_writers(by),
        TOGETHER: lambda: rate(lambda: write_lines(by, BATCH), BATCH),
        PLACED: place,
    }


def pgbench(url: str) -> float:
    """Transactions a second of PostgreSQL's own client, durable, without a tree."""
    script = folder(f"pgbench-{next(numbers)}") / "insert.sql"
    script.write_text(INSERT)
    asked = f"pgbench -n -M prepared -c {WRITERS} -j 1 -T 3 -f".split()
    said = subprocess.run([*asked, script, url], capture_output=True, text=True, check=True)
    found = re.search(r"tps = ([\d.]+)", said.stdout)
    return float(found[1]) if found else 0.0


def writing_figures(by: Actor, rounds: int, left_out: list[str]) -> list[Figure]:
    """Writing in turns with what it is compared with."""
    works, server = writing(by), server_folder()
    with ExitStack() as held:
        if server is None:
            left_out.append(PGBENCH)
        else:
            url = held.enter_context(running(server, DURABLE))
            subprocess.run(["psql", "-q", "-c", TABLE, url], check=True)
            works[PGBENCH] = lambda: pgbench(url)
        taken = in_turns(works, rounds)
    print("\n".join(spread(taken)), file=sys.stderr)
    raw = taken[RAW]
    found = [
        Figure(SINGLE, taken[SINGLE], RAW, raw, "lines/s", at_least=0.65),
        Figure(WAITING, taken[WAITING], RAW, raw, "lines/s", at_least=3.0),
        Figure(TOGETHER, taken[TOGETHER], RAW, raw, "lines/s", at_least=25.0),
        Figure(PLACED, taken[PLACED], TOGETHER, taken[TOGETHER], "lines/s"),
    ]
    if PGBENCH in taken:
        found.append(Figure(WAITING, taken[WAITING], PGBENCH, taken[PGBENCH], "lines/s", 1.0))
    return found


def fill(by: Actor, lines: int) -> None:
    """Bring the ledger to so many lines, all under a signed head."""
    while (missing := lines - Entry.objects.count()) > 0:
        write_lines(by, min(missing, 10 * BATCH))
        publish()


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def check() -> None:
    """The product's own check of everything; it must find nothing."""
    verdict = prove.check()
    if not verdict.sound:
        raise SystemExit(f"the ledger does not verify: {verdict.problems[:3]}")


def verifying_figures(rounds: int) -> list[Figure]:
    """The check of it all against the hashes alone, and single proofs against their limits."""
    bodies = [bytes(body) for body in Entry.objects.values_list("body", flat=True)]
    lines = len(bodies)
    works: dict[str, Measure] = {
        "check": lambda: seconds(check),
        "hash": lambda: seconds(lambda: merkle.root([merkle.leaf_hash(body) for body in bodies])),
    }
    taken = in_turns(works, rounds)
    million = [lap * 1_000_000 / lines for lap in taken["check"]]
    chosen = [random.randrange(lines) for _ in range(PROOFS)]  # noqa: S311 not a secret
    rows = [(entry.pk, bytes(entry.body)) for entry in Entry.objects.filter(place__in=chosen)]
    vkeys = [signing_key().vkey]
    proofs = [(prove.proof_of(number), body) for number, body in rows]
    proving = [seconds(lambda number=number: prove.proof_of(number)) for number, _ in rows]
    checking = [
        seconds(lambda proof=proof, body=body: verify_proof(proof, body, vkeys))
        for proof, body in proofs
    ]
    name = f"check of {lines} lines"
    return [
        Figure(name, taken["check"], "hashes in RAM", taken["hash"], "s", at_most=1.8),
        Figure("check, per million lines", million, "limit", [60.0] * rounds, "s", at_most=1.0),
        against_limit("a proof", [median(proving) * 1e3], PROOF_MS, "ms"),
        against_limit("its check offline", [median(checking) * 1e6], CHECK_US, "µs"),
    ]


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--lines", type=int, default=200_000, help="lines to verify")
    parser.add_argument("--million", action="store_true", help="verify a million lines")
    asked = parser.parse_args()
    by, left_out = founded().as_actor("sato"), list[str]()
    found = writing_figures(by, asked.rounds, left_out)
    fill(by, 1_000_000 if asked.million else asked.lines)
    found += verifying_figures(asked.rounds)
    tell(found, left_out, as_json=asked.json)


if __name__ == "__main__":
    main()
