"""What mail contributes to the hourly cycle: tasks that clients ask for, and the sending of every message.

Rendering and delivery live in `engagement.mail.sending`, requests in `engagement.mail.client_requests`. Whether a
message may leave is the policy's; this engine supplies the facts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db.models import Q, Sum

from agent.models import Card, Event
from agent.registry import Cycle, Engine, Handler, Plan, Report
from agent.states import SendMode
from engagement.mail import client_requests, sending
from engagement.mail.attachments import announce_attachments
from engagement.mail.failures import read_mail_health
from engagement.mail.follow_ups import PauseMarketing, plan_follow_ups
from engagement.mail.models import Bounce, Direction, EmailSuppression, Mailbox, Message
from engagement.mail.replies import stop_follow_ups
from engagement.mail.sending_domains import GATED_MODES, read_domain_objection

DAY = timedelta(hours=24)


class MailEngine(Engine):
    """Answers what people write to us, and writes to them."""

    slug: ClassVar[str] = client_requests.ENGINE
    label: ClassVar[str] = "Mail"

    def plan(self, cycle: Cycle) -> Plan:
        """A task for each explicit request in mail that no plan has answered, and the cards that follow from what the
        mail is; for mail without a task, why there is none."""
        messages = client_requests.unanswered_messages()
        requests = client_requests.plan_requests(messages, cycle)
        return replace(requests, proposals=(*requests.proposals, *plan_follow_ups(messages, cycle)))

    def handlers(self) -> Sequence[Handler]:
        return (sending.SendEmail(), PauseMarketing())

    def card_facts(self, cards: Sequence[Card], cycle: Cycle) -> Sequence[Mapping[str, Any]]:
        """Whom a message would reach and what stands in its way; whether a task's quote is proven."""
        facts: list[Mapping[str, Any]] = [{} for _ in cards]
        _fill(facts, cards, sending.KIND, lambda chosen: sending.send_email_facts(chosen, cycle))
        _fill(facts, cards, client_requests.KIND, client_requests.task_facts)
        return facts

    def react(self, cycle: Cycle, events: Sequence[Event]) -> None:
        """Take back what waits for people who have written, take off the planner's list what it has answered, and have
        the library fetch what came attached."""
        stop_follow_ups(events, cycle=cycle)
        client_requests.mark_answered()
        announce_attachments(events, now=cycle.now)

    def object_to_mode(self, mode: SendMode, *, now: datetime) -> str:
        """Clients are written to only from a domain whose records let receivers believe it."""
        mailbox = Mailbox.objects.primary()
        if mailbox is None:
            return (
                "No mailbox to write from: mark one of the company's mailboxes as primary."
                if mode in GATED_MODES
                else ""
            )
        return read_domain_objection(domain=mailbox.domain, mode=mode, now=now)

    def health(self, cycle: Cycle, *, since: datetime) -> Mapping[str, float]:
        """What became of our messages and of our provider lately, for alerts."""
        return read_mail_health(cycle=cycle, since=since)

    def report(self, cycle: Cycle) -> Report:
        """Mail of the last 24 hours, and the addresses that are closed to us."""
        since = cycle.now - DAY
        received = Message.objects.filter(direction=Direction.IN, stored_at__gt=since)
        return Report(
            figures={
                "mails_received_24h": received.count(),
                "mail_requests_24h": received.aggregate(requests=Sum("request_count", default=0))["requests"],
                "mail_bounces_24h": _count_bounces(since),
                "suppressions": EmailSuppression.objects.in_force(cycle.now).count(),
            }
        )


def _count_bounces(since: datetime) -> int:
    """By when we learned of them: a report's date is its sender's, and the provider's word has no mail."""
    by_webhook = Q(message__isnull=True, at__gt=since)
    return Bounce.objects.filter(Q(message__stored_at__gt=since) | by_webhook).count()


def _fill(
    facts: list[Mapping[str, Any]],
    cards: Sequence[Card],
    kind: str,
    read: Callable[[Sequence[Card]], Sequence[Mapping[str, Any]]],
) -> None:
    """Put the facts about the cards of one kind in their places; nothing is read when there are none."""
    places = [place for place, card in enumerate(cards) if card.kind == kind]
    if places:
        for place, known in zip(places, read([cards[place] for place in places]), strict=True):
            facts[place] = known
