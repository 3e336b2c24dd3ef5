"""Site map: every address and its page, in reading order."""

urlpatterns: list[object] = []
