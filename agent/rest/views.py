"""What every resource of the API has in common: its scope, its answers and its lists.

A view runs in the scope of the caller's tenant, and an answer of 400 or more rolls back what it wrote. What a resource
shows is its serializer; what it does is one call of a service.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, ClassVar

import structlog
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import parse_etags
from rest_framework import generics
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

from agent.middleware import opens_own_scope
from agent.models import Tenant
from agent.rest.authentication import Guarded, MayUse, StaffAuthentication, TokenAuthentication, TokenThrottle
from agent.rest.filters import NamedFilters
from agent.rest.pages import KeysetPagination
from agent.rest.problems import PreconditionFailed, answer_problem
from agent.rest.repeats import answer_apart, answer_once, read_key
from agent.rest.tokens import TokenUse
from agent.tenancy import tenant_scope

logger = structlog.get_logger(__name__)


class ProblemView(APIView):
    """A view whose every failure is a problem, also one that nobody foresaw."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = super().dispatch(request, *args, **kwargs)
            return response.render() if isinstance(response, Response) else response
        except Exception:
            logger.exception("api_request_failed", path=request.path)
            return answer_problem(
                request, status=500, code="internal", detail="Something failed here, and nothing was changed."
            )


class TenantView(Guarded, ProblemView):
    """A view over one tenant's rows: of the token's tenant, or of the one that a person works in."""

    authentication_classes = (TokenAuthentication, StaffAuthentication)
    permission_classes = (MayUse,)
    throttle_classes = (TokenThrottle,)
    # Methods whose services open transactions of their own: files are stored and fetched, models are asked.
    unscoped_methods: ClassVar[frozenset[str]] = frozenset()
    # Errors of services that a caller reads as a sentence, and the status of each.
    refusals: ClassVar[Mapping[type[Exception], int]] = {}

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponse]:
        """The scope is opened here for people as for programs, so the console's middleware leaves it alone."""
        view: Callable[..., HttpResponse] = opens_own_scope(super().as_view(**initkwargs))
        return view

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """After who calls is known: let the method run in their tenant's scope, unless it opens its own."""
        super().initial(request, *args, **kwargs)
        name = request.method.lower()
        if hasattr(self, name):
            wrap = self._apart if request.method in self.unscoped_methods else self._in_scope
            setattr(self, name, wrap(getattr(self, name)))

    def _in_scope(self, handler: Callable[..., Response]) -> Callable[..., HttpResponse]:
        def answer(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            key = read_key(request)
            with tenant_scope(self.tenant), timezone.override(self.tenant.zone):
                if key:
                    return answer_once(
                        key=key,
                        caller=self._caller,
                        request=request,
                        carry_out=lambda: self._carry_out(handler, request, *args, **kwargs),
                        now=timezone.now(),
                    )
                response = self._carry_out(handler, request, *args, **kwargs)
                if response.status_code >= 400:
                    transaction.set_rollback(True)
                return response

        return answer

    def _apart(self, handler: Callable[..., Response]) -> Callable[..., HttpResponse]:
        def answer(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            key = read_key(request)
            with timezone.override(self.tenant.zone):
                if not key:
                    return handler(request, *args, **kwargs)
                return answer_apart(
                    tenant=self.tenant,
                    key=key,
                    caller=self._caller,
                    request=request,
                    carry_out=lambda: self._carry_out(handler, request, *args, **kwargs),
                    now=timezone.now(),
                )

        return answer

    def _carry_out(
        self, handler: Callable[..., Response], request: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The finished answer, a refusal among them; an error that nobody foresaw goes on."""
        try:
            response = handler(request, *args, **kwargs)
        except Exception as error:
            response = self.handle_exception(error)
        # Rendered here, because what is read while an answer is written needs the scope.
        finished = self.finalize_response(request, response, *args, **kwargs).render()
        return _compare(request, finished)

    @property
    def tenant(self) -> Tenant:
        """Whose rows this request may see."""
        if isinstance(self.request.auth, TokenUse):
            return self.request.auth.tenant
        tenant: Tenant = self.request._request.tenant
        return tenant

    @property
    def actor(self) -> str:
        """Who acts, as it stands in records."""
        name: str = self.request.user.get_username()
        return name

    @property
    def _caller(self) -> str:
        """Whose `Idempotency-Key` it is: the same key of another caller is another key."""
        auth = self.request.auth
        return f"token {auth.token_id}" if isinstance(auth, TokenUse) else f"person {self.request.user.pk}"

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Nobody between here and the caller keeps a tenant's rows."""
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return super().finalize_response(request, response, *args, **kwargs)

    def require_unchanged(self, data: Any) -> None:
        """Refuse a change of what is no longer as the caller has seen it, when `If-Match` says what they saw.

        `data` is what a GET would answer now; the row must be locked. Raises `PreconditionFailed`.
        """
        seen = parse_etags(self.request.headers.get("If-Match", ""))
        if seen and "*" not in seen and etag_of(JSONRenderer().render(data)) not in seen:
            raise PreconditionFailed(
                "It has changed since you read it. Read it again, and make your change there."
            )


def etag_of(body: bytes) -> str:
    """The strong validator of a representation (RFC 9110, 8.8.3)."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _compare(request: Any, response: HttpResponse) -> HttpResponse:
    """Name what was answered to a GET, and answer 304 to who has that already."""
    if request.method not in ("GET", "HEAD") or response.status_code != HTTPStatus.OK:
        return response
    etag = etag_of(response.content)
    known = [tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))]
    if etag in known or "*" in known:
        response = HttpResponse(
            status=HTTPStatus.NOT_MODIFIED, headers={"Cache-Control": response["Cache-Control"]}
        )
    response["ETag"] = etag
    return response


class Resource(TenantView, generics.GenericAPIView):
    """A table of the tenant."""

    is_list = False
    pagination_class = KeysetPagination
    filter_backends = (NamedFilters,)
    # The order of the list: columns that are unique together.
    keyset: ClassVar[tuple[str, ...]] = ("-id",)
    # Whether callers read on for ever: the list then has a next page also at its end.
    follows = False


class ListResource(Resource, generics.ListAPIView):
    """The list of a table, page by page."""

    is_list = True


class RowResource(Resource, generics.RetrieveAPIView):
    """One row of a table."""
