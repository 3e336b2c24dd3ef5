"""What can be wrong with an installation, and what to do about it: the questions of `doctor`."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import DatabaseError
from django.db.models import Max

from hokanko import clock
from hokanko.cameras.recorded import organisations
from hokanko.errors import HokankoError
from hokanko.formats import note
from hokanko.home import Home
from hokanko.jobs.models import Job
from hokanko.keyring import keys
from hokanko.keyring.root import owner_only
from hokanko.ledger.models import Checkpoint
from hokanko.ledger.publish import published_note, signing_key
from hokanko.media import fence, jail
from hokanko.papers import press
from hokanko.people.models import Organisation
from hokanko.people.standing import vacancies
from hokanko.recorder.now import SILENT, STOPPED, states
from hokanko.retention.erase import days_over, unfinished
from hokanko.rules.actor import HOME
from hokanko.rules.decide import adopted_book, adoption
from hokanko.timekeeping.queries import behind, doubt
from hokanko.vault import cabinet

PYTHON = (3, 11)
LIBRARIES = ("django", "argon2", "granian", "av", "zxingcpp", "cryptography", "cedarpy", "typst")
LATELY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer. `ok` with a `mend` is a warning: it works, and could be better."""

    name: str
    ok: bool
    what: str
    mend: str = ""


Question = Callable[[Home], Iterator[Finding]]


def findings(home: Home) -> Iterator[Finding]:
    """Every answer, in order; without a home, only what concerns the machine."""
    yield from _ask(_machine, home)
    if not home.exists:
        mend = "hokanko init（練習なら --rehearsal）で作るか、HOKANKO_HOME を確かめてください。"
        yield _bad("home", f"{home.path} に保管庫がありません。", mend)
        return
    yield _good("home", str(home.path))
    for question in (_keyring, _root, _room, _ledger, _clock, _endings, _worker, _recorder, _rules):
        yield from _ask(question, home)


def _ask(question: Question, home: Home) -> Iterator[Finding]:
    try:
        yield from question(home)
    except HokankoError as error:
        yield _bad(question.__name__[1:], error.ja, error.mend_ja)
    except DatabaseError as error:
        mend = "hokanko restore で控えから戻せます。"
        yield _bad("database", f"データベースを読めません（{error}）。", mend)
    except OSError as error:
        yield _bad(question.__name__[1:], str(error), "場所と権限を確かめてください。")


def _machine(home: Home) -> Iterator[Finding]:
    del home
    version = ".".join(map(str, sys.version_info[:3]))
    yield _told("python", sys.version_info >= PYTHON, f"Python {version}", "3.11 以上が要ります。")
    missing = [name for name in LIBRARIES if importlib.util.find_spec(name) is None]
    what = f"足りない部品: {'、'.join(missing)}" if missing else "揃っています。"
    yield _told("libraries", not missing, what, "script/setup を実行してください。")
    fonts = [name for name, _ in press.NEEDED if not _font_is_there(name)]
    what = f"足りない書体: {'、'.join(fonts)}" if fonts else "帳票の書体は揃っています。"
    yield _told("fonts", not fonts, what, "プログラム一式を入れ直してください。")
    shut = jail.selftest()
    open_ = [name for name in fence.ALL if name not in shut]
    mend = "映像を調べる子プロセスの守りが一部効きません。新しい Linux で使ってください。"
    yield Finding("jail", bool(shut), f"効いている守り: {'、'.join(shut)}", mend if open_ else "")


def _keyring(home: Home) -> Iterator[Finding]:
    ring = keys.keyring().ring()
    yield _good("keyring", f"第{ring.generation}世代、{len(ring.days)} 日分の鍵があります。")
    if home.second is None:
        mend = "別の媒体の場所を HOKANKO_SECOND（又は hokanko.toml の second）に書いてください。"
        yield _good("places", "鍵束と根の鍵は一か所だけにあります。失うと映像も失われます。", mend)
        return
    late = keys.keyring().trouble()
    if not late:
        yield _good("places", "二か所に揃っています。")
    for place, why in late.items():
        what = why.ja if isinstance(why, HokankoError) else "届かないか、遅れています。"
        mend = why.mend_ja if isinstance(why, HokankoError) else ""
        mend = mend or "媒体をつなぎ、hokanko fsck --repair を実行してください。"
        yield _bad("places", f"{place}: {what}", mend)


def _root(home: Home) -> Iterator[Finding]:
    if home.settings.hsm:
        yield _good("root", f"根の鍵は装置（{home.settings.hsm_token}）にあります。")
        return
    loose = [path.name for path in home.root.glob("root-*") if not owner_only(path)]
    what = f"ほかの利用者が読める根の鍵: {loose}" if loose else f"{home.root}（所有者だけが読める）"
    yield _told("root-mode", not loose, what, f"chmod 600 {home.root}/* を実行してください。")
    inside = home.path in home.root.resolve().parents
    what = "根の鍵が保管庫の中にあります。" if inside else "根の鍵は保管庫の外にあります。"
    yield _told("root-place", not inside, what, "HOKANKO_ROOT で外の場所へ移してください。")


