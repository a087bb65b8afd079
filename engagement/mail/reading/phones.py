"""Finds telephone numbers in the lines of a signature, with kind and extension; never a loan, licence or tax number.

What lives here: numbers. What does not: which lines belong to the sender (`signature_block`). The library judges what is a number;
the words around it judge what sort, and whether it is a telephone at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from phonenumbers import Leniency, PhoneNumber, PhoneNumberFormat, PhoneNumberMatch, PhoneNumberType

MAX_PHONES = 12
_MAX_LINE = 300


class PhoneKind(StrEnum):
    """What a number is for, by its label."""

    OFFICE = "office"
    MOBILE = "mobile"
    FAX = "fax"
    DIRECT = "direct"
    OTHER = "other"


@dataclass(frozen=True)
class Phone:
    """A number in E.164 with its extension as digits, or an empty string."""

    e164: str
    extension: str
    kind: PhoneKind


_WORDS = {
    PhoneKind.FAX: "fax|efax|e-fax|faks|facsimile|telefax|télécopie|telecopie|факс|传真|傳真|ファックス|팩스|f",
    PhoneKind.MOBILE: (
        "mobile|mobil|mob|cell|cellular|cellphone|handy|gsm|portable|port|móvil|movil|celular|cel|cellulare|telemóvel|telemovel|tlm|mobiel|kom|komórka|komórkowy|matkapuhelin|"
        "моб|мобильный|мобільний|сот|cep|手机|手機|行动|携帯|휴대폰|핸드폰|whatsapp|text|iphone|m|c"
    ),
    PhoneKind.DIRECT: "direct|dir|ddi|did|direct dial|direct line|durchwahl|direkt|direkte|ligne directe|directo|direto|diretto|doorkiesnummer|直线|直通|d",
    PhoneKind.OTHER: "toll free|toll-free|tollfree|tdd|tty|home|assistant|after hours|emergency|hotline|scheduling|privat|domicile|casa|evenings|nights|res|residence|pager|beeper|h",
    PhoneKind.OFFICE: (
        "office|off|main|work|business|phone|telephone|tel|telefon|telefoon|téléphone|tél|teléfono|telefono|telefone|fone|fon|ph|voice|call|reception|switchboard|zentrale|standard|"
        "bureau|oficina|ufficio|escritório|kantoor|fixe|fijo|fisso|tlf|puh|puhelin|тел|телефон|раб|电话|電話|座机|代表|전화|days|desk|o|p|t|w|b"
    ),
}  # fmt: skip
_LABEL = re.compile(
    "|".join(f"(?P<{kind.value}>(?<![^\\W\\d_])(?:{names})(?![^\\W\\d_]))" for kind, names in _WORDS.items()),
    re.I,
)
_NO_PHONE = re.compile(
    r"(?:nmls|dre|calbre|lic(?:en[sc]e|\.)?|licencia|loan|order|file|case|invoice|inv|acct|account|routing|aba|ref(?:erence)?|reg(?:istration|istered|\.)?|registernummer|"
    r"ust-?id(?:nr)?|steuernr|vat|btw|kvk|tva|siret|siren|rcs|nif|cif|nie|cnpj|cpf|crea|creci|p\.?\s?iva|partita iva|c\.?f|regon|nip|krs|инн|огрн|кпп|ičo|dič|"
    r"hrb|hra|iban|bic|swift|ein|tax id|member|policy|certificate|cert|permit|parcel|apn|ticket|po box|box|zip|id|isbn|duns|company no|company number|po|crd|bar|meeting|passcode|pin|邮编|税号|註冊)"
    r"\s*(?:#|no\.?|nr\.?|number|num\.?|id|n[°º])?\s*[:#.：]?\s*[\w/-]{0,6}\s*$",
    re.I,
)
_EXTENSION = re.compile(
    r"^\s{0,3}[,;(]?\s{0,2}(?:(?:ext(?:ension)?|extn|x|durchwahl|dw|poste|int(?:erno)?|anexo|ramal|toestel|wew|доб|分机|分機|内線)\s?[.:]?\s?|#\s?|(?<=,))(?P<digits>\d{1,6})\b(?![-.\d])",
    re.I,
)
_COMMA_EXTENSION = re.compile(r"^,\s?(?P<digits>\d{2,5})\b(?![-.\s]?\d)(?!\s*[A-Za-z])")
_SOLD_AS_WORDS = frozenset("IO CO AI ME TV US LY FM GG SH AC CC WS TO IN".split())
_EMAIL_OR_LINK = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,200}|https?://\S+|www\.\S+")
_TRUNK_IN_BRACKETS = re.compile(r"(?<=\d)\s?\(0\)\s?")
_SLASH = re.compile(r"(?<![\d-])(\d{3})/(?=\d{3}\D)")
_TRAILING_LABEL = re.compile(
    r"^\s{0,3}[(\[–-]?\s{0,2}(?P<label>[^\W\d_][^\W\d_. -]{0,12}(?:[. -][^\W\d_]{1,8})?)\.?\s?(?:[)\]]|$|[|•·,;/]|\s{2})"
)


def find_phones(lines: Iterable[str], *, region: str, domain: str = "") -> tuple[Phone, ...]:
    """Each number once, in the order of the lines.

    A number without a country code is read as one of the country of the sender's `domain` when that names one, then with `region`.
    """
    found: dict[str, Phone] = {}
    regions = [one for one in (_region_of_domain(domain), region) if one]
    for line in lines:
        if sum(char.isdigit() for char in line[:_MAX_LINE]) < 7:
            continue
        for phone in next(
            (phones for one in regions if (phones := list(_phones_of(line[:_MAX_LINE], one)))), ()
        ):
            known = found.get(phone.e164)
            if known is None or (not known.extension and phone.extension):
                found[phone.e164] = phone
            if len(found) >= MAX_PHONES:
                return tuple(found.values())
    return tuple(found.values())


def _region_of_domain(domain: str) -> str:
    """The country a domain ends with; endings that are sold as words say nothing."""
    ending = domain.rpartition(".")[2].upper()
    if ending in _SOLD_AS_WORDS:
        return ""
    ending = "GB" if ending == "UK" else ending
    return ending if ending in phonenumbers.SUPPORTED_REGIONS else ""


def _phones_of(line: str, region: str) -> Iterable[Phone]:
    text = _EMAIL_OR_LINK.sub(lambda match: " " * len(match[0]), line)
    text = _TRUNK_IN_BRACKETS.sub(lambda match: " " * len(match[0]), text)
    text = _SLASH.sub(r"\1-", text)
    matches = list(_matches(text, region))
    previous_end = 0
    for position, match in enumerate(matches):
        before = text[previous_end : match.start]
        following = matches[position + 1].start if position + 1 < len(matches) else len(text)
        after = text[match.end : following]
        previous_end = match.end
        if _NO_PHONE.search(before[-50:]) or not _stands_alone(text, match):
            continue
        extension, behind = _extension_of(match, after)
        kind, used = _kind_of(before, behind, match.number, has_next=position + 1 < len(matches))
        previous_end += len(after) - len(behind) + used
        e164 = phonenumbers.format_number(_without_extension(match.number), PhoneNumberFormat.E164)
        yield Phone(e164, extension, kind)


def _matches(text: str, region: str) -> Iterable[PhoneNumberMatch]:
    """Numbers the library holds valid; below a label also those that have a possible length, as plans change."""
    matches = list(phonenumbers.PhoneNumberMatcher(text, region, leniency=Leniency.VALID, max_tries=50))
    if matches or "+" not in text:
        return matches
    loose = phonenumbers.PhoneNumberMatcher(text, region, leniency=Leniency.POSSIBLE, max_tries=50)
    return [match for match in loose if _is_announced(text[: match.start], match)]


def _is_announced(before: str, match: PhoneNumberMatch) -> bool:
    """A number in international form behind a word for telephone."""
    return match.raw_string.lstrip("(").startswith("+") and bool(_last_label(before[-24:]))


def _stands_alone(text: str, match: PhoneNumberMatch) -> bool:
    """Not the middle of a longer code, amount or date."""
    before, after = text[: match.start], text[match.end :]
    if (
        before[-1:] in ("$", "€", "£", "#", "_")
        or re.search(r"[A-Za-z]\d*[-_]?$|[\d][-.]$", before[-6:])
        and not _last_label(before[-14:])
    ):
        return False
    if re.match(r"[-_]?[A-Za-z]*\d|[%_]", after) and not _EXTENSION.match(after):
        return False
    digits = re.sub(r"\D", "", match.raw_string)
    is_grouped = digits != match.raw_string.strip()
    return (
        is_grouped
        or bool(_last_label(before[-24:]))
        or len(digits) == 10
        and not re.search(r"[^\W\d_]{3,}\W*$", before[-12:])
    )


def _without_extension(number: PhoneNumber) -> PhoneNumber:
    plain = PhoneNumber()
    plain.merge_from(number)
    plain.extension = None
    return plain


def _extension_of(match: PhoneNumberMatch, after: str) -> tuple[str, str]:
    """The extension, and what stands behind it."""
    if match.number.extension:
        return match.number.extension, after
    found = _EXTENSION.match(after) or _COMMA_EXTENSION.match(after)
    return (found["digits"], after[found.end() :]) if found else ("", after)


def _last_label(before: str) -> PhoneKind | None:
    """The strongest word among those right before a number: "Direct Fax" is a fax, "Office Mobile" a mobile."""
    tail = re.split(r"[|•·,;]\s", before)[-1] if not before.rstrip().endswith((",", ";")) else before
    kinds = [
        PhoneKind(match.lastgroup or "other") for match in _LABEL.finditer(tail[-40:]) if match.lastgroup
    ]
    if not kinds:
        return None
    return min(kinds, key=list(_WORDS).index)


def _kind_of(before: str, behind: str, number: PhoneNumber, *, has_next: bool) -> tuple[PhoneKind, int]:
    """The kind, and the length of a label behind the number that was used for it."""
    ahead = _last_label(before)
    trailing = _TRAILING_LABEL.match(behind)
    after = _last_label(trailing["label"]) if trailing else None
    if trailing and after and not (ahead and has_next and not behind[trailing.end() :].strip()):
        if ahead is None or trailing[0].lstrip()[:1] in "([":
            return after, trailing.end()
    if ahead:
        return ahead, 0
    kind = phonenumbers.number_type(number)
    if kind == PhoneNumberType.MOBILE:
        return PhoneKind.MOBILE, 0
    return (PhoneKind.OTHER if kind == PhoneNumberType.TOLL_FREE else PhoneKind.OFFICE), 0
