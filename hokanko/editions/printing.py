"""Addresses that give the rules out as a paper: PDF to hang up, Word to work on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from hokanko.editions.document import document, markdown
from hokanko.errors import Missing
from hokanko.papers import rulebook, word
from hokanko.people.door import actor_at, person_at
from hokanko.people.models import Organisation
from hokanko.people.queries import organisation, thing_of_org
from hokanko.rules.decide import require

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
}


@require_GET
def rules(request: HttpRequest, form: str, code: str = "") -> HttpResponse:
    """The rules of one's own organisation, or of one whose people one may see.

    They are no secret to those they bind.
    """
    own = person_at(request).org_id
    org = organisation(code or own)
    if org.pk != own:
        require(actor_at(request), "person.list", thing_of_org(org))
    body = printed(org, form)
    answer = HttpResponse(body, content_type=TYPES[form])
    shown = "inline" if form == "pdf" else "attachment"
    answer["Content-Disposition"] = f'{shown}; filename="kitei-{org.pk}.{form}"'
    return answer


def printed(org: Organisation, form: str) -> bytes:
    """The edition in force as pdf, docx or md. Raises Missing for another form."""
    if form == "md":
        return markdown(org).encode()
    if form not in TYPES:
        raise Missing(
            f"「{form}」という形式はありません。",
            f"There is no form {form}.",
            mend_ja=f"次から選んでください: {'、'.join(TYPES)}",
            mend_en=f"Choose one of: {', '.join(TYPES)}",
        )
    paper = document(org)
    return rulebook.render(paper) if form == "pdf" else word.render(paper)
