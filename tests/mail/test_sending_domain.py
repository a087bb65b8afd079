"""The look at a sending domain, at a name server of its own process, and what it gates."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from agent.cycle import run_cycle
from agent.models import Card, Tenant
from agent.states import CardState, SendMode
from agent.tenancy import TenantScopeOpen, tenant_scope
from engagement.mail.models import DomainCheck, DomainResult, Mailbox
from engagement.mail.sending_domains import NoSendingDomain, check_sending_domain, read_domain_objection
from engagement.mail.tasks import check_domains, check_tenant_domain
from tests.engagement.cast import make_client, make_contact, touch
from tests.fakes.running import name_server
from tests.mail.cast import ORDERS, TOMAS
from tests.mail.test_domain_records import DKIM, DMARC, RIGHT, SPF

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

DAY = timedelta(days=1)
# Resend's customers publish its sender's include.
ZONES = {f"{name} TXT": texts for name, texts in RIGHT.items()} | {
    f"{SPF} TXT": ["v=spf1 include:amazonses.com ~all"],
    "amazonses.com TXT": ["v=spf1 ip4:192.0.2.0/24 -all"],
}


@pytest.fixture
def names(tmp_path, settings):
    with name_server(tmp_path / "zones.json") as server:
        server.publish(ZONES)
        settings.DNS_RESOLVERS = [server.address]
        yield server


@pytest.fixture
def desk(meridian, harborpine, now, names, settings, start_provider):
    """Meridian and its rival, set to live, each with a person who is due; nobody has looked at a domain."""
    start_provider("http")
    for tenant, address in ((meridian, ORDERS), (harborpine, "desk@harborpine.test")):
        tenant.agent_settings = {"send_mode": "live"}
        tenant.save(update_fields=["agent_settings"])
        with tenant_scope(tenant):
            Mailbox.objects.create(address_normalised=address, display_name="Orders", is_primary=True)
            contact = make_contact(now, make_client(now, email_domain="bluemesacu.test"), addresses=[TOMAS])
            touch(contact, now - timedelta(days=40), now)
    return meridian


def look(tenant, now):
    return check_sending_domain(tenant=tenant, now=now)


def objection(tenant, now, mode=SendMode.LIVE, domain="meridianvs.test"):
    with tenant_scope(tenant):
        return read_domain_objection(domain=domain, mode=mode, now=now)


def card_of(tenant):
    with tenant_scope(tenant):
        return Card.objects.get(kind="send_email")


def test_records_in_order_pass_and_are_kept(desk, harborpine, now):
    check = look(desk, now)
    assert (check.result, check.domain, check.complaints) == (DomainResult.PASSED, "meridianvs.test", [])
    assert [finding["record"] for finding in check.findings] == ["SPF", "DKIM", "DMARC"]
    assert check.findings[0]["found"] == ["v=spf1 include:amazonses.com ~all"]
    assert objection(desk, now) == ""
    with tenant_scope(harborpine):
        assert not DomainCheck.objects.exists()
    # What passed for one company says nothing for another.
    assert "has not been looked at" in objection(harborpine, now)


@pytest.mark.parametrize(
    ("broken", "words"), [(SPF, "has no SPF record"), (DKIM, "has no key"), (DMARC, "has no DMARC record")]
)
def test_a_missing_record_fails_with_what_to_add(desk, now, names, broken, words):
    names.publish({name: texts for name, texts in ZONES.items() if name != f"{broken} TXT"})
    check = look(desk, now)
    assert check.result == DomainResult.FAILED and words in " ".join(check.complaints)
    assert words in objection(desk, now)


def test_what_the_installation_says_of_its_provider_comes_first(desk, now, settings):
    settings.EMAIL_DKIM_SELECTOR, settings.EMAIL_SPF_INCLUDE, settings.EMAIL_RETURN_PATH = "s1", "x.test", ""
    spf, dkim, _ = look(desk, now).findings
    assert (spf["name"], dkim["name"]) == ("meridianvs.test", "s1._domainkey.meridianvs.test")
    assert "include:x.test" in spf["sentence"]


def test_where_one_name_server_is_silent_the_next_is_asked(desk, now, names, settings):
    settings.DNS_RESOLVERS = ["127.0.0.1:9", names.address]
    assert look(desk, now).result == DomainResult.PASSED


def test_a_dns_that_does_not_answer_is_no_news(desk, now, names):
    look(desk, now)
    for odd in ("SERVFAIL", "SILENT"):
        names.publish({**ZONES, f"{DKIM} TXT": odd})
        assert look(desk, now + DAY).result == DomainResult.NO_NEWS
    # The last word stands until it is a week old.
    assert objection(desk, now + 7 * DAY - timedelta(seconds=1)) == ""
    assert "longer ago than a week" in objection(desk, now + 7 * DAY)


def test_silence_does_not_hide_what_is_wrong(desk, now, names):
    names.publish({**ZONES, f"{DKIM} TXT": "SERVFAIL", f"{DMARC} TXT": []})
    assert look(desk, now).result == DomainResult.FAILED


def test_the_newest_word_counts(desk, now, names):
    look(desk, now)
    names.publish({})
    look(desk, now + DAY)
    assert "Receivers would not believe" in objection(desk, now + DAY)
    names.publish(ZONES)
    look(desk, now + 2 * DAY)
    assert objection(desk, now + 2 * DAY) == ""


@pytest.mark.parametrize("mode", [SendMode.DRY_RUN, SendMode.INTERNAL_ONLY])
def test_modes_that_reach_no_client_ask_for_nothing(desk, now, mode):
    assert objection(desk, now, mode) == ""
    assert objection(desk, now, SendMode.LIMITED_LIVE) != ""


def test_a_message_waits_until_the_domain_is_in_order_and_then_leaves(desk, now, start_provider):
    provider = start_provider("http")
    run_cycle(tenant=desk, now=now)
    card = card_of(desk)
    assert (card.state, card.rule) == (CardState.DEFERRED, "sending_domain_is_proven")
    assert "meridianvs.test has not been looked at" in card.rule_reason and provider.taken == []
    look(desk, now)
    run_cycle(tenant=desk, now=now + timedelta(hours=1))
    assert card_of(desk).state == CardState.DONE and len(provider.taken) == 1


def test_a_look_that_fails_before_the_claim_holds_what_was_allowed(desk, now, names, start_provider):
    provider = start_provider("http", "500", times=1)
    look(desk, now)
    run_cycle(tenant=desk, now=now)
    assert card_of(desk).state == CardState.ALLOWED
    names.publish({})
    look(desk, now)
    run_cycle(tenant=desk, now=now + timedelta(hours=1))
    card = card_of(desk)
    assert (card.state, card.rule) == (CardState.DEFERRED, "sending_domain_is_proven")
    assert provider.taken == []


def test_raising_the_mode_asks_for_the_domain_of_that_company(desk, harborpine, client, now):
    Tenant.objects.filter(pk=desk.pk).update(agent_settings={"send_mode": "internal_only"})
    desk.refresh_from_db()
    client.force_login(User.objects.create_superuser("dana"))
    url = reverse("admin:agent_tenant_change", args=[desk.pk])

    def raise_to(mode):
        form = {
            "name": desk.name,
            "kind": desk.kind,
            "timezone": desk.timezone,
            "agent_enabled": "on",
            "mail_enabled": "on",
            "agent_settings": json.dumps({"send_mode": mode}),
            "seen_settings": json.dumps({"send_mode": "internal_only"}),
            "viewers": [],
            "why": "The trial is over.",
            "is_confirmed": "on",
        }
        page = client.post(url, form).content.decode()
        return page, Tenant.objects.get(pk=desk.pk).agent_settings["send_mode"]

    client.post(reverse("agent:switch_tenant"), {"tenant": harborpine.slug})
    page, mode = raise_to("limited_live")
    assert "Work in this company" in page and mode == "internal_only"
    client.post(reverse("agent:switch_tenant"), {"tenant": desk.slug})
    page, mode = raise_to("live")
    assert "meridianvs.test has not been looked at" in page and mode == "internal_only"
    look(desk, timezone.now())
    assert raise_to("limited_live")[1] == "limited_live"


def test_the_page_says_what_to_add(desk, client, now, names):
    names.publish({})
    check = look(desk, now)
    client.force_login(User.objects.create_superuser("dana"))
    client.post(reverse("agent:switch_tenant"), {"tenant": desk.slug})
    page = client.get(reverse("admin:mail_domaincheck_change", args=[check.pk])).content.decode()
    for words in ("Something is missing", "v=spf1 include:amazonses.com ~all", DKIM, "v=DMARC1; p=none"):
        assert words in page, words


def test_the_command_says_each_record_and_fails_unless_all_are_right(desk, names, capsys):
    call_command("check_sending_domain", tenant="meridian")
    said = capsys.readouterr().out
    assert "meridianvs.test: In order" in said and said.count("right  ") == 3
    names.publish({**ZONES, f"{DMARC} TXT": [], f"{DKIM} TXT": "SERVFAIL"})
    with pytest.raises(SystemExit) as ended:
        call_command("check_sending_domain", tenant="meridian")
    said = capsys.readouterr().out
    assert ended.value.code == 1 and "wrong    DMARC" in said and "no news  DKIM" in said
    with pytest.raises(CommandError, match="no company"):
        call_command("check_sending_domain", tenant="nobody")


def test_the_nightly_look_takes_every_company_with_a_mailbox(desk, harborpine, meridian):
    assert check_domains() == 2
    assert check_tenant_domain(desk.pk) == "meridianvs.test: In order"
    with tenant_scope(harborpine):
        Mailbox.objects.update(is_primary=False)
    assert "No mailbox" in check_tenant_domain(harborpine.pk)


def test_a_look_asks_for_a_mailbox_and_is_taken_outside_a_scope(desk, now):
    with tenant_scope(desk), pytest.raises(TenantScopeOpen):
        look(desk, now)
    with tenant_scope(desk):
        Mailbox.objects.update(is_primary=False)
    with pytest.raises(NoSendingDomain):
        look(desk, now)
