"""Overrides: a person's word that an order may go on in spite of exceptions, and everything that became of it.

When one may be given and when it ends lives in `orders.overrides` and `orders.services`.
"""

from __future__ import annotations

from datetime import datetime

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from agent.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet
from orders.models.orders import Order
from orders.states import AGENT, STANDING_OVERRIDES, OverrideReason, OverrideState

# Ten characters, neither the first nor the last of them a space.
TEN_CHARACTERS = r"^\S.{8,}\S$"
_STANDING = sorted(STANDING_OVERRIDES)


class OrderOverrideQuerySet(TenantQuerySet):
    def standing(self) -> OrderOverrideQuerySet:
        """Those that have not ended."""
        return self.filter(state__in=_STANDING)

    def awaiting(self) -> OrderOverrideQuerySet:
        """Those that wait for a second person, the oldest first."""
        return self.filter(state=OverrideState.AWAITING).order_by("id")

    def run_out(self, now: datetime) -> OrderOverrideQuerySet:
        """Those whose time is over and that have not ended yet, the oldest first."""
        return self.standing().filter(expires_at__lte=now).order_by("expires_at", "id")


class OrderOverride(TenantModel):
    """One override of one order: who let it go on, why, in spite of what, and how it ended.

    The exceptions that it covers now point to it; `covers` keeps what it was given for, in the words that were shown.
    """

    order = TenantForeignKey(Order, models.PROTECT, related_name="overrides")
    state = models.CharField(max_length=9, choices=OverrideState)
    reason_code = models.CharField("reason", max_length=20, choices=OverrideReason)
    words = models.TextField("in their own words")
    covers = models.JSONField(
        default=list, help_text='What was overridden: [{"code": …, "subject": …, "message": …}].'
    )
    basis = models.JSONField(
        default=dict, help_text="The values of the order that it rests on; others make it void."
    )
    total_amount = models.DecimalField("total", max_digits=12, decimal_places=2)
    requested_by = models.CharField(max_length=150)
    requested_at = models.DateTimeField()
    second_needed_because = models.CharField(max_length=300, blank=True)
    approved_by = models.CharField("second person", max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=150, blank=True)
    end_reason = models.CharField(max_length=500, blank=True)

    objects = TenantManager.from_queryset(OrderOverrideQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "order_overrides"
        verbose_name = "override"
        permissions = [("override", "Can override exceptions of orders")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OverrideState.values), name="order_overrides_state_known"
            ),
            models.CheckConstraint(
                condition=Q(reason_code__in=OverrideReason.values), name="order_overrides_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(words__regex=TEN_CHARACTERS), name="order_overrides_has_words"
            ),
            models.CheckConstraint(condition=~Q(covers=[]), name="order_overrides_covers_something"),
            models.CheckConstraint(condition=Q(total_amount__gte=0), name="order_overrides_total"),
            models.CheckConstraint(
                condition=~Q(requested_by__in=["", AGENT]) & ~Q(approved_by=AGENT),
                name="order_overrides_by_people",
            ),
            models.CheckConstraint(
                condition=~Q(approved_by=F("requested_by")), name="order_overrides_two_people"
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by="")
                | Q(approved_at__isnull=False) & ~Q(approved_by="") & ~Q(second_needed_because=""),
                name="order_overrides_approval_has_both",
            ),
            models.CheckConstraint(
                condition=~Q(state=OverrideState.AWAITING)
                | Q(approved_at__isnull=True) & ~Q(second_needed_because=""),
                name="order_overrides_awaiting_needs_second",
            ),
            models.CheckConstraint(
                condition=~Q(state=OverrideState.IN_FORCE)
                | Q(second_needed_because="")
                | Q(approved_at__isnull=False),
                name="order_overrides_in_force_is_approved",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("requested_at")), name="order_overrides_expires_later"
            ),
            models.CheckConstraint(
                condition=Q(state__in=_STANDING, ended_at__isnull=True, ended_by="", end_reason="")
                | ~Q(state__in=_STANDING) & Q(ended_at__isnull=False) & ~Q(ended_by="") & ~Q(end_reason=""),
                name="order_overrides_ended_has_reason",
            ),
        ]
        indexes = [
            # The planner's query: `.run_out()`.
            models.Index(fields=["tenant", "state", "expires_at"], name="order_overrides_run_out"),
            models.Index(fields=["tenant", "order", "state"], name="order_overrides_order"),
        ]

    def __str__(self) -> str:
        return f"Override #{self.pk} of {self.order}"

    @property
    def codes(self) -> list[str]:
        """The codes it was given for."""
        return sorted({covered["code"] for covered in self.covers})


class OrderOverrideChange(TenantModel):
    """One step of one override: who, when, why, and what it covered. Append-only."""

    override = TenantForeignKey(OrderOverride, models.PROTECT, related_name="changes")
    old = models.CharField(max_length=9, blank=True)
    new = models.CharField(max_length=9, choices=OverrideState)
    actor = models.CharField(max_length=150)
    reason = models.TextField()
    codes = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        db_table = "order_override_history"
        verbose_name = "change of an override"
        verbose_name_plural = "changes of overrides"
        constraints = [
            models.CheckConstraint(
                condition=Q(new__in=OverrideState.values), name="order_override_history_new_known"
            ),
            models.CheckConstraint(condition=~Q(old=F("new")), name="order_override_history_moves"),
        ]
        indexes = [models.Index(fields=["tenant", "override", "id"], name="order_override_history_of")]

    def __str__(self) -> str:
        return f"{self.old or 'new'} → {self.new}"


class OverrideCeiling(TenantModel):
    """Up to which total the members of a group may override an order of this company."""

    group = models.CharField(max_length=150, help_text="The name of a group of logins.")
    amount = models.DecimalField(
        "up to a total of", max_digits=12, decimal_places=2, validators=[MinValueValidator(0)]
    )

    class Meta(TenantModel.Meta):
        db_table = "order_override_ceilings"
        verbose_name = "ceiling of overrides"
        verbose_name_plural = "ceilings of overrides"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "group"],
                name="order_override_ceilings_one",
                violation_error_message="This group has a ceiling already.",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="order_override_ceilings_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.amount}"
