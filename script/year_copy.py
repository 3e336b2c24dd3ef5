"""Copies the rows of an SQLite home into the empty PostgreSQL database of HOKANKO_DATABASE."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "hokanko.settings"
sys.path.append(str(Path(__file__).parents[1]))

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.management.color import no_style  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402

FILLED = {"django_content_type", "auth_permission"}  # by `migrate` itself


def main() -> None:
    """Make the tables, copy every row, set the counters behind the newest."""
    call_command("migrate", verbosity=0)
    every = [model for model in apps.get_models(include_auto_created=True) if _is_ours(model)]
    with closing(sqlite3.connect(sys.argv[1])) as source, transaction.atomic():
        for model in every:
            _copy(source, model)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), every):
                cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as autovacuum would have by now


def _is_ours(model: type[models.Model]) -> bool:
    return model._meta.managed and model._meta.db_table not in FILLED


def _copy(source: sqlite3.Connection, model: type[models.Model]) -> None:
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    table = f'"{model._meta.db_table}"'
    truths = [isinstance(field, models.BooleanField) for field in fields]
    with connection.cursor() as cursor:
        into = cursor.cursor.copy(f"COPY {table} ({columns}) FROM STDIN")
        with into as sink:
            for row in source.execute(f"SELECT {columns} FROM {table}"):  # noqa: S608 no user's words
                sink.write_row(
                    [
                        bool(v) if t and v is not None else v
                        for v, t in zip(row, truths, strict=True)
                    ]
                )


if __name__ == "__main__":
    main()
