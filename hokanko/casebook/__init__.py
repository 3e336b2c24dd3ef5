"""The casebook (事案簿): the noun Case, and how a fact opens one without anybody typing it."""
