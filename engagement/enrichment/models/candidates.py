"""People who stand in stored mail and are no contacts yet. Contacts themselves live in `engagement`."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q

from agent.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet
from engagement.models import Client, ContactAddress


class Sighting(models.TextChoices):
    """How the person stands in the mail."""

    WROTE = "wrote", "Wrote to us"
    COPIED = "copied", "Was copied by a colleague"
    NAMED = "named", "Was named by a colleague"
    REPLACES = "replaces", "Was named for somebody who left"


class CandidateQuerySet(TenantQuerySet):
    def pending(self) -> CandidateQuerySet:
        """People who have become a contact in no way, neither by research nor by another door."""
        known = ContactAddress.objects.filter(email_normalised=OuterRef("email_normalised"))
        return self.filter(~Exists(known), contact__isnull=True)

    def at_clients(self) -> CandidateQuerySet:
        """People at the e-mail domain of a client."""
        return self.filter(Exists(Client.objects.filter(email_domain=OuterRef("domain"))))


class Candidate(TenantModel):
    """Somebody seen in the mail of a person: an address, its newest mention, and the contact it became.

    Kept for every domain but public mail services and our own, because a domain may become a client's
    later.
    """

    email_normalised = models.CharField("address", max_length=254)
    domain = models.CharField(max_length=253)
    name = models.CharField(max_length=200, blank=True, help_text="As the mail shows it.")
    sighting = models.CharField("seen as", max_length=8, choices=Sighting)
    message = TenantForeignKey(
        "mail.Message",
        models.PROTECT,
        db_index=False,
        related_name="candidates",
        help_text="The newest mail in which the person was seen.",
    )
    seen_at = models.DateTimeField("last seen")
    contact = TenantForeignKey(
        "engagement.Contact", models.PROTECT, db_index=False, null=True, blank=True, related_name="candidates"
    )
    added_at = models.DateTimeField("became a contact", null=True, blank=True)

    objects = TenantManager.from_queryset(CandidateQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "contact_candidates"
        verbose_name = "person seen in mail"
        verbose_name_plural = "people seen in mail"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "email_normalised"], name="contact_candidates_address"),
            models.CheckConstraint(
                condition=Q(sighting__in=Sighting.values), name="contact_candidates_sighting_known"
            ),
            models.CheckConstraint(
                condition=Q(contact__isnull=True, added_at__isnull=True)
                | Q(contact__isnull=False, added_at__isnull=False),
                name="contact_candidates_added_whole",
            ),
        ]
        indexes = [
            # `.pending()` at a client's domain.
            models.Index(
                fields=["tenant", "domain"],
                condition=Q(contact__isnull=True),
                name="contact_candidates_pending",
            ),
            models.Index(fields=["tenant", "message"], name="contact_candidates_message"),
            models.Index(fields=["tenant", "contact"], name="contact_candidates_contact"),
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email_normalised}>" if self.name else self.email_normalised
