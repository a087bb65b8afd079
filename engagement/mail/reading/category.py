"""Says which of the desk's categories a mail belongs to, and which words say so.

What lives here: the order in which the categories are tried. What does not: the words (`category_cues`), and what follows from a
category (services). A reader follows it from the top:
    1. what a machine wrote keeps its machine's category;
    2. a wish to get no more mail, an attack, pressure on a value and a plain pitch come before any business in the same mail;
    3. a colleague's mail is internal;
    4. an answer to our feedback question is feedback, whatever it says;
    5. the others are weighed: the phrases that stand in the mail, an explicit request, and what else was read in it;
    6. where several weigh enough, the likeness of all the words to sorted mails speaks too; of equal weights the category named first
       in `WEIGHED` wins;
    7. one phrase among words that are far likelier in a mail of no category is an accident, and too little weight is `general`, unless the words are far likelier in one category than in none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .bounces import BouncedRecipient
from .category_cues import GROUPS, accounts, bids, hazards, opinions, order_halts, orders, reports
from .likeness import CATEGORIES, likenesses
from .machine import Tier
from .newest import NewestText
from .optout import OptOut
from .parsing import ParsedMessage
from .phrases import PhraseTable, Words, own_words, table_rows, words_of
from .requests import ExplicitRequest, has_injected_instructions
from .sentiment import Sentiment
from .signals import Signal, SignalType


class Category(StrEnum):
    """What a mail is about, in the words of `evaluate_mail`'s contract."""

    NEW_ORDER = "new_order"
    ORDER_CHANGE = "order_change"
    ORDER_HOLD = "order_hold"
    ORDER_RESUME = "order_resume"
    ORDER_CANCEL = "order_cancel"
    ORDER_STATUS_REQUEST = "order_status_request"
    REVISION_REQUEST = "revision_request"
    ROV_REQUEST = "rov_request"
    CALLBACK_REQUEST = "callback_request"
    MEETING_REQUEST = "meeting_request"
    BID_REQUEST = "bid_request"
    BID_AWARD = "bid_award"
    BID_LOSS = "bid_loss"
    BID_DEFERRED = "bid_deferred"
    BID_QUESTION = "bid_question"
    COMPLAINT = "complaint"
    PRAISE = "praise"
    FEEDBACK_RESPONSE = "feedback_response"
    RENEWAL = "renewal"
    UPSELL = "upsell"
    BILLING = "billing"
    CREDIT_REQUEST = "credit_request"
    CONTACT_CHANGE = "contact_change"
    COMPLIANCE_DOCUMENT = "compliance_document"
    COMPLIANCE_ISSUE = "compliance_issue"
    INDEPENDENCE_VIOLATION = "independence_violation"
    UNSUBSCRIBE = "unsubscribe"
    OUT_OF_OFFICE = "out_of_office"
    BOUNCE_HARD = "bounce_hard"
    BOUNCE_SOFT = "bounce_soft"
    SPAM_COMPLAINT = "spam_complaint"
    INTERNAL = "internal"
    DUPLICATE = "duplicate"
    PHISHING = "phishing"
    PROMPT_INJECTION = "prompt_injection"
    VENDOR_SPAM = "vendor_spam"
    GENERAL = "general"


