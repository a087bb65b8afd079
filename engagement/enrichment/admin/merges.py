"""The pages of merges: choosing two contacts, seeing what would become of them, and taking a merge back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from unfold.widgets import UnfoldAdminTextInputWidget

from agent.admin import TenantAdmin
from agent.admin.base import Button, RecordAdmin, column
from agent.admin.display import Section, link_to, listing, pairs, table
from engagement.enrichment.duplicates import find_duplicates
from engagement.enrichment.merging import MergeRefused, Preview, merge_contacts, preview_merge
from engagement.enrichment.models import ContactMerge
from engagement.enrichment.undoing import undo_merge
from engagement.models import Contact
from engagement.services import find_contact_by_address


class MergeForm(forms.Form):
    """Who stays, who is the same person, and why."""

    keep = forms.ModelChoiceField(queryset=Contact.objects.unmerged(), widget=forms.HiddenInput)
    other = forms.CharField(
        label="The other contact",
        max_length=254,
        widget=UnfoldAdminTextInputWidget,
        help_text="One of its e-mail addresses, or the number in the address of its page.",
    )
    reason = forms.CharField(label="Why", max_length=500, widget=UnfoldAdminTextInputWidget)

    def clean_other(self) -> Contact:
        """The contact that an address or a number names."""
        text = self.cleaned_data["other"].strip()
        if text.isascii() and text.isdecimal():
            found = Contact.objects.filter(pk=int(text[:18])).first()
        else:
            found = find_contact_by_address(text)
        if found is None:
            raise forms.ValidationError("There is no such contact here. Give one of its e-mail addresses.")
        return found


@admin.register(ContactMerge)
class ContactMergeAdmin(RecordAdmin):
    """Every merge, the latest first. A new one is shown before it is made."""

    list_display = (
        "keep",
        "other",
        column("merged_at", "Merged"),
        column("merged_by", "By"),
        column("undone_at", "Undone"),
    )
    list_select_related = ("keep", "other")
    search_fields = ("keep__last_name", "other__last_name")
    ordering = ("-id",)
    empty_list = "No contact has turned out to be another one."
    button_methods = ("undo",)
    refusals = (MergeRefused,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return TenantAdmin.has_add_permission(self, request)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Choose, look, and confirm: nothing changes before the second press."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = MergeForm(request.POST or None, initial=request.GET.dict())
        preview: Preview | None = None
        if request.method == "POST" and form.is_valid():
            chosen = form.cleaned_data
            pair = {"keep_id": chosen["keep"].pk, "other_id": chosen["other"].pk}
            try:
                # Only what was shown is confirmed: whoever changes the choice is shown that first.
                if request.POST.get("seen") == "{keep_id} {other_id}".format(**pair):
                    return self._merge(request, chosen["reason"], pair)
                preview = preview_merge(**pair)
            except MergeRefused as refusal:
                form.add_error(None, str(refusal))
        context = {
            **self.admin_site.each_context(request),
            "title": "Make one contact of two",
            "opts": self.opts,
            "form": form,
            "keep": Contact.objects.filter(pk=_number(form["keep"].value())).first(),
            "duplicates": [] if preview else _suggest(_number(form["keep"].value())),
            "preview": preview,
            "seen": f"{preview.keep.pk} {preview.other.pk}" if preview else "",
            "sections": describe_preview(preview) if preview else [],
        }
        return TemplateResponse(request, "engagement/merge.html", context)

    def _merge(self, request: HttpRequest, reason: str, pair: dict[str, int]) -> HttpResponse:
        actor = request.user.get_username()
        merge = merge_contacts(**pair, actor=actor, reason=reason, now=timezone.now())
        messages.success(request, f"{merge.other} is part of {merge.keep} now.")
        return HttpResponseRedirect(reverse("admin:enrichment_contactmerge_change", args=[merge.pk]))

    def list_buttons(self, merge: ContactMerge) -> list[Button]:
        if merge.undone_at is not None:
            return []
        help_text = (
            "Both are as they were before. Refused when something has changed since that it would lose."
        )
        return [Button(method="undo", label="Undo", help_text=help_text, needs_reason=True, is_grave=True)]

    def undo(self, request: HttpRequest, merge: ContactMerge) -> str:
        """Take the merge back, with the person's reason."""
        undo_merge(
            merge=merge,
            actor=request.user.get_username(),
            reason=request.POST.get("reason", ""),
            now=timezone.now(),
        )
        return f"{merge.other} and {merge.keep} are two contacts again."

    def describe(self, merge: ContactMerge) -> list[Section]:
        entries = [
            ("Stays", link_to(merge.keep)),
            ("Is the same person", link_to(merge.other)),
            ("Why", merge.reason),
            ("Merged", merge.merged_at),
            ("By", merge.merged_by),
        ]
        undone = [("Undone", merge.undone_at), ("By", merge.undone_by), ("Because", merge.undo_reason)]
        moved = [(name.split(".")[1], len(rows)) for name, rows in merge.journal.get("moved", {}).items()]
        shown = pairs([*entries, *(undone if merge.undone_at else [])])
        return [
            Section(title="Merge", body=shown),
            Section(title="What moved", body=table(("Rows", "How many"), [row for row in moved if row[1]])),
        ]


def describe_preview(preview: Preview) -> list[Section]:
    """What a merge would do, as the person who confirms it reads it."""
    keep, other = preview.keep, preview.other
    follows = [f"{other} stays as a closed row that leads to {keep}. It can be undone."]
    if preview.further_client:
        follows.append(f"{keep} works for {preview.further_client}, too.")
    if preview.cancelled:
        follows.append(f"{preview.cancelled} waiting check-ins to {other} are cancelled.")
    stays = ", ".join(f"{count} {name}" for name, count in preview.stays)
    if stays:
        follows.append(f"Left where they are, because {keep} has the like: {stays}.")
    differing = [(one.field.label, one.kept, one.given_up) for one in preview.differences]
    return [
        Section(title=f"{other} becomes {keep}", body=listing(follows)),
        Section(title="What moves", body=table(("Rows", "How many"), preview.moves, empty="Nothing.")),
        Section(
            title="Where they differ",
            body=table(("Field", "Holds then", "Is given up"), differing, empty="Nowhere."),
        ),
        Section(
            title="What is filled in",
            body=table(("Field", "Value"), preview.taken, empty="Nothing."),
        ),
    ]


def _suggest(keep_id: int | None) -> list[Contact]:
    return find_duplicates(contact_id=keep_id) if keep_id else []


def _number(value: Any) -> int | None:
    text = str(value or "")
    return int(text[:18]) if text.isascii() and text.isdecimal() else None
