"""The appraisers of the panel, what entitles them to work, and the clients that will not have them.

The dates are kept here and judged by `orders` (rules VND-501 to VND-505, IND-404).
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from agent.tenancy import TenantForeignKey, TenantModel
from engagement.addresses import InvalidAddress, normalise_email


class CredentialLevel(models.TextChoices):
    """What a state lets an appraiser sign, lowest first."""

    TRAINEE = "trainee", "Trainee"
    LICENSED = "licensed", "Licensed residential"
    CERTIFIED_RESIDENTIAL = "certified_residential", "Certified residential"
    CERTIFIED_GENERAL = "certified_general", "Certified general"

    @property
    def rank(self) -> int:
        """Position in the order of levels; a higher one may do the work of a lower one."""
        return list(CredentialLevel).index(self)


class Vendor(TenantModel):
    """An appraiser, or an appraiser's firm, that takes assignments."""

    name = models.CharField(max_length=200)
    email = models.CharField("e-mail", max_length=254, blank=True, help_text="Stored normalised.")
    phone_e164 = models.CharField(
        "phone", max_length=16, blank=True, help_text="With country code: +13035550142."
    )
    credential_level = models.CharField(max_length=25, choices=CredentialLevel)
    is_active = models.BooleanField("active", default=True)
    capacity = models.PositiveSmallIntegerField(
        "most open orders", null=True, blank=True, help_text="How many orders at once; empty: no limit."
    )
    w9_date = models.DateField("W-9 of", null=True, blank=True)
    background_check_date = models.DateField("background check of", null=True, blank=True)
    asc_checked_date = models.DateField("ASC registry checked", null=True, blank=True)
    created_at = models.DateTimeField(editable=False)

    class Meta(TenantModel.Meta):
        db_table = "vendors"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="vendors_named"),
            models.CheckConstraint(
                condition=Q(credential_level__in=CredentialLevel.values), name="vendors_level_known"
            ),
            models.UniqueConstraint(
                fields=["tenant", "email"],
                condition=~Q(email=""),
                name="vendors_email",
                violation_error_message="Another vendor has this address already.",
            ),
            models.CheckConstraint(
                condition=Q(phone_e164="") | Q(phone_e164__regex=r"^\+[1-9][0-9]{6,14}$"),
                name="vendors_phone_e164",
                violation_error_message="Give the number with its country code, such as +13035550142.",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "name"], name="vendors_name")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Normalise the address that a person typed."""
        if self.email:
            try:
                self.email = normalise_email(self.email)
            except InvalidAddress as error:
                raise ValidationError({"email": str(error)}) from error


class License(TenantModel):
    """A state's licence of a vendor."""

    vendor = TenantForeignKey(Vendor, models.CASCADE, db_index=False, related_name="licenses")
    state = models.CharField(max_length=2, help_text="Two capital letters, such as CO.")
    number = models.CharField(max_length=40)
    credential_level = models.CharField(max_length=25, choices=CredentialLevel)
    issued_date = models.DateField("issued", null=True, blank=True)
    expires_date = models.DateField("expires")

    class Meta(TenantModel.Meta):
        db_table = "vendor_licenses"
        verbose_name = "licence"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "vendor", "state", "number"],
                name="vendor_licenses_once",
                violation_error_message="This licence is on the list already.",
            ),
            models.CheckConstraint(
                condition=Q(state__regex=r"^[A-Z]{2}$"),
                name="vendor_licenses_state",
                violation_error_message="Name the state by two capital letters, such as CO.",
            ),
            models.CheckConstraint(
                condition=Q(credential_level__in=CredentialLevel.values), name="vendor_licenses_level_known"
            ),
            models.CheckConstraint(
                condition=Q(issued_date__isnull=True) | Q(issued_date__lte=F("expires_date")),
                name="vendor_licenses_dates_in_order",
                violation_error_message="The licence ends before it begins.",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "expires_date"], name="vendor_licenses_expires")]

    def __str__(self) -> str:
        return f"{self.state} {self.number}"


