"""Credit in the console: what a person changes goes through the services, and an order's page shows its credit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client as Browser
from django.urls import reverse

from agent.models import Tenant
from agent.tenancy import tenant_scope
from engagement.models import Client
from orders.models import ClientCreditTerms, Invoice, InvoiceState, Order, Payment, ProcessingJob
from tests.orders.cast import TODAY, D, make_client, make_desk, make_order

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def desk(meridian: Tenant, harborpine: Tenant) -> Tenant:
    for tenant in (harborpine, meridian):
        make_desk(tenant)
        with tenant_scope(tenant):
            client = make_client(limit="1000.00")
            make_order("MV-1", client)
            _invoice(client, "1042", "600.00")
    return meridian


@pytest.fixture
def console(client: Browser, desk: Tenant) -> Browser:
    client.force_login(User.objects.create_superuser("dana", password="unguessable"))
    client.post(reverse("agent:switch_tenant"), {"tenant": desk.slug})
    return client


def _invoice(client: Client, number: str, balance: str, **changes: Any) -> Invoice:
    values: dict[str, Any] = {
        "state": InvoiceState.ISSUED,
        "issued_date": TODAY,
        "due_date": TODAY + timedelta(days=400),
        "total_amount": D(balance),
        "balance_due": D(balance),
    }
    return Invoice.objects.create(client=client, invoice_number=number, **values | changes)


def _change(console: Browser, row: Any, form: dict[str, Any]) -> str:
    url = reverse(f"admin:orders_{row._meta.model_name}_change", args=[row.pk])
    answer = console.post(url, form, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def _page(console: Browser, desk: Tenant, number: str = "MV-1") -> str:
    with tenant_scope(desk):
        pk = Order.objects.get(order_number=number).pk
    return console.get(reverse("admin:orders_order_change", args=[pk])).content.decode()


def test_an_orders_page_shows_what_uses_the_limit_up_and_what_would_let_it_pass(
    console: Browser, desk: Tenant
) -> None:
    page = _page(console, desk)
    for words in (
        "1,245.00 of 1,000.00 used with this order (124 %)",
        "Declined",
        "Passes if invoice 1042 is paid.",
        "Passes if the limit is 1,245.00.",
        "Nothing of what a vendor may see is withheld.",
    ):
        assert words in page
    with tenant_scope(desk):
        Order.objects.update(payment_type="card", vendor_instructions="We need 640k.")
    page = _page(console, desk)
    assert "Needs no credit: Card." in page
    assert "Withheld: Vendor instructions." in page


def test_another_limit_has_the_order_decided_again(console: Browser, desk: Tenant) -> None:
    with tenant_scope(desk):
        terms = ClientCreditTerms.objects.get()
    _change(console, terms, {"credit_limit": "9000.00", "tech_fee": "", "on_hold_because": ""})
    with tenant_scope(desk):
        assert ClientCreditTerms.objects.get().credit_limit == D("9000.00")
        assert ProcessingJob.objects.get().reason == "credit"
    assert "Approved" in _page(console, desk)


def test_a_hold_bears_the_name_of_who_set_it_until_it_is_released(console: Browser, desk: Tenant) -> None:
    with tenant_scope(desk):
        terms = ClientCreditTerms.objects.get()
    form = {"credit_limit": "1000.00", "tech_fee": ""}
    _change(console, terms, form | {"on_hold_because": "returned payment"})
    with tenant_scope(desk):
        held = ClientCreditTerms.objects.get()
        assert (held.held_by, held.hold_reason) == ("dana", "returned payment")
        assert held.held_at is not None
    assert "the hold on Cascade Home Lending is released" in _page(console, desk)
    _change(console, terms, form | {"on_hold_because": ""})
    with tenant_scope(desk):
        assert ClientCreditTerms.objects.get().held_by == ""


def test_terms_are_entered_for_a_client_without_any(console: Browser, desk: Tenant) -> None:
    with tenant_scope(desk):
        ClientCreditTerms.objects.all().delete()
        pk = Client.objects.get().pk
    form = {"client": pk, "credit_limit": "500.00", "tech_fee": "", "on_hold_because": "new client"}
    assert console.post(reverse("admin:orders_clientcreditterms_add"), form).status_code == 302
    with tenant_scope(desk):
        terms = ClientCreditTerms.objects.get()
        assert (terms.credit_limit, terms.hold_reason) == (D("500.00"), "new client")
    answer = console.post(reverse("admin:orders_clientcreditterms_add"), form)
    assert answer.status_code == 200


def test_an_invoice_is_sent_out_disputed_settled_and_taken_back(console: Browser, desk: Tenant) -> None:
    with tenant_scope(desk):
        client = Client.objects.get()
    form = {"invoice_number": "77", "client": client.pk, "total_amount": "50.00", "act": ""}
    assert console.post(reverse("admin:orders_invoice_add"), form).status_code == 302
    with tenant_scope(desk):
        invoice = Invoice.objects.get(invoice_number="77")
        assert (invoice.state, invoice.balance_due) == (InvoiceState.DRAFT, D("50.00"))
    days = {"issued_date": "2026-11-23", "due_date": "2026-11-22"}
    assert "from then on" in _change(console, invoice, days | {"act": "send"})
    _change(console, invoice, days | {"due_date": "2026-12-23", "act": "send"})
    for act, state, disputed in (
        ("dispute", InvoiceState.ISSUED, True),
        ("settle", InvoiceState.ISSUED, False),
        ("take_back", InvoiceState.VOID, False),
    ):
        _change(console, invoice, {"act": act})
        with tenant_scope(desk):
            invoice = Invoice.objects.get(invoice_number="77")
        assert (invoice.state, invoice.is_disputed) == (state, disputed)
    assert "not one of the available choices" in _change(console, invoice, {"act": "send"})


def test_a_payment_pays_the_invoices_it_names_and_the_rest_later(console: Browser, desk: Tenant) -> None:
    with tenant_scope(desk):
        client = Client.objects.get()
        _invoice(client, "1043", "100.00")
    add = reverse("admin:orders_payment_add")
    form = {
        "client": client.pk, "kind": "payment", "reference": "ACH", "received_date": "2026-11-23", "amount": "650.00",
        "invoice_numbers": "1042, 9",
    }  # fmt: skip
    assert "Not open for this client: 9." in console.post(add, form).content.decode()
    assert (
        "more than zero" in console.post(add, form | {"amount": "0", "invoice_numbers": ""}).content.decode()
    )
    assert console.post(add, form | {"invoice_numbers": "1042"}).status_code == 302
    with tenant_scope(desk):
        payment = Payment.objects.get()
        assert payment.unapplied_amount == D("50.00")
    _change(console, payment, {"invoice_numbers": "1043"})
    with tenant_scope(desk):
        assert Invoice.objects.get(invoice_number="1043").balance_due == D("50.00")
    assert "Nothing of this payment is left." in _change(console, payment, {"invoice_numbers": "1043"})
    assert "Approved" in _page(console, desk)


def test_the_rivals_invoices_are_paid_by_nobody_here(
    console: Browser, desk: Tenant, harborpine: Tenant
) -> None:
    with tenant_scope(harborpine):
        _invoice(Client.objects.get(), "5555", "10.00")
        theirs = ClientCreditTerms.objects.get()
    with tenant_scope(desk):
        client = Client.objects.get()
    form = {
        "client": client.pk, "kind": "payment", "received_date": "2026-11-23", "amount": "10.00",
        "invoice_numbers": "5555",
    }  # fmt: skip
    page = console.post(reverse("admin:orders_payment_add"), form).content.decode()
    assert "Not open for this client: 5555." in page
    url = reverse("admin:orders_clientcreditterms_change", args=[theirs.pk])
    console.post(url, {"credit_limit": "1.00", "on_hold_because": ""})
    with tenant_scope(harborpine):
        assert ClientCreditTerms.objects.get().credit_limit == D("1000.00")


def test_nothing_of_credit_is_deleted(console: Browser, desk: Tenant) -> None:
    with tenant_scope(desk):
        rows = [ClientCreditTerms.objects.get(), Invoice.objects.get()]
    for row in rows:
        url = reverse(f"admin:orders_{row._meta.model_name}_delete", args=[row.pk])
        assert console.post(url, {"post": "yes"}).status_code == 403
