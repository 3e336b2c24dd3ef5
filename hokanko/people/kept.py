"""A form sent too late is kept: sealed, for an hour, for whoever typed it and nobody else.

It lies in the browser's session until that person has logged in again, and is never sent by
itself. Neither files nor passwords nor one-time codes are kept: they are asked for again.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from hokanko import clock
from hokanko.errors import HokankoError, Unsound
from hokanko.keyring.texts import open_text, sealer
from hokanko.people.attach import MOST_BYTES, SLACK
from hokanko.people.idle import write_still
from hokanko.people.kept_words import field_of, forms_of, is_secret
from hokanko.people.models import Person

KEPT, WHOSE, RETURNED = "kept_forms", "login_before", "same_person_again"  # in the session
TOO_LONG = "kept_nothing"
CARRIED = (KEPT, WHOSE)  # what outlives the step from password to code
LIFE = timedelta(hours=1)
FORGET = timedelta(days=1)  # sessions that are over: until then they tell whose form comes late
MOST_CHARS = 100_000  # names and values of one form
MOST_FORMS = 3  # of several tabs
OURS = ("csrfmiddlewaretoken",)
PLAIN = ("application/x-www-form-urlencoded", "multipart/form-data")
# Their fields are secrets, or the press is all there is to them.
NEVER = frozenset(
    {"people.password", "people.factor", "people.factor_off", "people.logout", "web.language"}
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it was sent: where to, from which page, when (ISO), and its fields."""

    path: str
    back: str
    at: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()


class _NamesOnly(FileUploadHandler):
    """Files that came with it: their fields are noted, their bytes are passed over."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.seen: list[str] = []

    def new_file(self, field_name: str, *_args: object, **_more: object) -> None:
        self.seen.append(field_name)
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never reached: no file is opened."""

    def file_complete(self, file_size: int) -> None:
        """Never reached: no file is opened."""


def is_form(request: HttpRequest) -> bool:
    """Whether a person pressed a form's button, as opposed to a script that asks."""
    name = request.resolver_match.view_name if request.resolver_match else None
    by_page = request.headers.get("Sec-Fetch-Dest", "document") == "document"
    return (
        request.method == "POST" and by_page and request.content_type in PLAIN and name not in NEVER
    )


def owner(request: HttpRequest) -> Person | None:
    """Whose login was open here last; asked before `request.user`, which forgets ended ones."""
    key = request.session.get(SESSION_KEY) or request.session.get(WHOSE)
    if key is None:
        cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        over = Session.objects.filter(pk=cookie).first() if cookie else None
        key = over.get_decoded().get(SESSION_KEY) if over else None
    return Person.objects.filter(pk=key, retired_at=None).first() if key else None


def names_only(request: HttpRequest) -> None:
    """From here on the files of this form are passed over; nothing of it has been read yet.

    Where the token's check has read the form, it had no file: those pages check it themselves.
    """
    if not hasattr(request, "_files"):
        request.upload_handlers = [_NamesOnly(request)]


def end(request: HttpRequest, person: Person) -> None:
    """The login ends; whose it was, and what is kept for him already, stays for a while."""
    carried = {name: request.session[name] for name in CARRIED if name in request.session}
    logout(request)
    request.session.update(carried | {WHOSE: str(person.pk)})
    request.session.set_expiry(LIFE)


def keep(request: HttpRequest, person: Person) -> bool:
    """Keep what was typed, where anything was; the caller has checked the form's token."""
    try:
        typed = _read(request)
        if typed is None:
            return False
        said = json.dumps(asdict(typed), ensure_ascii=False).encode()
        sealed = b64encode(sealer()(said, _context(person))).decode()
    except (HokankoError, RequestDataTooBig):  # too long; or no key is in reach
        request.session[TOO_LONG] = True
        return False
    session = request.session
    before = session.get(KEPT, []) if _whose(session) == str(person.pk) else []
    session[KEPT] = [*before, sealed][-MOST_FORMS:]
    if SESSION_KEY not in session:
        session[WHOSE] = str(person.pk)
        session.set_expiry(LIFE)
    return True


