"""Connecting a mailbox from the console: only by the way we sent the person on, and nothing of the token shows."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from agent.tenancy import tenant_scope
from engagement.mail.gmail.accounts import read_connection_status
from engagement.mail.gmail.models import GmailAccount, GmailConsent
from engagement.mail.gmail.states import SCOPE_READ, SCOPE_SEND, ConnectionStatus
from engagement.mail.gmail.vault import VaultClosed, open_token
from engagement.mail.models import Mailbox
from tests.fakes.gmail_consent import CANARY
from tests.gmail.cast import _redirect, account_of
from tests.mail.cast import furnish

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
HOME = "https://agent.example.com"


@pytest.fixture
def desk(gmail, meridian, harborpine, now, settings):
    """Two furnished companies and an installation that Google can send people back to."""
    settings.PUBLIC_URL = HOME
    furnish(meridian, now)
    furnish(harborpine, now, address="desk@harborpine.test")
    return gmail


def log_in(name="dana"):
    user, _ = User.objects.get_or_create(username=name, defaults={"is_staff": True, "is_superuser": True})
    browser = Client()
    browser.force_login(user)
    browser.post(reverse("agent:switch_tenant"), {"tenant": "meridian"})
    return browser


def mailbox_of(tenant):
    with tenant_scope(tenant):
        return Mailbox.objects.primary().pk


def go(browser, tenant, **form):
    """To Google; returns where the browser stands then."""
    return browser.post(reverse("gmail:connect", args=[mailbox_of(tenant)]), form)["Location"]


def agree(address):
    """Google's page, and the way back: path and parameters."""
    back = urlsplit(_redirect(address))
    assert f"{back.scheme}://{back.netloc}" == HOME
    return back.path, {name: values[0] for name, values in parse_qs(back.query).items()}


def come_back(browser, address, **changes):
    path, parameters = agree(address)
    return browser.get(path, {**parameters, **changes})


def test_a_mailbox_is_connected_with_the_least_that_is_needed(desk, meridian, harborpine):
    browser = log_in()
    address = go(browser, meridian)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert asked["scope"] == SCOPE_READ
    assert asked["redirect_uri"] == f"{HOME}/console/gmail/callback"
    answer = come_back(browser, address)
    assert (answer.status_code, "is connected" in browser.get(answer["Location"]).content.decode()) == (
        302,
        True,
    )
    account = account_of(meridian)
    assert (account.status, account.scopes, account.is_sender) == ("connected", [SCOPE_READ], False)
    with tenant_scope(meridian):
        assert read_connection_status(mailbox_id=account.mailbox_id) == ConnectionStatus.CONNECTED
    with tenant_scope(harborpine):
        assert not GmailAccount.objects.exists() and not GmailConsent.objects.exists()


def test_the_token_is_encrypted_for_this_mailbox_alone(desk, meridian, harborpine):
    browser = log_in()
    come_back(browser, go(browser, meridian, send="1"))
    account = account_of(meridian)
    assert account.is_sender and CANARY not in account.refresh_token
    where = {"tenant_id": meridian.pk, "mailbox_id": account.mailbox_id}
    assert open_token(account.refresh_token, **where).startswith(CANARY)
    for change in ({"tenant_id": harborpine.pk}, {"mailbox_id": account.mailbox_id + 1}):
        with pytest.raises(VaultClosed, match="another mailbox"):
            open_token(account.refresh_token, **where | change)


@pytest.mark.parametrize("state", ["", "wrong", "nonce:signature"])
def test_a_state_that_is_not_ours_is_refused(desk, meridian, state):
    browser = log_in()
    assert come_back(browser, go(browser, meridian), state=state).status_code == 400
    with tenant_scope(meridian):
        assert not GmailAccount.objects.exists()


def test_a_state_is_good_once(desk, meridian):
    browser = log_in()
    path, parameters = agree(go(browser, meridian))
    assert browser.get(path, parameters).status_code == 302
    with tenant_scope(meridian):
        GmailAccount.objects.all().delete()
    answer = browser.get(path, parameters)
    assert (answer.status_code, "connect it again" in answer.content.decode()) == (400, True)


