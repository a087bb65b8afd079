"""Whether a domain's SPF, DKIM and DMARC records let receivers believe our mail. Pure but for the `lookup` it is given.

Sources: RFC 7208 (SPF; section 4.6.4 for the ten lookups), RFC 6376 (DKIM), RFC 7489 (DMARC). What asks the DNS is
`engagement.mail.resolver`, what is kept and what it gates is `engagement.mail.sending_domains`.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

# The texts (TXT) at a name, none when there are none; raises `DnsSilent` when the DNS does not answer.
Lookup = Callable[[str], tuple[str, ...]]

MOST_LOOKUPS = 10
SHORTEST_KEY = 1024
POLICIES = ("none", "quarantine", "reject")
# Mechanisms of SPF whose reading costs a look into the DNS.
_ASKING = ("include", "a", "mx", "ptr", "exists")
_MOST_SHOWN = 5


class DnsSilent(RuntimeError):
    """The DNS did not answer, which says nothing of the records; the message says how it failed."""


@dataclass(frozen=True, kw_only=True)
class SendingSetup:
    """What must stand in the DNS for mail of `domain`, as the provider signs and sends it.

    `return_path` is the domain of the envelope sender, whose SPF record receivers read. An empty `include` asks for no
    particular sender in it; an empty `selector` means that nobody has said which key the mail is signed with.
    """

    domain: str
    return_path: str
    include: str
    selector: str


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What was found of one record. `is_right` is None when the DNS did not answer."""

    record: str
    name: str
    found: tuple[str, ...]
    is_right: bool | None
    sentence: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"found": list(self.found)}


def inspect_domain(setup: SendingSetup, lookup: Lookup) -> tuple[Finding, ...]:
    """The three records, each with the sentence that says what to add or to change."""
    return (
        _ask("SPF", setup.return_path, lambda: _inspect_spf(setup, lookup)),
        _ask("DKIM", _key_name(setup), lambda: _inspect_dkim(setup, lookup)),
        _ask("DMARC", f"_dmarc.{setup.domain}", lambda: _inspect_dmarc(setup, lookup)),
    )


def _ask(record: str, name: str, inspect: Callable[[], Finding]) -> Finding:
    try:
        return inspect()
    except DnsSilent as silent:
        sentence = f"The DNS did not say whether {name} has its {record} record: {silent}"
        return Finding(record=record, name=name, found=(), is_right=None, sentence=sentence)


def _inspect_spf(setup: SendingSetup, lookup: Lookup) -> Finding:
    name, wanted = setup.return_path, f"include:{setup.include}" if setup.include else "a mx"
    records = _policies(lookup(name), "v=spf1")
    if not records:
        return _wrong(
            "SPF", name, records, f'{name} has no SPF record. Publish a TXT "v=spf1 {wanted} ~all".'
        )
    if len(records) > 1:
        return _wrong("SPF", name, records, f"{name} has {len(records)} SPF records. Join them into one.")
    terms = [term.lower().removeprefix("+") for term in records[0].split()[1:]]
    if "all" in terms:
        return _wrong(
            "SPF", name, records, f'The SPF record of {name} lets everybody send. End it in "~all".'
        )
    reading = _SpfReading(lookup)
    reading.follow(terms)
    if reading.problem:
        return _wrong("SPF", name, records, f"The SPF record of {name} cannot be read: {reading.problem}")
    if setup.include and setup.include not in reading.included:
        add = f'Add "{wanted}" before its "all".'
        return _wrong(
            "SPF", name, records, f"The SPF record of {name} does not include {setup.include}. {add}"
        )
    return _right("SPF", name, records, f"{name} names who may send, in {reading.lookups} lookups.")


class _SpfReading:
    """The includes of a record, followed as a receiver does: no more than ten looks into the DNS."""

    def __init__(self, lookup: Lookup) -> None:
        self.lookup = lookup
        self.lookups = 0
        self.included: set[str] = set()
        self.problem = ""

    def follow(self, terms: Iterable[str]) -> None:
        waiting = list(terms)
        while waiting and not self.problem:
            term = waiting.pop(0)
            mechanism, _, target = term.lstrip("-~?+").partition(":")
            if term.startswith("redirect="):
                mechanism, target = "include", term.partition("=")[2]
            if mechanism.partition("/")[0] not in _ASKING:
                continue
            self.lookups += 1
            if self.lookups > MOST_LOOKUPS:
                self.problem = (
                    f"it takes more than {MOST_LOOKUPS} lookups, after which receivers give up. Drop includes that "
                    "nobody sends through any more."
                )
            # What depends on the message (a macro) cannot be followed without one.
            elif mechanism == "include" and "%" not in target:
                waiting = [*self._terms_of(target), *waiting]

    def _terms_of(self, target: str) -> list[str]:
        self.included.add(target)
        records = _policies(self.lookup(target), "v=spf1")
        if len(records) != 1:
            self.problem = f"it includes {target}, which has {len(records) or 'no'} SPF records."
            return []
        return [term.lower() for term in records[0].split()[1:]]


