"""The appraisers: a panel for the management company, the staff for the firm, with licences and insurance.

How many are due, lapsed or fine is the specification's (`vendors` in `desk.json`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from agent_site.demo.people import PhoneBook
from agent_site.demo.tenants import DemoTenant, Moment
from engagement.models import CredentialLevel

LICENSED = CredentialLevel.LICENSED
RESIDENTIAL = CredentialLevel.CERTIFIED_RESIDENTIAL
GENERAL = CredentialLevel.CERTIFIED_GENERAL
FINE, LICENSE_DUE, LAPSED, EO_DUE, W9_OLD = "fine", "license_due_30d", "lapsed", "eo_due_30d", "w9_older_3y"
_POLICY_LIMIT = Decimal("1000000.00")
_CARRIERS = ("Summit Mutual Professional", "Harbor Indemnity", "Northline Specialty")


@dataclass(frozen=True, kw_only=True)
class DemoLicense:
    """One state's licence."""

    state: str
    number: str
    issued_date: date
    expires_date: date


@dataclass(frozen=True, kw_only=True)
class DemoVendor:
    """One appraiser, the licences, the one insurance policy, and whom they may not work for."""

    name: str
    email: str
    phone_e164: str
    credential_level: str
    condition: str
    w9_date: date
    background_check_date: date
    asc_checked_date: date
    licenses: tuple[DemoLicense, ...]
    carrier: str
    policy_number: str
    policy_limit: Decimal
    policy_starts_date: date
    policy_expires_date: date
    excluded_by: str = ""
    exclusion_why: str = ""

    @property
    def is_fine(self) -> bool:
        """Whether nothing of theirs is due, so that they may take any order their level allows."""
        return self.condition == FINE and not self.excluded_by


@dataclass(frozen=True, kw_only=True)
class _Entry:
    """What is particular about one appraiser; days are offsets from today."""

    name: str
    states: str
    level: CredentialLevel
    condition: str = FINE
    license_ends: int | None = None
    policy_ends: int | None = None
    email: str = ""
    license_number: str = ""


_ENTRIES: dict[str, tuple[_Entry, ...]] = {
    "meridian": (
        _Entry(name="Ida Kestrel", states="CO", level=RESIDENTIAL),
        _Entry(name="Omar Vane", states="CO", level=RESIDENTIAL, condition=LAPSED, license_ends=-12),
        _Entry(name="Lena Brook", states="CO", level=RESIDENTIAL, condition=EO_DUE, policy_ends=-5),
        _Entry(name="Paul Ryder", states="CO", level=LICENSED),
        _Entry(name="Nora Finch", states="CO", level=RESIDENTIAL),
        _Entry(
            name="Ikeda Valuation",
            states="CO",
            level=RESIDENTIAL,
            condition=EO_DUE,
            license_ends=38,
            policy_ends=12,
            email="sandra@ikedavaluation.test",
            license_number="CR.200099887",
        ),
        _Entry(name="Grace Tolland", states="CO NE WY", level=GENERAL),
        _Entry(name="Mateo Silva", states="OR WA", level=RESIDENTIAL),
        _Entry(name="Hana Osgood", states="OR", level=RESIDENTIAL),
        _Entry(name="Reid Callister", states="WA", level=RESIDENTIAL),
        _Entry(name="Priya Vance", states="WA OR", level=RESIDENTIAL),
        _Entry(name="Dell Hanrahan", states="UT CO", level=RESIDENTIAL),
        _Entry(name="June Arrowood", states="WY CO", level=RESIDENTIAL),
        _Entry(name="Ezra Malone", states="CO", level=RESIDENTIAL, condition=LICENSE_DUE, license_ends=11),
        _Entry(name="Tess Garland", states="OR", level=LICENSED, condition=LICENSE_DUE, license_ends=26),
        _Entry(name="Victor Amadi", states="NE", level=GENERAL, condition=W9_OLD),
    ),
    "harborpine": (
        _Entry(name="Caleb Moreau", states="FL", level=GENERAL),
        _Entry(name="Inez Fontaine", states="FL", level=RESIDENTIAL),
        _Entry(name="Russell Teague", states="FL", level=RESIDENTIAL),
        _Entry(name="Amara Dolan", states="FL", level=RESIDENTIAL),
        _Entry(name="Peter Lund", states="FL", level=LICENSED, condition=LICENSE_DUE, license_ends=19),
        _Entry(name="Sylvie Marchand", states="FL", level=RESIDENTIAL, condition=W9_OLD),
    ),
}
_DOMAINS = {"meridian": "appraiserpanel.test", "harborpine": "harborpine-staff.test"}
# Clients' do-not-use lists, by appraiser.
_EXCLUSIONS = {"Nora Finch": ("Northgate Savings Bank", "Two reports returned for unsupported adjustments.")}
_LICENSE_PREFIX = {LICENSED: "AL", RESIDENTIAL: "CR", GENERAL: "CG"}


def demo_vendors(tenant: DemoTenant, at: Moment) -> list[DemoVendor]:
    """The appraisers of one company."""
    phones = PhoneBook()
    area = "983" if tenant.slug == "meridian" else "941"
    return [
        _vendor(entry, number, phones.take(area), _DOMAINS[tenant.slug], at)
        for number, entry in enumerate(_ENTRIES[tenant.slug])
    ]


def _vendor(entry: _Entry, number: int, phone: str, domain: str, at: Moment) -> DemoVendor:
    policy_ends = entry.policy_ends if entry.policy_ends is not None else 95 + 31 * number % 240
    license_ends = entry.license_ends if entry.license_ends is not None else 150 + 53 * number % 480
    excluded_by, why = _EXCLUSIONS.get(entry.name, ("", ""))
    prefix = _LICENSE_PREFIX[entry.level]
    return DemoVendor(
        name=entry.name,
        email=entry.email or f"{entry.name.lower().replace(' ', '.')}@{domain}",
        phone_e164=phone,
        credential_level=entry.level,
        condition=entry.condition,
        w9_date=at.day(-1150 if entry.condition == W9_OLD else -(120 + 29 * number % 600)),
        background_check_date=at.day(-(90 + 23 * number % 500)),
        asc_checked_date=at.day(-(10 + 7 * number % 70)),
        licenses=tuple(
            DemoLicense(
                state=state,
                number=entry.license_number or f"{prefix}.{2000 + 37 * number:04d}{position}{state}",
                issued_date=at.day(license_ends - 730),
                expires_date=at.day(license_ends),
            )
            for position, state in enumerate(entry.states.split())
        ),
        carrier=_CARRIERS[number % len(_CARRIERS)],
        policy_number=f"EO-{410200 + 173 * number}",
        policy_limit=_POLICY_LIMIT,
        policy_starts_date=at.day(policy_ends - 365),
        policy_expires_date=at.day(policy_ends),
        excluded_by=excluded_by,
        exclusion_why=why,
    )
