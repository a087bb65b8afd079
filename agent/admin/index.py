"""The first page: what the agent of the current company did last, what is open, and whether it may act."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agent.admin.display import (
    Section,
    badge,
    humanise,
    link_to,
    moment,
    pairs,
    sentence,
    stack,
    state_badge,
    table,
)
from agent.admin.frame import Frame, read_frame
from agent.alerts.admin import SEVERITY_TONES
from agent.alerts.demotion import ACTOR
from agent.alerts.models import Alert, Watched
from agent.alerts.states import Severity
from agent.goals.admin import describe_month
from agent.models import Card, Reflection, Run, SystemConfig, Task, Tenant
from agent.states import OPEN_STATES, CardState, RunState
from agent.switches import read_environment_stop
from agent.tenant_settings import parse_send_mode

TASKS_SHOWN = ALERTS_SHOWN = 10
# Attempts that did no work: they say nothing about the agent's last hour.
IDLE_RUNS = (RunState.LOCKED,)


def describe_index(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Fill the first page (unfold's DASHBOARD_CALLBACK)."""
    frame = read_frame(request)
    if frame is None:
        return context
    user = request.user
    sections = [
        Section(title="May the agent work?", body=_describe_switches(frame)),
    ]
    if user.has_perm("alerts.view_alert"):
        sections.append(Section(title="Open alerts", body=_describe_alerts()))
    if user.has_perm("agent.view_run"):
        sections.append(Section(title="Last cycle", body=_describe_last_run(frame)))
    if user.has_perm("goals.view_goal"):
        sections.append(Section(title="This month", body=describe_month(frame.tenant)))
    if user.has_perm("agent.view_card"):
        sections.append(Section(title="Open cards", body=_describe_open_cards()))
    if user.has_perm("agent.view_task"):
        sections.append(Section(title="Open tasks", body=_describe_tasks()))
    if user.has_perm("agent.view_reflection"):
        sections.append(Section(title="Figures of the last reflection", body=_describe_figures()))
    return {**context, "title": frame.tenant.name, "sections": sections}


def _describe_switches(frame: Frame) -> SafeString:
    """Each switch by itself, then what they come to."""
    environment = read_environment_stop()
    config = SystemConfig.objects.filter(pk=1).first()
    runs = config is not None and config.global_enabled
    said = f"{config.reason} ({config.changed_by})" if config and config.changed_by else ""
    mode = frame.tenant.agent_settings.get("send_mode", "dry_run")
    return stack(
        table(
            ("Switch", "State", "Says"),
            [
                ("Environment", _on_off(environment is None), environment.detail if environment else ""),
                ("Console", _on_off(runs), said),
                ("This company", _on_off(frame.tenant.agent_enabled), frame.tenant.agent_reason),
                ("Mail", _on_off(not frame.mail_stop), frame.mail_stop),
                ("Send mode", badge(frame.mode_label, "busy"), _explain_mode(frame, mode)),
            ],
        ),
        sentence(
            frame.stop.detail if frame.stop else "The agent works this company's hour, every full hour."
        ),
    )


def _explain_mode(frame: Frame, mode: Any) -> str:
    """What the mode means, which setting made it so, and who set that, and why."""
    if frame.send_mode is None:
        return frame.mode_words
    if parse_send_mode(mode) == frame.send_mode:
        return " ".join(filter(None, [f"{frame.mode_words.rstrip('.')}.", _name_author(frame.tenant)]))
    cause = "EMAIL_SEND_DISABLED" if settings.EMAIL_SEND_DISABLED.strip() else "EMAIL_SEND_MODE"
    return f"{frame.mode_words}. The company's own setting is {humanise(str(mode)).lower()}; {cause} restricts it."


def _name_author(tenant: Tenant) -> str:
    """Who last changed the company's send mode, in one sentence; empty when nobody did in the console."""
    if tenant.send_mode_by == ACTOR:
        return tenant.send_mode_why
    if not tenant.send_mode_by:
        return ""
    why = tenant.send_mode_why.rstrip(".")
    return f"Set by {tenant.send_mode_by}: {why}." if why else f"Set by {tenant.send_mode_by}."


