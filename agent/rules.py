"""The policy rules: what the agent may do, as pure functions over one action and the facts.

No ORM, clock or settings in here. A rule answers None when it has nothing to say, else a `Ruling`; its docstring is
the sentence an operator reads. Gathering the facts and storing the verdict is `agent.policy`. Text from outside
never reaches a rule as anything but data: a fact says whether a quote was verified, not what it asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agent.states import STRICTNESS, VerdictKind
from agent.tenant_settings import AgentSettings

# Grows whenever a rule changes its mind about the same facts; stored with each verdict.
RULES_VERSION = "6"


class MissingFact(LookupError):
    """A rule needed a fact that nobody supplied; the card is held for a person."""


@dataclass(frozen=True, kw_only=True)
class Action:
    """A card as the rules see it."""

    kind: str
    engine: str
    contact_id: int | None
    is_rehearsal: bool
    evidence_types: frozenset[str]
    payload: Mapping[str, Any]


class Facts(Mapping[str, Any]):
    """Facts by name. Reading one that is absent raises `MissingFact`: silence is not consent.

    `shared` is asked for what the card's own facts do not hold, once a rule wants it; going through the facts shows
    the card's own and those that were asked for.
    """

    def __init__(
        self, values: Mapping[str, Any], shared: Callable[[], Mapping[str, Any]] | None = None
    ) -> None:
        self._values = dict(values)
        self._shared = shared

    def __getitem__(self, name: str) -> Any:
        if name not in self._values:
            known = self._shared() if self._shared is not None else {}
            if name not in known:
                raise MissingFact(f"The fact {name!r} is missing.")
            self._values[name] = known[name]
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """One rule's word on one action; `until` goes with DEFER alone."""

    kind: VerdictKind
    reason: str
    until: datetime | None = None


def block(reason: str) -> Ruling:
    return Ruling(kind=VerdictKind.BLOCK, reason=reason)


def hold(reason: str) -> Ruling:
    return Ruling(kind=VerdictKind.HOLD, reason=reason)


def defer(reason: str, *, until: datetime) -> Ruling:
    return Ruling(kind=VerdictKind.DEFER, reason=reason, until=until)


# The grounds on which a person's task may be created: type of evidence -> the fact by which an engine vouches.
TASK_GROUNDS = {
    "mail": "ground_mail",
    "compliance_deadline": "ground_compliance_deadline",
    "safety_escalation": "ground_safety_escalation",
}


# What the client waits for (an order's business, an answer) is owed to them and takes none of their attention.
OWED_STREAM = "transactional"
CAPPED_KINDS = {"send_email": "messages", "research": "research", "sandbox_job": "sandbox runs"}


def no_human_task_unless_requested(action: Action, facts: Facts, limits: AgentSettings) -> Ruling | None:
    """A person gets a task only when the client asked for it in their own words, or a deadline or safety demands it."""
    if action.kind != "create_task":
        return None
    grounds = [fact for evidence, fact in TASK_GROUNDS.items() if evidence in action.evidence_types]
    if not grounds:
        return block(
            "Nothing shows that the client asked for this, and no deadline or safety rule demands it."
        )
    problems = [facts[ground] for ground in grounds]
    return None if "" in problems else block(problems[0])


def appraiser_stays_independent(action: Action, facts: Facts, limits: AgentSettings) -> Ruling | None:
    """No task presses for a value, or chooses, changes or influences an appraiser, however plainly a client asks."""
    if action.kind != "create_task" or "mail" not in action.evidence_types:
        return None
    return block(facts["independence_objection"]) if facts["independence_objection"] else None


def research_after_engagement(action: Action, facts: Facts, limits: AgentSettings) -> Ruling | None:
    """Research waits until all who are owed a contact are served, and goals lag; finding recipients never waits."""
    if action.kind != "research" or action.payload.get("purpose") == "contact_discovery":
        return None
    overdue = facts["overdue_contacts"]
    if overdue:
        people = "1 person is" if overdue == 1 else f"{overdue} people are"
        return defer(f"{people} owed a contact first; research waits.", until=facts["next_hour"])
    if not facts["goals_set"]:
        return defer(
            "No goal is set for this month, so nothing says that research is needed. Set one under Goals.",
            until=facts["next_business_day"],
        )
    if facts["goals_behind"] or facts["pipeline_thin"]:
        return None
    return defer(
        "The month keeps pace with its goals and enough business is in sight; research waits.",
        until=facts["next_business_day"],
    )


