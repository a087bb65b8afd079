"""Courtesy, idioms, and facts of the trade, whose words tell of no mood: phrases without weight, in the notation of `phrases`.

They stand here so that their words are not counted: "happy to help", "error code", "the value is too low".
"""

from __future__ import annotations

FORMULAS = """
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
0 can't|cannot|couldn't|won't make_it|attend|join|be_there
0 wire|insurance|identity fraud|theft
0 fire|water|flood|storm|wind damage|loss
0 damage by|from|waiver
0 fraud alert|department|prevention|protection
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
0 {value} .. too|very|so|a_bit|bit low|high
0 {other_system} .. connection|service|app|software|site|system|website|portal|is|are|was .. down|slow|offline|out
0 fell|fall|falls|falling off .. chair|seat
0 {party} .. cancelled|canceled|backed_out|walked|withdrew|changed|decided|lost|failed|declined|refused
0 loan|deal|sale|application|purchase|financing .. fell_through|fell_apart|denied|declined|cancelled|canceled|withdrawn|died|dead|failed
0 cancel|cancelling|canceling|cancelled|canceled the|our|this|my|that|it|# order|appraisal|inspection|file|#|request|assignment?
0 issue|issues|issued|issuing a|an|the|us|credit|invoice|refund|letter|check|it
0 short paid|pay
0 never|not|didn't|haven't|hasn't|don't .. received|got|get|gotten|seen|find|have|see|arrived .. {letter}
0 {letter} .. never|not|didn't|hasn't .. arrived|received|came|come|reached|through|attached
0 ap|accounting|accounts_payable|payables|our_ap never|not|didn't|hasn't .. got|received|get|gotten|seen
0 {party} .. keeps|keep asking|calling|checking
0 keeps|keep asking|checking
0 i|we put|typed|entered|gave|listed .. wrong|incorrect
0 sent|mailed|posted .. twice
0 by mistake|accident
0 stop|stops|stopped working .. on|friday|monday|tuesday|wednesday|thursday|after|at|as_of|today|tomorrow|in
0 happy|merry|safe holidays|holiday|thanksgiving|birthday|friday|monday|easter|christmas|new_year|hanukkah
0 too long for|to
0 too .. for .. email|text
0 competitive|affordable|best|lowest|low prices|pricing|rates|price
0 dog|dogs|cat|pet .. friendly|nice|kind|calm
0 is|are|be all? yours again
0 {party} said|says|mentioned .. nobody|no_one
0 why not you|us|me|ask|try
0 so kind as
0 grateful if|for_your|to_you_if
0 be patient
0 it'd be great|nice|good|helpful|wonderful if|to
0 have a great|good|nice|productive call|meeting|trip|flight|time
0 # hours|days|minutes ahead|early .. call|notify|text|of
0 call|notify|text|phone ... # hours|days|minutes ahead|early
0 my|our|his|her phone|computer|car|laptop|printer|fax|email|scanner|internet .. broken|down|dead|stolen|lost|slow
0 {party} .. hard|difficult|impossible|tough to reach|get|catch|schedule
0 {party} .. called|asked|emailed|texted .. twice|times|again
0 not your|my|our|his|her problem|fault
0 missed your|a|the|my call|calls|email|message|text|voicemail
0 anyone|anybody there who|to|that
0 still without
0 contacted|called .. directly
0 thing|things|item|items|only|still|remains|is|are|balance|invoice|invoices|conditions|amount|issues|questions outstanding
0 outstanding balance|invoice|invoices|amount|items|item|conditions|issues|payment|payments|fees
0 concerned|worried party|parties
0 nothing|no|anything|none outstanding
0 will|i'll|shall return .. your|my|the|her|his .. call|calls|message
-2 done|tired|finished|past being polite|nice|patient|understanding
0 no worries|problem|harm .. missing|missed|about
0 lost my|his|her voice|phone|keys
0 best of_luck
0 mind terribly|awfully
1 thank|thanks you? .. very|so much
"""
