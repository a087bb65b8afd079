"""What mails about the account say: agreements, growth, money, people and papers.

The notation and the weights are those of the package."""

from __future__ import annotations

RENEWAL = """
7 renew|renewal|renewing|extend|extending|extension .. agreement|contract|msa|master|services_agreement|term|engagement|subscription|retainer|membership|partnership|sla|panel_agreement|addendum
7 agreement|contract|msa|subscription|retainer|term|sla|engagement .. expires|expire|expiring|expiration|renew|renews|renewal|up_for_renewal|ends|ending|runs_out|lapses|extend|extended|extension|renewed|termination_date
6 s:renewal|renew|renewing
6 s:msa|master_services|services_agreement|agreement|contract
5 up for renewal|extension
5 master services? agreement
4 msa
4 amendment .. agreement|contract|msa|signed|attached|term|rates|fee
4 another|additional|further|new # ?year|years|term
3 for another|two|three|one year|years|term
4 fee schedule .. #|next_year|expires|renew*|new_year|update*|remain*
4 annual|yearly renewal|review .. agreement|contract|rates
4 a:msa|agreement|amendment|renewal|contract_renewal
-7 e&o|eo|insurance|license|licence|certification|liability|certificate|policy|bond .. renew*|expire*|expir*
-7 renew*|expire*|expir* .. e&o|insurance|license|licence|certificate|policy|registration
-6 lock|listing|rate|rate_lock|quote|bid|offer|contract_price .. expire*|expires
-4 purchase|sales contract
6 renovar|renovación .. contrato|acuerdo|convenio?
6 contrato|acuerdo .. vence|renovar|renovación|vencimiento
6 renouveler|renouvellement|reconduire|reconduction .. contrat|accord|convention?
6 contrat .. expire|échéance|renouveler|renouvellement
6 vertrag|rahmenvertrag .. verlängern|verlängerung|läuft|endet|auslaufen
6 verlängern|verlängerung .. vertrag|rahmenvertrag
6 rinnovo|rinnovare|renovação|verlenging|verlengen
6 续签
6 续约
6 合同 ... 到期
6 renew|renewal|renewing|extend|continue|lapse|lapses|lapsed ... agreement|contract|msa|year|years|arrangement|months
6 agreement|contract|msa ... runs_out|up_in|ends|lapses|lapse|expires|year_end|extend|renew*|keep_it_going
6 non renewal
6 not|do_not|don't .. renew
5 s:agreement|contract|renewal|msa|rahmenvertrag|contrato|contrat
-6 s:contract|agreement .. mv|hp|order|sales|purchase
-6 updated|amended|executed|revised|sales|purchase contract|purchase_agreement|purchase
-4 contract price|date|attached
-4 under contract
6 vertrag|rahmenvertrag ... verlängern|aus|endet|verlängerung
6 contrato ... vence|renovar*
6 agreement|contract|msa|subscription|retainer|term|sla|services_contract|service_agreement|terms .. through|until|good_through|ends|ending|up|expires|expiring|expiration #|in|at|on|december|june|march|next|soon|the_end
6 extension .. of|to .. agreement|contract|msa|term|master
6 next term|contract_term|contract_period|contract_year
6 rates|pricing|fees|fee_schedule .. next_term|next_year|renewal|new_term|20#|going_forward
6 sign|signed|execute|review .. extension|renewal|amendment|new_agreement|updated_agreement|new_contract
6 original|current|existing|present|our|the agreement|contract|msa|subscription|retainer|term|sla|services_contract|service_agreement|terms .. ends|end|expires|expire|runs|lapses|up|through|until|terminates
6 renewal
5 s:terms|renewal|msa|extension|agreement|contract|re_sign
5 re up|sign|signing
5 option year|years|period|term
5 continue|continuing|keep|remain .. working_together|relationship|partnership|vendor|arrangement .. another|next|year|term
6 {paper} .. runs_dry|runs_out|run_out|is_up|lapses|sunsets|sunset|expires|ends|comes_due|dies|winds_down|is_done|times_out|rolls_over|rolls .. new_year's|new_year|year_end|december|{month}|at|in|on|next?
6 same deal|terms|rates|arrangement|conditions|pricing|fees .. for|another|again|next .. months|year|years|term|round|go_round|twelve
6 another|next|further twelve_months|#_months|twelve|twenty_four|go_round|lap|round|two_years|three_years
6 re_up|re_upping|roll_over|rollover|roll_it_over|ink|stick_with_you|stay_with_you|keep_you_on|keep_going .. another|again|deal|year|contract|agreement|for
6 {paper}|relationship|partnership .. turns_into|pumpkin|comes_to_an_end|end_of_life|expiring|ends
6 keep|keeping it|this|the|our .. alive|going|running|in_force|in_place|rolling .. through|until|till|another|for|past .. #|year|years|term|then?
6 whatever|what|anything .. sign .. keep|extend|renew|continue
6 {paper} .. term|period .. comes_to|ends|expires|closes|over
6 coming|come|comes up on the_end|year_end|expiration|renewal|two_years|three_years|the_term
6 carry|carrying|continue|continuing|go|going|keep on .. at|under|with .. present|current|same|existing|today's rates|terms|fees|pricing|schedule|conditions
"""