def recipient_is_known(action: Action, facts: Facts, limits: AgentSettings) -> Ruling | None:
    """Mail goes to a contact at an address of theirs, to our own people whom the settings name, and to nobody else."""
    if action.kind != "send_email":
        return None
    if not facts["recipient"]:
        return block("There is no usable address to write to.")
    if not facts["recipient_is_contact"]:
        whose = "this contact" if action.contact_id is not None else "our own people that the settings name"
        return block(f"{facts['recipient']} is not an address of {whose}.")
    return None


def recipient_is_not_suppressed(action: Action, facts: Facts, limits: AgentSettings) -> Ruling | None:
    """Nobody is written to who bounced, complained or opted out; where that ends on a day, the message waits for it."""
    if action.kind != "send_email" or not facts["suppressed"]:
        return None
    until = facts["suppressed_until"]
    return block(facts["suppressed"]) if until is None else defer(facts["suppressed"], until=until)


def message_is_complete(action: Action, facts: Facts, limits: AgentSettings) -> Ruling | None:
    """A message with a variable that was not filled in is never sent."""
    if action.kind != "send_email" or not facts["unresolved_variables"]:
        return None
    return block(f"The message still contains {', '.join(facts['unresolved_variables'])}.")


def client_has_not_replied_since(action: Action, facts: Facts, limits: AgentSettings) -> Ruling | None:
    """A message is not sent when the person has written to us since it was proposed."""
    if action.kind != "send_email" or facts["replied_at"] is None:
        return None
    if facts["replied_at"] <= facts["proposed_at"]:
        return None
    return block("They have written to us since this was proposed.")


def machines_get_no_answer(action: Action, facts: Facts, limits: AgentSettings) -> Ruling | None:
    """No message answers a machine (a bounce, an automatic reply, a list, a no-reply address) or a mail of our own."""
    if action.kind != "send_email" or not action.payload.get("in_reply_to") or not facts["answer_objection"]:
        return None
    return block(facts["answer_objection"])


def answers_keep_their_distance(action: Action, facts: Facts, limits: AgentSettings) -> Ruling | None:
    """A conversation gets one automatic answer within seven days, and a domain one within the hour."""
    if action.kind != "send_email" or action.is_rehearsal or not action.payload.get("in_reply_to"):
        return None
    if facts["thread_answered_at"] is not None:
        return hold(
            f"This conversation had an automatic answer on {facts['thread_answered_at']:%Y-%m-%d}. A second one within "
            "seven days is for a person to approve."
        )
    if facts["domain_answered_until"] is not None:
        return defer(
            "This domain had an automatic answer within the hour.", until=facts["domain_answered_until"]
        )
    return None


def message_keeps_business_hours(action: Action, facts: Facts, limits: AgentSettings) -> Ruling | None:
    """Messages leave while recipient and desk are at work; rehearsals, and what the client waits for, at any hour."""
    if action.kind != "send_email" or action.is_rehearsal or action.payload.get("stream") == OWED_STREAM:
        return None
    if facts["opens_at"] is None:
        return None
    return defer(
        "They are away, or it is outside business hours here or where they are.", until=facts["opens_at"]
    )


def contact_is_not_crowded(action: Action, facts: Facts, limits: AgentSettings) -> Ruling | None:
    """One person gets no more messages in a day and in 14 days, from all engines together, than the tenant allows."""
    if action.kind != "send_email" or action.payload.get("stream") == OWED_STREAM:
        return None
    if facts["messages_to_contact"] >= limits.max_emails_per_contact_per_day:
        return defer("This person has been written to within the last 24 hours.", until=facts["next_hour"])
    if facts["messages_in_fortnight"] >= limits.max_emails_per_contact_per_fortnight:
        return defer(
            f"This person has had {facts['messages_in_fortnight']} messages within 14 days, which is enough.",
            until=facts["next_hour"],
        )
    return None


def approval_is_asked_for(action: Action, facts: Facts, limits: AgentSettings) -> Ruling | None:
    """What its engine wants a person to see first waits for approval."""
    return hold(str(action.payload["approval"])) if action.payload.get("approval") else None


