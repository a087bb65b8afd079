"""The page behind the link in a message: one click stops such messages, and a form offers the other choices.

No log-in, cookie or CSRF token: whoever holds the link may use it, and a mail provider that posts for its reader has
none of them (RFC 8058, section 3.1). Looking at the page changes nothing, because programs look too. Whatever is
wrong with a link, the answer is the same, so that it tells nobody what exists.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from agent.middleware import opens_own_scope
from agent.models import Tenant
from agent.public_pages import answer_outsider
from agent.tenancy import tenant_scope
from engagement.mail.models import OPTIONAL_STREAMS, Mailbox, Stream
from engagement.mail.opt_out import read_token
from engagement.mail.preferences import (
    Preferences,
    Recipient,
    choose_streams,
    end_pause,
    find_recipient,
    pause_messages,
    read_preferences,
    stop_stream,
)

LONGEST_PAUSE = timedelta(days=366)
WORDS: dict[Stream, str] = {
    Stream.RELATIONSHIP: "A short note when we have not been in touch for a few weeks.",
    Stream.MARKETING: "Now and then, what is new with us.",
}


class UnusableChoice(ValueError):
    """The form asks for something that cannot be done; the message says what to do instead."""


@csrf_exempt
@opens_own_scope
@require_http_methods(["GET", "HEAD", "POST"])
def choose_preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the person gets from us, or do what they ask; see RFC 8058 for the one click."""
    named = read_token(token)
    tenant = Tenant.objects.filter(pk=named.tenant_id).first() if named else None
    if named is None or tenant is None:
        return _refuse_link(request)
    with tenant_scope(tenant), timezone.override(tenant.zone):
        recipient = find_recipient(named.card_id)
        if recipient is None:
            return _refuse_link(request)
        return _answer(request, tenant, recipient, now=timezone.now())


def _answer(request: HttpRequest, tenant: Tenant, recipient: Recipient, *, now: datetime) -> HttpResponse:
    said, problem = "", ""
    if request.method == "POST":
        try:
            said = _carry_out(request.POST, recipient, now)
        except UnusableChoice as error:
            problem = str(error)
    preferences = read_preferences(recipient=recipient, now=now)
    today = timezone.localdate(now)
    context = {
        "tenant": tenant,
        "address": _masked(recipient.address),
        "mailbox": Mailbox.objects.primary(),
        "said": said,
        "problem": problem,
        "preferences": preferences,
        "streams": [_line(stream, preferences) for stream in OPTIONAL_STREAMS],
        "this": _line(recipient.stream, preferences),
        "earliest": today + timedelta(days=1),
        "latest": today + LONGEST_PAUSE,
    }
    return answer_outsider(request, "preferences/choose.html", context, status=400 if problem else 200)


def _carry_out(form: QueryDict, recipient: Recipient, now: datetime) -> str:
    """Do what was asked; returns what to call it. Raises `UnusableChoice`."""
    act = "stop" if form.get("List-Unsubscribe") == "One-Click" else form.get("act", "")
    if act not in _ACTS:
        raise UnusableChoice("Nothing was changed: please use one of the buttons below.")
    return _ACTS[act](form, recipient, now)


def _stop(form: QueryDict, recipient: Recipient, now: datetime) -> str:
    stop_stream(recipient=recipient, now=now)
    return "Done. We have stopped these messages."


def _stop_all(form: QueryDict, recipient: Recipient, now: datetime) -> str:
    choose_streams(recipient=recipient, wanted=(), now=now)
    return "Done. We have stopped all messages but those about your orders."


def _choose(form: QueryDict, recipient: Recipient, now: datetime) -> str:
    wanted = [stream for stream in OPTIONAL_STREAMS if stream in form.getlist("stream")]
    choose_streams(recipient=recipient, wanted=wanted, now=now)
    return "Your choice is saved."


def _pause(form: QueryDict, recipient: Recipient, now: datetime) -> str:
    today = timezone.localdate(now)
    try:
        day = date.fromisoformat(form.get("until", "").strip())
    except ValueError:
        raise UnusableChoice("Please give the day as year-month-day, such as 2027-01-15.") from None
    if not today < day <= today + LONGEST_PAUSE:
        raise UnusableChoice("Please choose a day from tomorrow on, within a year.")
    until = datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())
    pause_messages(recipient=recipient, until=until, now=now)
    return "Done. We have paused our messages."


def _resume(form: QueryDict, recipient: Recipient, now: datetime) -> str:
    end_pause(recipient=recipient, now=now)
    return "Done. The pause is over."


_ACTS: dict[str, Callable[[QueryDict, Recipient, datetime], str]] = {
    "stop": _stop,
    "stop_all": _stop_all,
    "choose": _choose,
    "pause": _pause,
    "resume": _resume,
}


def _line(stream: Stream, preferences: Preferences) -> dict[str, Any]:
    """One kind of message as the page shows it."""
    return {
        "value": stream.value,
        "label": stream.label,
        "words": WORDS[stream],
        "is_wanted": stream in preferences.wanted,
        "is_closed": stream in preferences.closed,
        "arrives": preferences.arrives(stream),
    }


def _masked(address: str) -> str:
    """The address as its owner recognises it and nobody else learns it."""
    local, _, domain = address.rpartition("@")
    return f"{local[: 2 if len(local) > 3 else 1]}…@{domain}"


def _refuse_link(request: HttpRequest) -> HttpResponse:
    return answer_outsider(request, "preferences/unknown_link.html", {}, status=404)
