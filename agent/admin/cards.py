"""Pages of cards and of everything said or done about one. Deciding on a card is a button: one service call."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agent.admin.base import Button, RecordAdmin, column
from agent.admin.display import (
    Section,
    fold,
    humanise,
    link_to,
    listing,
    moment,
    pairs,
    quote,
    readable,
    sentence,
    stack,
    state_badge,
    table,
    token,
)
from agent.admin.messages import show_content, show_intent
from agent.models import Card, CardTransition, Intent, PolicyViolation, Verdict
from agent.moves import MoveRefused
from agent.registry import Content, registry
from agent.rules import RULES
from agent.services import (
    ContentChanged,
    ContentUnavailable,
    ReasonMissing,
    approve_card,
    freeze_content,
    reject_card,
    settle_unknown_card,
)
from agent.states import CardState, VerdictKind
from agent.tenant_settings import InvalidAgentSettings

# The sentence an operator reads for each rule is its docstring.
RULE_SENTENCES = {rule.__name__: (rule.__doc__ or "").strip() for rule in RULES}


def kind_label(kind: str) -> str:
    """What a kind of card does, in its handler's words."""
    handler = registry.handlers().get(kind)
    return handler.label if handler else humanise(kind)


def engine_label(slug: str) -> str:
    """The engine's name."""
    return next((engine.label for engine in registry if engine.slug == slug), humanise(slug))


def rule_sentence(rule: str) -> str:
    """What a rule demands, in one sentence; a cap or a hand has none of its own."""
    return RULE_SENTENCES.get(rule, humanise(rule))


class KindFilter(SimpleListFilter):
    """Filters by kind of card. The choices come from the registry: the list asks the database for none."""

    title = "kind"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(kind, handler.label) for kind, handler in sorted(registry.handlers().items())]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class EngineFilter(SimpleListFilter):
    """Filters by the engine that proposed or wrote a row."""

    title = "engine"
    parameter_name = "engine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(engine.slug, engine.label) for engine in registry]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(engine=self.value()) if self.value() else queryset


@admin.register(Card)
class CardAdmin(RecordAdmin):
    """What the agent proposed, why, what the rules said, and what became of it."""

    list_display = (
        "title",
        "state_word",
        column("contact_label", "Contact"),
        "because",
        "engine_name",
        column("proposed_at", "Proposed"),
        "run",
    )
    list_filter = ("state", KindFilter, EngineFilter, "is_rehearsal")
    list_select_related = ("run",)
    search_fields = ("subject_label", "contact_label")
    ordering = ("-id",)
    empty_list = "No card yet. The agent proposes cards when a cycle runs and something is due."
    button_methods = ("approve", "reject", "settle_done", "settle_failed")
    refusals = (MoveRefused, ReasonMissing, ContentChanged, ContentUnavailable, InvalidAgentSettings)

    @admin.display(description="Card", ordering="id")
    def title(self, card: Card) -> str:
        return f"#{card.pk} {kind_label(card.kind)}: {card.subject_label}"

    @admin.display(description="State", ordering="state")
    def state_word(self, card: Card) -> SafeString:
        return state_badge(card.state, card.get_state_display())

    @admin.display(description="Why it stands there")
    def because(self, card: Card) -> str:
        return card.rule_reason or card.reason

    @admin.display(description="Engine", ordering="engine")
    def engine_name(self, card: Card) -> str:
        return engine_label(card.engine)

    def name_page(self, card: Card) -> str:
        return self.title(card)

    def describe(self, card: Card) -> list[Section]:
        return [
            Section(title="Where it stands", body=_describe_standing(card)),
            Section(title="Why it was proposed", body=_describe_reason(card)),
            Section(title="The exact content", body=_describe_content(card), note=_note_on_content(card)),
            Section(title="What the rules said", body=_describe_verdicts(card)),
            Section(title="What happened to it", body=_describe_transitions(card)),
            Section(
                title="Result", body=readable(card.result) if card.result else sentence("No result yet.")
            ),
            Section(title="What it was asked to do", body=readable(card.payload), is_folded=True),
        ]

    def list_buttons(self, card: Card) -> list[Button]:
        if card.state == CardState.HELD:
            return _approve_buttons(card) + [
                Button(method="reject", label="Reject", needs_reason=True, is_grave=True)
            ]
        if card.state == CardState.UNKNOWN:
            return [
                Button(
                    method="settle_done",
                    label="It did happen",
                    help_text="Look at the recipient's side or the provider's log first.",
                    needs_reason=True,
                ),
                Button(method="settle_failed", label="It did not happen", needs_reason=True, is_grave=True),
            ]
        return []

    def approve(self, request: HttpRequest, card: Card) -> str:
        """Let a held card go ahead with the content the person saw."""
        approve_card(
            card=card,
            actor=request.user.get_username(),
            now=timezone.now(),
            seen_hash=request.POST.get("seen_hash", ""),
        )
        return f"Card #{card.pk} is approved. It is carried out by the next sweep or cycle."

    def reject(self, request: HttpRequest, card: Card) -> str:
        """Turn a held card down."""
        reject_card(card=card, **_said_by(request))
        return f"Card #{card.pk} is rejected and will not come back for the same occasion."

    def settle_done(self, request: HttpRequest, card: Card) -> str:
        """Say that an unknown effect did happen."""
        settle_unknown_card(card=card, has_happened=True, **_said_by(request))
        return f"Card #{card.pk} is recorded as done."

    def settle_failed(self, request: HttpRequest, card: Card) -> str:
        """Say that an unknown effect did not happen."""
        settle_unknown_card(card=card, has_happened=False, **_said_by(request))
        return f"Card #{card.pk} is recorded as failed."


