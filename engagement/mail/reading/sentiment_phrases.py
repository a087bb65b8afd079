"""The phrases that tell how a writer feels, one a line with its weight, in the notation of `phrases`.

A phrase takes the words it covers out of the count of single words (`sentiment_words`).
"""

from __future__ import annotations

GOOD = """
2.5 no|zero|without_any|never_any|free_of|not_one|not_a_single problems|issues|complaints|errors|conditions|condition|concerns|mistakes|revisions|problem|issue|complaint|hiccups|surprises|delays
2.5 problem|hassle|trouble|error|stress free
2.5 nothing but good|great|praise|positive
3 above and beyond
3 well done
3 great|good|excellent|fantastic|amazing|nice|awesome|outstanding|wonderful job|work|service|experience|team
3 job well done
2.5 thank_you|thanks|gracias .. quick|fast|great|excellent|hard_work|prompt|outstanding|amazing|wonderful|help|patience|professionalism|turnaround|support|speedy
2.5 pass .. thanks|compliments|appreciation
3 couldn't|could_not|can't be? .. happier|better|more_pleased|ask_for_more|thank_you_enough|complain
3 exceeded|exceeds|exceeding|beyond .. expectations|expectation
3 pleasure|joy|delight to|working
2.5 days|day|weeks|hours|week early|ahead
2.5 ahead of schedule|time
2.5 highly|definitely|strongly recommend
2.5 really|truly|very_much|greatly|so_much|sincerely appreciate|appreciated|helped|grateful
2.5 speaks|speak highly
2.5 keep up the
2 on time
2 made my|our day|life_easier
2 looks|look|looking|sounds|sound good|great|perfect|fantastic|excellent|wonderful|right
1.5 looking|look forward .. working|partnership|doing_business|continuing|meeting
2 excited|thrilled|eager to
2.5 very|so|really|extremely|super|more_than|quite happy|pleased|satisfied|glad
2.5 five star*
1.5 appreciate .. your|you|the|all
2.5 can't wait to .. work|use|see|start|get
2 happy to renew|continue|recommend|refer
1.5 no longer .. problem|issue|error*
2 not bad|too_bad|the_worst
2 better than expected
3 非常满意
3 做得很好
2.5 满意
2.5 太好了
2.5 很好
2 works|worked|working .. great|perfectly|beautifully|like_a_charm|flawlessly|wonderfully
2 nice|great|lovely|good|pleasure|wonderful to? meeting|seeing|speaking|talking|meet
2 glad|happy|pleased|delighted with|that
2 happy|pleased|glad|thrilled|delighted to sign|renew|extend|continue|recommend|award|announce|work|partner|accept|report|see|be_working|have
2 worth every|the
2.5 saved us|me|the_day|our|my
2.5 really|truly saved|helped
2 thank_you|thanks so|very|again so? much
2 shout|hats out|off to?
2 good|great|excellent|wonderful|exciting news
2.5 smooth|great|good|positive|pleasant|wonderful experience|process|transaction
2 top notch
2.5 first class|rate
2 well organized|organised|made|written|thought_out|deserved|worth
2 will|would|definitely be_back|use_again|come_back|return|buy_again|order_again|use_you_again|recommend|shop_again
2 early|earlier than_expected|than_promised
2 before .. expected
2 highly of
1.5 plan|that|this works .. us|me
1.5 all set|good|clear
2 sorted .. quickly|fast|right_away|promptly
2 fixed|solved|resolved|sorted|handled my|the|it|our|this .. quickly|immediately|minutes|fast|promptly|problem
2 problem|issue|issues|it is|was|has_been|been|are .. fixed|solved|resolved
2 keep up
2 best .. ever|far|seen|used|had|worked|read|year|purchase
2.5 hit .. out_of_the_park
2 so|very|really|extremely kind|helpful|nice|good|easy|patient|professional
1.5 look|looking forward .. working|partnership|future|next_project|long|many
2 miss you|your
1.5 no longer .. problem|issue
2 nothing to complain
2 couldn't|could_not|can't be .. more
2.5 went really|very|extremely|so? well|great|smoothly
2.5 10 10
2 5 stars
1.2 thank_you|thanks so_much|very_much
2.5 thank_you|thanks a_million|again_for_everything|for_all_your|for_everything|a_ton
2.5 thank_you|thanks for turning|going|handling|making|staying|stepping|fixing|jumping|everything|all_you|all_your
2 raving|raves|stunning|gem
2 over the moon
2 record quarter|year|month|sales
2 keep it up
2.5 meant .. to us|the|me|family
2.5 can't tell|thank|express .. how|enough
2 shoutout|shout_out|kudos
2.5 has|have chosen|selected|awarded your|you
2.5 you've|you_have|you got|won the job|bid|work|project|assignment
2 good|excellent|great communication|service|quality|support|value|report
2.5 hats off
2.5 saved our|my|the bacon|hide|day|deal|skin|closing|neck
2.5 drinks|beers|lunch|coffee|dinner .. on me|us
2.5 owe|owes you|him|her|them .. beer|lunch|coffee|drink|big
2.5 nailed it|this
2.5 worth .. weight in
2.5 rock star|solid
2.5 rockstar|superstar|home_run|homerun|slam_dunk|class_act|gold_standard|champ|champs|wizard|magician|miracle_worker
2.5 like clockwork|butter|a_dream
2.5 without a hitch
2.5 blew|blown .. away|out_of_the_water|socks
2.5 made me|us .. look .. good|great|smart|like_a_hero
2.5 cleanest|smoothest|finest|easiest|quickest .. file|report|closing|deal|order|appraisal|ever|year|yet
2.5 tip|tipping .. hat|cap
2.5 are|is pure? gold|golden
2.5 keep doing it|what_you
2.5 second to none
2.5 liked|like|loved|prefer|preferred|picked yours|your_number|your_approach|your_bid|your_proposal .. best|most|better
2.5 consider it yours
2 it's|is|job|all yours
2.5 you|you've got|won|have the|this job|bid|work|nod|project|assignment
2.5 will|happy|glad|plan|want|like|love to? renew|re_up|extend|stay|continue .. another|with_you|year|years|term|two|three
2 terms|date|fee|price|# .. is|are acceptable|agreeable
2 acceptable to us|me
2 swears by
2.5 suis|sommes|très ravi|ravie|ravis|ravies
2.5 tolle|toller|tolles|super|klasse arbeit|service|gutachten|bericht|zusammenarbeit|job|team|leistung
2.5 you|your_firm|your_bid|your_proposal|your_team|meridian have_been|has_been|were|was|are|is .. selected|chosen|awarded|approved
2 move|moving|go|going|proceed|proceeding forward|ahead? with your|you
2.5 give|deserves|gets|earned .. raise|bonus|medal|promotion|gold_star
2.5 never|rarely seen|had|worked|read .. so|this|such|better|clearer|cleaner|faster|smoother .. clear*|clean*|good|well|quick*|fast|thorough*|with|than?
2.5 frame it
2.5 you're|you_are our pick|choice|winner|first_choice|top_choice
2.5 in # years .. never .. better|clear*|clean*|smooth*
2.5 owe|owes .. a? cake|pizza|donuts|doughnuts|cookies|bottle|steak|dinner|round
2.5 people|folks|appraisers|someone like that|her|him|them|you|this .. rare|hard_to_find
2.5 turned|turns|turning .. into .. closing|win|success|joy|breeze
2.5 full|top|perfect marks|score|points
2.5 happily|gladly .. again
2.5 gave|give|gives|giving you|your|the .. thumbs_up|nod|green_light|blessing
2.5 notice to proceed
2 ^ approved
2 we'd|we_would|we|i'd .. engage|hire|retain you|your_firm .. at|for|on
2 hiring|engaging|retaining|choosing|picking you .. for|on|at
2.5 has|have|won|got|gained a fan
2.5 who|that likes|praises nothing|nobody|no_one
2.5 your quote|bid|proposal|fee|price|offer has|have|was|is been? approved|accepted|selected|chosen
"""

