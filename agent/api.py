"""What other programs may ask of the kernel over HTTP. The console's own views are `agent.views`."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from agent.tasks import fan_out_cycles


@csrf_exempt  # A scheduler has no session; its secret is the proof.
@require_http_methods(["GET", "POST"])
def ring_cycles(request: HttpRequest) -> JsonResponse:
    """Ring for this hour's cycle of every enabled tenant, as the schedule does (spec P0.1, cron endpoint).

    `Authorization: Bearer CRON_SECRET`; refused while the secret is unset. Ringing twice in an hour changes nothing.
    """
    if not settings.CRON_SECRET:
        return JsonResponse(
            {"error": "CRON_SECRET is not set, so nobody may ring. Set it and restart."}, status=503
        )
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(given.encode(), settings.CRON_SECRET.encode()):
        return JsonResponse({"error": "The secret is missing or wrong."}, status=401)
    return JsonResponse({"tenants": fan_out_cycles()}, status=202)
