"""The companies and private people that order appraisals. Their credit and prices live in `orders`."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from agent.tenancy import TenantManager, TenantModel, TenantQuerySet
from engagement.addresses import InvalidAddress, normalise_domain


class ClientType(models.TextChoices):
    """What kind of house the client is (domain, section 1)."""

    MORTGAGE_LENDER = "mortgage_lender", "Mortgage lender"
    BROKER = "broker", "Mortgage broker"
    BANK = "bank", "Bank"
    CREDIT_UNION = "credit_union", "Credit union"
    FARM_CREDIT = "farm_credit", "Farm credit"
    COMMERCIAL_LENDER = "commercial_lender", "Commercial lender"
    PRIVATE_LENDER = "private_lender", "Private lender"
    SERVICER = "servicer", "Servicer"
    AMC = "amc", "Appraisal management company"
    ATTORNEY = "attorney", "Attorney"
    TITLE = "title", "Title and escrow"
    ACCOUNTANT = "accountant", "Accountant"
    RELOCATION = "relocation", "Relocation company"
    INVESTOR = "investor", "Investor"
    NONPROFIT = "nonprofit", "Non-profit"
    PRIVATE = "private", "Private person"


class ClientStatus(models.TextChoices):
    """Whether we do business with the client."""

    ACTIVE = "active", "Active"  # an agreement is in force
    PROSPECT = "prospect", "Prospect"  # courted; may not order yet
    SUSPENDED = "suspended", "Suspended"  # no business until a person lifts it
    CLOSED = "closed", "Closed"  # the relationship has ended


# Clients with whom the desk keeps in contact.
OPEN_CLIENT_STATUSES = (ClientStatus.ACTIVE, ClientStatus.PROSPECT)


class PaymentTerms(models.TextChoices):
    """When and how the client pays; empty when nothing is agreed."""

    NET15 = "net15", "Net 15"
    NET30 = "net30", "Net 30"
    NET45 = "net45", "Net 45"
    NET60 = "net60", "Net 60"
    COD = "cod", "Cash on delivery"
    CARD = "card", "Card"
    PREPAY = "prepay", "Prepaid"


class ClientQuerySet(TenantQuerySet):
    def open(self) -> ClientQuerySet:
        """Clients with whom the desk keeps in contact: active ones and prospects."""
        return self.filter(status__in=OPEN_CLIENT_STATUSES)


def _insurance(label: str) -> models.DecimalField:
    return models.DecimalField(
        label,
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="What this client asks of its appraisers, in dollars; empty: the desk's own.",
    )


class Client(TenantModel):
    """One account of the desk."""

    reference = models.SlugField(
        max_length=80, db_index=False, help_text="Short name used in files and links, unique at this desk."
    )
    name = models.CharField(max_length=200)
    client_type = models.CharField(max_length=20, choices=ClientType)
    status = models.CharField(max_length=10, choices=ClientStatus, default=ClientStatus.ACTIVE)
    email_domain = models.CharField(
        "e-mail domain",
        max_length=253,
        blank=True,
        help_text="Where its people write from, such as bluemesacu.test. Two clients may share one.",
    )
    states = models.JSONField(
        default=list, blank=True, help_text='States the client orders in, such as ["CO", "WY"].'
    )
    terms = models.CharField("payment terms", max_length=10, choices=PaymentTerms, blank=True)
    agreement_expires_date = models.DateField("agreement ends", null=True, blank=True)
    eo_minimum_per_claim = _insurance("least E&O per claim")
    eo_minimum_aggregate = _insurance("least E&O in aggregate")
    created_at = models.DateTimeField(editable=False)

    objects = TenantManager.from_queryset(ClientQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "clients"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "reference"],
                name="clients_reference",
                violation_error_message="Another client has this reference already.",
            ),
            models.CheckConstraint(condition=~Q(reference="") & ~Q(name=""), name="clients_named"),
            models.CheckConstraint(condition=Q(client_type__in=ClientType.values), name="clients_type_known"),
            models.CheckConstraint(condition=Q(status__in=ClientStatus.values), name="clients_status_known"),
            models.CheckConstraint(
                condition=Q(terms__in=["", *PaymentTerms.values]), name="clients_terms_known"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "email_domain"], name="clients_email_domain"),
            models.Index(fields=["tenant", "status"], name="clients_status"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Normalise the domain that a person typed."""
        if self.email_domain:
            try:
                self.email_domain = normalise_domain(self.email_domain)
            except InvalidAddress as error:
                raise ValidationError({"email_domain": str(error)}) from error

    @property
    def is_open(self) -> bool:
        """Whether the desk keeps in contact with this client."""
        return self.status in OPEN_CLIENT_STATUSES
