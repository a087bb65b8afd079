"""The words and phrases that tell how a writer feels, with weights from -4 to 4: a lexicon of our own, for business and customer mail.

Single words stand in lists by weight, phrases one a line in the notation of `phrases`. A phrase takes the words it covers out of the
count. Courtesy ("thank you", "please", "happy to help", "kind regards") has no weight by itself. What lives here: words. What does
not: negation, emphasis and the verdict (`sentiment`).
"""

from __future__ import annotations

WORDS = """
3.5 amazing fantastic outstanding phenomenal exceptional superb stellar flawless flawlessly delighted thrilled ecstatic overjoyed unbeatable incredible fabulous magnificent marvelous marvellous sensational
3 excellent wonderful awesome terrific brilliant perfect perfectly impeccable impeccably impressed impressive superior spectacular splendid kudos bravo lifesaver godsend gem spotless exemplary unmatched
2.5 love loved loves loving great congratulations congrats delicious gorgeous enjoyed enjoyable delightful seamless seamlessly effortless effortlessly grateful thankful excited exciting thrilled commend commendable applaud praise praised adore memorable
2 happy pleased glad enjoy enjoying lovely helpful smoothly satisfied satisfying pleasure recommend recommended recommending appreciative thorough courteous friendly knowledgeable proud beautiful beautifully superbly blessed cheerful hilarious engaging inspiring valuable valued amazed relieved heartfelt generous gracious
1.5 responsive professionalism attentive pleasant pleasantly smooth efficient efficiently reliable dependable trustworthy polite kind patient caring welcoming intuitive nice fun awesome-ness improved improvement success successful successfully appreciated appreciate comfy comfortable cozy flawless skilled talented cooperative accommodating insightful
1 good better best well quick quickly fast prompt promptly professional easy easily solved resolved win won winning strong positive clean worked accurate flexible proactive favorite favourite fair affordable useful benefit interested eager hopeful approved cleared helped fine works safe fresh bright calm solid
-0.8 unfortunately sadly late delay delays delayed overdue pending wait waiting missing missed hard tough concern concerns difficult slow slower expensive old lost unclear regret denied declined cancelled canceled stuck short limited risk tired busy cold cheap doubt dead sorry
-1.2 issue issues confusing confused confusion concerned trouble unable incomplete inconvenient inconvenience questionable vague lacking lacks outdated worried worry worrying unexpected hassle pain struggle struggling unanswered wrong uncomfortable inconsistent unsure stress stressful pricey overpriced complicated boring tedious uneasy nervous anxious unavailable negative
-1.6 hurt slipping incorrectly error errors mistake mistakes problem problems fail failed fails failing failure failures bug bugs glitch glitches disagree dispute disputed complaint complaints complain complained complaining noisy dirty stained smelly stale rotten leaking leaks leaked flickers stranded ruined cracked torn tore shattered scratched dented moldy mouldy freezing freezes lag lagging laggy confiscated painful painfully exhausting exhausted demoralizing decline declining worse
-2 broken broke breaks buggy crash crashed crashes crashing defective faulty damaged malfunction malfunctioning unresolved unresponsive inaccurate inaccurately poorly overcharged mischarged overcharging annoyed annoying annoys unhappy dissatisfied dissatisfaction ignored ignoring ignores rejected refused refuses unreliable unfair unnecessary unreasonable unwilling mess messy disorganized disorganised misleading misled wasted waste wasting inexperienced inefficient unhelpful unfriendly unsafe unsanitary chaos chaotic botched sloppy dishonest deceived neglect neglected hostile cheated delays-again hung-up
-2.5 disappointed disappointing disappointment disappoints frustrated frustrating frustration frustrates upset upsetting bad poor unprofessional careless carelessness rude rudeness dismissive condescending arrogant subpar shoddy useless unusable unsatisfactory unsatisfied inexcusable irritated irritating irresponsible negligent incompetent inept regrettable displeased dismayed aggravating aggravated fiasco failure-again miserable filthy gross hopeless laughable embarrassing embarrassed embarrassment humiliating unbearable unworkable unusably
-3 unacceptable angry terrible terribly horrible horribly awful worst ridiculous furious outrageous outraged appalled appalling atrocious disgusted disgusting pathetic nightmare disaster disastrous livid abysmal dreadful horrendous disgraceful disgrace infuriating infuriated scam scammed scammers fraud fraudulent hate hated worthless garbage trash rubbish joke crap crappy lousy incompetence deplorable shameful shame insulting insulted insult liars lies lied cheating robbed ripoff stolen stole inhumane sickening vile
2.5 excelente excelentes genial fantástico fantástica maravilloso maravillosa impecable encantado encantada contentos contento contenta satisfecho satisfechos felicidades perfecto perfecta estupendo
-2.5 decepcionado decepcionada decepcionados inaceptable pésimo pésima molesto molesta molestos queja terrible horrible malísimo enojado enojada frustrado frustrada estafa vergüenza
-1.6 error errores mala malo retraso tarde roto rota defectuoso
2.5 excellent excellente parfait parfaite ravi ravie ravis satisfait satisfaits satisfaite formidable superbe génial géniale félicitations impeccable merveilleux
-2.5 déçu déçue déçus inacceptable mécontent mécontente mécontents plainte réclamation scandaleux frustré frustrée lamentable honteux catastrophique furieux
-1.6 erreur erreurs retard erroné mauvais mauvaise cassé défectueux
2.5 hervorragend hervorragende hervorragenden ausgezeichnet ausgezeichnete großartig super toll tolle zufrieden perfekt begeistert klasse wunderbar erfreut
-2.5 enttäuscht unzufrieden inakzeptabel beschwerde ärgerlich verärgert unverschämt unverschämtheit mangelhaft katastrophe katastrophal unmöglich frech sauer
-1.6 fehler falsch falsche verspätet verspätung schlecht schlechte kaputt defekt
2.5 ótimo ótima parabéns ottimo ottima eccellente perfetto perfetta soddisfatto soddisfatta uitstekend uitstekende geweldig geweldige tevreden
-2.5 insatisfeito insatisfeita inaceitável péssimo péssima deluso delusa inaccettabile pessimo pessima teleurgesteld ontevreden onacceptabel klacht vergonha vergogna
-1.6 atraso erro ritardo errore fout
"""

