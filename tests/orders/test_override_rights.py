"""Who may override what: people with the permission, up to the ceiling of their group, and never the agent."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, User

from agent.access import set_viewers
from agent.models import Tenant
from agent.tenancy import tenant_scope
from orders.models import Order, OrderException, OrderOverride, OverrideCeiling
from orders.rules import NOT_OVERRIDABLE
from orders.services import (
    OverrideRefused,
    approve_override,
    ceiling_of,
    may_override,
    withdraw_override,
)
from orders.states import Stage
from tests.orders.cast import NOW, D, make_desk
from tests.orders.people import blocked_order, make_lead, override

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(meridian: Tenant) -> Tenant:
    make_desk(meridian)
    return meridian


def test_a_person_without_the_permission_is_refused(desk: Tenant) -> None:
    clerk = User.objects.create_user("clerk", is_staff=True)
    set_viewers(tenant=desk, users=[clerk])
    with tenant_scope(desk):
        order = blocked_order()
        assert not may_override(clerk)
        with pytest.raises(OverrideRefused, match="may not override"):
            override(order, clerk, "CRD-303")
        assert not OrderOverride.objects.exists()


def test_a_person_of_another_company_is_refused_whatever_they_may_do_there(
    desk: Tenant, harborpine: Tenant
) -> None:
    rival = make_lead("rita", harborpine)
    with tenant_scope(desk):
        OverrideCeiling.objects.create(group="Desk leads", amount=D("9000.00"))
        order = blocked_order()
        with pytest.raises(OverrideRefused, match="may not override exceptions here"):
            override(order, rival, "CRD-303")


def test_the_agent_is_refused_whatever_its_login_may_do(desk: Tenant) -> None:
    agent = User.objects.create_superuser("agent")
    maria = make_lead("maria", desk)
    with tenant_scope(desk):
        order = blocked_order(limit="100.00")
        with pytest.raises(OverrideRefused, match="may not override"):
            override(order, agent, "CRD-303")
        waiting = override(order, maria, "CRD-303")
        with pytest.raises(OverrideRefused, match="may not override"):
            approve_override(override=waiting, person=agent, now=NOW)
        with pytest.raises(OverrideRefused, match="may not withdraw"):
            withdraw_override(override=waiting, person=agent, reason="No longer wanted.", now=NOW)


@pytest.mark.parametrize(("ceiling", "is_refused"), [("645.00", False), ("644.99", True), ("0.00", True)])
def test_a_ceiling_holds_up_to_its_cent(desk: Tenant, ceiling: str, is_refused: bool) -> None:
    maria = make_lead("maria", desk, ceiling=ceiling)
    with tenant_scope(desk):
        order = blocked_order()
        if is_refused:
            with pytest.raises(OverrideRefused, match=f"above your ceiling of {ceiling}"):
                override(order, maria, "CRD-303")
        else:
            assert override(order, maria, "CRD-303").state == "in_force"


def test_the_second_person_has_a_ceiling_too(desk: Tenant) -> None:
    maria = make_lead("maria", desk, ceiling="9000.00")
    omar = make_lead("omar", desk, ceiling="100.00", group="Clerks")
    with tenant_scope(desk):
        order = blocked_order(limit="100.00")
        waiting = override(order, maria, "CRD-303")
        with pytest.raises(OverrideRefused, match="above your ceiling of 100.00"):
            approve_override(override=waiting, person=omar, now=NOW)


def test_the_highest_of_several_groups_counts_and_none_is_a_ceiling_of_nothing(
    desk: Tenant, harborpine: Tenant
) -> None:
    maria = make_lead("maria", desk, ceiling="500.00")
    maria.groups.add(Group.objects.create(name="Credit"), Group.objects.create(name="Sales"))
    superuser = User.objects.create_superuser("root")
    with tenant_scope(desk):
        OverrideCeiling.objects.create(group="Credit", amount=D("2500.00"))
        assert ceiling_of(maria) == D("2500.00")
        assert ceiling_of(User.objects.create_user("clerk")) == D("0.00")
        assert ceiling_of(superuser) is None
    with tenant_scope(harborpine):
        # Each company sets its own.
        assert ceiling_of(maria) == D("0.00")


@pytest.mark.parametrize("code", sorted(NOT_OVERRIDABLE))
def test_some_codes_may_be_overridden_by_nobody(desk: Tenant, code: str) -> None:
    root = User.objects.create_superuser("root")
    with tenant_scope(desk):
        order = blocked_order()
        OrderException.objects.filter(code="CRD-303").update(code=code)
        with pytest.raises(OverrideRefused, match=f"Nobody may override {code}"):
            override(order, root, code)


def test_the_codes_that_nobody_may_override_are_those_of_the_law_and_the_licence() -> None:
    assert NOT_OVERRIDABLE == {"IND-401", "IND-403", "VND-501", "VND-503", "REQ-213"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"words": "Too short"}, "at least 10 characters"),
        ({"words": "  short   \n "}, "at least 10 characters"),
        ({"reason_code": "because"}, "Choose a reason"),
        ({"exceptions": []}, "Choose exceptions"),
        ({"exceptions": [0]}, "Choose exceptions"),
        ({"seen": "something else"}, "changed since this page was opened"),
    ],
)
def test_an_incomplete_override_is_refused_with_what_is_missing(
    desk: Tenant, changes: dict[str, Any], words: str
) -> None:
    maria = make_lead("maria", desk)
    with tenant_scope(desk):
        order = blocked_order()
        with pytest.raises(OverrideRefused, match=words):
            override(order, maria, "CRD-303", **changes)
        assert not OrderOverride.objects.exists()


def test_what_does_not_block_is_not_overridden(desk: Tenant) -> None:
    maria = make_lead("maria", desk)
    with tenant_scope(desk):
        order = blocked_order(limit="645.00")
        with pytest.raises(OverrideRefused, match="CRD-304 does not block"):
            override(order, maria, "CRD-304")


def test_exceptions_of_another_order_are_not_overridden_with_it(desk: Tenant) -> None:
    maria = make_lead("maria", desk)
    with tenant_scope(desk):
        order, other = blocked_order("MV-1"), blocked_order("MV-2")
        others = list(OrderException.objects.filter(order=other).values_list("pk", flat=True))
        ours = list(OrderException.objects.filter(order=order).values_list("pk", flat=True))
        with pytest.raises(OverrideRefused, match="exceptions of this order"):
            override(order, maria, "CRD-303", exceptions=[*ours, *others])


def test_an_order_without_a_total_or_already_finished_is_not_overridden(desk: Tenant) -> None:
    maria = make_lead("maria", desk)
    with tenant_scope(desk):
        unpriced = blocked_order("MV-1", product="COM-NARR", fee_amount=None, total_amount=None)
        with pytest.raises(OverrideRefused, match="no total that can be billed"):
            override(unpriced, maria, "PRC-101")
        finished = blocked_order("MV-2")
        Order.objects.filter(pk=finished.pk).update(stage=Stage.DELIVERED, delivered_at=NOW)
        with pytest.raises(OverrideRefused, match="is finished"):
            override(finished, maria, "CRD-303")
