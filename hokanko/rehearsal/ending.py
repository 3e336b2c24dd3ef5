"""The end of footage in the main story: one piece early, all others on their day."""

from __future__ import annotations

import shutil
from datetime import timedelta

from hokanko import clock
from hokanko.errors import Missing, Unsound
from hokanko.footage.models import Footage
from hokanko.keyring import keys
from hokanko.ledger.publish import publish
from hokanko.rehearsal.actions import move_clock
from hokanko.rehearsal.teller import Teller
from hokanko.retention.asking import Request
from hokanko.retention.early import ask_erasure, grant_erasure, second_erasure
from hokanko.retention.erase import erase_due, finish
from hokanko.retention.models import Erasure, ErasureCase
from hokanko.retention.proof import certificate_path
from hokanko.retention.texts import Said
from hokanko.rules.actor import machine
from hokanko.vault import cabinet
from hokanko.vault.store import shelf


class Ending(Teller):
    """The two ways in which footage ends, a chapter each."""

    def erase_one(self, footage: Footage) -> None:
        """The proviso of 第7 2(6): one piece ends early, on the one post's decision."""
        self.say("── 例外の消去: 第7 2(6)ただし書 / exceptional erasure")
        begun = footage.captured or footage.created
        case = ask_erasure(
            footage,
            limb="departed",
            request=Request(
                departs="police-6.2-a",
                begun=begun,
                ended=begun + timedelta(milliseconds=footage.duration_ms or 1000),
                subject_asked_on=clock.today(),
                said=Said(
                    departed="居宅内で停止せずに撮影した（第6 2ア）",
                    asked_by_subject="被撮影者本人が窓口で削除を求めた",
                    identified="運転免許証の写真と本人を見比べた",
                    needs="証拠、苦情、提供の依頼のいずれもないことを受付簿で確かめた",
                ),
            ),
            asker=self.cast.people["suzuki"],
            by=self._as("suzuki"),
        )
        reason = "二つの要件をどちらも満たすと認める"
        with self._refused("運用管理者が自分で認める"):
            self._grant(case, "suzuki", reason)
        with self._refused("別の者が確かめる前に認める"):
            self._grant(case, "watanabe", reason)
        seen = "区間の場所と要請の記録を、勤務表と受付簿で確かめた"
        second_erasure(case, seen, self.cast.people["takahashi"], by=self._as("takahashi"))
        erasure = self._grant(case, "watanabe", reason)
        finish(erasure, by=machine("sweep", footage.org_id))
        self._judge(certificate_path(erasure), sound=True)
        self.say(
            f"   渡辺（総括運用管理者）が認め、{footage.number} の鍵だけが消えた。証明書: 健全"
        )

    def _grant(self, case: ErasureCase, login: str, reason: str) -> Erasure:
        person = self.cast.people[login]
        return grant_erasure(case, person, confirmed=True, reason=reason, by=self._as(login))

    def outlive(self, footage: Footage) -> None:
        """Ninety days on: a copy taken today opens nothing tomorrow."""
        self.say("── 90日後: 鍵が死ぬ / the day's key dies")
        copy = self.work / "90日前の控え"
        sealed = cabinet.original(str(footage.pk))
        shutil.copytree(keys.home().sealed, copy)
        days = (footage.last_day - clock.today()).days + 1
        move_clock(timedelta(days=days), by=self._as("kanri"))
        erasures = erase_due(by=machine("sweep", "HOME", via="schedule"))
        publish()
        for erasure in erasures:
            self._judge(certificate_path(erasure), sound=True)
            self.say(
                f"   {clock.today()}: {erasure.day} の鍵を破棄、{len(erasure.footage)} 本。"
                f"証明書 {certificate_path(erasure).name}: 健全"
            )
        shutil.copytree(copy, keys.home().sealed, dirs_exist_ok=True)
        try:
            keys.keyring().file_key(sealed.org, sealed.key_day, sealed.subject)
        except Missing:
            self.say("   控えから封印ファイルを戻しても、もう誰にも開けない")
        else:
            raise Unsound("消去した映像がまだ開きます。", "Erased footage still opens.")
        shutil.rmtree(copy)
        shelf().remove(sealed.name)
