"""The page on which a client fills in what an order of theirs lacks, behind the link in our mail.

No log-in, cookie or CSRF token: whoever holds the link may use it. Looking at it changes nothing, because programs
look too. A link that is not ours tells nobody what exists; one that has served its purpose says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from agent.middleware import opens_own_scope
from agent.models import Tenant
from agent.public_pages import answer_outsider
from agent.tenancy import tenant_scope
from engagement.mail.models import Mailbox
from orders.answer_links import Named, read_token
from orders.checklists import AskedField
from orders.client_mail import describe_property
from orders.models import Checklist
from orders.services.answers import Asked, Filled, NothingToAnswer, TooManyTries, fill_in, read_asked

ACTOR = "client"


@dataclass(frozen=True, kw_only=True)
class ShownField:
    """One field as the page shows it."""

    field: AskedField
    value: str
    problem: str
    choices: tuple[tuple[str, str], ...]


@csrf_exempt
@opens_own_scope
@require_http_methods(["GET", "HEAD", "POST"])
def answer_checklist(request: HttpRequest, token: str) -> HttpResponse:
    """Show what an order lacks, or store what was filled in and show what is left."""
    named = read_token(token)
    tenant = Tenant.objects.filter(pk=named.tenant_id).first() if named else None
    if named is None or tenant is None:
        return answer_outsider(request, "orders/unknown_link.html", {}, status=404)
    with tenant_scope(tenant), timezone.override(tenant.zone):
        try:
            return _answer(request, tenant, named, now=timezone.now())
        except Checklist.DoesNotExist:
            return answer_outsider(request, "orders/unknown_link.html", {}, status=404)
        except NothingToAnswer as nothing:
            return _close(request, tenant, str(nothing), status=410)
        except TooManyTries as refusal:
            return _close(request, tenant, str(refusal), status=429)


def _answer(request: HttpRequest, tenant: Tenant, named: Named, *, now: datetime) -> HttpResponse:
    if timezone.localdate(now) > named.last_day:
        return _close(
            request, tenant, "This link has expired. Please answer our message instead.", status=410
        )
    asked = read_asked(checklist_id=named.checklist_id, now=now)
    if request.method != "POST":
        return _show(request, tenant, asked)
    filled = fill_in(asked=asked, answers=request.POST.dict(), actor=ACTOR, now=now)
    if filled.problems:
        return _show(request, tenant, asked, filled, typed=request.POST.dict(), status=400)
    try:
        left = read_asked(checklist_id=named.checklist_id, now=now)
    except NothingToAnswer:
        return _page(request, tenant, "orders/answered.html", asked, {"stored": filled.stored})
    return _show(request, tenant, left, filled)


def _show(
    request: HttpRequest,
    tenant: Tenant,
    asked: Asked,
    filled: Filled | None = None,
    *,
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    problems = filled.problems or {} if filled else {}
    fields = [
        ShownField(
            field=field,
            value=(typed or {}).get(field.name, asked.value_of(field)),
            problem=problems.get(field.name, ""),
            choices=asked.choices_of(field),
        )
        for field in asked.fields
    ]
    context = {
        "fields": fields,
        "to_send": asked.to_send,
        "problems": [shown for shown in fields if shown.problem],
        "stored": filled.stored if filled else (),
        "was_empty": filled is not None and not filled.stored and not problems,
    }
    return _page(request, tenant, "orders/fill_in.html", asked, context, status=status)


def _page(
    request: HttpRequest,
    tenant: Tenant,
    template: str,
    asked: Asked,
    context: Mapping[str, object],
    *,
    status: int = 200,
) -> HttpResponse:
    order = asked.order
    known = {
        "tenant": tenant,
        "order": order,
        "property": describe_property(order),
        "mailbox": Mailbox.objects.primary(),
    }
    return answer_outsider(request, template, known | dict(context), status=status)


def _close(request: HttpRequest, tenant: Tenant, sentence: str, *, status: int) -> HttpResponse:
    context = {"tenant": tenant, "sentence": sentence, "mailbox": Mailbox.objects.primary()}
    return answer_outsider(request, "orders/closed.html", context, status=status)
