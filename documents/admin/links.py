"""Links to documents for the pages of the domains above: those of a row, and the place that a citation names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agent.admin.display import link_to, table
from documents.admin.words import status_badge
from documents.models import DocumentSource
from documents.states import SourceState, Visibility

# Documents shown on the page of one row.
SHOWN = 50


def text_address(document_id: int, **where: int) -> str:
    """The page of a document's text: of a page (`page`), or of characters `start` to `end`, which it highlights."""
    address = reverse("admin:documents_document_text", args=[document_id])
    return f"{address}?{urlencode(where)}" if where else address


def list_documents(references: Mapping[str, Collection[str]], *, is_cleared: bool) -> SafeString:
    """The documents that belong to rows of the domains, by kind and ids as their sources name them. One query.

    `is_cleared` is who may see restricted documents.
    """
    belongs = Q()
    for kind, ids in references.items():
        belongs |= Q(reference_kind=kind, reference_id__in=ids)
    sources = DocumentSource.objects.filter(
        belongs, state=SourceState.LINKED, document__trashed_at__isnull=True
    )
    if not is_cleared:
        sources = sources.exclude(document__visibility=Visibility.RESTRICTED)
    documents = {
        source.document_id: source.document
        for source in sources.select_related("document").order_by("-id")[:SHOWN]
    }
    rows = [
        (
            link_to(document),
            document.get_category_display(),
            status_badge(document),
            document.added_at,
            download_link(pk),
        )
        for pk, document in documents.items()
    ]
    headers = ("Document", "Category", "Text", "Since", "File")
    return table(headers, rows, empty="No document in the library belongs to it.")


def download_link(document_id: int, text: str = "Download") -> SafeString:
    """A link that saves a document's file."""
    url = reverse("admin:documents_document_download", args=[document_id])
    return format_html('<a class="agent-link" href="{}">{}</a>', url, text)
