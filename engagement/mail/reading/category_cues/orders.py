"""What mails about an order say: opening, changing, holding, resuming, cancelling it, asking where it is, having its report put right.

The notation and the weights are those of the package."""

from __future__ import annotations

NEW_ORDER = """
6 s:new order|orders|assignment|request
6 s:new appraisal|valuation|bpo|order order|request|assignment?
5 s:appraisal|valuation|bpo order|request
5 s:order appraisal|appraisals
5 s:order request|form
4 s:{product} order|request|needed
4 s:fha|va|usda|heloc|refi|conventional|rush .. order|appraisal
3 s:order attached
6 received|have|sending|placing|submitting|got a|the|another? new appraisal? order|assignment
6 {ask} .. {open} an|a|another|one|two|three|new|following|the_following .. {product}|order|orders|assignment|new_one
6 {ask} .. open|set_up|start|enter a|an|another new? one|order|file
5 {ask} {open} this|the|these {product}|order
6 need|needs|needing|require|requires|looking_for|requesting|request|ordering|want|placing|order an|a|another|one|two|three|four|new|full .. {product}
5 need|needs|require|order {product} on|for|at|of
4 {ask} order .. {product}
4 new order for|on|from|below|attached|is|has
4 order|request form|details|sheet attached|below|enclosed
4 attached|enclosed|below|see .. order form|order_request|order_sheet|appraisal_request|appraisal_order|new_order
4 following|below|attached|this is? .. new appraisal|order|assignment|request
4 assigned .. you|your_firm .. order|assignment|appraisal
5 you have been assigned
5 accept or decline
3 take care of the below|attached|order
3 can_you|could_you|will_you|please handle|take|do|complete this|the|an appraisal|order|one|assignment
2 borrower is|name|info|contact|phone|email
2 borrower
1 co borrower|borrowers
2 loan number|no|type|amount|purpose|officer
2 property address|contact|type|is
1 purchase|refi|refinance|conventional|fha|heloc|cash_out|purchase_price|usda|jumbo
2 sfr|single_family|duplex|condo|townhome|townhouse|manufactured|fourplex|triplex|2_unit|4_unit
2 owner|tenant occupied
2 bill us|me|borrower|lender|it_to|to
3 contact for access|entry|inspection
2 call .. for access|entry|inspection
1 lockbox|lock_box|vacant|listing_agent
2 need it|this|the_report|back back? by
2 fee per|as|according our|the|your|usual
2 due by|on|date #
2 intended use|user|users
2 sales|purchase contract attached|to_follow
2 case number to_follow|pending|is
3 set us up as
3 as we|i .. not received|seen .. confirmation
4 resend*|re_sending|sending again|sending_again .. order
5 sending again
2 private|estate|divorce|date_of_death|probate|tax_appeal appraisal|valuation
3 estate|divorce|probate|date_of_death
3 for|my .. divorce|estate|probate
3 a:order form|request|sheet
3 a:appraisal request|order
2 a:purchase|sales contract
1 a:contract
3 new appraisal portal? order
4 received a? new .. order|assignment
-3 order|appraisal|report status|update
-4 not|no|don't|won't order|need a|an|another|new|any|further|more
-3 how|what .. order an|a .. appraisal
5 orden de avalúo|tasación
6 necesito|necesitamos|solicitamos|solicito|queremos|quisiera un|una|nuevo|nueva .. avalúo|tasación|valoración
6 besoin|demande|souhaite|commander|commande .. évaluation|expertise|estimation
6 gutachten .. beauftragen|bestellen|benötigen
6 beauftragen|bestellen|benötigen|brauchen .. gutachten|bewertung|wertgutachten|verkehrswertgutachten
5 neuer|neue|neuen auftrag|bestellung
6 precisamos|preciso|solicito|gostaria|solicitamos .. avaliação|laudo
6 richiedo|richiediamo|ordinare|abbiamo_bisogno .. perizia|valutazione
6 graag|willen .. taxatie .. aanvragen|bestellen|opdracht
5 新订单
5 新的评估
5 需要 .. 评估
4 请 .. 评估
6 委托 .. 评估
5 {ask} .. start|prepare|do|complete|perform|get|take|assign|arrange|handle .. {product}|one_going|one_started
5 get|have|getting one|an_appraisal|it|this .. going|started|ordered|underway
5 purchase|refinance|refi|heloc|order|orders|one|two|three|four|file|assignment .. for you
4 can|could|will you take it|this|these|on|one
5 field|desk review of|on|for
5 need|needs|want|wants|must|require*|like .. house|home|property|land|building|condo|farm|ranch .. valued|appraised|valuation|evaluated
5 certified|market|fair_market|date_of_death|current|as_is value of|for .. home|house|property|land|condo|farm
4 what .. need from .. get_started|start|order|begin
5 here|sending|resending|sent .. again .. order|borrower|refi|purchase|#?
5 don't|didn't|not|never think .. reached|reach|went_through|received .. so|here|again|resend*
4 re sending
3 access via|through|by|is|with
2 sales|purchase contract
3 charge the_card|my_card|card_on_file
5 placing .. order|orders
4 repairs .. complete|completed|done|finished
4 for our next one|order|file
3 borrower .. #
2 # + st|street|ave|avenue|rd|road|ln|lane|dr|drive|ct|court|blvd|way|cir|pl|hwy
2 # + + st|street|ave|avenue|rd|road|ln|lane|dr|drive|ct|court|blvd|way|cir|pl|hwy
3 protest|appeal|appealing .. assessment|property_tax*|taxes
5 need .. 1004d|final_inspection|completion_certificate
5 gutachten ... beauftragen|bestellen|benötigen|erstellen|brauchen
6 erstellen sie ... gutachten|bewertung
5 s:auftrag|bestellung .. gutachten|wertgutachten|bewertung
5 commander|commande|souhaitons|voudrions ... évaluation|expertise|estimation
5 necesitamos|necesito|quisiera|solicitar ... avalúo|tasación|valoración
4 s:pedido|solicitud|orden .. avalúo|tasación
5 做评估
5 需要 ... 评估
5 ball rolling|get_started on|with .. {product}|order|one
5 second|another|new|additional|updated|fresh|full|interior appraisal|valuation|evaluation|bpo .. on|for|at|of|required|requested|needed
5 requiring|requires|required|requested|wants|needs|ordering|asked_for a|an|another|second|new|full .. {product}
5 {ask} get|have|do|run|order a|an .. {product}
5 {ask} .. put_in|place|submit|enter|send an|a|the|this|another .. order
5 put|putting in an|a|another|the order|request
4 {product} for|on|at #
4 {product} .. for the_property|property|subject|address|home|house|following
4 get|have .. assigned
4 looking|hoping|want|wish to get .. {product}|valued|appraised
3 interested in .. getting|having|ordering .. {product}
3 due date .. #
3 loan #
3 loan_number|loan|file .. # .. purchase|refi|refinance|conventional|fha|va|heloc|usda
3 purchase at|price #
3 form type|product_type
3 rate_and_term|cash_out|purchase_money|construction_loan|bridge_loan|reverse_mortgage
3 type|form|borrower|lender|address .. form|lender|borrower|address
3 selected for .. following assignment|order
5 s:available|new_assignment|assignment|assigned|order
4 property .. located at|in
4 subject property|address
3 occupancy|vacant|tenant|owner_occupied
3 who|when .. let .. in|access
3 appraisers? .. come_out|come|visit|look_at .. value|appraise
4 my|our house|home|property|condo|land|farm .. appraised|appraisal|value|valued|worth
5 want|wants|need|like to know|find_out .. worth|value
5 how .. get an? appraisal
5 abrir|ordenar|pedir|encargar|solicitar ... orden|avalúo|tasación
4 s:avalúo|tasación|nuevo_avalúo|orden
5 commande|mandat|demande ... évaluation|expertise
5 wir|ich benötigen|brauchen|beauftragen|bestellen|möchten
3 s:gutachten|bewertung
"""

