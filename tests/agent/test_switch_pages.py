"""The pages on which people stop and resume the agent: a reason, a second yes, and who may."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from agent.models import SwitchChange, SystemConfig, Tenant

pytestmark = pytest.mark.django_db
PAGE = "admin:agent_systemconfig_changelist"
FLIP = "admin:agent_systemconfig_flip"


@pytest.fixture
def boss(client, meridian, harborpine):
    client.force_login(User.objects.create_superuser("dana"))
    return client


def flip(client, to, switch="agent", **values):
    sent = {"to": to, "switch": switch, "reason": "Odd mails"} | values
    return client.post(reverse(FLIP), sent, follow=True).content.decode()


@pytest.mark.parametrize(
    ("switch", "flag", "banner"),
    [("agent", "global_enabled", "The agent stands still."), ("mail", "mail_enabled", "No message leaves.")],
)
def test_stopping_needs_a_reason_and_resuming_a_second_yes(boss, switch, flag, banner):
    page = flip(boss, "stop", switch, reason=" ")
    assert "Say why" in page and getattr(SystemConfig.objects.get(), flag)
    page = flip(boss, "stop", switch)
    assert banner in page and "Odd mails" in page and not getattr(SystemConfig.objects.get(), flag)
    page = flip(boss, "resume", switch)
    assert "Tick the box" in page and not getattr(SystemConfig.objects.get(), flag)
    page = flip(boss, "resume", switch, is_confirmed="yes", reason="Footer mended")
    assert banner not in page and "Footer mended" in page and getattr(SystemConfig.objects.get(), flag)
    assert [change.actor for change in SwitchChange.objects.all()] == ["dana", "dana"]


def test_a_look_does_not_flip_and_who_may_only_look_cannot_flip(client, boss):
    assert boss.get(reverse(FLIP)).status_code == 405
    viewer = User.objects.create_user("lee", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_systemconfig"))
    client.force_login(viewer)
    assert "may look at the switch and not use it" in client.get(reverse(PAGE)).content.decode()
    assert client.post(reverse(FLIP), {"to": "stop", "reason": "x"}).status_code == 403
    assert SystemConfig.objects.get().global_enabled


def tenant_form(tenant, **values):
    return {
        "name": tenant.name,
        "kind": tenant.kind,
        "timezone": tenant.timezone,
        "agent_enabled": "on",
        "mail_enabled": "on",
        "agent_settings": json.dumps(tenant.agent_settings),
        "seen_settings": json.dumps(tenant.agent_settings),
        "viewers": [],
        "why": "",
    } | values


def test_a_companys_switch_needs_a_reason_and_a_yes_and_keeps_both(boss, meridian, harborpine):
    url = reverse("admin:agent_tenant_change", args=[meridian.pk])
    without = {key: value for key, value in tenant_form(meridian).items() if key != "mail_enabled"}
    page = boss.post(url, without).content.decode()
    assert "Say why" in page and "Say yes here" in page
    assert boss.post(url, without | {"why": "Audit", "is_confirmed": "on"}).status_code == 302
    meridian.refresh_from_db()
    assert (meridian.mail_enabled, meridian.mail_reason, meridian.agent_enabled) == (False, "Audit", True)
    change = SwitchChange.objects.get()
    assert (change.company, change.switch, change.actor) == ("meridian", "mail", "dana")
    assert Tenant.objects.get(pk=harborpine.pk).mail_enabled


def test_other_changes_of_a_company_need_neither(boss, meridian):
    url = reverse("admin:agent_tenant_change", args=[meridian.pk])
    assert boss.post(url, tenant_form(meridian, name="Meridian")).status_code == 302
    meridian.refresh_from_db()
    assert meridian.name == "Meridian" and not SwitchChange.objects.exists()