UPSELL = """
6 opening|open|opened|launching|launch|starting|adding|expanding .. branch|branches|office|offices|location|locations|division|region|state|states|market|markets|team|channel
6 expect|anticipate|projecting|looking_at|send_you|sending_you|give_you|about|around .. orders|appraisals|files|loans|reports a|per|each|every month|week|year|quarter|monthly
6 do|can|could|would|will you .. cover|service|handle|do|offer|take|work_in .. county|counties|state|area|areas|commercial|desktop|desktops|heloc|helocs|hybrid|hybrids|bpo|bpos|too|also|as_well|region|market|desk_reviews|field_reviews|portfolio|statewide
6 do you|your_team also|cover
5 interested in .. your|adding|other|additional|expanding|more|using_you .. services|products|service|product|coverage|for|desktops|commercial|reviews
5 more|additional|increase|increasing|increased|extra|higher|bigger|larger .. volume|business|orders|work|counties|products|services .. you|your|to_you|for_you|from_us|with_you|next|our_way|your_way?
5 expand|expanding|expansion|grow|growing|broaden .. relationship|business|partnership|footprint|use|coverage|into|scope|volume
5 new|another product_line|line_of_business|loan_program|program|lending_area|division|pipeline
5 send|sending|route|shift|give|move|direct .. more|all|additional|most|bulk .. orders|business|volume|work|appraisals|files .. you|your_way|to_you
5 add|adding|roll|rolling|rollout|sign .. services|product|products|locations|users|seats|counties|branch|branches|reviews
4 bundle|package|volume_discount|volume_pricing|add_on|upgrade .. deal|plan|service|for|pricing|to?
4 looking|want|need .. vendor|partner|provider|appraiser|firm for|in|to_cover .. county|area|state|branch|commercial|region
4 can you handle
4 capacity for|to
4 acquired|acquiring|merging|merged|merger
4 pilot
-4 orders a month .. late
6 sucursal|sucursales|filial|filiale|filialen|succursale|niederlassung|zweigstelle
5 cubren|cubre .. condado|zona|área|también
5 couvrez|decken_sie|coprite
6 新分行
6 分公司
6 take|cover|do|handle|serve|add .. county|counties|state|area|region|market
6 something|service you offer|provide|do
6 have|send|give|expect|do|see|be around|about|roughly|some|at_least|up_to? # a|per|each month|week|year
6 acquired|merged|bought|acquiring|merging|purchased ... branches|branch|bank|savings|lender|company|orders
6 starting|launching|adding|building|rolling_out a|an|our|new .. channel|program|division|product|line|team|department
6 run|flow|go|come|route|send .. through|to you
6 interested in .. handling|taking|doing|covering|helping|bidding .. too|also|those|them|that|these
6 hiring|adding|onboarding ... loan_officers|officers|branches|producers|volume|originators
6 volume .. double|triple|increase|grow|jump|pick_up|rise
6 licensed in
6 need coverage
6 coverage in|for
6 only use|used you for
6 do|could|can you .. commercial|desktops|reviews|also|as_well
5 growing|new|expanding .. pipeline|team|market|portfolio|business
6 moving|expanding|growing|branching|going|getting into .. market|markets|area|state|county|counties|region|commercial|lending|business
6 area|areas|market|markets|county|counties|region|state|states|territory .. you .. cover|serve|service|work|handle|go
6 can|could|would|will you|your .. take_on|take|absorb|handle|do|cover|serve|able_to .. #|more|additional|month|reviews|desktops|volume|extra
6 able to .. take|take_on|handle|cover|serve|do|support
6 vendor|appraiser|amc|provider .. quit|left_us|closed|retired|dropped|went_out_of|can't_keep
6 do you|also .. offer|provide|do
6 other|additional|more|new services|products|offerings|service_lines
6 more|extra|additional|new|larger|bigger|heavier|increased volume|orders|work|business|pipeline
6 new|opening|open branch|branches|office|offices|location|locations|region|division
5 a month|per_month|each_month|monthly
5 volume|headcount|business|production|pipeline|originations .. grow*|grown|doubl*|increas*|going_from|up|rising|surg*
5 take over
5 panel|vendor_list|approved_list .. add|join|get_on|become
6 hang*|hung|put|setting|set|opening a|up|out? .. shingle|shop|stall
6 steady|more|plenty_of|lots_of|a_lot_of|heaps_of|extra work|business|files|orders .. in_it|for_you|your_way|coming|behind|where_that
6 more where .. came
6 a dozen|couple_dozen|hundred|handful .. a|per|each|every month|week|quarter|year
6 your|you folks|people|guys|appraisers|team|crew|you .. go|travel|reach|get|venture|work|cover .. far|that_far|out_there|south|north|east|west|down_there|up_there
6 starting|start|begin|beginning|going to? lend|lending|originate|originating|do|doing .. in|county|counties|state|commercial|construction|helocs|reverse
6 take|taking those|these|them|that|it|this on|too|as_well .. too|as_well|also?
6 other|another|new|sister branch|division|department|arm|side .. of_the_bank|of_our|asked|needs|wants|could_use|uses|looking
6 writing|doing|making|originating|closing loans|business|mortgages .. in|too
6 know|knows|familiar .. way_around|area|market|territory|region
6 come|by|this|next|in_the spring|summer|fall|winter|{month} .. we'll|we_will|we're|we_are .. be|in|open*|start*|writ*|lend*|launch*
6 somebody|someone|who .. has|have|needs|need|will to? appraise|value|cover|do .. for|them|it .. why_not|you
6 closed|close|closing on .. purchase|acquisition .. of .. bank|lender|company|branches|credit_union
-6 call volume
6 have|having people|folks|officers|staff|a_branch|an_office|offices|branches .. in
6 is|are + .. somewhere|anywhere|where|an_area|a_place|area you .. go|cover|work|serve
"""

