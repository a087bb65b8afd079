"""What mail providers and schedulers tell us over HTTP. The pages that recipients open are `engagement.mail.views`."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from agent.api import refuse_stranger
from agent.middleware import opens_own_scope
from agent.rest.problems import answer_problem
from engagement.mail.provider_events import record_provider_event
from engagement.mail.providers import ForgedEvent, WebhookClosed, read_webhook

# An event is a few thousand characters.
LARGEST_EVENT = 256 * 1024


@csrf_exempt  # A scheduler has no session; its secret is the proof.
@opens_own_scope
@require_http_methods(["GET", "POST"])
def ring_gmail(request: HttpRequest) -> JsonResponse:
    """Ring for new mail of every tenant, as the schedule does every five minutes (spec P0.2, cron endpoint).

    `Authorization: Bearer CRON_SECRET`; refused while the secret is unset. Ringing twice changes nothing.
    """
    if refusal := refuse_stranger(request, "CRON_SECRET", settings.CRON_SECRET):
        return refusal
    # Only where it is rung: the tasks bring in the vocabulary of reading, half a second to compile.
    from engagement.mail.tasks import poll_mail

    return JsonResponse({"tenants": poll_mail()}, status=202)


@csrf_exempt  # A provider has no session; its signature is the proof.
@opens_own_scope
@require_POST
def take_provider_event(request: HttpRequest, provider: str) -> JsonResponse:
    """Take in what a provider tells us of a message (delivered, bounced, complained, ...).

    Refused while the secret of its signatures is unset. What we have heard before, what we do not act upon and what
    is about no message of ours is answered like news, so that the provider does not repeat it.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_EVENT:
        words = f"An event has at most {LARGEST_EVENT} bytes."
        return answer_problem(request, status=413, code="too_large", detail=words)
    try:
        told = read_webhook(provider, request)
    except KeyError:
        words = f"No mail provider here is called {provider}."
        return answer_problem(request, status=404, code="not_found", detail=words)
    except WebhookClosed as closed:
        words = f"{closed} Set it and restart."
        return answer_problem(request, status=403, code="secret_not_set", detail=words)
    except ForgedEvent as forged:
        words = f"This is not the provider's: {forged}"
        return answer_problem(request, status=400, code="forged_event", detail=words)
    if told is None:
        return JsonResponse({"taken": "ignored"})
    return JsonResponse({"taken": record_provider_event(told=told, now=timezone.now())})
