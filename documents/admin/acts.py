"""What a person may do with one document: its forms and buttons, each of which is one service call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from agent.admin.base import ActForm, Button
from documents.admin import access
from documents.models import Document
from documents.services import (
    describe_document,
    follow_suggestion,
    recategorise_documents,
    restore_documents,
    retry_documents,
    set_visibility,
    trash_documents,
)
from documents.states import Category, ExtractionStatus, Visibility

_WAITING = (ExtractionStatus.PENDING, ExtractionStatus.PROCESSING)


class CategoryForm(ActForm):
    category = forms.ChoiceField(label="Category", choices=Category)


class DetailsForm(ActForm):
    title = forms.CharField(label="Title", max_length=300)
    effective_date = forms.DateField(
        label="In force from",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    expiry_date = forms.DateField(
        label="Expires after",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="The last day on which it holds. An expired document is not found unless asked for.",
    )


class VisibilityForm(ActForm):
    visibility = forms.ChoiceField(label="Who may see it", choices=Visibility)


class VersionForm(ActForm):
    file = forms.FileField(label="File of the new version")


def list_acts(document: Document, *, is_cleared: bool) -> list[Button]:
    """The buttons of a document's page, as it stands."""
    if document.is_trashed:
        help_text = "It is found again, with all its versions."
        return [Button(method="restore", label="Restore from the trash", help_text=help_text)]
    buttons = [
        Button(
            method="recategorise",
            label="Change the category",
            help_text="Your word stands: no suggestion overwrites it.",
            form=CategoryForm(act="recategorise", initial={"category": document.category}),
        ),
        Button(
            method="describe_anew",
            label="Change title and dates",
            form=DetailsForm(act="describe_anew", initial=_details(document)),
        ),
    ]
    if document.category_set_by:
        help_text = "Takes back the category that a person chose."
        buttons.append(Button(method="follow", label="Follow the suggestion", help_text=help_text))
    if is_cleared:
        form = VisibilityForm(act="restrict", initial={"visibility": document.visibility})
        buttons.append(
            Button(
                method="restrict", label="Change who may see it", help_text="In all its versions.", form=form
            )
        )
    if document.extraction_status not in _WAITING:
        help_text = (
            "Puts it into the queue. What was read stays and is found until the new text takes its place; "
            "that is found once it is indexed."
        )
        buttons.append(Button(method="read_again", label="Read it again", help_text=help_text))
    help_text = "Nobody finds it any more. It can be restored for 30 days, with all its versions."
    buttons.append(Button(method="trash", label="Move to the trash", help_text=help_text, is_grave=True))
    return buttons


def _details(document: Document) -> dict[str, Any]:
    return {name: getattr(document, name) for name in ("title", "effective_date", "expiry_date")}


def _recategorise(request: HttpRequest, document: Document, actor: str) -> str:
    category = Category(CategoryForm(request.POST).read()["category"])
    recategorise_documents(document_ids=[document.pk], category=category, actor=actor, now=timezone.now())
    return f"“{document}” is filed as {category.label.lower()}."


def _follow(request: HttpRequest, document: Document, actor: str) -> str:
    follow_suggestion(document_ids=[document.pk], actor=actor, now=timezone.now())
    return f"“{document}” has the category again that the rules suggest."


def _describe(request: HttpRequest, document: Document, actor: str) -> str:
    values = DetailsForm(request.POST).read()
    changes = {name: value for name, value in values.items() if value != getattr(document, name)}
    if not changes:
        return "Nothing was changed."
    changed = describe_document(document_id=document.pk, changes=changes, actor=actor, now=timezone.now())
    return f"“{changed}” is changed."


def _restrict(request: HttpRequest, document: Document, actor: str) -> str:
    visibility = Visibility(VisibilityForm(request.POST).read()["visibility"])
    set_visibility(document_ids=[document.pk], visibility=visibility, actor=actor, now=timezone.now())
    return f"“{document}” may be seen by: {visibility.label.lower()}."


def _read_again(request: HttpRequest, document: Document, actor: str) -> str:
    queued = retry_documents(document_ids=[document.pk], actor=actor, now=timezone.now())
    return f"“{document}” is in the queue." if queued else f"“{document}” was in the queue already."


def _trash(request: HttpRequest, document: Document, actor: str) -> str:
    trash_documents(
        document_ids=[document.pk], actor=actor, now=timezone.now(), is_cleared=access.is_cleared(request)
    )
    return f"“{document}” is in the trash."


def _restore(request: HttpRequest, document: Document, actor: str) -> str:
    restore_documents(
        document_ids=[document.pk], actor=actor, now=timezone.now(), is_cleared=access.is_cleared(request)
    )
    return f"“{document}” is back in the library."


ACTS: dict[str, Callable[[HttpRequest, Document, str], str]] = {
    "recategorise": _recategorise,
    "follow": _follow,
    "describe_anew": _describe,
    "restrict": _restrict,
    "read_again": _read_again,
    "trash": _trash,
    "restore": _restore,
}