BILLING = """
7 s:remittance|invoice|invoices|payment|billing|statement|past_due|ach|receipt|refund
6 remittance|remit .. advice|attached|for|sent?
6 ach|wire|check|cheque|eft|payment|zelle .. of|for|in_the_amount # .. sent|mailed|issued|went|processed|on|for|remitted|cleared?
6 payment .. sent|mailed|issued|processed|attached|made|received|remitted|scheduled|applied|posted|invoice*|went_out|not_received
6 invoice|invoices|inv .. paid|unpaid|outstanding|overdue|past_due|due|attached|copy|number|for|#|missing|duplicate|dispute*|incorrect|wrong|short|balance|received|please|question|amount|sent|billed|shows
5 copy|copies|resend|send .. invoice|invoices|receipt|statement|bill|w9_for_ap
5 receipt for
5 past due|overdue .. invoice*|balance|amount|statement|account
5 short|over|double|under|partially paid|paying|pay|payment|billed|charged
5 overpaid|overpayment|underpaid|overcharged|double_billed|double_charged|short_paid|overbilled
5 billed|charged|invoiced .. twice|wrong|incorrectly|too_much|again|instead|#|already
5 account|billing statement|department|balance|question|inquiry|issue|address|contact
4 balance due|owed|outstanding|of|on
5 accounts payable|receivable
4 credit memo|note|card .. charged|declined|for|on|expired|payment?
5 refund .. of|for|the|due|process*|issue*|request*?
4 ach|remittance|lockbox_payment
4 paid .. by|via|on|in_full|the|invoice|already
4 when .. get|be paid
5 haven't|not|still .. been? paid
3 invoice*
4 statement .. attached|shows|of_account
4 payment link|terms_are|method|is_late
3 purchase order number
4 please|need|to bill|invoice .. separately|po|electronically|portal|through
5 a:invoice|remittance|statement|inv|payment|ach|receipt
-4 a:award|engagement
-4 bank .. details|account|information .. changed|new|update*
-4 fake|gift card*
-5 credit limit|terms|application|line
5 factura|facturas|pago|remesa|transferencia .. adjunta|vencida|pagada|enviado|realizado|copia|de|número?
5 facture|factures|paiement|règlement|virement .. jointe|impayée|payée|effectué|copie|envoyé|n?
5 rechnung|rechnungen|zahlung|überweisung|mahnung .. offen|bezahlt|überwiesen|beglichen|kopie|erhalten|nr|über|für?
5 fatura|pagamento|boleto|fattura|fatture|pagamento|bonifico|factuur|betaling
5 发票
5 付款
5 汇款
6 wired|mailed|remitted|paid $|#|you .. this|on|for|today|yesterday|invoice*?
6 check #|number|no .. for|#|went_out|in_the_amount
6 went out .. covers|for|invoice*|friday|monday
6 remit to
6 remittance
5 receipt .. for|of|needed|please
6 covers .. # .. and
5 statement .. account|attached|of
4 october|november|december|september|monthly|{month} statement
5 bill|billed|charged|invoiced .. twice|double|again|#
5 include .. on .. invoice|invoices
6 facture|factura|rechnung|fattura|fatura|factuur|发票
5 überwiesen|comprobante_de_pago|virement|bonifico
-4 pay|card|payment .. instead
-4 hold off
-6 value
6 invoice|invoices .. paid|open|outstanding|unpaid|still|past|owed|due|ever|aging|sent|attached|missing|correct*
6 ach|wire|check|payment detail|details|confirmation|advice|stub|breakdown|number|summary .. for|of|attached|payment?
6 refund|refunded|refunding|reimburse*
5 aging|a_r|ar|receivable|receivables|payable|payables
5 when will|can|do .. be paid|refunded|reimbursed|charged|billed
5 card .. refunded|charged|declined|expired|failed
5 payment .. received|posted|applied|pending|missing|due|late|sent|made|failed
5 s:1099
5 1099 form|forms|for|from|misc|nec
5 a|our|your|the 1099
5 account .. balance|shows|paid_up|current|statement|number_for_payment
5 bill|billing|billed .. to|wrong|incorrect|separate|address|department|question
5 double|over|under charge|charged|pay|paid|payment
4 total|totals|totaling|amount #
4 owe|owed|owes .. #|balance|money|you|us|anything|invoice|still|for
4 fee .. waived|waive|credited|credit|reversed|charged
5 our|your|my books|ledger|system|records|accounting|ap|a_p|controller .. say|says|show|shows|have|has|sees .. paid|open|unpaid|owed|went|outstanding|still|different
5 yours|you|your_side|your_end|your_statement|it still? show|shows|have|has|list|lists|says .. open|unpaid|due|outstanding|paid|owing|balance
5 what|which .. line|charge|item|fee|entry|surcharge|# .. on|is|was|for|called|labeled|labelled .. statement|invoice|bill|last
5 line|charge|item|fee|entry|amount .. on .. statement|invoice|bill
5 put|it|check|cheque|payment is|in|went .. in_the_mail|out_the_door|out_today|in_the_post
5 square|settle|true|clear|straighten .. up|account|balance|bill|statement|tab|ledger
5 issue|give|apply|post|need|request|want|owe*|due a|us|our|the .. credit|refund .. difference|for|to|on|statement|account|back
5 paid .. two_times|twice|double|two_times_over|already|over
5 money|dollars|payment|cash|funds back|returned
5 never|didn't|not|haven't received|got|get|gotten|seen|saw .. invoice|bill|statement|receipt
5 bucks|dollars|# .. on|in .. my|our|the|last bill|invoice|statement|account
5 my|our|the|this|last|your bill|invoice|statement .. nobody|explain|understand|wrong|off|unclear|mystery|what|why|# ..
5 payments|payment|check|checks #? .. missing|not_posted|unapplied|not_applied|misapplied|not_credited
5 two|three|both|multiple|duplicate bills|invoices|statements .. for|same
5 walk|talk|take|guide me|us through .. bill|invoice|charge|how|statement|fee|#
5 how .. # .. came|come|got|get .. to #
5 agreed|quoted|approved .. fee|price|on|amount was|is|at|# ... invoice|invoiced|billed|bill|charged|statement
5 invoice|bill|statement ... agreed|quoted|approved|contracted .. fee|price|on|amount|#
5 corrected|revised|adjusted|new invoice|bill|statement
5 still|is|are|shows unpaid|open|owed|unapplied
5 cashed|deposited|cleared|bounced .. check|cheque
5 math|total|sum|amount .. says|is|doesn't|does_not|off|wrong
"""

