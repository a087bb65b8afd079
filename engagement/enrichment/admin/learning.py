"""Pages of mails looked at for what they say of their writers, and of signs of business."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from agent.admin.base import Button, RecordAdmin, column
from agent.admin.display import Section, badge, link_to, pairs, quote, sentence, stack, verbatim
from engagement.enrichment.models import EnrichmentJob, JobState, OpportunitySignal
from engagement.enrichment.opportunities import ActionMissing, mark_signals_actioned

JOB_TONES = {JobState.PENDING: "busy", JobState.DONE: "good", JobState.SKIPPED: "quiet"}


@admin.register(EnrichmentJob)
class EnrichmentJobAdmin(RecordAdmin):
    """What became of each signed mail, the newest first."""

    list_display = (
        "contact",
        "state_word",
        column("signer", "Signed by"),
        column("outcome", "What became of it"),
        column("finished_at", "When"),
    )
    list_filter = ("state",)
    list_select_related = ("contact",)
    search_fields = ("signer", "contact__last_name")
    ordering = ("-id",)
    empty_list = "No signed mail of a contact has come in yet."

    @admin.display(description="State", ordering="state")
    def state_word(self, job: EnrichmentJob) -> str:
        return badge(job.get_state_display(), JOB_TONES[JobState(job.state)])

    def describe(self, job: EnrichmentJob) -> list[Section]:
        signature = job.message.reading.get("signature") or {}
        entries = [
            ("Contact", link_to(job.contact)),
            ("Mail", link_to(job.message)),
            ("Signed by", job.signer),
            ("State", self.state_word(job)),
            ("What became of it", job.outcome),
            ("Queued", job.queued_at),
            ("Looked at", job.finished_at),
        ]
        words = verbatim(str(signature.get("text") or "")) if signature else sentence("None.")
        return [
            Section(title="The mail", body=pairs(entries)),
            Section(title="Its signature", body=words),
        ]


@admin.register(OpportunitySignal)
class OpportunitySignalAdmin(RecordAdmin):
    """Signs of business: those that nobody has seen to first, the strongest at the top."""

    list_display = (
        "type",
        column("strength", "Strength"),
        "contact",
        "client",
        "words",
        column("seen_at", "Written"),
        column("actioned_by", "Seen to by"),
    )
    list_filter = ("type", ("actioned_at", admin.EmptyFieldListFilter))
    list_select_related = ("contact", "client")
    search_fields = ("evidence", "contact__last_name", "client__name")
    ordering = ("-actioned_at", "-strength", "-id")
    empty_list = "No mail of a contact has shown a complaint, haste, or business to come."
    button_methods = ("mark_as_seen_to",)
    refusals = (ActionMissing,)

    @admin.display(description="In their words")
    def words(self, signal: OpportunitySignal) -> str:
        return signal.evidence[:120]

    def list_buttons(self, signal: OpportunitySignal) -> list[Button]:
        if signal.actioned_at is not None:
            return []
        help_text = "It leaves the list of what waits. Say what was done."
        return [
            Button(method="mark_as_seen_to", label="Mark as seen to", help_text=help_text, needs_reason=True)
        ]

    def mark_as_seen_to(self, request: HttpRequest, signal: OpportunitySignal) -> str:
        """Take a signal off the list in the person's name."""
        mark_signals_actioned(
            signals=[signal],
            actor=request.user.get_username(),
            action=request.POST.get("reason", ""),
            now=timezone.now(),
        )
        return "Seen to."

    def describe(self, signal: OpportunitySignal) -> list[Section]:
        entries = [
            ("A sign of", signal.get_type_display()),
            ("Strength", f"{signal.strength:.1f} of 1"),
            ("Contact", link_to(signal.contact)),
            ("Client", link_to(signal.client)),
            ("Mail", link_to(signal.message)),
            ("Written", signal.seen_at),
            ("Found", signal.found_at),
        ]
        seen_to = [
            ("Seen to", signal.actioned_at),
            ("By", signal.actioned_by),
            ("What was done", signal.action),
        ]
        shown = pairs([*entries, *(seen_to if signal.actioned_at else [])])
        return [Section(title="Signal", body=stack(quote(signal.evidence), shown))]