# The weighed categories in their order of precedence where two weigh the same: what binds the desk most comes first.
WEIGHED: dict[Category, str] = {
    Category.ORDER_CANCEL: order_halts.ORDER_CANCEL,
    Category.ORDER_RESUME: order_halts.ORDER_RESUME,
    Category.ORDER_HOLD: order_halts.ORDER_HOLD,
    Category.ROV_REQUEST: reports.ROV_REQUEST,
    Category.CALLBACK_REQUEST: "",
    Category.MEETING_REQUEST: "",
    Category.COMPLIANCE_ISSUE: accounts.COMPLIANCE_ISSUE,
    Category.BID_AWARD: bids.BID_AWARD,
    Category.BID_LOSS: bids.BID_LOSS,
    Category.BID_DEFERRED: bids.BID_DEFERRED,
    Category.BID_QUESTION: bids.BID_QUESTION,
    Category.BID_REQUEST: bids.BID_REQUEST,
    Category.REVISION_REQUEST: reports.REVISION_REQUEST,
    Category.CREDIT_REQUEST: accounts.CREDIT_REQUEST,
    Category.COMPLAINT: opinions.COMPLAINT,
    Category.BILLING: accounts.BILLING,
    Category.RENEWAL: accounts.RENEWAL,
    Category.COMPLIANCE_DOCUMENT: accounts.COMPLIANCE_DOCUMENT,
    Category.CONTACT_CHANGE: accounts.CONTACT_CHANGE,
    Category.ORDER_CHANGE: orders.ORDER_CHANGE,
    Category.NEW_ORDER: orders.NEW_ORDER,
    Category.ORDER_STATUS_REQUEST: reports.ORDER_STATUS_REQUEST,
    Category.UPSELL: accounts.UPSELL,
    Category.VENDOR_SPAM: hazards.VENDOR_SPAM,
    Category.DUPLICATE: orders.DUPLICATE,
    Category.PRAISE: opinions.PRAISE,
}
# Found by their own words before anything is weighed against anything.
GUARDED: dict[Category, str] = {
    Category.PROMPT_INJECTION: hazards.PROMPT_INJECTION,
    Category.PHISHING: hazards.PHISHING,
    Category.INDEPENDENCE_VIOLATION: hazards.INDEPENDENCE_VIOLATION,
    Category.FEEDBACK_RESPONSE: opinions.FEEDBACK_RESPONSE,
}
_ORDERS = (
    "order orders appraisal appraisals appraiser inspection inspections report reports file files loan loans borrower borrowers assignment property hold lender valuation evaluation closing "
    "appraisers borrowers buyers sellers tenants owner owners lenders properties assignments orders house home basement unit comp comps comparable comparables fee photo photos inspector desktop exterior interior schedule scheduling roof utilities repairs "
    "street ave avenue rd road lane ln blvd ct court dr cir title job appointment refi refinance underwriter underwriting uw ucdp buyer seller tenant occupant orden pedido avalúo tasación informe préstamo commande mission dossier évaluation rapport "
    "d'évaluation auftrag gutachten besichtigung bericht ordine perizia incarico laudo relatório avaliação rapport taxatie opdracht 订 单 评 估 报 告"
)
_OF_ORDERS = (
    Category.ORDER_CANCEL,
    Category.ORDER_RESUME,
    Category.ORDER_HOLD,
    Category.ORDER_CHANGE,
    Category.ORDER_STATUS_REQUEST,
    Category.REVISION_REQUEST,
)
_OF_BIDS = (Category.BID_AWARD, Category.BID_LOSS, Category.BID_DEFERRED, Category.BID_QUESTION)
_BID_TITLES = frozenset("bid bids quote quotes proposal proposals rfp rfq rfb q solicitation".split())
_AMOUNT = re.compile(r"[$€£]\d|\d{1,3},\d{3}$")
# Categories that are about something: where a mail nowhere names it, their phrases count less.
ABOUT: dict[Category, frozenset[str]] = {
    category: frozenset(words.split())
    for words, categories in {
        "q p figure bid bids bidding bidder quote quotes quoted quoting proposal proposals rfp rfq rfb solicitation award awarded fee fees price pricing estimate project selection "
        "committee cotización presupuesto oferta devis offre angebot zuschlag anbieter orçamento proposta preventivo offerta 报 价 中": _OF_BIDS,
        "agreement agreements contract contracts msa renewal renew renewing term terms sla subscription extension amendment fees rates contrato acuerdo contrat accord vertrag "
        "rahmenvertrag contratto 合": (Category.RENEWAL,),
        _ORDERS: _OF_ORDERS,
        "figure number appraiser worth value valuation valued appraisal appraised appraisals rov comps comparable comparables sales reconsideration valor avalúo tasación valeur évaluation wert gutachten "
        "bewertung valore perizia 价 值": (Category.ROV_REQUEST,),
    }.items()
    for category in categories
}
_UNNAMED = 0.4
# A call, a meeting, a pitch or a repetition is told by what is said of it, and never by likeness.
_OF_PHRASES_ONLY = frozenset(
    {Category.CALLBACK_REQUEST, Category.MEETING_REQUEST, Category.VENDOR_SPAM, Category.DUPLICATE}
)
# The program acts upon these: it enters a draft, it pauses news and proposes an apology, it passes the praise on. Words must say so, and not only sound so.
_ACTED_UPON = frozenset({Category.NEW_ORDER, Category.COMPLAINT, Category.PRAISE})
_SOME = 2.0
_LIKENESS_WEIGHT = 0.4
_UNLIKE = -5.0
# In logarithms, over a mail of no category; measured on mails that were not counted.
_CLEARLY_LIKELIER = 8.0
_FAR_LIKELIER = 12.0
_OF_ONE_PHRASE = 6.5
ENOUGH = 3.0
CERTAIN = 7.0
# Several phrases of people who sell to everybody; whoever writes so asks for a meeting too, and not as a client.
PITCH = 10.0
_OLD_SUBJECT = 0.6
_REQUEST_WEIGHT = 14.0
_REQUESTED = {"call": Category.CALLBACK_REQUEST, "meeting": Category.MEETING_REQUEST}
# A look that somebody is asked for belongs to what the mail is about; where it is about nothing else, somebody has to answer.
_LOOK_WEIGHT = 4.5
_ANSWER_OR_FORWARD = re.compile(
    r"^\s*(?:(?:re|aw|sv|antw|fw|fwd|wg|tr|rv|enc|i|r|odp|回复|答复|转发)\s*(?:\[\d+\])?\s*[:：]\s*)+", re.I
)
_ANSWER = re.compile(r"^\s*(?:re|aw|sv|antw|r|odp|回复|答复)\s*(?:\[\d+\])?\s*[:：]", re.I)
_WORD_BORDER = re.compile(r"(?<=[a-z])(?=[A-Z])|[_.-]+")


