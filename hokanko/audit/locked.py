"""The board's source on how cameras are locked: examined in time, and none open to strangers."""

from __future__ import annotations

from hokanko import clock
from hokanko.audit.life import Finding, Owed
from hokanko.audit.scope import Scope
from hokanko.cameras.examined import exposed
from hokanko.rules.rows import Clause

WHO = ("設置者", "管理責任者")


def locked(scope: Scope, clause: Clause) -> Finding:
    """Each running camera that its last examination found open is owed a mending."""
    del clause
    owed = tuple(
        Owed(
            f"カメラ {seen.camera.number} の認証又はパスワードを直してください",
            f"camera {seen.camera.number}: its access or its password is to be mended",
            clock.day_of(seen.at),
            WHO,
            f"camera:{seen.camera_id}",
        )
        for seen in exposed(scope.org.pk)
    )
    last = scope.last("camera.examined")
    return Finding(owed, last, None, bool(owed or last))
