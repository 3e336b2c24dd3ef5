"""The main story, walked in the terminal: from a camera's memory to the certificate of erasure.

Every step goes through the verbs that pages and commands use; what ought to be refused is tried,
and its article shown. A step that does not do what it should stops the story with an error.
"""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from hokanko import clock
from hokanko.cameras.checkout import TICKS, Worn, issue
from hokanko.cameras.locks import enter_password
from hokanko.dock.emptying import empty_bays
from hokanko.errors import Unsound
from hokanko.footage.models import Footage
from hokanko.footage.queries import life
from hokanko.intake.jobs import examine
from hokanko.ledger.prove import check
from hokanko.people.actions import issue_card
from hokanko.provision.actions import ask, enter, grant
from hokanko.provision.form import Form
from hokanko.provision.handover import deliver
from hokanko.provision.models import Provision
from hokanko.rehearsal.actions import move_clock
from hokanko.rehearsal.ending import Ending
from hokanko.rehearsal.shift import film, lay
from hokanko.rehearsal.street import Scene
from hokanko.vault import cabinet
from hokanko.viewing import actions as viewing
from hokanko.viewing import presence
from hokanko.viewing.queries import problem
from hokanko.viewing.queries import viewing as find_viewing

CARD_PASSWORD = "rehearsal-card-2025"  # noqa: S105 of a simulated camera


