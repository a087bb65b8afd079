"""What the signature of a mail says of its writer, and whether it is the writer's own: pure functions.

No ORM queries, clock or settings here. A signature is data from outside: it fills fields of the contact who sent the
mail and of nobody else (pitfalls W2, W5, W6). The reading that it stands in was made by `engagement.mail.reading`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from engagement.addresses import is_shared
from engagement.details import folded
from engagement.enrichment.people import could_be_called
from engagement.mail.models import Direction, Message, SenderStanding, Tier
from engagement.mail.senders import split_name
from engagement.models import Contact, ContactDetail, DetailField
from engagement.models.contacts import PHONE_PATTERN

# With one of these a mail is not known to be its sender's, or tries to steer us: it tells nothing about anybody.
UNTRUSTED_FLAGS = frozenset({"dmarc_fail", "look_alike_domain", "injected_instructions"})
_TEXTS = {
    DetailField.TITLE: "title",
    DetailField.DEPARTMENT: "department",
    DetailField.COMPANY: "company",
    DetailField.ADDRESS: "address",
}
_NAME_FIELDS = frozenset({DetailField.FIRST_NAME, DetailField.LAST_NAME})
_PHONES = {
    "office": DetailField.PHONE,
    "other": DetailField.PHONE,
    "mobile": DetailField.MOBILE,
    "direct": DetailField.DIRECT,
    "fax": DetailField.FAX,
}
_LINKEDIN = re.compile(r"(?:https?://)?(?:[a-z]{2,3}\.)?linkedin\.com/((?:in|pub)/[\w%./-]+)", re.IGNORECASE)
_SHORTEST_NICKNAME = 3


@dataclass(frozen=True, kw_only=True)
class Signed:
    """A signature judged: what it says of the writer, what a person must look at and why, or why it says nothing."""

    signer: str = ""
    details: Mapping[DetailField, str] = field(default_factory=dict)
    doubts: Mapping[DetailField, str] = field(default_factory=dict)
    why_not: str = ""


def is_trusted(message: Message) -> bool:
    """Whether a received mail is known to be its sender's own, a contact's, and may say something of them."""
    return (
        message.direction == Direction.IN
        and message.standing == SenderStanding.CONTACT
        and message.contact_id is not None
        and UNTRUSTED_FLAGS.isdisjoint(message.reading.get("flags", ()))
    )


def has_signature(message: Message) -> bool:
    """Whether a person wrote this, and signed it. A mail that is nothing but a quote is signed by somebody else."""
    return (
        message.tier == Tier.HUMAN
        and is_trusted(message)
        and bool(message.reading.get("signature"))
        and not message.reading.get("is_only_quote")
    )


def judge_signature(message: Message, *, owner: Contact | None, signers: Collection[str]) -> Signed:
    """What a mail's signature says of its writer.

    `owner` is the contact whose address stands in the signature; `signers` are the names under earlier mails from the
    same address.
    """
    signature = message.reading["signature"]
    signer = _line(signature.get("name"))[:200]
    why_not = _why_not(message, signer=signer, owner=owner, signers=signers)
    if why_not:
        return Signed(signer=signer, why_not=why_not)
    details = details_in(signature)
    stranger = _doubt_about_all(signer, message)
    doubts = {name: doubt for name in details if (doubt := stranger or _doubt_about(name, signer, message))}
    return Signed(signer=signer, details=details, doubts=doubts)


def details_in(signature: Mapping[str, Any]) -> dict[DetailField, str]:
    """The fields of a contact that a signature gives. What cannot be a value of its field is left out."""
    found = {name: _line(signature.get(key)) for name, key in _TEXTS.items()}
    found[DetailField.LINKEDIN] = _person_page(_line(signature.get("linkedin")))
    first_name, last_name = split_name(_line(signature.get("name")))
    found |= {DetailField.FIRST_NAME: first_name, DetailField.LAST_NAME: last_name}
    # An office number is the surer one of two that both go into the same field.
    for phone in sorted(signature.get("phones") or (), key=lambda phone: phone.get("kind") == "other"):
        name, number = _PHONES.get(phone.get("kind") or "other"), _number(phone)
        if name is not None and number:
            found.setdefault(name, number)
    return {name: value for name, value in found.items() if value and len(value) <= _room(name)}


def names_agree(one: str, other: str) -> bool:
    """Whether two names may be one person's: "Tom Herrera", "T. Herrera" and "Tom", but not "Ann Herrera"."""
    first, second = (_name_words(name) for name in (one, other))
    if not first or not second:
        return True
    if len(first) == 1 or len(second) == 1:
        alone, whole = (first, second) if len(first) == 1 else (second, first)
        return any(_is_short_for(alone[0], word) for word in whole)
    return first[-1] == second[-1] and _is_short_for(first[0], second[0])


