"""What an opportunity signal sounds like: tables of phrases with their strength, one a line, in the notation of `phrases`.

`BLOCKERS` are idioms and courtesies, each with the signal it is mistaken for: a cue of it that shares words with one says nothing. What lives here: words. What does not: negation, questions
and whose words they are (`signals`).
"""

from __future__ import annotations

GROUPS = {
    "soon": "today|tonight|tomorrow|this_morning|this_afternoon|this_evening|monday|tuesday|wednesday|thursday|friday|in_#_days|in_#_hours|in_two_days|in_three_days|this_week|the_#|#",
    "agreement": "agreement|agreements|contract|contracts|msa|subscription|retainer|sla|term|membership|license_agreement|service_agreement|lease|plan|maintenance|support_contract|arrangement|partnership|engagement|policy_term|deal",
    "late": "late|overdue|delayed|behind|past_due",
    "wrong": "wrong|incorrect|inaccurate|mistaken|erroneous|faulty|defective|broken|damaged|incomplete",
    "bids": "bid|bids|quote|quotes|proposal|proposals|pricing|quotation|quotations|estimate|estimates|rfp|rfq|fee_quote|fee_schedule|price_list",
    "askus": "please|kindly|can_you|could_you|would_you|can_we|could_we|may_we|may_i|can_i|could_i|need|need_to|like_to|want_to|want_you_to|like_you_to|you_to|pls",
    "people": "nobody|no_one|noone|none_of_you|no_response|no_reply|no_answer",
}