def _approve_buttons(card: Card) -> list[Button]:
    """The approval of a held card, bound to the content that its page shows."""
    content = _content_if_approved(card)
    if isinstance(content, Exception):
        return []
    return [
        Button(
            method="approve",
            label="Approve exactly this",
            help_text="Covers the content shown below, once. It goes out with the next sweep or cycle.",
            hidden=(("seen_hash", content.hash),),
        )
    ]


def _content_if_approved(card: Card) -> Content | Exception:
    """What a held card would do, worked out once for its page, or why that cannot be said."""
    known = vars(card)
    if "content_if_approved" not in known:
        known["content_if_approved"] = _work_out_content(card)
    content: Content | Exception = known["content_if_approved"]
    return content


def _work_out_content(card: Card) -> Content | Exception:
    try:
        return freeze_content(card=card, now=timezone.now())
    except (ContentUnavailable, InvalidAgentSettings) as unavailable:
        return unavailable


def _said_by(request: HttpRequest) -> dict[str, Any]:
    return {
        "actor": request.user.get_username(),
        "reason": request.POST.get("reason", ""),
        "now": timezone.now(),
    }


def _describe_standing(card: Card) -> SafeString:
    entries: list[tuple[str, Any]] = [
        ("State", state_badge(card.state, card.get_state_display())),
        ("Because", card.rule_reason),
        ("About", f"{card.subject_label} ({humanise(card.subject_kind).lower()})"),
        ("Contact", card.contact_label),
        ("Kind", kind_label(card.kind)),
        ("Engine", engine_label(card.engine)),
        ("Proposed", card.proposed_at),
        ("Proposed by", link_to(card.run)),
        ("Not before", card.not_before if card.state in (CardState.DEFERRED, CardState.ALLOWED) else None),
        ("Lapses without a decision", card.held_until if card.state == CardState.HELD else None),
        ("Approved by", card.approved_by),
        ("Finished", card.finished_at),
        ("Attempts", card.attempts or None),
        ("Times deferred", card.defer_count or None),
    ]
    if card.is_rehearsal:
        entries.append(("Rehearsal", "Planned while nothing may leave: carried out without sending."))
    return pairs((name, value) for name, value in entries if value not in (None, ""))


def _describe_reason(card: Card) -> SafeString:
    rows = [
        (humanise(entry["type"]), _refer_to(entry), quote(entry["quote"]) if entry.get("quote") else "")
        for entry in card.evidence
    ]
    evidence = table(("Evidence", "Reference", "Their own words"), rows)
    return stack(sentence(card.reason), evidence)


def _refer_to(evidence: dict[str, str]) -> SafeString:
    """The reference of a piece of evidence, as a link where an engine knows its page."""
    reference = token(evidence["id"])
    address = next(filter(None, (engine.locate_evidence(evidence) for engine in registry)), "")
    if not address:
        return reference
    return format_html('<a class="agent-link" href="{}">{}</a>', address, reference)


def _describe_content(card: Card) -> SafeString:
    intent = card.intents.first()
    if intent is not None:
        return show_intent(intent)
    if card.state == CardState.HELD:
        content = _content_if_approved(card)
        if isinstance(content, Exception):
            return sentence(f"It cannot be approved as things stand: {content}")
        return show_content(content.body, content.details)
    return sentence("Nothing is frozen yet: the content is fixed when the card is claimed.")


def _note_on_content(card: Card) -> str:
    if card.state == CardState.HELD:
        return "This is what an approval covers. If it changes before it goes out, you are asked again."
    return "Rehearsed: kept and shown, not sent." if card.is_rehearsal else ""


def _describe_verdicts(card: Card) -> SafeString:
    verdicts = card.verdicts.order_by("id")
    return listing(
        (_describe_verdict(verdict) for verdict in verdicts),
        empty="No rule has judged it yet. The next cycle does.",
    )


def _describe_verdict(verdict: Verdict) -> SafeString:
    said = table(
        ("Rule", "It demands", "It said", "Because"),
        [
            (humanise(rule), rule_sentence(rule), _word_badge(word), reason)
            for rule, word, reason in verdict.results
        ],
        empty="No rule objected.",
    )
    occasion = "at the claim, right before it was carried out" if verdict.is_at_claim else "when proposed"
    return pairs(
        [
            ("Verdict", _word_badge(verdict.kind)),
            ("When", f"{moment(verdict.at)}, {occasion}"),
            ("Because", verdict.reason),
            *([("Until", verdict.until)] if verdict.until else []),
            ("Rules that spoke", said),
            ("Facts they saw", fold(f"{len(verdict.facts)} facts", readable(verdict.facts))),
        ]
    )


