"""What is put in order is put in one order: on PostgreSQL equal rows come as they please."""

from __future__ import annotations

import ast

from tests.house.tree import called, name_of, parsed, python_files

# Unique by themselves, or within what the query already narrowed to (an organisation, a page).
ENDS = {"pk", "id", "number", "code", "login", "size", "place", "org", "kind"}
# Cannot tie: an object's name in the store is its key.
ALLOWED = {("hokanko/retention/verify.py", "name")}


def _field(last: ast.expr) -> str:
    match last:
        case ast.Constant(value=str(name)):
            return name.lstrip("-").split("__")[-1]
        case _:
            return ast.unparse(last)


def test_every_order_ends_in_something_unique() -> None:
    loose = [
        f"{name_of(path)}:{node.lineno} ends in {field}"
        for path in python_files("hokanko")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and called(node) == "order_by" and node.args
        if (field := _field(node.args[-1])) not in ENDS
        if (name_of(path), field) not in ALLOWED
    ]
    assert not loose, "rows of one moment come in any order: add a unique field\n" + "\n".join(
        loose
    )