BAD = """
-2.5 waiting .. since|days|weeks|months|hours|forever|too_long
-2.5 never .. received|showed|arrived|called|responded|replied|heard|got|answered|returned|delivered|came|again|worked|been_so
-2.5 nobody|no_one|noone .. answers|answered|responds|responded|calls|called|returns|returned|showed|replies|replied|knows|cares|came|helps|helped|picks|seems
-2.5 not|isn't|wasn't|hardly|never|less_than .. acceptable|satisfied|happy|pleased|impressed|good_enough|helpful|thrilled|what_i_ordered|what_we_ordered|as_described|as_advertised|up_to|professional|amused|the_case
-3 #|second|third|fourth|fifth|umpteenth time .. this|that|i|we|you|month|week|in
-2.5 late|wrong|broken|down|again again
-3 fed up|sick_of
-3 last|final straw
-3 waste of .. time|money
-2.5 let .. down
-2.5 expect|expected|deserve|deserved better|more
-2.5 what .. going_on
-2.5 how .. possible|hard_can|can_you
-2.5 charged|billed .. twice|wrong|incorrectly|too_much|again|extra|without|after|double|for_something
-2.5 double|over charged|billed|charge
-2.5 want|need|demand|give_me|like a|my|the|full|an? refund|money_back|compensation|reimbursement
-1.5 request|requesting|get|issue|process a|my|the|full|an? refund|money_back|compensation|reimbursement
-2 money back
-2.5 take|move|pull|taking|moving .. business|volume|account .. elsewhere|else|another|away
-2.5 lost .. patience|confidence|trust|faith|client|deal|hours|days|data|files|work|everything|package|luggage
-2 cost|costing|costs us|me .. closing|deal|money|time|customer|client|hours|#
-1.5 not in .. agreement|contract|order|description
-2 keeps|keep|kept .. crashing|freezing|failing|happening|showing|getting|saying|disconnecting|logging|breaking|changing|giving|telling
-2.5 stopped|stops|quit|quits working|responding|charging|functioning
-2 fell|falling|came|coming|fallen apart
-2 too high|low|long|many|slow|late|expensive|much
-2 out_of|not_in|no stock
-2.5 no show|shows
-2.5 runaround|run_around|ghosted
-2.5 lack of
-2 not|isn't|wasn't|doesn't|don't right|correct|fair|ok|okay|good|clear|make_sense|ideal|great|possible|enough
-2 something|what|anything is|went|wrong wrong|amiss|off
-1.5 why .. not|isn't|haven't|hasn't|so_long|taking|is_it
-2 makes no sense
-2 locked out
-2 error message|code
-2.5 at .. wit's_end|a_loss
-2 would|must|have like|have|to to? complain
-2 falls|fell|fallen short
-2.5 never again|use|order|buy|do_business .. again|you|business|from?
-2 leave|left|leaving .. a|bad|sour|negative review|taste|feedback
-2 wish .. had|hadn't|never
-3 great|fantastic|wonderful|brilliant|nice|lovely|perfect|awesome|oh|wow|bravo|congratulations .. only|just # weeks|days|hours|months|hour late
-4 only #|two|three|four|five|six weeks|days|hours|months late
-3 thanks|thank_you for|so_much nothing|wasting|ruining|ignoring|the_runaround|making_me|another
-3 oh great|fantastic|wonderful|perfect|joy|good .. another|again|yet_another|just
-3 just|really what .. needed|wanted
-3 can't wait .. to use you again
-3 slow clap
-3 yeah right
-3 so much for
-3 way to go .. again|late|wrong
-2.5 不满意
-3 不满
-3 失望
-3 投诉
-3 无法接受
-2.5 太慢
-2 错误
-2 错了
-2 还没
-2 still not|no|waiting|haven't|hasn't|broken|unresolved|nothing|don't|doesn't|without|have_no|haven't_received|can't|cannot|isn't
-2.5 been|have_been waiting|trying .. days|weeks|hours|months|minutes|forever|since|ages|#
-1.8 did_not|didn't|failed_to|does_not|doesn't|won't|will_not|can't|cannot|could_not|couldn't|unable_to|never|fails_to|refuses_to|wouldn't work|deliver|respond|arrive|receive|show|load|open|connect|access|log|login|sign|turn|function|resolve|fix|refund|reply|answer|match|update|start|download|print|sync|install|recognize|care|help|honor|listen|get_into|get_in|get_through|reach
-1.8 not|isn't|wasn't|aren't|stopped|stop|quit working|responding|functioning|charging|loading|syncing
-2.5 nothing was|has|is|happens|happened|changes|changed|works|arrived|came|done|yet
-2.5 where is|are|the|'s my|our refund|order|package|money|parcel|report|payment?
-2 promised|told|assured|guaranteed .. but|nothing|never|yet|days|by|would|within
-2.5 nobody|no_one|noone .. told|tells|informed|explained|bothered|helped|apologized|warned|called|answered
-2.5 refuse|refusing to pay|accept|use|help|refund
-2.5 would|will not|never buy|use|recommend|order|stay|return|shop|come|do
-2.5 wouldn't|won't recommend|buy|use|return|be_back
-2 you|they|airline|hotel|driver|appraiser|tech|technician .. cancelled|canceled on|my|our .. me|us|flight|order|reservation|appointment|booking|without
-2 cancelled|canceled on me|us
-2 hung up on
-2 left us|me .. stranded|waiting|hanging|without|outside|on
-2 no heat|hot_water|water|power|signal|internet|service|electricity|wifi|working|longer_trust
-2 because of you|your|this|it
-2 lost .. because|due|work|day|hours|trust|money|confidence|customers|business|client|clients|patience
-2 losing|lose .. customers|clients|money|business|patience|faith|closing|deal|lock
-2 drops every|out|constantly|all
-2.5 smells|smelled|smelt|tastes|tasted of|like|bad|awful
-2 fell|falls|falling|fallen through|short
-2 closing|deal fell through
-2 hard to follow|understand|read|reach|believe|use|find
-2 too .. long|slow|late|much|high|many|few|small|loud|expensive|complicated
-2.5 took forever|ages|too_long|weeks|months|so_long|over|an_hour
-2 taking|takes|took too|so|way|forever|this|over long|#|weeks|months
-2.5 feel|feels|felt dishonest|cheated|ignored|let_down|ripped_off|misled|betrayed|like_a_joke|unsafe|unwelcome|like_nobody
-2.5 done|tired|sick chasing|of|waiting|with
-2.5 i'm done
-2.5 has to stop
-2 unless .. i|we .. will|am
-2.5 yet another
-2 argued|yelled|shouted|swore|screamed|snapped|cursed with|at
-2 arrived|came|delivered|was broken|cracked|damaged|late|wrong|cold|dead|empty|used|dirty|torn|smashed
-2 received|got|sent|delivered .. instead|wrong
-2 received|got|given|sent|shipped a|an|the|me .. wrong|different|used|broken|damaged
-2 different answers|answer|story
-2.5 downhill|backwards
-2.5 money back
-2 without .. notice|warning|permission|asking|consent|explanation|telling
-2 hidden fees|charges|costs
-2 locked|kicked|shut out
-2 what .. went_wrong
-2 went wrong
-2 dropped|fell|down .. percent|sharply|badly
-2 customers|clients|people left|leaving|complaining|complain
-2 not .. comfortable|confident|convinced|sure_about|fair
-2 low morale|quality|standard|standards
-2 morale is low
-2 won't|not make .. numbers|deadline|target
-2 downtime|outage
-2 time i've|i_have|we've|we_have
-2 times .. no|nothing|still|already|without
-2 chased|chasing|begging
-1.5 why .. charged|billed|cancelled|still|no
-2 charged|billed|charging|billing .. when|although|despite|even_though|after .. cancel*|returned
-2.5 less than .. impressed|happy|ideal|satisfactory|stellar|satisfied|professional
-2 could be better|improved
-2 not|isn't|wasn't .. worth|what|good|great|clear|right|correct|true|helpful|easy
-2 two|three|four|several|multiple|# times .. this|already|and|no|still|cancelled|week|month
-3 really|very|so professional|helpful|classy|nice not
-3 thanks a_lot .. for .. letting|nothing|making|ruining|leaving
-3 thanks|thank_you for .. letting .. find_out
-3 really know how
-3 great|brilliant|wonderful|fantastic .. a|another|third|second .. wrong|late|mistake|error|delay
-2.5 legal action
-2.5 small_claims|chargeback
-2 i|we demand
-2.5 no|zero|without_any|not_a response|reply|answer|explanation|communication|apology|resolution|word|help|solution|luck|success|refund|follow_up
-2.5 #|two|three|several|many weeks|days|hours|months late|overdue|behind
-2 keep|keeps|kept billing|charging|dropping|passing|transferring|putting|crashing|failing|losing|ignoring|breaking|changing|slipping|stalling
-2 hasn't|haven't|has_not|have_not|hadn't arrived|come|been_delivered|been_resolved|been_fixed|received_anything|been_refunded|responded|replied|shown
-2 in trouble
-1.6 over budget
-2 another .. blown|missed|wrong
-2.5 hurt by|me|our|my
-2 do_not|don't|not feel valued|appreciated|safe|welcome|heard
-1 violation|violations
-2 wrong lender|person|recipient|party
-1.5 privacy|data|security incident|breach
-2 formal|official|file|filing complaint
-2.5 {ordinal} .. {ordinal}
-2.5 third|second|fourth|another|broken|empty promise|promises|miss|strike|excuse
-2.5 stopped|quit|no_longer believing|believe|trusting|trust
-2.5 dropped|dropping the ball
-2.5 asleep at
-2.5 had enough|it_with_you|it_up_to
-2.5 wit's|wits end
-2.5 ghosted|strung_along|left_hanging|left_in_the_dark|hung_out_to_dry|blown_off
-2.5 egg on .. face
-2.5 made|makes|making us|me .. look .. bad|foolish|stupid|ridiculous
-2.5 amateur|amateurish|shambles|circus|trainwreck|debacle|farce|travesty
-2.5 train wreck
-2.5 black hole
-2.5 not cutting it
-2.5 is|was anybody|anyone|someone .. home|alive|awake
-2.5 patience .. thin|gone|short|limit
-2.5 radio silence
-2.5 crickets
-2.5 wrong .. wrong
-2.5 never set|stepped foot|inside
-2.5 we pay .. better
-2.5 sick and tired
-2.5 enough is_enough|already
-2.5 how hard|difficult can|is it
-2 ^ stop $
-2.5 your|the appraiser|fellow|man|guy|inspector|contractor|rep .. left|broke|tracked|scratched|damaged|smoked|swore|cursed|scared|insulted|shouted|yelled|argued|barged|refused|lied|forgot|ignored
-2.5 beside himself|herself|themselves|myself
-2.5 if i|we wanted .. i|we
-2 excuses
-2.5 the_one you swore|promised|guaranteed|assured
-2.5 more time .. than
-2.5 every|each single? order|report|file|time|one .. needed|needs|late|wrong|takes
-2.5 a slog|ordeal|headache
-2.5 pulling teeth
-2.5 policing|babysitting|chasing|fixing|re_checking your
-2 #|one star .. and_that's|only|because
-2.5 how many|often times .. do|must|have|should .. i|we
-2.5 getting silly|ridiculous|absurd|tiresome|out_of_hand|embarrassing|old
-2.5 at your expense|cost
-2.5 muddy|dirty|boot|mud prints|footprints|shoes|tracks|boots
-2.5 thinking|considering|seriously|tempted .. of|about|to .. sending|moving|taking|switching|leaving|pulling .. elsewhere|away|someone|another|business|orders|volume
-2.5 on .. phone .. entire|whole time|visit|inspection
-2.5 portal|site|system|website|software|platform .. has_been|keeps|goes|went|been down|offline|crashing|unusable
-2.5 can't|cannot|impossible_to work like_this|this_way
-2.5 support|help_desk|your_office|your_desk .. does_not|doesn't|won't|never pick_up|answer|respond|reply|help
-2 # days|weeks|hours after .. due|deadline|promised|due_date
-2.5 lost .. credibility|face
-2.5 gone|left|done|finished in # minutes
-2.5 is_that|is_this|what .. we|i pay|paid|paying for|#
-2.5 # promises|excuses|apologies
-2.5 run|running out of things|excuses|ways .. tell|say?
-2 # no_shows
-2.5 in the time .. took you
-2.5 why is this|it .. difficult|hard
"""
