"""Documents as tests of the search have them: rows with text, indexed as the program does it."""

from __future__ import annotations

import hashlib
from typing import Any

from agent.models import Tenant
from agent.tenancy import tenant_scope
from documents.index.indexing import index_document
from documents.models import Document, DocumentSource, DocumentText, StoredFile
from documents.search import Answer, Filters, SearchRequest, search_documents
from documents.states import ExtractionStatus, FileState
from tests.conftest import NOW

FLOOD = (
    "The property at 1214 Alder Street stands in flood zone AE. The lender asked for a flood certificate before "
    "closing, and the borrower has ordered one.\n\nThe roof was replaced in 2021 and shows no wear."
)
FEES = "Fee schedule. A drive-by inspection costs 150 dollars and a full appraisal costs 575 dollars, paid on delivery."
ROOF = "The inspector found three missing shingles on the roof and recommends a repair before winter."


def shelve(
    tenant: Tenant, title: str, text: str, *, page_starts: list[int] | None = None, **fields: Any
) -> Document:
    """One document of a company with its text, indexed."""
    document = put(tenant, title, text, page_starts=page_starts, **fields)
    assert index_document(tenant=tenant, document_id=document.pk, now=NOW)
    return document


def put(
    tenant: Tenant, title: str, text: str, *, page_starts: list[int] | None = None, **fields: Any
) -> Document:
    """The same, not indexed yet."""
    digest = hashlib.sha256(f"{title}\0{text}".encode()).hexdigest()
    with tenant_scope(tenant):
        file = StoredFile.objects.create(
            key=f"{digest[:40]}/{title[:40]}",
            sha256=digest,
            size=len(text),
            state=FileState.KEPT,
            touched_at=NOW,
        )
        document = Document.objects.create(
            **{
                "name": f"{title}.pdf",
                "title": title,
                "size": len(text),
                "sha256": digest,
                "file": file,
                "extraction_status": ExtractionStatus.COMPLETED,
                "added_at": NOW,
                "added_by": "ana",
                **fields,
            }
        )
        if text:
            DocumentText.objects.create(
                document=document, content=text, page_starts=page_starts or [0], read_at=NOW
            )
    return document


def link(tenant: Tenant, document: Document, **fields: Any) -> None:
    """Say where a document came from."""
    with tenant_scope(tenant):
        DocumentSource.objects.create(
            **{"document": document, "type": "order_document", "source": "orders", "added_at": NOW, **fields}
        )


def look_for(tenant: Tenant, query: str, *, filters: dict[str, Any] | None = None, **how: Any) -> Answer:
    """Search in a company's documents."""
    request = SearchRequest(query=query, filters=Filters(**(filters or {})), **how)
    return search_documents(tenant=tenant, request=request, now=NOW)


def titles(answer: Answer) -> list[str]:
    """The titles of what was found, best first."""
    return [hit.title for hit in answer.hits]
