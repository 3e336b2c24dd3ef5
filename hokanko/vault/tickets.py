"""Keyed digests for short-lived tickets, for floors that may not touch the keyring themselves."""

from hokanko.keyring.texts import mac

__all__ = ["mac"]
