"""The pages of last resort: for addresses that lead nowhere, and for what must never happen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hokanko.people.kept import keep_of_other_tab

# Django fixes what these functions take; most of them need none of it.


def lost(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """No such address."""
    return render(request, "html/404.html", status=404)


def garbled(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """A request that no page of ours could have sent."""
    return _bare(400, _("送られた内容を読み取れませんでした。前のページからやり直してください。"))


def barred(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Django's own no, which has no article to cite."""
    return _bare(403, _("このページは開けません。"))


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form without its token: usually a page left open since before the last login.

    Where the same person has only logged in again, in another tab say, it is offered again.
    """
    if keep_of_other_tab(request):
        return redirect("people.kept")
    return _bare(
        403,
        _(
            "安全のため、この送信は受け付けませんでした。前のページを開き直して、やり直してください。"
        ),
    )


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Something failed that we did not foresee."""
    return _bare(500, None)


def unpressed() -> str:
    """The address of a button, opened without pressing it: reloaded, or found in the history."""
    return _page(_("ここはボタンを押したときだけ開きます。前のページからやり直してください。"))


def _bare(status: int, words: Promise | None) -> HttpResponse:
    return HttpResponse(_page(words), status=status)


def _page(words: Promise | None) -> str:
    """A page that asks no database for anything: it may be what failed."""
    return render_to_string("html/500.html", {"words": words})