CREDIT_REQUEST = """
8 s:credit application|terms|limit|line|request|increase|account
8 credit terms|limit|line|application|account|increase|facility|extension|approval|reference|references
7 increase|raise|extend|higher|bump|expand .. credit|limit|credit_line|line
7 net # .. terms|account|please|instead|possible|basis|days|set|approve*|offer|get|have|request*?
7 terms|payment_terms .. of|to|net|set_up|instead|possible|approve*|request*|extend*|longer|#
7 open|set_up|establish|apply_for|request|get|set_us_up|put_us a|an|our|us|on .. credit|account|terms|house_account|billing_account|line_of_credit|net
6 on account
6 pay on|by invoice|terms|account|monthly_invoice instead|rather_than?
6 invoice|bill us monthly|net|on_account|on_terms
5 credit hold
5 instead of|rather_than .. credit_card|card|prepay*|up_front|upfront|cod|prepayment
5 longer|extended|better|flexible|different payment terms
5 trade references
5 payment plan
5 a:credit|trade_references
-5 credit union|score|report|memo|card
-6 credit memo|note|for_the
6 límite|línea|términos|solicitud .. crédito
6 crédito .. solicitud|límite|línea|condiciones
6 plazo|délai de .. paiement|pago
6 limite|ligne|conditions .. crédit
6 kreditlimit|zahlungsziel|kreditrahmen|kreditlinie|auf_rechnung
6 limite|linha .. crédito|credito
6 信用额度
6 账期
7 set_up|put|be|get|go .. on net|terms|account
7 net #
7 open account
7 our|the|my|your limit .. used|raise|increase|higher|enough|low|reached|maxed|hit|up
7 raise|increase|lift|bump .. limit
7 extend|extending|lengthen|change|longer .. terms
7 hold for credit
7 be|get|being invoiced|billed .. monthly|weekly|instead|on_account|at_month_end
6 instead of paying
6 credit .. application|references
7 monthly|weekly invoicing|billing|invoices|statements|statement
7 # day|days terms
7 move|switch|put|set us|me|our_account .. monthly|terms|invoic*|account|net|billing
7 increas*|rais*|bump|higher|larger .. credit|limit|line
7 prepay*|pay_upfront|paying_upfront|paying_up_front|credit_card|card .. burden|instead|each|every|terms|invoice|inconvenient|cumbersome|monthly
7 pay later|on_terms|by_invoice|monthly|at_month_end
6 invoice us|me instead|monthly|rather|at
6 extend .. credit|terms
6 more time to pay
-5 card instead of us
-5 terms of use|service|sale
"""

