"""A register as CSV (RFC 4180) that a spreadsheet opens in Japanese and never computes."""

from __future__ import annotations

import csv
import io

from hokanko.papers.register import Register

STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes the text for Shift_JIS


def render(paper: Register) -> bytes:
    """Head and rows, UTF-8. A cell that a spreadsheet would compute begins with an apostrophe."""
    out = io.StringIO(newline="")
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow(_harmless(column.caption) for column in paper.columns)
    for row in paper.rows:
        write.writerow(_harmless(words) for words in row)
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def _harmless(words: str) -> str:
    return f"'{words}" if words.lstrip(" ").startswith(STARTS_FORMULA) else words
