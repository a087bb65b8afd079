"""Names and addresses of those who write."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from engagement.mail.models import Mailbox
from engagement.mail.senders import OwnAddresses, split_name
from tests.fakes.running import REPOSITORY


@pytest.mark.parametrize(
    ("display_name", "expected"),
    [
        ("Karen Whitfield", ("Karen", "Whitfield")),
        ("Whitfield, Karen", ("Karen", "Whitfield")),
        ("KAREN WHITFIELD", ("Karen", "Whitfield")),
        ("karen whitfield", ("Karen", "Whitfield")),
        ("Tomás Herrera", ("Tomás", "Herrera")),
        ("Denise Okafor, SRA", ("Denise", "Okafor")),
        ("Paul Renner, VP", ("Paul", "Renner")),
        ("Jonathan 'Jack' O'Rourke, MAI", ("Jonathan", "O'Rourke")),
        ("de la Cruz, Ana", ("Ana", "de la Cruz")),
        ("Mina Park | Highline", ("Mina", "Park")),
        ("Ann Lee (Northgate)", ("Ann", "Lee")),
        ("Ann Lee via DocuSign", ("Ann", "Lee")),
        ("Ann", ("Ann", "")),
        ("Dr. María Pérez", ("María", "Pérez")),
        ("Mary Jo Day-Lewis", ("Mary", "Day-Lewis")),
        ("J. Smith", ("", "")),
        ("o.campbell", ("", "")),
        ("ann@northgate.test", ("", "")),
        ("Team 7", ("", "")),
        ("", ("", "")),
        ("<script>", ("", "")),
    ],
)
def test_a_name_is_split_or_left_out(display_name, expected):
    assert split_name(display_name) == expected


def own(*mailboxes, domains=()):
    return OwnAddresses(
        {one: Mailbox(tenant_id=1, address_normalised=one) for one in mailboxes}, frozenset(domains)
    )


def test_our_own_side_is_known_by_mailbox_tag_and_domain():
    ours = own("orders@meridianvs.test", "firm@gmail.com", domains=["meridianvs.test"])
    for address in (
        "orders@meridianvs.test",
        "orders+mv24@meridianvs.test",
        "anybody@meridianvs.test",
        "bounce@mail.meridianvs.test",
        "firm@gmail.com",
        "firm+x@gmail.com",
    ):
        assert ours.owns(address), address
    for address in ("other@gmail.com", "orders@evilmeridianvs.test", "orders@meridianvs.test.evil.test", ""):
        assert not ours.owns(address), address


def test_starting_the_program_does_not_compile_the_vocabulary_of_reading():
    """Every command would pay half a second for it, though only those that take mail in read any."""
    code = (
        "import django, sys; django.setup(); import agent.cycle, agent_site.demo.loader, engagement.mail.tasks; "
        "print(sorted(name for name in sys.modules if name.startswith('engagement.mail.reading')))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=REPOSITORY,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "agent_site.settings"},
    )
    assert run.stdout.strip() == "[]"
