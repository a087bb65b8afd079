"""What Resend posts to a webhook: bodies in its shape (resend.com, "Event types"), signed as it signs them (svix)."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from svix.webhooks import Webhook

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
PATH = "/api/webhooks/resend"
numbers = itertools.count(1)


def resend_event(
    kind: str, *, card: str, to: str, email_id: str, at: str = "2026-11-23T16:05:00.000Z", **data: Any
) -> bytes:
    """The body of one event; `card` is the tag that came with the message, more of `data` by name."""
    return json.dumps(
        {
            "type": f"email.{kind}",
            "created_at": at,
            "data": {
                "created_at": "2026-11-23T16:00:01.000Z",
                "email_id": email_id,
                "from": "Orders <orders@meridianvs.test>",
                "to": [to],
                "subject": "Checking in",
                "tags": {"card": card},
                **data,
            },
        }
    ).encode()


def signed(
    body: bytes, *, event_id: str = "", secret: str = SECRET, age: timedelta = timedelta(0)
) -> dict[str, Any]:
    """The headers that go with a body, as Django's test client takes them."""
    name = event_id or f"msg_{next(numbers)}"
    at = datetime.now(UTC) - age
    return {
        "svix-id": name,
        "svix-timestamp": str(int(at.timestamp())),
        "svix-signature": Webhook(secret).sign(name, at, body.decode()),
    }
