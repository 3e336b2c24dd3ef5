"""A database of one's own, of the kind that this run of the tests is about, for processes apart."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

SETTING = "HOKANKO_DATABASE"


@contextmanager
def own() -> Iterator[dict[str, str]]:
    """The settings for it: none on SQLite, where every home has a file of its own."""
    server = os.environ.get(SETTING)
    if not server:
        yield {}
        return
    name = f"own_{secrets.token_hex(6)}"
    make(server, name)
    try:
        yield {SETTING: named(server, name)}
    finally:
        drop(server, name)


def named(server: str, name: str) -> str:
    """The address of another database on the same server."""
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def make(server: str, name: str, *, like: str = "template1") -> None:
    """Make a database, empty or as a copy of one that nobody is connected to."""
    _tell(server, "CREATE DATABASE {} TEMPLATE {}", name, like)


def drop(server: str, name: str) -> None:
    """Remove a database; whoever is still connected is cut off."""
    _tell(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _tell(server: str, words: str, *names: str) -> None:
    with psycopg.connect(named(server, "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(words).format(*map(sql.Identifier, names)))
