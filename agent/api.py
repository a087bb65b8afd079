"""What other programs may ask of the kernel over HTTP. The console's own views are `agent.views`.

Each proves itself by `Authorization: Bearer` and a secret of the environment; while that is unset, nobody may ask.
"""

from __future__ import annotations

import hmac

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder

from agent.metrics.collector import FleetCollector
from agent.rest.problems import answer_problem
from agent.tasks import clean_up, fan_out_cycles


@csrf_exempt  # A scheduler has no session; its secret is the proof.
@require_http_methods(["GET", "POST"])
def ring_cycles(request: HttpRequest) -> JsonResponse:
    """Ring for this hour's cycle of every enabled tenant, as the schedule does (spec P0.1, cron endpoint).

    `Authorization: Bearer CRON_SECRET`; refused while the secret is unset. Ringing twice in an hour changes nothing.
    """
    if refusal := refuse_stranger(request, "CRON_SECRET", settings.CRON_SECRET):
        return refusal
    return JsonResponse({"tenants": fan_out_cycles()}, status=202)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def ring_clean_up(request: HttpRequest) -> JsonResponse:
    """Ring for the nightly cleaning, as the schedule does at 02:00 UTC. Ringing twice changes nothing."""
    if refusal := refuse_stranger(request, "CRON_SECRET", settings.CRON_SECRET):
        return refusal
    clean_up.delay()
    return JsonResponse({"clean_up": "rung"}, status=202)


@require_GET
def show_metrics(request: HttpRequest) -> HttpResponse:
    """Every tenant's metrics for Prometheus. `Authorization: Bearer METRICS_TOKEN`; open to all only in DEBUG.

    While the token is unset there is nothing at this address.
    """
    if not settings.METRICS_TOKEN and not settings.DEBUG:
        return HttpResponse(
            "Set METRICS_TOKEN to read metrics here.\n", status=404, content_type="text/plain"
        )
    if settings.METRICS_TOKEN and not _holds(request, settings.METRICS_TOKEN):
        return HttpResponse("The token is missing or wrong.\n", status=401, content_type="text/plain")
    registry = CollectorRegistry()
    registry.register(FleetCollector(timezone.now()))
    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    return HttpResponse(encode(registry), content_type=content_type)


def refuse_stranger(request: HttpRequest, name: str, secret: str) -> JsonResponse | None:
    """The refusal of a caller that does not hold the secret, or None."""
    if not secret:
        words = f"{name} is not set, so nobody may ring. Set it and restart."
        return answer_problem(request, status=503, code="secret_not_set", detail=words)
    if not _holds(request, secret):
        words = "The secret is missing or wrong."
        return answer_problem(request, status=401, code="not_authenticated", detail=words)
    return None


def _holds(request: HttpRequest, secret: str) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return hmac.compare_digest(given.encode(), secret.encode())
