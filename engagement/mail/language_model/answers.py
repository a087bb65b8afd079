"""What a model may answer: a strict schema, and nothing beside it.

An answer with a field that was not asked for is refused whole: a mail that talked the model into naming a recipient or
an action gets nothing.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engagement.mail.reading import Category
from engagement.mail.reading.signals import SignalType

from .endpoint import LanguageModelError

# What a person's mail can be about. What a machine sent, what is an attack and who wants no more mail is for the rules.
OFFERED = (
    Category.NEW_ORDER,
    Category.ORDER_CHANGE,
    Category.ORDER_HOLD,
    Category.ORDER_RESUME,
    Category.ORDER_CANCEL,
    Category.ORDER_STATUS_REQUEST,
    Category.REVISION_REQUEST,
    Category.ROV_REQUEST,
    Category.BID_REQUEST,
    Category.BID_AWARD,
    Category.BID_LOSS,
    Category.BID_DEFERRED,
    Category.BID_QUESTION,
    Category.COMPLAINT,
    Category.PRAISE,
    Category.FEEDBACK_RESPONSE,
    Category.RENEWAL,
    Category.UPSELL,
    Category.BILLING,
    Category.CREDIT_REQUEST,
    Category.CONTACT_CHANGE,
    Category.COMPLIANCE_DOCUMENT,
    Category.COMPLIANCE_ISSUE,
    Category.GENERAL,
)
Evidence = Annotated[str, Field(min_length=4, max_length=700)]


class RequestKind(StrEnum):
    """What only a person can do for the client."""

    CALL = "call"
    MEETING = "meeting"
    REVIEW = "review"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class CategoryAnswer(_Strict):
    """What the mail is about, and the words that say so."""

    value: Category
    evidence: Evidence


class SentimentAnswer(_Strict):
    """How the writer feels, and the words that show it."""

    label: Literal["negative", "neutral", "positive"]
    score: Annotated[float, Field(ge=-1, le=1)]
    evidence: Evidence


class SignalAnswer(_Strict):
    """One opportunity, and the words that tell of it."""

    type: SignalType
    strength: Annotated[float, Field(ge=0, le=1)]
    evidence: Evidence


class RequestAnswer(_Strict):
    """One sentence that asks our people for something."""

    kind: RequestKind
    evidence: Evidence


class Answer(_Strict):
    """Everything a model is asked about one mail; what it does not see is null or empty."""

    category: CategoryAnswer | None = None
    sentiment: SentimentAnswer | None = None
    signals: Annotated[tuple[SignalAnswer, ...], Field(max_length=5)] = ()
    request: RequestAnswer | None = None


def parse_answer(words: str) -> Answer:
    """The answer in a model's words. Raises `LanguageModelError` when it is not exactly what was asked for."""
    try:
        return Answer.model_validate_json(words)
    except ValidationError as error:
        places = sorted({".".join(str(part) for part in one["loc"][:1]) for one in error.errors()} - {""})
        known = [place for place in places if place in Answer.model_fields]
        where = f" ({', '.join(known)})" if known else ""
        raise LanguageModelError(f"Its answer does not have the form that was asked for{where}.") from None
