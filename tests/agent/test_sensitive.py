"""What must never leave is found, and what only looks like it is let through."""

from __future__ import annotations

import time

import pytest

from agent.sensitive import find_sensitive, mask_sensitive


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Her number is 123-45-6789.", "a social security number"),
        ("The portal password is: Winter2026!", "a password"),
        ("The password for the portal is Winter2026!, no rush.", "a password"),
        ("Log in with password Winter2026 please.", "a password"),
        ("Use Winter2026! as the portal password.", "a password"),
        ("Use key AKIAABCDEFGHIJKLMNOP for the bucket", "an access key"),
        ("-----BEGIN RSA PRIVATE KEY-----", "a private key"),
        ("Card 4111 1111 1111 1111, exp 09/28", "a payment card number"),
        ("5500-0055-5555-5559", "a payment card number"),
        ("Routing number: 021000021", "bank account details"),
        ("Account no. 000123456789", "bank account details"),
        ("IBAN: DE89370400440532013000", "bank account details"),
        ("Please wire the payment for this invoice to a new account.", "payment instructions"),
        ("<script>alert(1)</script>", "program text"),
        ({"variables": {"note": ["fine", {"deep": "pwd=hunter22"}]}}, "a password"),
    ],
)
def test_what_must_not_leave_is_found(text, found):
    assert find_sensitive(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "The pa\u017f\u017fword is: Winter2026!",
        "PWD=hunter22",
        "ROUT\u0130NG 021000021",
        "\u0131ban DE89370400440532013000",
        "WIRE THE PAYMENT TO A NEW ACCOUNT",
        "Send the fund\u017f to account 7",
        "<\u017fCRIPT>",
        "JAVA\u017fcript:alert(1)",
    ],
)
def test_no_spelling_of_a_word_is_a_way_past_its_pattern(text):
    """Words are looked for before patterns are; a pattern that ignores case takes these letters for ours."""
    assert find_sensitive(text) != ""


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            "Call me, the password is Zanzibar#8213quux, ask for Tom.",
            "Call me, the password is •••, ask for Tom.",
        ),
        ("Call me! The password: “Zanzibar#8213quux”.", "Call me! The password: “•••”."),
        (
            "Please call, use Winter2026! as the portal password.",
            "Please call, use ••• as the portal password.",
        ),
        ("Her number is 123-45-6789, call her.", "Her number is •••, call her."),
        ("Card 4111 1111 1111 1111, call me.", "Card •••, call me."),
        (
            "Key:\n-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----\nBye.",
            "Key:\n•••\nBye.",
        ),
        ("Token ghp_Quux8213Quux8213Quux8213Quux8213Quux1234 works, call me.", "Token ••• works, call me."),
        ("Call me at 303-555-0142 about order 240871.", "Call me at 303-555-0142 about order 240871."),
        ("The password is not working, please call me.", "The password is not working, please call me."),
    ],
)
def test_a_secret_is_masked_and_the_words_around_it_stay(text, masked):
    assert mask_sensitive(text) == masked


def test_two_harmless_texts_of_a_payload_make_no_harmful_one():
    assert find_sensitive({"first": "The account number:", "second": "000123456789"}) == ""
    assert find_sensitive(["4111 1111", "1111 1111"]) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Order 2026-104233 for 1412 Alder Street, Denver CO 80203-1234",
        "Loan number 1002345678, case 482-1234567",
        "Call me at 303-555-0142 or 13035550142.",
        "You can reset your password on the portal.",
        "Your password is required! The password: see the portal.",
        "Invoice 1042 over $625.00 was paid by wire on 2026-11-02.",
        "Reference 4111 1111 1111 1112",
        "000-12-3456, 666-12-3456 and 123-00-4567 were never issued",
        "Tracking 00000000000000000000",
        "Please send the invoice to accounts payable.",
        "",
        {"to": "a@b.test", "count": 3, "none": None},
    ],
)
def test_what_only_looks_like_it_is_let_through(text):
    assert find_sensitive(text) == ""


def test_a_long_hostile_text_is_read_in_bounded_steps():
    """No pattern may take time that grows faster than the text: twice the text, not four times the work."""

    def cost(size):
        texts = ("wire " * size, "1 " * size, "account number " * size, "pwd" + " " * size, "-" * size)
        began = time.process_time()
        for text in texts:
            find_sensitive(text)
        return time.process_time() - began

    cost(1000)
    assert cost(16_000) < 8 * max(cost(4_000), 0.005)