def _room(home: Home) -> Iterator[Finding]:
    free, reserve = cabinet.free_bytes() >> 20, int(home.settings.reserve_mib)
    mend = "ディスクを増やしてください。空くまで取込みは止まります。映像は消しません。"
    yield _told("space", free >= reserve, f"空き {free} MiB（予備 {reserve} MiB）", mend)


def _ledger(home: Home) -> Iterator[Finding]:
    head = Checkpoint.objects.order_by("-size").first()
    vkey = signing_key().vkey
    for text in filter(None, (head.note if head else "", published_note(home.ledger))):
        note.open_checkpoint(text, [vkey])
    behind = published_note(home.ledger) not in ("", head.note if head else "")
    what = f"署名された {head.size if head else 0} 行" + ("（公表はその前まで）" if behind else "")
    yield _good("ledger", what, "全行の検証は hokanko ledger verify" if behind else "")


def _clock(home: Home) -> Iterator[Finding]:
    del home
    kind = "練習用（時計を動かせます）" if clock.is_rehearsal() else "実運用"
    what = f"{clock.iso(clock.now())}、{kind}"
    wrong = behind() or doubt()
    if wrong is None:
        yield _good("clock", what)
    else:
        yield _bad("clock", f"{what}。{wrong.ja}", wrong.mend_ja)


def _endings(home: Home) -> Iterator[Finding]:
    del home
    late = len(days_over()) + len(unfinished())
    what = (
        f"満了したのに消去が済んでいない日・件が {late} あります。" if late else "残っていません。"
    )
    mend = "時計を確かめてください。" if doubt() else "hokanko sweep を実行してください。"
    yield _told("erasure", not late, what, mend)


def _worker(home: Home) -> Iterator[Finding]:
    del home
    done = Job.objects.filter(state="done").exclude(worker="drain")
    seen = done.aggregate(last=Max("run_at"))["last"]
    lately = seen is not None and clock.now() - seen < LATELY
    what = f"最後に働いたのは {clock.iso(seen)}" if seen else "まだ働いていません。"
    yield _good("worker", what, "" if lately else "hokanko serve を動かしておいてください。")
    dead = Job.objects.filter(state="dead").count()
    what = f"あきらめた仕事が {dead} 件あります。" if dead else "あきらめた仕事はありません。"
    yield _told("jobs", not dead, what, "hokanko fsck --repair と、記録の点検をしてください。")


def _recorder(home: Home) -> Iterator[Finding]:
    del home
    for org in organisations():
        seen = states(Organisation.objects.get(pk=org))
        silent = [state.camera.number for state in seen if state.kind in (SILENT, STOPPED)]
        if any(state.kind == STOPPED for state in seen):
            what = f"{org} のカメラ {len(seen)} 台を録画する処理が動いていません。"
            yield _bad(f"recorder-{org}", what, "hokanko serve を動かしてください。")
        elif silent:
            what = f"{org} の途絶しているカメラ: {'、'.join(silent)}"
            yield _bad(f"recorder-{org}", what, "電源、回線、パスワードを確かめてください。")
        else:
            yield _good(f"recorder-{org}", f"{org} のカメラ {len(seen)} 台を録画しています。")


def _rules(home: Home) -> Iterator[Finding]:
    del home
    for org in Organisation.objects.exclude(pk=HOME).order_by("pk"):
        if adoption(org.pk) is None:
            yield _bad(f"rulebook-{org.pk}", f"{org.name} は規程を採択していません。")
            continue
        try:
            book = adopted_book(org.pk)
        except HokankoError as altered:
            yield _bad(f"rulebook-{org.pk}", altered.ja, altered.mend_ja)
            continue
        yield _good(f"rulebook-{org.pk}", f"{org.name}: {book.title_ja}（改変なし）")
        vacant = vacancies(org)
        what = (
            f"{org.name}で空いている役職: {'、'.join(vacant)}" if vacant else "空きはありません。"
        )
        mend = "hokanko person appoint で指定してください（兼ねない役職もあります）。"
        yield _good(f"posts-{org.pk}", what, mend if vacant else "")


def _good(name: str, what: str, mend: str = "") -> Finding:
    return Finding(name, ok=True, what=what, mend=mend)


def _bad(name: str, what: str, mend: str = "") -> Finding:
    return Finding(name, ok=False, what=what, mend=mend)


def _told(name: str, ok: bool, what: str, mend: str) -> Finding:  # noqa: FBT001 the answer itself
    return _good(name, what) if ok else _bad(name, what, mend)


def _font_is_there(name: str) -> bool:
    return any(press.FONTS.glob(f"{name.replace(' ', '')}*.ttf"))