ORDER_CHANGE = """
5 change of scope
5 s:change .. order|scope|product|form|due_date|request|loan
5 s:correction|update to|on|for .. order|loan|borrower|address
4 s:change|changes|amend|amended|updated|revised
4 scope|order|product|form change|changes|changed
5 {ask} .. change|update|correct|amend|switch|modify|edit|revise|convert .. {detail}
5 {ask} .. change|update|amend|switch|modify|edit|convert|upgrade .. order|assignment|file|it_to|to_a|from
5 {ask} .. change|switch|convert|upgrade .. to
5 change|switch|convert|update|upgrade the|this|our|it|order .. from|to a|an|full|desktop|exterior|interior|{product}|rush|conventional|fha|#
4 changing|switching|converting|changed|switched|converted .. from .. to
4 loan|order|file|product|program|deal .. has|have|is|was .. changed|switched|converted to|from
4 {detail} .. has|have|is|should|was changed|corrected|now|actually|be|wrong_on|updated|moved
3 correct {detail} is|for
4 {detail} is|are now|actually|really|wrong_in
4 new|revised|updated|corrected|later|earlier due_date|closing_date|contract_price|purchase_price|loan_number|case_number|loan_amount|addendum
5 move|push|extend|adjust|change|shift|bump|moved|pushed|extended the|our|this .. due date|closing|inspection|delivery|deadline
4 due date .. moved|extended|pushed|changed|acceptable|approved|fine|later|earlier
4 reschedul* .. inspection|appointment|visit|site_visit
4 inspection|appointment .. reschedul*|moved
5 add|adding|include .. rent_schedule|1007|216|operating_income|second_borrower|co_borrower|1004d|addendum|spouse|wife|husband|order .. to? order|it|file|this|loan|report?
4 {ask} add .. borrower|product|unit|form|rent_schedule|1007|216|order
4 {ask} remove .. borrower|co_borrower|form|1007|rent_schedule
4 approved at|for #
4 approve|approved|approving|accept|ok|okay .. fee|increase|additional_fee|rush_fee|trip_fee|revised_fee|new_fee|change|fee_change|counter
4 fee increase|change|of_# .. approved|accepted|acceptable|fine|ok|okay|works
3 revised|new fee .. fine|acceptable|ok|okay|works|approved|agreed|good
5 new due_date .. acceptable|fine|ok|works|good|approved
3 instead of
4 upgrade|move|switch to rush
4 make|want|need|turn it|this|order .. rush|a_rush
3 attach|attached|add|use|here_is|find|upload .. revised|amended|updated|new|corrected contract|purchase_agreement|purchase_contract|addendum|engagement
3 add .. to order|file|mv|the_order|this_order
4 bill|charge|invoice .. instead|rather_than
3 bill us|me|lender|borrower please|instead
3 case number is|#
3 fha case|number .. is #
3 here|attached is|are the missing|requested|contract|case_number|loan_number|access|contact_information
2 closing .. moved|pushed
4 transfer|transferred|transferring .. to|from .. lender|bank
3 lender .. changed|transferred
4 borrower's|owner's|contact's|tenant's|his|her|property_contact|correct|new phone|number|email|cell .. is
3 answers|answering|answer below|inline|to_your_questions
3 different|another|wrong unit|address .. correct|should|is
-3 change your|my password|mind
-4 how do i|we change
-3 revised|corrected|updated report|appraisal
5 cambiar|cambie|modificar|modifique|corregir|corrija .. orden|fecha|dirección|pedido|préstamo|producto
5 modifier|changer|corriger .. commande|date|adresse|mission|délai
5 ändern|anpassen|korrigieren|verschieben
4 auftrag|termin|lieferdatum .. geändert|ändern|verschieben|anpassen
5 alterar|mudar|corrigir .. pedido|data|endereço|ordem
5 modificare|cambiare|correggere .. ordine|data|indirizzo|incarico
4 修改
4 更改
4 改为
5 {detail} .. should|needs_to|is_to|must|ought_to be|read|say|show|list|reflect
5 unit|apt|apartment|suite|lot|address|name|house|zip .. is|should_be ... not
4 misspelled|misspelt|mistyped|wrong .. on .. order|request|file
4 go ahead with .. fee|rush|upgrade|change|1007|trip|#
5 go ahead .. rush_fee|additional_fee|extra_fee|higher_fee|new_fee
5 # is|was|has_been|looks|works|are approved|fine|ok|okay|acceptable|good|us
5 fine|ok|okay|good|agree|agreed|comfortable|happy with|on|to .. due_date|date|moving|fee|#|extension|new
5 tack|throw|include|add|put .. 216|1007|rent_schedule|operating_income|1004d|comparable_rent|second_unit|co_borrower|borrower|insurable_value
5 updated|amended|revised|executed|fully_executed|new|corrected contract|purchase_agreement|purchase_contract|sales_contract|addendum
4 pass|forward|send|give|get it|them|this|these|on .. to the appraiser
3 loan_number|loan_amount|occupancy|closing_date|borrower's_cell|contact is|# .. #?
5 pay|paying|paid|charge .. card|credit_card|check|ach .. instead
4 for access .. instead
4 access .. changed|instead|different|use
4 tenant|owner|occupant moved_out
5 reschedul* .. inspection|appointment|thursday|friday|monday|tuesday|wednesday|visit
4 appraiser .. come|go|visit .. instead
5 switch|switching|switched|changing|converting|turning this|it|the|that|them .. from|to|into|over
5 upgrade this|it|order|# .. to|full
4 due date .. pulled|pull|brought|bring|moved|move .. in|up|forward|back|to
4 closing .. moved|got_moved|pushed .. up|back|to
4 modifier|modifiez|modification|changement
4 ändern sie|bitte
4 bitte ändern|korrigieren
4 cambien|cambie|modifiquen|actualicen|corrijan .. fecha|dirección|nombre|préstamo|producto|orden
4 il s'agit
4 改为|修改|更改
5 wrong .. zip|address|name|loan_number|borrower|unit|street|product|form|date|fee|phone|email|on_this_order|on_the_order|spelling
4 noticed|realized|realised|see|saw .. wrong|typo|mistake|incorrect|misspelled .. order|request
5 i|we put|entered|typed|gave|listed|sent|ordered .. wrong|incorrect
5 counter|fee|quote|increase .. approved|accepted|agreed|signed_off
5 counter .. # .. approved|accepted
5 inspection|appointment|visit .. pushed|moved|changed|rescheduled|bumped .. to|until
5 {ask} .. push|move|bump|shift|change .. inspection|appointment|visit|delivery|due
4 please list .. as|owner|borrower|lender
4 list .. as .. owner|borrower|lender|client
4 vested|vesting|owner_of_record|title_is_in
4 change to a|an|the|#|full|interior|exterior|desktop
5 change|switch|convert|modify to|it_to|this_to
4 property .. turned_out|actually|really is|to
4 add|include|list|put .. on|to .. order|report|file|engagement
4 difference in price|fee|cost
4 correct|right|actual|new spelling|address|name|number|zip|phone|email|date is|should
4 should .. be|read|say #
4 should|it read|say|be .. instead|not
3 revised|updated|amended engagement|order|terms|fee|due_date
4 rush|expedite .. approved|authorized|ok|okay|add|fee
4 authorize|authorized|approve|approved .. rush|additional|extra|trip|fee
4 need|want it|this|the_report sooner|earlier|faster|by
4 extend|extension .. due|deadline|more_time|delivery
4 s:counter|reschedule|correction|update|revised|scope|upgrade|add|modification|vesting|loan_number|case_number
"""

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
4 resume|resuming|restart|reactivate|re_activate|proceed|continue
5 {ask} .. resume|restart|reactivate|proceed|continue|reopen|unfreeze
4 all clear
4 good to go|proceed|start|schedule
5 issue|issues|problem|title|repairs|payment|paperwork .. resolved|cleared|completed|settled|sorted .. proceed|resume|continue|schedule|go_ahead|start
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
5 let me know .. charge|charges|fee|fees
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
"""

ORDER_STATUS_REQUEST = """
6 s:status
5 s:eta|update|any_update
5 status of|on|for|update|check|request|report?
5 what|what's|whats is? .. status|eta|latest|timeline|turn_time|expected
5 any .. update|updates|news|word|eta|progress|status|idea_when|movement
5 when will|can|should|is|do|would|are .. {orders}|inspection|appraiser|it|we|this|done|ready|expect*|complete*|finish*|deliver*|receive|see|be
5 when .. be ready|done|finished|completed|delivered|complete|submitted|back|available|in|uploaded
5 eta on|for
4 where are|is we|things|my|our|the|this
4 how soon|much_longer|long .. {orders}|until|before|take|be|it
5 has|have|did|is|was|are the|your|our|this|they|he|she|anyone|somebody|appraiser|inspection|report|it|mv|hp|# .. been? scheduled|inspected|completed|complete|submitted|done|ready|finished|delivered|assigned|gone_out|happen|happened|inspect|received|accepted
4 checking|check|following|follow|circling|circle in|up|back on|with|about|regarding|to_see .. {orders}|inspection|status|this|mv|hp|#
4 checking|just_checking|following in|up
3 s:checking|following|follow in|up
4 still on track|schedule|target
5 on track for|to|with
4 haven't|have_not|hasn't|has_not|never|not_yet|still_not|yet .. heard|received|seen|gotten .. {orders}|anything|back|from|update|confirmation|it
4 waiting|wait on|for .. {orders}|update|inspection|status|it
3 let|can|could .. know|tell|confirm|advise .. when|where|status|if .. scheduled|inspected|completed|done|ready|inspection|report|expect|appraiser
4 let us|me|them know where|how|the_status|whether
5 update|updates on|about|regarding|for .. {orders}|inspection|status|mv|hp|loan
4 update us|me
3 will|can we|it|this|i .. have|make|get|be .. by|in_time|before|ready
3 anxious|eager .. for|to
3 can you .. track|trace|check_on
-4 loan status|marital_status|marital
-3 change the status
5 en qué estado|status
5 cuándo|cuando|para_cuándo .. listo|lista|recibir|recibiremos|terminado|estará|entrega|informe|avalúo|tasación
5 estado|estatus de|del .. orden|pedido|avalúo|tasación|informe|la|el
5 quand .. rapport|évaluation|prêt|prête|recevoir|recevrons|disponible|expertise|terminé
5 où en est|sommes
5 état|avancement de|du|d'avancement .. commande|dossier|rapport|mission|évaluation
5 wann .. gutachten|bericht|fertig|erhalten|bekommen|rechnen|vorliegen|geliefert|besichtigung
5 stand der|des|bei|zum|unseres|unserer
5 quando .. perizia|pronto|pronta|relazione|laudo|avaliação|ricevere|receber|relatório
5 wanneer .. rapport|taxatie|klaar|ontvangen
5 什么时候
5 何时
5 进度
5 进展
4 多久
4 完成 了 吗
5 いつ
5 когда .. отчет|отчёт|готов|оценка|будет
5 get|have|give|send|need|provide|share|want .. an|quick|status|brief update|status|progress_report|eta .. on|for|please?
5 where do|does|are|is|did .. stand|at|with|we
5 what|which day|date|time is|was|will|are .. inspection|appointment|appraiser|report|coming
5 when|what_time might|could|will|can|may|do|does|should|is ... results|report|appraisal|know|see|land|hear|inspection|back|arrive|receive
4 do|does|did|if we|you|anyone|they know yet|when|if|whether|where
4 has|have|did|was|is|were .. able to .. reach|contact|schedule|get
5 any idea|chance|sense when|on_when|of_when|how
5 did .. take_place|happen|go|occur|show_up|make_it .. yesterday|today|as|this_morning|planned|scheduled?
5 was|is the|# .. inspection|report|appraisal .. done|finished|completed|uploaded|in|ready|scheduled
4 haven't|have_not|hasn't|not seen|received|gotten|got .. report|appraisal|it|confirmation .. yet|through|back?
3 asking about|for|when|where
3 is|are asking|anxious|wondering|curious
3 report|appraisal|inspection .. yet|ready
4 wondering|curious|checking .. when|if|whether|where|how|status|eta
5 stand|status zu|der|des|bei|von|unseres
5 aktuellen|aktueller|momentanen stand
5 wann ... gutachten|bericht|fertig|rechnen|ergebnis|termin|besichtigung
5 quando ... perizia|relazione|pronta|pronto|laudo|relatório
5 quand ... rapport|évaluation|prêt|recevoir|expertise|visite
5 cuándo|cuando|lista|listo ... informe|avalúo|tasación|reporte|casa
4 ya está|esta|estaría lista|listo
5 où en est
5 进度|进展|什么时候|何时|多久
5 is|are this|it|that|one|these|they|the_report .. still .. coming|due|on_schedule|on_track|happening|on
5 can|could you tell|let|update|inform .. how_long|when|where|status|whether|if .. report|be|inspection|see|ready|will|is
5 how long .. before|until|will|to|till|is
5 haven't|have_not|hasn't|not .. gotten|got|received|seen|heard .. confirmation|report|word|anything|back|update
5 did|have|has they|he|she|the|your|anyone .. connect|connected|set|schedule|scheduled|appointment|inspect*|reach*
5 nouvelles|suivi ... rapport|dossier|évaluation|commande
5 noticias|novedades ... informe|avalúo|tasación|orden
5 news on|about|regarding|of
4 borrower|client|agent|underwriter|closer|processor|lo|boss .. asking|keeps_asking|wants_to_know|wondering|asked
4 expect|expecting .. report|it|delivery|them|completion .. today|tomorrow|this|by
4 time frame|timeframe|timeline|timing
4 still waiting|pending .. report|inspection|appraisal
3 due today|yesterday|tomorrow|this_week
4 confirm .. inspection|appointment|delivery|due_date|on_track|schedule|status
3 what_day|what_time
4 status
"""

REVISION_REQUEST = """
6 s:revision|revisions|revise|correction|corrections|conditions|stips|stip|uw_conditions
5 s:report|appraisal correction|corrections|revision|issue|issues|errors
5 revision|revisions|correction|corrections request|requests|requested|needed|required|please|to|on|for|is|are
6 {ask} .. revise|correct|amend|fix|update|address|re_issue|reissue|redo .. report|appraisal|grid|addendum|sketch|comps|comp|comparable*|page|section|comment*|typo|error|errors|photo*|legal_description|map|gla|adjustment*|condition*|signature|sales_comparison|certification|form|following|zoning|apn|parcel|below|site|items
5 revise|correct|amend|revised|corrected|amended .. report|appraisal
5 underwriter|underwriting|uw|reviewer|review_team|qc|investor|our_review|review|lender|processor .. needs|need|asking|asked|asks|requires|required|requesting|requested|wants|want|flagged|noted|condition*|found|kicked|comment*|issue*
5 appraiser|reviewer to|please|needs_to|must|should|can .. comment|explain|address|add|provide|include|correct|revise|clarify|support|remove|verify|state|update
5 have|get|ask|tell|need the appraiser .. comment|explain|address|add|provide|include|correct|revise|clarify|support|remove|verify|state|fix|upload|sign|update
4 additional|another|third|missing|more|better|one_more comp|comps|comparable|comparables|photo|photos|commentary|comment|signature|page|listing|sale
5 add|include|provide .. comp|comps|comparable|comparables|photo|photos|commentary|comment|comments|addendum|map|sketch|flood_map|listing|explanation
4 missing .. photo|photos|page|pages|signature|addendum|map|sketch|comparable|comment*|section|exhibit*
4 page # .. says|shows|states|lists|has|is|reads|missing|wrong|incorrect
4 report|appraisal|grid|sketch|addendum .. says|shows|states|lists|has|reads|indicates|reflects .. but|should|wrong|incorrect|typo|missing|instead
4 typo|typos|misspelled|misspelt|misspelling|incorrect|wrong .. report|page|gla|year_built|address|borrower|zoning|map|sketch|comp|legal|on_page|in_the
3 wrong .. in|on .. report|appraisal|page|addendum|sketch|grid
3 conditions|stips|stipulations|stipulation|condition .. report|appraisal|below|attached|from|appraisal|following|underwriting|uw|clear
3 subject to|as_is .. should|instead|not|change
3 comp #
2 gla|adjustment|adjustments|sketch|grid|addendum|comparables
3 usdap|hud|fha|fnma|guideline* .. requires|required|comment
3 ssr|ucdp|ead .. error|errors|hard_stop|findings|warning
2 a:revision|conditions|stips|review
-5 conditions cleared
-6 cleared|no|without .. condition|conditions|stips|revisions|corrections
-6 reconsider*|rov
-4 revise|revised|correct|update .. fee|quote|bid|proposal|order|invoice|contract|loan_number|engagement_letter|due_date|billing
6 corregir|corrija|corrección|correcciones|revisar .. informe|reporte|avalúo|tasación
6 corriger|correction|corrections|réviser .. rapport|évaluation|expertise
6 gutachten|bericht .. korrigieren|korrektur|überarbeiten|ändern|ergänzen|fehler|falsch
6 korrigieren|korrektur|überarbeiten|ergänzen .. gutachten|bericht
6 corrigir|correção|retificar .. laudo|relatório|avaliação
6 correggere|rettifica .. perizia|relazione
6 报告 ... 修改
6 报告 ... 更正
6 修改 ... 报告
5 {ask} .. have|get it|this|that|them fixed|corrected|revised|amended|updated|changed
5 uw|underwriting|underwriter|review|reviewer's|lender|investor items|item|conditions|condition|stip|stips|comments|comment|findings|questions|notes
5 explain|support|justify|comment_on|address|reconcile|discuss|verify .. adjustment|adjustments|comp|comps|comparable|zoning|market|site_value|location|condition|gla|discrepancy|highest|sale|cost|depreciation|lot
5 include|add|provide|attach|insert|need|needs|upload|missing .. photo|photos|picture|pictures|sketch|map|addendum|exhibit|comparable|comp|signature|page
6 hard stop|stops
5 resubmit|resubmitted|re_upload|reupload|reuploaded|re_uploaded|re_issue|reissued|resend_the_xml|new_xml|corrected_xml
5 not|never|nowhere|isn't discussed|addressed|mentioned|explained|shown|included|commented .. report|anywhere|appraiser?
5 should be|read|say|show #
4 on page #
4 page #
4 year built|gla|bedroom|bathroom|bath|zoning|acreage|lot_size|parcel .. should|wrong|incorrect|not|is
5 revised|corrected|updated|amended report|appraisal .. needed|please|required|when|by?
5 report|appraisal|gutachten|rapport|informe ... falsch|erroné|erronée|incorrecto|incorrecta|fehlt|error
5 corrijan|corregir|correction|korrigieren|korrektur|überarbeiten|rettificare|corrigir ... gutachten|rapport|informe|número|superficie|wohnfläche|perizia|laudo?
3 appraiser must|needs_to|to
3 third|additional|another|closer comp*|sale
-5 before .. report goes|is|comes
5 kicked .. back
5 straightened|fixed|corrected|cleaned|cleared .. out|up|and|re_sent|resent|pdf|report|xml
5 commentary|explanation|clarification|replacement|support|justification .. needed|required|on|for|about|regarding|please|or
5 need|needs|want|wants|require* .. explanation|commentary|clarification|replacement|support|correction|correct*|revised|photos|signature
5 corrections|correction|changes|revisions|edits|fixes .. before|to|needed|required|below|on
4 should be .. ae|x|#|not|instead
4 labelled|labeled|dated|listed|marked|stated|reported|noted|shown|checked .. wrong|incorrectly|before|as|instead
4 comp|comparable #
4 pdf|xml .. resent|re_sent|resend|re_upload|again
4 used|uses .. sale|comp|listing .. from|without|outside|over
4 without commentary|explanation|support
4 subject photos|photo|property
3 before .. accept .. report
4 report .. missing|needs|lacks|has|contains|wrong|incorrect|typo|error
4 appraiser .. forgot|missed|failed|omitted|neglected|used|left|checked|marked
1 underwriter|underwriting|uw|reviewer
"""

ROV_REQUEST = """
8 reconsideration of .. value|valuation|appraisal
8 rov
8 reconsider|reconsidering|reconsidered|re_evaluate|reevaluate|re_consider the|this|your|their|his|her|value|appraised .. value|valuation|appraisal|opinion|price?
7 value|valuation|appraisal|appraised .. dispute|disputing|appeal|rebuttal|challenge|contest
7 dispute|disputing|appeal|appealing|rebut|rebuttal|challenge|challenging|contest|contesting|disagree*|question the|this|with|of .. value|valuation|appraised|appraisal
5 value|appraisal|appraised|it came|came_in|is|seems|appears|was .. low|short|below|lower|under .. contract|purchase_price|price|expected|#|than|market?
5 appraised|valued|value .. too low
5 undervalued|undervaluation|low_value|low_appraisal|low_valuation
5 comps|comparables|sales|comparable_sales|comp .. consider|considered|reconsider|support|supporting|higher|ignored|overlooked|missed|not_used
4 consider|considered|review|look_at the|these|following|attached|additional|three|two|some .. comps|comparables|sales|comparable
4 higher|better|closer|stronger|more_recent|additional comps|comparables|sales|comparable
4 borrower|owner|buyer|seller|realtor|agent .. believes|feels|thinks|disagrees|disputes|contends|unhappy_with|upset .. value|low|worth|appraisal
3 short of .. contract|purchase|price
3 support a? higher value
3 a:rov|reconsideration|comps|rebuttal
7 reconsideración|reconsiderar|apelar|apelación .. valor|avalúo|tasación?
7 reconsidération|reconsidérer|contester|contestation .. valeur|évaluation|estimation?
7 wert|bewertung|gutachten .. überprüfen|anfechten|überdenken|widersprechen|einspruch|zu_niedrig
7 einspruch|widerspruch .. wert|bewertung|gutachten
7 reconsideração|contestar .. valor|avaliação?
7 riconsiderare|contestare .. valore|perizia
7 价值 ... 复议
7 重新 .. 考虑
6 估价 .. 低
6 dispute|disputes|disputing|disputed|disagrees|contests|challenges|appeals .. value|valuation|opinion|appraised_value|it|appraisal
6 appealing|appeal the|this|our .. value|appraised|appraisal|valuation
5 agent|realtor|borrower|buyer|seller|owner|applicant|lo .. feels|thinks|believes|says|claims .. appraisal|value|it .. low|short|light
6 value|appraisal|appraised came|is|comes|coming|was .. under|below|short_of|less_than|lower_than|low
5 {ask} .. consider|look_at|review|evaluate|take_another_look|re_look|revisit .. sales|comps|comparables|sale|listings|value|comparable
6 wert|gutachten|bewertung ... zu_niedrig|überprüfung|neubewertung|einspruch|anfechten
6 neubewertung
6 opinion of value .. missed|low|ignored|wrong|overlooked|doesn't|too|should
6 list|set of comparable|comparables|comps|sales
6 sales|comps|comparables .. take|taken|taking .. into_account|account|consideration
6 came in at # .. contract|versus|vs|price|#
6 homeowner|homeowners|owners|borrowers|buyers .. think|feel|believe|believes|thinks|feels .. value|appraisal|worth|remodel
6 remodel|upgrades|improvements|square_footage|view .. not .. considered|reflected|included|credited
7 s:reconsider*|rov|value_dispute|appeal
5 value .. lower|less|under|below .. expected|contract|price|purchase
5 three|two|four|several|additional|attached|these sales|comps .. attached|support|consider|appraiser
5 appraiser .. ignored|overlooked|missed|didn't_use|failed_to_use .. comps|sales|comparable*|sale
"""

DUPLICATE = """
8 ignore|disregard|delete .. duplicate|duplicated|sent_twice|previous_email_sent_twice|second_copy
8 duplicate|duplicated .. ignore|disregard|delete|sent_by|sent_twice|email_sent|of_my|of_the_email|message
8 sent .. twice .. ignore|disregard|sorry|mistake|accident|apolog*
7 s:duplicate
5 same .. already sent|order_twice|received_twice
-8 cancel .. duplicate
-6 duplicate copy|invoice|payment|order|charge|billing
8 disregard|ignore|delete ... duplicate|duplicated|twice|second_copy|double
8 duplicate|twice|double .. please? ignore|disregard|delete|sorry
8 sent ... twice ... sorry|mistake|accident|disregard|ignore
"""
