"""What mails about an order say: opening, changing, holding, resuming and cancelling it, and sending it twice.

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
5 {ask} .. resume|restart|reactivate|proceed|continue|reopen|unfreeze
4 all clear
4 good to go|proceed|start|schedule
5 issue|issues|problem|title|repairs|payment|paperwork .. resolved|cleared|completed|settled|sorted .. proceed|resume|continue|schedule|go_ahead|start
4 resuming|restart|reactivate|re_activate|unfreeze
-6 my|attached|cover|updated resume
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
