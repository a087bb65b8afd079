"""E-mail addresses as text: the one spelling by which an address is stored and looked up.

Header syntax (display names, groups, encoded words) is read in `engagement.mail.reading`, not here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import idna

# RFC 5321 section 4.5.3.1: 64 octets before the sign; a path of 256 leaves 254 for the whole address.
MAX_LOCAL_PART, MAX_ADDRESS = 64, 254
# Anything that would make one field hold several addresses or a display name.
_FORBIDDEN_IN_LOCAL_PART = re.compile(r"[,;:<>()\[\]\"\\@]")
_DOMAIN = re.compile(r"(?=.{1,255}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}\Z")

# Mailboxes that nobody reads: mail from them is not from a person, and nobody can be reached there.
_AUTOMATED = re.compile(
    r"(?:^|[._+-])(?:no-?reply|do-?not-?reply|donotreply|mailer-daemon|postmaster|bounces?|notifications?|"
    r"auto(?:mated|reply)?|daemon|alerts?|system)(?:$|[._+-])"
)
# Mailboxes named after a job: several people read them, and none of them is called that.
_SHARED = frozenset(
    """
    accounting accounts accountspayable admin ap appraisal appraisaldesk appraisals ar billing
    closing compliance contact customerservice desk docs enquiries finance frontdesk funding hello
    help helpdesk hr info inquiries invoices lending loans mail mortgage office operations orders
    payables payments processing reception sales security service services support team underwriting
    vendors webmaster
    """.split()
)
# Where private people keep their mail: such a domain says nothing about whom its people work for.
FREEMAIL_DOMAINS = frozenset(
    """
    aim.com aol.com att.net bellsouth.net comcast.net cox.net duck.com earthlink.net fastmail.com gmail.com
    gmx.com gmx.net googlemail.com hey.com hotmail.com icloud.com juno.com live.com mac.com mail.com me.com
    msn.com outlook.com pm.me proton.me protonmail.com qq.com rocketmail.com sbcglobal.net verizon.net
    yahoo.com ymail.com zoho.com
    """.split()
)


class InvalidAddress(ValueError):
    """The text is not one e-mail address; the message says what is wrong and what to do."""


# A batch asks for the same few addresses again and again: once for each fact that depends on one.
@lru_cache(maxsize=1024)
def normalise_email(text: str) -> str:
    """The one spelling of an address: trimmed, NFC, lower case, an international domain in its ASCII form.

    Raises `InvalidAddress` for anything that is not exactly one bare address. Source: RFC 5321 section 4.1.2,
    RFC 5891 (IDNA). Lower-casing the local part departs from the RFC on purpose: no provider in use tells
    `Karen@` from `karen@`, and two contacts for one person are worse.
    """
    if len(text) > 4 * MAX_ADDRESS:
        raise InvalidAddress(f"{_shown(text)} is longer than an e-mail address may be.")
    address = _folded(text)
    if not address:
        raise InvalidAddress("The e-mail address is empty.")
    local, at, domain = address.rpartition("@")
    if not at or not local or _FORBIDDEN_IN_LOCAL_PART.search(local):
        raise InvalidAddress(
            f"{_shown(text)} is not one e-mail address. Give one address, such as ann@example.com."
        )
    if any(unicodedata.category(character)[0] in "CZ" for character in address):
        raise InvalidAddress(f"{_shown(text)} contains a space or an invisible character. Type it again.")
    if local.startswith(".") or local.endswith(".") or ".." in local or len(local.encode()) > MAX_LOCAL_PART:
        raise InvalidAddress(f"{_shown(text)} has an impossible part before the @.")
    normalised = f"{local}@{normalise_domain(domain)}"
    if len(normalised.encode()) > MAX_ADDRESS:
        raise InvalidAddress(f"{_shown(text)} is longer than an e-mail address may be.")
    return normalised


def normalise_domain(text: str) -> str:
    """The one spelling of a mail domain: lower case, without a closing dot, in its ASCII form (RFC 5891)."""
    domain = _folded(text).rstrip(".")
    if not domain.isascii():
        try:
            domain = idna.encode(domain, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise InvalidAddress(f"{_shown(text)} is not a mail domain: {error}.") from error
    if not _DOMAIN.match(domain):
        raise InvalidAddress(f"{_shown(text)} is not a mail domain. It should look like example.com.")
    return domain


def _shown(text: str) -> str:
    """The text as a message quotes it: whatever came in a header, no longer than a line."""
    stripped = text.strip()
    return repr(stripped if len(stripped) <= 60 else f"{stripped[:60]}…")


def _folded(text: str) -> str:
    # Twice, because lower-casing can take a letter apart again.
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text.strip()).lower())


def normalised_or_none(text: str) -> str | None:
    """The normalised address, or None where the text is not one; for text from outside."""
    try:
        return normalise_email(text)
    except InvalidAddress:
        return None


def domain_of(normalised: str) -> str:
    """The domain of a normalised address."""
    return normalised.rpartition("@")[2]


def is_automated(normalised: str) -> bool:
    """Whether the address is a machine's by its own name: no-reply, mailer-daemon and the like."""
    return bool(_AUTOMATED.search(normalised.rpartition("@")[0]))


def is_shared(normalised: str) -> bool:
    """Whether the address is named after a job and not a person: appraisals@, accounts.payable@."""
    return re.sub(r"[._-]", "", normalised.rpartition("@")[0].partition("+")[0]) in _SHARED


def is_freemail(domain: str) -> bool:
    """Whether the domain is a public mail service, which says nothing about an employer."""
    return domain in FREEMAIL_DOMAINS
