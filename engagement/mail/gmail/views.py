"""To Google's consent and back: the addresses that a browser goes through to connect a mailbox or to stop."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from agent.middleware import opens_own_scope
from engagement.mail.gmail.grants import ConsentRefused, Visitor, begin_consent, disconnect, end_consent
from engagement.mail.gmail.models import GmailAccount

MAY_CONNECT = "mail.change_mailbox"


@opens_own_scope
@require_POST
@staff_member_required
def go_to_google(request: Any, mailbox_id: int) -> HttpResponse:
    """Send the person to Google's consent for one mailbox of their company; `send` asks for sending as well."""
    _require_permission(request)
    try:
        address = begin_consent(
            tenant=request.tenant,
            mailbox_id=mailbox_id,
            wants_to_send=bool(request.POST.get("send")),
            visitor=_visitor_of(request),
            now=timezone.now(),
        )
    except ConsentRefused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("admin:mail_mailbox_changelist"))
    return HttpResponseRedirect(address)


@opens_own_scope
@never_cache
@require_GET
def come_back(request: Any) -> HttpResponse:
    """Where Google sends the person back to. Whatever is not the way we sent them on is answered with 400."""
    if not getattr(request, "tenant", None):
        said = "Nobody is logged in here. Log in, open the mailbox and connect it again.\n"
        return HttpResponse(said, status=400, content_type="text/plain")
    _require_permission(request)
    try:
        account = end_consent(
            tenant=request.tenant,
            state=request.GET.get("state", ""),
            code=request.GET.get("code", ""),
            error=request.GET.get("error", ""),
            visitor=_visitor_of(request),
            now=timezone.now(),
        )
    except ConsentRefused as refusal:
        return _refuse(request, str(refusal))
    messages.success(request, f"{account} is connected. Its mail is read within five minutes.")
    return HttpResponseRedirect(reverse("admin:gmail_gmailaccount_change", args=[account.pk]))


@opens_own_scope
@require_POST
@staff_member_required
def give_access_back(request: Any, account_id: int) -> HttpResponse:
    """Disconnect a mailbox: Google is told, and the token is forgotten."""
    _require_permission(request)
    try:
        messages.success(request, disconnect(tenant=request.tenant, account_id=account_id))
    except GmailAccount.DoesNotExist:
        raise Http404(f"There is no Gmail mailbox {account_id} here.") from None
    return HttpResponseRedirect(reverse("admin:gmail_gmailaccount_change", args=[account_id]))


def _require_permission(request: Any) -> None:
    if getattr(request, "tenant", None) is None or not request.user.has_perm(MAY_CONNECT):
        raise PermissionDenied


def _visitor_of(request: Any) -> Visitor:
    return Visitor(name=request.user.get_username(), session_key=request.session.session_key or "")


def _refuse(request: HttpRequest, words: str) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": "Gmail is not connected", "words": words}
    response = render(request, "gmail/refused.html", context, status=400)
    response["Referrer-Policy"] = "no-referrer"
    return response
