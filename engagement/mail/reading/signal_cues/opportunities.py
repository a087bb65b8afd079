"""How urgency, more business, a renewal and a referral sound.

The notation is that of the package."""

from __future__ import annotations

URGENCY = """
0.9 extremely|very|super|most|really|highly urgent|time_sensitive|critical
0.7 as soon as possible|humanly
0.8 time sensitive|critical
0.8 eod|cob today|tomorrow
0.8 closing|close|closes|closings|settlement|funding|auction .. is|on|are|in|scheduled|set {soon}|the_#
0.8 we|they|loan|borrower|buyers close|closes|fund|closing|are_closing .. {soon}
0.8 lock expir*|expiration
0.8 deadline .. {soon}|approaching|looming|tight|passed|is|missed
0.7 tight|hard|firm|short|strict|drop_dead|looming deadline|deadlines|timeline|turnaround|timeframe
0.8 running|run|out_of|short_on|up_against out_of? time|the_clock|deadline
0.8 clock|time is ticking|running_out|short|of_the_essence
0.8 cannot|can't|can_not|won't|couldn't|could_not wait|afford .. any|longer|delay|until|much|to?
0.8 every day|hour|minute .. counts|costs|matters
0.8 down|outage|offline .. production|system|server|site|all_users|entire
0.7 the sooner the better
0.7 at your earliest
0.7 need .. answer|response|reply|this|it .. quickly|fast|now|today|tomorrow
0.8 schnellstmöglich|umgehend|sofort|unverzüglich|sobald_wie_möglich
0.8 cuanto antes|lo_antes_posible
0.8 lo antes posible
0.8 de inmediato
0.8 dès que possible
0.8 au plus vite
0.8 de toute urgence
0.8 o mais rápido
0.8 il prima possibile
0.8 zo spoedig|snel mogelijk
0.8 加急
0.8 紧急
0.8 尽快
0.8 马上
0.8 立即
0.7 在催
0.8 至急
0.8 need|needs|needed|must|have_to|want|require ... by|before|within .. today|tonight|tomorrow|noon|eod|cob|end_of_day|the_latest|friday_at_the_latest|#_pm_today|hours
0.8 need|needs|needed|must|required .. today|tonight|tomorrow|now|this_morning|this_afternoon|immediately|right_now
0.8 by .. friday|monday|tuesday|wednesday|thursday|today|tomorrow|# .. at_the_latest|latest|without_fail|or_we|or_else|or_the
0.8 at the latest
0.8 or .. bank|loan|deal|we|buyer|seller|lender won't|lose|loses|dies|falls|misses|will_lose
0.7 breathing down .. neck
0.7 pressing|pushing|chasing|hounding us|me|for
0.7 bank|lender|borrower|client|boss|agent|seller|buyer .. pushing|pressing|chasing|hounding|waiting_on_us
0.8 up against
0.8 asap
0.8 need|want .. in_hand .. by
0.8 someone|somebody on this now|right_now|immediately|today
0.7 cannot|can't wait .. until|any|much|longer|that
0.7 moved up to
0.8 down for .. all|everyone|users|us|entire
0.7 this_one|this|order|it|one is|needs a rush
0.8 an emergency
0.8 emergency request|order|repair|here|situation
0.8 please hurry
0.8 in a hurry
0.8 immediate attention|action|response|assistance|reply
0.8 urgent|urgently|asap|eilig|dringend|urgente|urgentemente|spoed|pilne|срочно
0.8 by end of day|today|business|tomorrow
0.8 {askus} ... immediately|right_away|at_once|straight_away|without_delay
0.8 need|needs|must|have_to|required|want ... immediately|right_away|at_once|straight_away|without_delay
0.8 immediately|right_away|at_once|straight_away|without_delay $
0.8 right away|now since|because|the|as|before|or
0.8 stop|cancel|call|send|pull|fix|respond ... immediately|right_away|at_once
0.8 by|before|no_later_than end_of_day|end_of_business|eod|cob|close_of_business|the_end_of_the_day
0.8 {askus} ... by|before|no_later_than|until .. tomorrow|tonight|noon|midnight|today|end_of_day
0.8 must|need|needs|has_to|have_to ... by|before|no_later_than .. tomorrow|tonight|noon|midnight|today
0.7 need|must|want|waiting|someone|somebody ... right_now
0.8 matter of urgency
0.7 rush|expedited|expediting|fast_track|top_priority|high_priority
0.7 {askus} .. expedite|prioritize|prioritise|rush|speed_up
0.7 is|it's critical|crucial|imperative that|we|to|for|you
0.8 run|runs|running out tonight|today|tomorrow
0.7 respond|reply|answer|confirm|get_back|sign|decide|advise .. immediately|right_now|within_the_hour|by_noon|asap|within_#_hours
0.7 {askus} .. respond|reply|answer|confirm|get_back|sign|decide|advise .. today
0.8 closing|closes|close|settles|settlement|auction|hearing_is|trial_is|funding|deadline .. today|tonight|tomorrow|thursday|friday|monday|tuesday|wednesday|noon|this_week|the_#|on_the_#
0.8 leaves|departs|flight|hearing|exam|event|launch|meeting_is .. tomorrow|tonight|in_# .. need|must
0.8 before then
0.8 please .. quickly|hurry|fast|soon_as
0.8 help .. quickly|fast|now|urgently
0.8 need|needs .. out_here|here|someone|somebody .. tonight|today|now|immediately
0.8 can't|cannot wait till|until|any
0.8 expires|expire|expiring today|tonight|tomorrow
0.8 no later than
0.8 need .. in_my_hands|in_hand|in_our_hands|on_my_desk
0.8 lose the|our|my lock|rate|deal|house|closing|contract|sale
0.9 lock|rate|rate_lock|listing|offer|contingency|deadline|contract|commitment .. expires|expire|expiring|runs_out|ends .. today|tonight|tomorrow|soon|this_week|monday|tuesday|wednesday|thursday|friday|in_#_days|in_two_days|in_three_days
0.9 lock|rate_lock|contingency .. expires|expire|expiring|ends|is_up|runs_out
0.8 immediately or
0.8 tick tock
0.8 we|i|they|borrower|borrowers|buyers|buyer sign|close|fund|settle .. today|tonight|tomorrow|monday|tuesday|wednesday|thursday|friday|this_week
0.8 pronto|stat|post_haste|on_the_double|yesterday_if_possible|like_yesterday
0.8 needed .. yesterday
0.8 drop everything
0.8 hair on_fire|is_on_fire
0.8 under the gun
0.8 down to .. wire|last_day|final_hours
0.8 time crunch|pressure
0.8 top of .. pile|queue|list|stack
0.8 bump .. to_the_front|up_the_queue|to_the_top
0.8 without fail
0.8 no time to|left
0.8 at risk|jeopardy .. lock|closing|deal|rate|loan
0.8 lock|closing|deal|rate|loan .. at_risk|in_jeopardy|blows|blows_up|dies
0.8 hours left|to_go
0.8 {soon} .. and .. still|without|nothing|no_report
0.8 front|before .. committee|judge|court|board|council .. at|on .. tomorrow|today|tonight|morning
0.8 lock|rate_lock|extension .. expires|expire|runs_out|is_up|ends|ran_out|run_out|up_on
0.8 we|we're|they|buyers due|supposed|scheduled|set to close|settle|fund .. {soon}
0.8 drop dead date
0.8 walk|walks|walking|lose|loses .. if|unless .. slip|miss|past|not|isn't|late
0.8 settlement|closing|funding .. is|was|got moved|moved_up|bumped|at_noon|tomorrow
0.8 moved|bumped|jump|go .. front_of_the_line|front_of_the_queue|top_of_the_pile|top_of_the_list
0.8 appraiser|he|she|borrower is|are|stuck standing|stuck|waiting|sitting .. gate|outside|door|driveway|right_now
0.8 closing|settlement|funding|close got|was|is|has_been|been moved_up|bumped_up|pulled_forward|pushed_up
0.8 moved_up to monday|tuesday|wednesday|thursday|friday|tomorrow|today
"""

