"""Secrets stay where they were put: a token, a password and keys are found nowhere in clear, whatever the agent does.

Ours (the access to Gmail, keys and passwords of settings) may stand in no row, log line, prompt, card or event. What a
client writes into a mail stays in that mail alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest
from django.db import connection

from agent.cycle import run_cycle
from agent.models import Card, Event, Tenant
from agent.tenancy import tenant_scope
from engagement.mail.gmail.models import GmailAccount
from engagement.mail.gmail.sync import poll_gmail
from tests.fakes.gmail_consent import CANARY as REFRESH_TOKEN
from tests.fakes.running import GmailServer, language_model
from tests.gmail.cast import connect
from tests.mail.cast import furnish, letter

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

ACCESS_TOKEN = "ya29."
OURS = {
    "LANGUAGE_MODEL_KEY": "canary-model-key-8213",
    "RESEND_API_KEY": "re_canary8213_abcdefghijkl",
    "RESEND_SIGNING_SECRET": "whsec_canary8213",
    "EMAIL_HOST_PASSWORD": "canary-smtp-8213",
    "CRON_SECRET": "canary-cron-8213",
    "METRICS_TOKEN": "canary-metrics-8213",
}
PASSWORD, TOKEN = "Zanzibar#8213quux", "ghp_Quux8213Quux8213Quux8213Quux8213Quux"
THEIRS = (
    f"Can you call me Thursday at 2pm, the portal's password is {PASSWORD}?\n\n"
    f"It is unacceptable that the key is {TOKEN} and nobody answers.\n\nTomás\n"
)


def tables_that_hold(tenants: Iterable[Tenant], word: str) -> set[str]:
    """Every table of the database in whose rows, as text, the word stands, as it is or as bytes."""
    found = set()
    for tenant in tenants:
        with tenant_scope(tenant), connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(
                    f'SELECT count(*) FROM "{table}" AS row WHERE position(%s IN row::text) > 0 '
                    "OR position(%s IN row::text) > 0",
                    [word, word.encode().hex()],
                )
                if cursor.fetchone()[0]:
                    found.add(table)
    return found


def test_no_secret_is_found_where_it_was_not_put(
    gmail: GmailServer,
    meridian: Tenant,
    harborpine: Tenant,
    now: Any,
    settings: Any,
    tmp_path: Any,
    capfd: Any,
) -> None:
    for name, value in OURS.items():
        setattr(settings, name, value)
    furnish(meridian, now)
    furnish(harborpine, now, address="desk@harborpine.test")
    changed = {**meridian.agent_settings, "is_language_model_on": True}
    Tenant.objects.filter(pk=meridian.pk).update(agent_settings=changed)
    meridian.refresh_from_db()
    connect(gmail, meridian, now)
    poll_gmail(tenant=meridian, now=now)
    with language_model(tmp_path / "model.jsonl") as model:
        settings.LANGUAGE_MODEL_URL, settings.LANGUAGE_MODEL_NAME = model.url, "reader-1"
        gmail.add(
            letter(text=THEIRS, message_id="<1@bluemesacu.test>"),
            letter(text="All is well, thank you.\n", message_id="<2@bluemesacu.test>"),
        )
        (report,) = poll_gmail(tenant=meridian, now=now)
        assert (report.ended, report.new) == ("done", 2)
        run_cycle(tenant=meridian, now=now)
        with tenant_scope(meridian):
            assert GmailAccount.objects.get().refresh_token, "nothing is kept, so nothing is proved"
        gmail.order(revoke=True)
        poll_gmail(tenant=meridian, now=now)
        prompts = json.dumps([question["body"] for question in model.questions])
    with tenant_scope(meridian):
        assert Card.objects.filter(kind="create_task").exists() and Event.objects.exists()
    assert "All is well" in prompts, "no mail was shown to the model, so nothing is proved"
    said = capfd.readouterr()
    log = said.out + said.err
    for secret in (REFRESH_TOKEN, ACCESS_TOKEN, *OURS.values()):
        assert tables_that_hold((meridian, harborpine), secret) == set(), secret
        assert secret not in log + prompts, secret
    for secret in (PASSWORD, TOKEN):
        assert tables_that_hold((meridian, harborpine), secret) == {"gmail_messages"}, secret
        assert secret not in log + prompts, secret
