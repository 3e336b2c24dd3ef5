"""The sealed file, footage at rest: what the rest of the house uses of it.

docs/formats/sealed-file.md states the format. `segments` is its bytes, `sealing` makes files,
`unsealing` opens them, `seekable` lends them to parsers, `direct` is the way to the disk.
"""

from hokanko.formats.direct import open_direct
from hokanko.formats.sealing import Sealed, seal
from hokanko.formats.seekable import SealedFile
from hokanko.formats.segments import SEGMENT_BYTES, associated_data, plain_size, sealed_size
from hokanko.formats.unsealing import SealedReader, check

__all__ = [
    "SEGMENT_BYTES",
    "Sealed",
    "SealedFile",
    "SealedReader",
    "associated_data",
    "check",
    "open_direct",
    "plain_size",
    "seal",
    "sealed_size",
]
