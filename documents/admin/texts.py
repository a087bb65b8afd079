"""The text of a document as it was read, page by page, with the place that a citation names highlighted."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from django.contrib import admin
from django.db.models import F
from django.db.models.functions import Length, Substr
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from documents.admin.access import find_document, require
from documents.admin.links import text_address
from documents.models import Document, DocumentText

# Characters on one page of the console. A file without pages may be one page of millions.
WINDOW = 20_000
BEFORE = 2_000


@dataclass(frozen=True, kw_only=True)
class Excerpt:
    """A part of a document's text: `marked` is the cited span between what stands before and after it."""

    page: int
    pages: int
    start: int
    end: int
    length: int
    before: str
    marked: str
    after: str


def read_excerpt(
    document: Document, *, page: int = 1, start: int | None = None, end: int | None = None
) -> Excerpt | None:
    """A page of the text, or the page on which characters `start` to `end` stand; None without text.

    Two statements, which read no more of a long text than is shown.
    """
    texts = DocumentText.objects.filter(document=document).order_by()
    found = texts.values_list("page_starts", Length("content")).first()
    if found is None:
        return None
    starts, length = found[0] or [0], found[1]
    cited = _clip(start, end, length)
    if cited is not None:
        page = max(bisect_right(starts, cited[0]), 1)
    page = min(max(page, 1), len(starts))
    first = starts[page - 1]
    last = starts[page] if page < len(starts) else length
    if cited is not None:
        if cited[0] - first > WINDOW - BEFORE:
            first = cited[0] - BEFORE
        last = max(last, cited[1])
    last = min(last, first + WINDOW)
    # No keyword but the annotation's: characters are counted from 1 by PostgreSQL.
    content = texts.annotate(part=Substr(F("content"), first + 1, last - first)).values_list(
        "part", flat=True
    )
    # Between two pages stands a form feed, which no browser shows.
    part = (content.get() or "").replace("\f", "\n")
    from_, to = (cited[0] - first, cited[1] - first) if cited is not None else (0, 0)
    return Excerpt(
        page=page,
        pages=len(starts),
        start=first,
        end=last,
        length=length,
        before=part[:from_],
        marked=part[from_:to],
        after=part[to:],
    )


@require_GET
def show_text(request: HttpRequest, object_id: int) -> HttpResponse:
    """The page that a citation leads to. Numbers that make no sense lead to the first page."""
    require(request, "view")
    document = find_document(request, object_id)
    asked = {name: _number(request.GET.get(name, "")) for name in ("page", "start", "end")}
    excerpt = read_excerpt(document, page=asked["page"] or 1, start=asked["start"], end=asked["end"])
    context = admin.site.each_context(request) | {
        "title": str(document),
        "opts": Document._meta,
        "original": document,
        "document": document,
        "excerpt": excerpt,
        "newer": _newer(document),
        "earlier": _earlier(document, excerpt),
        "further": _further(document, excerpt),
    }
    return TemplateResponse(request, "documents/text.html", context)


def _newer(document: Document) -> Document | None:
    """The latest version, when a citation leads to a former one."""
    if document.is_latest:
        return None
    return Document.objects.latest().filter(series=document.series).first()


def _earlier(document: Document, excerpt: Excerpt | None) -> str:
    if excerpt is None or excerpt.start == 0:
        return ""
    if excerpt.page > 1:
        return text_address(document.pk, page=excerpt.page - 1)
    start = max(excerpt.start - WINDOW + BEFORE, 0)
    return text_address(document.pk, start=start, end=start)


def _further(document: Document, excerpt: Excerpt | None) -> str:
    if excerpt is None or excerpt.end >= excerpt.length:
        return ""
    return text_address(document.pk, start=excerpt.end, end=excerpt.end)


def _clip(start: int | None, end: int | None, length: int) -> tuple[int, int] | None:
    """The asked-for characters as far as the text and the window have them."""
    if start is None or start >= max(length, 1):
        return None
    return start, min(max(end or start, start), length, start + WINDOW - BEFORE)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
