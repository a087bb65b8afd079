"""The words of a message: filled in for one person, or known to be incomplete."""

from __future__ import annotations

import pytest

from agent.models import Tenant
from engagement.mail import rendering
from engagement.mail.rendering import render_message
from engagement.models import Client, ClientType, Contact


@pytest.fixture
def templates(tmp_path, settings):
    """A folder of templates of the test's own; returns a function that writes one and renders it."""
    settings.REPOSITORY = tmp_path
    rendering._engine.cache_clear()
    folder = tmp_path / "templates" / "mail" / "test"
    folder.mkdir(parents=True)

    def render(subject, text, contact=None, **variables):
        (folder / "one.subject.txt").write_text(subject)
        (folder / "one.txt").write_text(text)
        rendering._engine.cache_clear()
        return render_message(
            template="test/one",
            variables=variables,
            contact=contact,
            tenant=Tenant(name="Meridian Valuation Services"),
            reply_address="orders@meridianvs.test",
            stream="transactional",
        )

    yield render
    rendering._engine.cache_clear()


def contact(first="Tomás", last="Herrera", **changes):
    return Contact(tenant_id=1, first_name=first, last_name=last, **changes)


@pytest.mark.parametrize(
    ("text", "variables", "missing"),
    [
        ("Hello {{ name }}", {}, ("name",)),
        ("Hello {{ name }}", {"name": ""}, ("name",)),
        ("Hello {{ name }}", {"name": "  "}, ("name",)),
        ("Hello {{ name }}", {"name": None}, ("name",)),
        ("Hello {{ order.number }}", {"order": {"number": None}}, ("order.number",)),
        ("Hello {{ name|upper }} {{ name }}", {}, ("name",)),
        ("Hello {{ name }}", {"name": "{{ first_name }}"}, ("first_name",)),
        ("Hello {{ name }}", {"name": "{% now %}"}, ("{% now %}",)),
        ("Hello {{ name }}{% if other %} {{ other }}{% endif %}", {"name": "Ann"}, ()),
        ("{{ count }} orders", {"count": 0}, ()),
        ("Hello { name } and 100 %", {}, ()),
    ],
)
def test_a_variable_that_says_nothing_is_unresolved(templates, text, variables, missing):
    assert templates("Subject", text, **variables).unresolved == missing
    assert templates(text, "Text", **variables).unresolved == missing


def test_a_value_is_shown_as_it_is_and_never_run(templates):
    rendered = templates("About {{ name }}", "{{ name }}", name="O'Neil & <Sons>\nBcc: x@y.test")
    assert rendered.subject == "About O'Neil & <Sons> Bcc: x@y.test"
    assert rendered.text == "O'Neil & <Sons>\nBcc: x@y.test\n"


def test_what_a_template_provides_cannot_be_overridden_by_a_payload(templates):
    rendered = templates(
        "S", "{{ greeting }} {{ tenant_name }}", contact(), greeting="Hi Eve", tenant_name="Evil"
    )
    assert rendered.text == "Hello Tomás, Meridian Valuation Services\n"


@pytest.mark.parametrize(
    ("who", "greeting"),
    [
        (contact(), "Hello Tomás,"),
        (contact(first=" Mary  Ann "), "Hello Mary Ann,"),
        (contact(first=""), "Hello,"),
        (contact(is_shared_mailbox=True), "Hello,"),
        (None, "Hello,"),
    ],
)
def test_the_greeting_is_the_persons_or_nobodys(who, greeting):
    assert rendering.greet(who) == greeting


@pytest.mark.parametrize("client_type", [ClientType.BANK, ClientType.PRIVATE])
def test_the_check_in_reads_well_for_a_company_and_a_private_person(client_type):
    who = contact(client=Client(tenant_id=1, name="Northgate Savings Bank", client_type=client_type))
    rendered = render_message(
        template="engagement/check_in",
        variables={},
        contact=who,
        tenant=Tenant(name="Meridian Valuation Services"),
        reply_address="orders@meridianvs.test",
        stream="relationship",
        opt_out_url="https://agent.example.com/messages/x",
    )
    assert rendered.unresolved == ()
    assert rendered.subject == "Checking in from Meridian Valuation Services"
    assert rendered.text.startswith("Hello Tomás,\n\n")
    assert ("at Northgate Savings Bank" in rendered.text) is (client_type == ClientType.BANK)
    assert "Meridian Valuation Services\norders@meridianvs.test\n" in rendered.text
    assert rendered.footer == (
        "\n--\nWe write now and then to the people we work with. To stop these messages, reply with the word "
        '"unsubscribe"; your orders are not affected.\n'
        "Or stop them, pause them and choose what you hear from us here:\nhttps://agent.example.com/messages/x\n"
    )
    assert "  " not in rendered.text and "{{" not in rendered.text


@pytest.mark.parametrize(
    ("stream", "begins"),
    [
        ("relationship", "\n--\nWe write now and then"),
        ("marketing", "\n--\nMeridian Valuation Services sends news"),
        ("transactional", ""),
    ],
)
def test_every_message_but_a_transactional_one_says_how_to_stop_it(stream, begins):
    rendered = render_message(
        template="engagement/check_in",
        variables={},
        contact=contact(),
        tenant=Tenant(name="Meridian Valuation Services"),
        reply_address="orders@meridianvs.test",
        stream=stream,
    )
    assert rendered.footer.startswith(begins) and bool(rendered.footer) is bool(begins)
    assert ("unsubscribe" in rendered.footer) is bool(begins) and "http" not in rendered.footer
