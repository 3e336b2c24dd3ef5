from tests.clauses.founded import found
from hokanko.audit.board import rows, owed
import pytest
V={"ward":{"org.name":"青葉区","retention.days":"30","storage.places":"保管庫","inspection.months":"6","camera.count":"2"}}
@pytest.mark.parametrize("code", ["ward","pref","home","shop","police"])
def test_it(fresh_home, db, code):
    here=found("AOBA","青葉区",code,V.get(code,{}))
    b=rows(here.org)
    for r in b:
        if r.owed or r.state in("outside",): print(r.clause.id,r.state,r.label,r.due,[(o.ja,o.due,o.who) for o in r.owed])
    import collections; print(code, collections.Counter(r.state for r in b), len(b))
