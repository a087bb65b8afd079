"""What people say of documents: what they are, who may see them, what they are called, and when they hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import F

from agent.tenancy import require_tenant_id
from documents.categories import FOLLOWED_FROM, suggest_category
from documents.events import emit_about
from documents.models import Document, DocumentQuerySet
from documents.services.queueing import queue_extraction
from documents.states import Category, JobStep, Visibility


class DetailsRefused(ValueError):
    """What was said of a document cannot be; the message says why."""


def recategorise_documents(
    *, document_ids: Collection[int], category: Category, actor: str, now: datetime
) -> int:
    """Say what documents are; returns how many. A person's word stands: no suggestion overwrites it."""
    require_tenant_id()
    if not actor:
        raise DetailsRefused("Somebody must say so: name who chose the category.")
    rows, ids = _lock(Document.objects.filter(pk__in=document_ids))
    Document.objects.filter(pk__in=ids).update(category=category, category_set_by=actor, category_set_at=now)
    emit_about("document.recategorised", rows, {"by": actor, "category": category}, now=now)
    return len(ids)


def follow_suggestion(*, document_ids: Collection[int], actor: str, now: datetime) -> int:
    """Take a person's choice back: the documents are again what the rules suggest, or "other". Returns how many."""
    require_tenant_id()
    documents = Document.objects.filter(pk__in=document_ids).exclude(category_set_by="")
    rows, ids = _lock(documents)
    given_back = Document.objects.filter(pk__in=ids)
    given_back.update(category_set_by="", category_set_at=None, category=Category.OTHER)
    given_back.exclude(suggested_category="").filter(suggestion_confidence__gte=FOLLOWED_FROM).update(
        category=F("suggested_category")
    )
    emit_about("document.recategorised", rows, {"by": actor, "category": ""}, now=now)
    return len(ids)


def suggest_for(*, document: Document, text: str) -> None:
    """Keep what name and text of a document suggest, and follow it unless a person has chosen. Two statements."""
    require_tenant_id()
    suggestion = suggest_category(name=document.name, text=text)
    if suggestion.category is None:
        return
    Document.objects.filter(pk=document.pk).update(
        suggested_category=suggestion.category,
        suggestion_confidence=suggestion.confidence,
        suggestion_reason=suggestion.reason,
    )
    if suggestion.confidence >= FOLLOWED_FROM:
        Document.objects.filter(pk=document.pk, category_set_by="").update(category=suggestion.category)


def set_visibility(
    *, document_ids: Collection[int], visibility: Visibility, actor: str, now: datetime
) -> int:
    """Say who may find and open documents, in all their versions; returns how many rows."""
    require_tenant_id()
    series = Document.objects.filter(pk__in=document_ids).values("series")
    documents = Document.objects.filter(series__in=series)
    rows, ids = _lock(documents)
    Document.objects.filter(pk__in=ids).update(visibility=visibility)
    emit_about("document.visibility_set", rows, {"by": actor, "visibility": visibility}, now=now)
    return len(ids)


def describe_document(*, document_id: int, changes: Mapping[str, Any], actor: str, now: datetime) -> Document:
    """Change a document's `title`, `effective_date` or `expiry_date`; returns it as it then is.

    Raises `DetailsRefused` with a sentence, and `Document.DoesNotExist`.
    """
    require_tenant_id()
    unknown = changes.keys() - {"title", "effective_date", "expiry_date"}
    if unknown:
        raise DetailsRefused(f"{', '.join(sorted(unknown))} cannot be changed here.")
    document = Document.objects.select_for_update().get(pk=document_id)
    for name, value in changes.items():
        setattr(document, name, value)
    document.title = document.title.strip()
    if not document.title or len(document.title) > 300:
        raise DetailsRefused("A document has a title of 1 to 300 characters.")
    starts, ends = document.effective_date, document.expiry_date
    if isinstance(starts, date) and isinstance(ends, date) and ends < starts:
        raise DetailsRefused("A document cannot expire before it takes effect. Correct one of the two dates.")
    if changes:
        document.save(update_fields=list(changes))
        if "title" in changes:
            # It is found by its title as well.
            queue_extraction(documents=[document], step=JobStep.INDEX, actor=actor, now=now)
        emit_about("document.described", [document], {"by": actor, "changed": sorted(changes)}, now=now)
    return document


def change_document(*, document_id: int, changes: Mapping[str, Any], actor: str, now: datetime) -> Document:
    """Change what is said of one document: its details, `category` (None: what the rules suggest) and `visibility`.

    All of it or nothing; returns the document as it then is. Raises what `describe_document` does.
    """
    details = {name: value for name, value in changes.items() if name not in ("category", "visibility")}
    describe_document(document_id=document_id, changes=details, actor=actor, now=now)
    if "category" in changes and changes["category"] is None:
        follow_suggestion(document_ids=[document_id], actor=actor, now=now)
    elif "category" in changes:
        recategorise_documents(
            document_ids=[document_id], category=Category(changes["category"]), actor=actor, now=now
        )
    if "visibility" in changes:
        set_visibility(
            document_ids=[document_id], visibility=Visibility(changes["visibility"]), actor=actor, now=now
        )
    return Document.objects.get(pk=document_id)


def _lock(documents: DocumentQuerySet) -> tuple[list[Document], list[int]]:
    """The rows, locked in a fixed order, and their keys."""
    rows = list(documents.select_for_update().order_by("id"))
    return rows, [row.pk for row in rows]
