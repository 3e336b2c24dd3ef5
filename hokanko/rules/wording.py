"""What a rulebook calls a thing: the police say 警電 and 教養, a shop telephone and training."""

from __future__ import annotations

from dataclasses import dataclass

from hokanko.rules.decide import rules_at
from hokanko.rules.spoken import spoken

TELEPHONE, TRAINING = "words.telephone", "words.training"


@dataclass(frozen=True, slots=True)
class Wording:
    """One thing in the rulebook's words; as text, in the reader's language."""

    ja: str
    en: str

    def __str__(self) -> str:
        return spoken(self)


def wording(org: str, name: str) -> Wording:
    """How the rules in force call it. `name` is a parameter that is a choice between words.

    The home's own rules, which choose nothing, take the first.
    """
    rules = rules_at(org)
    row = rules.book.parameter(name)
    chosen = str(rules.book.effective(rules.values)[name])
    return Wording(*row.choices.get(chosen, next(iter(row.choices.values()))))
