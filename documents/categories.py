"""Which category a document seems to have, by its file name and the beginning of its text, in the trade's words.

A suggestion with its reason; whether it is followed, and that a person's word stands above it, is the services' matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from documents.states import Category

# Of a text, what is looked at: titles, parties and headings stand at the beginning.
TEXT_LOOKED_AT = 6000
# Below this a suggestion is not made at all.
WEAKEST = 0.3
# From here on a document gets the category by itself, until a person says otherwise.
FOLLOWED_FROM = 0.5
CUES_NAMED = 3


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A category with how sure the rules are (0 to 1) and the sentence that a person reads; empty without any cue."""

    category: Category | None = None
    confidence: float = 0.0
    reason: str = ""


@dataclass(frozen=True)
class _Cues:
    """What speaks for one category: words of a name and of a text, each with the chance that it alone is right."""

    names: Sequence[tuple[float, str]] = field(default=())
    texts: Sequence[tuple[float, str]] = field(default=())


CUES: dict[Category, _Cues] = {
    Category.APPRAISAL_REPORT: _Cues(
        names=(
            (0.85, r"appraisal report|urar|uad report"),
            (0.75, r"(?:form )?(?:1004[cd]?|1073|1075|1025|2055|2090|2000|1007)(?: report)?"),
            (
                0.7,
                r"(?:field|desk|appraisal) review|completion report|final inspection|certification of completion",
            ),
            (0.55, r"appraisal|valuation report|evaluation report|bpo|avm report"),
        ),
        texts=(
            (0.8, r"uniform residential appraisal report|appraisal report|restricted appraisal report"),
            (0.6, r"individual condominium unit appraisal|small residential income property appraisal"),
            (0.45, r"sales comparison approach|cost approach|income approach"),
            (0.4, r"opinion of (?:the )?(?:market )?value|indicated value|reconciled value"),
            (0.35, r"appraiser'?s certification|statement of assumptions and limiting conditions"),
            (0.3, r"highest and best use|effective date of (?:the )?appraisal|comparable sales?"),
            (0.15, r"subject property|uspap"),
        ),
    ),
    Category.INVOICE: _Cues(
        names=(
            (0.85, r"invoices?|inv \d+|inv\d+"),
            (0.6, r"bill|billing statement|receipt|remittance(?: advice)?|credit memo|statement of account"),
        ),
        texts=(
            (0.7, r"invoice (?:no|number|date|#|id)|invoice\s*#"),
            (0.45, r"(?:amount|balance|total) due|please remit|remit (?:payment )?to|remittance advice"),
            (0.3, r"bill to|due upon receipt|payment terms|net (?:15|30|45)|past due"),
            (0.2, r"invoice|subtotal|unit price"),
        ),
    ),
    Category.CONTRACT: _Cues(
        names=(
            (0.8, r"contract|agreement|msa|nda|engagement letter|letter of engagement"),
            (0.65, r"addendum|amendment|terms(?: and conditions)?|statement of work|sow|psa"),
        ),
        texts=(
            (0.7, r"master services? agreement|purchase (?:and sale )?agreement|non-disclosure agreement"),
            (
                0.55,
                r"in witness whereof|hereby agrees?|the parties agree|entered into (?:as of|by and between)",
            ),
            (0.5, r"this (?:agreement|contract|addendum|amendment)|engagement letter|by and between"),
            (0.3, r"governing law|indemnif(?:y|ication)|whereas|termination (?:for|of)"),
        ),
    ),
    Category.SOP: _Cues(
        names=(
            (0.85, r"sop|standard operating procedures?"),
            (0.65, r"procedures?|policy|policies|manual|handbook|guidelines?|playbook|work instructions?"),
        ),
        texts=(
            (0.8, r"standard operating procedure"),
            (0.45, r"revision history|document owner|policy statement|this (?:procedure|policy|manual)"),
            (0.3, r"responsibilit(?:y|ies)|step 1\b|purpose and scope"),
        ),
    ),
    Category.BID_TEMPLATE: _Cues(
        names=(
            (
                0.85,
                r"(?:bid|quote|proposal) template|bid form|rfp|rfq|request for (?:proposals?|bids?|quotes?)",
            ),
            (0.6, r"bid|bids|proposal|fee schedule|fee quote|quotation"),
        ),
        texts=(
            (0.7, r"request for (?:proposals?|bids?|quotes?|quotations?)|bid (?:form|template|proposal)"),
            (
                0.5,
                r"(?:proposed|quoted|bid) (?:fee|amount|price)|your bid|fee schedule|pleased to (?:submit|offer)",
            ),
            (0.35, r"\{\{ ?\w+ ?\}\}|\[(?:client|property|date|fee)[^\]\n]{0,20}\]"),
            (0.2, r"scope of work|proposed turn ?time|bids? (?:due|close)"),
        ),
    ),
    Category.CLIENT_DOCUMENT: _Cues(
        names=(
            (
                0.7,
                r"w 9|w9|title (?:commitment|report|policy)|rent roll|order form|loan estimate|closing disclosure",
            ),
            (
                0.65,
                r"deed|survey|plat(?: map)?|lease|floor plans?|tax (?:card|bill|record)|mls|listing|site plan",
            ),
            (0.6, r"certificate of insurance|e ?(?:and|&) ?o|licen[cs]e|case (?:number )?assignment|hoa"),
        ),
        texts=(
            (
                0.6,
                r"title commitment|commitment for title insurance|request for taxpayer identification|rent roll",
            ),
            (
                0.55,
                r"appraisal (?:order|request) form|warranty deed|quitclaim deed|certificate of liability insurance",
            ),
            (0.35, r"loan (?:number|estimate)|fha case (?:number|no)|closing disclosure|legal description"),
            (0.25, r"borrower|parcel (?:number|id)|lessee|lessor|policyholder"),
        ),
    ),
    Category.INTERNAL: _Cues(
        names=(
            (0.75, r"internal|meeting minutes|minutes|memo|staff (?:list|roster)|payroll|org chart"),
            (0.5, r"budget|roster|onboarding|panel list|training"),
        ),
        texts=(
            (0.75, r"for internal use only|internal use only|do not distribute (?:outside|externally)"),
            (0.5, r"meeting minutes|to: all staff|interoffice memo(?:randum)?|attendees:"),
        ),
    ),
}
_COMPILED = {
    category: (
        [(weight, re.compile(rf"(?<![a-z0-9])(?:{words})(?![a-z0-9])")) for weight, words in cues.names],
        [(weight, re.compile(rf"(?<![a-z0-9])(?:{words})")) for weight, words in cues.texts],
    )
    for category, cues in CUES.items()
}
_NOT_A_WORD = re.compile(r"[^a-z0-9&]+")
_SPACE = re.compile(r"\s+")


