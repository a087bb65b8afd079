"""The tenant's own addresses: what it writes from, and whose mail is never a client's."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agent.tenancy import TenantManager, TenantModel, TenantQuerySet


class MailboxQuerySet(TenantQuerySet):
    def primary(self) -> Mailbox | None:
        """The mailbox that the tenant writes from."""
        return self.filter(is_primary=True).first()

    def watched(self) -> MailboxQuerySet:
        """Mailboxes with a Maildir to read, in a fixed order."""
        return self.exclude(maildir_path="").order_by("pk")


class Mailbox(TenantModel):
    """One address of the tenant's own: an inbox, or an alias of one."""

    address_normalised = models.CharField("address", max_length=254)
    display_name = models.CharField(max_length=200, blank=True)
    is_primary = models.BooleanField(default=False, help_text="Messages are written from this address.")
    # Off for a firm whose mailbox is at a public provider or at a client: its neighbours there are not colleagues.
    is_domain_own = models.BooleanField(
        default=True, help_text="Everybody at this domain works for the tenant."
    )
    maildir_path = models.CharField(
        max_length=500,
        blank=True,
        help_text="A Maildir on this machine whose new mail is read every few minutes.",
    )

    objects = TenantManager.from_queryset(MailboxQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "mailboxes"
        verbose_name_plural = "mailboxes"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "address_normalised"], name="mailboxes_address"),
            models.UniqueConstraint(
                fields=["tenant"], condition=Q(is_primary=True), name="mailboxes_one_primary"
            ),
        ]

    def __str__(self) -> str:
        return self.address_normalised

    @property
    def domain(self) -> str:
        return self.address_normalised.rpartition("@")[2]
