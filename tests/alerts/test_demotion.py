"""The send mode is lowered by itself when mail does harm, is raised by people only, and does not flap."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connections
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from agent.alerts.demotion import (
    ACTOR,
    ALL_THE_WAY,
    ONE_STEP,
    decide_lowering,
    lower_send_mode,
)
from agent.alerts.facts import Mail, TenantFacts
from agent.alerts.models import Alert, Demotion
from agent.alerts.services import evaluate_tenant, watch_over
from agent.alerts.states import AlertKind, AlertState, DemotionCause
from agent.engine import KernelEngine
from agent.models import Event, Tenant
from agent.registry import registry
from agent.states import SendMode
from agent.switches import build_cycle
from agent.tenancy import tenant_scope
from engagement.mail.engine import MailEngine
from engagement.mail.models import Mailbox
from tests.alerts.cast import HOUR, MINUTE, add_refusals, set_settings
from tests.mail.cast import ORDERS, vouch_for_domain

C, M = DemotionCause, SendMode
RANK = list(SendMode).index


def facts(mode=M.LIVE, mail=None, **changes) -> TenantFacts:
    at = datetime(2026, 11, 23, 16, tzinfo=UTC)
    return TenantFacts(now=at, tenant="Meridian", send_mode=mode, mail=mail or Mail(), **changes)


# The figures, and the cause for which they lower a live company, if any.
CASES = [
    ({"mail": Mail(sent=100, hard_bounces=4)}, None),
    ({"mail": Mail(sent=100, hard_bounces=5)}, C.HARD_BOUNCES),
    ({"mail": Mail(sent=99, hard_bounces=99)}, None),
    ({"mail": Mail(sent=667, complaints=2)}, None),  # 0.29985 %
    ({"mail": Mail(sent=666, complaints=2)}, C.COMPLAINTS),
    ({"mail": Mail(sent=100, complaints=1)}, None),
    ({"mail": Mail(sent=99, complaints=50)}, None),
    ({"mail": Mail(sent=100, complaints=5, hard_bounces=50)}, C.COMPLAINTS),  # the gravest is named
    ({"mail": Mail(sent_1h=39, usual_hour=1, usual_hours=5)}, None),
    ({"mail": Mail(sent_1h=40, usual_hour=1, usual_hours=5)}, C.SEND_VOLUME),
    ({"mail": Mail(sent_1h=79, usual_hour=20, usual_hours=5)}, None),
    ({"mail": Mail(sent_1h=80, usual_hour=20, usual_hours=5)}, C.SEND_VOLUME),
    ({"mail": Mail(sent_1h=900, usual_hour=1, usual_hours=4)}, None),
    ({"refusals_counted": 29}, None),
    ({"refusals_counted": 30}, C.POLICY_BLOCKS),
    ({"refusals_counted": 59, "refusals_usual": 20}, None),
    ({"refusals_counted": 60, "refusals_usual": 20}, C.POLICY_BLOCKS),
]


@pytest.mark.parametrize(("changes", "cause"), CASES)
def test_a_mode_is_lowered_from_the_threshold_on(changes, cause):
    lowering = decide_lowering(facts(**changes))
    assert (lowering.cause if lowering else None) == cause


@pytest.mark.parametrize("mode", [M.DRY_RUN, M.INTERNAL_ONLY])
@pytest.mark.parametrize("changes", [changes for changes, cause in CASES if cause])
def test_a_mode_that_reaches_no_client_stays(mode, changes):
    assert decide_lowering(facts(mode, **changes)) is None


def test_harm_goes_all_the_way_and_what_is_odd_one_step():
    harm = decide_lowering(facts(mail=Mail(sent=100, hard_bounces=5)))
    odd = decide_lowering(facts(refusals_counted=30))
    assert (harm.steps, odd.steps) == (ALL_THE_WAY, ONE_STEP)
    assert {harm.steps[mode] for mode in (M.LIVE, M.LIMITED_LIVE)} == {M.INTERNAL_ONLY}
    assert [odd.steps[mode] for mode in (M.LIVE, M.LIMITED_LIVE)] == [M.LIMITED_LIVE, M.INTERNAL_ONLY]


counts = st.integers(0, 5000).map(float)


@given(
    mode=st.sampled_from(SendMode),
    mail=st.builds(
        Mail,
        sent=counts,
        hard_bounces=counts,
        complaints=counts,
        sent_1h=counts,
        usual_hour=counts,
        usual_hours=st.integers(0, 300),
    ),
    refused=st.integers(0, 500),
    usual=st.floats(0, 100),
)
def test_no_figures_raise_a_mode(mode, mail, refused, usual):
    lowering = decide_lowering(facts(mode, mail, refusals_counted=refused, refusals_usual=usual))
    if lowering is not None:
        assert all(RANK(after) < RANK(before) for before, after in lowering.steps.items())
        assert mode in lowering.steps


# What follows is judged from the rows that the mail engine itself keeps.

COMMITS = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def live(well):
    meridian, harborpine = well
    for tenant in well:
        set_settings(tenant, send_mode="live", alert_emails=["dana@meridian.test"])
    with registry.override(KernelEngine(), MailEngine()):
        yield meridian, harborpine


def add_mail(tenant, at, *, sent=0, bounced=0, complained=0):
    """What became of messages at that moment, as the mail engine writes it down."""
    kinds = [("mail.message.sent", sent), ("mail.bounced", bounced), ("mail.complained", complained)]
    with tenant_scope(tenant):
        Event.objects.bulk_create(
            Event(
                kind=kind,
                subject_kind="message",
                subject_id=str(number),
                data={"email": f"p{number}@there.test", "severity": "hard"},
                occurred_at=at,
            )
            for kind, count in kinds
            for number in range(count)
        )


def mode_of(tenant):
    return Tenant.objects.get(pk=tenant.pk).settings.send_mode


def demotions_of(tenant):
    with tenant_scope(tenant):
        return list(Demotion.objects.order_by("id"))


def lowered_alert(tenant):
    with tenant_scope(tenant):
        return Alert.objects.active().filter(kind=AlertKind.SEND_MODE_LOWERED).first()


@COMMITS
def test_bounces_lower_the_mode_of_their_company_and_say_why(live, now):
    meridian, harborpine = live
    add_mail(meridian, now - HOUR, sent=100, bounced=5)
    watch_over(now=now)
    assert (mode_of(meridian), mode_of(harborpine)) == (M.INTERNAL_ONLY, M.LIVE)
    (demotion,) = demotions_of(meridian)
    assert (demotion.cause, demotion.from_mode, demotion.to_mode) == (C.HARD_BOUNCES, "live", "internal_only")
    assert demotion.sentence == (
        "The send mode was lowered from live to internal_only, because 5 of 100 messages bounced for good "
        "(the limit is 5 %)."
    )
    assert demotion.numbers == {"bounces": 5, "sent": 100}
    meridian.refresh_from_db()
    assert (meridian.send_mode_by, meridian.send_mode_why) == (ACTOR, demotion.sentence)
    # Nothing else of the settings is touched.
    assert meridian.agent_settings["alert_emails"] == ["dana@meridian.test"]
    alert = lowered_alert(meridian)
    assert demotion.sentence in alert.sentence and "until a person raises it" in alert.sentence
    assert demotions_of(harborpine) == []


@COMMITS
def test_figures_below_their_sample_lower_nothing(live, now):
    meridian, _ = live
    add_mail(meridian, now - HOUR, sent=99, bounced=60, complained=60)
    watch_over(now=now)
    assert mode_of(meridian) == M.LIVE


@COMMITS
def test_an_address_that_bounces_again_and_again_counts_once(live, now):
    meridian, _ = live
    add_mail(meridian, now - HOUR, sent=100)
    for minute in range(6):
        add_mail(meridian, now - minute * MINUTE, bounced=1)
    watch_over(now=now)
    assert mode_of(meridian) == M.LIVE


@COMMITS
def test_a_volume_far_above_the_usual_slows_sending(live, now):
    meridian, _ = live
    for hour in range(30, 36):
        add_mail(meridian, now - hour * HOUR, sent=10)
    add_mail(meridian, now - 5 * MINUTE, sent=40)
    watch_over(now=now)
    assert mode_of(meridian) == M.LIMITED_LIVE
    assert demotions_of(meridian)[0].cause == C.SEND_VOLUME


@COMMITS
def test_the_same_figures_are_never_answered_twice(live, now):
    meridian, _ = live
    add_refusals(meridian, now - MINUTE, 40)
    for minute in range(50):
        evaluate_tenant(tenant=meridian, now=now + minute * MINUTE)
    # One step for one hour's refusals, not one a minute down to the bottom.
    assert mode_of(meridian) == M.LIMITED_LIVE
    assert len(demotions_of(meridian)) == 1
    # What is new after it counts again.
    add_refusals(meridian, now + 55 * MINUTE, 40)
    evaluate_tenant(tenant=meridian, now=now + 55 * MINUTE)
    assert mode_of(meridian) == M.INTERNAL_ONLY
    assert len(demotions_of(meridian)) == 2


@COMMITS
def test_a_mode_that_a_person_raised_is_not_lowered_for_the_old_figures(live, now):
    meridian, _ = live
    add_mail(meridian, now - HOUR, sent=1000, bounced=100)
    watch_over(now=now)
    assert mode_of(meridian) == M.INTERNAL_ONLY
    # By whatever door: here by none of ours.
    set_settings(meridian, send_mode="live")
    for minute in range(1, 120, 7):
        evaluate_tenant(tenant=meridian, now=now + minute * MINUTE)
    assert mode_of(meridian) == M.LIVE
    (demotion,) = demotions_of(meridian)
    assert (demotion.raised_at, demotion.raised_by) == (now + MINUTE, "")
    assert lowered_alert(meridian) is None
    # New harm is.
    add_mail(meridian, now + 3 * HOUR, sent=100, bounced=5)
    evaluate_tenant(tenant=meridian, now=now + 3 * HOUR + MINUTE)
    assert mode_of(meridian) == M.INTERNAL_ONLY


@COMMITS
def test_time_and_better_figures_raise_nothing(live, now):
    meridian, _ = live
    add_mail(meridian, now - HOUR, sent=100, bounced=50)
    watch_over(now=now)
    for day in range(1, 30):
        at = now + timedelta(days=day)
        add_mail(meridian, at, sent=500)
        evaluate_tenant(tenant=meridian, now=at + MINUTE)
    assert mode_of(meridian) == M.INTERNAL_ONLY
    assert lowered_alert(meridian).state == AlertState.OPEN


@COMMITS
def test_a_person_who_lowers_the_mode_further_has_not_raised_it(live, now):
    meridian, _ = live
    add_mail(meridian, now - HOUR, sent=100, bounced=5)
    watch_over(now=now)
    for mode in ("dry_run", "internal_only"):
        set_settings(meridian, send_mode=mode)
        evaluate_tenant(tenant=meridian, now=now + MINUTE)
        assert demotions_of(meridian)[0].raised_at is None
    assert lowered_alert(meridian) is not None


@COMMITS
def test_four_processes_at_once_lower_the_mode_once(live, now):
    meridian, _ = live
    add_refusals(meridian, now - MINUTE, 40)
    gate = threading.Barrier(4)

    def look():
        try:
            gate.wait()
            watch_over(now=now)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(demotions_of(meridian)) == 1
    assert mode_of(meridian) == M.LIMITED_LIVE


@COMMITS
def test_a_mode_that_is_safe_by_the_time_of_the_lock_is_left_alone(live, now):
    meridian, _ = live
    lowering = decide_lowering(facts(mail=Mail(sent=100, hard_bounces=5)))
    set_settings(meridian, send_mode="dry_run")
    with tenant_scope(meridian):
        assert lower_send_mode(tenant=meridian, lowering=lowering, now=now) is None
    assert mode_of(meridian) == M.DRY_RUN
    assert demotions_of(meridian) == []


@COMMITS
def test_the_next_cycle_works_under_the_lowered_mode(live, now):
    meridian, _ = live
    add_mail(meridian, now - HOUR, sent=100, complained=2)
    watch_over(now=now)
    cycle = build_cycle(tenant=Tenant.objects.get(pk=meridian.pk), now=now)
    assert cycle.send_mode == M.INTERNAL_ONLY


# The console: only a person raises the mode, and says why.


@pytest.fixture
def boss(client, live):
    client.force_login(User.objects.create_superuser("dana"))
    return client


def form_of(tenant, settings, seen=None, **values):
    """The page of a company as a browser sends it, opened when its settings were `seen`."""
    return {
        "name": tenant.name,
        "kind": tenant.kind,
        "timezone": tenant.timezone,
        "agent_enabled": "on",
        "mail_enabled": "on",
        "agent_settings": json.dumps(settings),
        "seen_settings": json.dumps(tenant.agent_settings if seen is None else seen, sort_keys=True),
        "viewers": [],
        "why": "",
    } | values


@COMMITS
def test_raising_in_the_console_asks_why_and_keeps_who(boss, live, now):
    meridian, _ = live
    add_mail(meridian, now - HOUR, sent=100, bounced=5)
    watch_over(now=now)
    meridian.refresh_from_db()
    url = reverse("admin:agent_tenant_change", args=[meridian.pk])
    raised = {**meridian.agent_settings, "send_mode": "limited_live"}
    boss.post(reverse("agent:switch_tenant"), {"tenant": "meridian"})
    with tenant_scope(meridian):
        Mailbox.objects.create(address_normalised=ORDERS, is_primary=True)
        vouch_for_domain(now)
    page = boss.post(url, form_of(meridian, raised)).content.decode()
    assert "Say yes here to raise the send mode" in page and "Say why" in page
    assert mode_of(meridian) == M.INTERNAL_ONLY
    yes = form_of(meridian, raised, why="List cleaned", is_confirmed="on")
    assert boss.post(url, yes).status_code == 302
    assert mode_of(meridian) == M.LIMITED_LIVE
    evaluate_tenant(tenant=meridian, now=now + MINUTE)
    (demotion,) = demotions_of(meridian)
    assert (demotion.raised_by, demotion.raised_why) == ("dana", "List cleaned")
    shown = boss.get(reverse("admin:alerts_demotion_change", args=[demotion.pk])).content.decode()
    assert "5 of 100 messages bounced for good" in shown
    assert "List cleaned" in shown and "dana" in shown


@COMMITS
def test_a_page_opened_before_the_lowering_cannot_raise_the_mode_by_accident(boss, live, now):
    meridian, _ = live
    before = meridian.agent_settings
    add_mail(meridian, now - HOUR, sent=100, bounced=5)
    watch_over(now=now)
    url = reverse("admin:agent_tenant_change", args=[meridian.pk])
    # The settings are as that page showed them: something else was changed, and the mode stays lowered.
    sent = form_of(meridian, before, seen=before, name="Meridian")
    assert boss.post(url, sent).status_code == 302
    assert mode_of(meridian) == M.INTERNAL_ONLY
    assert Tenant.objects.get(pk=meridian.pk).name == "Meridian"
    # Another setting was changed on it: refused, in words, and nothing is written.
    sent = form_of(meridian, {**before, "max_emails_per_hour": 5}, seen=before)
    page = boss.post(url, sent).content.decode()
    assert "These were changed since you opened this page; the send mode is internal_only now." in page
    assert mode_of(meridian) == M.INTERNAL_ONLY
    assert "max_emails_per_hour" not in Tenant.objects.get(pk=meridian.pk).agent_settings


@COMMITS
def test_lowering_in_the_console_asks_nothing(boss, live):
    meridian, _ = live
    url = reverse("admin:agent_tenant_change", args=[meridian.pk])
    lowered = {**meridian.agent_settings, "send_mode": "dry_run"}
    assert boss.post(url, form_of(meridian, lowered)).status_code == 302
    assert mode_of(meridian) == M.DRY_RUN
    assert Tenant.objects.get(pk=meridian.pk).send_mode_by == "dana"