def nothing_sensitive_leaves(action: Action, facts: Facts, limits: AgentSettings) -> Ruling | None:
    """No message, research or script carries a secret, an account or identity number, or payment instructions."""
    if action.kind == "create_task":
        return None
    found = facts["sensitive"] or (facts["sensitive_message"] if action.kind == "send_email" else "")
    return block(f"It contains {found}, which the agent never passes on.") if found else None


def mail_is_running(action: Action, facts: Facts, limits: AgentSettings) -> Ruling | None:
    """While mail is stopped, messages wait; nothing of them is lost."""
    if action.kind != "send_email" or action.is_rehearsal or not facts["mail_stop"]:
        return None
    return defer(facts["mail_stop"], until=facts["next_hour"])


def sending_domain_is_proven(action: Action, facts: Facts, limits: AgentSettings) -> Ruling | None:
    """Mail reaches clients only from a domain whose SPF, DKIM and DMARC records were in order within seven days."""
    if action.kind != "send_email" or action.is_rehearsal or not facts["domain_objection"]:
        return None
    return defer(facts["domain_objection"], until=facts["next_hour"])


def delivery_matches_the_plan(action: Action, facts: Facts, limits: AgentSettings) -> Ruling | None:
    """What was planned for delivery waits while the send mode would only rehearse it."""
    if action.kind != "send_email" or action.is_rehearsal or facts["is_deliverable"]:
        return None
    return defer(
        f"The send mode is {facts['send_mode']}: nothing leaves to this address.", until=facts["next_hour"]
    )


def caps_hold(action: Action, facts: Facts, limits: AgentSettings) -> Ruling | None:
    """The tenant's caps on messages, research and sandbox runs hold, by hour and by day; what is over them waits."""
    if action.kind not in CAPPED_KINDS or action.is_rehearsal or facts["cap_left"] > 0:
        return None
    return defer(f"The cap on {CAPPED_KINDS[action.kind]} is used up.", until=facts["cap_until"])


Rule = Callable[[Action, Facts, AgentSettings], Ruling | None]

# All run for every card; the strictest wins, and among equals the first.
RULES: tuple[Rule, ...] = (
    appraiser_stays_independent,
    no_human_task_unless_requested,
    research_after_engagement,
    recipient_is_known,
    recipient_is_not_suppressed,
    message_is_complete,
    client_has_not_replied_since,
    approval_is_asked_for,
    nothing_sensitive_leaves,
    machines_get_no_answer,
    answers_keep_their_distance,
    message_keeps_business_hours,
    mail_is_running,
    sending_domain_is_proven,
    delivery_matches_the_plan,
    contact_is_not_crowded,
    caps_hold,
)
# Rules on trial: their word is stored with the verdict and decides nothing.
OBSERVED: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What all rules together say of one action, and what each of them said."""

    ruling: Ruling
    rule: str
    results: tuple[tuple[str, str, str], ...]


ALLOWED = Ruling(kind=VerdictKind.ALLOW, reason="No rule objects.")


def judge_action(
    action: Action, facts: Facts, limits: AgentSettings, *, rules: tuple[Rule, ...] = RULES
) -> Judgement:
    """Run every rule. A rule that raises, or misses a fact, holds the card for a person."""
    results: list[tuple[str, str, str]] = []
    deciding, code = ALLOWED, ""
    for rule in rules:
        ruling = _run_rule(rule, action, facts, limits)
        if ruling is None:
            continue
        name = rule.__name__
        results.append((name, str(ruling.kind), ruling.reason))
        if name not in OBSERVED and STRICTNESS[ruling.kind] > STRICTNESS[deciding.kind]:
            deciding, code = ruling, name
    return Judgement(ruling=deciding, rule=code, results=tuple(results))


def _run_rule(rule: Rule, action: Action, facts: Facts, limits: AgentSettings) -> Ruling | None:
    try:
        return rule(action, facts, limits)
    except MissingFact as missing:
        return hold(f"{missing} A person must decide.")
    except Exception as error:
        # A broken rule must not let an action through, nor stop the judging of all others.
        return hold(
            f"The rule {rule.__name__} failed ({type(error).__name__}: {error}). A person must decide."
        )