def test_a_state_is_used_up_by_a_refusal_too(desk, meridian):
    browser = log_in()
    path, parameters = agree(go(browser, meridian))
    assert browser.get(path, {"state": parameters["state"], "error": "access_denied"}).status_code == 400
    assert browser.get(path, parameters).status_code == 400


def test_a_state_is_good_for_ten_minutes(desk, meridian, now):
    browser = log_in()
    path, parameters = agree(go(browser, meridian))
    with tenant_scope(meridian):
        GmailConsent.objects.update(expires_at=now - timedelta(days=1))
    assert browser.get(path, parameters).status_code == 400


def test_a_state_is_good_in_its_own_session_and_company_only(desk, meridian):
    path, parameters = agree(go(log_in(), meridian))
    assert log_in().get(path, parameters).status_code == 400, "the same person, logged in anew"
    assert log_in("erin").get(path, parameters).status_code == 400
    assert Client().get(path, parameters).status_code == 400
    browser = log_in()
    path, parameters = agree(go(browser, meridian))
    browser.post(reverse("agent:switch_tenant"), {"tenant": "harborpine"})
    assert browser.get(path, parameters).status_code == 400


def test_a_box_that_was_left_unticked_is_named_and_the_access_given_back(desk, meridian):
    browser = log_in()
    desk.order(deny=[SCOPE_SEND])
    answer = come_back(browser, go(browser, meridian, send="1"))
    assert (answer.status_code, "not send" in answer.content.decode()) == (400, True)
    desk.order(deny=[SCOPE_READ])
    answer = come_back(browser, go(browser, meridian))
    assert (answer.status_code, "not to read" in answer.content.decode()) == (400, True)
    assert [entry["status"] for entry in desk.entries if entry["event"] == "revoke"] == [200, 200]
    with tenant_scope(meridian):
        assert not GmailAccount.objects.exists()


def test_another_account_than_the_mailbox_is_refused(desk, meridian):
    browser = log_in()
    desk.order(profile="somebody.else@gmail.test")
    answer = come_back(browser, go(browser, meridian))
    assert (answer.status_code, "somebody.else@gmail.test" in answer.content.decode()) == (400, True)


def test_disconnecting_gives_the_access_back_and_forgets_the_token(desk, meridian, harborpine):
    browser = log_in()
    come_back(browser, go(browser, meridian))
    account = account_of(meridian)
    away = reverse("gmail:disconnect", args=[account.pk])
    browser.post(reverse("agent:switch_tenant"), {"tenant": "harborpine"})
    assert browser.post(away).status_code == 404
    browser.post(reverse("agent:switch_tenant"), {"tenant": "meridian"})
    assert browser.get(away).status_code == 405
    assert browser.post(away).status_code == 302
    account = account_of(meridian)
    assert (account.status, account.refresh_token) == ("not_configured", "")
    assert desk.entries[-1]["event"] == "revoke" and desk.entries[-1]["status"] == 200


def test_who_may_not_change_mailboxes_may_not_connect_one(desk, meridian):
    from agent.access import set_viewers

    user = User.objects.create_user("viewer", is_staff=True)
    set_viewers(tenant=meridian, users=[user])
    browser = Client()
    browser.force_login(user)
    assert browser.post(reverse("gmail:connect", args=[mailbox_of(meridian)])).status_code == 403
    assert browser.get(reverse("gmail:callback")).status_code == 403


def test_no_page_log_or_row_shows_a_token(desk, meridian, capfd):
    browser = log_in()
    path, parameters = agree(go(browser, meridian))
    browser.get(path, parameters)
    account = account_of(meridian)
    secrets = [CANARY, "ya29.", parameters["code"]]
    for page in (
        reverse("admin:gmail_gmailaccount_change", args=[account.pk]),
        reverse("admin:gmail_gmailaccount_changelist"),
        reverse("admin:mail_mailbox_change", args=[account.mailbox_id]),
        reverse("admin:gmail_gmailconsent_changelist"),
    ):
        answer = browser.get(page)
        assert answer.status_code == 200
        assert not any(secret in answer.content.decode() for secret in secrets)
    with tenant_scope(meridian):
        rows = json.dumps([*GmailAccount.objects.values(), *GmailConsent.objects.values()], default=str)
    said = capfd.readouterr()
    for secret in secrets:
        assert secret not in rows + said.out + said.err
