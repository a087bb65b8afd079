"""The tables of mail. What a mail means is decided in `engagement.mail.reading`, before it is stored here."""

from engagement.mail.models.categories import Category
from engagement.mail.models.failures import FailureKind, ProviderFailure
from engagement.mail.models.links import LinkBasis, MailLink
from engagement.mail.models.mailboxes import Mailbox
from engagement.mail.models.messages import (
    Attachment,
    Direction,
    Message,
    SenderStanding,
    SentTo,
    Thread,
    Tier,
)
from engagement.mail.models.provider_events import ProviderEvent, ProviderEventKind
from engagement.mail.models.sending_domains import DomainCheck, DomainResult
from engagement.mail.models.suppression import (
    CLOSED_STREAMS,
    OPTIONAL_STREAMS,
    PERSONAL_REASONS,
    Bounce,
    BounceSeverity,
    EmailSuppression,
    Stream,
    SuppressionReason,
    SuppressionScope,
)

__all__ = [
    "CLOSED_STREAMS",
    "OPTIONAL_STREAMS",
    "PERSONAL_REASONS",
    "Attachment",
    "Bounce",
    "BounceSeverity",
    "Category",
    "Direction",
    "DomainCheck",
    "DomainResult",
    "EmailSuppression",
    "FailureKind",
    "LinkBasis",
    "MailLink",
    "Mailbox",
    "Message",
    "ProviderEvent",
    "ProviderEventKind",
    "ProviderFailure",
    "SenderStanding",
    "SentTo",
    "Stream",
    "SuppressionReason",
    "SuppressionScope",
    "Thread",
    "Tier",
]
