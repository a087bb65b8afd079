"""The people (and shared mailboxes) the desk talks to, their addresses, and the clients they work for.

Whether an address may be written to (suppressions) lives in `engagement.mail`.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from agent.models.tenants import validate_time_zone
from agent.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet
from engagement.addresses import InvalidAddress, normalise_email

# E.164, with an extension as RFC 3966 writes it: the two are one number, and change together.
PHONE_PATTERN = r"^\+[1-9][0-9]{6,14}(;ext=[0-9]{1,8})?$"
PHONE_FIELDS = ("phone_e164", "mobile_e164", "direct_e164", "fax_e164")


class ContactRole(models.TextChoices):
    """What the person does at the client."""

    LOAN_OFFICER = "loan_officer", "Loan officer"
    PROCESSOR = "processor", "Processor"
    UNDERWRITER = "underwriter", "Underwriter"
    ACCOUNTS_PAYABLE = "accounts_payable", "Accounts payable"
    APPRAISAL_DESK = "appraisal_desk", "Appraisal desk"
    EXECUTIVE = "executive", "Executive"
    ATTORNEY = "attorney", "Attorney"
    PRIVATE = "private", "Private person"
    OTHER = "other", "Other"


class ContactSource(models.TextChoices):
    """How the desk came to know the person."""

    DESK = "desk", "Demo desk"
    MAIL = "mail", "Wrote to us"
    DISCOVERED = "discovered", "Found in our mail"
    OPERATOR = "operator", "Entered by a person"


class ContactQuerySet(TenantQuerySet):
    def unmerged(self) -> ContactQuerySet:
        """Contacts that have not turned out to be another one."""
        return self.filter(merged_into__isnull=True)

    def writable(self) -> ContactQuerySet:
        """People a check-in may be written to: active, not a shared mailbox, with a name and an address.

        Whether they have asked not to be written to is the policy's question, not this one.
        """
        addresses = ContactAddress.objects.filter(contact=models.OuterRef("pk"), is_primary=True)
        return self.filter(models.Exists(addresses), is_active=True, is_shared_mailbox=False).exclude(
            first_name=""
        )


class Contact(TenantModel):
    """One person at a client, or one mailbox that several people share."""

    client = TenantForeignKey(
        "engagement.Client",
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="contacts",
        help_text="The client this person mainly works for.",
    )
    first_name = models.CharField(max_length=100, blank=True)
    last_name = models.CharField(max_length=100, blank=True)
    role = models.CharField(max_length=20, choices=ContactRole, default=ContactRole.OTHER)
    title = models.CharField("job title", max_length=150, blank=True)
    department = models.CharField(max_length=150, blank=True)
    company = models.CharField(
        max_length=200,
        blank=True,
        help_text="As they write it themselves; the client is whom we do business with.",
    )
    phone_e164 = models.CharField(
        "phone",
        max_length=30,
        blank=True,
        help_text="With country code: +13035550142, or +13035550142;ext=12 with an extension.",
    )
    mobile_e164 = models.CharField("mobile phone", max_length=30, blank=True)
    direct_e164 = models.CharField("direct line", max_length=30, blank=True)
    fax_e164 = models.CharField("fax", max_length=30, blank=True)
    linkedin_url = models.CharField("LinkedIn", max_length=300, blank=True)
    postal_address = models.CharField(max_length=300, blank=True)
    timezone = models.CharField(
        "time zone",
        max_length=64,
        blank=True,
        validators=[validate_time_zone],
        help_text="Such as America/Denver; empty means the desk's own.",
    )
    restricted_party = models.BooleanField(
        default=False, help_text="Loan production: may not choose, name or contact the appraiser."
    )
    is_shared_mailbox = models.BooleanField(
        "shared mailbox", default=False, help_text="Read by several people; gets no personal check-ins."
    )
    is_active = models.BooleanField("active", default=True)
    has_left = models.BooleanField(
        "has left the company", default=False, help_text="No engine writes to them any more."
    )
    away_until = models.DateTimeField(
        "back on", null=True, blank=True, help_text="Until then no message is sent that can wait."
    )
    merged_into = TenantForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_contacts",
        help_text="The contact that this one turned out to be.",
    )
    source = models.CharField(
        max_length=12, choices=ContactSource, default=ContactSource.OPERATOR, editable=False
    )
    source_message_id = models.CharField(
        "found in message",
        max_length=998,
        blank=True,
        editable=False,
        help_text="Message-ID of the mail that made us know this person.",
    )
    created_at = models.DateTimeField(editable=False)

    objects = TenantManager.from_queryset(ContactQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "contacts"
        constraints = [
            models.CheckConstraint(condition=Q(role__in=ContactRole.values), name="contacts_role_known"),
            models.CheckConstraint(
                condition=Q(source__in=ContactSource.values), name="contacts_source_known"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{field: ""}) | Q(**{f"{field}__regex": PHONE_PATTERN}),
                    name=f"contacts_{field}",
                    violation_error_message="Give the number with its country code, such as +13035550142.",
                )
                for field in PHONE_FIELDS
            ),
            models.CheckConstraint(
                condition=Q(linkedin_url="") | Q(linkedin_url__startswith="https://"),
                name="contacts_linkedin_is_page",
                violation_error_message="Give the whole address of the page, beginning with https://.",
            ),
            models.CheckConstraint(
                condition=Q(has_left=False) | Q(is_active=False),
                name="contacts_left_is_inactive",
                violation_error_message="Whoever has left the company is not active. Take one of the two marks away.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(is_active=False),
                name="contacts_merged_is_inactive",
                violation_error_message="This contact has become another one. Undo the merge first.",
            ),
            models.CheckConstraint(
                condition=~Q(source=ContactSource.DISCOVERED) | ~Q(source_message_id=""),
                name="contacts_discovered_has_message",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "client"], name="contacts_client"),
            models.Index(fields=["tenant", "last_name", "first_name"], name="contacts_name"),
            models.Index(fields=["tenant", "merged_into"], name="contacts_merged"),
        ]

    def __str__(self) -> str:
        return self.full_name or f"Contact {self.pk}"

    def is_away(self, now: datetime) -> bool:
        """Whether an out-of-office reply of theirs still holds."""
        return self.away_until is not None and self.away_until > now

    @property
    def full_name(self) -> str:
        """First and last name, or whichever of them is known."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def zone(self) -> ZoneInfo | None:
        """Where they read their mail; None when nobody has said it, or what was said is no time zone."""
        try:
            return ZoneInfo(self.timezone) if self.timezone else None
        except (ZoneInfoNotFoundError, ValueError):
            # A book that was imported is not checked name by name; the desk's own hours do.
            return None


