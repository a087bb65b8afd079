"""When an alert of the mailboxes that mail is read from is due: pure functions, as in `agent.alerts.rules`."""

from __future__ import annotations

from agent.alerts.facts import Finding, TenantFacts
from agent.alerts.states import AlertKind, Severity
from agent.alerts.words import count


def mailbox_lost(facts: TenantFacts) -> Finding | None:
    """A mailbox's provider does not take our access any more."""
    lost = int(facts.mail.mailboxes_lost)
    if not lost:
        return None
    return Finding(
        kind=AlertKind.MAILBOX_LOST,
        severity=Severity.CRITICAL,
        sentence=f"{count(lost, 'mailbox has', 'mailboxes have')} withdrawn our access, or it has expired. No mail "
        "comes in from there, and messages that leave through it wait. Open Gmail mailboxes and connect it again.",
        numbers={"mailboxes": lost},
    )


def mailbox_silent(facts: TenantFacts) -> Finding | None:
    """A mailbox was not read to its end for 20 minutes, though it is polled every five."""
    silent = int(facts.mail.mailboxes_silent)
    if not silent:
        return None
    return Finding(
        kind=AlertKind.MAILBOX_SILENT,
        severity=Severity.CRITICAL,
        sentence=f"{count(silent, 'mailbox was', 'mailboxes were')} not read in 20 minutes. Nothing is lost: mail "
        "waits there. Open Gmail mailboxes for what stands in the way, and see whether the worker is up.",
        numbers={"mailboxes": silent},
    )


def mail_missing(facts: TenantFacts) -> Finding | None:
    """A finished day's count found mail at the provider that had not been read."""
    recovered, missing = int(facts.mail.mail_recovered), int(facts.mail.mail_missing)
    if not recovered and not missing:
        return None
    return Finding(
        kind=AlertKind.MAIL_MISSING,
        severity=Severity.WARNING,
        sentence=f"Counting the last days against Gmail found mail that had passed us by: {recovered} fetched late, "
        f"{missing} still missing. Open Days' counts. What came late may need an answer.",
        numbers={"recovered": recovered, "missing": missing},
    )