def keep_of_other_tab(request: HttpRequest) -> bool:
    """Keep a form from a page opened before its own sender's last login, which changed its token.

    Only where that login followed one of the same person, and the form is of this site.
    """
    sender = urlsplit(request.headers.get("Origin", "")).netloc
    if not is_form(request) or not sender or sender != request.get_host():
        return False
    person = request.user
    if not isinstance(person, Person) or not request.session.get(RETURNED):
        return False
    done, before = keep(request, person), request.session.pop(TOO_LONG, None)
    write_still(request, KEPT, WHOSE, TOO_LONG)
    request.session.modified = False
    return done and before is None


def hand_over(request: HttpRequest, person: Person) -> None:
    """Somebody has logged in: what is kept here is his, or goes."""
    session = request.session
    session[RETURNED] = session.pop(WHOSE, None) == str(person.pk)
    session.pop(TOO_LONG, None)
    session.set_expiry(None)
    _set(session, [sealed for sealed, _typed in _opened(session, person)])
    Session.objects.filter(expire_date__lt=clock.unmoved() - FORGET).delete()


def kept(request: HttpRequest, person: Person) -> list[Typed]:
    """What this person wanted to send, the newest first."""
    return [typed for _sealed, typed in reversed(_opened(request.session, person))]


def forget_sent(request: HttpRequest, person: Person) -> None:
    """What was kept for this address has been sent now."""
    if KEPT not in request.session:
        return
    path, opened = request.get_full_path(), _opened(request.session, person)
    changed = request.session.modified
    _set(request.session, [sealed for sealed, typed in opened if typed.path != path])
    write_still(request, KEPT)
    request.session.modified = changed


def _read(request: HttpRequest) -> Typed | None:
    """The form without its secrets; None for a mere button. Raises HokankoError (too long)."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + SLACK:
        raise RequestDataTooBig
    posted = [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in OURS
        for value in values
    ]
    among = forms_of(request.path, [name for name, _value in posted])
    hidden = [name for name, value in posted if is_secret(name, value, field_of(name, among))]
    fields = tuple((name, value) for name, value in posted if name not in hidden)
    if sum(len(name) + len(value) for name, value in fields) > MOST_CHARS:
        raise RequestDataTooBig
    files = _files(request)
    if not fields and not files:
        return None
    return Typed(
        request.get_full_path(),
        urlsplit(request.headers.get("Referer", "")).path or "/",
        clock.iso(clock.now()),
        fields,
        files,
        tuple(dict.fromkeys(hidden)),
    )


def _files(request: HttpRequest) -> tuple[str, ...]:
    """The fields that came with a file."""
    seen = [each.seen for each in request.upload_handlers if isinstance(each, _NamesOnly)]
    return tuple(dict.fromkeys([*request.FILES, *(name for names in seen for name in names)]))


def _opened(session: SessionBase, person: Person) -> list[tuple[str, Typed]]:
    """What opens for this person and is young enough, the oldest first."""
    found = []
    for sealed in session.get(KEPT, []):
        with suppress(Unsound, NotBase64):  # another's, or altered
            said = json.loads(open_text(b64decode(sealed), _context(person)))
            fields = tuple((name, value) for name, value in said.pop("fields"))
            typed = Typed(**said, fields=fields)
            if abs(clock.now() - datetime.fromisoformat(typed.at)) <= LIFE:
                found.append((sealed, typed))
    return found


def _set(session: SessionBase, sealed: list[str]) -> None:
    if sealed:
        session[KEPT] = sealed
    else:
        session.pop(KEPT, None)


def _whose(session: SessionBase) -> str | None:
    found = session.get(SESSION_KEY) or session.get(WHOSE)
    return str(found) if found else None


def _context(person: Person) -> str:
    """Sealed for one person: it opens for nobody else, and its address is sealed with it."""
    return f"kept-form/{person.pk}"