def _inspect_dkim(setup: SendingSetup, lookup: Lookup) -> Finding:
    name = _key_name(setup)
    if not setup.selector:
        said = "Nobody has said with which key our mail is signed. Set EMAIL_DKIM_SELECTOR to its selector."
        return _wrong("DKIM", name, (), said)
    records = tuple(text for text in lookup(name) if "p" in _tags(text))
    if len(records) != 1:
        many = f"{len(records)} keys" if records else "no key"
        said = f"{name} has {many}. Publish there, once, the TXT that your mail provider shows for DKIM."
        return _wrong("DKIM", name, records, said)
    problem = _problem_of_key(_tags(records[0]))
    if problem:
        return _wrong("DKIM", name, records, f"The key at {name} {problem}")
    return _right("DKIM", name, records, f"The key of our signatures stands at {name}.")


def _problem_of_key(tags: dict[str, str]) -> str:
    """Why a receiver would not take the key (RFC 6376, section 3.6.1); empty when it would."""
    kind, text = tags.get("k", "rsa").lower(), "".join(tags["p"].split())
    if tags.get("v", "DKIM1") != "DKIM1":
        return "is of no version that receivers know. Publish the provider's as it is."
    if not text:
        return "is revoked (p= is empty). Publish the provider's key."
    broken = "cannot be read; it may have been cut off. Publish the provider's key whole."
    try:
        key = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
        public = load_der_public_key(key) if kind == "rsa" else None
    except (ValueError, UnsupportedAlgorithm):
        return broken
    if kind == "ed25519":
        return "" if len(key) == 32 else broken
    if not isinstance(public, RSAPublicKey):
        return broken
    if public.key_size < SHORTEST_KEY:
        return f"has {public.key_size} bits, and receivers ask for {SHORTEST_KEY}. Have the provider make a new one."
    return ""


def _inspect_dmarc(setup: SendingSetup, lookup: Lookup) -> Finding:
    """The record of the domain, or else of the nearest domain above it (RFC 7489, section 6.6.3)."""
    own = f"_dmarc.{setup.domain}"
    for domain in _and_above(setup.domain):
        name = f"_dmarc.{domain}"
        records = _policies(lookup(name), "v=dmarc1")
        if records:
            return _judge_dmarc(domain, name, records)
    add = f'Publish a TXT "v=DMARC1; p=none; rua=mailto:postmaster@{setup.domain}" at {own}.'
    return _wrong("DMARC", own, (), f"{setup.domain} has no DMARC record. {add}")


def _judge_dmarc(domain: str, name: str, records: tuple[str, ...]) -> Finding:
    if len(records) > 1:
        return _wrong("DMARC", name, records, f"{name} has {len(records)} DMARC records. Leave one.")
    tags = _tags(records[0])
    policy = tags.get("p", "").lower()
    if policy not in POLICIES:
        said = f'The DMARC record at {name} has no policy. Give it "p=none", "p=quarantine" or "p=reject".'
        return _wrong("DMARC", name, records, said)
    # The key stands at the very domain that mail is from, so its signatures are aligned, strictly too; an envelope
    # sender below that domain is aligned unless `aspf=s`, and one of the two is enough (section 3.1).
    return _right("DMARC", name, records, f"{domain} tells receivers what to do with forgeries (p={policy}).")


def _and_above(domain: str) -> list[str]:
    """The domain and those above it, without the top level."""
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(max(1, len(labels) - 1))]


def _key_name(setup: SendingSetup) -> str:
    return f"{setup.selector or 'SELECTOR'}._domainkey.{setup.domain}"


def _policies(texts: Iterable[str], version: str) -> tuple[str, ...]:
    """The records of that kind among the texts at a name: others stand there too."""
    return tuple(text for text in texts if text.lower().split(";")[0].split(" ")[0].strip() == version)


def _tags(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): value.strip() for name, found, value in pairs if found}


def _right(record: str, name: str, found: Iterable[str], sentence: str) -> Finding:
    return Finding(record=record, name=name, found=tuple(found), is_right=True, sentence=sentence)


def _wrong(record: str, name: str, found: Iterable[str], sentence: str) -> Finding:
    shown = tuple(found)[:_MOST_SHOWN]
    return Finding(record=record, name=name, found=shown, is_right=False, sentence=sentence)