def suggest_category(*, name: str, text: str = "") -> Suggestion:
    """The category that most speaks for, unless something else speaks for another almost as loudly.

    Cues add up as independent chances. The second-best takes from the confidence as much as it has of the best's.
    """
    words = _NOT_A_WORD.sub(" ", name.rpartition(".")[0].lower() or name.lower()).strip()
    beginning = _SPACE.sub(" ", text[:TEXT_LOOKED_AT].lower())
    found: dict[Category, tuple[float, list[str]]] = {}
    for category, (names, texts) in _COMPILED.items():
        in_name = list(_find(names, words))[:1]
        in_text = list(_find(texts, beginning))
        score = _combine(weight for weight, _ in (*in_name, *in_text))
        said = [f"the name has “{cue}”" for _, cue in in_name]
        said += [f"the text has “{cue}”" for _, cue in in_text]
        found[category] = (score, said)
    (best, (score, said)), (_, (second, _)) = sorted(found.items(), key=lambda item: -item[1][0])[:2]
    confidence = round(score * (1 - second / score / 2), 2) if score else 0.0
    if confidence < WEAKEST:
        return Suggestion()
    reason = "; ".join(said[:CUES_NAMED])
    return Suggestion(category=best, confidence=confidence, reason=f"{reason[0].upper()}{reason[1:]}."[:300])


def _find(cues: Iterable[tuple[float, re.Pattern[str]]], text: str) -> Iterable[tuple[float, str]]:
    for weight, pattern in cues:
        match = pattern.search(text)
        if match:
            yield weight, match.group()[:60]


def _combine(weights: Iterable[float]) -> float:
    """The chance that at least one of independent cues is right."""
    doubt = 1.0
    for weight in weights:
        doubt *= 1 - weight
    return 1 - doubt
