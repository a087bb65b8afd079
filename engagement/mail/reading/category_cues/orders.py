"""What mails about an order say: opening and changing it, and sending it twice. Halting it is `order_halts`.

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
3 borrower .. # + #?
2 borrower .. #
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
3 occupancy|vacant|owner_occupied|tenant_occupied
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
5 got|have|here's|here_is|here_comes one|another|two|three|a_few|a_couple .. more|another|new .. for_you|for_the|to_do|pile|queue|stack|coming
4 grandmother|grandfather|mother|father|husband|wife|aunt|uncle|parents|mom|dad|brother|sister .. passed|died|estate|deceased|death
5 number|value|figure .. for .. as_of|date_of
5 {product} .. needed|wanted|required on|for|at
4 same billing|client|lender|setup|terms|drill .. as|before|usual|ever|always?
5 send|get somebody|someone|an_appraiser|your_appraiser|a_person .. to|over|out .. value|appraise|price|look
4 please|pls take_care_of|add .. to_your|to_the .. list|queue|board|pipeline
5 put|get .. on .. your|the schedule|board|calendar|list .. {product}|value|valuation|appraise
5 {product} .. file|loan|borrower|deal .. attached|below|enclosed
5 what .. need from us|me .. begin|start|get_started|get_going|proceed
2.5 ^ borrower|borrowers|co_borrower|client
2.5 ^ property|subject|address
2.5 ^ product|form|form_type|appraisal_type|report_type
2.5 ^ loan|loan_number|purpose|occupancy|access|purchase_price
4 squeeze|fit|take in|on another|one_more|one|this_one
4 here's|here_is|here_are the file|order|one|details|info|particulars
5 what|how_much .. house|home|property|place|land|condo|farm|it|it's|they're .. worth
4 how .. go_about|does_one|do_we|do_i|would_i|would_we .. hire|hiring|engage|engaging|order|ordering
4 needed by|back
4 inherited|inherit|divorcing|splitting_up|settling .. house|home|property|estate|farm|parents
3 plain vanilla
5 go|come|head|get back|out|over .. for_the_final|final_inspection|reinspection|re_inspection|recheck
5 final|follow_up inspection|1004d .. needed|please|of|on|at|for?
4 valuation|appraisal|value|opinion .. as_of|date_of_death|effective_date|retrospective
5 retrospective|date_of_death|current_market .. valuation|appraisal|value
4 send .. engagement_letter .. availability|fee|next|start
4 taking|take a swing|crack|stab|look at
4 court|judge|attorney|lawyer|trustee|executor|mediator .. asked|wants|needs|requires|ordered|says .. opinion|valuation|appraisal|appraised|value|worth
4 who|whom .. talk|speak|turn to .. first|about|and?
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
5 move|push|extend|adjust|change|shift|bump|moved|pushed|extended the|our|this .. due_date|closing|inspection|delivery|deadline
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
4 rush|expedite .. approved|authorized|ok|okay|add
4 authorize|authorized|approve|approved .. rush|additional|extra|trip|fee
4 need|want it|this|the_report sooner|earlier|faster|by
4 extend|extension .. due|deadline|more_time|delivery
4 s:counter|reschedule|correction|update|revised|scope|upgrade|add|modification|vesting|loan_number|case_number
5 small|quick|minor|tiny|one fix|tweak|correction|change|edit|adjustment
5 scratch|forget|skip|drop|lose the|that|our {product} .. make|do|go|want|need|give|get|instead|walk*
5 make|turn it|that|this|# .. a|an|the|into full|desktop|exterior|interior|1004|drive_by|rush|form|whole|regular|two_unit|#
5 swap|trade .. for|to|with|in|out
5 left off|out .. borrower|name|unit|co_borrower|second|wife|husband|lender
5 dropped|forgot|missed|omitted|left_out the|a|our|his|her? .. second|one|name|borrower|co_borrower|unit|spouse|other_one|suffix|middle
5 should|ought|was|were|supposed to|have .. be|been .. not|instead_of|rather_than
5 buyers|borrowers|owners|buyer|borrower|owner|lender|seller|vesting is|are .. and|not|actually|really
4 it|price|value|amount|loan|closing|due went|goes|got|has_gone up|down|to .. to #
4 loan|contract|purchase|sales amount|price .. went|now|changed|is .. up|down|to|now|#
4 typo|misprint|slip .. mine|ours|my_end|our_end|order|form|request
5 closing|close_of_escrow|settlement|coe|signing .. moved|pushed|changed|delayed|rescheduled|slipped|slid|bumped .. to|up|back|until|till|out|a
5 # ... is|are|was approved|ok|okay|fine|authorized|accepted|agreeable
5 {ask} .. change|correct|update|fix|amend .. name|spelling|date|address|contact|initial|suffix
5 initial|suffix|surname|last_name|first_name|middle_name|spelling|name|unit|zip|number is|should_be|isn't|is_not|reads .. not|as|but|instead|with|rather
5 isn't|not|wasn't # but #
5 fat finger*
5 exterior|desktop|interior|drive_by only|instead|will_do|is_enough|is_fine|now
4 cut|adjust|lower|raise|reduce|trim the_fee|the_price|our_fee .. accordingly|to|by
-6 closing .. fell|cancel*
5 silly me
5 i|we|someone|you wrote|put|typed|said|listed|entered|marked|picked|selected|had .. it's|it_is|should|is_really|meant|not
5 it's|its|it_is|they're|this_is .. not|actually|really|a .. condo|townhouse|duplex|sfr|pud|manufactured|detached|attached|two_unit|single_family|land
5 closing|deadline|due_date|settlement .. slid|slipped|moved|pushed .. a|one|two|# day|days|week|weeks
5 the # will_do|works|is_fine|is_ok|is_okay|is_good|is_soon_enough
5 right|correct|good|best|working|actual number|phone|cell|email|contact|address .. is|for
5 disconnected|out_of_service|bounces|wrong_number|no_longer_works
5 switch|change whatever|everything|what .. needs|need
5 {detail} .. is|was|are|got? spelled|misspelled|typed|listed|entered|shown|spelt wrong|incorrectly|with|as|wrongly
5 is|it's|it + with a|an|two|one +
5 there|it .. is|are a|an|another|also ... unit|adu|garage|barn|parcel|lot|guest_house|apartment|second_building .. out_back|mention|forgot|also|too|behind|on
5 didn't|did_not|forgot_to|failed_to mention|tell|list|include|say
4 account|allow for it|this|that|them
5 instead|rather .. mail*|send*|bill* ... title|lender|borrower|us|closing
5 have|let it|the_bill|the_invoice|them|that go|sent|billed|charged to
5 price|amount|value|loan .. dropped|fell|rose|went_up|went_down|increased|decreased|reduced|lowered|raised .. to #
5 to answer|answering your question|questions
6 ok|okay|fine|good|comfortable with .. extra|additional|increase|fee|##
5 ignore|disregard .. suite|unit|number|name|address|field .. order
5 marked|listed|put it|this .. vacant|occupied|condo|sfr .. but
6 accept|accepted|accepting .. subject_to|conditional*|provided|on_condition
6 can't|cannot|can_not make it|get_to|get_there .. today|tomorrow|there|appointment|order?
5 we|i|i've|we've moved|rescheduled|pushed .. it|inspection|appointment to|till|until
6 pass|passing on this assignment|order|one|job
6 can do ... but not at|for|by
6 bump|bumped|move|upgrade|upgraded|expedite|expedited .. front|rush|top
6 tack|add on? .. 1007|216|rent_schedule|operating_income
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
8 sorry|oops|apologies|apologize ... sent|copy|copies|email ... twice|again|two|duplicate|double
8 same message|email|mail .. twice|again|second_time
8 got|get|getting|received|have two|both|three copies|of_these|of_this|identical .. please|ignore|disregard|one|same
"""
