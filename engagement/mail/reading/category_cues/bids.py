"""What mails about a bid or a quote say: asking for one, awarding, refusing or putting it off, asking about it.

The notation and the weights are those of the package."""

from __future__ import annotations

BID_REQUEST = """
7 s:rfp|rfq|rfb
7 request for .. proposal|proposals|quote|quotes|quotation|bid|bids|pricing
6 s:bid|bids|quote|quotes|proposal|pricing|fee_quote needed|request|requested|required|please|wanted|for
6 s:bid|quote|fee|pricing request|inquiry|enquiry|needed
6 {ask} .. provide|send|give|submit|get|prepare|share|offer|email .. {bid}|pricing|price|fee_and_turn|fee|your_fee|fees|rates
6 provide|send|submit|give us|me|your|a|an .. {bid}|pricing|fee_and_turn
6 requesting|seeking|soliciting|looking_for|need|needs|want|like|require|inviting|get|obtain|collecting a|an|your|some|fee|two|three .. {bid}|pricing|price
5 bids|proposals|quotes|bid|proposal are|is|must .. due|accepted|received|submitted
6 what|what's would|is|do|are|will|your you|it|the|your .. charge|fee|cost|fees|rate|rates|price|quote .. for|on|to|be
5 how much .. for|would|do|does|is|will|to .. {product}|charge|cost|it|you|fee
5 {bid} .. for|on the|a|an|this|our|following|attached|portfolio .. property|properties|building|portfolio|parcels|appraisal|appraisals|industrial|retail|office|land|project|reo|units|assignment|below
5 fee and turn|timing|timeline|delivery|due|eta|turnaround
5 turn time and fee
4 include|with|your .. fee .. turn|turnaround|delivery|timeline
5 invited|invitation|invite to bid|quote|submit|propose
4 interested in bidding|quoting
4 bid|quote out|on|this .. #? properties|property|portfolio|building
4 your best|lowest price|fee|quote|bid
2 narrative|restricted|fee_simple|market_value|as_is|certified_general
3 s:bid
3 competitive bid|bids|quote|quotes
4 a:rfp|rfq|bid|proposal
-6 your|our bid|quote|proposal q?
-6 bid|quote|proposal|q .. accepted|selected|approved|awarded|won|received|declined|rejected
-5 re|about|regarding|on your|the bid|quote|proposal
-4 a:engagement|award
6 cotización|presupuesto|cotizar
6 devis|offre_de_prix|soumission|tarif
6 angebot|kostenvoranschlag .. bitte|erstellen|senden|unterbreiten|anfordern|für|einholen
5 angebotsanfrage|ausschreibung
6 orçamento|cotação
6 preventivo|offerta .. per|inviare|richiesta|richiediamo?
6 offerte .. aanvragen|ontvangen|voor|sturen
6 报价
6 見積*
6 requesting|request|requests|soliciting|seeking|inviting|invite|accepting|collecting .. {bid}|pricing
6 what|which price|fee|cost|rate|rates|fees|number .. offer|give|do|charge|be|for|per
6 what would|will|do|does you|your|it|one|this|the .. charge|cost|run|fee|price|be .. for|to|on
6 how much .. run|be|cost|charge|for|to
6 {ask} .. quote|bid us|me|on|this|a|for|the
6 let us|me know your .. fee|price|rate|pricing|availability
6 your .. fee|price and|&|plus turn*|delivery|timing|timeline|availability|time
5 fee|price .. and|plus .. delivery|turn_time|turnaround|timeline|timing
5 {bid} .. must|to|should|due .. by|received|in
6 invite you|your_firm to .. {bid}|submit|quote
5 submit|submitting a|your {bid}
6 cotización|cotizar|presupuesto
6 devis
6 angebot ... bewertung|gutachten|unterbreiten|erstellen
6 报价|询价
6 appreciate|like|love|get|have|need|send a|your|some number|numbers|figure|ballpark|price|rough_price|pricing .. from_you|for|on
6 number from you
5 how soon .. could|can .. done|complete|deliver
5 looking .. refinanc*|financ*|purchas*|buy*|sell* .. facility|building|center|property|portfolio|complex|plaza|warehouse|hotel
6 requests|invites|seeks|soliciting|accepting .. sealed? bids|proposals|quotes
6 sealed bids|proposals
6 responses|submissions|proposals|bids due
6 what do you charge|get
6 do you charge
6 s:solicitation|rfp|rfq|bid|pricing|quote|fee_inquiry
5 fee range|estimate|inquiry|request|schedule_for
5 your fee|fees|rate|rates|charge
5 quote .. on|for|to|me|us
5 price out|this|it
5 interested in .. fee|quote|price|bid
6 what you'd|you_would|would_you|you'll|you_might|do_you want|charge|ask|take|quote|bill|say .. for|on|and
5 {ask} .. tell|let .. what|how_much .. want|charge|take|cost|run|fee
5 how long|soon you'd|you_would|it_would|it'd|you_need|it_takes|you_take
6 ballpark|rough|round|indicative|not_to_exceed .. number|figure|fee|price|quote|cost
5 ever|have_you done|appraised|tackled|handled|valued|priced a|an|any|one
5 care|like|want|willing|interested|game|up|room .. to|in|for bid|bidding|quote|quoting|price|pricing|throw|submit
5 throw|toss|put|pitch .. your|a|us hat|number|price|bid .. in|at|ring|out|together
6 what|whats|what's it|that|this|one|would|will .. set_us_back|set_me_back|run_us|run_me|cost_us|cost_me
5 shopping|pricing|collecting|gathering|getting .. this|bids|quotes|prices|fees|around|out|numbers
-6 rush|trip|additional|extra|complex|tech|cancellation fee
6 what are|do|would|does .. charging|charge|asking|getting .. for|these_days|nowadays
6 price|fee|rate|cost be|run|come_to .. for|#
6 {ask} .. quote|bid|price an|our|some|these|those
5 tell us|me .. how_soon|when .. deliver|complete|finish|have_it
8 how much do|would|will|does you|it|they|that|an_appraisal .. charge|cost|run
6 what sort|kind|amount of money|fee|price|budget|cost
6 please|kindly bid
6 how many days|weeks .. need|take|require
7 what .. would|do|does .. you|you_folks|that|it .. charge|get|cost|set_me_back
7 what's|what_is the_damage
6 how much .. charge|cost|for .. appraisal|valuation|appraise|house|home
6 looking|shopping|searching for|around .. someone|somebody|appraiser|anyone .. appraise|value|valuation
6 seeking|requesting|inviting .. fee|price .. quotes|quote|proposals|proposal
7 put|give .. number|price|figure .. on|for .. unit|building|hotel|ranch|church|land|parcel|acres|warehouse|walk_up
6 do you appraise|value .. churches|ranches|commercial|farms|land|ag|buildings|hotels
"""

