"""What the public reads names neither a registered person nor a recording."""

from __future__ import annotations

import re

from hokanko.errors import Conflict
from hokanko.people.models import Person

NUMBER = r"{org}-\d{{8}}-\d{{4}}"  # a 映像ファイル番号


def require_nobody_named(orgs: tuple[str, ...], text: str) -> None:
    """A public text names neither a person of these organisations nor a file. Raises Conflict."""
    plain = re.sub(r"\s", "", text)
    names = Person.objects.filter(org__in=orgs).values_list("name", flat=True)
    if any(re.sub(r"\s", "", name) in plain for name in names):
        raise Conflict(
            "登録されている人の氏名が入っています。",
            "The name of a registered person is in it.",
            mend_ja="役職や部署の名前に替えてください。",
            mend_en="Name the post or the section instead.",
        )
    if any(re.search(NUMBER.format(org=re.escape(org)), plain) for org in orgs):
        raise Conflict(
            "映像ファイル番号が入っています。",
            "The number of a file is in it.",
            mend_ja="番号を除いてください。",
            mend_en="Leave the number out.",
        )
