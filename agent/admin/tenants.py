"""The two global pages of the kernel: the companies, and the switches above all of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import time
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.widgets import (
    UnfoldAdminSelectMultipleWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from agent.access import list_viewers, set_viewers
from agent.admin.display import Section, badge, fold, moment, pairs, sentence, table, token
from agent.alerts.notices import webhook_secret_of
from agent.models import Switch, SwitchChange, SystemConfig, Tenant
from agent.services import ReasonMissing, set_system_switch, set_tenant_switch
from agent.states import SendMode
from agent.switches import find_mode_objection, hold_claims, read_environment_stop
from agent.tenancy import scoped_tenant_id
from agent.tenant_settings import AgentSettings, parse_send_mode

RAISING = "Say yes here to raise the send mode: messages of this company then reach more people."
_LEAST_TO_MOST = tuple(SendMode)


def _spell(settings: Any) -> str:
    """Settings in one spelling, to compare them by."""
    return json.dumps(settings, sort_keys=True)


def _show_default(value: Any) -> str:
    """A default as it is written in the JSON object."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(list(value)) if isinstance(value, tuple) else str(value) or "empty"


SETTINGS_HELP = "A JSON object. What is left out has its default: " + ", ".join(
    f"{field.name} ({_show_default(field.default)})" for field in fields(AgentSettings)
)


