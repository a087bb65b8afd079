"""What mails say that halt an order: holding, resuming and cancelling it.

The notation and the weights are those of the package."""

from __future__ import annotations

ORDER_HOLD = """
6 put|place|placed|placing|putting|keep|go .. on hold
5 on hold please|until|for_now|pending|while|till
5 s:hold
5 s:on hold
4 {ask} .. hold .. {order}|inspection|until|this|off
5 hold off .. {order}|inspection|until|scheduling|for|on|please
4 hold the|this|that|our|everything .. {orders}|inspection|until|for_now
5 {ask} .. pause|suspend|freeze|halt|stop .. {orders}|inspection|work|everything|until|on
4 pause|pausing|suspend|freeze|halt the|this|our|all|work|everything .. {orders}|until|work|inspection?
4 stop|cease|halt all? work .. until|for_now|temporarily|pending
5 do_not|don't|dont|please_don't proceed|schedule|start|go_out|go_ahead|inspect|send_anyone|move_forward|continue .. until|yet|till|before
4 wait|waiting to|until|before|for .. before|until .. schedul*|inspect*|proceed*|start*|going
5 wait .. before .. schedul*|inspect*|proceed*|start*|going
4 let_you_know|tell_you|advise|update_you when .. resume|restart|proceed|ready|continue
3 temporarily
2 borrower .. out_of_the_country|out_of_town|unavailable|traveling|hospital|away
2 not ready for .. inspection|appraiser
2 utilities .. off|not_on
-7 off hold
-6 release|remove|lift|take .. hold
-5 hold the price|fee|quote|rate
-4 on hold .. phone|line|minutes|music|for_an_hour
-4 no longer on hold
-4 why .. on hold
-4 bid|rfp|project|proposal|quote|decision .. on hold
-4 hold .. call|meeting
6 en espera
5 suspender|suspenda|pausar|pause|detener .. orden|pedido|avalúo|tasación
6 en attente|suspens
5 suspendre|interrompre .. commande|mission|dossier
6 zurückstellen|pausieren|auf_eis|anhalten|ruhend
5 bitte .. stoppen|pausieren|warten
6 in sospeso|attesa
6 suspender|pausar|em_espera
6 暂停
5 搁置
5 先不要
5 don't|do_not|not|dont|please_don't .. schedule|send|assign|start|proceed|go|inspect|order|do|visit .. until|yet|before|anything|anyone|for_now|out|any
6 press|hit|push pause
5 on pause
4 holding this|the|that|our|everything .. until|file|order|for
5 suspend|pause|stop|halt all .. work|activity|inspections
4 hold off on|until|for|with|please
4 keep .. on_hold|paused
4 waiting on|for .. payment|title|repairs .. before|so
4 tell|let_you_know|contact|advise you|us? when|once .. ready|it's|cleared|resolved|done
6 suspendre|suspendez|suspension .. dossier|commande|mission|évaluation?
4 jusqu'à nouvel
5 pongan|poner|ponga .. espera
5 pausieren|zurückstellen|ruhen_lassen|stoppen
-6 released|lifted|clear|cleared|continue|resume .. hold|please|now
5 freeze this|the|it|our|everything
5 nobody|no_one .. go|come|visit|inspect .. until|yet|moment|now
5 for the moment|time_being
4 wait for .. green_light|word|go_ahead|confirmation|approval|signal|us|me
4 until|till further|i_say|we_say|you_hear|i_confirm|we_confirm|i_let|we_let|they|he|she|i_hear|we_hear
4 don't|do_not .. anything|any_work|further .. until|yet|for_now|on_this
5 {ask} .. hold|wait|stop|pause|delay .. on|this|until|off|work|for
5 stand by|down
5 need to pause|hold|wait|stop|delay
4 hold .. a|few|couple|two|three|# days|weeks|week
4 up in the air
5 delay|postpone|defer .. inspection|order|appraisal|visit
6 {wait}
6 park|freeze|shelve|table|mothball|bench it|this|that|the|# ..
5 nobody|no_one|don't|do_not|not|doesn't|dont .. need|needs|needs_to|need_to|should|go|drive|visit|head .. out|over|there|by .. yet|week|until|till|for_now|now|today|before
5 i'll|i_will|we'll|we_will shout|holler|yell|ping|signal|wave|give_you_the_word|give_the_word|say_when|tell_you|let_you_know|be_in_touch|call_you|buzz_you .. when|once|as_soon|if
5 not .. move|budge|stir|lift_a_finger|do_a_thing|spend .. until|till|yet|on
4 still .. under_water|flooded|wrangling|fighting|in_dispute|in_probate|under_repair|torn_apart|being_repaired
5 give us|them|him|her|me .. few|couple|two|three|# .. days|weeks .. before
5 breather|time_out|timeout|pause .. on|this
6 cool|hold|stay your jets|horses|hand
6 keep|stay .. away|clear|off .. until|till|for_now|before
5 don't|do_not|not|nobody|no_one|can't|cannot|hold|wait ... until|till .. {party}|we|i|he|she|they|the|tenants|title|repairs|monday|tuesday|wednesday|thursday|friday|month|further
5 till|until i|we wave|say|call|email|holler|shout|signal|confirm|hear|know|give|get|let
-4 until .. delivered|ready|today|tomorrow .. report
6 let|leave this|it|that|them|things|everything .. simmer|sit|rest|wait|lie|be|marinate|cool
5 don't|do_not|not .. lift_a_finger|do_a_thing|move_a_muscle|move|start|begin|touch ... before|until|till|unless
5 hasn't|haven't|not|still .. made_up .. mind|decided|sure .. program|product|loan|whether|lender|buyer|borrower
5 before|until|till i|we .. give|say|send|signal|tell|get .. nod|word|go|go_ahead|signal|green|okay|ok
6 sit on #|it|this|that|the
5 nothing further|more .. on|for|until|till|please
5 being redone|rebuilt|repaired|replaced|gutted|remodeled|renovated
4 okay|ok|permission|consent .. until|till
5 until .. gives|give|says|say .. okay|ok|word|go_ahead|permission|consent
6 let's|let_us not .. send|schedule|order|start|go|do .. until|while|till|yet|before
6 no visits|visit|inspection|inspections|appraiser|one .. for_now|yet|until|till|before
4 while .. washed_out|flooded|closed|under|away|sick|in_mourning|contested
6 park|freeze|shelve|sit_on|sit_tight .. until|till|for|on|order|file|this|it|#
"""

