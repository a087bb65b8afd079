"""What a person may do with several documents at once, from the list: one service call for all that are ticked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin import helpers
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from documents.admin.access import is_cleared, may, visible_documents
from documents.models import Document
from documents.services import (
    ContentTaken,
    recategorise_documents,
    restore_documents,
    retry_documents,
    trash_documents,
)
from documents.states import Category

Act = Callable[[Any, HttpRequest, Any], HttpResponse | None]


def ticked(request: HttpRequest) -> list[int]:
    """The ticked documents that exist for the person; the page can tick no others, and no more than it shows."""
    named = [one for one in request.POST.getlist(helpers.ACTION_CHECKBOX_NAME) if one.isdigit()]
    return list(visible_documents(request).filter(pk__in=named).order_by("id").values_list("pk", flat=True))


def list_bulk_acts(request: HttpRequest) -> dict[str, tuple[Act, str, str]]:
    """The acts that the person may choose from the list, as Django's admin keeps its actions."""
    acts: dict[str, tuple[Act, str, str]] = {}
    if may(request, "change"):
        acts |= {
            "read_again": (_read_again, "read_again", "Read again"),
            "trash": (_trash, "trash", "Move to the trash"),
            "restore": (_restore, "restore", "Restore from the trash"),
        }
        for category in Category:
            name = f"category_{category}"
            acts[name] = (partial(_recategorise, category), name, f"Category: {category.label}")
    if may(request, "delete"):
        acts["delete_for_good"] = (_ask_before_deleting, "delete_for_good", "Delete for good …")
    return acts


def _count(count: int) -> str:
    return "1 document" if count == 1 else f"{count} documents"


def _read_again(admin: Any, request: HttpRequest, rows: Any) -> None:
    actor = request.user.get_username()
    queued = retry_documents(document_ids=ticked(request), actor=actor, now=timezone.now())
    messages.success(request, f"{_count(queued)} put into the queue.")


def _trash(admin: Any, request: HttpRequest, rows: Any) -> None:
    actor = request.user.get_username()
    gone = trash_documents(
        document_ids=ticked(request), actor=actor, now=timezone.now(), is_cleared=is_cleared(request)
    )
    messages.success(request, f"{_count(len({row.series for row in gone}))} moved to the trash.")


def _restore(admin: Any, request: HttpRequest, rows: Any) -> None:
    actor = request.user.get_username()
    try:
        back = restore_documents(
            document_ids=ticked(request), actor=actor, now=timezone.now(), is_cleared=is_cleared(request)
        )
    except ContentTaken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{_count(len({row.series for row in back}))} restored.")


def _recategorise(category: Category, admin: Any, request: HttpRequest, rows: Any) -> None:
    filed = recategorise_documents(
        document_ids=ticked(request),
        category=category,
        actor=request.user.get_username(),
        now=timezone.now(),
    )
    messages.success(request, f"{_count(filed)} filed as {category.label.lower()}.")


def _ask_before_deleting(admin: Any, request: HttpRequest, rows: Any) -> HttpResponse | None:
    """Name what would go, and ask; what is not in the trash is not deleted."""
    documents = list(visible_documents(request).filter(pk__in=ticked(request)).order_by("id"))
    trashed = [document for document in documents if document.is_trashed]
    if not trashed:
        messages.error(request, "Only what is in the trash is deleted for good. Move it there first.")
        return None
    context = admin.admin_site.each_context(request) | {
        "title": "Delete for good?",
        "opts": Document._meta,
        "documents": trashed,
        "kept": len(documents) - len(trashed),
    }
    return TemplateResponse(request, "documents/delete.html", context)