@dataclass(frozen=True)
class _Row:
    """One weighted phrase; `place` is subject, attachment or anywhere."""

    category: Category
    weight: float
    place: str
    phrase: str


@dataclass(frozen=True)
class _Mail:
    """The words of one mail by where they stand."""

    said: Words
    title: Words
    files: Words
    title_weight: float


@dataclass(frozen=True)
class CategoryCue:
    """A phrase of a category that stands in the mail; `evidence` are the words, `place` is where: text, subject or attachment."""

    category: Category
    weight: float
    phrase: str
    evidence: str
    place: str
    start: int
    end: int

    def shares_words(self, other: CategoryCue) -> bool:
        return self.place == other.place and self.start < other.end and other.start < self.end


_PLACES = {"s:": "subject", "a:": "attachment"}


def _rows(tables: Iterable[tuple[Category, str]]) -> list[_Row]:
    rows = []
    for category, table in tables:
        for weight, phrase in table_rows(table):
            place = _PLACES.get(phrase[:2], "anywhere")
            rows.append(_Row(category, float(weight), place, phrase[2:] if place != "anywhere" else phrase))
    return rows


_ROWS = _rows([*WEIGHED.items(), *GUARDED.items()])
_BY_PLACE = {
    place: [row for row in _ROWS if row.place == place] for place in ("anywhere", "subject", "attachment")
}
_TABLES = {place: PhraseTable((row.phrase for row in rows), GROUPS) for place, rows in _BY_PLACE.items()}


