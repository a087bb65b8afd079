"""The console says first what warns of the company whose pages are shown, and of no other."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from agent.access import set_viewers
from agent.alerts.demotion import ACTOR
from agent.alerts.notices import webhook_secret_of
from agent.alerts.services import acknowledge_alert, watch_over
from agent.models import Tenant
from agent.tenancy import tenant_scope
from tests.alerts.cast import add_refusals
from tests.alerts.test_alerts import alerts_of, lose_outcome

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture(autouse=True)
def engine(pulse):
    return pulse


def home_of(client, tenant):
    client.post(reverse("agent:switch_tenant"), {"tenant": tenant.slug})
    return client.get(reverse("admin:index")).content.decode()


def test_the_first_page_lists_the_open_alerts_of_its_company(client, well, now):
    meridian, harborpine = well
    lose_outcome(meridian, now)
    add_refusals(meridian, now, 12)
    watch_over(now=now)
    (refusals,) = alerts_of(meridian, kind="policy_spike")
    with tenant_scope(meridian):
        acknowledge_alert(alert=refusals, actor="kim", reason="", now=now)
    client.force_login(User.objects.create_superuser("dana"))
    page = home_of(client, meridian)
    section = page.partition("Open alerts")[2].partition("Last cycle")[0]
    # The gravest first, with who looks after it.
    assert section.index("Outcomes are unknown") < section.index("Many actions are refused")
    assert "kim" in section and "nobody yet" in section
    rivals = home_of(client, harborpine).partition("Open alerts")[2].partition("Last cycle")[0]
    assert "every condition has been looked at, and none holds" in rivals


def test_a_company_that_nothing_has_looked_at_is_not_called_well(client, meridian):
    client.force_login(User.objects.create_superuser("dana"))
    assert "Nothing has looked at this company yet." in home_of(client, meridian)


def test_a_login_that_may_not_see_alerts_sees_none_of_them(client, well, now):
    meridian, _ = well
    lose_outcome(meridian, now)
    watch_over(now=now)
    viewer = User.objects.create_user("lee", is_staff=True)
    set_viewers(tenant=meridian, users=[viewer])
    client.force_login(viewer)
    page = home_of(client, meridian)
    assert "Open alerts" not in page and "Outcomes" not in page
    viewer.user_permissions.add(Permission.objects.get(codename="view_alert"))
    assert "Outcomes are unknown" in home_of(client, meridian)
    # The installation's own alerts name every company.
    assert client.get(reverse("admin:alerts_platformalert_changelist")).status_code == 403


def test_the_key_of_a_companys_webhook_is_shown_to_those_who_set_companies_up(client, meridian, settings):
    client.force_login(User.objects.create_superuser("dana"))
    url = reverse("admin:agent_tenant_change", args=[meridian.pk])
    assert "Set ALERT_WEBHOOK_SECRET, and each company has a key" in client.get(url).content.decode()
    settings.ALERT_WEBHOOK_SECRET = "s3cret"
    page = client.get(url).content.decode()
    assert webhook_secret_of(Tenant.objects.get(pk=meridian.pk)) in page
    assert "s3cret" not in page


def test_the_first_page_says_who_set_the_send_mode_and_why(client, meridian):
    client.force_login(User.objects.create_superuser("dana"))
    assert "Set by" not in home_of(client, meridian)
    row = Tenant.objects.filter(pk=meridian.pk)
    row.update(
        agent_settings={"send_mode": "internal_only"},
        send_mode_by=ACTOR,
        send_mode_why="The send mode was lowered from live to internal_only, because of the bounces.",
    )
    page = home_of(client, meridian)
    assert "everything else waits. The send mode was lowered from live to internal_only" in page
    row.update(agent_settings={"send_mode": "live"}, send_mode_by="dana", send_mode_why="List cleaned.")
    assert "Live. Set by dana: List cleaned." in home_of(client, meridian)
