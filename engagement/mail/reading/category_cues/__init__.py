"""What mails of each category say: tables of weighted phrases, one a line, in the notation of `phrases`.

A line is a weight and a phrase. 3 and more decide a mail on their own; a negative weight takes back what another line reads into the
same words. A phrase after `s:` counts only in the subject, after `a:` only in the names of attached files. `GROUPS` are the names in
braces.
What lives here: words. What does not: how they are weighed against each other (`category`).
"""

from __future__ import annotations

GROUPS = {
    "order": "order|appraisal|assignment|file|valuation|report|request|job|one",
    "orders": "order|orders|appraisal|appraisals|assignment|assignments|valuation|valuations|report|reports|file|files|job|jobs",
    "product": "appraisal|appraisals|valuation|valuations|1004|1004d|1073|1025|2055|1007|2090|urar|bpo|avm|desktop|desktops|exterior|exteriors|evaluation|inspection|"
    "drive_by|field_review|desk_review|narrative|rent_schedule|final_inspection|recertification|recert",
    "open": "open|order|place|start|set_up|enter|submit|create|schedule|request|arrange|assign|begin|initiate|process|book",
    "bid": "bid|bids|quote|quotes|proposal|proposals|estimate|quotation|fee_quote|rfp|rfq",
    "month": "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec",
    "ask": "please|kindly|can_you|could_you|would_you|will_you|can_we|could_we|we_need_to|i_need_to|need_to|like_to|want_to|wish_to|you_to|pls|let's|must|have_to|going_to|need_you_to",
    "kill": "throw|toss|chuck|bin|trash|ditch|dump|nix|axe|shred|tear_up|call_off|strike|scrub|wipe|void|kill|scrap|pull|drop|delete|close_out|forget|withdraw|cancel",
    "wait": "sit_tight|hang_tight|hang_fire|hold_fire|hold_your_horses|stay_put|hold_up|back_burner|on_ice|in_limbo|holding_pattern|tap_the_brakes|pump_the_brakes|hit_the_brakes|put_a_pin_in|standby|keep_your_powder_dry",
    "anew": "alive_again|back_on_track|back_in_play|good_to_go|have_at_it|fire_away|full_steam_ahead|game_on|green_lit|crack_on|carry_on|press_on|full_speed_ahead|off_ice|unfreeze|thaw",
    "low": "low|light|short|shy|lean|soft|lower|less|conservative|under|below|beneath|off",
    "other": "another|other|different|a_cheaper|the_cheaper|competing|rival|someone|somebody|your_competitor|a_competitor",
    "outfit": "firm|vendor|company|appraiser|provider|bidder|outfit|shop|crew|guy|house|group|team|office|else|contender",
    "score": "0/10|1/10|2/10|3/10|4/10|5/10|6/10|7/10|8/10|9/10|10/10|0/5|1/5|2/5|3/5|4/5|5/5|8.5/10|9.5/10|4.5/5",
    "party": "borrower|borrowers|buyer|buyers|seller|sellers|owner|owners|applicant|applicants|client|clients|customer|customers|tenant|they|he|she",
    "role": "processor|underwriter|underwriting|uw|closer|lo|loan_officer|borrower|buyer|seller|agent|realtor|boss|manager|branch_manager|client|title|bank|investor|lender|owner|attorney|lawyer",
    "paper": "paper|agreement|contract|msa|arrangement|deal|terms|engagement|subscription|sla",
    "detail": "product|form|form_type|loan_number|loan|loan_type|borrower|borrower's|borrowers|co_borrower|address|due_date|fee|contact|contact_information|lender|lender's|client_name|closing_date|"
    "scope|spelling|name|unit|payment_method|payment|case_number|occupancy|purpose|property_type|zip|street|price|contract_price|phone_number|vesting|intended_user|lender_name|access_contact",
}
