"""What the desk sells, for how much, and how it judges.

Products, add-ons, price rows, accepted quotes and the settings of the desk. How a price is found among the
rows lives in `orders.pricing`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from agent.tenancy import TenantForeignKey, TenantModel
from engagement.models import CredentialLevel

STATE_CODE = r"^[A-Z]{2}$"


class ValuationMethod(models.TextChoices):
    """How the value is reached (UAD 3.6)."""

    TRADITIONAL = "traditional", "Traditional"
    EXTERIOR = "exterior", "Exterior only"
    DESKTOP = "desktop", "Desktop"
    HYBRID = "hybrid", "Hybrid"
    INSPECTION = "inspection", "Inspection only"
    AVM = "avm", "Automated valuation"
    BPO = "bpo", "Broker price opinion"
    SERVICE = "service", "Service by the hour"


class Product(TenantModel):
    """One thing a client can order. Its price is in `PriceRow`; the old form number is only an alias."""

    code = models.CharField(max_length=30)
    name = models.CharField(max_length=150)
    valuation_method = models.CharField(max_length=12, choices=ValuationMethod)
    inspects_interior = models.BooleanField("inspects the interior", default=False)
    turn_time_days = models.PositiveSmallIntegerField("turn time (business days)", default=0)
    min_credential = models.CharField(
        "least credential",
        max_length=25,
        choices=CredentialLevel,
        blank=True,
        help_text="Empty: none is needed.",
    )
    legacy_form = models.CharField(max_length=20, blank=True, help_text="UAD 2.6 form number, such as 1004.")
    quote_required = models.BooleanField(default=False, help_text="Has no price without an accepted quote.")
    tech_fee = models.DecimalField(
        max_digits=10, decimal_places=2, null=True, blank=True, help_text="Empty: the desk's usual one."
    )
    states_off = models.JSONField(
        "switched off in",
        default=list,
        blank=True,
        help_text='States where we do not sell it, such as ["WY"].',
    )
    is_active = models.BooleanField("active", default=True)

    class Meta(TenantModel.Meta):
        db_table = "order_products"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="order_products_code"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="order_products_named"),
            models.CheckConstraint(
                condition=Q(valuation_method__in=ValuationMethod.values), name="order_products_method_known"
            ),
            models.CheckConstraint(
                condition=Q(min_credential__in=["", *CredentialLevel.values]),
                name="order_products_credential_known",
            ),
            models.CheckConstraint(
                condition=Q(tech_fee__isnull=True) | Q(tech_fee__gte=0), name="order_products_tech_fee"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class AddOn(TenantModel):
    """Something that is charged on top of a product: a price, or a share of the fee."""

    code = models.CharField(max_length=30)
    name = models.CharField(max_length=150)
    price = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    percent_of_fee = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    is_active = models.BooleanField("active", default=True)

    class Meta(TenantModel.Meta):
        db_table = "order_add_ons"
        verbose_name = "add-on"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="order_add_ons_code"),
            models.CheckConstraint(
                condition=Q(price__gte=0, percent_of_fee__isnull=True)
                | Q(price__isnull=True, percent_of_fee__gte=0),
                name="order_add_ons_one_price",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class PriceRow(TenantModel):
    """One row of a price list: an amount for a product, or a client's factor on the catalogue.

    The more of client, county and state a row names, the more exactly it fits (domain, 2.1.3).
    """

    list_name = models.CharField(
        "list", max_length=40, help_text="Which price list the row belongs to, such as v3."
    )
    client = TenantForeignKey(
        "engagement.Client", models.PROTECT, null=True, blank=True, related_name="price_rows"
    )
    product = TenantForeignKey(Product, models.PROTECT, null=True, blank=True, related_name="price_rows")
    state = models.CharField(max_length=2, blank=True)
    county = models.CharField(max_length=80, blank=True, help_text="Lower case, without the word county.")
    amount = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    factor = models.DecimalField(
        max_digits=6,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="Times the catalogue price: 0.92 is 8 % off.",
    )
    effective_from = models.DateField("from")
    effective_to = models.DateField("to", null=True, blank=True, help_text="The last day, included.")

    class Meta(TenantModel.Meta):
        db_table = "price_list_rows"
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0, factor__isnull=True, product__isnull=False)
                | Q(amount__isnull=True, factor__gt=0, client__isnull=False, state="", county=""),
                name="price_rows_amount_or_factor",
            ),
            models.CheckConstraint(
                condition=Q(state="") | Q(state__regex=STATE_CODE), name="price_rows_state"
            ),
            models.CheckConstraint(condition=Q(county="") | ~Q(state=""), name="price_rows_county_has_state"),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("effective_from")),
                name="price_rows_dates_in_order",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "product", "client"], name="price_rows_product")]

    def __str__(self) -> str:
        return f"{self.list_name} from {self.effective_from}"


class AcceptedQuote(TenantModel):
    """What `orders` keeps of a quote that a client accepted, told by the event `quote.accepted`."""

    quote_number = models.CharField(max_length=40)
    client = TenantForeignKey("engagement.Client", models.PROTECT, related_name="accepted_quotes")
    product_code = models.CharField(max_length=30)
    property_key = models.CharField(max_length=200, help_text="The property, normalised as on orders.")
    fee_amount = models.DecimalField(max_digits=12, decimal_places=2)
    accepted_at = models.DateTimeField()
    expires_date = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        db_table = "order_accepted_quotes"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "quote_number"], name="order_accepted_quotes_number"),
            models.CheckConstraint(condition=Q(fee_amount__gt=0), name="order_accepted_quotes_fee"),
        ]

    def __str__(self) -> str:
        return self.quote_number


def _percent(default: str, label: str) -> models.DecimalField:
    return models.DecimalField(
        label,
        max_digits=5,
        decimal_places=2,
        default=Decimal(default),
        validators=[MinValueValidator(Decimal("0")), MaxValueValidator(Decimal("100"))],
    )


def _step(label: str, default: int) -> models.PositiveSmallIntegerField:
    """How long a step of an order may take; a rush order has half of it (domain, 1.7)."""
    return models.PositiveSmallIntegerField(label, default=default)


class OrderDeskSettings(TenantModel):
    """How one tenant's desk judges orders. Money in the tenant's one currency, percentages as 15.00."""

    currency = models.CharField(max_length=3, default="USD")
    order_prefix = models.CharField(max_length=12, blank=True)
    states_served = models.JSONField(default=list, help_text='Where we are registered, such as ["CO", "WY"].')
    tech_fee = models.DecimalField(max_digits=10, decimal_places=2)
    fee_tolerance_amount = models.DecimalField(max_digits=10, decimal_places=2, default=Decimal("5.00"))
    fee_tolerance_percent = _percent("2.00", "fee tolerance (%)")
    fee_blocking_percent = _percent("15.00", "fee blocks beyond (%)")
    upward_fix_limit = models.DecimalField(
        max_digits=10,
        decimal_places=2,
        default=Decimal("25.00"),
        help_text="The most a total is raised by, and only to what fee and tech fee add up to.",
    )
    margin_floor_percent = _percent("15.00", "least margin (%)")
    credit_warning_percent = _percent("85.00", "credit warning from (%)")
    past_due_days = models.PositiveSmallIntegerField("past due holds after (days)", default=30)
    past_due_amount = models.DecimalField(
        "past due holds from", max_digits=10, decimal_places=2, default=Decimal("50.00")
    )
    eo_minimum_amount = models.DecimalField(
        "least E&O per claim", max_digits=12, decimal_places=2, default=Decimal("1000000.00")
    )
    certified_value_amount = models.DecimalField(
        "certified appraiser from a value of", max_digits=12, decimal_places=2, default=Decimal("1000000.00")
    )
    certified_complex_amount = models.DecimalField(
        "and for a complex property from", max_digits=12, decimal_places=2, default=Decimal("400000.00")
    )
    uad36_effective_date = models.DateField(
        "UAD 3.6 from", default=date(2026, 11, 2), help_text="From this day conventional orders name no form."
    )

    acknowledge_hours = _step("acknowledge within (business hours)", 2)
    portal_answer_hours = _step("answer a portal within (hours)", 4)
    portal_margin_minutes = _step("answer before a portal's deadline (minutes)", 30)
    assign_days = _step("assign within (business days)", 1)
    vendor_answer_hours = _step("vendor answers within (hours)", 24)
    schedule_days = _step("schedule within (business days)", 2)
    status_days = _step("tell the client each (business days)", 2)
    review_days = _step("review within (business days)", 1)
    revision_days = _step("revise within (business days)", 2)
    rov_days = _step("reconsider a value within (business days)", 5)

    class Meta(TenantModel.Meta):
        db_table = "order_desk_settings"
        verbose_name = verbose_name_plural = "order desk settings"
        constraints = [
            models.UniqueConstraint(fields=["tenant"], name="order_desk_settings_one"),
            models.CheckConstraint(condition=Q(tech_fee__gte=0), name="order_desk_settings_tech_fee"),
        ]

    def __str__(self) -> str:
        return "Order desk settings"
