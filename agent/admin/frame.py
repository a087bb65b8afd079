"""What every page of the console shows around its own content: company, send mode, switches, the menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from agent.alerts.models import Alert, PlatformAlert
from agent.models import Tenant
from agent.states import CardState, SendMode
from agent.switches import Stop, effective_send_mode, read_mail_stop, read_stop
from agent.tenancy import scoped_tenant_id
from agent.tenant_settings import InvalidAgentSettings

MODE_TONES = {
    SendMode.DRY_RUN: "info",
    SendMode.INTERNAL_ONLY: "info",
    SendMode.LIMITED_LIVE: "warning",
    SendMode.LIVE: "warning",
}
# The kernel's own pages in the order of an operator's day, with their icons; its other tables follow, folded.
DAILY = {
    "Alert": "notifications",
    "Card": "view_kanban",
    "Task": "task_alt",
    "Goal": "flag",
    "Run": "cycle",
    "Reflection": "lightbulb",
    "Preview": "visibility",
    "PolicyViolation": "gpp_bad",
}
# The apps whose tables these are.
KERNEL = ("agent", "alerts", "goals", "metrics", "rest")
SETUP = {"SystemConfig": "emergency_home", "Tenant": "apartment"}
# Where a table's name is not the operator's word for it.
TITLES = {"SystemConfig": "Stop and resume", "Tenant": "Companies"}


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The company whose pages are shown, and whether and how far its agent may act."""

    tenant: Tenant
    allowed: tuple[Tenant, ...]
    stop: Stop | None
    mail_stop: str
    send_mode: SendMode | None
    settings_error: str = ""
    alerts: tuple[Alert, ...] = ()
    platform_alerts: tuple[PlatformAlert, ...] = ()

    @property
    def mode_label(self) -> str:
        """The effective send mode in two words."""
        return self.send_mode.label.partition(":")[0] if self.send_mode else "Settings not understood"

    @property
    def mode_words(self) -> str:
        """What the effective send mode means."""
        return self.send_mode.label if self.send_mode else self.settings_error


def read_frame(request: Any) -> Frame | None:
    """The frame of a request, read once; None without a company (logged out, or none allowed)."""
    if not hasattr(request, "frame"):
        tenant = getattr(request, "tenant", None)
        request.frame = _read(tenant, request) if tenant else None
    frame: Frame | None = request.frame
    return frame


def _read(tenant: Tenant, request: Any) -> Frame:
    mode, error = None, ""
    try:
        mode = effective_send_mode(tenant.settings)
    except InvalidAgentSettings as invalid:
        error = str(invalid)
    return Frame(
        tenant=tenant,
        allowed=tuple(request.allowed_tenants),
        stop=read_stop(tenant.pk),
        mail_stop=read_mail_stop(tenant.pk),
        send_mode=mode,
        settings_error=error,
        # A view that opens its own scopes renders outside of one, where no alert can be seen.
        alerts=tuple(Alert.objects.unattended()) if scoped_tenant_id() else (),
        platform_alerts=tuple(PlatformAlert.objects.unattended()) if request.user.is_superuser else (),
    )


def describe_frame(request: HttpRequest) -> dict[str, Any]:
    """The frame for the templates (unfold's GLOBAL_CALLBACK)."""
    return {"frame": read_frame(request)}


def describe_environment(request: HttpRequest) -> list[str] | None:
    """The badge in the header of every page: stopped, or how far messages travel."""
    frame = read_frame(request)
    if frame is None:
        return None
    if frame.stop is not None:
        return ["Stopped", "danger"]
    if frame.mail_stop:
        return ["Mail stopped", "danger"]
    return [frame.mode_label, MODE_TONES[frame.send_mode] if frame.send_mode else "danger"]


def list_navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The menu: the operator's day first, then each domain's tables, then the rest. Only what the person may see."""
    apps = admin.site.get_app_list(request)
    kernel = {
        model["object_name"]: model for app in apps if app["app_label"] in KERNEL for model in app["models"]
    }
    groups = [
        {"title": "", "items": [_item("Home", reverse("admin:index"), "home"), *_approvals(request, kernel)]},
        {"title": "Agent", "items": _pick(kernel, DAILY)},
        *(_group(app) for app in apps if app["app_label"] not in (*KERNEL, "auth", "django_celery_beat")),
    ]
    behind = [name for name in kernel if name not in DAILY and name not in SETUP]
    groups.append(_fold("Behind the scenes", _pick(kernel, dict.fromkeys(behind, "table_rows"))))
    setup = [
        _model_item(m, "settings")
        for app in apps
        if app["app_label"] in ("auth", "django_celery_beat")
        for m in app["models"]
    ]
    groups.append(_fold("Set-up", [*_pick(kernel, SETUP), *setup]))
    return groups


def _approvals(request: HttpRequest, kernel: dict[str, Any]) -> list[dict[str, Any]]:
    """The cards that wait for a person: a filter of the card list with an entry of its own."""
    if "Card" not in kernel:
        return []
    url = kernel["Card"]["admin_url"]
    is_open = request.path == url and request.GET.get("state__exact") == CardState.HELD
    item = _item("Waiting for approval", f"{url}?state__exact={CardState.HELD}", "approval")
    return [{**item, "active": is_open}]


def _group(app: dict[str, Any]) -> dict[str, Any]:
    return _fold(app["name"], [_model_item(model, "table_rows") for model in app["models"]])


def _fold(title: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    return {"title": title, "collapsible": True, "separator": True, "items": items}


def _pick(models: dict[str, Any], icons: dict[str, str]) -> list[dict[str, Any]]:
    return [_model_item(models[name], icon) for name, icon in icons.items() if name in models]


def _model_item(model: dict[str, Any], icon: str) -> dict[str, Any]:
    return _item(TITLES.get(model["object_name"], str(model["name"])), model["admin_url"], icon)


def _item(title: str, link: str, icon: str) -> dict[str, Any]:
    return {"title": title, "link": link, "icon": icon}