class ContactAddress(TenantModel):
    """One e-mail address of one contact. An address belongs to one contact of a tenant only."""

    contact = TenantForeignKey(Contact, models.CASCADE, db_index=False, related_name="addresses")
    email = models.CharField("e-mail", max_length=254, help_text="As the person writes it.")
    email_normalised = models.CharField("normalised", max_length=254, editable=False)
    is_primary = models.BooleanField("primary", default=False, help_text="The address we write to.")
    created_at = models.DateTimeField(editable=False)

    class Meta(TenantModel.Meta):
        db_table = "contact_addresses"
        verbose_name = "address"
        verbose_name_plural = "addresses"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "email_normalised"],
                name="contact_addresses_email",
                violation_error_message="This address belongs to a contact already. Open that contact instead.",
            ),
            models.UniqueConstraint(
                fields=["tenant", "contact"],
                condition=Q(is_primary=True),
                name="contact_addresses_one_primary",
            ),
            models.CheckConstraint(
                condition=Q(email_normalised__contains="@"), name="contact_addresses_not_empty"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "contact"], name="contact_addresses_contact")]

    def __str__(self) -> str:
        return self.email

    def clean(self) -> None:
        """Normalise what a person typed."""
        try:
            self.email_normalised = normalise_email(self.email)
        except InvalidAddress as error:
            raise ValidationError({"email": str(error)}) from error


class ContactAffiliation(TenantModel):
    """A further client that a contact works for, beside the main one. A touch counts for all of them."""

    contact = TenantForeignKey(Contact, models.CASCADE, db_index=False, related_name="affiliations")
    client = TenantForeignKey(
        "engagement.Client", models.CASCADE, db_index=False, related_name="affiliations"
    )

    class Meta(TenantModel.Meta):
        db_table = "contact_affiliations"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "contact", "client"],
                name="contact_affiliations_once",
                violation_error_message="This client is on the list already.",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "client"], name="contact_affiliations_client")]

    def __str__(self) -> str:
        return f"{self.contact} at {self.client}"
