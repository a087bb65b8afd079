"""A document's file and preview, as bytes: for who may see the document, and never as a page of this site.

A file was made by somebody else. It is always saved, not shown: its type is not believed, no browser guesses another,
and should one show it all the same, nothing in it runs and nothing in it reaches this site. The preview is a picture
that this program made.
"""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from documents.admin.access import find_document, require
from documents.models import StoredFile
from documents.services import open_file

SANDBOX = "sandbox; default-src 'none'"
OPAQUE = "application/octet-stream"


@require_GET
def send_file(request: HttpRequest, object_id: int) -> HttpResponse:
    """The file of a document, to be saved under its own name."""
    require(request, "view")
    document = find_document(request, object_id)
    return _answer(document.file, media_type=OPAQUE, name=document.name, is_saved=True)


@require_GET
def send_preview(request: HttpRequest, object_id: int) -> HttpResponse:
    """The picture of a document's first page."""
    require(request, "view")
    document = find_document(request, object_id)
    if document.preview is None:
        raise Http404("This document has no preview.")
    return _answer(document.preview, media_type="image/png", name="preview.png", is_saved=False)


def _answer(stored: StoredFile, *, media_type: str, name: str, is_saved: bool) -> HttpResponse:
    try:
        content = open_file(stored)
    except OSError as error:
        raise Http404(
            "The file is not in the storage. `manage.py documents_check` names every such file."
        ) from error
    answer = FileResponse(content, as_attachment=is_saved, filename=name, content_type=media_type)
    answer["Content-Security-Policy"] = SANDBOX
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    return answer
