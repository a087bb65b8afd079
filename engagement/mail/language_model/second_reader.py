"""Lets a language model fill what the rules left open in one mail, and judges every word of it.

Only a person's mail from outside is shown, without a sign of malice and without anything that must not leave the
desk. What the rules found stands. The model may name a category where they found none, a sentiment where they felt
nothing, signals where they saw none; and it may point at a sentence that asks for a person, which then has to pass
the rules' own guardrails. Each evidence has to stand verbatim in the sender's own words. Any error leaves the
rules' reading as it is, with a line in the log that holds none of the mail.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import tzinfo

import structlog
from django.conf import settings

from agent.models import Tenant
from agent.sensitive import find_sensitive
from agent.switches import read_environment_stop, read_stop
from agent.tenant_settings import InvalidAgentSettings
from engagement.mail.reading import Category, MailReading, NewestText, ParsedMessage, Tier
from engagement.mail.reading.closing import unread_spans
from engagement.mail.reading.request_proposals import judge_proposal
from engagement.mail.reading.sentiment import NEUTRAL, Sentiment
from engagement.mail.reading.signals import Signal

from .answers import OFFERED, Answer, parse_answer
from .endpoint import LanguageModel, LanguageModelError
from .questions import MAX_TEXT_CHARACTERS, question_about

logger = structlog.get_logger(__name__)

MAX_FAILURES = 3
_MALICE = frozenset({"dmarc_fail", "injected_instructions", "hidden_text", "look_alike_domain"})
_BY_KIND = {"call": Category.CALLBACK_REQUEST, "meeting": Category.MEETING_REQUEST}


@dataclass(frozen=True)
class SecondReading:
    """A reading, and which parts of it are the model's."""

    reading: MailReading
    by_model: tuple[str, ...] = ()


@dataclass
class SecondReader:
    """A model for the length of one import. After three errors in a row it is not asked again: mail does not wait."""

    model: LanguageModel
    failures: int = 0

    def read(self, parsed: ParsedMessage, reading: MailReading, *, zone: tzinfo | None) -> SecondReading:
        """The reading with what the model may add to it; never raises for what the endpoint does."""
        if self.failures >= MAX_FAILURES or read_environment_stop() or not _may_be_shown(parsed, reading):
            return SecondReading(reading)
        question = question_about(
            text=reading.newest.text, subject=parsed.subject, sender_name=parsed.from_name
        )
        try:
            answer = parse_answer(self.model.ask(question))
        except LanguageModelError as error:
            self.failures += 1
            logger.warning("language_model_not_heard", reason=str(error), failures=self.failures)
            return SecondReading(reading)
        self.failures = 0
        return _filled(parsed, reading, answer, zone=zone)


def second_reader_of(tenant: Tenant) -> SecondReader | None:
    """The second reader of a tenant that asked for one, while the installation has one and nothing is stopped."""
    if not settings.LANGUAGE_MODEL_URL:
        return None
    try:
        is_on = tenant.settings.is_language_model_on
    except InvalidAgentSettings:
        return None  # What cannot be understood allows nothing; the cycle tells the operator.
    if not is_on or read_stop(tenant.pk) is not None:
        return None
    model = LanguageModel(
        settings.LANGUAGE_MODEL_URL, settings.LANGUAGE_MODEL_NAME, settings.LANGUAGE_MODEL_KEY
    )
    return SecondReader(model)


def _may_be_shown(parsed: ParsedMessage, reading: MailReading) -> bool:
    """Whether the mail is a person's, harmless, short enough, and leaves something open."""
    text = reading.newest.text
    is_person = reading.tier is Tier.HUMAN and not reading.is_internal and not reading.is_no_reply
    is_readable = bool(text.strip()) and len(text) <= MAX_TEXT_CHARACTERS and not reading.newest.is_only_quote
    if not is_person or not is_readable or _MALICE & set(reading.flags) or reading.opt_out is not None:
        return False
    is_open = reading.category is Category.GENERAL or not reading.signals or reading.sentiment == NEUTRAL
    return is_open and not find_sensitive([text, parsed.subject])


def _filled(
    parsed: ParsedMessage, reading: MailReading, answer: Answer, *, zone: tzinfo | None
) -> SecondReading:
    """The reading with the parts of an answer that count."""
    own = _OwnWords(reading.newest, unread_spans(reading.newest.text, sender_name=parsed.from_name))
    by_model: list[str] = []
    if not reading.requests and answer.request is not None:
        place = own.find(answer.request.evidence)
        request = place and judge_proposal(
            reading.newest,
            start=place[0],
            end=place[1],
            kind=answer.request.kind.value,
            sent_at=parsed.sent_at,
            zone=zone,
            sender_name=parsed.from_name,
        )
        if request:
            reading = replace(reading, requests=(request,))
            by_model.append("request")
    category = _category(reading, answer, own)
    if category is not None:
        reading = replace(reading, category=category)
        by_model.append("category")
    if not reading.signals and (signals := _signals(answer, own)):
        reading = replace(reading, signals=signals)
        by_model.append("signals")
    felt = answer.sentiment
    if reading.sentiment == NEUTRAL and felt and felt.label != NEUTRAL.label and own.find(felt.evidence):
        score = abs(felt.score) if felt.label == "positive" else -abs(felt.score)
        reading = replace(reading, sentiment=Sentiment(felt.label, round(score, 3)))
        by_model.append("sentiment")
    return SecondReading(reading, tuple(by_model))


def _category(reading: MailReading, answer: Answer, own: _OwnWords) -> Category | None:
    """A category where the rules found none: what was asked for, or what the model says with evidence."""
    if reading.category is not Category.GENERAL:
        return None
    if reading.requests and (by_kind := _BY_KIND.get(reading.requests[0].kind)):
        return by_kind
    said = answer.category
    if (
        said is None
        or said.value not in OFFERED
        or said.value is Category.GENERAL
        or not own.find(said.evidence)
    ):
        return None
    return said.value


def _signals(answer: Answer, own: _OwnWords) -> tuple[Signal, ...]:
    """One signal of each type whose evidence stands, in the order of the text."""
    found: dict[str, Signal] = {}
    for one in answer.signals:
        place = own.find(one.evidence)
        if place and one.type not in found:
            found[one.type] = Signal(one.type, round(one.strength, 2), one.evidence, *place)
    return tuple(sorted(found.values(), key=lambda signal: signal.start))


@dataclass(frozen=True)
class _OwnWords:
    """The newest text without quotes, signature and boilerplate, as a place to find evidence in."""

    newest: NewestText
    unread: tuple[tuple[int, int], ...]

    def find(self, evidence: str) -> tuple[int, int] | None:
        """Where the evidence stands verbatim in the sender's own words, or None."""
        masked = [*self.newest.quoted, *self.unread]
        start = self.newest.text.find(evidence)
        while start >= 0:
            end = start + len(evidence)
            if not any(first < end and start < last for first, last in masked):
                return start, end
            start = self.newest.text.find(evidence, start + 1)
        return None
