"""The certificate of an erasure: what it says, and its publication with signature and proof."""

from __future__ import annotations

from hokanko.formats import certificate as paper
from hokanko.formats.certificate import Certificate, Erased, digest
from hokanko.formats.note import sign
from hokanko.keyring import keys
from hokanko.keyring.disk import write
from hokanko.ledger.models import Entry
from hokanko.ledger.prove import proof_of
from hokanko.ledger.publish import publish, signing_key
from hokanko.retention.models import Erasure
