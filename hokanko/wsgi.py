"""The web server's door: footage bytes by ticket, everything else by Django."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hokanko.settings")
_pages = get_wsgi_application()

from hokanko.urls import urlpatterns  # noqa: E402, F401 every page is loaded before the first visitor
from hokanko.viewing.serve import STREAM, stream  # noqa: E402 Django must be set up first

# The program itself is never garbage: looking through it made a page 150 ms later now and then.
gc.freeze()


def application(environ, start_response):  # type: ignore[no-untyped-def]  # WSGI has no types
    """PEP 3333. The stream is an application of its own: Django's stack costs half its speed."""
    if environ["PATH_INFO"].startswith(STREAM):
        return stream(environ, start_response)
    return _pages(environ, start_response)
