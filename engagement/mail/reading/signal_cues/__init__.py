"""What an opportunity signal sounds like: tables of phrases, one a line, in the notation of `phrases`.

A line of a signal is its strength and a phrase; a line of `BLOCKERS` is the signal that the phrase is mistaken for. `GROUPS` are the
names in braces. What lives here: words. What does not: negation, conditions and whose words they are (`signals`).
"""

from __future__ import annotations

GROUPS = {
    "soon": "today|tonight|tomorrow|this_morning|this_afternoon|this_evening|monday|tuesday|wednesday|thursday|friday|in_#_days|in_#_hours|in_two_days|in_three_days|this_week|the_#|#",
    "agreement": "agreement|agreements|contract|contracts|msa|subscription|retainer|sla|term|membership|license_agreement|service_agreement|lease|plan|maintenance|support_contract|arrangement|partnership|engagement|policy_term|deal",
    "late": "late|overdue|delayed|behind|past_due",
    "wrong": "wrong|incorrect|inaccurate|mistaken|erroneous|faulty|defective|broken|damaged|incomplete",
    "letter": "invoice|invoices|copy|copies|statement|link|attachment|bill|receipt|form|email|e_mail|letter|document|w_9|w9|remittance|certificate|attachments|page|pages",
    "party": "borrower|borrowers|buyer|buyers|seller|sellers|owner|owners|applicant|applicants|customer|customers|tenant|tenants|they|he|she",
    "paper": "paper|agreement|contract|msa|arrangement|terms|engagement|subscription|sla|retainer",
    "value": "value|valuation|number|figure|price|fee|bid|quote|rate|rates|amount|appraisal|it|offer|cost",
    "other_system": "fha|fha_connection|hud|ucdp|mls|county|internet|title|assessor's|assessor|their|our|encompass|the_county's|va|webtrac|le",
    "bids": "bid|bids|quote|quotes|proposal|proposals|pricing|quotation|quotations|estimate|estimates|rfp|rfq|fee_quote|fee_schedule|price_list",
    "askus": "please|kindly|can_you|could_you|would_you|can_we|could_we|may_we|may_i|can_i|could_i|need|need_to|like_to|want_to|want_you_to|like_you_to|you_to|pls",
    "ordinal": "second|third|fourth|fifth|sixth|2nd|3rd|4th|5th",
    "people": "nobody|no_one|noone|none_of_you|no_response|no_reply|no_answer",
}