BID_AWARD = """
7 s:award|awarded|bid_accepted|quote_accepted|quote_approved
6 award of|to|letter|notice|notification|is
7 awarded|awarding|award .. you|your|to_you|your_firm|the_job|the_work|project|assignment|contract|this
6 awarded .. {bid}|assignment|appraisal|contract|job|project
7 your|the {bid}|firm|fee|offer|q .. has|have|was|were|is|are been? .. selected|accepted|approved|chosen|awarded|successful|winning|won
7 accept|accepting|accepted|approve|approved|select|selected|selecting|chosen|choose|going_with|go_with|engage|hire|move_forward_with|proceed_with|proceeding_with|moving_forward_with|moving_ahead_with|go_ahead_with your {bid}|firm|offer|fee|pricing|company|team|number|price|q|services
6 {bid}|q|offer|fee .. accepted|approved|is_accepted|looks_good|works .. please|proceed|go|start|begin|move
6 congratulations .. bid|quote|proposal|selected|awarded|won
6 congratulations your|you
7 you|your_firm have_been|were|are|is|was selected|chosen|the_winner|the_winning|awarded|engaged|successful
6 you won|got the|this bid|job|project|assignment|work|it
6 like|want|decided|happy|pleased|ready to .. proceed|engage|go|move_forward|award|accept|hire|go_ahead|move_ahead .. you|your|with_you|your_firm|bid|quote|proposal|it|this|q
5 go ahead with .. quote|bid|proposal|q|at
5 proceed .. quote|bid|proposal|q|at|per #?
5 engagement letter|agreement .. attached|countersign|sign|enclosed|execute|return
4 countersign*
4 we|committee|board|bank have|has|had chosen|selected .. you|your|meridian
3 notice to proceed
4 s:engagement letter
5 a:award
4 a:engagement
-8 not|wasn't|weren't|isn't|unfortunately|regret .. selected|accepted|awarded|chosen|successful
-8 another|other|different|competitor|someone_else .. firm|vendor|bidder|company|appraiser|provider|bid?
-7 will be awarded|selected|awarding
-6 when|before|once|after|whether|if .. award*|select*|accept*
7 aceptamos|aceptada|adjudicado|adjudicada|aprobamos|aprobada .. oferta|cotización|propuesta|presupuesto?
7 acceptons|acceptée|retenue|retenu|accepté|retenons .. offre|devis|proposition?
7 zuschlag
7 angebot .. angenommen|annehmen|nehmen|akzeptieren|akzeptiert|beauftragen|an
7 accettiamo|accettata|accettato .. offerta|preventivo
7 aceitamos|aprovado|aprovada|aceita .. proposta|orçamento
7 中标
6 接受 .. 报价
7 you've|you_have|you got|won|earned the|this|it job|project|assignment|bid|work|it?
7 went|going|go|gone with you|your_firm|meridian|your_bid|your_proposal|your_quote
6 works for us|me .. let's|start|go|proceed|you?
6 let's get_started|move_forward|do_it|proceed|go
6 approved .. proceed|per .. quote|bid|proposal
6 per the|your quote|bid|proposal
7 hiermit|gerne|wir nehmen|beauftragen ... angebot|an|beauftragen
7 nehmen .. angebot .. an?
7 s:auftragserteilung|beauftragung|zuschlag|adjudication|adjudicación
7 接受 ... 报价
-7 not|unfortunately|regret|another|someone_else .. selected|accepted|awarded|went|going
-5 s:order
7 we're|we_are|i'm|going|gone going? with you|your_firm|your_company|your_bid|your_proposal
7 has|have chosen|selected|awarded|approved|accepted your|you
7 committee|board|council|bank|owner|client|city|county|we .. chosen|selected|approved|awarded|picked|voted .. you|your|meridian
6 contract|contract_documents|engagement|engagement_letter|agreement|letter .. will|to|is .. follow|on_its_way|for_execution|shortly|be_sent
6 you're|you_are hired|selected|in|approved|on
6 start|begin|get_going|proceed|move_ahead .. as_quoted|at_that_price|at_#|on_the_terms
6 quote|bid|proposal|price|fee .. approved|accepted|works|looks_good|is_fine|good_to_go
6 sign|signed .. engagement_letter|your_proposal|the_proposal
6 win|won|winner|winning .. bid|bidder|proposal|you|your
-6 rush|trip|additional|extra|complex|late|cancellation|inspection fee
6 liked|like|loved|prefer|preferred|preferring|picked|choose|chose yours|your_number|your_approach|your_bid|your_proposal|you|your_price .. best|most|better|over
6 consider it yours|done|a_go|a_deal
6 yours|you|your_firm|meridian .. it|is|are|was|were|got|get .. job|nod|work|winner|top_pick|first_choice|on_top|all_yours|yours
6 came|come|coming out on_top|ahead|first
6 you're|you_are our|the|it|on .. pick|choice|winner|appraiser|firm|one|guy|folks|people|it
6 paperwork|papers|engagement|contract|po|purchase_order|letter|agreement comes|is_coming|on_its_way|on_the_way|to_follow|follows|coming|will_follow|shortly .. monday|soon|you|today|tomorrow?
6 green light|lit .. bid|quote|proposal|you|price|number
6 roll|proceed|go|run|start with .. your|that|the number|price|figure|offer|terms
6 all yours
6 our pick|choice|winner|first_choice|top_choice|selection
6 ink|contract|po|paperwork|engagement|agreement|papers follow*|comes|coming|to_come|en_route|goes_out|will_follow|is_coming .. tomorrow|today|monday|tuesday|wednesday|thursday|friday|shortly|soon?
6 gave|give|giving|gives|got|get .. you|your|the .. thumbs_up|nod|green_light|go_ahead|blessing|okay
6 sharpen your pencils
6 notice to proceed
6 we'd|we_would|we|i|i'd|like|would_like .. engage|hire|retain|use you|your_firm .. at|for|on
6 hiring|engaging|retaining|using|choosing|picking you .. for|on|at
-7 autre|anderen|andere|otra|altro|outra .. prestataire|fournisseur|anbieter|empresa|fornitore|firma|offre|angebot|oferta|offerta
6 + goes to you
6 said yes .. to|your .. price|number|bid|fee|quote
6 go get it
8 green_light|thumbs_up|go_ahead|nod .. q|quote|bid|proposal|number|offer
"""

