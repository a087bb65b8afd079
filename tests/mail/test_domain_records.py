"""SPF, DKIM and DMARC records as receivers read them: what is right, and what to add where it is not."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from engagement.mail.domain_records import DnsSilent, SendingSetup, inspect_domain

SETUP = SendingSetup(
    domain="meridianvs.test", return_path="send.meridianvs.test", include="provider.test", selector="resend"
)
SPF, DKIM, DMARC = "send.meridianvs.test", "resend._domainkey.meridianvs.test", "_dmarc.meridianvs.test"


def key(bits=2048):
    public = generate_private_key(65537, bits).public_key()
    return base64.b64encode(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


KEY = key()
ED25519 = base64.b64encode(Ed25519PrivateKey.generate().public_key().public_bytes_raw()).decode()
RIGHT = {
    SPF: ["some-site-verification=1", "v=spf1 include:provider.test ~all"],
    "provider.test": ["v=spf1 ip4:192.0.2.0/24 -all"],
    DKIM: [f"v=DKIM1; k=rsa; p={KEY}"],
    DMARC: ["v=DMARC1; p=none; rua=mailto:dmarc@meridianvs.test"],
}


def inspect(setup=SETUP, *, zones=None):
    """The findings by record. A name without texts is not there, an exception is raised by the DNS."""
    zones = RIGHT | (zones or {})

    def lookup(name):
        texts = zones.get(name) or []
        if isinstance(texts, Exception):
            raise texts
        return tuple(texts)

    return {finding.record: finding for finding in inspect_domain(setup, lookup)}


def test_records_in_order_are_right_and_say_so():
    findings = inspect()
    assert [finding.is_right for finding in findings.values()] == [True, True, True]
    assert findings["SPF"].found == ("v=spf1 include:provider.test ~all",)
    assert "1 lookups" in findings["SPF"].sentence and "p=none" in findings["DMARC"].sentence


def deep(count):
    """An SPF record with so many includes beside the provider's."""
    zones = {f"s{number}.test": ["v=spf1 -all"] for number in range(count)}
    others = " ".join(f"include:s{number}.test" for number in range(count))
    return {SPF: [f"v=spf1 include:provider.test {others} ~all"], **zones}


@pytest.mark.parametrize(
    ("zones", "is_right", "words"),
    [
        ({SPF: None}, False, 'Publish a TXT "v=spf1 include:provider.test ~all"'),
        ({SPF: ["v=spf10 include:provider.test -all"]}, False, "has no SPF record"),
        ({SPF: ["v=spf1 mx ~all"]}, False, 'Add "include:provider.test"'),
        ({SPF: ["V=SPF1 Include:Provider.Test ~ALL"]}, True, ""),
        ({SPF: ["v=spf1 +include:provider.test -all"]}, True, ""),
        ({SPF: ["v=spf1 include:provider.test.evil.test -all"]}, False, "provider.test.evil.test"),
        ({SPF: ["v=spf1 include:provider.test +all"]}, False, "lets everybody send"),
        ({SPF: ["v=spf1 include:provider.test all"]}, False, "lets everybody send"),
        ({SPF: ["v=spf1 include:provider.test -all", "v=spf1 mx -all"]}, False, "Join them into one"),
        ({SPF: ["v=spf1 redirect=provider.test"]}, True, ""),
        (
            {SPF: ["v=spf1 include:both.test -all"], "both.test": ["v=spf1 include:provider.test -all"]},
            True,
            "2 lookups",
        ),
        ({"provider.test": None}, False, "includes provider.test, which has no SPF records"),
        (deep(9), True, "10 lookups"),
        (deep(10), False, "more than 10 lookups"),
        (
            {SPF: ["v=spf1 a mx ptr exists:%{i}.x.test a/24 a:b.test a mx a mx include:provider.test -all"]},
            False,
            "more than 10 lookups",
        ),
        (
            {SPF: ["v=spf1 include:provider.test -all"], "provider.test": [f"v=spf1 include:{SPF} -all"]},
            False,
            "10",
        ),
        ({SPF: ["v=spf1 include:%{d}.x.test include:provider.test -all"]}, True, "2 lookups"),
    ],
)
def test_spf_names_the_provider_within_ten_lookups(zones, is_right, words):
    finding = inspect(zones=zones)["SPF"]
    assert (finding.is_right, finding.name) == (is_right, SPF) and words in finding.sentence, finding


