"""Mail about alerts: the one module beside `engagement.mail` that may open a mail connection.

What leaves here is no client message: it goes to addresses that an operator has named for alerts, it is capped and
de-duplicated as notices are, and no template or text of a domain can reach it. Cards are for clients.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.core import mail


class MailRefused(RuntimeError):
    """The mail server did not take a notice; the message says what it said."""


def send_notice_mail(*, to: Sequence[str], subject: str, body: str, key: UUID) -> None:
    """Send one notice to all its recipients, once more with the same Message-ID when it is tried again.

    Raises `MailRefused`. `Auto-Submitted` keeps vacation responders from answering (RFC 3834).
    """
    message = mail.EmailMessage(
        subject=" ".join(subject.split())[:200],
        body=body,
        from_email=settings.ALERT_EMAIL_FROM,
        to=list(to),
        headers={
            "Message-ID": f"<notice-{key}@{settings.ALERT_EMAIL_FROM.rpartition('@')[2].rstrip('>')}>",
            "Auto-Submitted": "auto-generated",
            "X-Agent-Notice": str(key),
        },
    )
    try:
        message.send(fail_silently=False)
    except (OSError, ValueError) as error:  # every error of the mail library is one of these
        raise MailRefused(f"{type(error).__name__}: {error}") from error
