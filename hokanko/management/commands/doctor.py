"""hokanko doctor: what is wrong with this installation, and what to do."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.conf import settings

from hokanko.management.base import Command as Base
from hokanko.management.base import Report
from hokanko.management.health import Finding, findings


class Command(Base):
    help = "この設置の具合を調べ、直し方を示す"

    def run(self, given: dict[str, Any]) -> Report:
        del given
        found = list(findings(settings.HOME))
        well = all(finding.ok for finding in found)
        lines = [line for finding in found for line in _lines(finding)]
        lines.append("健全です。" if well else "直すところがあります。")
        body = {"well": well, "findings": [asdict(finding) for finding in found]}
        return Report(body, lines, 0 if well else 1)


def _lines(finding: Finding) -> list[str]:
    mark = "×" if not finding.ok else "△" if finding.mend else "○"
    first = f"{mark} {finding.name}: {finding.what}"
    return [first, f"   → {finding.mend}"] if finding.mend else [first]
