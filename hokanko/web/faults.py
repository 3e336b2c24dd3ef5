"""The pages of last resort: for addresses that lead nowhere, and for what must never happen."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _


@login_not_required
def lost(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such address."""
    return render(request, "html/404.html", status=404)


@login_not_required
def garbled(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that no page of ours could have sent."""
    words = _("送られた内容を読み取れませんでした。前のページに戻って、もう一度お試しください。")
    return HttpResponse(render_to_string("html/500.html", {"words": words}), status=400)


@login_not_required
def barred(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's own no, which has no article to cite."""
    words = _("このページは開けません。")
    return HttpResponse(render_to_string("html/500.html", {"words": words}), status=403)


@login_not_required
def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: usually a page left open since before the last login."""
    words = _(
        "安全のため、この送信は受け付けませんでした。前のページを開き直して、もう一度お試しください。"
    )
    return HttpResponse(render_to_string("html/500.html", {"words": words}), status=403)


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """Something failed that we did not foresee. No database is asked: it may be what failed."""
    return HttpResponse(render_to_string("html/500.html"), status=500)
