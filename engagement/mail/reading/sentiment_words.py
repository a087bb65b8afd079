"""The words and phrases that tell how a writer feels, with weights from -4 to 4: a lexicon of our own, for business and customer mail.

Single words stand in lists by weight, phrases one a line in the notation of `phrases`. A phrase takes the words it covers out of the
count. Courtesy ("thank you", "please", "happy to help", "kind regards") has no weight by itself. What lives here: words. What does
not: negation, emphasis and the verdict (`sentiment`).
"""

from __future__ import annotations

WORDS = """
4 amazing fantastic outstanding phenomenal exceptional superb stellar flawless delighted thrilled ecstatic overjoyed unbeatable incredible
3 excellent wonderful awesome terrific brilliant fabulous love loved loves perfect perfectly impressed impressive superior magnificent marvelous grateful kudos bravo congratulations congrats lifesaver gem spectacular splendid excited exciting
2.5 great happy pleased glad enjoyed enjoy enjoying enjoyable best impeccable seamless seamlessly thorough helpful smoothly effortless effortlessly satisfied satisfying pleasure delightful thankful recommend recommended appreciative phenomenally
2 good nice smooth quick promptly prompt responsive professional professionalism courteous friendly knowledgeable efficient efficiently reliable dependable attentive pleasant pleasantly accurate flexible proactive polite kind trustworthy appreciated appreciate worked successful successfully success solved resolved easy easily intuitive beautiful beautifully better improved improvement improvements favorite favourite generous patient comfortable clean fast faster
1.5 approved cleared works accepted acceptable welcome fine fair convenient affordable helped helps solid valuable useful benefit forward positive nicely fun love-it interested eager win won winning
-1.5 late delay delays delayed unclear confusing confused concern concerns concerned slow slower difficult hard missing trouble unable expensive pricey incomplete wait waiting unfortunately lacking lacks outdated inconvenient inconvenience questionable vague lost wrongly stuck pending overdue unanswered short unexpected missed miss cancelled denied declined regret hassle worry worried worrying doubt doubtful tired
-2 wrong incorrect incorrectly error errors mistake mistakes problem problems issue issues fail failed fails failing failure failures broken broke breaks bug bugs buggy crash crashed crashes crashing freezes glitch glitches defective faulty damaged malfunction malfunctioning unresolved unresponsive inaccurate inaccurately poorly disagree dispute disputed complaint complaints complain complained complaining overcharged mischarged annoyed annoying unhappy dissatisfied ignored ignoring ignores rejected refused refuse refuses unreliable unfair unnecessary unreasonable lose losing loss unwilling mess messy confusion disorganized misleading misled noisy dirty leaking stained wasted waste wasting
-2.5 disappointed disappointing disappointment disappoint frustrated frustrating frustration upset upsetting bad poor unprofessional careless sloppy rude dismissive subpar shoddy useless unusable unsatisfactory unsatisfied inexcusable irritated irritating irresponsible neglected negligent incompetent inept regrettable displeased dismayed aggravating aggravated
-3 unacceptable angry terrible horrible awful worst ridiculous furious outrageous appalled appalling atrocious disgusted disgusting pathetic nightmare disaster disastrous livid outraged abysmal dreadful horrendous disgraceful infuriating infuriated scam fraud scammed hate hated worthless garbage joke crap lousy incompetence deplorable shameful insulting insulted lied liars lies cheated robbed
2.5 excelente excelentes genial fantástico maravilloso impecable encantado encantada contentos contento satisfecho satisfechos felicidades perfecto perfecta
-2.5 decepcionado decepcionada decepcionados inaceptable pésimo pésima molesto molesta molestos queja error errores terrible malo mala retraso tarde enojado frustrado frustrada
2.5 excellent excellente parfait parfaite ravi ravie ravis satisfait satisfaits formidable superbe génial félicitations
-2.5 déçu déçue déçus inacceptable mécontent mécontente erreur erreurs retard plainte réclamation scandaleux frustré nul mauvais mauvaise
2.5 hervorragend ausgezeichnet großartig super toll zufrieden perfekt begeistert klasse wunderbar
-2.5 enttäuscht unzufrieden inakzeptabel beschwerde fehler falsch verspätet verspätung ärgerlich verärgert schlecht unverschämt mangelhaft katastrophe
2.5 ótimo ótima parabéns ottimo ottima eccellente perfetto soddisfatto uitstekend geweldig tevreden
-2.5 insatisfeito inaceitável péssimo atraso erro deluso inaccettabile pessimo ritardo errore teleurgesteld ontevreden onacceptabel fout klacht
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
3 thank_you|thanks so_much|very_much|a_million|again_for_everything|for_all|for_everything|a_ton
2.5 thank_you|thanks|gracias .. quick|fast|great|excellent|hard_work|prompt|outstanding|amazing|wonderful|help|patience|professionalism|turnaround|kind|support|speedy
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
2 works|worked|working .. great|well|perfectly|fine|beautifully|now|like_a_charm
2 on time
2 made my|our day|life_easier
2 looks|look|looking|sounds|sound good|great|perfect|fantastic|excellent|wonderful|right
1.5 all set|good
1.5 that|this works|plan_works
2 nice|great|lovely|good|pleasure to? meeting|seeing|speaking|talking|hearing|meet
2 looking|look forward .. working|partnership|doing_business|continuing|meeting
2 excited|thrilled|eager to
2 glad|happy|pleased|delighted .. with|that|we|you|it
2.5 very|so|really|extremely|super|more_than|quite happy|pleased|satisfied|glad
2.5 five star*
1.5 appreciate .. your|you|the|all
2.5 can't wait to .. work|use|see|start|get
2 happy to renew|continue|recommend|refer
1.5 no longer .. problem|issue|error*
2 not bad|too_bad|the_worst
2 better than expected
// Bad.
-2.5 still|yet not|no|waiting|haven't|hasn't|broken|pending|unresolved|nothing|don't|doesn't|missing|without
-2 have|has|been|still waiting .. for|since|days|weeks|hours|over|more|almost|on|#
-2.5 waiting .. since|days|weeks|months|hours|forever|too_long
-2.5 no|zero|without|any|not_a response|reply|answer|explanation|communication|apology|resolution|word|help|solution|luck|success|refund|follow_up
-2.5 never .. received|showed|arrived|called|responded|replied|heard|got|answered|returned|delivered|came|again|worked|been_so
-2.5 nobody|no_one|noone .. answers|answered|responds|responded|calls|called|returns|returned|showed|replies|replied|knows|cares|came|helps|helped|picks|seems
-2 did_not|didn't|failed_to|has_not|hasn't|have_not|haven't|does_not|doesn't|do_not|don't|cannot|can't|won't|will_not|unable_to|not work|working|deliver|respond|arrive|arrived|receive|received|show|load|open|connect|access|log_in|login|sign_in|turn_on|turn|function|get|heard|resolve|resolved|fixed|fix|refund|refunded|reply|replied|call|answer|answered|match|update|charge|start|download|print|sync|install|recognize|respond
-2.5 not|isn't|wasn't|hardly|never|less_than .. acceptable|satisfied|happy|pleased|impressed|good_enough|helpful|thrilled|what_i_ordered|what_we_ordered|as_described|as_advertised|up_to|professional|amused|the_case
-3 #|second|third|fourth|fifth|umpteenth time .. this|that|i|we|you|month|week|in
-2.5 late|wrong|broken|down|again again
-2.5 #|two|three|several|many|few weeks|days|hours|months late|overdue|behind|ago
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
-2 cancel .. subscription|account|membership|service|contract
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
-2 went with another|a_different
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
-2.5 bbb|attorney|lawyer|legal_action|small_claims|chargeback|sue
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
