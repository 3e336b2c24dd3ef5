"""What is served to networks outside: nothing private, unless it was turned on (home-2.5-c-net).

It stands in every request's way before any page is asked, so that no page can forget it.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from hokanko.errors import Refusal
from hokanko.people.door import actor_at
from hokanko.people.inside import by_proxy, insist_admitted, is_inside
from hokanko.people.models import Organisation, Person
from hokanko.people.waiting import PROVED
from hokanko.rules.verb import write_refusal
from hokanko.web.middleware import page_of

Answer = Callable[[HttpRequest], HttpResponse]

# What a sign's code leads passers-by to, and the language it is read in: no footage, no names.
FOR_ALL = {
    "public.notice",
    "headquarters.published",
    "headquarters.published_numbers",
    "web.language",
}
DOOR = {"people.login", "people.code", "people.first_factor"}


class outside_stays_outside:  # noqa: N801 it stands in the list beside functions
    """From outside the house only over HTTPS, with a second factor, and where it was turned on."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if by_proxy(request) and request.META.get("HTTP_X_FORWARDED_PROTO") == "https":
            request.META["wsgi.url_scheme"] = "https"  # as the proxy was asked
        return self.answer(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_given: object
    ) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in FOR_ALL or is_inside(request):
            return None
        try:
            _insist_served(request, private=getattr(view, "login_required", True) or name in DOOR)
        except Refusal as refusal:
            if isinstance(request.user, Person):  # strangers' knocking would fill the ledger
                write_refusal(refusal, actor_at(request))
            return page_of(request, refusal)
        return None


def _insist_served(request: HttpRequest, *, private: bool) -> None:
    """Raises Refusal for what nobody outside is served now."""
    if not private or not Organisation.objects.exclude(remote_since=None).exists():
        raise Refusal(
            "ここは、外のネットワークからは使えません。",
            "This is not served to networks outside the house.",
            mend_ja="庁舎や店、家の中のネットワークから開いてください。",
            mend_en="Open it from within the house's own network.",
        )
    if not request.is_secure():
        raise Refusal(
            "外からは、暗号化した接続（HTTPS）でだけ使えます。",
            "From outside it is served over encrypted connections (HTTPS) only.",
            mend_ja="https:// で始まるアドレスで開いてください。",
            mend_en="Use the address that begins with https://.",
        )
    if isinstance(request.user, Person):
        insist_admitted(request.user, proved=bool(request.session.get(PROVED)))
