"""The people who write in the desk's mails, as the desk knows them: name, work, and last touch before those mails.

Strangers in the mails stay strangers, and so do people whom a mail only mentions.
"""

from __future__ import annotations

from dataclasses import dataclass

from engagement.models import ContactRole


@dataclass(frozen=True, kw_only=True)
class NamedContact:
    """One correspondent; `days_since_touch` None is dealt like everybody else's."""

    first_name: str = ""
    last_name: str
    addresses: tuple[str, ...]
    role: ContactRole
    title: str = ""
    phone_e164: str = ""
    timezone: str = ""
    is_shared_mailbox: bool = False
    days_since_touch: int | None = None


_PACIFIC = "America/Los_Angeles"

NAMED: dict[str, tuple[NamedContact, ...]] = {
    "Cascade Home Lending": (
        NamedContact(
            first_name="Karen",
            last_name="Whitfield",
            addresses=("karen.whitfield@cascadehl.test",),
            role=ContactRole.PROCESSOR,
            title="Loan Processing Manager",
            phone_e164="+15035550117",
            timezone=_PACIFIC,
            days_since_touch=9,
        ),
        NamedContact(
            first_name="Nina",
            last_name="Cole",
            addresses=("ncole@cascadehl.test",),
            role=ContactRole.UNDERWRITER,
            title="Underwriting Manager",
            timezone=_PACIFIC,
            days_since_touch=12,
        ),
    ),
    "Blue Mesa Credit Union": (
        NamedContact(
            first_name="Tomás",
            last_name="Herrera",
            addresses=("therrera@bluemesacu.test",),
            role=ContactRole.EXECUTIVE,
            title="VP, Mortgage Lending",
            phone_e164="+19705550126",
            days_since_touch=8,
        ),
    ),
    "Northgate Savings Bank": (
        NamedContact(
            first_name="Denise",
            last_name="Okafor",
            addresses=("dokafor@northgatesb.test",),
            role=ContactRole.APPRAISAL_DESK,
            title="Chief Appraiser",
            phone_e164="+19705550111",
            days_since_touch=10,
        ),
        NamedContact(
            last_name="Northgate Orders",
            addresses=("appraisals@northgatesb.test",),
            role=ContactRole.OTHER,
            title="Residential Appraisal Desk",
            phone_e164="+19705550103",
            is_shared_mailbox=True,
            days_since_touch=7,
        ),
    ),
    "Summit Ridge Mortgage": (
        NamedContact(
            first_name="Jeff",
            last_name="Landry",
            addresses=("jlandry@summitridge.test",),
            role=ContactRole.LOAN_OFFICER,
            title="Branch Manager",
            days_since_touch=11,
        ),
        NamedContact(
            last_name="AP Summit Ridge",
            addresses=("ap@summitridge.test",),
            role=ContactRole.ACCOUNTS_PAYABLE,
            is_shared_mailbox=True,
            days_since_touch=13,
        ),
        # Left the firm; the mailbox answers with a bounce.
        NamedContact(
            first_name="Orla",
            last_name="Person",
            addresses=("old.person@summitridge.test",),
            role=ContactRole.PROCESSOR,
            title="Loan Processor",
            days_since_touch=27,
        ),
    ),
    "TrueNorth Home Loans": (
        NamedContact(
            first_name="Priscilla",
            last_name="Ngo",
            addresses=("pngo@truenorthhl.test",),
            role=ContactRole.PROCESSOR,
            title="Processor",
            phone_e164="+17205550141",
            days_since_touch=13,
        ),
        NamedContact(
            first_name="Derek",
            last_name="Sloan",
            addresses=("dsloan@truenorthhl.test",),
            role=ContactRole.LOAN_OFFICER,
            title="Loan Officer",
        ),
    ),
    "Lakeshore Bank": (
        NamedContact(
            first_name="Paul",
            last_name="Renner",
            addresses=("prenner@lakeshorebank.example.com",),
            role=ContactRole.EXECUTIVE,
            title="VP, Commercial Real Estate",
            days_since_touch=9,
        ),
    ),
    "Highline CRE Finance": (
        NamedContact(
            first_name="Jack",
            last_name="O'Rourke",
            addresses=("jorourke@highline-cre.example.com",),
            role=ContactRole.EXECUTIVE,
            title="Senior Vice President – Credit Administration",
            phone_e164="+13035550182",
            days_since_touch=12,
        ),
        NamedContact(
            first_name="Mina",
            last_name="Park",
            addresses=("mpark@highline-cre.example.com",),
            role=ContactRole.OTHER,
            title="Executive Assistant",
            phone_e164="+13035550184",
            days_since_touch=12,
        ),
    ),
    "Gulf Coast Community Bank": (
        NamedContact(
            first_name="Monica",
            last_name="Alvarez",
            addresses=("malvarez@gulfccb.test",),
            role=ContactRole.EXECUTIVE,
            title="AVP, Residential Lending",
            days_since_touch=10,
        ),
    ),
    "Palmetto Lending Group": (
        NamedContact(
            first_name="Will",
            last_name="Grady",
            addresses=("wgrady@palmettolg.test",),
            role=ContactRole.PROCESSOR,
            title="Senior Processor",
            days_since_touch=8,
        ),
    ),
    "Suncoast AMC Partners": (
        NamedContact(
            first_name="Beth",
            last_name="Oyelaran",
            addresses=("beth.oyelaran@suncoastamc.test",),
            role=ContactRole.APPRAISAL_DESK,
            title="Vendor Manager",
            days_since_touch=11,
        ),
        NamedContact(
            last_name="Suncoast Orders",
            addresses=("orders@suncoastamc.test",),
            role=ContactRole.OTHER,
            is_shared_mailbox=True,
            days_since_touch=17,
        ),
    ),
}

# Private people who are nobody's employee: a reader of the newsletter, and the owner of a property.
WITHOUT_CLIENT: dict[str, tuple[NamedContact, ...]] = {
    "harborpine": (
        NamedContact(
            first_name="Olive",
            last_name="Campbell",
            addresses=("olive.campbell@mail.example.com", "ocampbell@mail.example.com"),
            role=ContactRole.PRIVATE,
            days_since_touch=12,
        ),
        NamedContact(
            first_name="Wei",
            last_name="Chen",
            addresses=("wei.chen@mail.example.com",),
            role=ContactRole.PRIVATE,
            timezone="Asia/Shanghai",
            days_since_touch=6,
        ),
    ),
}
