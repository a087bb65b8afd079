"""The page of the domains that companies write from: what the DNS says, and what to add."""

from __future__ import annotations

from django.contrib import admin

from agent.admin.base import RecordAdmin, column
from agent.admin.display import Section, pairs
from engagement.mail.models import DomainCheck

ANSWERS = {True: "right", False: "wrong", None: "the DNS did not answer"}


@admin.register(DomainCheck)
class DomainCheckAdmin(RecordAdmin):
    """Each look at the SPF, DKIM and DMARC records of a sending domain; the newest that got an answer counts."""

    list_display = (column("domain", "Domain"), "result", column("checked_at", "When"))
    list_filter = ("result",)
    ordering = ("-id",)
    empty_list = "Nobody has looked yet. It happens nightly, and by manage.py check_sending_domain."

    def describe(self, check: DomainCheck) -> list[Section]:
        outcome = [
            ("Domain", check.domain),
            ("Result", check.get_result_display()),
            ("When", check.checked_at),
        ]
        records = [
            Section(
                title=finding["record"],
                body=pairs(
                    [
                        ("It is", ANSWERS[finding["is_right"]]),
                        ("What to know", finding["sentence"]),
                        ("Where", finding["name"]),
                        ("What stands there", "\n".join(finding["found"])),
                    ]
                ),
            )
            for finding in check.findings
        ]
        return [Section(title="Look", body=pairs(outcome)), *records]
