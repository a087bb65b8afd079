"""Whether receivers will believe our mail: the SPF, DKIM and DMARC records of the domain that a company writes from."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from agent.models import Tenant
from engagement.mail.models import DomainResult
from engagement.mail.sending_domains import NoSendingDomain, check_sending_domain

SIGNS = {True: "right  ", False: "wrong  ", None: "no news"}


class Command(BaseCommand):
    help = "Look at the SPF, DKIM and DMARC records of the domain a company writes from. Exit 1 unless all are right."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--tenant", required=True, metavar="SLUG", help="the company")

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = Tenant.objects.filter(slug=options["tenant"]).first()
        if tenant is None:
            raise CommandError(f"There is no company {options['tenant']!r}.")
        try:
            check = check_sending_domain(tenant=tenant, now=timezone.now())
        except NoSendingDomain as missing:
            raise CommandError(str(missing)) from missing
        self.stdout.write(str(check))
        for finding in check.findings:
            self.stdout.write(
                f"  {SIGNS[finding['is_right']]}  {finding['record']:<5}  {finding['sentence']}"
            )
            for text in finding["found"]:
                self.stdout.write(f"{'':>18}{text}")
        if check.result != DomainResult.PASSED:
            raise SystemExit(1)