UPSELL = """
0.7 open|opening|opened|opens|launch|launching|launched|adding .. new|second|third|another|our? .. branch|branches|office|location|locations|division|facility|store|warehouse|team|site
0.7 expand|expanding|expansion|expands|growing .. into|to|our|business|team|operation*|footprint|use|coverage|relationship|usage
0.7 expect|anticipate|projecting|forecast|project .. # .. orders|appraisals|files|reports|units|users|loans|a_month|per_month
0.7 # .. orders|appraisals|files|reports|assignments|loans|units a|per|each|every month|week|quarter|year
0.7 more|additional|increase|increased|increasing|extra|higher|greater|double|doubling .. volume|business|orders|licenses|seats|users|capacity|quantity
0.7 more|additional|all_of_our|rest_of_our business|work|volume|orders .. you|your_way|to_you
0.6 do|can|could|would you|your_team|your_firm|your_company .. also|too|cover|offer|handle|provide|support|do .. county|counties|state|area|areas|commercial|desktops|helocs|bpos|service|services|product|too|also|as_well|other|region|reviews|integration|training|installation
0.6 do you|your also|cover|offer
0.6 you .. cover|handle|serve .. county|counties|state|region|area|areas|market
0.7 add|adding|purchase|buy|order|include .. more|additional|extra|another|# .. users|seats|licenses|units|services|modules|features|locations|counties|states|properties|products|licences
0.6 request for|an|a|your .. proposal|quote|bid|pricing|quotation
0.6 bid|quote .. requested|needed|request|due|wanted
0.6 volume|bulk|bundle|package|multi discount|pricing|deal|rate
0.6 looking|searching|hunting|need|want for? a|an|another|new|additional vendor|partner|provider|supplier|appraiser|firm|solution
0.6 acquired|acquiring|merging|merger .. bank|company|lender|branches|firm|locations|#
0.6 preferred|exclusive|sole|primary vendor|provider|partner|supplier
0.6 can|could you .. handle|take_on|accommodate|support .. more|additional|portfolio|volume|#|larger
0.6 sucursal|sucursales|ampliar|ampliación|adicionales
0.6 nueva sucursal
0.6 nouvelle succursale|agence
0.6 neue|neuen|zweite filiale|niederlassung|zweigstelle
0.6 erweitern|ausbauen|zusätzliche
0.6 新分行
0.6 更多 .. 订单
0.6 扩大
0.6 {askus} .. bid|quote|price|propose us|me|on|this|a|an|our|some|these|for|the|#|out|additional|it
0.6 let us|me know .. fee|price|pricing|rate|rates|cost
0.6 submit|invited|invite .. {bids}
0.6 {bids} .. must|due|should .. received|submitted|by|in
0.6 cotización|cotizar|presupuesto
0.6 devis|soumission
0.6 angebot|kostenvoranschlag
0.6 报价|询价
0.7 take|cover|handle|serve|add|do .. county|counties|state|states|region|area|areas|market|markets
0.7 interested in .. handling|taking|doing|covering|those|them|that|too|also
0.7 hiring|onboarding .. officers|loan_officers|producers|originators|branches|people|reps
0.7 volume .. double|triple|increase|grow|jump|rise|pick_up
0.7 licensed in
0.7 need|want|looking_for .. coverage
0.7 more|another|additional|further|big|large .. batch|portfolio|work|projects|jobs|orders .. coming|for_you|have_the_capacity|january|next|soon
0.7 do you .. have .. capacity
0.7 only use|used|using you for
0.7 benefits|features|difference .. plan|tier|enterprise|premium
0.7 opening|open|opened .. second|third|another|new .. store|location|office|branch|shop|site|warehouse|clinic|restaurant
0.7 need|needs|want|add|adding|like|quote|buy|purchase|get ... more|additional|extra|#|ten|twenty|five seats|licenses|licences|users|units|accounts|copies|lines|vehicles|devices
0.7 can|could|like_to|want_to|love_to .. add .. module|feature|service|package|option|plan|product|license*|seat*|user*|location*|line|to_our_account
0.6 growing .. pipeline|business|portfolio|team|demand
0.7 acquired|merged|bought|acquiring .. branches|bank|savings|company|lender|firm
0.6 do|could|can|would you .. commercial|desktop|desktops|reviews|helocs|industrial
0.6 how much .. charge|would_it|would_you|would_that|do_you|does_it|for_a|for_an
0.6 price per
0.7 orders|business|work|everything|appraisals|volume|all|files|loans ... run|go|flow|route|send|move .. through|to you
0.7 send|sending|give|giving|shift|route|move|direct|bring .. more|additional|all_our|all_of_our|most_of_our .. business|volume|orders|work|files .. you|your_way|your_team?
0.7 send|sending|give|giving you|your_team .. more|additional|all_our|all_of_our .. business|volume|orders|work|files
0.6 keep|keeping|have you|your_firm|your_name|your_company in mind
0.6 pilot .. program|with_you|project
0.6 interested in .. your services|service|products|product|other|additional|premium|package|plan|platform|offering*|solution*|desk|commercial
0.6 interested in adding|upgrading|expanding|purchasing|buying|using_your|trying_your|more_of_your
0.7 we|i|we'd|i'd|like_to|want_to|considering|thinking ... upgrade|upgrading .. our|my|to|plan|account|package|subscription|tier|service
0.7 upgrading our|my
0.6 provide|send|submit|give|need|request|requesting|want|prepare .. bid|bids|quote|quotes|proposal|proposals|rfp|quotation|estimate
0.6 provide|send|submit|give|need|request|requesting|want|share .. pricing|price_list|rates|fee_schedule .. for|on|us
0.6 what other services|products|options|plans
0.7 something|services|anything you offer|provide
0.7 around|about|roughly|some|at_least|up_to # a|per|each month|week|quarter|year
0.6 will|going_to|we'll need|require|be_needing|be_looking .. reports|appraisals|valuations|vendors|inspections|additional|reviews
0.6 budget|capacity|bandwidth .. for|to take|handle|more|expand|grow|add
0.6 next|another|new|upcoming|large|big|future batch|portfolio|phase|wave|pipeline
0.6 new line_of_business|product_line|lending_program|division|channel
0.7 we|we're|we_are|we'll ... starting|launching|adding|building|rolling_out|start|launch|add .. channel|program|division|product_line|line|department
0.7 starting|launching a|an|our .. channel|program|division|product_line|department
0.7 moving|move|stepping|switching|upgrade|upgrading up? .. to enterprise|the_enterprise|premium|the_premium|pro|the_pro|a_larger|a_bigger|a_higher|the_next_tier|a_business_plan
0.6 requesting|request|requests|soliciting|seeking|invite|inviting|collecting .. {bids}
0.6 need|want|would_like|i'd_like|we'd_like|looking_for a|an|your|some|two|three .. {bids}
0.6 {askus} .. provide|send|give|submit|prepare|share|get|forward|email .. {bids}
0.6 {askus} provide|send|give|submit|prepare|share ... bid|quote|proposal|bids|quotes
0.6 your fee|price|rates|pricing .. for|and|on
0.6 fee and delivery|turn|turnaround|timing|timeline
0.6 what price|fee|fees|rate|rates|would_you|do_you|will_you|would_that|would_it .. charge|offer|quote|cost|come_to
0.7 moving|expanding|growing|branching|going|getting into .. market|markets|area|areas|state|county|counties|region|commercial|lending|business
0.7 area|areas|market|markets|county|counties|region|state|states|territory .. you .. cover|serve|service|work|handle
0.7 able to .. take|take_on|handle|cover|serve|support .. #|more|additional|month|area|county|reviews|volume|us?
0.7 vendor|appraiser|amc|provider|supplier .. quit|left_us|closed|retired|dropped|went_out_of
0.7 take over .. our|for|maintenance|management|account|work|as_well|too
0.7 headcount|volume|team|business|production|pipeline|originations .. grow*|grown|doubl*|increas*|going_from|rising
0.7 thirty|twenty|forty|fifty|ten|a_dozen|several more
0.6 number from you
0.6 what do you charge
0.6 sealed bids|proposals
0.6 requests|invites|seeks .. bids|proposals|quotes
0.6 would|could|can you .. also|as_well|too
0.6 what you'd|you_would|would_you|do_you want|charge|ask|take|quote|bill .. for|on|to_value|and
0.6 ballpark|rough|round number|figure|fee|price|quote
0.6 what's|whats|what it|this|one|would|will .. set_us_back|set_me_back|run_us|cost_us
0.6 care|like|willing|game|interested|want|up|room .. to|in|for bid|quote|price|bidding|quoting|pricing
0.7 hang*|hung|put|setting|set|opening a|up|out? .. shingle|shop
0.7 steady|more|plenty_of|lots_of|a_lot_of|heaps_of work|business|files|orders .. in_it|for_you|your_way|coming
0.7 more where .. came
0.7 a dozen|couple_dozen|hundred|handful .. a|per|each|every month|week|quarter|year
0.7 your|you folks|people|guys|appraisers|team|crew|you .. go|travel|reach|get|venture|work|cover .. far|that_far|out_there|south|north|east|west|down_there|up_there
0.7 starting|start|begin|beginning|going to? lend|lending|originate|originating .. in|county|counties|state|commercial|construction|reverse
0.7 take|handle those|these|them|that on|too|as_well .. too|as_well|also?
0.7 other|another|sister branch|division|department|arm .. asked|needs|wants|could_use|looking
0.6 writing|doing|originating|closing loans|business|mortgages .. in|too
0.6 know|knows|familiar .. way_around|area|market|territory|region
0.6 what you'd ask|want|charge .. for
0.6 what are|do|would .. charging|charge|asking|getting .. for|these_days|nowadays
0.7 somebody|someone|who .. has|have|needs|need to? appraise|value|cover .. for|them
0.7 closed|close|closing on .. purchase|acquisition .. of .. bank|lender|company|branches|credit_union
0.6 please|kindly bid
0.6 what sort|kind|amount of money|fee|price|budget|cost
0.7 have|having people|folks|officers|staff|a_branch|an_office .. in .. and|by|soon|next|march|spring|summer
0.7 is|are + .. somewhere|anywhere|an_area|a_place you .. go|cover|work|serve
0.6 send|give|email|quote|name me|us a|your price|fee|number|figure
0.6 valued|appraised|done a|an|any + .. price|fee|quote
0.7 take|handle|do|absorb|manage double|triple|twice|half_again|more
0.6 what do_you|would_you|you take|charge .. for .. like_that|something|this|that|one
0.7 wants|want in $
0.7 # more files|orders|appraisals|reports .. a|per|each month|week|year|quarter
0.8 hired|hiring|added|adding|taken_on|took_on|onboarded|brought_on .. loan_officers|originators|lenders|processors|branches|los
0.8 open|opening|opened|launching|starting|setting_up .. branch|location|office|division|desk|region|group|team .. in|january|spring|and|next|will
0.8 business is .. booming|picking|growing|taking_off|up|busy
0.8 need|needing|require|requiring|expect|expecting .. #|around|about|roughly|some .. orders|files|reports|appraisals|narratives|desktops|hybrids .. a|per|each|every month|quarter|week|year
0.8 ramp~ up .. #|orders|volume|condo|files
0.8 first in|on line|list .. orders|files|work|business|call
0.7 start|begin|starting|beginning sending|using|ordering|routing .. you|through_you|your
0.8 routing|moving|shifting|switching|bringing|sending .. our|the|all .. orders|business|volume|mortgages|files|work .. you|your_way|over
0.8 getting|get|give|giving .. all_of_our|all_our|our .. files|orders|draws|business|reports|too
0.8 take|taking on|over .. our|the .. business|orders|volume|work|portfolio
0.8 files|orders|appraisals|business|work|loans have|has|need|needs to go|come .. somewhere|you|way
0.8 their|our|the appraisals|orders|files|business will_come|come|coming|are_coming .. your_way|to_you
0.7 more|others|two|several|few|another .. coming|come .. out|in .. january|spring|summer|fall|next|new|and|quarter
0.7 there will_be .. others|more|another
0.7 on|keep_you_on .. the|our list .. next|for|january
0.7 keep|kept you in_mind .. next|for|future
0.7 would|do|could you .. offer|do|cover|handle|take .. hybrids|desktops|commercial|reverse|rural|land|wyoming|multifamily|too|as_well
"""

