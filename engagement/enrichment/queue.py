"""The enrichment queue: mails of contacts in, values of their signatures out. Inside a tenant scope.

A fixed number of statements, whatever the number of mails. What a signature says is judged in
`engagement.enrichment.signatures`; whether a value is taken or suggested, in `engagement.details`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from agent.bulk import update_rows, values_of
from engagement.addresses import normalised_or_none
from engagement.details import Offer
from engagement.enrichment.models import EnrichmentJob, JobState, OpportunitySignal, SignalType
from engagement.enrichment.signatures import Signed, has_signature, judge_signature
from engagement.mail.models import Message
from engagement.models import ContactDetail, DetailField
from engagement.services import Taken, find_contacts_by_address, offer_details

BATCH = 500
DAY = timedelta(hours=24)


@dataclass(frozen=True, kw_only=True)
class EnrichmentStatistics:
    """How enrichment stands: the queue, the last 24 hours, and what waits for people."""

    waiting_jobs: int
    jobs_24h: int
    skipped_24h: int
    values_24h: int
    proposals_waiting: int
    signals_24h: int
    unactioned: Mapping[SignalType, int]


def queue_enrichment(messages: Iterable[Message], *, now: datetime) -> int:
    """Queue the signed mails of contacts, each once however often it comes (spec P1.6, `queueEnrichment`).

    Returns how many are in the queue, or were. Bounces, automatic replies, mail of our own, of strangers and of
    forgers say nothing of a contact.
    """
    jobs = [
        EnrichmentJob(message=message, contact_id=message.contact_id, queued_at=now)
        for message in messages
        if has_signature(message)
    ]
    EnrichmentJob.objects.bulk_create(jobs, ignore_conflicts=True)
    return len(jobs)


def process_enrichment_queue(*, now: datetime, limit: int = BATCH) -> list[EnrichmentJob]:
    """Look at the mails that wait, and merge what they say into their writers (spec P1.6, `processEnrichmentQueue`)."""
    waiting = EnrichmentJob.objects.pending().select_for_update(of=("self",), skip_locked=True)
    jobs = list(
        waiting.select_related("message__contact").defer("message__body_text", "message__headers")[:limit]
    )
    if not jobs:
        return []
    signed = _judge([job.message for job in jobs])
    taken = offer_details(
        (offer for job in jobs for offer in _offers_of(job.message, signed[job.message_id])), now=now
    )
    _settle(jobs, signed, taken, now)
    return jobs


def enrichment_statistics(*, now: datetime) -> EnrichmentStatistics:
    """Count the queue, what it brought in 24 hours, and what waits for people (spec P1.6, `getEnrichmentStats`)."""
    settled = EnrichmentJob.objects.settled_since(now - DAY)
    states = Counter(dict(settled.values_list("state").annotate(jobs=Count("id")).order_by()))
    by_type = OpportunitySignal.objects.unactioned().order_by().values_list("type").annotate(Count("id"))
    counts = dict(by_type)
    learnt = ContactDetail.objects.filter(recorded_at__gt=now - DAY).exclude(evidence="")
    return EnrichmentStatistics(
        waiting_jobs=EnrichmentJob.objects.pending().count(),
        jobs_24h=states.total(),
        skipped_24h=states[JobState.SKIPPED],
        values_24h=learnt.current().count(),
        proposals_waiting=ContactDetail.objects.proposed().count(),
        signals_24h=OpportunitySignal.objects.seen_since(now - DAY).count(),
        unactioned={kind: counts.get(kind, 0) for kind in SignalType},
    )


def _judge(messages: Sequence[Message]) -> dict[int, Signed]:
    """Judge each signature, the oldest mail first: whoever signed before belongs to the address, too."""
    owners = find_contacts_by_address(map(_address_in, messages))
    signers = _earlier_signers(messages)
    found: dict[int, Signed] = {}
    for message in sorted(messages, key=lambda message: (message.sent_at, message.pk)):
        names = signers[message.from_address]
        owner = owners.get(normalised_or_none(_address_in(message)) or "")
        found[message.pk] = signed = judge_signature(message, owner=owner, signers=names)
        if signed.signer:
            names.add(signed.signer)
    return found


def _address_in(message: Message) -> str:
    """The address that the signature gives, as it stands there."""
    return str(message.reading["signature"].get("email") or "")


def _earlier_signers(messages: Sequence[Message]) -> dict[str, set[str]]:
    """The names under mails that were looked at before, by the address they came from. One query."""
    names: dict[str, set[str]] = defaultdict(set)
    earlier = EnrichmentJob.objects.filter(contact_id__in={message.contact_id for message in messages})
    known = earlier.exclude(state=JobState.PENDING).exclude(signer="")
    for address, signer in known.values_list("message__from_address", "signer").distinct():
        names[address].add(signer)
    return names


def _offers_of(message: Message, signed: Signed) -> Iterable[Offer]:
    for field, value in signed.details.items():
        yield Offer(
            contact_id=message.contact_id,
            field=field,
            value=value,
            by=message.from_address,
            message_id=message.message_id,
            evidence=str(message.reading["signature"].get("text") or value),
            said_at=message.sent_at,
            doubt=signed.doubts.get(field, ""),
        )


def _settle(jobs: Sequence[EnrichmentJob], signed: Mapping[int, Signed], taken: Taken, now: datetime) -> None:
    filled, proposed = _by_message(taken.filled), _by_message(taken.proposed)
    for job in jobs:
        verdict, name = signed[job.message_id], job.message.message_id
        job.state = JobState.SKIPPED if verdict.why_not else JobState.DONE
        job.signer, job.finished_at = verdict.signer, now
        job.filled, job.proposed = len(filled[name]), len(proposed[name])
        job.outcome = (verdict.why_not or _in_words(filled[name], proposed[name]))[:500]
    columns = ("id", "state", "signer", "outcome", "filled", "proposed")
    update_rows(EnrichmentJob, [values_of(job, columns) for job in jobs], finished_at=now)


def _by_message(rows: Iterable[ContactDetail]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row.message_id].append(DetailField(row.field).label.lower())
    return found


def _in_words(filled: Sequence[str], proposed: Sequence[str]) -> str:
    parts = []
    if filled:
        parts.append(f"Taken: {', '.join(filled)}.")
    if proposed:
        parts.append(f"Suggested: {', '.join(proposed)}.")
    return " ".join(parts) or "It says nothing new."