BID_LOSS = """
7 went|going|go|gone|chose|chosen|selected|awarded|decided|opted|hired|engaged|picked|moving|proceeding|proceed .. another|different|other|someone_else|somebody_else|competing .. firm|vendor|company|appraiser|provider|bidder|direction|party|bid|proposal|quote|offer|supplier|contractor|with?
7 another|different|other firm|vendor|bidder|company|appraiser|provider|supplier .. selected|chosen|awarded|won|picked|lower|cheaper
6 awarded|award|given .. to another|a_different|someone|a_competitor|other|the_low
7 {bid}|firm|you|offer|q was|were|has|have|is|are been? not|unsuccessful|declined|rejected|passed_over .. selected|accepted|chosen|awarded|successful|this_time?
7 not|wasn't|weren't|isn't .. selected|awarded|chosen|successful|accepted .. {bid}|this|for|project|assignment|by?
6 not|won't|unable .. moving|move|moving_forward|go|going|proceed|proceeding|accept|accepting .. with your {bid}|quote|proposal|offer|firm
6 unsuccessful|regret .. {bid}|inform|advise|tell
5 lost|lose .. bid|out|deal
6 pass|passing|decline|declining|declined on|your|the|this .. {bid}|offer|this_one|time
5 came in|were|was .. lower|cheaper|less .. than_you|than_your|than_yours|bid|you_were
5 too|bit high|expensive|pricey|much|costly .. for_us|bid|fee|quote|this|we|us|budget
5 your fee|price|bid|quote|number was|were|is .. high|higher|too
5 lower|cheaper|better bid|bids|quote|fee|price|offer
4 thank_you|thanks for .. bid|bidding|proposal|quote|quoting .. unfortunately|but|however|not|went|decided
4 bid results|not_awarded
3 better|next luck|time
3 keep you in mind|on_file
5 s:not_selected|bid_declined|unsuccessful|regret
-4 lower|reduce|better .. can|could|match
-5 if|whether|before|can|could you .. lower|match|reduce|beat
-5 closing|loan|borrower .. fell|lost
7 otra empresa|firma|compañía|oferta
6 no .. seleccionada|seleccionado|aceptada|adjudicada
7 autre|concurrent .. fournisseur|société|prestataire|cabinet|offre|entreprise
6 pas|non .. retenue|retenu|acceptée
7 anderen|anderes|andere .. anbieter|unternehmen|büro|angebot|firma
6 nicht .. zuschlag|berücksichtigt|ausgewählt|angenommen|berücksichtigen
7 outra empresa|proposta
7 altro|altra fornitore|azienda|società|offerta
6 未中标
6 没有 .. 选
7 stayed|staying|stay|sticking|stuck|stick|remain|remained with .. incumbent|current|existing|usual|their|our
6 found|have|got|using somebody|someone|another|a_cheaper .. at|for|cheaper|less|#|local|closer
7 we'll|we_will|going_to|have_to|will pass .. this|on|time|one?
7 regret|unfortunately|sorry .. inform|say|tell|let_you_know ... not|another|other|declined|someone
7 {bid} was|is|were|has_been not .. accepted|selected|successful|chosen|awarded
7 another|other|different|local .. bidder|firm|company|vendor|appraiser|provider|someone .. was|selected|this_time|instead
6 too high|expensive .. so|for|we|than?
6 going with|using .. local|cheaper|someone|another|lower
7 anderen|andere|anderes anbieter|angebot|firma|unternehmen|büro
7 retenu|retenue|choisi .. autre
6 incumbent
7 ranked|came|placed|finished second|third|fourth
7 will|did not .. receive|get|win .. contract|award|job|project|assignment|bid
7 won't|didn't .. receive|get|win|be_using|be_awarded|be_selected .. contract|award|job|project|assignment|bid|you|this?
6 ended|wound up .. using|going|hiring|with|choosing
7 used|using|hired|hiring|engaged someone|somebody|another|borrower's|our_usual|the_borrower's|a_local|a_different
6 quite|much|a_lot|considerably|significantly .. less|cheaper|lower
6 bid again
6 next time|future_opportunities|future_projects|other_opportunities .. bid|consider|hope|keep|again?
5 not the winning|lowest|low
6 chose|selected|awarded|picked|accepted .. lower|low|cheaper|different|another|other|competing
5 decided .. in_house|not_to_use|other_direction|someone
-3 mv|hp
6 {other} {outfit} .. shaved|undercut|underbid|beat|edged|came_in|lower|cheaper|won|got|took|knocked|less|was|sharper
6 the other|another|other|competing .. outfit|firm|shop|crew|bid|bidder|number|quote|price .. less|lower|cheaper|shaved|beat|undercut|won|under|better
6 close but|no_cigar
6 no cigar|dice
5 not this|the time|one|round|day|go_around
6 out of|in the running|budget|reach
6 runner up
6 undercut|underbid|outbid
6 didn't|did_not|couldn't make|meet|clear|justify .. cut|budget|shortlist|cost|spend|price|number|it
6 passed|passing|pass on|over .. yours|your|you|it|this
6 gave|giving|handed|went .. to|with somebody|someone|a_local|our_old|our_usual|another|a_different|a_cheaper|a_friend
6 next time|round|one .. maybe|hopefully|perhaps|then?
6 no dice|luck|joy|go .. this|round|time|sorry
6 somebody|someone|another|a_competitor|a_guy|a_fellow .. took|did|does|will_do|offered|agreed .. for|at|it .. half|less|fraction|cheaper|lower|#
5 half of|your yours|price|fee
6 hungrier|cheaper|lower|leaner|faster .. bidder|bid|firm|shop|outfit|took|won|got
6 thanks|thank_you .. throwing|tossing .. hat
6 went|gone|goes|going to a|an|another|somebody|someone|some .. fellow|guy|outfit|shop|firm|else|one|appraiser|competitor|friend .. road|street|town|local|who|cheaper|else
6 down|up|across the road|street|block .. appraiser|fellow|guy|firm|got|won
6 final|last|top two|three|#
6 other|another|winning|chosen one|firm|bid|bidder .. was|is quicker|faster|cheaper|lower|closer|local|sooner
6 bank|committee|client|board|owner|lender has|have chosen|selected|picked|hired a|an|the different|other|another
5 thanks|thank_you .. effort|trying|interest|participating|time
7 decided|chose|opted|going|went|go .. with|for a|an|the appraiser|firm|company|vendor .. who|that|already|we
6 settled|settling on|with someone|somebody|another|a_closer|a_local
6 off|gone|went|goes to somebody|someone cheaper|closer|nearer|faster|local
6 nearer|closer to
8 awarded|went|given|goes .. to .. another|local|different|other|cheaper firm|company|appraiser|shop|group|outfit
6 best of_luck
7 second choice|place
7 picked|chose|took|selected .. lower|other|another|cheaper|different number|bid|firm|appraiser|quote|company
7 other|another|winner .. was|were|could # cheaper|lower|less
"""

