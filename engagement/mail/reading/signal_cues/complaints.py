"""How complaints sound, in trade mail and in customer mail.

The notation is that of the package."""

from __future__ import annotations

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
0.8 nobody|no_one|noone told|tells|informed|warned|explained|ever
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
0.8 second|third|fourth|fifth|sixth|2nd|3rd|4th|5th message|email|call|attempt|request|reminder|time|ticket
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
0.8 {ordinal} .. {ordinal}
0.8 third|second|fourth|another|broken|empty promise|promises|miss|strike|excuse
0.8 stopped|quit|no_longer believing|believe|trusting|trust
0.8 never set|stepped foot|inside
0.8 dropped|dropping the ball
0.8 asleep at
0.8 had enough|it_with_you|it_up_to
0.8 wit's|wits end
0.8 ghosted|strung_along|left_hanging|left_in_the_dark|hung_out_to_dry|blown_off
0.8 egg on .. face
0.8 made|makes|making us|me .. look .. bad|foolish|stupid|ridiculous
0.8 amateur|amateurish|shambles|circus|trainwreck|debacle|farce|travesty
0.8 train wreck
0.8 black hole
0.8 not cutting it
0.8 is|was anybody|anyone|someone .. home|alive|there|awake
0.8 patience .. thin|gone|short|limit
0.8 patience is|has|ran|running|runs .. out|up|at
0.8 radio silence
0.8 crickets
0.8 covering|apologizing|apologising|making_excuses for .. you|your
0.8 wrong .. wrong
0.8 pay|paying|paid for .. this|better
0.8 how hard|difficult can|is it
0.8 what exactly|are .. paying_for|paying_you_for
0.8 falling|falls|fell short
0.8 sick and tired
0.8 enough is_enough|already
0.8 your|the appraiser|appraisers|fellow|man|guy|inspector|contractor|rep .. left|broke|tracked|scratched|damaged|smoked|swore|cursed|scared|insulted|shouted|yelled|argued|barged|refused|knocked|lied|forgot|ignored
0.8 beside himself|herself|themselves|myself
0.8 if i|we wanted .. i|we
0.7 excuses|excuse
0.8 the_one you swore|promised|guaranteed|assured
0.8 more time .. than
0.8 every|each single? order|report|file|time|one .. needed|needs|late|wrong|takes
0.8 a slog|ordeal|headache
0.8 pulling teeth
0.8 policing|babysitting|chasing|fixing|re_checking your
0.8 #|one star .. and_that's|only|because
0.8 how many|often times .. do|must|have|should .. i|we
0.8 getting silly|ridiculous|absurd|tiresome|out_of_hand|embarrassing|old
0.8 at your expense|cost
0.8 muddy|dirty|boot|mud prints|footprints|shoes|tracks|boots
0.8 thinking|considering|seriously|tempted .. of|about|to .. sending|moving|taking|switching|leaving|pulling .. elsewhere|away|someone|another|business|orders|volume
0.8 on .. phone .. entire|whole time|visit|inspection
0.8 portal|site|system|website|software|platform .. has_been|keeps|goes|went|been down|offline|crashing|unusable
0.8 can't|cannot|impossible_to work like_this|this_way
0.8 support|help_desk|your_office|your_desk .. does_not|doesn't|won't|never pick_up|answer|respond|reply|help
0.8 embarrassed|embarrassing|ashamed|humiliating|mortified
0.7 # days|weeks|hours after .. due|deadline|promised|due_date
0.7 does_not|doesn't|never|not happen|happens .. again
0.8 lost .. credibility|face
0.8 gone|left|done|finished in # minutes
0.8 is_that|is_this|what .. we|i pay|paid|paying for|#
0.8 fiction
0.8 never|not told|informed|warned
0.8 concerned|worried|troubled|alarmed|dismayed about|by|with|over .. quality|service|accuracy|delays|performance|errors
0.8 all i|we get|got|hear is|are
0.8 walk|walking|walked away .. because_of|over
0.8 # of .. last|past # .. errors|late|wrong|mistakes|revisions
0.8 is|are|was a|an joke|disgrace|farce|mess|shambles|insult|outrage
0.8 silence .. between|since|worse|deafening
0.8 no shows
0.8 in the time .. took you
0.8 why is this|it .. difficult|hard
0.8 # promises|excuses|apologies
0.8 run|running out of things|excuses|ways|patience .. tell|say?
0.8 better than whoever|your
0.8 # no_shows
// Nobody answers, and nothing comes.
0.8 not one|a_single person|soul|word|reply|call|response|update|email|email_back|phone_call .. has|to|in|since|from|bothered|back|for|all|$
0.8 no .. report|reply|response|email|call|update|word|answer no .. report|reply|email|call|update|nothing|word|one
0.8 silence each|every|from|ever|since|for
0.8 canned reply|replies|response|responses|answer|answers|email|emails
0.8 does|do|did|is anyone|anybody|someone|somebody|a_human|any_of_you .. read|reading|check|checking|proofread|answer|work|working|care|listening|alive
0.8 can't|cannot|couldn't be_bothered|bother
0.8 still staring|sitting|chasing|begging|scratching
0.8 left .. voicemails|messages|voice_mails .. nobody|no_one|nothing|not_one|without|ignored|unanswered
// The same again, and what it cost.
0.8 same|identical .. mistake|mistakes|error|errors|typo|typos|problem|excuse .. again|still|twice|flagged|told|pointed|before|last
0.8 another|yet_another|one_more .. extension|delay|excuse|due_date|missed|no_show|deadline|apology
0.8 nickel|dollar|dime for every|each
0.8 look|looks|looked|looking like a|an .. fool|idiot|amateur|clown|liar
0.8 back to square_one|the_beginning
0.8 words are cheap
0.8 we|i|they lost|losing .. deal|closing|house|buyer|client|sale|contract|lock
0.8 costing|cost .. my|our|the client|borrower|buyer|seller|customer|firm|branch
0.8 your|this|all_this delay|delays|mistake|mistakes|error|errors|silence|slowness|sloppiness
0.8 promised|swore|said|told .. monday|tuesday|wednesday|thursday|friday|yesterday|last_week .. it's|it_is|today_is|now|and .. monday|tuesday|wednesday|thursday|friday|nothing|today
0.8 wrong|incorrect .. photos|pictures|house|home|county|parcel|borrower|cover|comps .. wrong|again|twice|another|not_my
0.8 botched|bungled|screwed_up|messed_up|butchered
0.8 regrettably|regret|unfortunately|regretfully .. second|third|fourth|again|misstated|mistake*|error*|late|repeated*
0.8 shouldn't|should_not|don't_want|did_not_expect have|need|to_have to .. chase|babysit|ask|remind|explain|beg|fix|correct|find|do
0.8 appraiser|appraisers|homeowner|borrower|client|realtor .. furious|livid|fuming|beside|in_tears|irate|steaming|outraged
0.8 speechless|dumbfounded|flabbergasted|fuming|seething|irate|outraged
0.8 at a_loss .. words|understand|explain
0.8 out of both|patience|words
// What somebody of ours did at the house.
0.8 your|the appraiser|guy|man|fella|fellow|person|inspector|scheduler|vendor|lady|gal|people .. never|hung_up|was_late|hour_late|hours_late|was_rude|was_short|wouldn't|didn't_even|did_not_even|made_me|made_us|made_my|talked_down|told_my|told_the|told_our
0.8 he|she|they never|barely|hardly|didn't_even|did_not_even|wouldn't_even went|looked|measured|stepped|entered|apologized|apologised|opened|go|look|measure|step|enter|apologize|open|asked|ask|knocked
0.8 spent .. ten|five|fifteen|two|three|# minutes .. here|inside|at|and|total
0.8 showed_up|arrived|came|turned_up .. hour|hours|minutes|half_hour late
0.8 tone|attitude|manner|behavior|behaviour .. did_not|didn't|was|unacceptable|rude|not
0.8 did_not|didn't|don't care_for|appreciate .. tone|attitude|manner|way|being
0.8 hung_up|hang_up|hangs_up on my|me|our|the|us
0.8 argued|fought|quarrelled with my|our|the
0.8 left .. gate open
0.8 how .. even possible
0.8 how do|does|did|can|could .. miss|forget|overlook|confuse|mistake|lose
0.8 treat|treated|treating .. everybody|people|clients|customers|anybody|a_client|homeowners
// Threats, and the last word.
0.8 take|taking|took|taken .. business|orders|files|volume|loans .. across|elsewhere|down_the|away
0.8 pull|pulling .. pipeline|rest_of|remaining|our_orders|our_files
0.8 shopping for .. another|new|different|amc|vendor|appraiser
0.8 re_evaluating|reevaluating|rethinking|reconsidering|reviewing .. relationship|vendors|where|our_business|who_we|whether_to
0.8 last|final|one_more attempt|chance|warning .. resolve|before|or|to
0.8 calling|call|contacting|contact|reporting|report|going|complaint|filing|file .. state_board|bbb|better_business|regulator|attorney_general|licensing_board|cfpb
0.8 refusing|refuse|refuses .. order|use|work .. you|through_you|with_you
0.8 why i|we still|even|keep|bother .. use|order|ordering|using|with|call
0.8 not impressed|amused|okay|ok .. $
0.8 is|was|this .. not|isn't really? okay|ok|cool|fair $
0.8 thanks for nothing
0.8 who is|is_going|will|pays to? .. make .. good|whole|right
0.8 what .. supposed|expect .. tell|explain|say
0.8 quick with|when .. slow|late
0.8 hate to be .. person|guy|one|but
0.8 you|you_people|you_folks|you_guys keep|kept|always|never .. blaming|changing|telling|promising|missing|sending|asking|answer|respond|call|deliver
// Money that was not agreed.
0.8 you|you_have|you've|you_guys charged|billed|hit|debited|invoiced .. twice|two_times|double|again
0.7 records|agreement|contract|quote|order|engagement_letter .. show|shows|say|says|states|had # .. not|agreed|instead
0.7 invoiced|billed|charged|invoice|took ## .. quoted|agreed|approved|said|told
0.7 quoted|agreed|approved|told|said|promised ## .. invoiced|billed|charged|took|invoice|bill|card
0.7 don't|do_not|doesn't|shouldn't think|believe|see? .. owe|pay_for|be_charged
0.7 never|not|wasn't|was_not .. authorised|authorized|agreed_to|approved_by .. us|me|charge|fee|our|anyone
0.7 off by # .. sq|square|sf|feet|ft|acres|percent|thousand
"""