COMPLAINT = """
0.9 unacceptable|inexcusable|ridiculous|outrageous|appalling|disgraceful|atrocious|unprofessional|horrendous|abysmal|pathetic
0.9 formal|file|filing|lodge|official|register|make|making .. complaint
0.8 complaint about|against|regarding|is
0.8 want|wish|like|need|writing to? complain
0.8 complain*|complaining about|that
0.8 disappointed|disappointing|dissatisfied|frustrated|frustrating|furious|angry|livid|fed_up|appalled|disgusted|annoyed|annoying|unhappy|upset|infuriating|exasperated
0.9 last|final straw
0.8 #|second|third|fourth|fifth|2nd|3rd|4th|another .. late report|order|delivery|time|file
0.8 second|third|fourth|fifth|2nd|3rd|4th|umpteenth|nth time .. this|you|we|i|in|that|month|week|is
0.8 {late} again|once_again
0.8 always|constantly|consistently|repeatedly|keeps|keep|kept .. late|wrong|error*|delay*|missing|failing|crash*|breaking|changing|showing_the_wrong
0.8 kept|keeps showing|sending|giving|getting|telling .. wrong|different|incorrect
0.8 nobody|no_one|noone .. answers|answered|answering|responds|responded|calls|called|returns|returned|showed|shows|replies|replied|seems|knows|bothered|cares|got_back|came|picks
0.7 still|yet|ever waiting|not_received|have_not|haven't|no_response|no_answer|nothing|no_reply|no_resolution|not_resolved|unresolved|not_fixed|not_working|broken|don't_have|hasn't|has_not
0.7 no|zero|without_any response|reply|answer|communication|explanation|apology|resolution|follow_up .. to|from|since|about|for|yet|despite|after?
0.8 never .. showed|show|received|called|responded|replied|arrived|heard|got|answered|returned|delivered|came|fixed
0.8 did_not|didn't|failed_to|has_not|hasn't show|show_up|deliver|respond|arrive|call|answer|work|come|notify|follow|reply
0.8 no show|shows
0.8 missed|misses|missing .. deadline|due_date|appointment|closing|delivery_date|again|inspection
0.8 {wrong} .. address|unit|number|property|borrower|amount|item|product|order|size|date|report|name|invoice|charge|person|form|information|again
0.8 error|errors|mistake|mistakes .. again|unacceptable|cost|costing|caused|embarrass*
0.8 poor|terrible|awful|horrible|bad|lousy|worst|dreadful|subpar|sub_par|shoddy|sloppy|careless .. service|quality|communication|work|experience|job|report|support|attitude|response|customer_service|product|appraisal
0.8 rude|dismissive|incompetent|negligent|careless|sloppy
0.8 not|isn't|wasn't|hardly|far_from .. acceptable|good_enough|satisfied|happy|pleased|impressed|what_we_ordered|what_i_ordered|what_we_agreed|up_to|professional|amused|thrilled
0.8 overcharged|double_charged|double_billed|charged_twice|billed_twice|overbilled|mischarged|charged_me_twice|billed_us_twice
0.7 charged|billed|invoiced|charging|billing .. wrong|incorrectly|too_much|more_than|twice|again|without|cancelled|canceled
0.6 not in our|the agreement|contract
0.7 dispute|disputing|contest .. charge|invoice|fee|bill|amount
0.8 take|taking|move|moving|pull|pulling our|my business|volume|orders|work|account .. elsewhere|someone|another|away|competitor
0.8 lost|losing|lose .. confidence|trust|patience|faith|client|deal|closing|borrower|customer|lock
0.8 cost|costing|costs us|me|our|the|my .. closing|deal|lock|client|money|time|customer|#|borrower
0.8 waste|wasted|wasting .. time|money
0.7 keeps|keep|kept crashing|freezing|disconnecting|failing|breaking|logging|happening
0.7 ignored|ignoring|ignores .. my|our|us|me|emails|calls|requests
0.8 expect*|deserve better|more from
0.8 let us|me down
0.8 unreliable|useless|unusable|worthless|defective|misleading|deceptive
0.7 issue|issues|problem|problems with|again .. service|report|order|your|delivery|quality|appraiser|billing|again|account
0.7 recurring|ongoing|repeated|serious|constant|same issue|issues|problem|problems|delay|delays|error|errors|mistake|mistakes
0.7 delay|delays .. cost|costing|unacceptable|caus*|again|frustrat*|hurt*
0.7 demand|want|expect|owe|owed|request .. refund|explanation|apology|credit|compensation
0.8 explain|explanation why .. late|wrong|not|never|again
0.8 great|fantastic|wonderful|brilliant|nice|lovely|good|stellar|terrific .. only # weeks|days|hours|months late
0.8 only # weeks|days|hours|months late
0.7 third|fourth|second|# .. follow_up|email|request|reminder|message .. no|without|still
0.7 ghosted|stonewalled|runaround|run_around
0.7 how|what .. possible|excuse|going_on_over_there|going_on_with_you
0.8 escalat* .. this|issue|matter|complaint|management|unless
0.8 queja|reclamo|reclamación|inaceptable|decepcionado|decepcionada|decepcionados|molesto|molestos
0.8 réclamation|plainte|inacceptable|déçu|déçue|déçus|mécontent|mécontents
0.8 beschwerde|beschweren|inakzeptabel|unzufrieden|enttäuscht|verärgert|unverschämt|reklamation
0.8 reclamação|inaceitável|insatisfeito|inaccettabile|deluso|reclamo|klacht|teleurgesteld|onacceptabel
0.8 投诉
0.8 失望
0.8 无法接受
0.8 不满意
0.8 #|one|two|three|four|five|six|ten|several|almost days|weeks|hours|months|week|month|day late|overdue|behind
0.8 full_of|riddled_with|too_many|so_many|filled_with|littered_with .. errors|mistakes|typos|problems|issues|inaccuracies
0.8 came|come|coming back with .. mistakes|errors|typos|wrong|problems
0.8 yet another|again .. delay|mistake|error|excuse|wrong|problem|i|we?
0.8 has|have|needs got? to stop
0.8 report .. behavior|behaviour|conduct|treatment
0.8 argued|yelled|shouted|swore|snapped|hung_up|rude .. with|at|on|to
0.8 because of you|your_delay|your_mistake|your_error|this_delay|your
0.8 pay|deserve|expect|expected|thought for? better|more than_this|than_that|from_you|from|service?
0.8 done|tired|sick|exhausted chasing|of_chasing|waiting|of_waiting|begging|asking|of_asking|with_your|with_this|of
0.8 chase|chasing|chased you|your|someone|down|for|again
0.8 still .. no|not|nothing|waiting|unresolved|broken|haven't|hasn't|isn't|don't|doesn't|without|missing|wrong
0.8 nothing was|is|has|ever been? delivered|received|arrived|done|fixed|happened|changed|changes|works|resolved
0.8 been promised|waiting|told|trying|on_hold .. week|weeks|days|hours|month|months|for
0.8 nobody|no_one|noone told|tells|informed|warned|explained|has|is|can|could|ever|at
0.8 refuse|refusing to pay|accept
0.8 charge|bill|invoice|fee|amount|balance is|was|seems|looks incorrect|wrong|too_high|not_right|unjustified
0.8 cancelled|canceled on|my|our|three|twice|without .. me|us|times|flight|order|reservation|appointment|notice|telling
0.8 left us|me stranded|waiting|hanging|without|in_the
0.8 no heat|hot_water|water|power|signal|internet|dial_tone
0.8 arrived|came|delivered|was|were|is|are cracked|broken|damaged|smashed|torn|dead|defective|ruined|shattered|scratched|stained|faulty
0.8 received|got|sent|given|shipped|delivered a|an|the|me|us? .. wrong|different|instead_of|broken|damaged|used|defective
0.7 fail|fails|failed|failing|refuses|refused|unable to .. sync|load|open|work|respond|deliver|connect|start|notify|mention|disclose|show|call|upload|send
0.8 hidden|undisclosed|unexpected|unauthorized|bogus|surprise fees|charges|costs|fee|charge
0.8 would|will not|never buy|use|recommend|order|return .. again|anyone|this|you?
0.8 want|like|need|expect|demand|give|request|requesting|waiting_for my|our|a|the|full money_back|refund|refunded|compensation
0.8 where is|are|the_hell_is|on_earth_is my|our refund|order|package|money|parcel|delivery|report
0.8 asked|requested|emailed|called|written|told|messaged .. times|repeatedly|already|for_weeks|for_months|twice .. nothing|and|no|without|still|you|to|but?
0.8 three|four|five|two|several|multiple|# times .. and|no|still|nothing|this_month|this_week|already|in_a_row
0.8 hard to follow|read|understand|reach
0.8 make this|it|things right
0.8 gone|going|went downhill
0.8 with no|without explanation|notice|warning|apology|reason
0.8 missed|cancelled|blew .. appointment|inspection|deadline|call|meeting .. twice|again|times|both?
0.8 not how|what|the_way .. expect|partner|agreed|business|ordered|promised|paid
0.8 fell|fallen|falling through .. because|due
0.8 i'm done
0.8 really know how
0.8 downtime|outage|outages .. again|third|this_week|unacceptable
0.8 connection|service|app|software|site|system|website drops|crashes|closes|freezes|is_down|keeps|hangs|lags|is_slow
0.8 can't|cannot|couldn't|unable_to get|log|access|reach|sign .. into|in|through|account|anyone|anybody|someone|support
0.8 why .. was|were|did|am|are|is|wasn't|haven't|hasn't .. charged|billed|cancel*|told|late|so_long|not|still|receive*
0.8 took|takes|taking forever|ages|too_long|so_long|over_a_month|weeks|months|five|three
0.8 lost .. confidence|trust|faith|patience|day's|work|because
0.8 overpriced|dirty|filthy|smelled|smelly|stained
0.8 slow replies|response|responses|service|communication|unusable
0.8 unresponsive
0.7 three|two|several .. different answers|stories
0.8 let .. down|find_out_on
0.8 ruined|ruining|destroyed
0.8 missing|wrong|incorrect .. again
0.8 keep|keeps|kept|continue|continues billing|charging|dropping|crashing|failing|ignoring|transferring|to_bill|to_charge|happening
0.8 keep|keeps|kept getting|sending|giving|making|telling|asking .. wrong|error|errors|mistake|mistakes|different|same|excuses|runaround|late
0.8 was|were|been|you|he|she|they promised|assured|told|guaranteed .. but|nothing|yet|still|and_nothing|it_has_been
0.8 promised a|an|the|us|me|that|it|you ... but|nothing|never|still
0.8 worst service|experience|company|report|appraisal|appraiser|ever|i|we|customer
0.8 the worst
0.7 doesn't|does_not|don't|won't|will_not|stopped|isn't work|working|load|loading|open|connect|turn_on|function|charging|responding
0.8 still_not|hasn't|hasn't_been|haven't_been|never|was_not|wasn't done|delivered|fixed|resolved|completed|arrived|shipped|refunded
0.8 never again|buy|recommend .. from|you|anyone|here|this|use|order?
0.8 no .. success|luck with|getting|reaching
0.8 has|have been|be .. disaster|nightmare|mess|joke
0.8 waited|waiting .. two|three|four|five|six|several|#|over .. weeks|days|months|hours
0.8 photos|report|order|item were|was|is .. wrong|next_door|someone_else's
0.8 reflects badly|poorly
0.8 hour|hours|minutes after|late|past .. agreed|scheduled|appointment|time?
0.8 closing|deal|deadline|order blown|missed
0.8 delivered|arrived|came|submitted|returned late
0.8 had to .. call|chase|ask|remind|beg|email|follow .. every|again|times|repeatedly|each
0.8 on hold for
0.8 put me on_hold
0.8 talked|spoke over|down .. me|us|to?
0.8 on three|two|several|multiple|numerous|many separate|different? occasions
0.8 nobody|no_one|nothing .. seems|read|reads|works
0.8 throwing|getting|giving|shows|showing the? same? error
0.8 only # of|out_of .. were|was|arrived|came
0.8 only two|three|four|one|half of|out_of
0.8 wrong dosage|size|color|colour|model|meal|room|flight|seat|part|one|thing|account|amount
0.8 dangerous|unsafe|hazard
0.8 given away|sold our|my
0.8 no apology|alternative|warning|explanation|compensation|follow_up|help|update|updates
0.8 third|fourth|fifth|sixth|# message|email|call|attempt|request|reminder|time|ticket
0.8 anybody|anyone there|home|listening
0.8 again last|this|today|yesterday|after
0.8 pay|paying|paid for .. and|but .. get|got|getting|receive|only|never|not
0.8 said|says it|that|they .. fixed|normal|ready|working .. but|it_isn't|isn't|again|still|not
0.8 without telling|asking|notice|warning|consent|permission
0.8 not well
0.8 ridiculous
0.8 skipped|ignored
0.8 made fun
0.8 missed .. because
0.8 bent|sags|sagging|flooded|leaked|leaking|cracked|jammed|overheats|overheating|dented|chipped|rotten|spoiled|stale
"""

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
0.6 {askus} .. bid|quote|price|propose us|me|on|this|a|for|the|#|out|additional|it
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
0.7 vendor|appraiser|amc|provider|supplier .. quit|left|closed|retired|dropped|went_out
0.7 take over .. our|for|maintenance|management|account|work|as_well|too
0.7 headcount|volume|team|business|production|pipeline|originations .. grow*|grown|doubl*|increas*|going_from|rising
0.7 thirty|twenty|forty|fifty|ten|a_dozen|several more
0.6 number from you
0.6 what do you charge
0.6 sealed bids|proposals
0.6 requests|invites|seeks .. bids|proposals|quotes
0.6 would|could|can you .. also|as_well|too
"""

RENEWAL = """
0.8 renew|renewal|renewing|renews|renewed|re_sign|resign .. {agreement}|another|for|our|with_you|year|terms|option
0.8 {agreement} .. expires|expire|expiring|expiration|renew|renews|renewal|renewing|up_for_renewal|ends|ending|runs_out|lapses|extend|extended|extension|is_up|comes_up|coming_up|comes_to_an_end|terminate*
0.8 extend|extending|extension|prolong .. {agreement}|another_year|for_another|two_more
0.8 up for renewal
0.8 renewal .. terms|date|pricing|rate|quote|discussion|notice|paperwork|documents|options|offer|rates|proposal|conversation|of|is|coming|period|due
0.7 auto|automatic|automatically renew*
0.7 renegotiate|renegotiating|renegotiation
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
0.7 your way
0.7 at the suggestion
0.7 recomendó|recomendaron|recomendado|recomendada|recomendación|referido
0.7 recommandé|recommandée|recommandés|recommandation
0.7 empfohlen|empfehlung|weiterempfehlen|weiterempfohlen
0.7 recomendou|indicou|indicação|consigliato|consigliati|aanbevolen|raccomandato
0.7 推荐
0.7 介绍 ... 贵公司
0.7 colleague|friend|counterpart|associate|partner|client|neighbor|someone|somebody|buddy|sister|brother|cousin|peer ... looking_for|needs|need|in_need_of|searching_for|wants|interested|asked|love
0.7 thought of you
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
"""

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
"""
