"""What is attached to an entry: a photograph or a paper, looked at in the jail, kept sealed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from hokanko.audit.models import Evidence
from hokanko.audit.queries import context
from hokanko.keyring.texts import sealer
from hokanko.media.pictured import is_pictured
from hokanko.people.sniff import kind_of, plain_name

MOST_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Attachment:
    """A photo or paper as it came: its name, its bytes, and whether a picture was seen in it."""

    name: str
    content: bytes
    pictured: bool = False


def attached(name: str, content: bytes) -> Attachment:
    """An upload, looked at before the verb begins: nobody waits for the jail in his turn."""
    small = len(content) <= MOST_BYTES  # a larger one is refused anyhow
    return Attachment(name, content, small and is_pictured(content))


def keep(row: Evidence, attachment: Attachment) -> None:
    """Put it into an entry that has its key already, sealed; the row is not saved yet."""
    row.file = sealer()(attachment.content, context(row.pk, "file"))
    row.file_name = plain_name(attachment.name)
    row.file_type = kind_of(attachment.content)
    row.file_sha256 = hashlib.sha256(attachment.content).hexdigest()
