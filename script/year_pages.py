"""Times every page that a police login can reach in the home of HOKANKO_HOME: one JSON document.

Each role begins at its home page and follows the links it is shown. A page that cannot be opened
stops the measurement: what is counted fast must be there.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from html import unescape
from http import HTTPStatus
from pathlib import Path
from statistics import median, quantiles
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "hokanko.settings"
sys.path.append(str(Path(__file__).parents[1]))

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

import hokanko.wsgi  # noqa: F401 sets Django up as the server does
from hokanko import clock
from hokanko.ledger.leap import newest
from hokanko.people.models import Person

ROLES = {
    "運用担当者": "tanaka",
    "運用主任者": "takahashi",
    "運用管理者": "suzuki",
    "総括運用管理者": "watanabe",
    "カメラ装着警察官": "officer1",
    "技術管理者": "kanri",
}
ASIDE = {"people.logout", "web.language"}  # not pages
MORE = (  # what a form on a page asks for
    "/footage/?day=2026-03-01",
    "/footage/?flag=outside-rules",
    "/footage/?state=erased",
    "/headquarters/at/HONBU/?since=2025-04-01&until=2026-03-31",
    "/ledger/?page=200",
    "/ledger/?kind=intake.taken_in&page=20",
)
OF_A_ROUTE = 1  # addresses timed of each route, and role
HREF = re.compile(r'href="(/[^"#]*)"')
PAPER = re.compile(r"\.(pdf|docx|xlsx|csv|json|zip)(\?|$)")


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--papers", type=int, default=0, help="repeats of papers and tables")
    parser.add_argument("--only", default="", help="only addresses that contain this")
    parser.add_argument("--roles", default=",".join(ROLES.values()))
    asked = parser.parse_args()
    last = newest()
    assert last is not None, "the year has been lived"
    clock.fix(last + timedelta(hours=9))
    found: list[dict[str, Any]] = []
    for login in asked.roles.split(","):
        found += walk(login, asked.repeats, asked.papers, asked.only)
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1)


def walk(login: str, repeats: int, papers: int, only: str) -> Iterator[dict[str, Any]]:
    """Every page within reach of one login, timed as it is met."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(Person.objects.get(login=login))
    waiting, seen, timed = ["/", *MORE], set[str](), Counter[str]()
    while waiting:
        url = waiting.pop(0)
        route, times = _route(url), papers if PAPER.search(url) else repeats
        key = route + ("?" if "?" in url else "")
        enough = timed[key] >= OF_A_ROUTE and url not in MORE
        if not times or not route or url in seen or route in ASIDE or enough:
            continue
        seen.add(url)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(url)
        if answer.status_code != HTTPStatus.OK:  # not for this role
            continue
        timed[key] += 1
        known = {"login": login, "route": route, "url": url, "queries": len(asked)}
        if answer.streaming:
            yield known | _first_piece(answer)
            continue
        if "html" in answer["Content-Type"]:
            waiting += [unescape(found) for found in HREF.findall(answer.content.decode())]
        if only in url:
            yield known | _timed(client, url, times) | {"bytes": len(answer.content)}


def _timed(client: Client, url: str, times: int) -> dict[str, float]:
    """A page so many times. `cpu` is what was computed: on a shared machine it tells more."""
    laps, busy = list[float](), list[float]()
    for _ in range(times):
        begun, spent = time.perf_counter(), time.thread_time()
        client.get(url)
        busy.append(time.thread_time() - spent)
        laps.append(time.perf_counter() - begun)
    return _told(laps, busy)


def _first_piece(answer: Any) -> dict[str, float]:
    """What a page that never ends sends first."""
    begun, spent = time.perf_counter(), time.thread_time()
    piece = next(iter(answer.streaming_content))
    lap, cpu = time.perf_counter() - begun, time.thread_time() - spent
    answer.close()
    return _told([lap], [cpu]) | {"bytes": len(piece)}


def _told(laps: list[float], busy: list[float]) -> dict[str, float]:
    return {
        "p50_ms": round(median(laps) * 1e3, 1),
        "p95_ms": _p95(laps),
        "cpu_p50_ms": round(median(busy) * 1e3, 1),
        "cpu_p95_ms": _p95(busy),
    }


def _p95(laps: list[float]) -> float:
    worst = quantiles(laps, n=20)[-1] if len(laps) > 1 else laps[0]
    return round(worst * 1e3, 1)


def _route(url: str) -> str:
    try:
        return resolve(url.split("?")[0]).view_name
    except Resolver404:
        return ""


if __name__ == "__main__":
    main()
