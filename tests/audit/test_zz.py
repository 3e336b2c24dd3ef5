import re
from tests.audit.test_pages import *  # noqa
def test_dump(ward, mori):
    open("/tmp/board.html","w").write(mori.get("/board/").content.decode())
    open("/tmp/enter.html","w").write(mori.get("/registers/at/HERE/daily/enter/?clause=ward-7.1").content.decode())
