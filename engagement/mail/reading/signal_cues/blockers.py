"""Idioms and courtesies that sound like a signal: a cue that shares words with one says nothing.

The notation is that of the package."""

from __future__ import annotations

BLOCKERS = """
urgency no|not|isn't|wasn't|nothing|nor|without|never rush|hurry|urgent|emergency|urgency|pressing|immediate|urgently
urgency not .. urgent|rush|pressing
urgency rush hour|limerick|street|ave|county|university
urgency urgent care
urgency emergency contact|contacts|room|exit|lighting|vet|department|services|plumber
urgency for emergencies|urgent_matters|immediate_assistance|emergency|urgent
urgency if urgent|it's_urgent|this_is_urgent|immediate|you_need_immediate
urgency urgent matters|inquiries
urgency take your time
complaint no|without|zero|never .. complaint|complaints|problem|problems|issues|issue|errors|error|mistakes|concerns
complaint problem|issue|error|trouble|complaint|hassle free
complaint complaint department|desk|form|policy|procedure|log|line|number
complaint any .. complaints|problems|issues|concerns|questions
complaint if .. complaint|complaints|problem|problems|issues|unhappy|dissatisfied|not_satisfied|unsatisfied
complaint sorry|apologies|apologize|apologise|apology|pardon|forgive .. late|delay|delays|slow|inconvenience|wrong|mistake|confusion|missed|missing|trouble
complaint my|our mistake|error|bad|fault|apologies
complaint not|no .. disappointed|disappoint|unhappy|upset|angry
complaint won't|will_not|wouldn't|doesn't|don't|never|didn't|not disappoint|disappointed|let_you_down
complaint wrong with .. nothing
complaint nothing wrong
complaint correct me if i'm_wrong
renewal e&o|insurance|license|licence|certification|certificate|domain|passport|driver's|registration|policy|credential|liability .. renew*|expir*
renewal renew*|expir* .. e&o|insurance|license|licence|certification|certificate|domain|passport|registration
renewal urban renewal
renewal renewal district|area|energy
renewal renewable|renewables
renewal library book
renewal purchase|sales|listing|sale|option|lease contract|agreement .. expires|ends|extension|extended
renewal extend|extending|extension .. contract_date|closing|closing_date|due_date|deadline|lock|rate_lock|contingency|invitation|our_thanks|apologies|an_invitation
renewal quote|bid|offer|lock|rate|listing|link|password|coupon|card .. expires|expire|expiring
referral refer to|back|below|above
referral referred to as|in
referral reference number|no|#|our|your
referral cross reference
referral in reference to
referral with reference to
referral referral fee|fees|code|source|agreement
referral recommended .. practice|practices|settings|changes|repairs|by_the_engineer|reading|price|value
referral we recommend
referral recommend .. that|repairs|to_you_that|holding|waiting|you_use|using
referral introduce myself
referral introducing myself
complaint worst case
complaint still waiting for the borrower|our|title|payment_from_the_borrower
urgency thank|thanks .. rush|expedit*|quick|prompt
urgency thanks for .. rushing
urgency no longer .. urgent|rush|needed
urgency was|were urgent
urgency rush fee|fees|charge|surcharge .. included|schedule|policy|waived|removed
urgency immediate family|supervisor|area|vicinity|neighborhood|manager|past
urgency immediately after|following|upon|adjacent|before|above|below|prior
urgency effective immediately
urgency as soon as .. i|we|you|they|it|he|she
urgency at your earliest convenience
urgency at your convenience
urgency when you get a chance
urgency whenever you
complaint drop .. your_hat
complaint any .. problem|issue|trouble
complaint there is|are|were|was|we_had|had|have no|not_any problem|problems|issues|issue|complaints
complaint complaint|complaints|complain .. handling|policy|procedure|process|form|log|register
complaint borrower|tenant|owner|seller|landlord|neighbor|they|she|he were|was|is|are unhappy|upset|angry|frustrated .. value|with_the_bank|with_their
complaint wrong product|form|address|one .. we|ordered|cancel
complaint we|i ordered|entered|sent|picked|chose the? wrong
complaint your|our|this|invoice|invoices|account|payment|balance|records .. past_due|overdue
complaint your site|website
complaint not had|have .. chance|time|opportunity
complaint no one|nobody else
complaint still .. house|home|property|occupied|there|on_track|good|valid|open|available|in_the|need|works|looking|reviewing
complaint can't|couldn't|could_not .. happier|better|thank|recommend|more_pleased|wait
complaint couldn't ask
complaint nothing but praise|good
complaint nothing was owed|needed|due
complaint why .. don't_we|not_meet
complaint refuse to .. disappoint
upsell reviewed|received|read|got|accept|accepted|approve|approved|declined|reject .. {bids}
upsell your|our|the {bids} .. was|is|has|includes|include|still|accepted|approved
upsell accept|accepting|approve|question|questions|about|regarding|on|re|for your|the|our {bids}
upsell quote|bid|proposal .. selected|accepted|not|award*|expires|good
upsell expanding foam|tank|joint
upsell quote unquote|from|of_the_day
upsell we help|offer|provide|are_a|specialize
upsell renewal pricing|price|quote|rates|terms
upsell storage|heap
upsell open house|permit|permits|houses|space|plan|floor
referral refer .. attached|schedule|section|page|exhibit|appendix|terms|document|manual
referral do|would|what|which|can .. you recommend
referral recommend .. for a|this|for_a_property
referral introduce a|the|new|myself|this topic|product|law|bill|rule|policy
referral previously|as|already shared|gave|mentioned
referral share .. your|details|information .. with .. third_parties|anyone|others
referral not .. share
referral please|can_you|could_you share|give|send .. your
referral introduce .. ourselves|myself
referral introduce|connect .. call|meeting|portal|system|server|internet|network
urgency by .. end_of_day|eod|cob .. if_possible|would_be_great|is_fine
urgency urgent care|cares
urgency this isn't|is_not|not .. urgent|emergency|rush
urgency rush|urgent .. not|no .. needed
urgency emergency .. fund|fund|contact*|plan|drill|repairs|declaration|evacuation
urgency immediate|immediately adjacent|area|vicinity|family|surrounding
urgency rush fee|fees|charge
urgency deadline .. extended|moved|waived
urgency asap .. no
urgency can't|cannot wait to
complaint worst and|case|likely|of_it
renewal cancel .. subscription|membership
renewal before .. trial|membership
renewal extending|extend .. terms .. from|to #?
referral you with|to a|our|the professional|team|experts|agents|companies|app|home*
urgency i'll|i_will|we'll|we_will|i_can|i_should|we_should|will_try|we_can|will_have .. by .. eod|end_of_day|cob|tomorrow|today|noon
urgency i'll|i_will|we'll|we_will|we|i_can .. immediately|right_away|at_once|asap|as_soon_as_possible
urgency as soon as .. possible .. i'll|we'll
urgency asap .. i'll
upsell insurance|licence|w_9|certificate .. send|provide
urgency i|we should|could|can|might|will|to have .. by
urgency call|click|visit|register|subscribe|activate|sign|log|download .. immediately|right_away|right_now
urgency can|able|allow*|view|use .. immediately
complaint that|we|i had to cancel
complaint arrive late
complaint our|my|the schedule is|'s
urgency can't|cannot wait $
urgency if|should you|anyone|there|anything .. need|today|tomorrow|asap|immediately|urgent
urgency i'll|we'll|i|we am|are|will|have|try .. asap
upsell we|i can|will|would|could|able_to provide|send|offer|give|prepare .. {bids}
upsell discuss|discussing our|my|the {bids}
upsell our|my|the {bids} .. with_you|to_you
complaint if you|anyone|there|any .. wrong|unhappy|dissatisfied|late|error|complain*|problem
renewal if you .. renew|extend
referral if you|anyone .. refer|recommend
referral we|i can|will|would|could connect|introduce|recommend you .. with|to? a|our|the
complaint just noticed|realized i|we put|typed|entered
complaint cancelled|canceled before|by|inspection|my|reservation
complaint lose the|our|my lock|rate|deal
complaint wrong zip|address|name|loan|borrower|unit .. on|i_put|we_put
complaint i|we put|typed|gave|listed .. wrong
upsell as well as
upsell no later|more
urgency in rush
urgency no later than .. days|after
renewal passport|visa|license|lease_renewal|prescription|membership_card .. renewal
urgency at|by your earliest
urgency no pressing|hurry
referral let me introduce myself|our|the|a
renewal assurance|licence|attestation|certificat|d'assurance .. renouvel*
upsell nehmen|annehmen|angenommen|akzeptieren .. angebot
upsell volume has grown
upsell angebot .. an|angenommen|annehmen|erhalten
complaint foundation|wall|ceiling|roof|basement|window|driveway|pipe .. cracked|leaked|leaking|flooded|sagging
complaint cracked|leaking|sagging|flooded .. foundation|wall|ceiling|roof|basement|window|driveway|pipe
complaint crack|damage|leak|mold in|on|to the .. property|house|home|basement|roof|foundation
complaint resend|re_send|send|provide|forward|copy ... never|not|didn't|haven't .. received|got|get|gotten|arrived|seen|came
complaint never|not|didn't|haven't .. received|got|get|gotten|arrived|seen|came ... resend|re_send|send_again|send_it_again|send_another|another_copy
complaint {party} .. went|going|go|gone|decided|chose|took|moved|taking ... another|different|elsewhere|someone_else
complaint {other_system} .. connection|service|app|software|site|system|website|portal|is|are|was .. down|drops|slow|offline|out
complaint {value} .. too .. low|high
complaint {party} .. never|not|hasn't|haven't|didn't|won't|can't|isn't .. called|answered|responded|replied|returned|received|paid|signed|picked|reach|home|available|show*
complaint patience of|with|is_a
urgency come|comes|appraise|appraises|value|number|hit|lands|supports ... or .. deal|loan|buyer|seller|bank|we
urgency {value} .. or the|my|our deal|loan dies|is_dead|falls
upsell move_forward|moving_forward|go_ahead|going_ahead|proceed|proceeding|go|going|start|sign|agree|ready ... {bids}
upsell {bids} .. looks|looked|was|were|came_in|expires|expired|stands|still
upsell got|have|saw|read|discussed|presented|shared|comparing|reviewing|considering|attached the|your|all|both|their? {bids}
upsell {bids} .. include|includes|included|cover|covers|assume|assumes
upsell ballpark|rough|round number .. of|bedroom*|bath*|value
referral friend of .. court
referral got your name|number|you .. from .. website|google|internet|directory|list|online|portal|search
referral got your message|email|note|call|voicemail|report|invoice|bid|quote|proposal|mail
complaint never|not|didn't|haven't|hasn't|don't .. received|got|get|gotten|seen|find|have|see|arrived .. {letter}
complaint {letter} .. never|not|didn't|hasn't .. arrived|received|came|come|reached|through|attached
complaint ap|accounting|accounts_payable|payables|our_ap never|not|didn't|hasn't .. got|received|get|gotten|seen
urgency closing|lock|deadline|settlement ... moved|extended|pushed|postponed|delayed .. to|back|out|until|till
urgency submit|send|provide|return|receive|received ... {bids}|fee|fees|proposal ... by|before|due|no_later_than
urgency {bids} ... by|due|before|no_later_than
upsell trip|rush|cancellation|tech|late|additional|extra|inspection|revised|new|appraisal|complex fee|fees|charge
upsell upgrade|upgrading .. this|it|order|#|one|appraisal .. to
complaint excuse my|me|the|our
complaint excuses .. my|delay
urgency ab_sofort|immediately .. ist|address
upsell devis|angebot|cotización|preventivo ... mais|aber|pero|ma
renewal purchase|sales|sale contract|agreement
complaint {party} said|says|mentioned|reported .. nobody|no_one
complaint w|w_9|#_9 request|form
complaint missed your|a|the|my call|calls|email|message|text|voicemail
complaint isn't|not|doesn't|won't|wouldn't work|working for me|us|him|her|them
complaint my|our|his|her phone|computer|car|laptop|printer|fax|email|scanner|internet|dog .. broken|down|dead|stolen|lost|slow|acting_up
complaint not your|my|our|his|her problem|fault|mistake
complaint {party} .. hard|difficult|impossible|tough to reach|get|catch|schedule
complaint anyone|anybody there who|to|that|with
complaint {party} .. called|asked|emailed|texted .. twice|times|again
urgency anything|something|nothing|matters urgent|pressing
upsell revised|updated|signed|final|amended {bids}
urgency how close
urgency close to|by|proximity|friend
upsell {bids} .. for|during .. renewal|next_term|term
complaint not told|informed .. yet|you
complaint {party} .. lose|loses|losing|lost their|his|her|the lock|rate|deposit|patience?
upsell your fee|price|number|rates|pricing .. works|is|was|accepted|approved|looks|seems|fine
urgency all|both|# at_once
upsell fee difference|differences|change|changes
upsell cost|costs|price .. me|us
urgency bump .. to_rush
complaint old|previous|last|former one|number|address|version .. wrong|incorrect
complaint missed call|calls from|on|yesterday|your|by
complaint clear|cleared to close
complaint you're|you_are done with
complaint meant|intended|sent for|to someone_else|somebody_else|another
complaint when|once|after|until .. is|are|be done with
complaint why .. were|was|they|it .. not|never used|considered|chosen|selected|included
complaint try|trying .. again after|later|tomorrow|at
complaint torn up
complaint number|phone|line|cell is|went|was dead|disconnected
complaint request|reminder|message|follow_up .. hope|hoping .. finds_you
complaint never|not|no got|received|seen|saw|had .. confirmation|acknowledgement|acknowledgment|receipt
complaint he's|she's|they're|he_is|she_is|they_are .. unhappy|frustrated|dissatisfied|fed_up with|about his|her|their|the_present|the_current
complaint moving|sending|switching|bringing|shifting|routing ... to_you|over_to_you|your_way
complaint nothing|not_a_thing ... complain about
complaint deal|loan|sale|purchase|transaction is|was dead|off
complaint did you call
complaint expect more from us|me|our
"""
