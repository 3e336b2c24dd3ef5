"""The only Django application here."""

from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings

from hokanko import clock
from hokanko.keyring import keys


class Hokanko(AppConfig):
    name = "hokanko"
    verbose_name = "保管庫"

    def ready(self) -> None:
        clock.use_home(settings.HOME.path)
        keys.use(settings.HOME)