def _why_not(message: Message, *, signer: str, owner: Contact | None, signers: Collection[str]) -> str:
    """Why the signature says nothing of this contact at all, as a sentence; empty when it may."""
    contact = message.contact
    if contact.is_shared_mailbox or is_shared(message.from_address):
        return "Several people read and write at this address: a signature is one person's."
    if owner is not None and owner.pk != contact.pk:
        return f"The signature names an address of {owner}: it is theirs."
    if signer and any(not names_agree(signer, earlier) for earlier in signers):
        return f"Several people sign mail from {message.from_address}: nobody can tell whom it describes."
    return ""


def _doubt_about_all(signer: str, message: Message) -> str:
    """Why a person must look at the whole signature first, as a sentence; empty when nothing speaks against it."""
    contact = message.contact
    if signer and not _is_signed_by(contact, signer, message):
        return f"It is signed by {signer}, and this contact is {contact.full_name or message.from_name}."
    return ""


def _doubt_about(name: DetailField, signer: str, message: Message) -> str:
    """Why a person must look at one field of a signature first, as a sentence; empty when nothing speaks against it."""
    contact = message.contact
    if name not in _NAME_FIELDS:
        return ""
    if getattr(contact, name):
        return f"They sign as {signer}. A wrong name greets."
    if contact.full_name or split_name(message.from_name)[0]:
        return ""
    if could_be_called(message.from_address, *split_name(signer)):
        return ""
    return f"Only the signature says that {message.from_address} is {signer}."


def _is_signed_by(contact: Contact, signer: str, message: Message) -> bool:
    """Whether the signer may be the contact; where the contact has no name, whoever the From line names.

    Somebody on file as Robert who writes and signs as Bob, with the same last name, is one person.
    """
    sender = " ".join(filter(None, split_name(message.from_name)))
    if not contact.full_name:
        return names_agree(signer, sender)
    if names_agree(signer, contact.full_name):
        return True
    is_family = _name_words(signer)[-1:] == _name_words(contact.full_name)[-1:]
    return bool(sender) and is_family and names_agree(signer, sender)


def _name_words(name: str) -> list[str]:
    first, last = split_name(name)
    plain = f"{first} {last}" if first else name
    return re.findall(r"[^\W\d_]+", folded(plain))


def _is_short_for(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    is_abbreviation = len(short) == 1 or len(short) >= _SHORTEST_NICKNAME
    return short == long or (is_abbreviation and long.startswith(short))


def _line(value: Any) -> str:
    """Text from outside on one line, without characters that cannot be seen."""
    lines = [" ".join(line.split()) for line in str(value or "").splitlines()]
    return "".join(sign for sign in ", ".join(filter(None, lines)) if sign.isprintable())


def _person_page(text: str) -> str:
    match = _LINKEDIN.match(text)
    return f"https://www.linkedin.com/{match.group(1).rstrip('/.')}" if match else ""


def _number(phone: Mapping[str, Any]) -> str:
    extension = str(phone.get("extension") or "")
    number = f"{phone.get('e164') or ''};ext={extension}" if extension else str(phone.get("e164") or "")
    return number if re.fullmatch(PHONE_PATTERN.strip("^$"), number) else ""


def _room(name: DetailField) -> int:
    """How long a value may be: what both the contact's column and its history hold."""
    column = Contact._meta.get_field(name).max_length or 0
    history = ContactDetail._meta.get_field("value").max_length or 0
    return min(column, history)