def classify_category(
    parsed: ParsedMessage,
    newest: NewestText,
    *,
    tier: Tier,
    is_internal: bool,
    flags: Sequence[str],
    requests: Sequence[ExplicitRequest],
    opt_out: OptOut | None,
    bounced: Sequence[BouncedRecipient],
    signals: Sequence[Signal],
    sentiment: Sentiment,
    has_left: bool = False,
) -> Category:
    """The one category of a mail, from what the other readings found and the words it holds.

    `has_left` tells an automatic answer for somebody who left the company from an absence.
    """
    of_machine = _of_machine(tier, bounced, parsed, has_left=has_left)
    if of_machine is not None:
        return of_machine
    if opt_out is not None:
        return Category.UNSUBSCRIBE
    mail = _mail(parsed, newest)
    weights = _weighed(find_cues(mail))
    for category in ABOUT:
        if category in weights and not (_names(mail, category) and _fits_title(mail, category)):
            weights[category] *= _UNNAMED
    guarded = _guarded(weights, newest, flags, is_internal=is_internal)
    if guarded is not None:
        return guarded
    _add_what_was_read(weights, requests, signals, sentiment, newest)
    best = max(WEIGHED, key=lambda category: weights.get(category, 0.0))
    if weights.get(best, 0.0) < ENOUGH:
        is_pitch = tier is Tier.LIST and weights.get(Category.VENDOR_SPAM, 0) > 0
        return Category.VENDOR_SPAM if is_pitch else _likeliest(mail)
    return best if best in _OF_PHRASES_ONLY else _likeliest_of(weights, mail)


def _likeliest(mail: _Mail) -> Category:
    """What a mail without a phrase is by its words, where they are far likelier there than in a mail of no category."""
    likeness = likenesses(CATEGORIES, mail.title.flow, mail.said.flow)
    may_be = [one for one in WEIGHED if one in likeness and one not in _OF_PHRASES_ONLY]
    best = max(may_be, key=lambda category: likeness[category])
    is_clear = likeness[best] - likeness[Category.GENERAL] >= _CLEARLY_LIKELIER
    return best if is_clear and best not in _ACTED_UPON else Category.GENERAL


def _likeliest_of(weights: dict[Category, float], mail: _Mail) -> Category:
    """Of the categories with a phrase, the one that phrases and likeness together speak for."""
    likeness = likenesses(CATEGORIES, mail.title.flow, mail.said.flow)

    def rated(category: Category) -> float:
        return weights[category] + _LIKENESS_WEIGHT * max(likeness.get(category, _UNLIKE), _UNLIKE)

    best = max(
        (one for one in WEIGHED if weights.get(one, 0.0) >= (ENOUGH if one in _ACTED_UPON else _SOME)),
        key=rated,
    )
    # One phrase among words that are far likelier in a mail of no category is an accident.
    is_stray = likeness[Category.GENERAL] - likeness.get(best, _UNLIKE) > _FAR_LIKELIER
    return Category.GENERAL if is_stray and weights[best] < _OF_ONE_PHRASE else best


def category_cues(parsed: ParsedMessage, newest: NewestText) -> tuple[CategoryCue, ...]:
    """The phrases behind a category, for those who ask why."""
    return tuple(find_cues(_mail(parsed, newest)))


def pressing_sentence(newest: NewestText) -> tuple[int, int] | None:
    """Where in the newest text the sender presses hardest for a value or an appraiser: start and end of a sentence."""
    return asking_sentence(newest, Category.INDEPENDENCE_VIOLATION)


def asking_sentence(newest: NewestText, category: Category) -> tuple[int, int] | None:
    """Where in the newest text the strongest phrase of a category stands: start and end of its sentence."""
    said = own_words(newest)
    found = [
        (float(_BY_PLACE["anywhere"][one.row].weight), one)
        for one in _TABLES["anywhere"].find(said)
        if _BY_PLACE["anywhere"][one.row].category is category
    ]
    weight, strongest = max(found, key=lambda pair: pair[0], default=(0.0, None))
    if strongest is None or weight <= 0:
        return None
    start, _ = said.span_of(strongest.start, strongest.end)
    return said.sentence_at(start)


def _of_machine(
    tier: Tier, bounced: Sequence[BouncedRecipient], parsed: ParsedMessage, *, has_left: bool
) -> Category | None:
    if tier is Tier.BOUNCE:
        return Category.BOUNCE_HARD if any(one.hard for one in bounced) else Category.BOUNCE_SOFT
    if tier is Tier.COMPLAINT_REPORT:
        return Category.SPAM_COMPLAINT
    if tier is Tier.AUTO_REPLY:
        if has_left or _LEFT.search(parsed.text_plain[:1500] or parsed.text_html[:3000]):
            return Category.CONTACT_CHANGE
        return Category.GENERAL if _is_receipt(parsed) else Category.OUT_OF_OFFICE
    return None