def _word_badge(word: str) -> SafeString:
    return state_badge(word, VerdictKind(word).label)


def _describe_transitions(card: Card) -> SafeString:
    return table(
        ("When", "From", "To", "By", "Why"),
        [
            (row.at, _state_word(row.old), _state_word(row.new), row.actor, row.reason)
            for row in card.transitions.order_by("id")
        ],
        empty="It has not moved since it was proposed.",
    )


def _state_word(state: str) -> str:
    return state_badge(state, CardState(state).label) if state else "New"


@admin.register(Verdict)
class VerdictAdmin(RecordAdmin):
    """Every word of the rules on every card."""

    list_display = (
        "card",
        "kind_word",
        column("reason", "Because"),
        "rule_words",
        "occasion",
        column("at", "When"),
    )
    list_filter = ("kind", "is_at_claim")
    list_select_related = ("card",)
    ordering = ("-id",)

    @admin.display(description="Verdict", ordering="kind")
    def kind_word(self, verdict: Verdict) -> SafeString:
        return _word_badge(verdict.kind)

    @admin.display(description="Judged", ordering="is_at_claim")
    def occasion(self, verdict: Verdict) -> str:
        return "at the claim" if verdict.is_at_claim else "when proposed"

    @admin.display(description="Deciding rule", ordering="rule")
    def rule_words(self, verdict: Verdict) -> str:
        return rule_sentence(verdict.rule) if verdict.rule else "No rule objected."

    def describe(self, verdict: Verdict) -> list[Section]:
        return [
            Section(title="Card", body=link_to(verdict.card)),
            Section(title="Verdict", body=_describe_verdict(verdict)),
            Section(title="Version of the rules", body=verdict.rules_version, is_folded=True),
        ]


@admin.register(PolicyViolation)
class PolicyViolationAdmin(RecordAdmin):
    """What the agent wanted to do and was not allowed to."""

    list_display = (column("reason", "Refused because"), "rule_words", "card", column("at", "When"))
    list_select_related = ("card",)
    ordering = ("-id",)
    empty_list = "No rule has refused anything yet."

    @admin.display(description="Rule", ordering="rule")
    def rule_words(self, violation: PolicyViolation) -> str:
        return rule_sentence(violation.rule)

    def describe(self, violation: PolicyViolation) -> list[Section]:
        entries = [
            ("Refused because", violation.reason),
            ("Rule", rule_sentence(violation.rule)),
            ("Card", link_to(violation.card)),
            ("Run", link_to(violation.run)),
            ("When", violation.at),
            ("Blocked", violation.was_blocked),
        ]
        return [
            Section(title="What was refused", body=pairs(entries)),
            Section(title="The action", body=readable(violation.action)),
        ]


@admin.register(CardTransition)
class CardTransitionAdmin(RecordAdmin):
    """Every move of every card, in order."""

    list_display = (
        "card",
        "old_word",
        "new_word",
        column("actor", "By"),
        column("reason", "Why"),
        column("at", "When"),
    )
    list_filter = ("new",)
    list_select_related = ("card",)
    ordering = ("-id",)

    @admin.display(description="From", ordering="old")
    def old_word(self, row: CardTransition) -> str:
        return _state_word(row.old)

    @admin.display(description="To", ordering="new")
    def new_word(self, row: CardTransition) -> str:
        return _state_word(row.new)

    def describe(self, row: CardTransition) -> list[Section]:
        entries = [
            ("Card", link_to(row.card)),
            ("From", _state_word(row.old)),
            ("To", _state_word(row.new)),
            ("By", row.actor),
            ("Why", row.reason),
            ("When", row.at),
            ("Run", link_to(row.run)),
        ]
        return [Section(title="Move", body=pairs(entries))]


@admin.register(Intent)
class IntentAdmin(RecordAdmin):
    """The exact content that was frozen before each effect, and how far it came."""

    list_display = ("card", "state_word", column("created_at", "Frozen"), column("settled_at", "Settled"))
    list_filter = ("state",)
    list_select_related = ("card",)
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Intent]:
        """The list leaves the frozen bytes where they are."""
        is_list = request.resolver_match is not None and "object_id" not in request.resolver_match.kwargs
        rows: QuerySet[Intent] = super().get_queryset(request)
        return rows.defer("content", "details") if is_list else rows

    @admin.display(description="State", ordering="state")
    def state_word(self, intent: Intent) -> SafeString:
        return state_badge(intent.state, intent.get_state_display())

    def describe(self, intent: Intent) -> list[Section]:
        entries = [
            ("Card", link_to(intent.card)),
            ("State", state_badge(intent.state, intent.get_state_display())),
            ("Frozen", intent.created_at),
            ("Settled", intent.settled_at),
            ("Idempotency key", intent.idempotency_key),
            ("Content hash", intent.content_hash),
            ("Fence", intent.fence),
        ]
        return [
            Section(title="How far it came", body=pairs(entries)),
            Section(title="The exact content", body=show_intent(intent)),
        ]
