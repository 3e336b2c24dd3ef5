"""The frame of every verb: one transaction, and a line for a refusal.

Inside the function stand the three beats: ask the rulebook, do it, write the ledger. What was
begun is undone when it is refused; that it was refused is written all the same (I1).
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

from hokanko import clock
from hokanko.errors import Refusal
from hokanko.ledger.append import append
from hokanko.ledger.leap import behind
from hokanko.ledger.turn import write_turn
from hokanko.rules.actor import Actor
from hokanko.rules.reading import forget, reading
from hokanko.rules.verbs import VERBS

P = ParamSpec("P")
R = TypeVar("R")

_within = ContextVar("within_a_verb", default=False)


def verb(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function the verb of that name. It must take the actor as keyword `by`."""
    if name not in VERBS:
        raise KeyError(name)

    def frame(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def act(*args: P.args, **kwargs: P.kwargs) -> R:
            by = kwargs["by"]
            assert isinstance(by, Actor)
            if _within.get():  # the outermost verb has the transaction, and writes the refusal
                return function(*args, **kwargs)
            token = _within.set(True)
            forget()
            try:
                with write_turn(), reading():  # judged by one edition from end to end
                    return function(*args, **kwargs)
            except Refusal as refusal:
                write_refusal(refusal, by)
                raise
            finally:
                _within.reset(token)
                forget()

        return act

    return frame


def write_refusal(refusal: Refusal, by: Actor) -> None:
    """Write that something was refused, once.

    Where no line can be written, the clock standing before the ledger, it is refused all the same.
    """
    if refusal.on_ledger or behind(clock.now()):
        return
    with write_turn():
        append(
            "refused",
            by=by,
            org=refusal.org or by.org,
            about=refusal.about or f"verb:{refusal.verb or '-'}",
            clause=refusal.clause,
            facts={"verb": refusal.verb, "clauses": list(refusal.clauses), "message": refusal.ja},
        )
    refusal.on_ledger = True
