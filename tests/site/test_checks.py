"""Secrets that production would miss are named, each under its id, when the program is checked for deployment."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks

SOUND = {
    "SECRET_KEY_IS_GENERATED": False,
    "CRON_SECRET": "c" * 32,
    "METRICS_TOKEN": "",
    "ALERT_WEBHOOK_URL": "https://alerts.example.com/in",
    "ALERT_WEBHOOK_SECRET": "a" * 32,
}


def found_ids():
    messages = run_checks(include_deployment_checks=True)
    return {message.id for message in messages if message.id.startswith("site.")}


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({}, set()),
        ({"SECRET_KEY_IS_GENERATED": True}, {"site.W001"}),
        ({"CRON_SECRET": "c" * 31}, {"site.W002"}),
        ({"METRICS_TOKEN": "guess"}, {"site.W002"}),
        ({"ALERT_WEBHOOK_SECRET": ""}, {"site.W003"}),
        ({"ALERT_WEBHOOK_SECRET": "", "ALERT_WEBHOOK_URL": ""}, set()),
    ],
)
def test_a_secret_that_production_would_miss_is_named(settings, wrong, found):
    for name, value in (SOUND | wrong).items():
        setattr(settings, name, value)
    assert found_ids() == found


def test_the_checks_are_for_deployment_only(settings):
    settings.SECRET_KEY_IS_GENERATED = True
    assert not any(message.id.startswith("site.") for message in run_checks())
