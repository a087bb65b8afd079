"""Names of people: taking one apart, and telling whether a line is how a given sender signs.

What lives here: names. What does not: where in a mail one stands (`signature_block`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .signature_words import is_organisation, letters

# How English first names are shortened where the short form is no prefix of the long one.
_SHORT_FORMS = {
    "anthony": "tony", "antonio": "tony", "barbara": "barb babs", "catherine": "kate kathy katie cathy cate kat", "charles": "chuck charlie chas",
    "christina": "tina", "christopher": "kit topher", "david": "dave davey", "deborah": "deb debbie debby", "dorothy": "dot dottie", "edward": "ted ned eddie ed",
    "elizabeth": "liz beth betsy betty lisa eliza libby liza bess", "eugene": "gene", "francis": "frank", "frances": "fran frankie", "gerald": "jerry", "gregory": "greg",
    "harold": "hal harry", "henry": "hank harry", "jacqueline": "jackie", "james": "jim jimmy jamie", "jennifer": "jen jenny", "john": "jack johnny", "jonathan": "jack jon",
    "joseph": "joe joey", "katherine": "kate kathy katie kay kat kitty", "kathleen": "kathy kate katie", "kathryn": "kate kathy katie", "lawrence": "larry", "leonard": "len lenny",
    "margaret": "peggy maggie meg marge", "mary": "molly polly", "matthew": "matt", "melissa": "missy", "michael": "mike mick mickey", "nicholas": "nick nicky", "patricia": "pat patty trish tricia",
    "patrick": "pat paddy", "peter": "pete", "philip": "phil", "phillip": "phil", "raymond": "ray", "rebecca": "becky becca", "richard": "rick dick rich ricky", "robert": "bob bobby rob robbie bert",
    "ronald": "ron ronnie", "samuel": "sam", "sandra": "sandy", "sarah": "sally", "stephen": "steve", "steven": "steve", "susan": "sue susie suzy", "theodore": "ted teddy", "theresa": "terry tess",
    "thomas": "tom tommy", "timothy": "tim", "victoria": "vicky tori", "virginia": "ginny", "walter": "walt", "william": "bill billy will willy", "alexander": "alex sasha xander", "alexandra": "alex sasha lexi",
    "andrew": "drew andy", "cynthia": "cindy", "donald": "don", "judith": "judy", "kenneth": "ken kenny", "pamela": "pam", "priscilla": "pris", "vincent": "vince vinny", "abigail": "abby gail", "albert": "al bert",
    "дмитрий": "дима", "александр": "саша", "екатерина": "катя", "мария": "маша", "johannes": "hans", "josef": "sepp", "francisco": "paco pancho", "josé": "pepe", "ignacio": "nacho", "dolores": "lola",
    "giuseppe": "beppe", "ekaterina": "katya", "wilhelmina": "mina",
}  # fmt: skip
_SHORT = {name: frozenset(forms.split()) for name, forms in _SHORT_FORMS.items()}
_NO_FORMS: frozenset[str] = frozenset()
CREDENTIALS = frozenset(
    "sra mai ai-grs ai-rrs asa mba cpa phd ph.d jd j.d esq md m.d dds rn bsn pe p.e pls ra aia gri abr crs sres cips ccim crb epro srs psa pmp cfa cfp chfc clu cissp ba bs bsc ma msc mdiv "
    "llm llb jr sr ii iii iv frics mrics rics mde cva abv cma ea leed ap sphr phr shrm-cp cmb amp nmls dvm do od pharmd mph msw lcsw edd cae ifas gaa cga cra sioa realtor ret".split()
)
HONORIFICS = frozenset(
    "mr mrs ms miss dr prof professor rev sir dame herr frau dipl.-ing ing geom dott dott.ssa avv arch rag arq lic dra sra sr don doña mme mlle m me maître mgr bc "
    "i.a i.v ppa inh pan pani".split()
)
_PARTICLES = frozenset(
    "de la del der den van von zu zur di da dos das du le ter ten el al bin ibn af av y e".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*\.?", re.U)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SEPARATOR = re.compile(
    r"\s+[|•·–—/-]+\s+|\s*[|•·,;:]\s*|\s{3,}|\t+|\s*/(?=[A-Z]{2,})|\s*[(\[{<]|\s+(?:at|@)\s+"
)
_COUPLE = re.compile(
    r"([^\W\d_]{2,20}) (?:and|&|\+|und|et|y|e|en|och|og) [^\W\d_]{2,20}(?: [^\W\d_]{2,30})?$"
)
_LABEL = re.compile(r"[^:：\n]{1,60}[:：]\s*[^\s)(DP-]")
_AROUND = " \t-–—~*_=|.,!'\"“”`´^+<>#·•/\\"
_FAREWELL_TAIL = re.compile(
    r"(?:\s*[:;]-?[)(DP]+|\s+x{1,3}o?|\s*[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f]+|\s*<3)+\s*$"
)


# Addresses of desks name nobody.
_DESKS = frozenset(
    "orders order info sales support contact office admin hello mail team desk help helpdesk service billing accounts ap ar hr noreply donotreply appraisals appraisal invoices enquiries "
    "inquiries kontakt post buero commercial compta contabilidad administracion news notifications".split()
)


@dataclass(frozen=True)
class Sender:
    """The words a sender may sign with: `full` in order as displayed, `local` the letters of the address before the @."""

    full: tuple[str, ...]
    local: str
    domain: str
    local_words: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        return bool(self.full or self.local_words)


def sender_of(name: str, address: str | None) -> Sender:
    """The sender's words from the From header's name and address."""
    local, _, domain = (address or "").partition("@")
    shown = name.replace('"', " ").strip()
    if "@" in shown:
        shown = shown.partition("@")[0].replace(".", " ")
    last, comma, rest = re.sub(r"\([^()]{0,60}\)", " ", shown).partition(",")
    first = rest.split(",")[0].strip()
    if comma and first and first.split()[0].lower().strip(".") not in CREDENTIALS:
        shown = f"{first} {last}"
    words = tuple(letters(word) for word in _WORD.findall(shown.split(" via ")[0]))
    full = tuple(word for word in words if word and word not in CREDENTIALS and word not in HONORIFICS)
    pieces = tuple(
        piece for piece in (letters(part) for part in re.split(r"[._+\d-]+", local)) if len(piece) > 1
    )
    if letters(local) in _DESKS:
        pieces = ()
    return Sender(full, letters(local), domain, pieces)


@lru_cache(maxsize=1024)
def signs_as(line: str, sender: Sender) -> str | None:
    """The name at the head of a line when the sender signs with it, or None; further words must read like part of a name."""
    head = name_part(line)
    words = [word for word in (letters(part) for part in _WORD.findall(head)) if word]
    if not words or len(words) > 6 or len(head) > 60 or _LABEL.match(line):
        return None
    if _CJK.search(head):
        compact = letters(head)
        mine = "".join(sender.full)
        if mine and mine in compact:
            return _cjk_name(head, mine)
        return head if 0 < len(compact) <= 6 and mine and compact in mine else None
    if len(words) == 1 or len("".join(words)) <= 3:
        return head if _is_short_signing("".join(words), head, sender) else None
    couple = _COUPLE.match(head)
    if (
        couple
        and len(words) <= 5
        and not is_organisation(head)
        and _is_first_name(letters(couple[1]), sender)
    ):
        return head
    own = [word for word in words if _is_own(word, sender)]
    if not own or len(own) * 2 < len([word for word in words if len(word) > 1]):
        return None
    parts = [part for part in head.split() if part[:1].isalpha()]
    if len(own) < 2 and len(words) > 1 and is_organisation(line):
        return None
    lower = [
        part
        for part in parts
        if part[:1].islower()
        and part.lower() not in _PARTICLES
        and part not in ("and", "und", "et", "y", "e")
    ]
    if lower and any(letters(part) not in own for part in lower):
        return None
    return head


def _cjk_name(head: str, mine: str) -> str:
    """The name alone, when department or title stands before it without a mark between."""
    match = re.search(r"\s?".join(map(re.escape, mine)), head)
    return match[0] if match else head


def name_part(line: str) -> str:
    """What stands before the first separator of a line, without decoration, honorifics and credentials."""
    text = _FAREWELL_TAIL.sub("", line[:200]).strip(_AROUND)
    text = _SEPARATOR.split(text, maxsplit=1)[0] if text else ""
    if not text and line.strip(_AROUND):
        text = line.strip(_AROUND)
    parts = text.split()
    while len(parts) > 1 and parts[-1].lower().strip(".,®™") in CREDENTIALS and len(parts) > 2:
        parts.pop()
    while (
        len(parts) > 1
        and parts[0].lower().strip(".,") in HONORIFICS
        or parts[:1]
        and parts[0].lower() in ("i.", "i.a.", "i.v.", "ppa.")
    ):
        parts.pop(0)
        if parts and parts[0].lower() in ("a.", "v."):
            parts.pop(0)
    if len(parts) > 1 and re.fullmatch(r"[xX]\d[\d-]*", parts[-1]):
        parts.pop()
    return " ".join(parts).strip(_AROUND if not parts or len(parts[-1]) > 2 else _AROUND.replace(".", ""))


def _is_own(word: str, sender: Sender) -> bool:
    if len(word) == 1:
        return False
    names = sender.full or sender.local_words
    return (
        word in names
        or any(_is_short_form(word, name) for name in names)
        or (len(word) >= 4 and word in sender.local)
    )


def _is_first_name(word: str, sender: Sender) -> bool:
    return any(word == name or _is_short_form(word, name) for name in (sender.full or sender.local_words)[:1])


def _is_short_form(word: str, name: str) -> bool:
    """Bob for Robert, Ben for Benjamin."""
    return (
        (len(word) >= 3 and len(name) > len(word) and name.startswith(word))
        or (len(name) >= 3 and len(word) > len(name) and word.startswith(name) and len(word) - len(name) <= 4)
        or word in _SHORT.get(name, _NO_FORMS)
        or name in _SHORT.get(word, _NO_FORMS)
    )


def _is_short_signing(word: str, head: str, sender: Sender) -> bool:
    """One word: a first or last name, a short form, initials, or a single letter."""
    names = sender.full or sender.local_words
    if len(word) <= 3 and _are_initials(word, sender):
        return True
    if len(word) == 1 or not head[:1].isalpha():
        return False
    if word in names or any(_is_short_form(word, name) for name in names[:3]):
        return True
    return len(word) >= 3 and (sender.local.startswith(word) or sender.local.endswith(word))


def _are_initials(word: str, sender: Sender) -> bool:
    names = sender.full or sender.local_words
    initials = "".join(name[0] for name in names)
    if len(word) == 1:
        return bool(names) and word == names[0][0]
    if len(names) >= 2 and word[0] == names[0][0] and word[-1] == names[-1][0]:
        return True
    return word == initials or (
        not sender.full and len(word) == 2 and sender.local.startswith(word) and False
    )