class Story(Ending):
    """The main story, a chapter a method; how footage ends is told beside it."""

    def tell(self, files: list[Path]) -> None:
        """The whole story, with these real files or the simulated camera's."""
        held = self.dock(files)
        self.look(held[0])
        self.provide(held[0])
        if len(held) > 1:
            self.erase_one(held[1])
        self.outlive(held[0])
        self.prove(held[0])

    def dock(self, files: list[Path]) -> list[Footage]:
        """Shift change: the camera is put into its bay; the clips are taken in and verified."""
        self.say("── 取込み: 勤務交替、カメラをマルチチャージャーへ / the dock")
        bays, camera, sato = (
            self.work / "bays",
            self.cast.cameras["CHUO-1"],
            self.cast.people["sato"],
        )
        card = issue_card(sato, by=self._as("suzuki"))
        enter_password(camera, CARD_PASSWORD, by=self._as("suzuki"))
        out = issue(camera, sato, Worn("胸部", TICKS), by=self._as("tanaka"))
        self.say(
            f"   {out.out_at:%H:%M} 佐藤がカメラ 1 を持ち出し（胸部に装着、ひもとランプを確認）"
        )
        move_clock(timedelta(hours=1), by=self._as("kanri"))
        if files:
            lay(bays, camera, files, password=CARD_PASSWORD)
        else:
            scenes = [Scene.SHOPPING, Scene.CROSSING]
            film(bays, camera, card.code, until=clock.now(), scenes=scenes, password=CARD_PASSWORD)
        found = []
        for outcome in empty_bays(self.cast.station, bays, by=self._pc()):
            if outcome.error or outcome.footage is None:
                raise outcome.error or Unsound("取込みに失敗しました。", "Intake failed.")
            examine(str(outcome.footage.pk))
            footage = Footage.objects.select_related("org", "camera", "wearer").get(
                pk=outcome.footage.pk
            )
            wearer = footage.wearer.name if footage.wearer else "—"
            self.say(
                f"   {outcome.clip} → {footage.number}  装着者 {wearer}  末日 {footage.last_day}"
                f"  SHA-256 {footage.sha256[:16]}…  カメラから解放"
            )
            found.append(footage)
        return found

    def look(self, footage: Footage) -> None:
        """Who may look, and with whom."""
        self.say("── 閲覧: 目的 → 承認 → 立会い → 映像 / the viewing room")
        for who, login in (("装着警察官", "sato"), ("総括運用管理者", "watanabe")):
            with self._refused(f"{who}が見ようとする"):
                self._view(footage, login, self.at_pc)
        with self._refused("運用管理者が登録外の端末で見ようとする"):
            self._view(footage, "suzuki", None)
        room = viewing.ask(
            footage,
            self.cast.people["ito"],
            ["ウ"],
            "本町の接触事故",
            by=self._as("ito", self.at_pc),
        )
        viewing.approve(room, self.cast.people["takahashi"], by=self._as("takahashi"))
        with self._refused("承認はあるが、立会人がまだいない"):
            viewing.open_room(room, by=self._as("ito", self.at_pc))
        viewing.attend(room, self.cast.people["takahashi"], by=self._as("takahashi", self.at_pc))
        viewing.open_room(room, by=self._as("ito", self.at_pc))
        with cabinet.opened(cabinet.original(str(footage.pk))) as reader:
            head = reader.read_at(0, 12)
        self.say(f"   伊藤が閲覧中、高橋が立会い中（先頭 {head[4:12]!r} を復号）")
        presence.beat(find_viewing(room.pk), [[0.0, 6.5]], terminal=self._here())
        viewing.note_absence(room, by=self._as("ito", self.at_pc))
        why = problem(find_viewing(room.pk), self._as("ito", self.at_pc))
        self._must(why == "absent", "立会人が離れたのに映像が止まりません。")
        self.say("   高橋が離席 → 映像は隠れ、配信も止まる")
        viewing.close(room, "button", by=self._as("ito", self.at_pc))

    def provide(self, footage: Footage) -> None:
        """The request form, the right decider, the envelope, and its judge."""
        self.say("── 提供: 映像ファイル提供依頼書 / the request form")
        provision = self.submit(footage, "本町二丁目の路上における自転車と歩行者の接触事故")
        with self._refused("運用主任者が日中に決裁する"):
            grant(provision, self.cast.people["takahashi"], "ウ", by=self._as("takahashi"))
        grant(provision, self.cast.people["suzuki"], "ウ", by=self._as("suzuki"))
        enter(
            provision,
            self.cast.people["tanaka"],
            [(footage, still_of(footage))],
            by=self._as("tanaka"),
        )
        target = self.work / f"提供-{provision.number}"
        with self._refused("同僚が代わりに受け取ろうとする"):
            self.hand(provision, "sato", target)
        done = self.hand(provision, "ito", target)
        self._judge(target, sound=True)
        self.say(f"   包み {target.name} を渡した（台帳 {done} 行目）。検査: 改変なし")
        spoiled = self.work / "改変した写し"
        shutil.copytree(target, spoiled)
        media = next((spoiled / "media").iterdir())
        data = bytearray(media.read_bytes())
        data[len(data) // 2] ^= 1
        media.write_bytes(data)
        self._judge(spoiled, sound=False)
        self.say("   写しの1ビットを変えると、検査は「改変あり」と答える")

    def submit(self, footage: Footage, outline: str) -> Provision:
        """Fill in the form as the requester."""
        taken = footage.captured or footage.created
        ito = self.cast.people["ito"]
        form = Form(
            outline=outline,
            happened_from=taken,
            happened_until=taken + timedelta(minutes=50),
            wearer=self.cast.people["sato"],
            wants=["still", "medium"],
            purposes=["ウ"],
            purpose_note="",
            telephone=ito.telephone,
            remarks="",
        )
        provision = ask(self.cast.station, form, ito, [(footage, [])], by=self._as("ito"))
        self.say(f"   伊藤（刑事第一係）が {provision.number} を提出")
        return provision

    def hand(self, provision: Provision, receiver: str, target: Path) -> int | None:
        """Hand over to somebody, at the desk of the clerk; the index of the ledger line."""
        return deliver(
            provision,
            hander=self.cast.people["tanaka"],
            receiver=self.cast.people[receiver],
            delivering=_as_far_as_it_goes(provision),
            medium=f"USB-{provision.number[-4:]}",
            target=target,
            by=self._as("tanaka"),
        ).index

    def prove(self, footage: Footage) -> None:
        """The life of one piece, and the soundness of the whole."""
        self.say("── 証明: 一本の一生と、台帳全体 / the life of one piece, and the ledger")
        for act in life(footage):
            posts = "、".join(post.split("@")[0] for post in act.posts)
            self.say(
                f"   {act.at:%Y-%m-%d %H:%M}  {act.ja}  {act.person}"
                f"{f'（{posts}）' if posts else ''}  {act.clause or ''}"
            )
        verdict = check()
        self._must(verdict.sound, "台帳の検証に失敗しました。")
        self.say(f"   台帳 {verdict.size} 行、すべて検証しました。root {verdict.root[:24]}…")

    def _view(self, footage: Footage, login: str, secret: str | None) -> None:
        by = self._as(login, secret)
        room = viewing.ask(footage, self.cast.people[login], ["ア"], "", by=by)
        viewing.open_room(room, by=by)


def still_of(footage: Footage) -> list[int]:
    """Where to take a picture of it, in ms: nowhere when it is too short or shows nothing."""
    seen = footage.facts.get("playable") != "no" and (footage.duration_ms or 0) > 1500
    return [1000] if seen else []


def _as_far_as_it_goes(provision: Provision) -> list[str]:
    pictured = any(file.stills_ms for file in provision.files.all())
    return ["still", "medium"] if pictured else ["medium"]
