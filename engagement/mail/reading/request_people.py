"""Marks the people a sentence names, so that the patterns of asking speak of classes of people and not of their names.

What lives here: who is one of ours, who belongs to the client, who is met at the property. What does not: what they are asked to do
(`request_acts`) and how (`request_forms`).
`mark_people` turns every phrase for people into letters of its class and keeps the length: "have Dana call my boss" becomes
"have ꀂꀂꀂꀂ call ꀄꀄꀄꀄꀄꀄꀄ", and an offset means the same in both.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Letters of a script that no client of ours writes: a marked phrase is one word to every pattern.
OURS = "[ꀀꀅ]+"  # somebody of ours, "your billing desk"
PERSON = "ꀅ+"  # whoever it is, as long as it is a person: "a human", "a manager"
APPRAISER = "ꀁ+"
NAMED = "ꀂ+"
ON_SITE = "ꀃ+"
THEIRS = "ꀄ+"
_LETTERS = {"ours": "ꀀ", "person": "ꀅ", "appraiser": "ꀁ", "named": "ꀂ", "on_site": "ꀃ", "theirs": "ꀄ"}

_STAFF = (
    r"(?:manager|managers|management|supervisors?|boss|lead|leader|leadership|director|owner|president|ceo|cfo|coo|vp|principals?|partners?|chief(?! \w+ (?:of|at))|reviewers?|"
    r"qc|appraisers?|reps?|representatives?|executive|account exec|coordinators?|specialists?|analysts?|officers?|receptionist|trainers?|assistant|team|team lead(?:er)?|staff|office|people|folks|"
    r"guys|guy|gal|man|lady|fella|fellow|person|colleagues?|crew|firm|desk|department|dept|side|end|shop|group|company|accounting|billing|ap|ar|accounts? (?:payable|receivable)|support|"
    r"customer service|operations|ops|sales|compliance|broker|managing \w+|experts?|valuers?|surveyors?|underwriter|bookkeeper|controller|"
    r"vendor (?:management|relations)|tech(?:nical)?|it|scheduler|scheduling)"
)
# A word inside a phrase for people: none that begins another phrase.
_INNER = (
    r"(?:(?!(?:and|or|but|the|to|an?|me|us|my|our|your|for|is|are|was|can|could|will|would|with|call|about|of|by|that|this|if|when|who|please|in|on|at|from|into|before|after|i|we|"
    r"you|he|she|they|it|has|have)\b)[\w&'/-]+ )"
)
_SENIOR = r"(?:senior|chief|lead|head|certified|licensed|supervisory|supervising|review)"
_STAFF_OF = rf"(?:your|the) {_INNER}{{0,3}}?{_STAFF}(?: {_STAFF})*\b"
_DEPARTMENT = r"(?:quality control|customer service|order entry|client (?:services|relations)|vendor (?:management|relations)|accounts? (?:payable|receivable)|quality assurance|human resources)"
_WHERE = (
    rf"(?: (?:(?:from|on|at|in|with|over at) {_STAFF_OF}|(?:from|in) {_DEPARTMENT}|at (?:your \w+|(?-i:[A-Z])[\w'-]+)|(?:from|in) (?:your |the )?(?!(?:me|us|my|our|his|her|their|the|your|you|time|phone|call|person|noon|once|least|morning|afternoon|evening|week|day|meantime|\d+)\b)"
    rf"[\w'-]+(?: (?:&|and) (?-i:[A-Z])[\w'-]+)?(?: {_STAFF}\b)*))?"
)
# An event or a paper that is called after people names no people: "our lender day", "the borrower interview".
_NO_EVENT = r"(?![ -](?:days?|lunch|luncheon|meeting|conference|event|dinner|breakfast|retreat|fair|training|roundtable|reception|panel|huddle|program|portal|file|fees?|appreciation|scorecards?|management|relations|letter|authorization)\b|'(?!s\b)|\w)"
_OURS = (
    rf"(?:(?:some ?one|some ?body|any ?one|any ?body)(?: (?:else|senior|knowledgeable|competent|in charge|with (?:some )?authority|local|there|over there|live|real|good|nice|qualified|higher up)){{0,3}}{_WHERE}"
    rf"|(?:one|a member|a person|an? \w+|either|both|any|some) of (?:you|(?:your|the) {_INNER}{{0,3}}?{_STAFF})\b(?: guys)?"
    rf"|(?:an? |one of your |your |the |any )?{_SENIOR} (?:[\w-]+ )?(?:appraiser|reviewer|analyst|underwriter)s?|the [\w'-]+ (?:supervisor|manager|boss|director)|any of your [\w-]+"
    rf"|your (?!(?:assigned |staff |local |field )?appraiser\b){_INNER}{{0,4}}?{_STAFF}(?: {_STAFF})*\b(?!'s)"
    rf"|(?:one|two|some|any) of your (?:[\w-]+ )?[\w-]+s\b"
    rf"|the (?:chief|senior|lead|head|review|staff|office|account|commercial|regional)(?: \w+)? {_STAFF}\b"
    r"|the (?:manager|supervisor|reviewer|owner of (?:the|your) \w+|person in charge|team|office|right person)\b"
    r"|(?:another|a different) (?:\w+ )?(?:appraiser|reviewer|manager)\b"
    rf"|the {_INNER}{{0,2}}?(?:person|guy|gal|lady|folks|people|department|dept|rep|coordinator|scheduler|reviewer|manager|supervisor)\b"
    r"|whoever [\w' -]{2,60}?(?= (?:(?:to|can|could|should|please) \w|(?:call|ring|phone|give|reach|contact)\b))|whoever (?:[\w'-]+ ){1,4}[\w-]+"
    r"|management\b|(?:(?<=have )|(?<=get )|(?<=ask )|(?<=with )|(?<=to )|(?<=could )|(?<=can ))(?:qc|qa|quality control|accounting|billing|accounts payable|accounts receivable|scheduling|leadership|ops|operations|compliance|customer service)\b)"
)
_PERSON = (
    rf"(?:(?:an? |the |some )?(?:(?:real|live|actual|living|senior|certified|human|responsible) )*(?:human(?: being)?|person|manager|supervisor|reviewer|representative|live agent)"
    rf"|an? {_INNER}{{1,2}}?(?:person|manager|supervisor|reviewer|expert|representative))\b{_WHERE}(?: in charge| with (?:some )?authority)?"
)
_APPRAISER = (
    r"(?:(?:the|your|our|an|this|that) (?:[\w-]+ )?(?:appraiser|inspector|vendor|valuer|surveyor)|appraiser)"
)
_ON_SITE = (
    r"(?:the |this |that |our |his |her |their )?(?:co-?)?(?:borrowers?|homeowners?|home owner|owners?|tenants?|occupants?|sellers?|buyers?|"
    r"(?:(?:listing|selling|buyer'?s|seller'?s|real estate|leasing) )?agent|realtors?|property manager|property contact|contact person|point of contact|"
    r"contact for access|access contact|superintendent|super|landlord|electrician|plumber|roofer|handyman|neighbor|guard|caretaker|builder|site contact)"
)
_THEIR_NOUN = (
    r"(?:loan officer|lo|processor|underwriter|underwriting|escrow officer|escrow|title company|title|attorney|lawyer|counsel|broker|branch|office|manager|boss|assistant|"
    r"colleague|partner|husband|wife|son|daughter|mother|father|brother|sister|team|client|customer|engineer|contractor|architect|clerk|judge|court|county|association|management company|insurance (?:company|agent|carrier)|utility|district|developer|county recorder|recorder|assessor|city|hoa|bank|lender|investor|reviewer|"
    r"vp|president|director|closer|officer|accountant|cpa|executor|trustee|auditor|examiner|paralegal|secretary|treasurer|advis[eo]r|supervisor|ceo|cfo|coo|desk|committee|board|members)"
)
_THEIRS = rf"(?:(?:counsel|underwriting|legal|credit|audit|senior management|ownership)(?: for the \w+)?(?= (?:wants?|needs?|would|requests?|is|has|asks?|asked)\b)|(?:(?:my|our|his|her|their) {_INNER}{{0,3}}?|the {_INNER}{{0,2}}?){_THEIR_NOUN}(?: {_THEIR_NOUN})*)"

_NO_NAME = (
    "Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|June|July|August|September|October|November|"
    "December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Today|Tomorrow|Zoom|Teams|Google|Webex|Skype|Microsoft|Outlook|Calendly|Face[Tt]ime|Please|Pls|Kindly|Can|Could|Would|Will|"
    "May|Might|Should|Shall|Must|Call|Ring|Phone|Let|Lets|Have|Get|Give|Ask|Tell|Make|Meet|Join|Schedule|Set|Come|Take|Look|Speak|Talk|Discuss|Thanks|Thank|Any|Is|Are|Am|Was|Were|Do|Does|Did|"
    "When|What|Which|Who|Why|How|If|It|We|You|They|He|She|This|That|These|Those|The|My|Our|Your|His|Her|Their|Someone|Somebody|Anyone|Anybody|Nobody|Whoever|There|Here|So|And|But|Or|Then|"
    "Just|No|Not|Yes|Yeah|Hello|Hi|Hey|Dear|Good|Great|Hope|Hoping|Wondering|Sorry|Also|As|In|On|At|For|From|To|With|By|After|Before|Until|Once|Since|Because|Maybe|Perhaps|Appraisal|Order|"
    "Report|Attached|Per|Re|Urgent|Quick|Feel|Looking|Anytime|Once|Both|Everyone|Nothing|Everything|Reach|Contact|Send|Need|Want|Up"
)
_CAPITALISED = rf"(?!(?:{_NO_NAME})\b)[A-ZÀ-Þ][a-zà-ÿ][\w-]*(?:'(?!s\b|ll\b|d\b)\w+)?"
_NAME = rf"(?:(?:Mr|Mrs|Ms|Dr)\.? )?{_CAPITALISED}(?: (?:{_CAPITALISED}|[A-Z]\.(?= [A-Z])))*"
# The first word of a sentence has a capital anyway: a name there is followed by a verb of its own.
_VERB_AFTER_NAME = r"(?:needs?|wants?|would|wishes|wished|is|was|are|has|had|should|must|can|could|will|and|&|or|said|says|asked|asks|told|called|hopes|hoped|requests?|requested|expects|requires|from|in|at|here|please|also|really|just|still|urgently)"
_NAMED = rf"(?-i:(?<=[\w,;:)\"'–—@.-] ){_NAME}|(?<=@){_NAME}|^(?={_NAME} {_VERB_AFTER_NAME}\b){_NAME})"

PEOPLE = re.compile(
    rf"(?<![\w'-])(?:(?P<person>(?<!in ){_PERSON})|(?P<ours>{_OURS})|(?P<appraiser>{_APPRAISER}{_NO_EVENT})|(?P<theirs>{_THEIRS}{_NO_EVENT})|(?P<on_site>{_ON_SITE}{_NO_EVENT})|(?P<named>{_NAMED}))",
    re.I,
)


@lru_cache(maxsize=8)  # The forms and the guards of one sentence read the same marks.
def mark_people(sentence: str) -> str:
    """The sentence with the letters of its class for every phrase that names people; same length, same offsets."""
    return PEOPLE.sub(lambda match: _LETTERS[match.lastgroup or ""] * len(match[0]), sentence)
