"""Orders, their fee lines and the history of their stages.

Exceptions and the queue live in `orders.models.queue`, holds and changes by people in `orders.models.history`.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from agent.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet
from orders.states import FINISHED_STAGES, HOLDABLE_STAGES, CancelReason, HoldReason, Stage


class PropertyType(models.TextChoices):
    """What stands on the land."""

    SINGLE_FAMILY = "single_family", "Single family"
    CONDO = "condo", "Condominium"
    COOP = "coop", "Cooperative"
    PUD = "pud", "Planned unit development"
    TWO_TO_FOUR = "two_to_four", "Two to four units"
    MANUFACTURED = "manufactured", "Manufactured home"
    LAND = "land", "Land"
    AGRICULTURAL = "agricultural", "Agricultural"
    MIXED_USE = "mixed_use", "Mixed use"
    COMMERCIAL = "commercial", "Commercial"


class Occupancy(models.TextChoices):
    """Who lives there."""

    OWNER = "owner", "Owner"
    TENANT = "tenant", "Tenant"
    VACANT = "vacant", "Vacant"


class LoanType(models.TextChoices):
    """The programme of the loan."""

    CONVENTIONAL = "conventional", "Conventional"
    FHA = "fha", "FHA"
    VA = "va", "VA"
    USDA = "usda", "USDA"
    JUMBO = "jumbo", "Jumbo"
    NONE = "none", "No loan"


class LoanPurpose(models.TextChoices):
    """What the loan is for."""

    PURCHASE = "purchase", "Purchase"
    REFINANCE = "refinance", "Refinance"
    CASH_OUT = "cash_out", "Cash-out refinance"
    HELOC = "heloc", "Home equity line"
    CONSTRUCTION = "construction", "Construction"
    REVERSE = "reverse", "Reverse mortgage"
    OTHER = "other", "Other"


class PaymentType(models.TextChoices):
    """How this order is paid."""

    BILL = "bill", "Billed to the client"  # the only one that takes credit
    CARD = "card", "Card"
    BORROWER_PAY = "borrower_pay", "Paid by the borrower"
    ACH = "ach", "Bank transfer"
    COD = "cod", "Cash on delivery"
    PREPAID = "prepaid", "Prepaid"


class OrderQuerySet(TenantQuerySet):
    def in_intake(self) -> OrderQuerySet:
        """Orders whose work has not been agreed yet."""
        return self.filter(stage__in=(Stage.RECEIVED, Stage.EXCEPTION))

    def unfinished(self) -> OrderQuerySet:
        """Orders for which something is still to be delivered."""
        return self.exclude(stage__in=FINISHED_STAGES)

    def hold_is_over(self, today: date) -> OrderQuerySet:
        """Orders on hold until a day that has come, the longest over first."""
        return self.filter(stage=Stage.ON_HOLD, hold_until_date__lte=today).order_by("hold_until_date", "id")


def _money(label: str | None = None) -> models.DecimalField:
    return models.DecimalField(label, max_digits=12, decimal_places=2, null=True, blank=True)


def _choice(choices: type[models.TextChoices], length: int = 16) -> models.CharField:
    return models.CharField(max_length=length, choices=choices, blank=True)


class Order(TenantModel):
    """One appraisal order, as the client gave it. An empty field is a fact nobody has told us.

    Three parties: who orders, whom the report is addressed to, who pays. Four numbers: ours, the client's
    file, the loan, the portal's (domain, sections 1 and 4).
    """

    order_number = models.CharField(max_length=40)
    client_file_number = models.CharField(max_length=60, blank=True)
    loan_number = models.CharField(max_length=60, blank=True)
    portal_order_id = models.CharField("portal order id", max_length=60, blank=True)
    portal_deadline_at = models.DateTimeField(null=True, blank=True)
    fha_case_number = models.CharField("FHA case number", max_length=20, blank=True)

    ordered_by = TenantForeignKey("engagement.Client", models.PROTECT, related_name="orders")
    addressed_to = models.CharField(
        max_length=200, blank=True, help_text="The lender or client named in the report."
    )
    bill_to = TenantForeignKey("engagement.Client", models.PROTECT, related_name="orders_billed")
    loan_officer_email = models.CharField("loan officer's e-mail", max_length=320, blank=True)

    stage = models.CharField(max_length=16, choices=Stage, default=Stage.RECEIVED)
    ordered_at = models.DateTimeField()
    due_date = models.DateField("due to the client", null=True, blank=True)
    vendor_due_date = models.DateField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = _choice(CancelReason, 20)
    cancellation_fee = _money()
    held_from_stage = _choice(Stage)
    hold_reason = _choice(HoldReason, 24)
    hold_until_date = models.DateField(null=True, blank=True)
    stage_since = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="From when the time for its stage counts."
    )
    stage_due_at = models.DateTimeField("next step due", null=True, blank=True, editable=False)
    contact_attempts = models.PositiveSmallIntegerField("attempts to reach the contact", default=0)
    inspection_date = models.DateField(null=True, blank=True)
    revision_due_date = models.DateField(null=True, blank=True)
    rov_due_date = models.DateField("reconsideration due", null=True, blank=True)
    borrower_rov_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When the borrower asked to reconsider the value."
    )

    product = TenantForeignKey("orders.Product", models.PROTECT, null=True, blank=True, related_name="orders")
    product_text = models.CharField(
        "product as stated",
        max_length=60,
        blank=True,
        help_text="What the order named, if we sell no such product.",
    )
    legacy_form = models.CharField(max_length=20, blank=True, help_text="The form number the order names.")
    legacy_form_alias = models.CharField(
        max_length=20, blank=True, editable=False, help_text="The form number that was read as the product."
    )
    property_type = _choice(PropertyType)
    construction_method = models.CharField(max_length=40, blank=True)
    attachment_type = models.CharField(max_length=40, blank=True)
    project_legal_structure = models.CharField(max_length=40, blank=True)
    units_excluding_adu = models.PositiveSmallIntegerField("units without ADUs", null=True, blank=True)
    adu_count = models.PositiveSmallIntegerField("ADUs", null=True, blank=True)
    is_waterfront = models.BooleanField("waterfront", null=True, blank=True)
    gross_living_area = models.PositiveIntegerField("living area (sq ft)", null=True, blank=True)
    acres = models.DecimalField(max_digits=10, decimal_places=3, null=True, blank=True)

    street = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=30, blank=True)
    city = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=20, blank=True)
    zip = models.CharField("ZIP", max_length=20, blank=True)
    county = models.CharField(max_length=80, blank=True)
    parcel_number = models.CharField(max_length=60, blank=True)
    legal_description = models.TextField(blank=True)
    property_key = models.CharField(
        max_length=200,
        blank=True,
        editable=False,
        help_text="Street, unit and ZIP, normalised to find duplicates.",
    )

    borrower_name = models.CharField(max_length=200, blank=True)
    borrower_phone = models.CharField(max_length=40, blank=True)
    borrower_email = models.CharField("borrower e-mail", max_length=320, blank=True)
    co_borrower_name = models.CharField(max_length=200, blank=True)
    owner_of_record = models.CharField(max_length=200, blank=True)
    property_contact_name = models.CharField(max_length=200, blank=True)
    property_contact_phone = models.CharField(max_length=40, blank=True)
    occupancy = _choice(Occupancy)
    access_instructions = models.TextField(blank=True)
    utilities_on = models.BooleanField(null=True, blank=True)

    loan_type = _choice(LoanType)
    loan_purpose = _choice(LoanPurpose)
    estimated_value = _money()
    loan_amount = _money()
    has_contract = models.BooleanField("sales contract attached", null=True, blank=True)
    intended_use = models.CharField(max_length=300, blank=True)
    intended_users = models.CharField(max_length=300, blank=True)
    effective_date = models.DateField(null=True, blank=True)
    interest_appraised = models.CharField(max_length=60, blank=True)
    value_type = models.CharField(max_length=60, blank=True)

    fee_amount = _money("fee")
    tech_fee = _money()
    total_amount = _money("total")
    unbillable_amounts = models.JSONField(
        default=dict,
        blank=True,
        help_text='Amounts as stated that cannot be billed, such as {"fee_amount": "NaN"}.',
    )
    quote_number = models.CharField(max_length=40, blank=True)
    agreed_price = _money("fee of the accepted quote")
    accepted_fee_amount = _money("fee accepted by the client")
    payment_type = _choice(PaymentType)
    payment_authorised = models.BooleanField(null=True, blank=True)
    vendor = TenantForeignKey(
        "engagement.Vendor", models.PROTECT, null=True, blank=True, related_name="orders"
    )
    vendor_fee = _money()

    notes = models.TextField("internal notes", blank=True)
    vendor_instructions = models.TextField(blank=True)
    vendor_hidden_fields = models.JSONField(
        "hidden from the vendor",
        default=list,
        blank=True,
        help_text='Fields withheld, such as ["estimated_value"].',
    )

    source_message = TenantForeignKey(
        "mail.Message",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="orders",
        db_index=False,
        help_text="The mail it was taken from; empty for an order that came otherwise.",
    )
    created_at = models.DateTimeField(editable=False)
    validated_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(OrderQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "orders"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "order_number"], name="orders_number"),
            models.CheckConstraint(condition=~Q(order_number=""), name="orders_has_number"),
            # A mail brings one order, however often it is read.
            models.UniqueConstraint(
                fields=["tenant", "source_message"],
                condition=Q(source_message__isnull=False),
                name="orders_one_per_message",
            ),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="orders_stage_known"),
            models.CheckConstraint(
                condition=Q(stage=Stage.ON_HOLD, held_from_stage__in=HOLDABLE_STAGES) & ~Q(hold_reason="")
                | ~Q(stage=Stage.ON_HOLD)
                & Q(held_from_stage="", hold_reason="", hold_until_date__isnull=True),
                name="orders_hold_knows_its_stage",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.CANCELLED, cancelled_at__isnull=False) & ~Q(cancel_reason="")
                | ~Q(stage=Stage.CANCELLED) & Q(cancelled_at__isnull=True, cancel_reason=""),
                name="orders_cancelled_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=(Stage.DELIVERED, Stage.ROV, Stage.CLOSED))
                | Q(delivered_at__isnull=False),
                name="orders_delivered_has_time",
            ),
            models.CheckConstraint(
                condition=Q(hold_reason__in=["", *HoldReason.values]), name="orders_hold_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(cancel_reason__in=["", *CancelReason.values]), name="orders_cancel_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(property_type__in=["", *PropertyType.values]), name="orders_property_type_known"
            ),
            models.CheckConstraint(
                condition=Q(occupancy__in=["", *Occupancy.values]), name="orders_occupancy_known"
            ),
            models.CheckConstraint(
                condition=Q(loan_type__in=["", *LoanType.values]), name="orders_loan_type_known"
            ),
            models.CheckConstraint(
                condition=Q(loan_purpose__in=["", *LoanPurpose.values]), name="orders_loan_purpose_known"
            ),
            models.CheckConstraint(
                condition=Q(payment_type__in=["", *PaymentType.values]), name="orders_payment_type_known"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "stage", "due_date"], name="orders_stage_due"),
            # The list: what is late first, then what is due next.
            models.Index(fields=["tenant", "stage_due_at", "-id"], name="orders_next_step"),
            # The planner's: holds whose day has come.
            models.Index(
                fields=["tenant", "hold_until_date"],
                condition=Q(hold_until_date__isnull=False),
                name="orders_hold_over",
            ),
            models.Index(fields=["tenant", "ordered_by", "ordered_at"], name="orders_ordered_by"),
            # What came in this month.
            models.Index(fields=["tenant", "ordered_at"], name="orders_ordered_at"),
            # Exposure: open billed orders of one payer.
            models.Index(fields=["tenant", "bill_to", "payment_type"], name="orders_bill_to"),
            # Duplicates of one property.
            models.Index(fields=["tenant", "property_key"], name="orders_property"),
            models.Index(fields=["tenant", "portal_order_id"], name="orders_portal"),
            models.Index(fields=["tenant", "loan_number"], name="orders_loan"),
            models.Index(fields=["tenant", "client_file_number"], name="orders_client_file"),
            models.Index(fields=["tenant", "quote_number"], name="orders_quote"),
        ]

    def __str__(self) -> str:
        return self.order_number

    @property
    def is_in_intake(self) -> bool:
        """Whether its work has not been agreed yet."""
        return self.stage in (Stage.RECEIVED, Stage.EXCEPTION)


class FeeLineKind(models.TextChoices):
    """What a line charges for."""

    BASE = "base", "Product"
    ADD_ON = "add_on", "Add-on"
    DISCOUNT = "discount", "Discount"
    CREDIT = "credit", "Credit"


# The lines that may take money off the fee.
NEGATIVE_LINE_KINDS = (FeeLineKind.DISCOUNT, FeeLineKind.CREDIT)


class FeeLine(TenantModel):
    """One line of an order's fee; the fee is the sum of its lines, and the tech fee is none of them."""

    order = TenantForeignKey(Order, models.CASCADE, related_name="fee_lines")
    kind = models.CharField(max_length=8, choices=FeeLineKind)
    code = models.CharField(max_length=30, help_text="The product's or add-on's code.")
    description = models.CharField(max_length=200, blank=True)
    amount = models.DecimalField(
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Empty: contained in the stated fee.",
    )

    class Meta(TenantModel.Meta):
        db_table = "order_fee_lines"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=FeeLineKind.values), name="order_fee_lines_kind_known"
            ),
            models.UniqueConstraint(fields=["tenant", "order", "kind", "code"], name="order_fee_lines_once"),
        ]

    def __str__(self) -> str:
        return self.code


class OrderTransition(TenantModel):
    """One move of one order. Append-only."""

    order = TenantForeignKey(Order, models.PROTECT, related_name="transitions")
    old = models.CharField(max_length=16, blank=True)
    new = models.CharField(max_length=16, choices=Stage)
    actor = models.CharField(max_length=150)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        db_table = "order_stage_history"
        constraints = [
            models.CheckConstraint(condition=Q(new__in=Stage.values), name="order_stage_history_new_known"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="order_stage_history_moves"),
        ]
        indexes = [models.Index(fields=["tenant", "order", "id"], name="order_stage_history_order")]

    def __str__(self) -> str:
        return f"{self.old or 'new'} → {self.new}"
