import pytest
from tests.rules.matrix import adopt, answers, table, TABLES
from tests.rules.test_books import *
MINE=["card.revoke","camera.return","camera.pull","camera.lose","camera.find","camera.repair","camera.profile","camera.count"]
@pytest.mark.usefixtures("fresh_home", "db")
@pytest.mark.parametrize("book", BOOKS if "BOOKS" in globals() else [], ids=lambda b: b.code)
def test_x(book):
    adopt(book.code, book.values if hasattr(book,'values') else book.filled)
    got=answers(book.code, book.columns, book.told)
    p=TABLES/f"{book.code}.txt"; s=p.read_text("utf-8"); lines=s.split("\n")
    def width(w): return sum(2 if ord(c)>0x2000 else 1 for c in w)
    for v in reversed(MINE):
        if any(l.startswith(v+" ") for l in lines): continue
        after="card.issue" if v=="card.revoke" else "camera.issue"
        i=next(k for k,l in enumerate(lines) if l.startswith(after+" "))
        lines.insert(i+1, (v.ljust(24)+"".join(c+" "*max(1,(17 if book.code=='police' else 15)-len(c)) for c in got[v].values())).rstrip())
    p.write_text("\n".join(lines),"utf-8")
