"""Cards and everything said or done about one: moves, verdicts, intents, violations, and tasks for people."""

from __future__ import annotations

from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from agent.states import FINAL_STATES, KEY_FREEING_STATES, CardState, VerdictKind
from agent.tenancy import TenantForeignKey, TenantModel, TenantQuerySet


class CardQuerySet(TenantQuerySet):
    def proposed(self) -> CardQuerySet:
        """Cards without a verdict, the most urgent first."""
        return self.filter(state=CardState.PROPOSED).in_work_order()

    def claimable(self, now: datetime) -> CardQuerySet:
        """Allowed cards whose time has come, the most urgent first."""
        return self.filter(state=CardState.ALLOWED, not_before__lte=now).in_work_order()

    def waking(self, now: datetime) -> CardQuerySet:
        """Deferred cards to be judged again."""
        return self.filter(state=CardState.DEFERRED, not_before__lte=now)

    def lapsed(self, now: datetime) -> CardQuerySet:
        """Held cards that nobody decided on in time."""
        return self.filter(state=CardState.HELD, held_until__lte=now)

    def awaiting_approval(self) -> CardQuerySet:
        return self.filter(state=CardState.HELD)

    def in_work_order(self) -> CardQuerySet:
        """By priority, then age: nothing starves behind equals."""
        return self.order_by("-priority", "proposed_at", "id")


class Card(TenantModel):
    """One proposed action, from the proposal to the recorded effect (design, section 5)."""

    kind = models.CharField(max_length=40)
    engine = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=CardState, default=CardState.PROPOSED)
    priority = models.IntegerField(default=0)
    dedupe_key = models.CharField(max_length=200)
    # Planned while nothing may leave: carried out as a rehearsal, and the real occasion stays free.
    is_rehearsal = models.BooleanField(default=False)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    subject_label = models.CharField(max_length=300)
    contact_id = models.BigIntegerField(null=True, blank=True)
    contact_label = models.CharField(max_length=300, blank=True)
    payload = models.JSONField(default=dict)
    reason = models.TextField()
    evidence = models.JSONField(default=list)
    rule = models.CharField(max_length=60, blank=True)
    rule_reason = models.TextField(blank=True)
    result = models.JSONField(default=dict)
    not_before = models.DateTimeField()
    held_until = models.DateTimeField(null=True, blank=True)
    proposed_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    defer_count = models.PositiveIntegerField(default=0)
    effect_began = models.BooleanField(default=False)
    approved_by = models.CharField(max_length=150, blank=True)
    approved_hash = models.CharField(max_length=64, blank=True)
    approval_expires_at = models.DateTimeField(null=True, blank=True)
    run = TenantForeignKey("agent.Run", models.PROTECT, related_name="cards")

    objects = CardQuerySet.as_manager()  # type: ignore[misc] # the stubs take the base manager for final

    class Meta(TenantModel.Meta):
        db_table = "kanban_cards"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CardState.values), name="kanban_cards_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=FINAL_STATES, finished_at__isnull=False)
                | (~Q(state__in=FINAL_STATES) & Q(finished_at__isnull=True)),
                name="kanban_cards_final_has_end",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="kanban_cards_has_reason"),
            models.CheckConstraint(
                condition=~Q(state=CardState.HELD) | Q(held_until__isnull=False),
                name="kanban_cards_held_expires",
            ),
            # One card an occasion. A failure before any effect frees it, as does a card that lapsed.
            models.UniqueConstraint(
                fields=["tenant", "dedupe_key", "is_rehearsal"],
                condition=~Q(state__in=KEY_FREEING_STATES) & ~Q(state=CardState.FAILED, effect_began=False),
                name="kanban_cards_one_per_occasion",
            ),
        ]
        indexes = [
            # The planner's and the executor's queries: `.proposed()`, `.claimable()`, `.waking()`.
            models.Index(fields=["tenant", "state", "not_before"], name="kanban_cards_work"),
            # The next few cards of a claim, in work order, however many stand behind them.
            models.Index(
                fields=["tenant", "-priority", "proposed_at", "id"],
                condition=Q(state=CardState.ALLOWED),
                name="kanban_cards_claim",
            ),
            models.Index(fields=["tenant", "contact_id", "finished_at"], name="kanban_cards_contact"),
            models.Index(fields=["tenant", "run"], name="kanban_cards_run"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind.replace('_', ' ')}: {self.subject_label}"


class CardTransition(TenantModel):
    """One move of one card. Append-only."""

    card = TenantForeignKey(Card, models.PROTECT, related_name="transitions")
    run = TenantForeignKey("agent.Run", models.SET_NULL, null=True, related_name="transitions")
    old = models.CharField(max_length=12, blank=True)
    new = models.CharField(max_length=12, choices=CardState)
    actor = models.CharField(max_length=150)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        db_table = "kanban_card_transitions"
        constraints = [
            models.CheckConstraint(condition=Q(new__in=CardState.values), name="card_transitions_new_known"),
        ]
        indexes = [
            models.Index(fields=["tenant", "card", "id"], name="card_transitions_card"),
            models.Index(fields=["tenant", "run"], name="card_transitions_run"),
        ]

    def __str__(self) -> str:
        return f"{self.old or 'new'} → {self.new}"


class Verdict(TenantModel):
    """What the rules said of one card at one moment, with the facts they saw."""

    card = TenantForeignKey(Card, models.PROTECT, related_name="verdicts")
    run = TenantForeignKey("agent.Run", models.SET_NULL, null=True, related_name="verdicts")
    kind = models.CharField(max_length=8, choices=VerdictKind)
    rule = models.CharField(max_length=60, blank=True)
    reason = models.TextField()
    until = models.DateTimeField(null=True, blank=True)
    results = models.JSONField(default=list)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    rules_version = models.CharField(max_length=20)
    is_at_claim = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        db_table = "agent_verdicts"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=VerdictKind.values), name="agent_verdicts_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=VerdictKind.DEFER, until__isnull=False)
                | (~Q(kind=VerdictKind.DEFER) & Q(until__isnull=True)),
                name="agent_verdicts_defer_has_until",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "card", "id"], name="agent_verdicts_card")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reason}"


