"""How a document binds: a guideline only advises, until an organisation enacts it as its own."""

from __future__ import annotations

from hokanko.errors import Refusal
from hokanko.rules.book import Book

FORCE = "doc.force"
GUIDELINE, BINDING, REQUEST = "guideline", "binding", "request"
OWN_JA, OWN_EN = "この規程", "operating code"  # what a guideline is called once it is one's own


def force_of(book: Book, *, enacted: bool) -> str:
    """The force of a book at an organisation that has or has not enacted it (pref-nature)."""
    return BINDING if becomes_own(book, enacted=enacted) else book.force


def becomes_own(book: Book, *, enacted: bool) -> bool:
    """Whether a guideline binds here, as the organisation's own rules."""
    return enacted and book.force == GUIDELINE


def as_own(refusal: Refusal, book: Book) -> Refusal:
    """The same refusal, by rules of one's own and no longer by a guideline."""
    refusal.ja = refusal.ja.replace(book.document_ja, OWN_JA)
    refusal.en = refusal.en.replace(book.document_en, OWN_EN)
    refusal.also = tuple(
        (ja.replace(book.document_ja, OWN_JA), en.replace(book.document_en, OWN_EN))
        for ja, en in refusal.also
    )
    refusal.args = (refusal.ja,)
    return refusal