class TenantForm(forms.ModelForm):
    """A company, with who may look into it, and a reason and a second yes before a switch of it is flipped."""

    why = forms.CharField(
        label="Why",
        required=False,
        max_length=400,
        widget=UnfoldAdminTextInputWidget,
        help_text="Needed only when 'Agent enabled' or 'Mail enabled' is changed, or the send mode is raised; "
        "kept with the change.",
    )
    is_confirmed = forms.BooleanField(
        label="Yes, flip this switch of the company, or let its messages travel further",
        required=False,
        widget=UnfoldBooleanSwitchWidget,
        help_text="Needed only when 'Agent enabled' or 'Mail enabled' is changed, or the send mode is raised.",
    )
    seen_settings = forms.CharField(required=False, widget=forms.HiddenInput)
    viewers = forms.ModelMultipleChoiceField(
        label="People who may look into it",
        queryset=get_user_model().objects.none(),
        required=False,
        widget=UnfoldAdminSelectMultipleWidget,
        help_text="Staff logins. Superusers see every company; what a person may do is set on their login.",
    )

    class Meta:
        model = Tenant
        fields = ("name", "slug", "kind", "timezone", "agent_enabled", "mail_enabled", "agent_settings")
        help_texts = {  # noqa: RUF012 - Django reads it once
            "slug": "Names the company in commands and addresses. It cannot be changed later.",
            "mail_enabled": "Off: messages wait, and all other work goes on.",
            "timezone": "An IANA name such as America/Denver; the console shows its times.",
            "agent_settings": SETTINGS_HELP,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = get_user_model().objects.filter(is_staff=True, is_superuser=False)
        self.fields["viewers"].queryset = staff.order_by("username")  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["seen_settings"] = _spell(self.instance.agent_settings)
            self.initial["viewers"] = list(list_viewers(self.instance).values_list("pk", flat=True))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        errors = self._refuse_stale(cleaned)
        if self.is_raised and (objection := self._find_objection()):
            errors["agent_settings"] = objection
        is_grave = self.flipped or self.is_raised
        if is_grave and not cleaned.get("is_confirmed"):
            errors["is_confirmed"] = (
                "Say yes here to flip the switch of this company." if self.flipped else RAISING
            )
        if is_grave and not (cleaned.get("why") or "").strip():
            errors["why"] = "Say why; the reason is kept with the change."
        if errors:
            raise ValidationError(errors)
        return cleaned

    def _refuse_stale(self, cleaned: dict[str, Any]) -> dict[str, str]:
        """Settings that changed since the page was opened are not overwritten: the send mode may have been lowered.

        From here on nobody changes them until this request's transaction ends.
        """
        self.mode_before = self.mode_after = SendMode.DRY_RUN
        if self.instance.pk is None or "agent_settings" in self.errors:
            return {}
        hold_claims()
        current = Tenant.objects.values_list("agent_settings", flat=True).get(pk=self.instance.pk)
        wanted, seen = cleaned.get("agent_settings") or {}, cleaned.get("seen_settings", "")
        if _spell(wanted) == seen:
            cleaned["agent_settings"] = wanted = current  # nothing was changed here
        elif _spell(current) != seen:
            mode = parse_send_mode(current.get("send_mode", SendMode.DRY_RUN))
            return {
                "agent_settings": f"These were changed since you opened this page; the send mode is {mode} now. Open "
                "the page again, look at them, and make your change there."
            }
        self.mode_before = parse_send_mode(current.get("send_mode", SendMode.DRY_RUN))
        self.mode_after = parse_send_mode(wanted.get("send_mode", SendMode.DRY_RUN))
        return {}

    def _find_objection(self) -> str:
        """Why messages may not travel that far yet. What an engine knows of a company is read in its own scope."""
        if self.mode_after in (SendMode.DRY_RUN, SendMode.INTERNAL_ONLY):
            return ""
        if scoped_tenant_id() != self.instance.pk:
            return (
                "Work in this company to raise its send mode (choose it at the top of the menu): its sending domain is "
                "looked at first."
            )
        return find_mode_objection(self.mode_after, now=timezone.now())

    @property
    def is_raised(self) -> bool:
        """Whether messages travel further with this form than before it; a new company's mode is set, not raised."""
        return _LEAST_TO_MOST.index(self.mode_after) > _LEAST_TO_MOST.index(self.mode_before)

    @property
    def flipped(self) -> list[Switch]:
        """The switches this form changes; those of a new company are not flipped but set."""
        if self.instance.pk is None:
            return []
        return [switch for switch in Switch if f"{switch.value}_enabled" in self.changed_data]


@admin.register(Tenant)
class TenantsAdmin(ModelAdmin):
    """The companies of this installation, for superusers."""

    form = TenantForm
    list_display = ("name", "slug", "kind", "timezone", "agent_enabled", "created_at")
    ordering = ("slug",)
    show_full_result_count = False
    fieldsets = (
        (None, {"fields": ("name", "slug", "kind", "timezone")}),
        (
            "The agent",
            {
                "fields": (
                    "agent_enabled",
                    "mail_enabled",
                    "agent_settings",
                    "why",
                    "is_confirmed",
                    "webhook_key",
                    "seen_settings",
                )
            },
        ),
        ("Access", {"fields": ("viewers",)}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        return ("slug", "webhook_key") if obj else ("webhook_key",)

    @admin.display(description="Key of its alert webhook")
    def webhook_key(self, tenant: Tenant) -> str:
        """By which the receiver at `alert_webhook_url` knows what comes from us; closed until somebody asks."""
        key = webhook_secret_of(tenant) if tenant.pk else ""
        said = "Set ALERT_WEBHOOK_SECRET, and each company has a key of its own, derived from it."
        return fold("Show", token(key)) if key else sentence(said)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return bool(request.user.is_superuser)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """A company is never deleted here: everything the agent did for it hangs on it."""
        return False

    def save_model(self, request: HttpRequest, obj: Tenant, form: Any, change: bool) -> None:
        """A flipped switch goes through its service, which keeps who and why."""
        if not change:
            super().save_model(request, obj, form, change)
            return
        # The send mode is among them: it binds every claim from the commit on.
        hold_claims()
        changed = ["name", "kind", "timezone", "agent_settings"]
        if form.mode_before != form.mode_after:
            obj.send_mode_by = request.user.get_username()
            obj.send_mode_why = form.cleaned_data["why"].strip()
            changed += ["send_mode_by", "send_mode_why"]
        obj.save(update_fields=changed)
        for switch in form.flipped:
            set_tenant_switch(
                tenant=obj,
                switch=switch,
                is_enabled=form.cleaned_data[f"{switch.value}_enabled"],
                actor=request.user.get_username(),
                reason=form.cleaned_data["why"],
                now=timezone.now(),
            )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        set_viewers(tenant=form.instance, users=form.cleaned_data["viewers"])


@admin.register(SystemConfig)
class SystemSwitchAdmin(ModelAdmin):
    """One page instead of a list: stop or resume every company's agent, or its mail alone, with a typed reason."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.flip_view)
        return [path("flip/", view, name="agent_systemconfig_flip"), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The state of the switches, who set them and why, and what can be done now."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        config = SystemConfig.objects.filter(pk=1).first()
        sections = [Section(title="The switches in the database", body=_describe_switch(config))]
        changes = SwitchChange.objects.filter(company="").order_by("-id")[:10]
        if changes:
            sections.append(Section(title="The last changes", body=_describe_changes(changes)))
        context = {
            **self.admin_site.each_context(request),
            "title": "Stop and resume",
            "opts": self.opts,
            "sections": sections,
            "environment_stop": read_environment_stop(),
            "switches": _switches_of(config),
            "may_flip": self.has_change_permission(request),
        }
        return TemplateResponse(request, "agent/switch.html", context)

    def change_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """There is no form of the switch; its page says what can be done."""
        return HttpResponseRedirect(reverse("admin:agent_systemconfig_changelist"))

    def flip_view(self, request: HttpRequest) -> HttpResponse:
        """Stop, or with a second yes resume, every company's agent or its mail."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_change_permission(request):
            raise PermissionDenied
        is_enabled = request.POST.get("to") == "resume"
        switch = Switch.MAIL if request.POST.get("switch") == Switch.MAIL else Switch.AGENT
        back = HttpResponseRedirect(reverse("admin:agent_systemconfig_changelist"))
        if is_enabled and request.POST.get("is_confirmed") != "yes":
            messages.error(request, "Tick the box as well: resuming starts the work of every company.")
            return back
        try:
            set_system_switch(
                switch=switch,
                is_enabled=is_enabled,
                actor=request.user.get_username(),
                reason=request.POST.get("reason", ""),
                now=timezone.now(),
            )
        except ReasonMissing as missing:
            messages.error(request, str(missing))
        else:
            messages.success(request, FLIPPED[switch, is_enabled])
        return back


FLIPPED = {
    (Switch.AGENT, True): "The agent may work again.",
    (Switch.AGENT, False): "Stopped. Nothing new is claimed.",
    (Switch.MAIL, True): "Messages may leave again, within the caps.",
    (Switch.MAIL, False): "Mail is stopped. Messages wait; all other work goes on.",
}
SWITCH_WORDS = {
    Switch.AGENT: ("every company's agent", "the work of every company"),
    Switch.MAIL: ("every company's mail", "the mail of every company"),
}


def _switches_of(config: SystemConfig | None) -> list[dict[str, Any]]:
    """Each switch with its state and its words, for the two forms of the page."""
    states = {
        Switch.AGENT: config is not None and config.global_enabled,
        Switch.MAIL: config is not None and config.mail_enabled,
    }
    return [
        {
            "switch": switch,
            "is_running": is_on,
            "what": SWITCH_WORDS[switch][0],
            "work": SWITCH_WORDS[switch][1],
        }
        for switch, is_on in states.items()
    ]


def _describe_switch(config: SystemConfig | None) -> str:
    if config is None:
        return pairs([("State", badge("Missing", "bad")), ("What to do", "Run manage.py migrate.")])
    agent = badge("Agent may run", "good") if config.global_enabled else badge("Stopped", "bad")
    mail = badge("Mail may leave", "good") if config.mail_enabled else badge("Mail stopped", "bad")
    entries: list[tuple[str, Any]] = [("All work", agent), ("Mail", mail)]
    if config.changed_at is not None:
        entries += [
            ("Reason", config.reason),
            ("Set by", config.changed_by),
            ("Set", moment(config.changed_at)),
        ]
    if config.mail_reason:
        entries.append(("Reason of the mail switch", config.mail_reason))
    return pairs(entries)


def _describe_changes(changes: Iterable[SwitchChange]) -> str:
    return table(
        ("When", "Switch", "Now", "By", "Why"),
        [
            (
                moment(change.at),
                change.get_switch_display(),
                badge("On", "good") if change.is_enabled else badge("Off", "bad"),
                change.actor,
                change.reason,
            )
            for change in changes
        ],
    )
