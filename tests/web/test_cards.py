"""A table of cards names each column once, in the order of its cells, and escapes what it shows."""

from __future__ import annotations

import pytest
from django.template import Context, Template, TemplateSyntaxError

ROWS = """{% cards name "quiet" %}{% for row in rows %}<tr>
{% head "番号" %}{{ row }}{% endhead %}
{% if wide %}{% cell "大きさ" "number" %}1{% endcell %}{% endif %}
</tr>{% endfor %}{% endcards %}"""


def table(**said: object) -> str:
    return Template(ROWS).render(Context(said))


def test_each_column_is_named_once() -> None:
    made = table(name="表", rows=["甲", "乙"], wide=True)
    assert made.count('<th scope="col">番号</th><th scope="col">大きさ</th>') == 1
    assert made.count('<th scope="row" data-label="番号">') == 2
    assert made.count('<td data-label="大きさ" class="number">1</td>') == 2
    assert '<caption class="quiet">表</caption>' in made


def test_a_column_that_no_row_has_is_not_named() -> None:
    assert "大きさ" not in table(name="表", rows=["甲"], wide=False)


def test_what_is_shown_is_escaped() -> None:
    made = table(name="<b>", rows=["<i>"], wide=True)
    assert "<b>" not in made
    assert "<i>" not in made


def test_a_table_that_never_ends_is_found() -> None:
    with pytest.raises(TemplateSyntaxError):
        Template("{% cards name %}")