PHRASES = """
// Courtesy and formulas: no weight.
0 thank|thanks you?
0 many|kind|best|warm|warmest|good thanks|regards|wishes|morning|afternoon|evening|day|luck
0 good morning|afternoon|evening|day
0 all the best
0 happy|glad|pleased to help|assist|answer|discuss|provide|send|talk|chat|hear|explain|clarify|share
0 be|more_than|am|are|would|will|we'd|i'd happy|glad to
0 have|enjoy a|the|your great|good|nice|wonderful|lovely|fantastic|blessed day|weekend|week|evening|one|holiday|afternoon|rest
0 hope .. well|good|great|finds_you
0 hope you|this|everyone|all ... well|good|great|nice|wonderful|weekend
0 look|looking|looks forward
0 would|will|i'd|we'd .. appreciate|appreciated|grateful|nice|great|helpful|good|love|like
0 appreciate it if|your_help_with|any
0 appreciate .. if|any|your_assistance|prompt_reply|response
0 please welcome
0 feel free
0 good|best time|day|number|address|way|faith|standing|idea|place|interest|practice|practices|price|deal
0 best .. reach|contact|time|way|number|price|offer|rate|interest
0 fair market|value|housing|lending
0 good|poor|fair|average condition
0 if .. problem|problems|issue|issues|concern|concerns|trouble|wrong|difficulty
0 any .. problem|problems|issue|issues|concern|concerns|trouble|questions
0 in case of
0 kind of
0 no|not_a problem|problems|worries|issue|trouble .. at_all|whatsoever?
0 no longer
0 pretty|well|very|so as|much
0 like to|you
0 interested party|parties
0 short sale|term|form|notice|list
0 hard copy|drive|money|stop|cost
0 waiting period|room|list
0 pending sale|sales|listing|approval|litigation
0 issue|issued a|an|the|by|date|of
0 error|errors|error_and and omissions
0 great|good|best deal of
0 free of charge
0 late|later in|this|next|today|tomorrow
0 sorry to|for bother|trouble
0 welcome to|aboard
0 wait for .. to
0 lost time
0 fun fact
0 concerning
0 miss|ms
0 patient information|records|care
0 patience
0 love to|for_you
// Good.
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
2 looking|look forward .. working|partnership|doing_business|continuing|meeting
2 excited|thrilled|eager to
2.5 very|so|really|extremely|super|more_than|quite happy|pleased|satisfied|glad
2.5 five star*
1.5 appreciate .. your|you|the|all
2.5 can't wait to .. work|use|see|start|get
2 happy to renew|continue|recommend|refer
1.5 no longer .. problem|issue|error*
2 not bad|too_bad|the_worst
2 better than expected
// Bad.
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
-2.5 want|need|demand|request|requesting|get|give_me|like|issue|process a|my|the|full|an? refund|money_back|compensation|reimbursement
-2 money back
-2.5 take|move|pull|taking|moving .. business|volume|account .. elsewhere|else|another|away
-2.5 lost .. patience|confidence|trust|faith|client|deal|hours|days|data|files|work|everything|package|luggage
-2 cost|costing|costs us|me .. closing|deal|money|time|customer|client|hours|#
-2 short paid|pay
-2 not in .. agreement|contract|order|description
-2 keeps|keep|kept .. crashing|freezing|failing|happening|showing|getting|asking|saying|disconnecting|logging|breaking|changing|giving|telling
-2.5 stopped|stops|quit|quits working|responding|charging|functioning
-2 fell|falling|came|coming|fallen apart|off
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
-3 thanks|thank_you for|so_much nothing|wasting|ruining|ignoring|the_runaround|letting|making_me|another
-3 oh great|fantastic|wonderful|perfect|joy|good .. another|again|yet_another|just
-3 just|really what .. needed|wanted
-3 can't wait .. to use you again
-3 slow clap
-3 yeah right
-3 so much for
-3 way to go .. again|late|wrong
3 非常满意
3 做得很好
2.5 满意
2.5 太好了
2.5 很好
-2.5 不满意
-3 不满
-3 失望
-3 投诉
-3 无法接受
-2.5 太慢
-2 错误
-2 错了
-2 还没
// Further idioms without weight.
0 error codes|code|log|logs|messages
0 late fee|fees|charge|charges|afternoon|morning|evening|night|payment|spring|summer|fall|winter|check_in|check_out
0 hard stop
0 due date|by|diligence
0 past due
0 broken down by|into
0 missing items|information|documents|item|w_9|w_9s|signature|page|data
0 we|i ordered|entered|sent|put|gave|typed|used|selected|chose the? wrong
0 death in the family
0 kind regards|words
0 better photo|picture|copy|price|rate
0 best suits|works|for|reach|if|if_you
0 what would|do you recommend
0 do|would|can you recommend
0 recommend .. for|a|an|that|you
0 suits you best
0 well as
0 good through|until|for|to_go|with_me|with_us|in
0 works for
0 fine with us|me
0 clear to|of
0 came back clean
0 cold call|calls|weather|storage
0 trouble shooting|ticket
0 troubleshooting
0 safe travels
0 interested in
0 positive|negative confirmation|test|balance|number
0 win loss
0 fair value|share|use|price
0 old address|email|one|number|house|account
0 sorry for|about .. late|delay|inconvenience|confusion|trouble|reply|response
0 i'm|i_am|we're|we_are|so|very sorry for_your|about_your|to_hear
0 no hurry|rush|need
0 wait list|time|times
0 strong password|side
0 dead line|end
0 risk assessment|management|factors|rating
0 critical
0 fast track|lane
0 nice day|weekend|evening
0 hope to
0 free trial|shipping|consultation
0 issue date|number|resolution|tracker|tracking|list|of
0 problem statement|set|description|number|if
0 cheap flights|flight|hotel
0 trash pickup|can|day|collection
0 damage deposit|claim
0 short term|sale|list|notice
0 lost .. bid|found
0 easy .. as
0 ready|happy|glad to .. sign|go|start|discuss|answer|help|assist|provide|send
0 better than .. nothing
// Further good.
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
2 sorted .. out|quickly|fast
2 fixed|solved|resolved|sorted|handled my|the|it|our|this .. quickly|immediately|minutes|fast|promptly|problem
2 problem|issue|issues|it is|was|has_been|been|are .. fixed|solved|resolved
2 keep up
2 best .. ever|far|seen|used|had|worked|read|year|purchase
2.5 hit .. out_of_the_park
2 so|very|really|extremely kind|helpful|nice|good|easy|patient|professional
2 look|looking forward .. working|partnership|future|next_project|long|many
2 miss you|your
1.5 no longer .. problem|issue
2 nothing to complain
2 couldn't|could_not|can't be .. more
2.5 went really|very|extremely|so? well|great|smoothly
2.5 10 10
2 5 stars
// Further bad.
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
-2 cancel|cancelled|canceled on|my|our .. me|us|flight|order|reservation|appointment|booking|without
-2 hung up on
-2 left us|me .. stranded|waiting|hanging|without|outside|on
-2 no heat|hot_water|water|power|signal|internet|service|electricity|wifi|working|longer_trust
-2 because of you|your|this|it
-2 lost .. because|due|work|day|hours|trust|money|confidence|customers|business|client|clients|patience
-2 losing|lose .. customers|clients|money|business|patience|faith|closing|deal|lock
-2 drops every|out|constantly|all
-2.5 smells|smelled|smelt|tastes|tasted of|like|bad|awful
-2 fell|falls|came|coming|fallen apart|off|through|short
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
1.2 thank_you|thanks so_much|very_much
2.5 thank_you|thanks a_million|again_for_everything|for_all_your|for_everything|a_ton
0 stopped|stop|stops by|in
0 if i'm wrong|incorrect
0 less than perfect
0 steps to reproduce .. bug
0 great|good|best|perfect|nice time|way|place to
0 great|exciting|amazing|good opportunity
0 good review|app|deal|deals
0 unable to attend|make_it|join
0 not enough data|information|time
0 lost in translation
0 worst and|case|likely
0 hate to bother|ask|be
0 would hate to
0 bug report|fix|fixes|tracker|list
-2.5 #|two|three|several|many weeks|days|hours|months late|overdue|behind
0 unable to respond .. from|this_address
0 if|unless .. link .. not_work|doesn't_work
0 if you|this ... in_error|by_mistake|mistake|error
0 received .. in error
0 would|do you mind
0 worry not
0 don't worry
0 worst case
0 so_that|so we don't|do_not
0 do not .. open|reply
0 fact of life
0 too late
0 i'd|we'd|would hate to
-2 keep|keeps|kept billing|charging|dropping|passing|transferring|putting|crashing|failing|losing|ignoring|breaking|changing|slipping|stalling
-2 hasn't|haven't|has_not|have_not|hadn't arrived|come|been_delivered|been_resolved|been_fixed|received_anything|been_refunded|responded|replied|shown
0 can't|cannot|couldn't|won't make_it|attend|join|be_there
2.5 thank_you|thanks for turning|going|handling|making|staying|stepping|fixing|jumping|everything|all_you|all_your
-2 in trouble
-1.6 over budget
-2 another .. blown|missed|wrong
0 wire|insurance|identity fraud|theft
0 fire|water|flood|storm|wind damage|loss
0 damage by|from|waiver
0 fraud alert|department|prevention|protection
-2.5 hurt by|me|our|my
-2 do_not|don't|not feel valued|appreciated|safe|welcome|heard
2 raving|raves|stunning|gem
2 over the moon
2 record quarter|year|month|sales
2 keep it up
2.5 meant .. to us|the|me|family
2.5 can't tell|thank|express .. how|enough
2 shoutout|shout_out|kudos
1.5 has|have chosen|selected|awarded your|you
1.5 you've got the job|it
2 good|excellent|great communication|service|quality|support|value|report
-2 violation|violations
-2 wrong lender|person|recipient|party
-1.5 privacy|data|security incident|breach
-2 formal|official|file|filing complaint
0 bad weather|timing|connection|debt|credit
0 hard to say|tell|beat
0 old|new error
0 lost and_found
0 problem solving|solver
0 issue a|an|the|it|resolved
0 sorry we|i missed|just|am|was
0 no doubt
0 not sure|certain
0 i'm|we're|i_am|we_are not sure
"""