_LEFT = re.compile(
    r"no longer (?:with|at|employed|work(?:s|ing)? (?:for|at|here|with))\b|\b(?:has|have) left (?:the )?(?:company|bank|firm|organi[sz]ation|us\b)|(?:nicht mehr (?:bei|im|für)|ne (?:travaille|fait) plus|ya no trabaja|não trabalha mais|non lavora più|niet meer werkzaam|已离职)",
    re.I,
)
_RECEIPT = re.compile(
    r"ticket|case (?:#|number)|we(?:'ve| have)? received your|thank you for (?:contacting|your (?:message|inquiry|enquiry|email|request))|read(?: receipt)?:|return receipt|gelesen:|lu\s?:|leído:|"
    r"your (?:request|ticket|case)|has been (?:received|read|opened|displayed)|was read",
    re.I,
)
_ABSENCE = re.compile(
    r"out of (?:the )?office|\booo\b|vacation|holiday|on leave|maternity|paternity|away|abwesen|urlaub|absen|congé|oficina|vacaciones|férias|ufficio|ferie|afwezig|vakantie|不在|休假|return(?:ing)?\b",
    re.I,
)


def _is_receipt(parsed: ParsedMessage) -> bool:
    """A ticket number, a read receipt: an automatic answer of somebody who is there."""
    if any(kind == "message/disposition-notification" for kind, _ in parsed.reports):
        return True
    text = f"{parsed.subject}\n{parsed.text_plain[:1500] or parsed.text_html[:3000]}"
    return bool(_RECEIPT.search(text)) and not _ABSENCE.search(text)


def _mail(parsed: ParsedMessage, newest: NewestText) -> _Mail:
    subject = _ANSWER_OR_FORWARD.sub("", parsed.subject[:500])
    names = "\n".join(_WORD_BORDER.sub(" ", one.filename or "") for one in parsed.attachments[:20])
    return _Mail(
        said=own_words(newest),
        title=words_of(subject),
        files=words_of(names),
        title_weight=_OLD_SUBJECT if _ANSWER.match(parsed.subject) else 1.0,
    )


def _names(mail: _Mail, category: Category) -> bool:
    """Whether the mail names what a category is about: by one of the words, an order also by its number, a bid by its amount."""
    vocabulary = mail.said.vocabulary | mail.title.vocabulary
    if not ABOUT[category].isdisjoint(vocabulary):
        return True
    if category in _OF_ORDERS:
        return any(len(word) > 3 and word.isdigit() for word in vocabulary)
    return category in _OF_BIDS and any(_AMOUNT.match(word) for word in vocabulary)


def _fits_title(mail: _Mail, category: Category) -> bool:
    """A mail under the title of a bid speaks of the bid: what is said there of waiting or going ahead is said of no order."""
    is_of_bid = not _BID_TITLES.isdisjoint(mail.title.vocabulary)
    return not (is_of_bid and category in _OF_ORDERS)


def find_cues(mail: _Mail) -> list[CategoryCue]:
    """Every phrase that stands in the mail, each once; what stands in the subject of an answer counts less."""
    looks = (
        ("anywhere", "text", mail.said, 1.0),
        ("anywhere", "subject", mail.title, mail.title_weight),
        ("subject", "subject", mail.title, mail.title_weight),
        ("attachment", "attachment", mail.files, 1.0),
    )
    found: dict[tuple[str, int], CategoryCue] = {}
    for table, place, words, factor in looks:
        for one in _TABLES[table].find(words):
            row = _BY_PLACE[table][one.row]
            evidence = words.flow[one.start : one.end].strip()
            cue = CategoryCue(
                row.category, row.weight * factor, row.phrase, evidence, place, one.start, one.end
            )
            found.setdefault((table, one.row), cue)
    return list(found.values())


