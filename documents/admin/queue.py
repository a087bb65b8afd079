"""The extraction queue: what waits, what is being worked on and what failed, with another try for what did."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import ShowFacets
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from unfold.paginator import InfinitePaginator

from agent.admin.base import Button, RecordAdmin, column
from agent.admin.display import Section, link_to, pairs
from documents.admin.access import may, only_of_visible, require
from documents.admin.filters import CountedChoices
from documents.admin.words import job_badge
from documents.models import ExtractionJob
from documents.services import retry_documents, retry_failed
from documents.states import OPEN_JOB_STATES, JobState


@admin.register(ExtractionJob)
class ExtractionJobAdmin(RecordAdmin):
    """The jobs of the queue, the newest first. A job belongs to a document: who may change that may try it again."""

    change_list_template = "documents/queue.html"
    list_display = (
        "what",
        column("document", "Document"),
        "standing",
        column("attempts", "Tries"),
        "when",
        column("reason", "What became of it"),
    )
    list_filter = (("state", CountedChoices), ("step", CountedChoices))
    list_select_related = ("document",)
    show_facets = ShowFacets.ALWAYS
    paginator = InfinitePaginator
    list_disable_select_all = True
    ordering = ("-id",)
    sortable_by = ()
    button_methods = ("try_again",)
    empty_list = "Nothing is waiting to be read."

    def get_queryset(self, request: HttpRequest) -> Any:
        return only_of_visible(request, super().get_queryset(request))

    def get_urls(self) -> list[URLPattern]:
        view = self.wrap_view(self.retry_view)
        return [path("retry-failed/", view, name="documents_extractionjob_retry_failed"), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(
            request, {**(extra_context or {}), "may_retry": may(request, "change")}
        )

    def retry_view(self, request: HttpRequest) -> HttpResponse:
        """Put every document back into the queue that could not be read or indexed."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        require(request, "change")
        queued = retry_failed(actor=request.user.get_username(), now=timezone.now())
        messages.success(
            request,
            "1 document is in the queue." if queued == 1 else f"{queued} documents are in the queue.",
        )
        return HttpResponseRedirect(reverse("admin:documents_extractionjob_changelist"))

    @admin.display(description="Step")
    def what(self, job: ExtractionJob) -> str:
        return job.get_step_display()

    @admin.display(description="State")
    def standing(self, job: ExtractionJob) -> SafeString:
        return job_badge(job)

    @admin.display(description="Ended, or not before")
    def when(self, job: ExtractionJob) -> datetime:
        """One moment a row: the table is as wide as a window has room for."""
        return job.finished_at or job.not_before

    def may_act(self, request: HttpRequest) -> bool:
        return may(request, "change")

    def list_buttons(self, job: ExtractionJob) -> list[Button]:
        if job.state == JobState.CLAIMED or job.document.is_trashed:
            return []
        now_ = "Takes it up at once instead of waiting." if job.state in OPEN_JOB_STATES else ""
        return [
            Button(
                method="try_again", label="Try again", help_text=now_ or "Puts its document into the queue."
            )
        ]

    def try_again(self, request: HttpRequest, job: ExtractionJob) -> str:
        queued = retry_documents(
            document_ids=[job.document_id], actor=request.user.get_username(), now=timezone.now()
        )
        return (
            f"“{job.document}” is in the queue." if queued else f"“{job.document}” is in the queue already."
        )

    def describe(self, job: ExtractionJob) -> list[Section]:
        entries = [
            ("Document", link_to(job.document)),
            ("Step", job.get_step_display()),
            ("State", job_badge(job)),
            ("Tries", job.attempts),
            ("Not before", job.not_before if job.state in OPEN_JOB_STATES else None),
            ("Queued", job.queued_at),
            ("Queued by", job.queued_by),
            ("Taken up", job.claimed_at),
            ("Worked on by", job.claimed_by),
            ("Ended", job.finished_at),
            ("What became of it", job.reason),
        ]
        return [
            Section(
                title="Job", body=pairs((name, value) for name, value in entries if value not in (None, ""))
            )
        ]