CONTACT_CHANGE = """
7 s:new|updated|change|contact|address|email contact|change|address|update|information|email_address|phone
7 s:contact|address|email|phone|staff change|update|info|information|changes
6 s:moving_on|farewell|goodbye|last_day|we've_moved|we_have_moved|introducing
7 new|updated|different|correct|current email|e_mail|phone|cell|mobile|fax|contact|mailing|office|point_of_contact|number|address|extension .. is|address|number|for|effective|as_of|information|info|below
5 my|our new|updated|old .. email|number|phone|address|contact|extension|office|cell|name
7 update|change|correct|replace|note .. your|my|our|the|their .. records|contact|contacts|email|e_mail|address_book|phone|information|distribution|file|number|address .. records|information|to|with|details|list|accordingly|for?
7 no longer .. with|at|works|working|employed|here|the|part|handling|handles|contact|your
6 has|have|is|are|was|just left|leaving|retired|retiring|departed|moved_on|been_promoted|transferred .. company|bank|the|us|our|from|in|at|organization|end?
6 my last day|week .. is|at|with|will
7 taking|takes|took|take over from|for|as|the|his|her|this|your|dana
6 will be|is|be your|our|the new|main|primary|point|day_to_day|contact|go_to|account .. contact|person|processor|representative|manager|coordinator|rep|of_contact
6 new .. point_of_contact|poc|contact_person|processor|account_manager|coordinator|ap_contact|loan_officer|contact|manager|ops_manager|controller .. is|for|on|at|will|effective|starting|name|as
6 we|our|office have|has|are|is moved|relocated|moving|relocating|changed .. to|offices|office|our|address|from|name|email
5 changed|changing my|our|its|the .. name|email|address|number|phone|domain|company_name
5 name|email|address|phone|domain change|changed|is_changing
6 married|maiden|last_name|surname .. name|changed|email|now
5 add .. to .. distribution|cc|contact_list|contacts|your_list|notifications|email_list|all_emails
5 remove .. from .. order_notifications|contacts|your_contacts|account|distribution|portal
5 rebrand*|rebranding|new_name|new_domain
-5 borrower|borrower's|owner|owner's|tenant|tenant's|agent|property|seller|buyer .. phone|email|contact|number|new|changed|is
-5 no longer .. need|on_hold|want|interested|require|wish
-5 account|bank|banking|ach|wire .. details|information|number
-6 new|updated .. loan|order|case number
6 nuevo|nueva .. correo|contacto|teléfono|dirección|número|email
6 ya no trabaja
6 cambio|cambió|actualice|actualizar .. correo|contacto|teléfono|dirección|datos
6 nouvelle|nouveau|nouvel .. adresse|contact|numéro|interlocuteur|interlocutrice|téléphone|mail|email
6 ne travaille plus
6 neue|neuer|neuen|neues .. adresse|ansprechpartner|ansprechpartnerin|telefonnummer|e_mail|mailadresse|anschrift|kontaktdaten
6 nicht mehr .. unternehmen|bei_uns|tätig|beschäftigt|firma
6 novo|nova|nuovo|nuova .. email|contato|contatto|indirizzo|telefone|numero|endereço|telefono|referente
6 新 .. 联系人
6 联系人 ... 变更
6 新 .. 邮箱
6 离职
7 i'm|i_am|she's|he's|is|will_be .. new|your_new|the_new contact|point_of_contact|processor|coordinator|person|rep|manager
7 my|our|his|her .. email|line|number|extension|address|cell|phone|name .. is_now|has_changed|changed|now
7 handling|handle|cover|covering|taking_over .. after_me|for_me|from_me|my_files|my_accounts|going_forward|orders
7 retired|resigned|quit|left|departed|promoted|transferred .. last|this|the|from|please|and
7 switched|changed|changing .. phone|email|phones|domains|address|systems|numbers|providers
6 use .. from_now_on|going_forward|instead|effective|old
7 neue|neuer ansprechpartner|ansprechpartnerin
7 ab sofort
-5 order|mv|hp|loan|report .. borrower|access|change
7 got|have|using|with a|an|my new? cell|phone|number|email|address|extension|line
7 new cell|phone|phone_number|number|email|address|extension|mobile|contact|boss|mailbox|domain
4 new manager|processor
7 has|have|had left|departed|retired|resigned|moved_on|transferred|joined|been_promoted
7 he|she|who|i|me|manager|processor|officer|contact has|have been_replaced
7 toss|delete|remove|discard|drop .. old_one|old_number|old_email|old_address
7 stepping|transitioning|moving into|out|to|away .. role|position|new|team|department
7 s:staffing|personnel|team update|change|changes|news
6 new|different last|married|company name
6 please be aware|advised|informed|note .. left|new|change|moved|contact|email|longer
6 replacing|succeed|succeeding|taking_over|filling_in|stepping_in
6 no longer .. valid|active|monitored|work|in_use|checked .. email|address|number|mailbox?
6 email|address|number|mailbox .. no_longer|discontinued|deactivated|shut_off
7 my|our|his|her|their|is final|last day
6 please|kindly direct|send|forward|route|address .. correspondence|emails|everything|orders|questions|invoices .. to
7 send|forward|route|direct|address anything|everything|all|orders|reports|invoices|emails|mail|correspondence .. for_him|for_her|to_me|instead
6 replac* .. me|him|her|your_contact
6 joined|joining our|the|us .. team|desk|department|as|company|bank
6 going_forward|from_now_on|in_the_future|moving_forward .. send|contact|email|please|use|direct|copy|cc|reach
5 contact|email|reach|copy|cc|send|use .. instead|going_forward|from_now_on|moving_forward|in_future
7 relocate|relocating|relocated|relocates .. to|offices|our
7 office|offices|we|headquarters .. moving|moved to #
7 anything|everything|questions|orders|files|mail|invoices|matters .. now go|goes|going|should_go|will_go .. to
7 now|from_here goes|go|going to|through .. extension|desk|inbox|colleague|her|him|me
7 i|i've|we|we've|she|he|has|have moved|switched|shifted|transferred|gone|changed over|jobs|desks|roles|departments|teams|to|from .. lending|department|team|desk|branch|side|role|division
6 hand*|handed|handing|pass*|passing|passed .. over|off|on|the|my .. files|reins|accounts|desk|pipeline|torch|baton|book|duties .. to
6 reach|get|catch|find|call|email me|us|him|her .. at|on|under .. new|instead|now
6 last|final day|week|shift .. is|at|was|with|here|friday|monday|tomorrow|today
7 after that|then|friday|monday|the|today .. bug|pester|contact|call|email|ask|reach|write|ping .. about|for|with|anything|everything
6 trading .. for
7 calling it_a_day|a_career|quits
7 riding off|into_the_sunset
7 hanging .. up
6 takes|take|taking|picks|picking over|up my|our|his|her|the files|desk|pipeline|accounts|loans|orders
7 passing|handing|pass|hand the? baton|torch|reins|desk|keys
7 from .. on|now it's|it_is|it|it'll|will .. who|be .. minds|handles|runs|manages|minding|looks_after|takes
-4 looking forward .. working
-6 phone|email|computer|telephone system|systems|server
-4 use .. form|template|link|portal
7 sits|sitting|sit in .. my|his|her|the chair|seat
7 won't|will_not|no_longer be|am on|at|handling|running .. desk|files|orders|accounts|team
7 as_of|from|starting|effective next|this|monday|tomorrow|january|december|immediately .. i|direct|send|contact|reach|my
-6 for access|entry|inspection
7 swap|replace|exchange .. name .. for|with
7 traded .. for
"""

