"""Marks the lines of a mail that are signature, sign-off or legal boilerplate, so that nobody reads a request in them.

What lives here: spans. What does not: fields of a signature, and cutting (the typed sign-off stays in the newest text).
"""

from __future__ import annotations

import re
from functools import lru_cache

_CLOSING = re.compile(
    r"^\s*(?:(?:many |warm(?:est)? |kind(?:est)? |best |with |sincere(?:ly)?,? |very |yours |all the |cordial |warm )*"
    r"(?:thanks(?: again| so much| in advance| a lot| and regards| & regards| and best regards)?|thank you(?: again| so much| very much| in advance| for your (?:help|time|assistance))?|thx|tks|ty|"
    r"regards|wishes|best|cheers|sincerely(?: yours)?|truly(?: yours)?|yours|respectfully(?: yours| submitted)?|cordially|"
    r"take care|have a (?:great|good|nice|wonderful|blessed) (?:day|one|weekend|evening|week)|talk soon|speak soon|"
    r"mit freundlichen gr(?:ü|ue)(?:ß|ss)en|(?:viele|beste|liebe|freundliche) gr(?:ü|ue)(?:ß|ss)e|gru(?:ß|ss)|mfg|lg|vg|"
    r"cordialement|bien cordialement|bien à vous|salutations(?: distinguées)?|merci(?: d'avance)?|sincères salutations|"
    r"saludos(?: cordiales)?|un saludo|un cordial saludo|atentamente|gracias|cordialmente|"
    r"atenciosamente|att|obrigad[oa]|abraços?|cumprimentos|"
    r"cordiali saluti|distinti saluti|saluti|grazie(?: mille)?|un saluto|"
    r"met vriendelijke groet(?:en)?|vriendelijke groet(?:en)?|groet(?:en|jes)?|mvg|bedankt|alvast bedankt))"
    r"[\s,.!;:–—-]*$",
    re.I,
)
_POSTSCRIPT = re.compile(r"^\s*(?:p\.?\s?s\.?|n\.?b\.?|edit|update|ps)\b[\s:.,–—-]", re.I)
_CONTACT_LINE = re.compile(
    r"(?:\(?\+?\d[\d\s().-]{6,}\d|@[\w.-]+\.\w{2,}|https?://|www\.|\bNMLS\b|\b(?:tel|phone|office|direct|cell|mobile|fax|ext|suite|ste)\b|\s\|\s|·)",
    re.I,
)
_TITLE_WORD = re.compile(
    r"\b(?:manager|president|director|officer|processor|assistant|underwriter|coordinator|specialist|analyst|appraiser|lender|lending|bank|"
    r"mortgage|llc|inc|corp|group|union|company|vp|avp|svp|evp|ceo|cfo|coo|realtor|broker|attorney|partner|associate|executive|administrator|"
    r"department|services|finance|financial|sra|mai|gmbh|s\.?a\.?|ltd|team|loans?|capital|valuation|realty)\b",
    re.I,
)
_DISCLAIMER_CUES = (
    r"confidential",
    r"intended (?:only|solely|recipient|for)",
    r"privileged",
    r"in error",
    r"notify (?:the|us|me)",
    r"delete (?:it|this|the)",
    r"disclos",
    r"unauthori[sz]ed",
    r"virus",
    r"dissemination",
    r"not the (?:intended|named)",
    r"this (?:e-?mail|message|communication|transmission)",
    r"vertraulich",
    r"irrt(?:ü|ue)mlich",
    r"confidentiel",
    r"destinataire",
    r"par erreur",
    r"confidencial",
    r"destinatario",
    r"por error",
    r"por engano",
    r"riservat",
    r"per errore",
    r"vertrouwelijk",
    r"ten onrechte",
    r"équal housing|equal housing",
    r"all rights reserved",
    r"unsubscribe",
    r"before printing",
    r"wire (?:fraud|instructions)",
    r"external (?:email|sender|e-mail)",
    r"caution",
    r"attachments?",
    r"recipient",
)
_DISCLAIMER = [re.compile(cue, re.I) for cue in _DISCLAIMER_CUES]
_DISCLAIMER_HEAD = re.compile(
    r"^\W*(?:confidential(?:ity)?(?: notice| statement)?|disclaimer|legal notice|privileged|important notice|notice|caution|warning|external(?: email)?|"
    r"wire fraud (?:alert|warning)|aviso(?: legal| de confidencialidad)?|avis de confidentialité|haftungsausschluss)\b\W*[:\n!-]",
    re.I,
)
_WORDS_BEFORE_SIGNATURE = 2