ORDER_RESUME = """
7 off hold
7 release|remove|lift|take|took|end|clear .. hold
6 resume|resuming|restart|reactivate|reinstate|unpause|un_hold|unhold .. {orders}|work|inspection|everything|scheduling|mv|hp|it|with?
6 s:resume|reactivate|restart|reinstate|off_hold|release_hold|unhold|proceed
4 resume|resuming|reactivate|reinstate|reopen|re_open
5 no longer on hold
5 hold .. lifted|released|removed|over|cleared|can_come_off
5 {ask} .. proceed|continue|move_forward|go_ahead|pick_back_up .. {order}|inspection|schedul*|now|with
5 you|we can|may|are_clear_to|are_good_to|are_okay_to .. proceed|resume|continue|go_ahead|restart|move_forward .. with|now|order|inspection?
4 ok|okay|clear|cleared|ready|good|free to proceed|resume|continue|schedule|restart|go|go_ahead|inspect
3 borrower|borrowers|tenant|seller|owner .. is|are|now back|home|available
3 back .. in_town|home|from .. can|please|so
2 now ready|available|on|complete
4 pick .. back_up .. where
4 green light
3 utilities .. back_on|are_on|turned_on|now_on
3 was|been|had .. on hold
-5 when .. resume
-5 until|know .. resume|proceed|restart|ready
-4 do_not|don't proceed|resume
-4 proceed with your|the quote|bid|proposal
6 reanudar|reanude|reactivar|reactive|retomar|continuar .. orden|pedido|avalúo|tasación
6 reprendre|relancer|reprise .. commande|mission|dossier|évaluation
6 fortsetzen|fortfahren|wieder_aufnehmen|wiederaufnehmen|weitermachen
6 riprendere|retomar
6 恢复
5 继续
6 clear|cleared|okay|ok|approved|free|good|set to proceed|go|schedule|continue|resume|inspect
6 hold released|lifted|removed|off|over
5 go|move forward again|now
5 can|may|could|please go_ahead|continue|proceed|restart .. schedul*|now|with|again|inspect*
4 please continue|proceed|resume
5 restart|start|resume|pick|reopen .. work|file|order|back_up|again
5 s:back_on|ready|resume|released|cleared|reactivat*|off_hold|lifted
4 paused in|last|on|since|earlier|back
3 title .. clean|cleared|clear|came_back
3 sorted out
5 fortsetzen|fortfahren|weiterführen|weitermachen
5 reanudar|reanuden|reactivar|reactiven|continuar
5 reprendre|reprenez|relancer
4 can|you may now
-4 quote|bid|proposal|q
-5 order|report|appraisal .. corrected|update
-6 hold off on|until|for
5 pick|start|get|fire this|it|things|work|the_file|that|one .. back_up|up|going|again|where
5 where .. left off
5 back together|on_track|alive|on|in_play|on_the_table
5 lift|release|remove|end|clear .. hold|pause
5 can|may|could head_out|go_out|go|inspect|schedule|visit .. any_day|now|any_time|anytime|again|this_week|next_week|as_of
4 is|are empty|vacant|ready|available|accessible|back .. now
5 {ask} .. resume|restart|reactivate|proceed|continue|reopen|unfreeze
4 all clear
4 good to go|proceed|start|schedule
5 issue|issues|problem|title|repairs|payment|paperwork .. resolved|cleared|completed|settled|sorted .. proceed|resume|continue|schedule|go_ahead|start
4 resuming|restart|reactivate|re_activate|unfreeze
-6 my|attached|cover|updated resume
6 {anew}
5 send|have|get your|the|an|somebody|someone guy|appraiser|man|woman|person|people|out|inspector|him|her .. whenever|any_time|anytime|any_day|now|when_ready
5 back in|on business|the_calendar|the_schedule|your_list|the_front_burner|your_desk|our_feet
5 dust|take|pull .. off .. shelf|ice|back_burner
5 whenever it|you suits|like|are_ready|can|want|please
2.5 is|are|now dry|repaired|fixed|mended|finished|open|cleared|settled|signed|funded|paid|unlocked|habitable|restored
4 estate|title|probate|repairs|dispute|divorce|permit .. signed|settled|closed|cleared|finished|done|resolved|granted
6 wait|hold|delay|pause|freeze is over
6 over|gone|past .. go_ahead|please_proceed|proceed|schedule
5 off you go
5 tenants|tenant|occupants|occupant|squatters are|is|have|has moved_out|out|gone|left|cleared_out
3 keys|key|lockbox is|are .. under|at|with|ready|available
5 negotiation|negotiations|renegotiation|dispute|appeal .. is|are done|over|finished|settled|concluded
6 please proceed|continue with|on #
6 consider this|it .. nod|green_light|go_ahead|go|signal|word|release|okay
6 here's|here_is|this_is|you_have|you've_got|giving_you the|my|our nod|green_light|go_ahead|word|okay|all_clear
6 is|are|it's all? yours again
6 ok|okay|fine|safe|clear|free to .. call|contact|set_up|schedule|book|visit|inspect|go .. now|again|inspection|whenever
6 feel_free_to|please|can|may get|go|head back to|at|on it|this|work|that
4 feeling|doing better|fine|well|great .. now|again|home?
4 home|back|out again|from .. hospital|now|doing
6 ready to .. move_ahead|go_ahead|proceed|move_forward|resume .. appraisal|inspection|order|file|it
3 thanks|thank_you for .. holding|waiting|pausing
5 # .. can|may|should .. move_forward|go_forward|proceed|go_ahead|continue|resume
5 complete|completed|finished|done|cleared|signed|paid ... so .. can|may|please .. move_forward|go_forward|proceed|go_ahead|continue|resume|schedule
5 fine|okay|ok|good|comfortable with .. visit|inspection|appointment .. any_day|any_time|next_week|now|this_week
5 over to you
5 can|may be reached|accessed|visited|inspected .. again|now
5 are|is through .. send|please|go
"""

