"""A POST with an `Idempotency-Key` is carried out once, however often it is sent.

The answer is stored in the transaction of what it answers, so there is never one without the other. An advisory lock
that ends with that transaction says that the same request is under way: a crash leaves nothing behind to clean up.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.http.request import QueryDict
from rest_framework.exceptions import ParseError

from agent.models import Tenant
from agent.rest.models import KeptAnswer
from agent.rest.problems import Conflict, KeyReused
from agent.tenancy import require_tenant_id, tenant_scope

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
KEY = re.compile(r"[\x21-\x7e]{1,255}")
KEPT_HEADERS = ("Content-Type", "Location", "ETag")
TRY_LOCK_SQL = "SELECT pg_try_advisory_xact_lock(%s)"


def read_key(request: Any) -> str:
    """The request's key, empty without one. Raises `ParseError` for one that cannot be kept."""
    key: str = request.headers.get(HEADER, "").strip() if request.method == "POST" else ""
    if key and not KEY.fullmatch(key):
        raise ParseError(f"{HEADER} is up to 255 printable ASCII characters without spaces, such as a UUID.")
    return key


def answer_once(
    *, key: str, caller: str, request: Any, carry_out: Callable[[], HttpResponse], now: datetime
) -> HttpResponse:
    """The kept answer of the first request with this key, or this one's, kept with what it changed.

    Inside the caller's scope. Raises `Conflict` while the first is under way and `KeyReused` when it was another
    request. A refusal is kept as well; an answer of 500 or more is not, and neither is what such a request wrote.
    """
    digest = _digest(request)
    with connection.cursor() as cursor:
        cursor.execute(TRY_LOCK_SQL, [_lock_number(caller, key)])
        if not cursor.fetchone()[0]:
            raise Conflict("The same request is under way. Ask again in a few seconds.", code="in_flight")
    kept = KeptAnswer.objects.filter(caller=caller, key=key).first()
    if kept is not None:
        return _repeat(kept, digest)
    with transaction.atomic():
        response = carry_out()
        if response.status_code >= 400:
            transaction.set_rollback(True)
    _keep(KeptAnswer(caller=caller, key=key, request_digest=digest, at=now), response)
    return response


def answer_apart(
    *,
    tenant: Tenant,
    key: str,
    caller: str,
    request: Any,
    carry_out: Callable[[], HttpResponse],
    now: datetime,
) -> HttpResponse:
    """The same for a request whose services open transactions of their own; outside any scope.

    The answer is kept after what it tells of. A repetition that comes before that is carried out as well: such services
    take the same file, or the same order to delete, once however often they get it.
    """
    digest = _digest(request)
    with tenant_scope(tenant):
        kept = KeptAnswer.objects.filter(caller=caller, key=key).first()
    if kept is not None:
        return _repeat(kept, digest)
    response = carry_out()
    with tenant_scope(tenant):
        _keep(KeptAnswer(caller=caller, key=key, request_digest=digest, at=now), response)
    return response


def _keep(row: KeptAnswer, response: HttpResponse) -> None:
    """Keep the answer, unless it says that we failed, or an earlier one with this key is kept already."""
    if response.status_code >= 500:
        return
    row.status, row.body = response.status_code, response.content.decode()
    row.headers = {name: response[name] for name in KEPT_HEADERS if response.has_header(name)}
    KeptAnswer.objects.bulk_create([row], ignore_conflicts=True)


def _repeat(kept: KeptAnswer, digest: str) -> HttpResponse:
    if kept.request_digest != digest:
        raise KeyReused(
            f"This {HEADER} was sent with another request before. Use a new key for a new request."
        )
    response = HttpResponse(kept.body, status=kept.status, headers=kept.headers)
    response[REPLAYED] = "true"
    return response


def _lock_number(caller: str, key: str) -> int:
    """A number of 64 bits for the lock: two keys that share one would only wait for each other."""
    name = f"{require_tenant_id()}:{caller}:{key}"
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)


def _digest(request: Any) -> str:
    """What the request asks for, whatever the spacing of its JSON or the boundary of its parts."""
    whole = [request.method, request.get_full_path(), _plain(request.data)]
    return hashlib.sha256(json.dumps(whole, sort_keys=True, default=str).encode()).hexdigest()


def _plain(data: Any) -> Any:
    if not isinstance(data, QueryDict):
        return data
    return {name: [_plain_part(part) for part in data.getlist(name)] for name in data}


def _plain_part(part: Any) -> Any:
    if not isinstance(part, UploadedFile):
        return part
    content = hashlib.sha256()
    for chunk in part.chunks():
        content.update(chunk)
    part.seek(0)
    return [part.name, part.content_type, content.hexdigest()]