BID_DEFERRED = """
7 {bid}|project|decision|award|selection|rfp|process|vote|approval|funding .. is|are|has|have|was|were|been|being|be .. postponed|deferred|delayed|pushed|tabled|paused|suspended|on_hold|shelved|extended|moved_to|rescheduled
6 postpone|postponed|postponing|deferred|defer|deferring|tabled|tabling|shelved|delaying|pushing|pushed|putting_off|hold_off|holding_off .. {bid}|project|decision|award|selection|until|to|next|budget|committee|appraisal?
5 postponed|deferred|tabled|shelved
6 no decision|decision_yet|award
5 not|haven't|have_not|hasn't|won't .. made|decided|ready_to|be_making|make .. decision|decide|decided|award|selection|commit|yet
5 decision|award .. not .. until|made|before|yet
5 revisit|circle_back|reconnect|re_visit|come_back|get_back_to_you|return_to|pick_this_up|reach_back_out|look_at_it_again|pick_it_up .. in|next|after|when|once|early|later|{month}|quarter|q1|q2|q3|q4|new_year
4 next|first|second|third|fourth|later quarter|year|budget_cycle|fiscal_year|this_year
4 after .. budget|board|committee|year_end|holidays|new_year|quarter
4 still|currently reviewing|evaluating|considering|under_review|deciding|comparing|waiting .. {bid}|proposals|options|bids|budget|board|committee|approval?
4 on hold .. project|bid|rfp|proposal|quote|budget|funding|until|for_now|internally
5 project|bid|rfp|proposal|quote|decision on hold
5 keep .. quote|bid|proposal|it .. open|on_file|valid|alive|active
5 deadline|due_date .. bid|proposal|rfp|bids|proposals .. extended|moved|pushed
5 not .. now|this_time|year|quarter .. but|maybe|later|revisit|next
4 timing|budget .. isn't|not|off|tight|frozen|freeze|cut
4 need|needs more time .. decide|review|decision|evaluate|compare
5 s:postponed|deferred|delayed
5 aplazado|aplazada|pospuesto|pospuesta|aplazar|posponer
5 reporté|reportée|reporter|différé .. décision|projet|appel_d'offres|offre|devis?
6 verschoben|vertagt|zurückgestellt|aufgeschoben
6 rinviato|rinviata|rimandato|adiado|adiada
6 推迟
6 延后
6 wait|hold|waiting|holding|delay .. until|till|for .. spring|summer|fall|winter|{month}|next|q1|q2|q3|q4|new_year|budget|board|committee|after
6 reach|reaching|circle|come|get|touch|check .. back .. out|then|after|in|when|around|next|once|with_you
6 pushed|moved|slipped|delayed|postponed|put_off|bumped|extended|tabled .. to|until|till|because|by|out .. {month}|next|#|q1|q2|q3|q4|spring|summer|fall|budget|board|february|later
6 nothing|not_yet|no_decision|haven't|hasn't|not .. decided|decision|final|selected|chosen|awarded yet?
5 still|currently in_the_running|reviewing|evaluating|considering|deciding|comparing|under_consideration|in_review
6 keep|hold|leave .. quote|bid|price|proposal|offer|number .. open|good|valid|on_file|until|through
5 not yet
5 due to .. funding|budget|staffing|delays
5 selection|award|decision .. pushed|delayed|later|moved|until
6 back burner
6 until .. rates|market|rate .. improve|drop|come_down|settle|recover
6 let you know .. when|once|if .. alive|decide|ready|moves|move_forward|decision|approved
6 expect|expected|anticipate .. decision|vote|award|selection .. after|in|by|next|until|january|#
6 not|no|did_not|didn't .. vote|decide|approve|act .. last|yet|on|until
6 decision|vote|approval|selection|award .. after|next|later|in|until|by|pending|expected .. month|week|#|meeting|quarter|{month}
6 on the shelf
6 paused|on_pause|on_hold|tabled|shelved|stalled|parked|iced
5 no rush|news yet|word
5 touch|check|reach .. base .. again|later|in
5 timing|start .. unclear|uncertain|tbd|unknown|changed|slipped
1 council|board|committee|budget|funding|sponsor|investor
6 stuck|put|sitting|sits|parked|left|placed|sat|leaving|putting|sticking .. in|on|into .. drawer|shelf|ice|back_burner|limbo|pile|holding_pattern|closet
6 your number|bid|quote|figure|price|proposal|offer stays|remains|is_still|sits|will_stay|keeps on_file|good|alive|valid|put|in_play|on_the_table
6 kicked .. can .. road
6 punt*|sleeping_on_it|sleep_on_it|dragging_their_feet|dragging_its_feet|jury_is_still_out|jury's_still_out|up_in_the_air|in_flux|slow_walking|sitting_on_it|on_the_fence|not_pulling_the_trigger
6 till|until spring|summer|fall|winter|{month}|next_year|next_quarter|budget_time|after|the_new_year
5 pull|pulling the_trigger .. not|until|yet|won't
5 not|won't|aren't|can't|isn't .. ready|pulling|in_a_position|commit|sign|decide|choosing .. yet|until|now|time|before
6 gone|went|going quiet|cold|dark|silent .. on_us|for_now|lately
6 hunting|looking|searching|still_looking|waiting|scrounging for money|funding|financing|capital|equity|investors|a_lender|a_partner
6 keep|hold|leave|park .. figure|number|bid|quote|proposal|price .. drawer|handy|file|open|back_pocket|warm|ice|now
6 nobody|no_one|not|won't|isn't .. sign|decide|commit|approve|move|award|act .. before|until|till|anything
6 ask|try|check|ping|call|nudge|remind|bug me|us|back .. again? .. in {month}|spring|summer|fall|winter|the_new_year|a_few_months
6 committee|board|council|meeting|vote|hearing .. moved|pushed|slipped|delayed|rescheduled .. to|until|till|back
6 no award|decision|selection|vote .. before|until|till|then|yet
6 ran|run|running|out out? of budget|money|funds
6 will|must|has|have to? wait .. {month}|spring|summer|fall|winter|next|new|budget|#
6 not|isn't|won't .. moving|going|move|go forward|ahead .. now|yet|moment|time
6 when|once|until .. ready to award|decide|sign|commit|engage
6 hang|hold on to your|the quote|bid|number|price|proposal
6 first .. will|they'll .. look|review|consider|open .. bids|quotes|proposals
6 think|thinking .. about|over .. over_the_winter|over_the_summer|until|a_while
"""