@pytest.mark.parametrize(
    ("texts", "is_right", "words"),
    [
        (None, False, f"{DKIM} has no key"),
        (["v=DKIM1; p="], False, "revoked"),
        (["v=DKIM1; k=rsa; p=MIGfMA0"], False, "cut off"),
        ([f"v=DKIM1; k=rsa; p={KEY[:200]}"], False, "cut off"),
        (["v=DKIM1; k=rsa; p=%%%"], False, "cut off"),
        ([f"v=DKIM2; p={KEY}"], False, "version"),
        ([f"v=DKIM1; k=rsa; p={key(1024)}"], True, ""),
        ([f"p={KEY}"], True, ""),
        ([f"v=DKIM1; k=ed25519; p={ED25519}"], True, ""),
        ([f"v=DKIM1; k=ed25519; p={KEY}"], False, "cut off"),
        ([f"v=DKIM1; p={KEY}", f"v=DKIM1; p={KEY}"], False, "2 keys"),
        (["something else"], False, "no key"),
    ],
)
def test_dkim_has_one_key_that_receivers_take(texts, is_right, words):
    finding = inspect(zones={DKIM: texts})["DKIM"]
    assert finding.is_right is is_right and words in finding.sentence, finding


def test_without_a_selector_the_sentence_names_the_setting():
    nobody = SendingSetup(domain="meridianvs.test", return_path=SPF, include="provider.test", selector="")
    finding = inspect(nobody)["DKIM"]
    assert finding.is_right is False and "EMAIL_DKIM_SELECTOR" in finding.sentence


@pytest.mark.parametrize(
    ("zones", "is_right", "words"),
    [
        ({DMARC: None}, False, 'Publish a TXT "v=DMARC1; p=none; rua=mailto:postmaster@meridianvs.test"'),
        ({DMARC: ["v=DMARC1; rua=mailto:a@b.test"]}, False, "no policy"),
        ({DMARC: ["v=DMARC1; p=maybe"]}, False, "no policy"),
        ({DMARC: ["v=DMARC1;p=reject"]}, True, "p=reject"),
        ({DMARC: ["v=dmarc1 ; p=Quarantine; sp=none"]}, True, "p=quarantine"),
        ({DMARC: ["v=DMARC1; p=none", "v=DMARC1; p=reject"]}, False, "Leave one"),
        ({DMARC: ["v=spf1 -all"]}, False, "no DMARC record"),
    ],
)
def test_dmarc_has_one_policy(zones, is_right, words):
    finding = inspect(zones=zones)["DMARC"]
    assert finding.is_right is is_right and words in finding.sentence, finding


def test_a_domain_below_another_is_covered_by_the_policy_above_it():
    below = SendingSetup(
        domain="mail.meridianvs.test", return_path=SPF, include="provider.test", selector="resend"
    )
    finding = inspect(below)["DMARC"]
    assert finding.is_right is True and finding.name == DMARC
    top = SendingSetup(domain="nodmarc.test", return_path=SPF, include="provider.test", selector="resend")
    assert inspect(top, zones={"_dmarc.test": ["v=DMARC1; p=none"]})["DMARC"].is_right is False


def test_silence_is_no_finding_either_way():
    findings = inspect(zones={"provider.test": DnsSilent("NoNameservers for provider.test.")})
    assert [finding.is_right for finding in findings.values()] == [None, True, True]
    assert "did not say" in findings["SPF"].sentence