ORDER_CANCEL = """
6 s:cancel|cancellation|cancelled|canceled|cancelling|canceling
6 {ask} .. cancel|withdraw|void|kill|call_off|terminate|scrap .. {orders}|inspection|this|it|the|for
5 cancel|cancelling|canceling|cancelled|canceled .. {orders}|inspection|this|it|mv|hp|loan
5 {orders} .. is|are|has|have|was|be|been|to_be .. cancelled|canceled|withdrawn|terminated|cancel
4 stop|kill|scrap|pull|withdraw|void the|this|that|our .. {orders}
5 borrower|borrowers|applicant|buyer|buyers|client|customer|they .. withdrew|withdrawn|backed_out|walked_away|cancelled|canceled|has_withdrawn|pulled_out
4 loan|application|deal|sale|contract|purchase|transaction .. denied|declined|fell_through|fallen_through|dead|terminated|withdrawn|cancelled|canceled|fell_apart|died|not_going_forward|rejected|fell_out
5 no longer need|needs|require|needed|required|necessary|want .. {orders}|inspection|it|this?
5 don't|do_not|won't|not|doesn't need|require|be_needing .. {orders}|inspection .. anymore|any_more|any_longer|after_all|now?
4 not|won't|isn't moving|going|proceeding|proceed|move forward|ahead .. with .. {orders}|loan|purchase|refinance|refi
3 cancellation fee|confirmation|notice
2 trip fee
3 switching|going|moving .. another|different lender
-8 cancel the|our|my|that|this .. call|meeting|subscription|membership|appointment|account|callback|demo|reservation
-6 do_not|don't|not|never|didn't|wouldn't|won't .. cancel*
-5 policy .. cancel*
-4 cancellation policy|terms
-5 if .. cancel*
-5 cancelled check
-5 e .. o .. cancel*
-5 policy|insurance .. cancelled|canceled
6 cancelar|cancele|anular|anule|cancelación|cancelen .. orden|pedido|avalúo|tasación|inspección?
6 annuler|annulation|annulez .. commande|mission|dossier|évaluation?
6 stornieren|stornierung|storno
6 auftrag .. stornieren|zurückziehen|absagen
6 annullare|annullamento|annullate
6 cancelamento|cancelem
6 annuleren|annulering
6 取消
6 anulować|отменить|отмена
5 no use|need for|of .. {orders}|it|anymore
4 close|closing .. file|order|it_out|this_out .. please|and?
6 kill|scrap|void|nix|pull|ax this|the|that|our
5 won't|will_not|don't|do_not|no_longer|not need|needing|require .. {orders}|it|this|inspection|appraisal .. any_longer|anymore|after_all|any_more|now
5 deal|sale|loan|contract|purchase|transaction|refi died|is_dead|fell_through|fell_apart|collapsed|is_off|blew_up
5 went|going|gone|switched|moved|moving with|to a|another different|new|other? lender|bank
5 decided not to refinance|buy|sell|proceed|move_forward|go|close|purchase
4 application withdrawn|denied|declined
5 cancel|annuler|annulez|annulation|cancelen|cancele|anulen|stornieren|stornierung|取消 .. please|asap|it|commande|orden|avalúo|auftrag|order?
5 accidentally|mistakenly|by_mistake|by_accident ordered|placed
5 wrong product|form|address .. cancel*|new_one|place
6 please cancel
6 annuler|annulez|annulation
5 cancelen|cancele|anulen
5 duplicate .. cancel|order|please
6 pull the plug
6 changed .. mind|minds
6 fell|falls|fallen out|through|apart
6 no appraisal|inspection|report needed|necessary|required
5 close|closing it|this|the_file|the_order|order .. out|at_your_end|please|on_your
2 let me know .. charge|charges|fee|fees
5 any|no charge|charges|fee owed|due|for
5 not|no_longer|isn't|won't .. buying|selling|refinancing|closing|proceeding|moving_forward|going_through|going_ahead|happening
5 no longer .. buying|selling|refinancing|proceeding|happening|going
5 don't|do_not|won't|no_longer need .. you|appraiser|to .. go|inspect|appraisal|come
5 abort|scratch|drop the|this .. order|appraisal|inspection|request
5 disregard|ignore .. order|request
5 borrower|client|buyer|customer|they .. opted|chose|decided .. not|cancel|out|another|against
6 sagen .. ab|absagen
6 kommt nicht .. zustande
6 cancelar|anular|annuler|stornieren|annullare|annuleren
5 backing|backed|pulled|pulling|bowed out
6 can|may|could|should|please|just|go_ahead_and {kill} .. #|it|this|that|{orders}|one
5 {kill} # .. out|away|please|altogether?
5 out .. the window|trash|bin
6 nothing .. to|left value|appraise|inspect|order|do .. longer|anymore|any_more|now|here|there?
6 no point|sense|use|reason .. in|to|for .. appraising|appraisal|valuing|inspecting|going|sending|report|order
5 staying|stay put
5 found|got|took|taken|with .. cheaper|better|lower|cash .. rate|lender|loan|deal|terms|buyer|elsewhere
5 {party} .. walked|bailed|backed_out|pulled_out|bolted|cold_feet|got_cold_feet|changed_their_mind|changed_his_mind|changed_her_mind|withdrew|fell_out
5 deal|sale|loan|purchase|refi|refinance|file|transaction .. is_off|is_dead|has_died|went_south|went_sideways|kaput|fell_apart|is_toast|is_done_for|blew_up|not_happening|off_the_table|cratered|collapsed
5 what|how_much do|would|will we|i|they owe .. so_far|anything|to_date|now|you
5 off the table|hook
5 {orders} .. not .. needed|wanted|required .. any_more|anymore|any_longer|after_all?
6 pull~ the plug
6 {party} .. got|get|getting|had|have cold_feet
5 no need|reason|call for anyone|anybody|you|him|her|your|the|an|appraiser|someone
5 {party} .. took|accepted|got|received .. cash_offer|another_offer|other_offer|better_offer
5 stop the presses
5 withdrawn|withdrew|pulled by|their|his|her|the .. applicant|borrower|buyer|application
5 no_need|don't|no_reason ... trek|drive|head|travel|come|go|trip .. out|over|to
6 up in smoke|flames
6 strike|cross|wipe|erase|scratch|take .. off|from|out .. calendar|list|books|schedule|board|queue|roster
5 owe .. for .. trip|visit|drive|work|far
-8 don't|do_not|not close|kill|void|withdraw|pull
6 called|calling|call it quits|off
6 shut|close|wrap .. file|order|this|it .. down|out|up
5 duplicates|duplicate_of|same_as .. cancel|keep
"""