def _on_off(is_on: bool) -> SafeString:
    return badge("On", "good") if is_on else badge("Off", "bad")


def _describe_last_run(frame: Frame) -> SafeString:
    run = Run.objects.exclude(state__in=IDLE_RUNS).order_by("-id").first()
    if run is None:
        return sentence(
            f"No cycle has run yet. Start one with: manage.py run_cycle --tenant {frame.tenant.slug}"
        )
    counts = ", ".join(f"{count} {name}" for name, count in run.counts.items() if count)
    return pairs(
        [
            ("Run", link_to(run)),
            ("State", state_badge(run.state, run.get_state_display())),
            ("Started", moment(run.started_at)),
            ("Took", f"{run.metrics['seconds']:.2f} seconds" if "seconds" in run.metrics else ""),
            ("Cards", counts or "Nothing was due."),
            *([("Why it ended", run.stop_detail)] if run.stop_detail else []),
        ]
    )


def _describe_alerts() -> SafeString:
    """What warns of this company, the gravest first, also what somebody looks after already."""
    alerts = list(Alert.objects.active()[: ALERTS_SHOWN + 1])
    rows = [
        (
            link_to(alert),
            badge(alert.get_severity_display(), SEVERITY_TONES[Severity(alert.severity)]),
            alert.first_seen_at,
            alert.acknowledged_by or "nobody yet",
        )
        for alert in alerts[:ALERTS_SHOWN]
    ]
    shown = table(
        ("Alert", "How bad", "Since", "Looked after by"),
        rows,
        empty="No alert: every condition has been looked at, and none holds."
        if Watched.objects.exists()
        else "Nothing has looked at this company yet. A worker does each minute, and manage.py watch.",
    )
    if len(alerts) <= ALERTS_SHOWN:
        return shown
    return stack(
        shown,
        format_html(
            '<a class="agent-link" href="{}">All alerts</a>', reverse("admin:alerts_alert_changelist")
        ),
    )


def _describe_open_cards() -> SafeString:
    counts = dict(
        Card.objects.filter(state__in=OPEN_STATES).order_by().values_list("state").annotate(cards=Count("id"))
    )
    url = reverse("admin:agent_card_changelist")
    rows = [
        (
            state_badge(state, state.label),
            format_html('<a class="agent-link" href="{}?state__exact={}">{}</a>', url, state, counts[state]),
        )
        for state in CardState
        if state in counts
    ]
    return table(("State", "Cards"), rows, empty="No card is open: nothing waits for the agent or for you.")


def _describe_tasks() -> SafeString:
    tasks = list(Task.objects.open()[: TASKS_SHOWN + 1])
    rows = [
        (link_to(task), task.contact_label, task.assignee or task.role, task.due_at, task.due_words)
        for task in tasks[:TASKS_SHOWN]
    ]
    shown = table(
        ("Task", "For", "Who", "Due", "Their words"),
        rows,
        empty="No open task. One appears when a client asks for something in their own words.",
    )
    if len(tasks) <= TASKS_SHOWN:
        return shown
    more = format_html(
        '<a class="agent-link" href="{}?state__exact=open">All open tasks</a>',
        reverse("admin:agent_task_changelist"),
    )
    return stack(shown, more)


def _describe_figures() -> SafeString:
    reflection = Reflection.objects.select_related("run").order_by("-id").first()
    if reflection is None:
        return sentence("No figures yet. The first completed cycle writes them.")
    before = {entry["figure"]: entry["before"] for entry in reflection.moved}
    rows = [
        (humanise(name), value, before.get(name, "unchanged"))
        for name, value in sorted(reflection.figures.items())
    ]
    return stack(
        table(("Figure", "Now", "Hour before"), rows, empty="No engine reported a figure."),
        link_to(reflection),
    )
