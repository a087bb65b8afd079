"""What is known of a contact, value by value: who said it, in which mail, and what it replaced or awaits.

The value in force also stands in the contact's own column. Who may replace whose is decided in `engagement.details`.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agent.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet
from engagement.models.contacts import Contact


class DetailField(models.TextChoices):
    """The columns of a contact of which the origin is kept."""

    FIRST_NAME = "first_name", "First name"
    LAST_NAME = "last_name", "Last name"
    TITLE = "title", "Job title"
    DEPARTMENT = "department", "Department"
    COMPANY = "company", "Company"
    PHONE = "phone_e164", "Phone"
    MOBILE = "mobile_e164", "Mobile phone"
    DIRECT = "direct_e164", "Direct line"
    FAX = "fax_e164", "Fax"
    LINKEDIN = "linkedin_url", "LinkedIn"
    ADDRESS = "postal_address", "Postal address"
    AWAY_UNTIL = "away_until", "Back on"
    HAS_LEFT = "has_left", "Has left the company"


class DetailOrigin(models.TextChoices):
    """Who said it."""

    HUMAN = "human", "One of our people"
    MAIL = "mail", "Their own mail"
    IMPORT = "import", "An import"


class DetailState(models.TextChoices):
    """What became of a value."""

    CURRENT = "current", "In force"
    PROPOSED = "proposed", "Suggested"  # a person decides
    REPLACED = "replaced", "Replaced"
    DISMISSED = "dismissed", "Dismissed"  # a person said no; the same value is not suggested again


class ContactDetailQuerySet(TenantQuerySet):
    def current(self) -> ContactDetailQuerySet:
        """The values in force, one a field."""
        return self.filter(state=DetailState.CURRENT)

    def proposed(self) -> ContactDetailQuerySet:
        """Values that wait for a person's word, the oldest first."""
        return self.filter(state=DetailState.PROPOSED).order_by("recorded_at", "id")


class ContactDetail(TenantModel):
    """One value of one field of one contact, with its origin. Values are never changed; their state is."""

    contact = TenantForeignKey(Contact, models.CASCADE, db_index=False, related_name="details")
    field = models.CharField(max_length=20, choices=DetailField)
    value = models.CharField(max_length=500, blank=True)
    origin = models.CharField(max_length=10, choices=DetailOrigin)
    state = models.CharField(max_length=10, choices=DetailState)
    by = models.CharField(max_length=254, help_text="The person or the address that said it.")
    message_id = models.CharField("in message", max_length=998, blank=True)
    evidence = models.TextField(blank=True, help_text="The words it was read in.")
    doubt = models.CharField("why a person decides", max_length=300, blank=True)
    said_at = models.DateTimeField("said")
    recorded_at = models.DateTimeField("recorded")
    decided_at = models.DateTimeField("decided", null=True, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)

    objects = TenantManager.from_queryset(ContactDetailQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "contact_details"
        verbose_name = "contact detail"
        constraints = [
            models.CheckConstraint(
                condition=Q(field__in=DetailField.values), name="contact_details_field_known"
            ),
            models.CheckConstraint(
                condition=Q(origin__in=DetailOrigin.values), name="contact_details_origin_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=DetailState.values), name="contact_details_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(origin=DetailOrigin.MAIL) | ~Q(message_id=""),
                name="contact_details_mail_has_message",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by="")
                | (Q(decided_at__isnull=False) & ~Q(decided_by="")),
                name="contact_details_decided_has_who",
            ),
            models.CheckConstraint(
                condition=~Q(state=DetailState.DISMISSED) | Q(decided_at__isnull=False),
                name="contact_details_dismissed_by_person",
            ),
            models.UniqueConstraint(
                fields=["tenant", "contact", "field"],
                condition=Q(state=DetailState.CURRENT),
                name="contact_details_one_current",
            ),
            models.UniqueConstraint(
                fields=["tenant", "contact", "field"],
                condition=Q(state=DetailState.PROPOSED),
                name="contact_details_one_proposed",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "contact", "field"], name="contact_details_contact"),
            models.Index(
                fields=["tenant", "recorded_at"],
                condition=Q(state=DetailState.PROPOSED),
                name="contact_details_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()}: {self.value or 'none'}"

    @property
    def is_a_persons(self) -> bool:
        """Whether one of our people wrote, loaded or accepted it: then no mail replaces it."""
        return self.origin != DetailOrigin.MAIL or self.decided_at is not None
