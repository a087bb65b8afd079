"""`rotate_gmail_keys`: encrypt every stored access to Gmail with the first of GMAIL_TOKEN_KEYS."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agent.models import Tenant
from engagement.mail.gmail.rotation import rotate_keys
from engagement.mail.gmail.vault import VaultClosed


class Command(BaseCommand):
    help = (
        "Encrypt every stored access to Gmail with the first of GMAIL_TOKEN_KEYS. Afterwards the other keys can be "
        "taken away. Exit codes: 0 done, 1 some cannot be read with any key."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        unreadable: list[str] = []
        for tenant in Tenant.objects.order_by("slug"):
            try:
                rotated = rotate_keys(tenant=tenant)
            except VaultClosed as error:
                raise CommandError(str(error)) from error
            self.stdout.write(
                f"{tenant.slug}: {rotated.resealed} encrypted anew, {rotated.current} had the newest key."
            )
            unreadable += [f"{tenant.slug} {address}" for address in rotated.unreadable]
        if unreadable:
            raise CommandError(
                f"No key opens {', '.join(unreadable)}. Put the missing key back, or connect these mailboxes again."
            )