class IntentState(models.TextChoices):
    """How far the frozen effect of a card has come."""

    READY = "ready", "Ready"  # frozen and committed; nothing has left
    EFFECTING = "effecting", "Under way"  # the effect may have left from here on
    SETTLED = "settled", "Settled"  # the outcome is recorded
    UNKNOWN = "unknown", "Outcome unknown"


class Intent(TenantModel):
    """The exact bytes a card will put into the world, frozen before the effect, and what became of them."""

    card = TenantForeignKey(Card, models.PROTECT, related_name="intents")
    idempotency_key = models.CharField(max_length=100)
    content = models.BinaryField()
    content_hash = models.CharField(max_length=64)
    details = models.JSONField(default=dict)
    # What the claim took from the caps, so that an effect that certainly did not happen gives it back.
    caps = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=IntentState, default=IntentState.READY)
    fence = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        db_table = "agent_intents"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "card"], name="agent_intents_one_per_card"),
            models.CheckConstraint(
                condition=Q(state__in=IntentState.values), name="agent_intents_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=IntentState.SETTLED, settled_at__isnull=False)
                | (~Q(state=IntentState.SETTLED) & Q(settled_at__isnull=True)),
                name="agent_intents_settled_has_end",
            ),
        ]

    def __str__(self) -> str:
        return self.idempotency_key


class PolicyViolation(TenantModel):
    """An action that a guardrail refused (spec P0.3, audit trail)."""

    card = TenantForeignKey(Card, models.PROTECT, related_name="violations")
    run = TenantForeignKey("agent.Run", models.SET_NULL, null=True, related_name="violations")
    rule = models.CharField(max_length=60)
    reason = models.TextField()
    action = models.JSONField(default=dict)
    was_blocked = models.BooleanField(default=True)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        db_table = "agent_policy_violations"
        indexes = [models.Index(fields=["tenant", "at"], name="agent_violations_at")]

    def __str__(self) -> str:
        return f"{self.rule}: {self.reason}"


class TaskState(models.TextChoices):
    """Where a person's task stands."""

    OPEN = "open", "Open"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Cancelled"


class TaskQuerySet(TenantQuerySet):
    def open(self) -> TaskQuerySet:
        """Tasks still to be done, the earliest due first."""
        return self.filter(state=TaskState.OPEN).order_by(models.F("due_at").asc(nulls_last=True), "id")


class Task(TenantModel):
    """Work for a person, which exists only because the client asked for it (guardrail 1)."""

    card = TenantForeignKey(Card, models.PROTECT, related_name="tasks")
    what = models.CharField(max_length=300)
    contact_id = models.BigIntegerField(null=True, blank=True)
    contact_label = models.CharField(max_length=300, blank=True)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    subject_label = models.CharField(max_length=300, blank=True)
    assignee = models.CharField(max_length=150, blank=True)
    role = models.CharField(max_length=60)
    due_at = models.DateTimeField(null=True, blank=True)
    due_end_at = models.DateTimeField(null=True, blank=True)
    due_words = models.CharField(max_length=200, blank=True)
    message_id = models.CharField(max_length=998, blank=True)
    quote = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=TaskState, default=TaskState.OPEN)
    created_at = models.DateTimeField()
    done_by = models.CharField(max_length=150, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = TaskQuerySet.as_manager()  # type: ignore[misc] # the stubs take the base manager for final

    class Meta(TenantModel.Meta):
        db_table = "agent_tasks"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "card"], name="agent_tasks_one_per_card"),
            models.CheckConstraint(condition=Q(state__in=TaskState.values), name="agent_tasks_state_known"),
            models.CheckConstraint(
                condition=Q(state=TaskState.DONE, done_at__isnull=False)
                | (~Q(state=TaskState.DONE) & Q(done_at__isnull=True)),
                name="agent_tasks_done_has_end",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "state", "due_at"], name="agent_tasks_open")]

    def __str__(self) -> str:
        return self.what