BID_QUESTION = """
6 question|questions about|on|regarding|re|concerning .. {bid}|q|proposal|fee_quote|pricing
6 does|do|is|are|will|did|would|has the|your|that|this|it|a|there .. {bid}|price|fee|q|cost|pricing|# .. include|includes|included|cover|covers|good|valid|firm|negotiable|apply|all_in|exclude|flat
6 does the|your|that|this|it .. include|cover
6 is|are|does|will|would travel|tech_fee|expenses|rush|site_visit|second_copy|sales_tax|inspection|mileage|taxes .. included|include|extra|in_the|in_your|covered|additional|on_top
6 is there a|an|any .. fee|charge|surcharge|discount|cost .. on_top|extra|additional|for|if?
7 can|could|would|will|any you|we|chance|way|room .. lower|reduce|match|beat|sharpen|come_down|do_better|negotiate|meet|shave|discount|drop|honor|improve|adjust .. price|fee|bid|quote|#|number|it|on|to|proposal|turn_time|turnaround
6 {bid}|price|fee|q .. still good|valid|stand|stands|open|available|honored
6 hold|honor .. price|fee|quote|bid
5 break|breakdown|broken|itemize|itemise|split .. fee|quote|bid|cost|down|out|price|pricing
5 how|what did|is|are|does|would|makes|comes .. {bid}|fee|price|# .. based|calculate*|include|cover|break|assume*|up
5 clarify|clarification|explain .. {bid}|fee|price|scope|proposal|turn_time|q|on
4 s:quote|bid|proposal|q question|questions|clarification
3 s:quote|bid|proposal|q #
2 quote|bid|proposal|q #
2 re|about|regarding|on your|the bid|quote|proposal
4 why .. fee|price|quote|bid .. higher|more|so
5 who|which .. sign|signing|appraiser .. bid|quote|proposal|assignment
4 turn time|turnaround .. firm|from_award|business_days|shorter|faster
3 business|calendar days or
-4 tech fee .. agreement
6 incluye|incluido .. cotización|presupuesto|precio|tarifa
6 cotización|presupuesto|precio .. incluye|incluido|válida|vigente
6 devis|offre|prix|tarif .. comprend|inclut|inclus|valable
6 angebot|preis|honorar .. enthalten|inklusive|beinhaltet|gültig|enthält
6 orçamento|preço .. inclui
6 preventivo|prezzo .. include|comprende
6 报价 ... 包括
6 报价 ... 包含
6 would|does|will|can|could|is that|the|your|this price|fee|quote|bid|number|# .. hold|include|cover|change|stand|apply|still|good|valid|same|work
6 price|fee|quote|bid|number .. hold|still_good|good_for|good_through|valid|change .. if|for|when|until?
6 how long .. quote|bid|price|proposal|offer .. good|valid|open|hold?
6 any room|flexibility|wiggle_room|movement .. price|fee|quote|bid|number|on|in?
6 get|come|go|bring .. down|to|closer .. deal|price|#?
6 questions|question .. on|about|regarding|re .. proposal|bid|quote|fee|pricing
6 break .. fee|price|quote|cost|it|that|this down|by|out
6 included .. in .. #|fee|price|quote|bid|or
6 travel|mileage|expenses|site_visit .. extra|included|additional|separate*|billed
5 who .. signs|sign|signing|inspect
4 if we add|drop|remove|include
6 precio|cotización|presupuesto ... incluye|incluido|válido
6 prix|devis|tarif ... comprend|inclut|inclus|valable
6 does|do|is|are|will|would|did your|the|this|that|it number|price|fee|quote|bid|#|proposal|estimate|turn_time ..
6 could|can|would|will you .. do|do_it|go .. for #
6 a little|bit|tad|touch .. high|over|above
6 over .. others|other_bids|budget|competition|competitors
6 sharpen .. pencil
6 include|includes|included|cover|covers|covered .. inspection|travel|copies|site|testimony|revisions|rush|taxes|review|reliance_letter|second
5 what .. included|include|cover|assumptions|scope|exclude|basis
5 turnaround|turn_time|timeline|delivery|due_date .. business_days|calendar|faster|shorter|sooner|realistic
5 is|are .. negotiable|firm|final|flexible|all_in|inclusive
5 best you|price
5 same .. price|fee|rate .. if|for|when
3 your number
-6 here|attached is|are the fee|price
6 does|do|did|is|are|will|would your|the|this|that|it|said figure|number|price|quote|sum|amount|estimate|# .. cover|include|take_in|account_for|assume|allow|count|have
6 or is|are|does .. extra|additional|separate|on_top|thrown_in|billed|cost_more
6 wiggle|budge|give|play|haircut|trim|flex|leeway .. fee|price|number|quote|bid|on|room|in
6 could|can|would|will|any .. shorten|trim|cut|speed|tighten|squeeze|knock|whittle .. turn|delivery|turnaround|timeline|weeks|days|price|fee|off|down|it
6 does|do|would|will|is that|it|this|# buy|get|give us|me .. #|copies|copy|or
6 any|some|a_little give|play|slack|wiggle_room|flexibility|leeway .. in|on
6 # ... start|starts|run|runs|begin|begins|count|counts|clock|measured .. from .. award|inspection|engagement|deposit|receipt|signing
6 soup to_nuts
6 all_in|everything_included|door_to_door|turnkey|flat .. or|and
6 or do|does|will|would|must i|we .. pay|cover|reimburse|add|buy .. for|your|the|too|extra
6 is|does|will .. # .. good|valid|firm|hold .. through|until|till|for
6 if|what_if|suppose|were .. we|i .. dropped|drop|skip|skipped|removed|added|add|left_out|cut .. what|how|would|price|fee
6 what would that|it do to .. #|fee|price|number|bid|quote
6 who would|will|does|is sign|signing|inspect|inspecting|write
6 shave|trim|cut|knock .. week|days|weeks .. off
6 would|could|does the? ## .. come_down|drop|change|go_down|move
"""
