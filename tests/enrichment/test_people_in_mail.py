"""Whom the text of a mail names, and under which name."""

from __future__ import annotations

import time

import pytest

from engagement.enrichment.people import name_behind, people_in
from engagement.mail.models import Direction, Message, SenderStanding, Tier

OUT_OF_OFFICE = (
    "I am out of the office November 23-27 with no access to email. For urgent matters please call Dana Pruitt "
    "at 970-555-0127 or write dpruitt@bluemesacu.test.\n\nTomás Herrera\n"
)


def named_in(text, **changes):
    values = {
        "direction": Direction.IN,
        "tier": Tier.HUMAN,
        "standing": SenderStanding.CONTACT,
        "from_address": "therrera@bluemesacu.test",
        "from_name": "Tomás Herrera",
        "newest_text": text,
    }
    seen = people_in(Message(**values | changes))
    return {(one.address, one.name) for one in seen if one.sighting == "named"}


def test_an_automatic_reply_names_the_colleague_who_stands_in():
    seen = list(
        people_in(
            Message(
                direction=Direction.IN,
                tier=Tier.AUTO_REPLY,
                standing=SenderStanding.CONTACT,
                from_address="therrera@bluemesacu.test",
                from_name="Tomás Herrera",
                newest_text=OUT_OF_OFFICE,
            )
        )
    )
    assert [(one.address, one.name, one.sighting) for one in seen] == [
        ("dpruitt@bluemesacu.test", "Dana Pruitt", "named")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Please write to dana.pruitt@gmail.com, Dana Pruitt",
        "Please write to Dana Pruitt, dpruitt@elsewhere.test",
        "Please write to no-reply@bluemesacu.test",
        "My other address, Tomás Herrera: tomas.herrera@bluemesacu.test",
        "dpruitt@bluemesacu.test.evil.test",
        "Nobody is named here @ all.",
        "",
    ],
)
def test_nobody_else_is_named_by_a_text(text):
    assert named_in(text) == set()


@pytest.mark.parametrize("tier", [Tier.LIST, Tier.AUTOMATED, Tier.BOUNCE, Tier.COMPLAINT])
def test_the_text_of_other_machines_names_nobody(tier):
    assert named_in(OUT_OF_OFFICE, tier=tier) == set()


def test_a_forged_mail_names_nobody():
    assert named_in(OUT_OF_OFFICE, reading={"flags": ["dmarc_fail"]}) == set()


def test_a_text_full_of_addresses_is_a_list_and_names_nobody():
    assert named_in(" ".join(f"p{n}@bluemesacu.test" for n in range(30))) == set()


def test_an_address_without_a_name_in_the_text_has_no_name():
    assert named_in("Send it to closing2@bluemesacu.test, says Ana Ruiz.") == {
        ("closing2@bluemesacu.test", "")
    }


@pytest.mark.parametrize(
    ("address", "text", "name"),
    [
        ("dpruitt@x.test", "ask Dana Pruitt", "Dana Pruitt"),
        ("dana.pruitt@x.test", "ask Dana Pruitt", "Dana Pruitt"),
        ("dana@x.test", "ask Dana Pruitt", "Dana Pruitt"),
        ("jorourke@x.test", "Jack O'Rourke has it", "Jack O'Rourke"),
        ("renee.theroux@x.test", "Renée Théroux", "Renée Théroux"),
        ("dpruitt@x.test", "Dear Dana Pruitt-Lowe", ""),
        ("dpruitt@x.test", "dana pruitt", ""),
        ("dpruitt@x.test", "Karen Whitfield and Dana, Pruitt", ""),
        ("kwhitfield@x.test", "ask Dana Pruitt", ""),
        ("dpruitt@x.test", "", ""),
    ],
)
def test_a_name_is_taken_only_when_it_spells_the_address(address, text, name):
    assert name_behind(address, text) == name


@pytest.mark.parametrize(
    "text", ["a@" * 50_000, "a." * 50_000 + "@", "Aa " * 50_000, "x@y" * 50_000, "A" * 100_000]
)
def test_a_hostile_text_costs_no_time(text):
    began = time.monotonic()
    named_in(text)
    assert time.monotonic() - began < 2
