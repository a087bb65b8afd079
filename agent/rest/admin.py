"""The console's pages of the API: making a token, which is shown once, revoking one, and the answers kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.safestring import SafeString

from agent.admin.base import ActForm, Button, RecordAdmin, column
from agent.admin.display import NOTHING, Section, badge, pairs
from agent.rest.authentication import list_scopes
from agent.rest.models import REQUESTS_PER_MINUTE, ApiToken, KeptAnswer
from agent.rest.tokens import InvalidToken, TokenRefused, create_token, revoke_token

LIFETIMES = ((30, "30 days"), (90, "90 days"), (365, "One year"))


class TokenForm(ActForm):
    """What a new token is called, may do, and when it ends. Nobody gives a program more than they may do themselves."""

    name = forms.CharField(label="What uses it", max_length=100, help_text="Such as: order portal.")
    scopes = forms.MultipleChoiceField(label="It may", widget=forms.CheckboxSelectMultiple)
    lifetime = forms.TypedChoiceField(label="It ends after", choices=LIFETIMES, coerce=int, initial=90)
    requests_per_minute = forms.IntegerField(
        label="Requests a minute", min_value=1, max_value=1_000_000, initial=REQUESTS_PER_MINUTE
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, act="token", **kwargs)
        self.fields["scopes"].choices = [(scope, scope) for scope in givable_scopes(user)]  # type: ignore[attr-defined]


def givable_scopes(user: Any) -> list[str]:
    """The scopes for which the person has every permission that the same acts ask of people."""
    return [scope for scope, permissions in list_scopes().items() if user.has_perms(permissions)]


@admin.register(ApiToken)
class ApiTokenAdmin(RecordAdmin):
    """Which programs may use the API, for what and until when."""

    list_display = (
        column("name", "What uses it"),
        "stands",
        "may",
        column("expires_at", "Ends"),
        column("last_used_at", "Last used"),
        column("created_by", "Made by"),
    )
    search_fields = ("name",)
    ordering = ("-id",)
    empty_list = "No program uses the API of this company. Make a token for one with the button above."
    button_methods = ("revoke",)
    refusals = (TokenRefused, InvalidToken)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("rest.add_apitoken"))

    @admin.display(description="State")
    def stands(self, token: ApiToken) -> SafeString:
        return _state_badge(token)

    @admin.display(description="It may")
    def may(self, token: ApiToken) -> str:
        return ", ".join(token.scopes)

    def list_buttons(self, token: ApiToken) -> list[Button]:
        if token.revoked_at is not None:
            return []
        words = "It opens nothing from the next request on. That cannot be undone."
        return [Button(method="revoke", label="Revoke", help_text=words, needs_reason=True, is_grave=True)]

    def revoke(self, request: HttpRequest, token: ApiToken) -> str:
        """End the token."""
        revoke_token(
            token=token,
            actor=request.user.get_username(),
            reason=request.POST.get("reason", ""),
            now=timezone.now(),
        )
        return f"The token {token.name} opens nothing any more."

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Make a token, and show its text on the page that answers: nowhere else, and never again."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = TokenForm(request.POST if request.method == "POST" else None, user=request.user)
        text, error, token = "", "", None
        if request.method == "POST" and form.is_valid():
            try:
                token, text = _create(form.cleaned_data, request.user.get_username())
            except InvalidToken as refusal:
                error = str(refusal)
        context = {
            **self.admin_site.each_context(request),
            "title": f"The token of {token}" if token else "A new API token",
            "opts": self.opts,
            "form": form,
            "error": error,
            "token": token,
            "text": text,
        }
        response = TemplateResponse(request, "rest/new_token.html", context)
        response["Cache-Control"] = "no-store, private"
        return response

    def describe(self, token: ApiToken) -> list[Section]:
        entries: list[tuple[str, Any]] = [
            ("State", _state_badge(token)),
            ("It may", ", ".join(token.scopes)),
            ("Its text ends in", token.ending),
            ("Requests a minute, at most", token.requests_per_minute),
            ("Made by", token.created_by),
            ("Made", token.created_at),
            ("Ends", token.expires_at),
            ("Last used", token.last_used_at or NOTHING),
        ]
        if token.revoked_at is not None:
            entries += [("Revoked", token.revoked_at), ("By", token.revoked_by), ("Why", token.revoke_reason)]
        return [Section(title="Token", body=pairs(entries))]


def _create(chosen: dict[str, Any], actor: str) -> tuple[ApiToken, str]:
    now = timezone.now()
    return create_token(
        name=chosen["name"],
        scopes=chosen["scopes"],
        known_scopes=list_scopes(),
        expires_at=now + timedelta(days=chosen["lifetime"]),
        requests_per_minute=chosen["requests_per_minute"],
        actor=actor,
        now=now,
    )


def _state_badge(token: ApiToken) -> SafeString:
    if token.revoked_at is not None:
        return badge("Revoked", "bad")
    return badge("Ended", "bad") if token.expires_at <= timezone.now() else badge("Valid", "good")


@admin.register(KeptAnswer)
class KeptAnswerAdmin(RecordAdmin):
    """Requests that were sent with an `Idempotency-Key`, and what they were answered; kept for a day."""

    list_display = (
        column("caller", "Who"),
        column("key", "Key"),
        column("status", "Answered"),
        column("at", "When"),
    )
    ordering = ("-id",)
    empty_list = "No program has sent an Idempotency-Key within the last day."

    def describe(self, answer: KeptAnswer) -> list[Section]:
        entries = [
            ("Who", answer.caller),
            ("Key", answer.key),
            ("Answered", answer.status),
            ("Digest of the request", answer.request_digest),
            ("When", answer.at),
        ]
        return [Section(title="Kept answer", body=pairs(entries))]
