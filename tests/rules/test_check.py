"""Each kind of mistake in a rulebook is found in the right file, on the right line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hokanko.rules.book import ROOT
from hokanko.rules.check import Problem, problems

VERBS = ("viewing.open", "provision.ask", "derive.edit")
POLICY = """// who may do what

@id("view")
@clause("police-7.2.2")
@who("運用管理者,運用主任者")
@ja("閲覧できます。")
@en("May view.")
permit (principal, action in [Action::"viewing.open", Action::"provision.ask"], resource)
when { principal.posts.containsAny(["運用管理者", "運用主任者"]) };

@id("no-edit")
@clause("police-7.2.6")
@ja("編集してはなりません。; // {")
@en("No editing.")
forbid (principal, action == Action::"derive.edit", resource);
"""


class Folder:
    """A rulebook's folder to break: one replacement, then what the check says."""

    def __init__(self, root: Path) -> None:
        self.root, self.path = root, root / "police"

    def line_of(self, name: str, words: str) -> int:
        """The line, from 1, on which some words first stand."""
        text = (self.path / name).read_text("utf-8")
        return text.count("\n", 0, text.index(words)) + 1

    def breaks(self, name: str, old: str, new: str) -> None:
        """Replace the first `old` in a file; it must be there."""
        text = (self.path / name).read_text("utf-8")
        assert old in text
        (self.path / name).write_text(text.replace(old, new, 1), "utf-8")

    def problems(self, *verbs: str) -> list[Problem]:
        """What the check finds."""
        return problems("police", verbs or VERBS, self.root)

    def only(self, *verbs: str) -> Problem:
        """The one problem there is."""
        found = self.problems(*verbs)
        assert len(found) == 1, [str(problem) for problem in found]
        assert found[0].what_ja
        assert found[0].what_en
        assert found[0].hint
        return found[0]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A sound copy of the police rulebook, with a policy of three verbs."""
    shutil.copytree(ROOT / "police", tmp_path / "police")
    (tmp_path / "police" / "policy.cedar").write_text(POLICY, "utf-8")
    return Folder(tmp_path)


def test_a_sound_folder_has_no_problem(folder: Folder) -> None:
    assert folder.problems() == []


@pytest.mark.parametrize("name", ["book.toml", "policy.cedar", "text.ja.md"])
def test_a_missing_file(folder: Folder, name: str) -> None:
    (folder.path / name).unlink()
    problem = folder.only()
    assert (problem.file, problem.line) == (name, 1)


def test_a_file_that_is_not_utf8(folder: Folder) -> None:
    (folder.path / "text.ja.md").write_bytes("要領".encode("cp932"))
    assert "UTF-8" in folder.only().what_ja


def test_a_book_that_is_not_toml(folder: Folder) -> None:
    line = folder.line_of("book.toml", 'name = "retention.mode"')
    folder.breaks("book.toml", 'name = "retention.mode"', 'name = "retention.mode')
    assert (folder.only().file, folder.only().line) == ("book.toml", line)


def test_a_book_that_ends_too_early(folder: Folder) -> None:
    book = folder.path / "book.toml"
    book.write_text(book.read_text("utf-8") + "x = [\n", "utf-8")
    assert folder.only().line == len(book.read_text("utf-8").splitlines())


BOOK_MISTAKES = {
    "an unknown clause in a parameter": (
        'name = "retention.days"\ntype = "days"\nvalue = 90\nstatus = "fixed"\n',
        'clauses = ["police-7.1.2"]',
        'clauses = ["police-7.1.9"]',
        "police-7.1.9",
    ),
    "an unknown clause in a ground": (
        'en = "Likely to serve the purposes of use as other material"\n',
        'clause = "police-7.2.4-d"',
        'clause = "police-7.2.4-e"',
        "police-7.2.4-e",
    ),
    "a value of the wrong type": (
        'name = "retention.days"\ntype = "days"\n',
        "value = 90",
        'value = "90"',
        "日数",
    ),
    "a value below its bound": ('type = "days"\n', "value = 90", "value = 0", "1 以上"),
    "a value outside its choices": (
        'name = "retention.mode"\ntype = "enum"\n',
        'value = "exact"',
        'value = "exactly"',
        "選択肢",
    ),
    "an unknown post in a value": (
        'name = "night_duty.substitute"\ntype = "post"\n',
        'value = "運用主任者"',
        'value = "宿直主任"',
        "宿直主任",
    ),
    "fixed without a clause": (
        'value = 90\nstatus = "fixed"\n',
        'clauses = ["police-7.1.2"]',
        "clauses = []",
        "fixed",
    ),
    "a default dressed as an article": (
        'name = "log.access"\ntype = "bool"\nvalue = true\nstatus = "default"\n',
        "clauses = []",
        'clauses = ["police-8.1.2"]',
        "既定",
    ),
    "an unknown status": ("value = 90\n", 'status = "fixed"', 'status = "firm"', "firm"),
    "an unknown type": ('name = "retention.days"\n', 'type = "days"', 'type = "weeks"', "weeks"),
    "an unknown key": ('name = "retention.days"\n', 'type = "days"', 'tipe = "days"', "tipe"),
    "an unknown appointer": (
        'level = "unit"\n',
        'appointed_by = "運用管理者"',
        'appointed_by = "署長"',
        "署長",
    ),
    "an unknown way of carrying": (
        'kind = "period"\n',
        'carried = "enforced"',
        'carried = "hoped"',
        "hoped",
    ),
    "evidence without an owner who exists": (
        'id = "police-4.2-wire"\n',
        'owners = ["運用管理者"]',
        'owners = ["管理者"]',
        "管理者",
    ),
    "two clauses of one name": (
        'police-4.2-wire"\narticle',
        'id = "police-4.3"',
        'id = "police-4.2-wire"',
        "重なって",
    ),
    "a folder of another name": ("[book]\n", 'code = "police"', 'code = "patrol"', "patrol"),
}


@pytest.mark.parametrize("mistake", BOOK_MISTAKES)
def test_a_mistake_in_the_book(folder: Folder, mistake: str) -> None:
    after, old, new, says = BOOK_MISTAKES[mistake]
    book = folder.path / "book.toml"
    text = book.read_text("utf-8")
    at = text.index(old, text.index(after))
    line = text.count("\n", 0, at) + 1
    book.write_text(text[:at] + new + text[at + len(old) :], "utf-8")
    here = [one for one in folder.problems() if (one.file, one.line) == ("book.toml", line)]
    assert [one for one in here if says in one.what_ja], [str(one) for one in folder.problems()]


def test_a_row_that_lacks_a_key_is_named_by_its_heading(folder: Folder) -> None:
    line = folder.line_of("book.toml", 'name = "retention.days"') - 1
    folder.breaks("book.toml", 'ja = "保存期間"\n', "")
    assert (folder.only().file, folder.only().line) == ("book.toml", line)


def test_a_fixed_parameter_without_a_value(folder: Folder) -> None:
    line = folder.line_of("book.toml", 'name = "retention.days"') - 1
    folder.breaks("book.toml", "value = 90\n", "")
    assert folder.only().line == line


def test_an_evidenced_clause_without_evidence(folder: Folder) -> None:
    start = folder.line_of("book.toml", 'id = "police-4.3"')
    text = (folder.path / "book.toml").read_text("utf-8").splitlines(keepends=True)
    at = next(n for n in range(start, len(text)) if text[n].startswith("evidence"))
    (folder.path / "book.toml").write_text("".join(text[:at] + text[at + 1 :]), "utf-8")
    assert folder.only().line == start - 1


@pytest.mark.parametrize(
    "wrong",
    [
        'every_days = 1, due = "project-end", form = "daily"',
        'every_days = 1, every_months_of = "project.months"',
        'form = "daily"',
        'every_days = 1, form = "diary"',
        'every_days = 1, each = "street"',
        'every_months_of = "project.moons"',
        'every_days = 1, photo = "yes"',
        'due = "each-eclipse"',
    ],
)
def test_evidence_is_periodic_or_due_at_an_event_in_a_register_there_is(
    folder: Folder, wrong: str
) -> None:
    right = 'every_days = 1, form = "daily" }'
    line = folder.line_of("book.toml", right)
    folder.breaks("book.toml", right, f"{wrong} }}")
    assert folder.only().line == line


POLICY_MISTAKES = {
    "an unknown clause": ('"police-7.2.2"', '"police-7.9"', 4, "police-7.9"),
    "an unknown verb": ('Action::"provision.ask"', 'Action::"provision.aks"', 8, "provision.aks"),
    "an unknown post in a condition": ('Any(["運用管理者"', 'Any(["署長"', 9, "署長"),
    "an unknown post in @who": ('"運用管理者,運用主任者"', '"運用管理者,署長"', 5, "署長"),
    "no @id": ('@id("view")\n', "", 3, "@id"),
    "no @clause": ('@clause("police-7.2.2")\n', "", 3, "@clause"),
    "an @ja that says nothing": ("閲覧できます。", "", 3, "@ja"),
    "two policies of one @id": ('@id("no-edit")', '@id("view")', 11, "重なって"),
    "a bracket too few": ('運用主任者"]) }', '運用主任者"] }', 9, "Cedar"),
    "a word that is no effect": ("forbid (", "forbit (", 15, "Cedar"),
    "a semicolon too few": ("resource);\n", "resource)\n", 15, "Cedar"),
}


@pytest.mark.parametrize("mistake", POLICY_MISTAKES)
def test_a_mistake_in_the_policy(folder: Folder, mistake: str) -> None:
    old, new, line, says = POLICY_MISTAKES[mistake]
    folder.breaks("policy.cedar", old, new)
    here = [one for one in folder.problems() if (one.file, one.line) == ("policy.cedar", line)]
    assert [one for one in here if says in one.what_ja], [str(one) for one in folder.problems()]


def test_a_verb_without_a_policy(folder: Folder) -> None:
    problem = folder.only(*VERBS, "viewing.close")
    assert (problem.file, problem.line) == ("policy.cedar", len(POLICY.splitlines()))
    assert "viewing.close" in problem.what_ja


def test_a_verb_that_is_only_forbidden_under_a_condition_has_no_policy(folder: Folder) -> None:
    folder.breaks(
        "policy.cedar", '"derive.edit", resource);', '"derive.edit", resource)\nwhen { true };'
    )
    assert "derive.edit" in folder.only().what_ja


def test_a_permit_of_everything(folder: Folder) -> None:
    with (folder.path / "policy.cedar").open("a", encoding="utf-8") as file:
        file.write(
            '@id("x") @clause("software") @ja("x") @en("x")\npermit (principal, action, resource);'
        )
    assert folder.only().line == len(POLICY.splitlines()) + 1


def test_a_text_that_names_an_unknown_parameter(folder: Folder) -> None:
    line = folder.line_of("text.ja.md", "{{retention.days}}")
    folder.breaks("text.ja.md", "{{retention.days}}", "{{retention.dyas}}")
    assert (folder.only().file, folder.only().line) == ("text.ja.md", line)


def test_a_text_that_names_an_unknown_law(folder: Folder) -> None:
    line = folder.line_of("text.ja.md", "{{law.appi}}")
    folder.breaks("text.ja.md", "{{law.appi}}", "{{law.gdpr}}")
    assert (folder.only().line, "法令「law.gdpr」" in folder.only().what_ja) == (line, True)


def test_a_text_that_names_an_unknown_clause(folder: Folder) -> None:
    line = folder.line_of("text.ja.md", "<!-- police-4.3 -->")
    folder.breaks("text.ja.md", "<!-- police-4.3 -->", "<!-- police-4.3 police-4.33 -->")
    assert (folder.only().file, folder.only().line) == ("text.ja.md", line)


def test_a_clause_that_no_paragraph_prints(folder: Folder) -> None:
    folder.breaks("text.ja.md", "<!-- police-4.3 -->", "")
    line = folder.line_of("book.toml", 'id = "police-4.3"')
    assert (folder.only().file, folder.only().line) == ("book.toml", line)


def test_a_problem_prints_as_compilers_do(folder: Folder) -> None:
    folder.breaks("text.ja.md", "{{retention.days}}", "{{x}}")
    assert str(folder.only()).startswith(f"text.ja.md:{folder.only().line}: ")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("\nbook = 3\n", 2),
        ("[book]\n[law]\n", 2),
        ("[book]\n\n[[oath]]\n", 3),
        ('[book]\n[[post]]\nid = "x"\ncombine = 3\n', 4),
        ("[book]\n[[clause]]\nevidence = { owners = 3 }\n", 3),
        ("[book]\n[[parameter]]\nmin = true\n", 3),
    ],
)
def test_a_book_of_another_shape(folder: Folder, text: str, line: int) -> None:
    (folder.path / "book.toml").write_text(text, "utf-8")
    assert (folder.only().file, folder.only().line) == ("book.toml", line)
