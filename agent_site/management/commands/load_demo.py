from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from agent.models import Tenant
from agent.sweep import sweep_tenant
from agent_site.demo.loader import DemoRefused, load_demo_desk


class Command(BaseCommand):
    help = "Load the demo desk: two invented companies with clients, orders and mail. Into an empty database only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing, successfully, when there are tenants already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            result = load_demo_desk(now=now, if_empty=options["if_empty"], on_progress=self.stderr.write)
        except DemoRefused as refused:
            raise CommandError(str(refused)) from refused
        for tenant in Tenant.objects.filter(slug__in=result.loaded).order_by("slug"):
            # As it would be swept within the minute: the orders in its mail are on the desk before the first cycle.
            sweep_tenant(tenant=tenant, now=now)
        if result.loaded:
            self.stdout.write(f"The demo desk is loaded: {', '.join(result.loaded)}.")
        else:
            self.stdout.write("There are tenants already; the demo desk was not loaded.")