RENEWAL = """
0.8 renew|renewal|renewing|renews|renewed|re_sign|resign .. {agreement}|another|for|our|with_you|year|terms|option
0.8 {agreement} .. expires|expire|expiring|expiration|renew|renews|renewal|renewing|up_for_renewal|ends|ending|runs_out|lapses|extend|extended|extension|is_up|comes_up|coming_up|comes_to_an_end|terminate*
0.8 extend|extending|extension|prolong .. {agreement}|another_year|for_another|two_more
0.8 up for renewal
0.8 renewal .. terms|date|pricing|rate|quote|discussion|notice|paperwork|documents|options|offer|rates|proposal|conversation|of|is|coming|period|due
0.7 auto|automatic|automatically renew*
0.7 renegotiate|renegotiating|renegotiation .. {agreement}|terms|rates|fees|pricing
0.7 expires|expiring|expire|ends .. {agreement}
0.7 option to renew|extend
0.7 current|existing {agreement} .. through|until|ends|expires|term|up
0.7 multi year|multiyear
0.6 sign|signed|extend .. amendment|extension
0.6 annual|yearly|contract review .. agreement|contract|rates
0.7 not|decided|decide|plan|intend|planning .. to renew
0.8 renovar|renovación .. contrato|acuerdo|convenio|suscripción?
0.8 contrato|acuerdo .. vence|vencimiento|renovar
0.8 renouveler|renouvellement|reconduction
0.8 contrat .. expire|échéance|renouveler
0.8 vertrag|rahmenvertrag|vereinbarung|abo .. verlängern|verlängerung|läuft|endet|auslaufen|läuft_aus
0.8 verlängern|verlängerung .. vertrag*|rahmenvertrag|vereinbarung
0.8 rinnovo|rinnovare|renovação|verlenging|verlengen
0.8 续签
0.8 续约
0.8 合同 ... 到期
0.8 lapse|lapses|lapsed|runs_out|run_out|up_in|is_up|are_up|ends|expires|expire|expiring|terminates .. {agreement}
0.8 {agreement} ... runs_out|up_in|is_up|lapses|lapse|ends|expires|expire|expiring|end_of_term|year_end
0.8 not .. renew|renewing
0.8 non renewal
0.8 verlängern|verlängerung
0.8 renovar*|renovación
0.8 renouvel*
0.8 contrato ... vence
0.8 vertrag|rahmenvertrag ... aus|verlängern|endet
0.8 terms for the_next|another
0.8 renew automatically
0.8 renew|renewing|renewal|extend|extending ... another|year|years|months|agreement|contract|msa|arrangement
0.7 another|additional|further year|term|two_years|three_years|#_years .. agreement|contract|terms|rate|under
0.8 keep|continue|continuing .. agreement|contract|arrangement ... another|next|year
0.8 {agreement} .. through|until|good_through #|in|at|december|june|march|next|the_end|year_end|end_of
0.8 rates|pricing|terms|fees .. for|in next|another|new|second term|year|contract
0.8 next term|contract_term|contract_year|contract_period
0.8 extension .. agreement|contract|msa|master|term
0.8 sign .. extension|renewal
0.8 original|current|existing {agreement} .. ends|expires|runs|up
0.8 renewal offer|proposal|terms|quote|pricing
0.8 {paper} .. runs_dry|runs_out|run_out|is_up|lapses|sunsets|sunset|comes_due|winds_down|times_out|rolls_over|dies
0.8 same deal|terms|rates|arrangement|conditions|pricing|fees .. another|again|next .. months|year|years|term|round|go_round|twelve?
0.8 another|next|further twelve_months|#_months|twelve|twenty_four|go_round|lap|two_years|three_years
0.8 re_up|re_upping|roll_over|rollover|roll_it_over|re_ink .. another|again|deal|year|contract|agreement|for|us?
0.8 stick|stay|staying|sticking with_you|on_with_you .. another|next|year|term
0.8 {paper}|relationship|partnership .. turns_into|pumpkin|comes_to_an_end|end_of_life|comes_to_its_end
0.8 keep|keeping it|this|the|our .. alive|going|running|in_force|in_place|rolling .. through|until|till|another|past .. #|year|years|term
0.8 {paper} .. term|period .. comes_to|ends|expires|closes|over
0.8 coming|come|comes up on the_end|expiration|renewal|two_years|three_years|the_term
0.8 carry|carrying|continue|continuing on .. at|under|with .. present|current|same|existing rates|terms|fees|pricing|schedule
0.8 {agreement}|{paper} ... another round|go|lap|turn|stretch
0.8 {agreement} .. has|have # .. left
0.8 sign .. # more years|months|terms
0.8 {agreement}|{paper} .. last|final month|weeks|days|year|quarter
0.8 draw up another|a_new_one
0.8 pricing|price_list|fee_schedule|price_sheet|rate_sheet|pricing_letter|fee_letter|rates .. lapse~|expire~|runs_out|run_out|sunset*|ends
0.8 {agreement} .. nearly|almost|about|soon|is|are over|up|done|through .. $
0.8 {agreement} .. with_you|with_us .. nearly|almost|about over|up|done
0.8 spot|seat|place|slot|position .. panel|roster|list .. runs|until|ends|expire*|through|renew*
0.8 roll|rolling|carry|carrying .. over .. you|us|same|terms|agreement|another|new|or|$
0.8 vote|voting .. on|to renew*|extend*|continue|keep
0.8 keep|continue|carry_on going|working|on .. same .. terms|rates|fees|pricing
0.8 do|sign|put another|two_more|one_more|# .. years|year .. $
"""