class EOPolicy(TenantModel):
    """A vendor's errors-and-omissions insurance. Limits are in US dollars."""

    vendor = TenantForeignKey(Vendor, models.CASCADE, db_index=False, related_name="eo_policies")
    carrier = models.CharField(max_length=150, blank=True)
    policy_number = models.CharField(max_length=60)
    per_claim_limit = models.DecimalField(max_digits=12, decimal_places=2)
    aggregate_limit = models.DecimalField(max_digits=12, decimal_places=2)
    starts_date = models.DateField("starts", null=True, blank=True)
    expires_date = models.DateField("expires")

    class Meta(TenantModel.Meta):
        db_table = "vendor_eo_policies"
        verbose_name = "E&O policy"
        verbose_name_plural = "E&O policies"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "vendor", "policy_number"],
                name="vendor_eo_policies_once",
                violation_error_message="This policy is on the list already.",
            ),
            models.CheckConstraint(
                condition=Q(per_claim_limit__gt=0, aggregate_limit__gte=F("per_claim_limit")),
                name="vendor_eo_policies_limits",
                violation_error_message="The limit per claim is above zero, and the aggregate not below it.",
            ),
            models.CheckConstraint(
                condition=Q(starts_date__isnull=True) | Q(starts_date__lte=F("expires_date")),
                name="vendor_eo_policies_dates_in_order",
                violation_error_message="The policy ends before it begins.",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "expires_date"], name="vendor_eo_expires")]

    def __str__(self) -> str:
        return f"{self.carrier} {self.policy_number}".strip()


class VendorRelation(models.TextChoices):
    """What ties a vendor to a party of an order."""

    OWNER = "owner", "Owner"
    RELATIVE = "relative", "Relative"
    EMPLOYEE = "employee", "Employee"


class VendorTie(TenantModel):
    """A vendor is close to a client or to a person, and takes no file in which they are a party (rule IND-404)."""

    vendor = TenantForeignKey(Vendor, models.CASCADE, db_index=False, related_name="ties")
    relation = models.CharField("the vendor is", max_length=10, choices=VendorRelation)
    client = TenantForeignKey(
        "engagement.Client",
        models.CASCADE,
        null=True,
        blank=True,
        db_index=False,
        related_name="vendor_ties",
        help_text="Of this client, or of the person named beside.",
    )
    person_name = models.CharField(
        "of the person", max_length=200, blank=True, help_text="As borrowers and owners are named on orders."
    )

    class Meta(TenantModel.Meta):
        db_table = "vendor_ties"
        verbose_name = "tie to a party"
        verbose_name_plural = "ties to parties"
        constraints = [
            models.CheckConstraint(
                condition=Q(relation__in=VendorRelation.values), name="vendor_ties_relation_known"
            ),
            models.CheckConstraint(
                condition=Q(client__isnull=False, person_name="")
                | (Q(client__isnull=True) & ~Q(person_name="")),
                name="vendor_ties_one_party",
                violation_error_message="Name either a client or a person.",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "vendor"], name="vendor_ties_vendor"),
            models.Index(fields=["tenant", "client"], name="vendor_ties_client"),
        ]

    def __str__(self) -> str:
        return f"{self.vendor}, {self.get_relation_display().lower()} of {self.client or self.person_name}"


class ClientVendorExclusion(TenantModel):
    """A client's do-not-use list: this vendor may not take this client's files (rule IND-404)."""

    client = TenantForeignKey(
        "engagement.Client", models.CASCADE, db_index=False, related_name="vendor_exclusions"
    )
    vendor = TenantForeignKey(Vendor, models.CASCADE, db_index=False, related_name="client_exclusions")
    why = models.CharField(max_length=300)

    class Meta(TenantModel.Meta):
        db_table = "client_vendor_exclusions"
        verbose_name = "do-not-use entry"
        verbose_name_plural = "do-not-use list"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "client", "vendor"],
                name="client_vendor_exclusions_once",
                violation_error_message="This entry is on the do-not-use list already.",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="client_vendor_exclusions_has_why"),
        ]
        indexes = [models.Index(fields=["tenant", "vendor"], name="client_vendor_excl_vendor")]

    def __str__(self) -> str:
        return f"{self.client} does not use {self.vendor}"
