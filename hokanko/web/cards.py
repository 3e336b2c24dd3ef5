"""Tables whose rows become cards on a narrow screen: each column is named once, at its cells."""

from __future__ import annotations

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
COLUMNS = "columns of the table"


@register.tag
def cards(parser: Parser, token: Token) -> Cards:
    """`{% cards caption [class] %}<tr>{% head … %}{% cell … %}</tr>{% endcards %}`: a table."""
    _, *said = token.split_contents()
    rows = parser.parse(("endcards",))
    parser.delete_first_token()
    return Cards([parser.compile_filter(each) for each in said], rows)


class Cards(template.Node):
    """The table: its rows are made first, and tell what its columns are called."""

    def __init__(self, said: list[FilterExpression], rows: NodeList) -> None:
        self.said, self.rows = said, rows

    def render(self, context: Context) -> SafeString:
        caption, css = [*(each.resolve(context) for each in self.said), ""][:2]
        with context.push(**{COLUMNS: {}}):
            rows = self.rows.render(context)
            columns = [[label] for label in context[COLUMNS]]
        return format_html(
            '<table class="cards"><caption class="{}">{}</caption>'
            "<thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
            css,
            caption,
            format_html_join("", '<th scope="col">{}</th>', columns),
            rows,
        )


@register.simple_block_tag(takes_context=True)
def head(context: Context, content: str, label: str) -> SafeString:
    """`{% head label %}…{% endhead %}`: the cell that names its row."""
    context[COLUMNS][label] = True
    return format_html('<th scope="row" data-label="{}">{}</th>', label, content)


@register.simple_block_tag(takes_context=True)
def cell(context: Context, content: str, label: str, css: str = "") -> SafeString:
    """`{% cell label [class] %}…{% endcell %}`: any other cell."""
    context[COLUMNS][label] = True
    return format_html('<td data-label="{}" class="{}">{}</td>', label, css, content)
