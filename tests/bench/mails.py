"""A day's mail of a desk, made up: what people, portals and mail servers send, with its headers and files.

The same numbers give the same mails. Senders are the people of `tests.bench.books`, so that some of it is answered to.
"""

from __future__ import annotations

import random
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from tests.bench.books import CONTACTS_PER_CLIENT, NOW

DESK = "orders@meridianvs.test"
FIRST = ("Karen", "Jeff", "Denise", "Tomás", "Paul", "Nina", "Marcus", "Priscilla", "Gloria", "Ray")
LAST = ("Whitfield", "Landry", "Okafor", "Herrera", "Renner", "Cole", "Webb", "Ngo", "Santos", "Osei")
SENTENCES = (
    "Please open a new one for us: borrower Luis Duarte, refi, conventional, our loan {loan}.",
    "Any update on {order}? The borrower called twice and our lock expires Friday.",
    "The title search shows this is a legal duplex, please change the assignment and send the revised fee.",
    "Please put {order} on hold, the borrower is out of the country until 12/7.",
    "Can you call me Thursday at 2pm about the comps on page four?",
    "The report looks great, thanks to your team for turning it around so quickly.",
    "This is the second time the unit number is wrong and we are not happy about it.",
    "ACH of $6,240.00 went out on 11/20 for invoices 88121 (2,150.00) and 88140 (1,935.00).",
    "We open a branch in Grand Junction in January and expect 25 orders a month out of it.",
    "Owner occupied, single family with a detached ADU, vacant land on the north side.",
    "I have attached the purchase contract and the addendum, let me know if anything is missing.",
    "Your bid Q-{quote} has been selected, the engagement letter is attached.",
)
QUOTED = (
    "Good morning,",
    "thank you for your order. The inspection is scheduled for Tuesday between ten and noon, and the report is due",
    "on the date you asked for. We will be in touch as soon as the appraiser has confirmed with the borrower.",
    "If you have questions, do not hesitate to call us.",
    "Best regards",
    "Priya Raman | Meridian Valuation Services | (303) 555-0100",
)
SIGNATURE = (
    "{name}\nLoan Processing Manager\nCascade Home Lending | NMLS 000417\n"
    "1200 NW Lovejoy St, Suite 310, Portland, OR 97209\nO: (503) 555-0117  |  C: (503) 555-0162\n{address}"
)
DISCLAIMER = (
    "CONFIDENTIALITY NOTICE: this e-mail and any attachments are for the sole use of the intended recipient and may "
    "hold privileged information. If you are not the intended recipient, please notify the sender and delete it."
)
# What a mail server and a filter put on top of every mail on its way.
TRANSPORT = {
    "Return-Path": "<{address}>",
    "Delivered-To": DESK,
    "Received": "from mail-{n}.outbound.test (mail-{n}.outbound.test [203.0.113.{n}]) by mx.meridianvs.test with "
    "ESMTPS id a{n}sor1234567qkb.11 for <orders@meridianvs.test>; Mon, 23 Nov 2026 07:12:0{digit} -0800 (PST)",
    "DKIM-Signature": "v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s=selector1; h=From:Date:Subject:Message-ID:"
    "Content-Type:MIME-Version; bh=frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=; b={blob}",
    "Authentication-Results": "mx.meridianvs.test; dkim=pass header.i=@{domain}; spf=pass smtp.mailfrom={address}; "
    "dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from={domain}",
    "ARC-Seal": "i=1; a=rsa-sha256; s=arcselector; d=outbound.test; cv=none; b={blob}",
    "X-MS-Exchange-Organization-SCL": "-1",
    "X-Originating-IP": "[203.0.113.{n}]",
    "X-Mailer": "Microsoft Outlook 16.0",
    "Thread-Index": "Adx{blob:.60}",
    "Accept-Language": "en-US",
}
WEIGHTS = {"reply": 35, "both": 30, "html": 10, "attached": 15, "portal": 5, "bounce": 5}


def make_mails(count: int, *, contacts: int, mark: str, seed: int = 7) -> list[bytes]:
    """So many mails of every kind; `mark` keeps the Message-IDs of one day apart from another's."""
    chance = random.Random(seed)
    kinds = chance.choices(list(WEIGHTS), list(WEIGHTS.values()), k=count)
    return [_mail(kind, number, contacts, mark, chance) for number, kind in enumerate(kinds)]