def _weighed(found: Iterable[CategoryCue]) -> dict[Category, float]:
    """The weight of each category: its strongest phrase whole, each weaker one half of the one before, less what takes back.

    Of phrases that share words only the strongest counts.
    """
    by_category: dict[Category, list[CategoryCue]] = {}
    for cue in found:
        by_category.setdefault(cue.category, []).append(cue)
    weights = {}
    for category, several in by_category.items():
        against = min((cue.weight for cue in several if cue.weight < 0), default=0.0)
        strong = _without_overlaps(sorted(several, key=lambda cue: -cue.weight))
        weights[category] = sum(cue.weight / 2**rank for rank, cue in enumerate(strong)) + against
    return weights


def _without_overlaps(several: Sequence[CategoryCue]) -> list[CategoryCue]:
    kept: list[CategoryCue] = []
    for cue in several:
        if cue.weight > 0 and not any(cue.shares_words(other) for other in kept):
            kept.append(cue)
    return kept


def _guarded(
    weights: dict[Category, float], newest: NewestText, flags: Sequence[str], *, is_internal: bool
) -> Category | None:
    """Attacks first, then our own people, then pressure on a value, pitches, and answers to our feedback question."""
    # Orders to a program that are hidden or stand in a file are a flag; only what the sender says makes the category.
    is_injected = "injected_instructions" in flags and has_injected_instructions(newest.text)
    if is_injected or weights.get(Category.PROMPT_INJECTION, 0) >= CERTAIN:
        return Category.PROMPT_INJECTION
    is_suspicious = "look_alike_domain" in flags or "dmarc_fail" in flags
    if weights.get(Category.PHISHING, 0) >= (ENOUGH if is_suspicious else CERTAIN):
        return Category.PHISHING
    if is_internal:
        return Category.INTERNAL
    if weights.get(Category.INDEPENDENCE_VIOLATION, 0) >= CERTAIN:
        return Category.INDEPENDENCE_VIOLATION
    if weights.get(Category.VENDOR_SPAM, 0) >= PITCH:
        return Category.VENDOR_SPAM
    if weights.get(Category.FEEDBACK_RESPONSE, 0) >= ENOUGH:
        return Category.FEEDBACK_RESPONSE
    return None


def _add_what_was_read(
    weights: dict[Category, float],
    requests: Sequence[ExplicitRequest],
    signals: Sequence[Signal],
    sentiment: Sentiment,
    newest: NewestText,
) -> None:
    """Lets the other readings weigh in: an explicit request, what a signal says, how the sender feels."""
    if not any(signal.type is SignalType.COMPLAINT for signal in signals):
        weights.pop(
            Category.COMPLAINT, None
        )  # What follows from a complaint rests on the words that complain.
    if newest.inline_answers:
        weights[Category.ORDER_CHANGE] = weights.get(Category.ORDER_CHANGE, 0) + ENOUGH
    else:
        for request in requests:
            category = _REQUESTED.get(request.kind)
            if category is not None:
                weights[category] = max(weights.get(category, 0), _REQUEST_WEIGHT)
            elif max(weights.values(), default=0.0) < _LOOK_WEIGHT:
                weights[Category.CALLBACK_REQUEST] = _LOOK_WEIGHT
    for signal in signals:
        category = _OF_SIGNAL.get(signal.type)
        if category is not None:
            weights[category] = weights.get(category, 0) + _SIGNAL_WEIGHTS[signal.type] * signal.strength
    if sentiment.label == "positive":
        weights[Category.PRAISE] = weights.get(Category.PRAISE, 0) + sentiment.score
    else:
        weights[Category.PRAISE] = weights.get(Category.PRAISE, 0) - 2
    if sentiment.label == "negative":
        weights[Category.COMPLAINT] = weights.get(Category.COMPLAINT, 0) - 2 * sentiment.score


_SIGNAL_WEIGHTS = {SignalType.COMPLAINT: 5.0, SignalType.RENEWAL: 5.0, SignalType.UPSELL: 4.0}
_OF_SIGNAL = {
    SignalType.COMPLAINT: Category.COMPLAINT,
    SignalType.RENEWAL: Category.RENEWAL,
    SignalType.UPSELL: Category.UPSELL,
}
