# ruff: noqa: E501  (rows of data)
"""Telephone numbers of a signature: E.164, extension and kind; and everything that is none."""

import pytest

from engagement.mail.reading.phones import find_phones

NUMBERS = [
    (
        "O: (503) 555-0117  |  C: (503) 555-0162",
        [("+15035550117", "", "office"), ("+15035550162", "", "mobile")],
    ),
    ("Tel 970-555-0103   Fax 970-555-0104", [("+19705550103", "", "office"), ("+19705550104", "", "fax")]),
    ("Phone: 713-555-0186", [("+17135550186", "", "office")]),
    ("(713) 555-0172 (phone)", [("+17135550172", "", "office")]),
    ("(713) 555-0146 (fax)", [("+17135550146", "", "fax")]),
    (
        "Office +1 303-555-0182 ext. 12 | Mobile +1 (720) 555-0115 | Fax 303.555.0183",
        [("+13035550182", "12", "office"), ("+17205550115", "", "mobile"), ("+13035550183", "", "fax")],
    ),
    ("Tel.: +49 221 5550123", [("+492215550123", "", "office")]),
    ("Mobil: +49 171 5550123", [("+491715550123", "", "mobile")]),
    ("Móvil: +34 600 123 456", [("+34600123456", "", "mobile")]),
    ("Тел.: +7 495 555-01-23", [("+74955550123", "", "office")]),
    ("T: 480-555-0150 x204", [("+14805550150", "204", "office")]),
    ("T: 480-555-0150,204", [("+14805550150", "204", "office")]),
    ("480.555.0150 #204", [("+14805550150", "204", "office")]),
    ("+91 98765 43210", [("+919876543210", "", "mobile")]),
    ("DDI: +44 (0)20 7946 0123", [("+442079460123", "", "direct")]),
    ("NMLS #998877 | 602-555-0111", [("+16025550111", "", "office")]),
    ("617-555-0121 (o) | 617-555-0122 (m)", [("+16175550121", "", "office"), ("+16175550122", "", "mobile")]),
    ("(o) 801-555-0120 (c) 801-555-0121", [("+18015550120", "", "office"), ("+18015550121", "", "mobile")]),
    ("415/555-0133", [("+14155550133", "", "office")]),
    ("(612) 555-0129 days", [("+16125550129", "", "office")]),
    ("(905) 555-0143 x24567", [("+19055550143", "24567", "office")]),
    ("Direct Dial: (212) 555-0180", [("+12125550180", "", "direct")]),
    ("Facsimile: (212) 555-0181", [("+12125550181", "", "fax")]),
    (
        "d: 602.555.0111 | c: 602.555.0112 | f: 602.555.0113",
        [("+16025550111", "", "direct"), ("+16025550112", "", "mobile"), ("+16025550113", "", "fax")],
    ),
    ("Voice (603) 555-0147", [("+16035550147", "", "office")]),
    ("TDD (603) 555-0148", [("+16035550148", "", "other")]),
    ("918-555-0170 | harvesttable.example", [("+19185550170", "", "office")]),
    ("5035550117", [("+15035550117", "", "office")]),
    ("Cell 5035550117", [("+15035550117", "", "mobile")]),
    ("M +971 50 555 0123", [("+971505550123", "", "mobile")]),
    ("📞 415-555-0166", [("+14155550166", "", "office")]),
    ("1-800-555-0199 toll free", [("+18005550199", "", "other")]),
    ("Direct: 970-555-0126", [("+19705550126", "", "direct")]),
    ("Phone 713-555-0158", [("+17135550158", "", "office")]),
    ("Office: 303.555.0160 ext. 12", [("+13035550160", "12", "office")]),
    ("(503) 555-0117/0118", [("+15035550117", "", "office")]),
    ("Ph: 503 555 0117 / 503 555 0118", [("+15035550117", "", "office"), ("+15035550118", "", "office")]),
    ("Tlm: +351 912 345 678", [("+351912345678", "", "mobile")]),
    ("direct 970-555-0111", [("+19705550111", "", "direct")]),
    (
        "M: 917-555-0143 D: 917-555-0144 F: 917-555-0145",
        [("+19175550143", "", "mobile"), ("+19175550144", "", "direct"), ("+19175550145", "", "fax")],
    ),
    ("eFax 303-555-0135", [("+13035550135", "", "fax")]),
    ("Office/Fax: 303-555-0135", [("+13035550135", "", "fax")]),
]


@pytest.mark.parametrize(("line", "numbers"), NUMBERS)
def test_numbers_have_their_kind_and_extension(line: str, numbers: list[tuple[str, str, str]]) -> None:
    found = find_phones([line], region="US")
    assert [(one.e164, one.extension, one.kind.value) for one in found] == numbers


NONE = [
    "DRE# 01234567",
    "NMLS 1234567890",
    "Loan 5035550117",
    "x24567",
    "Please wire to account 000123456789, routing 021000021",
    "USt-IdNr. DE123456789",
    "P.O. Box 1123 | Tulsa, OK 74101",
    "Zoom meeting ID: 503 555 0117",
    "CREA 5069999999",
    "Lic. CR.200099887",
    "Order 2065550100 confirmed",
    "12/31/2026 11:15 - 12:30 555-01",
    "$1,240.00 2065550",
    "70-555-0100",
    "Invoice 503-555-0117",
    "Siret 732 829 320 00074",
    "Meeting ID 857 555 0199",
    "Parcel 303-555-0117",
    "$303-555-0117",
    "ISBN 0-306-40615-2",
    "Fee 4,200.00 due 11/30/2026",
    "Account 303 555 0117",
    "192.168.100.200",
    "Case No. 303-555-0117",
    "Bill of lading 3035550117-22",
]


@pytest.mark.parametrize("line", NONE)
def test_loans_licences_accounts_and_times_are_no_numbers(line: str) -> None:
    assert find_phones([line], region="US") == ()


def test_a_national_number_is_read_as_one_of_the_senders_country() -> None:
    assert [one.e164 for one in find_phones(["Tél. : 01 99 00 12 34"], region="US", domain="immo.fr")] == [
        "+33199001234"
    ]
    assert [one.e164 for one in find_phones(["Tel. 970-555-0103"], region="US", domain="immo.fr")] == [
        "+19705550103"
    ]


def test_a_number_counts_once_with_the_extension_it_has_somewhere() -> None:
    found = find_phones(["T 480-555-0150", "T 480-555-0150 x204"], region="US")
    assert [(one.e164, one.extension) for one in found] == [("+14805550150", "204")]
