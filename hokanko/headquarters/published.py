"""The published numbers of the project: for anybody, without login, naming nobody and no file."""

from __future__ import annotations

import csv
import io
import json
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_GET

from hokanko import clock
from hokanko.errors import Missing
from hokanko.headquarters import queries
from hokanko.headquarters.models import ProjectReport
from hokanko.headquarters.words import lines

BOM = "\ufeff"  # by which spreadsheets know that it is UTF-8


@require_GET
def page(request: HttpRequest, code: str) -> HttpResponse:
    """What an organisation published last, as issued."""
    found = queries.published(code)
    if found is None:
        return render(request, "headquarters/html/unpublished.html", status=HTTPStatus.NOT_FOUND)
    here = {"report": found, "rows": lines(found.org_id, found.counts)}
    return render(request, "headquarters/html/published.html", here)


@require_GET
def numbers(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The same as data: JSON or CSV."""
    del request
    found = queries.published(code)
    if found is None or form not in ("json", "csv"):
        raise Missing("公表したものはありません。", "Nothing has been published.")
    body, kind = _json(found) if form == "json" else _csv(found)
    shown = {"Content-Disposition": f'attachment; filename="{found.number}.{form}"'}
    return HttpResponse(body, content_type=kind, headers=shown)


def _json(found: ProjectReport) -> tuple[str, str]:
    assert found.issued_at is not None, "it was published"
    told = {
        "number": found.number,
        "org": found.org_id,
        "since": found.begins.isoformat(),
        "until": found.ends.isoformat(),
        "published": clock.day_of(found.issued_at).isoformat(),
        "url": found.url,
        "numbers": found.counts,
    }
    return json.dumps(told, ensure_ascii=False, indent=1), "application/json"


def _csv(found: ProjectReport) -> tuple[str, str]:
    sheet = io.StringIO()
    rows = csv.writer(sheet)
    with override("ja"):
        rows.writerow(["項目", "数", "読み方"])
        for (words, shown), count in zip(
            lines(found.org_id, found.counts), found.counts.values(), strict=True
        ):
            rows.writerow([words, count, shown])
    return BOM + sheet.getvalue(), "text/csv; charset=utf-8"
