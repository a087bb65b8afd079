"""What each mail is about: the orders, quotes, deals and invoices that it belongs to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agent.tenancy import TenantForeignKey, TenantModel


class LinkBasis(models.TextChoices):
    """What shows that a mail is about something, the surest first."""

    NUMBER = "number", "It names the number"
    SOURCE = "source", "It was made from this mail"
    AGAIN = "again", "The same was sent again"
    OURS = "ours", "We wrote about it"
    THREAD = "thread", "It belongs to the same conversation"
    INFERRED = "inferred", "Inferred: nothing else of theirs is open"


class MailLink(TenantModel):
    """One mail and one row of a domain that it is about, named by kind and id. Written by the domain."""

    message = TenantForeignKey("mail.Message", models.PROTECT, related_name="links", db_index=False)
    kind = models.CharField(max_length=40)
    ref_id = models.CharField(max_length=64)
    label = models.CharField("about", max_length=300)
    basis = models.CharField("shown by", max_length=8, choices=LinkBasis)
    linked_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        db_table = "mail_links"
        verbose_name = "link"
        constraints = [
            models.CheckConstraint(condition=Q(basis__in=LinkBasis.values), name="mail_links_basis_known"),
            models.CheckConstraint(condition=~Q(kind="") & ~Q(ref_id=""), name="mail_links_named"),
            models.UniqueConstraint(fields=["tenant", "message", "kind", "ref_id"], name="mail_links_once"),
        ]
        indexes = [models.Index(fields=["tenant", "kind", "ref_id"], name="mail_links_target")]

    def __str__(self) -> str:
        return f"{self.kind} {self.label}"
