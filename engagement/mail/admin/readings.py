"""What the agent read in a mail, in words, and the filters of the list of messages by it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from agent.admin.display import badge, quote, sentence, stack
from engagement.mail.models import Message

FLAGS = {
    "dmarc_fail": "Fails its own domain's check (DMARC): anybody may have written it",
    "look_alike_domain": "Its domain imitates one that we trust",
    "other_address_in_name": "Shows another address as the sender's name",
    "reply_to_differs": "An answer would go to another company",
    "executable_attachment": "Brings a file that runs when it is opened",
    "archive_attachment": "Brings an archive, which was not opened",
    "hidden_text": "Holds text that its reader cannot see",
    "injected_instructions": "Gives orders to a program",
}
SIGNALS = {
    "complaint": "A complaint",
    "urgency": "Urgency",
    "upsell": "More business",
    "renewal": "A renewal",
    "referral": "A referral",
}
SENTIMENTS = {"negative": "Unhappy", "neutral": "Neither happy nor unhappy", "positive": "Happy"}


def describe_reading(message: Message) -> SafeString:
    """Warnings, requests and signals in the sender's words, and what else is known."""
    reading = message.reading
    parts = [
        *(badge(FLAGS.get(flag, flag), "warning") for flag in reading.get("flags", ())),
        *(stack(quote(one["quote"]), sentence(_when(one))) for one in message.requests),
        *(stack(quote(one["evidence"]), sentence(_signal(one))) for one in reading.get("signals", ())),
        *map(sentence, _facts(reading)),
    ]
    return stack(*parts) if parts else sentence("It asks nobody for anything, and names no order or invoice.")


def _when(request: dict[str, Any]) -> str:
    when = f", {request['due_words']}" if request["due_words"] else ""
    return f"Asks for: {request['kind']}{when}."


def _signal(signal: dict[str, Any]) -> str:
    return f"{SIGNALS.get(signal['type'], signal['type'])}, strength {signal['strength']:.2f} of 1."


def _facts(reading: dict[str, Any]) -> Iterator[str]:
    if reading.get("is_opt_out"):
        yield "They ask not to be written to."
    named = ", ".join(one["ref"] for one in reading.get("references", ()))
    if named:
        yield f"It names {named}."
    mood = (reading.get("sentiment") or {}).get("label")
    if mood in SENTIMENTS and mood != "neutral":
        yield f"The sender sounds {SENTIMENTS[mood].lower()}."
    yield from _absence(reading.get("auto_reply") or {})
    signer = reading.get("signature") or {}
    signed = ", ".join(filter(None, (signer.get("name"), signer.get("title"), signer.get("company"))))
    if signed:
        yield f"Signed: {signed}."


def _absence(reply: dict[str, Any]) -> Iterator[str]:
    if reply.get("left_company"):
        yield "They have left the company."
    if reply.get("return_date"):
        yield f"They are back on {reply['return_date']}."
    if reply.get("instead"):
        yield f"Instead one may turn to {reply['instead']}."


class _ReadingFilter(admin.SimpleListFilter):
    """Messages in whose reading something stands."""

    choices_of: ClassVar[dict[str, str]]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(self.choices_of.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Message]) -> QuerySet[Message]:
        value = self.value()
        return queryset.filter(reading__contains=self.reading_of(value)) if value else queryset

    def reading_of(self, value: str) -> dict[str, Any]:
        """The part of a reading that a message must have."""
        raise NotImplementedError


class FlagFilter(_ReadingFilter):
    title = "warning"
    parameter_name = "flag"
    choices_of = FLAGS

    def reading_of(self, value: str) -> dict[str, Any]:
        return {"flags": [value]}


class SignalFilter(_ReadingFilter):
    title = "signal"
    parameter_name = "signal"
    choices_of = SIGNALS

    def reading_of(self, value: str) -> dict[str, Any]:
        return {"signals": [{"type": value}]}


class SentimentFilter(_ReadingFilter):
    title = "mood"
    parameter_name = "mood"
    choices_of = SENTIMENTS

    def reading_of(self, value: str) -> dict[str, Any]:
        return {"sentiment": {"label": value}}
