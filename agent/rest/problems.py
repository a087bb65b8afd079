"""Every refusal of the API as problem details (RFC 9457): what went wrong, in words for whoever calls, and where.

What a service refuses is named by the view (`refusals`): its sentence becomes the detail, its class the type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions
from rest_framework.response import Response

from agent.middleware import opens_own_scope

PROBLEM_TYPE = "application/problem+json"
NAMESPACE = "urn:vnext-agent:problem:"


class Conflict(exceptions.APIException):
    """The request cannot be carried out as things stand."""

    status_code = HTTPStatus.CONFLICT
    default_code = "conflict"


class PreconditionFailed(exceptions.APIException):
    """What is to be changed is no longer what the caller has seen (If-Match)."""

    status_code = HTTPStatus.PRECONDITION_FAILED
    default_code = "changed_since"


class KeyReused(exceptions.APIException):
    """An `Idempotency-Key` came with another request than the first time."""

    status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    default_code = "idempotency_key_reused"


def describe_problem(
    *, status: int, code: str, detail: str, instance: str, errors: list[dict[str, str]] | None = None
) -> dict[str, Any]:
    """A problem's members. `errors` names fields of the request, where something is wrong with them."""
    problem: dict[str, Any] = {
        "type": NAMESPACE + code.replace("_", "-"),
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
        "instance": instance,
    }
    return problem | ({"errors": errors} if errors else {})


def answer_problem(request: HttpRequest, *, status: int, code: str, detail: str) -> JsonResponse:
    """A problem from outside the framework: nothing of it is negotiated."""
    problem = describe_problem(status=status, code=code, detail=detail, instance=request.path)
    return JsonResponse(problem, status=status, content_type=PROBLEM_TYPE)


@csrf_exempt
@opens_own_scope
def find_nothing(request: HttpRequest) -> JsonResponse:
    """The answer at an address below /api/ that there is not."""
    return answer_problem(
        request, status=404, code="not_found", detail="There is nothing at this address. See /api/docs/."
    )


def handle_exception(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """The framework's hook: the answer to an error that a view raised, or None for one that nobody foresaw."""
    refusals: Mapping[type[Exception], int] = getattr(context["view"], "refusals", {})
    status = next((status for kind, status in refusals.items() if isinstance(error, kind)), None)
    if status is not None:
        refused = exceptions.APIException(str(error))
        refused.status_code, code = status, _snake(type(error).__name__)
    else:
        known = _translate(error)
        if known is None:
            return None
        refused, code = known, _code_of(known)
    problem = describe_problem(
        status=refused.status_code,
        code=code,
        detail=_sentence(refused),
        instance=context["request"].path,
        errors=list(_name_fields(refused.detail))
        if isinstance(refused, exceptions.ValidationError)
        else None,
    )
    return Response(problem, status=refused.status_code, headers=_headers(refused), content_type=PROBLEM_TYPE)


def _translate(error: Exception) -> exceptions.APIException | None:
    """An error of Django's as one of the framework's."""
    if isinstance(error, exceptions.APIException):
        return error
    if isinstance(error, Http404):
        return exceptions.NotFound("There is nothing at this address.")
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied(str(error) or None)
    if isinstance(error, RequestDataTooBig):
        too_big = exceptions.APIException("The request is larger than this address takes.", code="too_large")
        too_big.status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return too_big
    if isinstance(error, SuspiciousOperation):
        return exceptions.ParseError("The request cannot be read.")
    return None


def _headers(refused: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if challenge := getattr(refused, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(refused, "wait", None):
        headers["Retry-After"] = str(int(wait) or 1)
    return headers


def _code_of(refused: exceptions.APIException) -> str:
    if isinstance(refused, exceptions.ValidationError):
        return "invalid"
    code = refused.get_codes()
    return code if isinstance(code, str) else str(refused.default_code)


def _sentence(refused: exceptions.APIException) -> str:
    if not isinstance(refused, exceptions.ValidationError):
        return str(refused.detail)
    found = list(_name_fields(refused.detail))
    if len(found) == 1:
        return f"{found[0]['field']}: {found[0]['message']}" if found[0]["field"] else found[0]["message"]
    return f"{len(found)} fields are wrong; errors names each."


def _name_fields(detail: Any, place: str = "") -> Iterator[dict[str, str]]:
    """What is wrong, field by field; a field within a field by its path."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            here = "" if name == "non_field_errors" else str(name)
            yield from _name_fields(inner, ".".join(filter(None, [place, here])))
    elif isinstance(detail, list):
        for number, inner in enumerate(detail):
            is_message = isinstance(inner, str)
            yield from _name_fields(inner, place if is_message else f"{place}[{number}]")
    else:
        yield {"field": place, "message": str(detail)}


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
