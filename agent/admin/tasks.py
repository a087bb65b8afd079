"""The task list: what clients asked of people, in their own words, and the button that closes a task."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Case, F, IntegerField, Value, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from agent.admin.base import Button, RecordAdmin, column
from agent.admin.display import Section, link_to, pairs, quote, sentence, stack, state_badge
from agent.models import Task, TaskState
from agent.services import TaskClosed, complete_task

IS_CLOSED = Case(When(state=TaskState.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())


@admin.register(Task)
class TaskAdmin(RecordAdmin):
    """Open tasks first, the earliest due at the top."""

    list_display = (
        "what",
        "state_word",
        column("contact_label", "For"),
        column("subject_label", "About"),
        "role",
        column("due_at", "Due"),
        column("done_by", "Done by"),
    )
    list_filter = ("state", "role")
    search_fields = ("what", "contact_label")
    empty_list = "No task. One appears when a client asks for something in their own words."
    button_methods = ("mark_as_done",)
    refusals = (TaskClosed,)

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return [IS_CLOSED.asc(), F("due_at").asc(nulls_last=True), "id"]

    @admin.display(description="State", ordering="state")
    def state_word(self, task: Task) -> SafeString:
        return state_badge(task.state, task.get_state_display())

    def list_buttons(self, task: Task) -> list[Button]:
        if task.state != TaskState.OPEN:
            return []
        return [Button(method="mark_as_done", label="Mark as done")]

    def mark_as_done(self, request: HttpRequest, task: Task) -> str:
        """Close a task in the person's name."""
        complete_task(task=task, actor=request.user.get_username(), now=timezone.now())
        return f"Done: {task.what}"

    def describe(self, task: Task) -> list[Section]:
        entries: list[tuple[str, Any]] = [
            ("State", state_badge(task.state, task.get_state_display())),
            ("What", task.what),
            ("For", task.contact_label),
            ("About", task.subject_label),
            ("Who does it", task.assignee or task.role),
            ("Due", task.due_at),
            ("Until", task.due_end_at),
            ("Due in the client's words", task.due_words),
            ("Done by", task.done_by),
            ("Done", task.done_at),
            ("Created", task.created_at),
            ("Card", link_to(task.card)),
        ]
        words = (
            quote(task.quote) if task.quote else sentence("No mail: a deadline or a safety rule demands it.")
        )
        source = pairs([("The mail it stands in", task.message_id)]) if task.message_id else ""
        return [
            Section(title="The task", body=pairs((n, v) for n, v in entries if v not in (None, ""))),
            Section(title="What the client wrote", body=stack(words, source)),
        ]