COMPLIANCE_DOCUMENT = """
7 s:e&o|eo|license|licence|w_9|w9|insurance|certificate|coi|errors_and_omissions|background_check|soc_2|declaration|declarations
6 e&o|errors_and_omissions|eo_insurance|w_9|w9|coi|certificate_of_insurance|proof_of_insurance|declarations_page|dec_page|background_check|background_report .. attached|renew*|updated|current|certificate|declaration*|please|copy|form|new|enclosed|send|on_file|policy|need|here
6 attached|enclosed|here|send|sending|provide|upload|need|copy|please|updated|renewed|current|new|find|submit|uploaded .. e&o|errors_and_omissions|eo|w_9|w9|coi|certificate_of_insurance|proof_of_insurance|declarations_page|dec_page|background_check|license|licence|credentials|fha_roster|security_questionnaire|soc_2|soc2
6 renewed|updated|new|current|copy_of|certified license|licence|insurance|certificate|certification|e&o|policy|registration
6 license|licence|certification|registration|e&o|insurance .. renewed|attached|renews|current|active|updated|enclosed|renewal|copy|number|valid
5 license|licence|certification number|certificate|copy|renewal
4 e&o
4 w_9|w9
5 errors and omissions
4 liability insurance
5 vendor|annual|quarterly|due_diligence|compliance|onboarding|security|diligence .. questionnaire|packet|documents|documentation|certification|attestation|review_documents|form|forms
4 certificate of .. insurance|good_standing|coverage
4 amc registration
4 continuing education|ce_certificate
5 glba|soc_2|soc2|nda|air_certification|usdap_certificate|uspap_certificate .. attached|signed|report|questionnaire|please|form?
5 a:e&o|eo|e_o|license|licence|w9|w_9|insurance|coi|certificate|declaration|declarations|uspap|background|dec
-3 driver|software|marriage license
-5 license|licence|e&o|insurance|policy|coverage|registration .. expired|lapsed|suspended|revoked|terminated|cancelled|canceled|inactive|surrendered
6 seguro|licencia|certificado .. adjunto|adjunta|renovada|renovado|vigente|copia
6 adjunto|adjunta|envío .. seguro|licencia|certificado|póliza
6 assurance|licence|attestation|certificat .. jointe|joint|renouvelée|renouvelé|copie
6 jointe|joint .. assurance|attestation|licence|certificat
6 versicherung*|versicherungsnachweis|zertifizierung|zulassung|haftpflicht* .. anbei|angehängt|erneuert|verlängert|nachweis|kopie
6 anbei .. versicherungsnachweis|zertifikat|nachweis|haftpflichtversicherung|zulassung|lizenz
6 保险 .. 证明
6 执照
6 due_diligence|vendor_management|security|onboarding questionnaire|packet|form|forms|documents
6 your|my|our .. e&o|errors_and_omissions|w_9|w9|license|insurance_certificate|coi .. expires|expiring|due|renewal|certificate|please|attached
6 assurance|attestation|certificat .. renouvelée|jointe|d'assurance
-7 inactive|suspended|removed|cited
6 recertification|recert|re_certification|credentialing|onboarding|attestation|certification .. annual|yearly|vendor|upload|complete|form|documents|please|due?
6 upload|submit|send|provide|forward|attach|return|complete .. current|updated|signed|new|copy .. licenses|license|e&o|w_9|w9|insurance|certificate|agreement|code_of_conduct|questionnaire|certification
6 certificate of insurance|coverage|good_standing|liability|completion|currency
6 code of conduct|ethics
6 new|current|renewed policy .. year|period|attached|declaration*|number|e&o|insurance
5 enclosed|attached|please|find .. certificate|license|policy|w9|coverage|insurance|declaration*
5 insurance .. certificate|proof|policy|attached|renewed|current
5 proof of
5 voided check
5 vendor management|review
6 here|attached|enclosed|sending|send|uploaded|find .. insurance|license|licence|dec|declarations|state|certification|e&o|credential|background .. page|card|paper|papers|sheet|proof|certificate|wallet_card|renewal|check
5 insurance|dec|declarations page
6 state card
5 papers|paperwork|documents|docs|items|certificates you asked|wanted|requested|needed|were_after .. week|month|for|last|good?
5 good|valid|current|runs through|until|till|to .. next|#|fall|spring|summer|winter|{month}
6 license|licence|ticket|insurance|policy|certificate|certification|card|e&o .. came_through|came_in|arrived|renewed|approved|scan_attached|attached|enclosed|scan|copy|pdf
6 scan|copy|pdf attached|enclosed|below
6 insurance sheet|page|cert|card|slip|binder
6 signed|completed|filled|returned your|the|our code_of_conduct|packet|questionnaire|agreement|attestation|nda|form|forms|policy .. attachment|attached|back|enclosed|in
6 missing|need|needs|lacking|without ... w_9|w9|e&o|license|registration|insurance|certificate|declaration*
"""