# Said of a mishap these are irony: they count as badly as they sound good.
IRONIES = """
oh? great|fantastic|wonderful|brilliant|perfect|lovely|awesome|bravo|congratulations|congrats|stellar|terrific|amazing $
oh great|fantastic|wonderful|brilliant|perfect|lovely|awesome|joy
great|nice|good|fine|excellent|brilliant|stellar|fantastic|wonderful job|work|going|one|service
well done
way to go
thanks|thank_you a_lot|a_bunch|so_much|for_nothing
really|so|very professional|helpful|classy
just great|perfect|wonderful|what
can't wait to
love how|it_when
"""

NEGATORS = frozenset(
    "not no never without isn't wasn't aren't weren't don't doesn't didn't won't wouldn't can't cannot couldn't shouldn't hasn't haven't hadn't ain't neither nor hardly "
    "barely nothing none nobody less nicht kein keine keinen nie pas jamais sans ni não nunca sin non niet geen rarely".split()
)
BOOSTERS = dict.fromkeys(
    "very really extremely so incredibly absolutely totally completely super truly highly exceptionally particularly especially utterly deeply quite muy très sehr molto heel too".split(),
    1.3,
) | dict.fromkeys(
    "somewhat slightly bit little fairly kinda sort mildly rather partly mostly almost".split(), 0.6
)
TURNS = frozenset(
    "but however although though yet except unfortunately pero mais aber mas ma maar sin 但 但是".split()
)
SUPPOSED = frozenset("if unless whether wenn falls si se als 如果".split())
