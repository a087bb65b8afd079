"""Bringing files to the library and taking documents out of it for good.

The services that move files open their own transactions, so these views run outside the request's scope.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from agent.admin.display import badge
from agent.middleware import opens_own_scope
from agent.tenancy import tenant_scope
from documents.admin.access import find_document, is_cleared, require, visible_documents
from documents.models import Document
from documents.services import (
    Brought,
    Details,
    Outcome,
    StillInLibrary,
    Upload,
    delete_documents,
    take_uploads,
)
from documents.states import Category, Visibility

# Files of one upload; each may be as large as the library takes.
MOST_FILES = 50
_TONES = {Outcome.ADDED: "good", Outcome.VERSION: "good", Outcome.RESTORED: "good"}


class FilesInput(forms.ClearableFileInput):
    """Django's file chooser, for several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, UploadedFile], name: str) -> Any:
        return files.getlist(name)


class FilesField(forms.FileField):
    """One file or several; what is wrong with one of them is said of it alone, when it is taken in."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        if not data:
            raise forms.ValidationError("Choose one file or several.", code="required")
        if len(data) > MOST_FILES:
            raise forms.ValidationError(f"Choose at most {MOST_FILES} files at once.", code="too_many")
        return list(data)


class UploadForm(forms.Form):
    """Files, and what is said of all of them."""

    files = FilesField(label="Files", widget=FilesInput)
    category = forms.ChoiceField(
        label="Category",
        required=False,
        choices=[("", "As the rules suggest"), *Category.choices],
    )
    visibility = forms.ChoiceField(label="Who may see them", choices=Visibility)

    def __init__(self, *args: Any, may_restrict: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_restrict:
            del self.fields["visibility"]
        for field in self.fields.values():
            field.widget.attrs["class"] = "agent-input"

    def details(self) -> Details:
        """What the service is told of each file."""
        chosen = self.cleaned_data["category"]
        return Details(
            category=Category(chosen) if chosen else None,
            visibility=Visibility(self.cleaned_data.get("visibility") or Visibility.COMPANY),
        )


@dataclass(frozen=True, kw_only=True)
class Result:
    """What became of one file, as its line of the receipt."""

    name: str
    word: str
    sentence: str = ""
    document: Document | None = None


@opens_own_scope
def upload_files(request: Any) -> HttpResponse:
    """The form, and after it one line for each file."""
    require(request, "add")
    may_restrict = is_cleared(request)
    form = UploadForm(request.POST or None, request.FILES or None, may_restrict=may_restrict)
    results: list[Result] = []
    if request.method == "POST" and form.is_valid():
        brought = take_uploads(
            tenant=request.tenant,
            uploads=[_uploaded(file) for file in form.cleaned_data["files"]],
            actor=request.user.get_username(),
            now=timezone.now(),
            details=form.details(),
            is_cleared=may_restrict,
        )
        results = [_result_of(one) for one in brought]
        form = UploadForm(may_restrict=may_restrict)
    context = admin.site.each_context(request) | {
        "title": "Add documents",
        "opts": Document._meta,
        "form": form,
        "results": results,
    }
    return TemplateResponse(request, "documents/upload.html", context)


def _uploaded(file: UploadedFile) -> Upload:
    return Upload(name=file.name or "document", content=file.file)


def _result_of(brought: Brought) -> Result:
    registered = brought.registered
    if registered is None:
        return Result(name=brought.name, word=badge("Refused", "bad"), sentence=brought.refusal)
    word = badge(registered.outcome.label, _TONES.get(registered.outcome, "quiet"))
    said = []
    if registered.is_restricted:
        said.append("Everybody could see it; now it is restricted, in all its versions.")
    if registered.is_read_again:
        said.append("It is read again, because nothing was read of it before.")
    return Result(name=brought.name, word=word, sentence=" ".join(said), document=registered.document)


@opens_own_scope
def upload_version(request: Any, object_id: int) -> HttpResponse:
    """Take a file in as the newest version of a document, and lead to what became of it."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    require(request, "change")
    with tenant_scope(request.tenant):
        document = find_document(request, object_id)
    landing = object_id
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, "Choose the file of the new version.")
        return HttpResponseRedirect(reverse("admin:documents_document_change", args=[landing]))
    try:
        (brought,) = take_uploads(
            tenant=request.tenant,
            uploads=[_uploaded(file)],
            actor=request.user.get_username(),
            now=timezone.now(),
            details=Details(),
            is_cleared=is_cleared(request),
            version_of=document.pk,
        )
    except Document.DoesNotExist:
        messages.error(request, "It is in the trash. Restore it first.")
    else:
        registered = brought.registered
        if registered is None:
            messages.error(request, brought.refusal)
        else:
            messages.success(request, f"{brought.name}: {registered.outcome.label.lower()}.")
            landing = registered.document.pk if registered.is_new and registered.document else object_id
    return HttpResponseRedirect(reverse("admin:documents_document_change", args=[landing]))


@opens_own_scope
def delete_for_good(request: Any) -> HttpResponse:
    """Delete the named documents that exist for the person and are in the trash."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    require(request, "delete")
    named = [int(one) for one in request.POST.getlist("document") if one.isdigit()]
    with tenant_scope(request.tenant):
        ids = list(visible_documents(request).filter(pk__in=named).values_list("pk", flat=True))
    try:
        count = delete_documents(
            tenant=request.tenant, document_ids=ids, actor=request.user.get_username(), now=timezone.now()
        )
    except StillInLibrary as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            "1 document is deleted for good." if count == 1 else f"{count} documents are deleted for good.",
        )
    return HttpResponseRedirect(f"{reverse('admin:documents_document_changelist')}?place=trash")