REFERRAL = """
0.7 referred|recommended|suggested|introduced .. by|you|us|me|your_name|your_firm|your_company|your_services
0.7 referral from|to|for|by|of
0.7 refer|recommend|referring|recommending .. you|your|them|him|her|friend|colleague|client|clients|others|business|someone|people
0.7 speaks|speak|spoke|spoken highly|well|glowingly of|about
0.7 heard .. good|great|wonderful|about_you|nice .. from|things|through
0.7 heard about you|your_firm|your_company|your_services .. from|through
0.7 gave|passed|shared|given|got|provided|forwarded|mentioned .. your name|number|contact|info|card|details|information
0.7 told|tell|telling|mentioned|mention .. about you|your_firm|your_services|your_team|your_company
0.7 told .. to call|contact|reach_out|email|get_in_touch|you
0.7 pass|passing|passed|share|sharing|give|giving .. your name|info|contact|number|details .. to|along|on|around|with
0.7 introduce|introducing|connect|connecting|introduction .. you|them .. to|with|colleague|friend
0.7 intro|introduction to you|our|my|a|the
0.7 word of mouth
0.7 friend|colleague|counterpart|associate|partner|contact|neighbor|neighbour|peer|brother|sister .. recommended|suggested|referred|said|needs|looking|uses|swears|interested|wants|told|mentioned
0.7 suggested|said|recommended|advised|thought .. i|we|that_i|that_we|to contact|reach_out|call|reach|get_in_touch|email|talk|speak|try .. you?
0.7 on the recommendation
0.7 came|comes highly|well recommended
0.7 highly recommend* .. by|from|you|your|to
0.7 happy|glad|willing to be a reference
0.7 serve as|be a|your reference .. for_you|anytime|happy?
0.7 good|great|strong candidate|fit .. for_you|you_should
0.7 you should talk|speak|meet|connect|reach to|with|out
0.7 they|she|he|who .. need|needs|looking_for .. appraiser|appraisal|vendor|someone_like_you|services|similar
0.7 sending|send .. friend|colleague|someone|client .. your_way|to_you
0.7 your way .. friend|colleague|referr*|client|name
0.7 at the suggestion
0.7 recomendó|recomendaron|recomendado|recomendada|recomendación|referido
0.7 recommandé|recommandée|recommandés|recommandation
0.7 empfohlen|empfehlung|weiterempfehlen|weiterempfohlen
0.7 recomendou|indicou|indicação|consigliato|consigliati|aanbevolen|raccomandato
0.7 推荐
0.7 介绍 ... 贵公司
0.7 colleague|friend|counterpart|associate|partner|client_of_mine|client_of_ours|neighbor|buddy|sister|brother|cousin|peer ... looking_for|needs|need|in_need_of|searching_for|wants|interested|asked|love
0.7 thought of you .. for|because|when|as .. job|order|file|project|client|friend|work|appraisal
0.7 mind if i|we share|pass|give .. your
0.7 share|shared|pass|passed|give|gave|given|got|get your contact|details|name|number|info|card|email|contact_details|contact_info|information
0.7 introduce|introducing|connect|connecting|put|putting .. you|them|her|him|us|you_two .. to|with|in_touch|two
0.7 let me introduce you|my|our|a
0.7 introduce you to
0.7 recommended|recommend|recommending|referred|referring|suggested|suggesting you|your|us_to_you|them_to|him_to|her_to
0.7 told .. about you|your
0.7 told me|us .. you|your .. great|good|excellent|do|best|could|might|were|are
0.7 said you|your .. might|could|were|are|can|do|did|may|helped|handled
0.7 reached|reaching out|contacting|writing|emailing .. at|on|because|after .. suggestion|recommendation|referral|recommended|referred|suggested
0.7 your name was|came|has|is .. given|passed|mentioned|recommended|up
0.7 heard .. about|of you|your
0.7 sent|send|sending|steer|steering|directed .. your_way|to_you
0.7 recommandé|empfohlen|recomendó|recomendado|consigliato|推荐
0.7 neighbor|friend|colleague|boss|sister|brother|partner|coworker|co_worker|client .. used|uses|raving|raves|loved|loves|swears|recommends|worked_with .. you|your?
0.7 gave|give|given|giving|passed|sent him|her|them|it .. your|you .. number|name|card|contact|info|details|email?
0.7 needs|need|wants|looking_for .. appraiser|appraisal|someone|help .. too|also|as_well
0.7 raving|rave|raves .. about?
0.7 so here i_am|we_are
0.7 sent me|us .. you|your_way
0.7 suggested|recommended .. call|contact|you|try
0.7 swears|swore by you|your|meridian
0.7 sings|sang|singing .. praises
0.7 couldn't|can't|won't stop|quit talking|raving .. about|you
0.7 told|telling|said|says .. i'd|we'd|you're|you_are|you_were .. crazy|best|only|go_to|good|great|person|people|folks|ones
0.7 pointed|points|sent|steered|directed|put me|us .. your_way|to_you|on_to_you|onto_you|in_your_direction|your_direction
0.7 vouches|vouched|vouching for
0.7 on the advice|say_so|word of
0.7 got your|you name|number|from .. from
0.7 friend of mine|ours|the_family
0.7 come|comes|came by way_of|through
0.7 passing|passed|handed|handing .. your_name|your_card|your_number
0.7 said|says you're|you_are|you_were .. folks|people|one|ones|best|firm|company|team .. know|call|talk|use|ask|see|for|in|to?
0.7 via|through|thanks_to|courtesy_of my|our|a|your friend|colleague|client|mutual
0.8 gave|given|give|passed|passing|handed|pass|hand|shared .. your name|number|card|details|information|contact|email|info .. to|on|out|her|him|them|and|$
0.8 gave|give|handed|passed|slipped her|him|them|someone|somebody .. your name|number|card|details|contact|info
0.8 told|tell|telling .. friend|colleague|partner|counterpart|buddy|neighbor|cousin|brother|sister|peer .. about you|your
0.8 copying|cc'ing|ccing|introducing|meet .. from .. looking|needs|wants|search*|unhappy|who
0.8 asked who|whom we|i use|uses|recommend .. and|so|gave|told
0.8 mentioned .. your name|firm|company|services|you .. to
0.8 you should know|meet each_other|one_another
0.8 highly|warmly|come|comes recommended
"""