COMPLIANCE_ISSUE = """
8 license|licence|certification|credential|e&o|eo|insurance|policy|coverage|registration|appraiser's_license|background_check .. has|is|was|had|are|been|be|shows|showing|as .. expired|lapsed|suspended|revoked|terminated|cancelled|canceled|inactive|surrendered|invalid|not_active|missing|out_of_date|restricted
8 expired|lapsed|suspended|revoked|inactive|invalid|missing .. license|licence|certification|credential|e&o|insurance|policy|coverage|registration|w9|w_9
7 s:compliance issue|violation|concern|finding|deficiency|breach|alert|notice|escalation
7 s:audit|regulatory|subpoena|violation|non_compliance|cease
7 state board|regulator|regulators|cfpb|appraisal_board|department_of|attorney_general|examiner|examiners|auditor|auditors|hud|fdic|occ .. complaint|investigat*|inquiry|disciplin*|finding*|action|audit|request*|notice|opened|cited|violation
7 disciplinary|enforcement action|order|proceeding|hearing
7 violation|violations|violated|violates|breach|breached .. of|the|our|uspap|air|policy|regulation*|rule*|agreement|tila|dodd|law|privacy|requirement*|guideline*|data|independence|confidentiality
6 not|non|isn't|out_of in? compliance|compliant
6 non compliance|compliant
6 noncompliance|noncompliant
6 audit|compliance|qc|exam .. finding|findings|deficiency|deficiencies|exception|exceptions|failed|issue|issues|flagged|concern
6 data|security|privacy breach|incident|leak
6 subpoena|cease_and_desist|litigation_hold|legal_hold|lawsuit|legal_action
6 conflict of interest
6 unlicensed|uncertified|not_licensed|not_certified|trainee .. sign*|inspect*|appraiser|perform*|did|in?
5 must|need|needs|required|will .. cured|cure|remediate|remediation|corrective_action|reinstated .. by|within|plan|before?
5 corrective action
5 does not meet .. requirement*|standard*|minimum|limits|policy
5 below .. minimum|required .. coverage|limits|limit|insurance
5 asc|national_registry|fha_roster .. not|inactive|shows|missing|expired|no_longer|dropped
5 fraud|fraudulent|forged|falsified|misrepresent*
6 licencia|seguro|licence|assurance|lizenz|zulassung|versicherung .. vencida|vencido|caducado|suspendida|expirée|expiré|périmée|suspendue|abgelaufen|ausgesetzt|erloschen
6 执照 ... 过期
6 保险 ... 过期
7 uspap|air|policy|potential|possible|serious|state|federal|license|regulatory violation|violations|breach
5 violation|violations
6 report|reported|refer .. to .. state_board|board|regulator|asc|authorities
7 signed|performed|completed|inspected .. without .. inspecting|license|licence|supervis*
7 missing|lapsed|expired|inactive|no .. w_9|w9|w_9s|license|licenses|e&o|insurance|background_checks|credentials|certification
7 corrective action
7 assignments|orders|work .. suspended|on_hold|stopped .. until|pending .. e&o|insurance|coverage|license|proof
7 registry|roster .. shows|lists|inactive|expired|lapsed
8 website|site|state|registry|board|look_up .. lists|list|shows|show .. appraiser|license|him|her|certificate .. inactive|expired|suspended|lapsed|revoked
7 cited|citation|findings|finding .. files|exam|audit|examiner*
7 exam|examination|audit .. finding|findings|exception|exceptions|noted|cited|identified|found
7 s:lapse|suspension|subpoena|exception|audit|exam|uspap|finding
6 preserve .. records|documents
6 subpoena
7 isn't|not|wasn't|never|aren't licensed|certified|registered|approved|authorized|credentialed|insured|bonded .. in|by|for|to|state?
7 privacy|data|security|confidentiality incident|breach|violation|leak|issue|concern
7 e_mailed|emailed|sent|mailed|disclosed|released|shared .. wrong lender|client|party|person|borrower|recipient|bank
7 can't|cannot|unable_to accept|use|approve .. licens*|credential|insur*|expired|lapsed|signing
7 written account|response|explanation .. within|by|required|hours|days
7 non compliant|compliance|conforming
7 complaint .. state_board|regulator|board|filed_against|cfpb
7 under investigation|review|audit
7 disciplin*|sanction|sanctions|probation|revocation
6 cease|stop .. all_work|accepting|assignments
6 requirement|requirements|standard|standards .. not|fail*|violat*|below
6 undisclosed|conflict .. relationship|interest|ownership
4 trainee
7 removed|suspended|dropped|terminated|removal|suspension|ineligible|disqualified .. panel|roster|approved_list|vendor_list|approved_appraiser_list|assignments
8 license|licence|certification|e&o|insurance|credential|coverage|registration ... expired|lapsed|suspended|revoked|inactive|ran_out|had_run_out|no_longer_valid
8 examiner*|auditor*|regulator*|audit|exam|qc|compliance .. wrote|written|dinged|gigged|cited|flagged|found|caught|pinged|raised|took_issue|shows|showed|shows_that
8 wrote us|you|it up
7 no|without|missing|lacks|lacked|lacking .. signature|license|licence|supervisor|supervision|certification|e&o|disclosure .. licensed|supervisor|on|required|certified
7 trainee|trainee's|unlicensed|assistant|assistant's signature|signed|signing|alone
7 regulator|regulators|examiners|auditors|board .. frown|frowns|object|objects|require|requires|take_issue|won't_like|are_asking|asked
7 explain|explanation|respond|response in_writing|in_a_letter|in_written_form
7 required|obligated|obliged|have|must to? report .. potential|possible|violation*|uspap|to_the_state|to_the_board
7 workfile|work_file .. could_not|not|missing|cannot|couldn't|no
8 background check|checks|screening ... came_back|turned_up|showed|shows|revealed|found|flagged|failed|hit|something
7 take|remove|pull him|her|them|this_appraiser|the_appraiser .. off|from .. our|files|orders|panel|list|assignments
7 appraiser independence
7 contacted|called|emailed|approached|spoke|talked .. appraiser .. directly
7 suspended|revoked|expired|lapsed|inactive license|licence|credential|certification
7 state|board|regulator|agency wrote|writes|sent|notified|informed|contacted .. us|about|letter
7 document|report|disclose|log .. this|it .. under|per .. rules|rule|policy|air|regulation*|guidelines
7 auditor|auditors|examiner|examiners|we .. can't|cannot|couldn't find .. proof|evidence|record .. insured|licensed|license|coverage
"""