def _mail(kind: str, number: int, contacts: int, mark: str, chance: random.Random) -> bytes:
    person = 1 + chance.randrange(contacts)
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    domain = f"client{1 + person % (contacts // CONTACTS_PER_CLIENT)}.test"
    address = f"person{person}@{domain}"
    message = EmailMessage(policy=SMTP)
    blob = "".join(chance.choices("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP0123456789+/", k=344))
    words = {"n": number % 250, "digit": number % 10, "domain": domain, "address": address, "blob": blob}
    for header, value in TRANSPORT.items():
        for _ in range(4 if header == "Received" else 1):
            message[header] = value.format(**words)
    sent_at = NOW - timedelta(minutes=number % 600)
    message["From"] = (
        f"{name} <{address}>" if kind != "bounce" else "Mail Delivery System <mailer-daemon@mx.test>"
    )
    message["To"] = f"Meridian Orders <{DESK}>"
    message["Cc"] = f"{chance.choice(FIRST)} <person{1 + chance.randrange(contacts)}@{domain}>"
    message["Subject"] = (
        f"{'RE: ' if kind == 'reply' else ''}MV-24{number % 10_000:04} - 7715 SE Malden Street"
    )
    message["Date"] = format_datetime(sent_at)
    message["Message-ID"] = f"<{mark}.{number}@{domain}>"
    if kind == "reply":
        message["In-Reply-To"] = message["References"] = f"<{mark}.question.{number}@meridianvs.test>"
    _fill(message, kind, _own_text(number, chance), SIGNATURE.format(name=name, address=address), chance)
    return message.as_bytes()


def _own_text(number: int, chance: random.Random) -> str:
    sentences = chance.sample(SENTENCES, k=chance.randint(2, 5))
    said = "\n\n".join(sentences).format(
        loan=f"26-{40_000 + number}", order=f"MV-24{number % 10_000:04}", quote=1_000 + number
    )
    return f"Hi Priya,\n\n{said}\n\nThanks,\n"


def _fill(message: EmailMessage, kind: str, own: str, signature: str, chance: random.Random) -> None:
    quoted = "\n".join(f"> {line}" for line in QUOTED * chance.randint(1, 6))
    quote = f"On Fri, Nov 20, 2026 at 3:14 PM Meridian Orders <{DESK}> wrote:\n{quoted}\n"
    if kind == "portal":
        lines = "\n".join(f"Portal field {n}:  some value {n}" for n in range(25))
        message.set_content(
            f"You have received a new appraisal order.\n\nPortal Order #: QV-5530918\n{lines}\n"
        )
    elif kind == "bounce":
        message.set_content(
            "Your message could not be delivered.\n\n<gone@client1.test>: 550 5.1.1 User unknown\n"
        )
        message.replace_header("Subject", "Undelivered Mail Returned to Sender")
    elif kind == "html":
        message.set_content(_markup(own, signature), subtype="html")
    else:
        message.set_content(f"{own}\n{signature}\n\n{quote if kind == 'reply' else ''}\n{DISCLAIMER}\n")
    if kind == "both":
        message.add_alternative(_markup(own, signature), subtype="html")
    if kind == "attached":
        for name in ("contract.pdf", "addendum.pdf")[: chance.randint(1, 2)]:
            content = b"%PDF-1.7\n" + chance.randbytes(chance.randint(20_000, 250_000))
            message.add_attachment(content, maintype="application", subtype="pdf", filename=name)


def _markup(own: str, signature: str) -> str:
    """As a mail program writes it: a table for the signature, a container for the quote, and styles everywhere."""
    said = "".join(
        f'<p class="MsoNormal" style="margin:0in;font-size:11pt">{line}</p>' for line in own.split("\n")
    )
    cells = "".join(
        f'<tr><td style="font-family:Calibri,sans-serif">{line}</td></tr>' for line in signature.split("\n")
    )
    quoted = "".join(f"<div>{line}</div>" for line in QUOTED)
    style = "<style>p.MsoNormal{margin:0in;font-size:11.0pt;font-family:Calibri,sans-serif}</style>" * 3
    return (
        f"<html><head>{style}</head><body>{said}<table>{cells}</table>"
        f'<div class="gmail_quote">On Fri, Nov 20, 2026 Meridian wrote:<blockquote>{quoted}</blockquote></div>'
        "</body></html>"
    )