def unread_spans(text: str, *, sender_name: str = "") -> tuple[tuple[int, int], ...]:
    """Spans of `text` that are sign-off, signature or boilerplate, in order."""
    spans = [*_signature_spans(text, sender_name), *_disclaimer_spans(text)]
    return tuple(sorted(spans))


def _lines(text: str) -> list[tuple[int, str]]:
    out: list[tuple[int, str]] = []
    offset = 0
    for line in text.split("\n"):
        out.append((offset, line))
        offset += len(line) + 1
    return out


@lru_cache(maxsize=8)
def _signature_spans(text: str, sender_name: str) -> list[tuple[int, int]]:
    """Lines from the sign-off on, until a postscript or a full sentence takes the word again."""
    names = {part.lower().strip(".,'\"") for part in sender_name.split() if len(part) > 1}
    lines = _lines(text)
    spans: list[tuple[int, int]] = []
    in_signature = False
    has_spoken = False
    for offset, line in lines:
        stripped = line.strip()
        if not stripped:
            continue
        if _POSTSCRIPT.match(line):
            in_signature = False
        elif has_spoken and (_CLOSING.match(line) or _is_name_line(stripped, names)):
            in_signature = True
        elif in_signature and _speaks_again(stripped):
            in_signature = False
        if in_signature:
            spans.append((offset, offset + len(line)))
        elif len(stripped.split()) > _WORDS_BEFORE_SIGNATURE:
            has_spoken = True
        elif not spans and _is_name_line(stripped, names):
            spans.append((offset, offset + len(line)))
    return spans


def _is_name_line(line: str, names: set[str]) -> bool:
    """A line that is only the sender's name (or an initial or two), perhaps behind a dash."""
    words = [word.strip(".,'\"()-–—~") for word in line.replace("|", " | ").split()]
    head = [word.lower() for word in words if word]
    if not head or len(head) > 14:
        return False
    if (
        names
        and head[0] in names
        and (
            len(head) == 1
            or head[1] in names
            or not head[1].isalpha()
            or len(head) <= 3
            and words[1][:1].isupper()
        )
    ):
        return not line.endswith("?")
    return (
        bool(names)
        and len(head) == 1
        and len(head[0]) <= 2
        and any(name.startswith(head[0][0]) for name in names)
    )


_SPEAKS = re.compile(
    r"\b(?:can|could|would|will) (?:you|someone|somebody|anyone|we|i|your)\b|\bplease\b|\bi(?:'d| would) like\b|\bwe(?:'d| would) like\b|\b(?:forgot|one more|also|btw|by the way)\b",
    re.I,
)
_ADVERT = re.compile(
    r"\b(?:book|schedule|click|visit|follow|connect|review|apply|refer|call or text|text or call|call us|call today|ask me|upload|reach me|"
    r"how did i do|how am i doing|consider the environment|whatsapp|office hours|toll.free|after hours)\b",
    re.I,
)


def _speaks_again(line: str) -> bool:
    """A full sentence below the sign-off that is neither contact data nor the usual advertising."""
    words = line.split()
    if len(words) < 5 or _ADVERT.search(line) and not line.rstrip().endswith("?"):
        return False
    if line.rstrip().endswith("?") or _SPEAKS.search(line):
        return not any(pattern.search(line) for pattern in _DISCLAIMER[:12])
    return (
        line.rstrip().endswith((".", "!"))
        and not _CONTACT_LINE.search(line)
        and not _TITLE_WORD.search(line)
        and len(words) >= 6
    )


# Every reader that leaves boilerplate out asks for the same mail's.
@lru_cache(maxsize=8)
def _disclaimer_spans(text: str) -> list[tuple[int, int]]:
    """Paragraphs of legal boilerplate: a heading that says so, or several of its set phrases together."""
    spans: list[tuple[int, int]] = []
    for match in re.finditer(r"[^\n](?:[^\n]|\n(?!\s*\n))*", text):
        paragraph = match[0][:6_000]
        cues = sum(1 for cue in _DISCLAIMER if cue.search(paragraph))
        if cues >= 3 or (_DISCLAIMER_HEAD.match(paragraph) and cues >= 2):
            start = _cue_line_start(paragraph)
            spans.append((match.start() + start, match.end()))
    return spans


def _cue_line_start(paragraph: str) -> int:
    """Where the boilerplate begins in a paragraph whose first lines may be ordinary text."""
    offset = 0
    for line in paragraph.split("\n"):
        if _DISCLAIMER_HEAD.match(line) or sum(1 for cue in _DISCLAIMER if cue.search(line)) >= 1:
            return offset
        offset += len(line) + 1
    return 0
