"""What a person of the console may see and do in the library.

Which company's rows there are is the scope's. Within it, Django's permissions say who may look, add, change and delete,
and `documents.view_restricted_document` who sees restricted documents: for everybody else they do not exist.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from documents.models import Document, DocumentQuerySet
from documents.states import Visibility

CLEARANCE = "documents.view_restricted_document"


def is_cleared(request: HttpRequest) -> bool:
    """Whether the person may see restricted documents."""
    return bool(request.user.has_perm(CLEARANCE))


def visible_documents(request: HttpRequest) -> DocumentQuerySet:
    """The documents that exist for the person; in the open scope."""
    return Document.objects.visible_to(is_cleared=is_cleared(request))


def only_of_visible(request: HttpRequest, rows: Any) -> Any:
    """Rows of other tables without those of documents that do not exist for the person."""
    if is_cleared(request):
        return rows
    return rows.exclude(document__visibility=Visibility.RESTRICTED)


def require(request: HttpRequest, act: str) -> None:
    """Refuse a person who may not `view`, `add`, `change` or `delete` documents."""
    if not may(request, act):
        raise PermissionDenied


def may(request: HttpRequest, act: str) -> bool:
    """Whether the person may `view`, `add`, `change` or `delete` documents."""
    return bool(request.user.has_perm(f"documents.{act}_document"))


def find_document(request: HttpRequest, document_id: int) -> Document:
    """A document that exists for the person, with its file; 404 for every other."""
    found = visible_documents(request).select_related("file", "preview").filter(pk=document_id).first()
    if found is None:
        raise Http404(f"There is no document {document_id} here.")
    return found
