"""Pages that people outside open by a link in a message, without a log-in: how each is answered.

Nothing of them is stored on the way, found by search engines or told to other sites, and nothing in them runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# No script, nothing inline, nothing from elsewhere; forms post to this site alone.
CONTENT_POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)


def answer_outsider(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page for somebody who holds a link of ours."""
    response = render(request, template, dict(context), status=status)
    response["Content-Security-Policy"] = CONTENT_POLICY
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store, private"
    return response
