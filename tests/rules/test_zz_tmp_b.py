import pytest
from tests.rules.matrix import adopt, answer, TABLES
from tests.rules.test_books import ALL
NEW = ["viewing.send_back","viewing.resubmit","viewing.withdraw"]
@pytest.mark.parametrize("book", ALL, ids=lambda b: b.code)
@pytest.mark.usefixtures("fresh_home", "db")
def test_gen(book):
    adopt(book.code, book.filled)
    f = TABLES / f"{book.code}.txt"
    lines = f.read_text("utf-8").splitlines()
    if any(l.startswith("viewing.send_back") for l in lines): return
    at = next(i for i,l in enumerate(lines) if l.startswith("viewing.decide "))
    ref = lines[at]
    out = []
    # column starts from the ref row
    import re
    starts = [m.start() for m in re.finditer(r"\S+", ref)][1:]
    for verb in NEW:
        row = verb
        for s,(name, who) in zip(starts, book.columns.items(), strict=True):
            row = row.ljust(s) 
            if not row.endswith(" "): row += " "
            row += answer(book.code, who, verb, book.told)
        out.append(row)
    lines[at+1:at+1] = out
    f.write_text("\n".join(lines)+"\n", "utf-8")
