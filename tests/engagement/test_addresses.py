"""The one spelling of an address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.addresses import (
    InvalidAddress,
    is_automated,
    is_freemail,
    is_shared,
    normalise_domain,
    normalise_email,
    normalised_or_none,
)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("  Karen.Whitfield@CascadeHL.test ", "karen.whitfield@cascadehl.test"),
        ("a+b@Example.com.", "a+b@example.com"),
        ("o'brien@example.com", "o'brien@example.com"),
        ("info@Bücher.example", "info@xn--bcher-kva.example"),
        ("rene\u0301@example.com", "ren\u00e9@example.com"),
    ],
)
def test_an_address_has_one_spelling(written, stored):
    assert normalise_email(written) == stored


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "karen",
        "karen@",
        "@example.com",
        "karen@localhost",
        "a@example.com, b@example.com",
        "a@example.com;b@example.com",
        "a@example.com b@example.com",
        "Karen <karen@example.com>",
        "a@b@example.com",
        "karen@exa mple.com",
        "karen\u200b@example.com",
        "karen\r\nBcc: x@example.com",
        ".karen@example.com",
        "ka..ren@example.com",
        "x" * 65 + "@example.com",
        "k@" + "a" * 64 + ".com",
        "k@" + "abc." * 70 + "com",
        "k" * 100_000 + "@example.com",
        "karen@-example.com",
        "karen@\u2488com",
    ],
)
def test_what_is_not_exactly_one_address_is_refused_in_one_line(text):
    with pytest.raises(InvalidAddress) as refusal:
        normalise_email(text)
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 250
    assert normalised_or_none(text) is None


@given(st.emails())
def test_normalising_twice_changes_nothing(address):
    once = normalised_or_none(address)
    assert once is None or normalise_email(once) == once


@given(st.text(max_size=80))
def test_no_text_makes_normalising_fail_in_another_way(text):
    once = normalised_or_none(text)
    assert once is None or once.count("@") == 1


def test_a_domain_has_one_spelling():
    assert normalise_domain(" Example.COM. ") == "example.com"
    with pytest.raises(InvalidAddress):
        normalise_domain("not a domain")


@pytest.mark.parametrize(
    "local", ["no-reply", "noreply", "orders.noreply", "mailer-daemon", "bounce+17", "do-not-reply"]
)
def test_a_machine_is_known_by_its_name(local):
    assert is_automated(f"{local}@portal.test")


@pytest.mark.parametrize("local", ["nora.reply", "karen", "bouncer", "postman", "noriko"])
def test_a_person_is_not_taken_for_a_machine(local):
    assert not is_automated(f"{local}@portal.test")


def test_a_job_is_not_a_person():
    assert is_shared("appraisals@bluemesacu.test")
    assert is_shared("Accounts.Payable@bluemesacu.test".lower())
    assert not is_shared("apple.desk@bluemesacu.test")


def test_a_public_mail_service_says_nothing_about_an_employer():
    assert is_freemail("gmail.com")
    assert not is_freemail("bluemesacu.test")
