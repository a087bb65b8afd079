"""What mails say that nobody should act on: attacks, pressure on a value, advertising.

The notation and the weights are those of the package."""

from __future__ import annotations

PHISHING = """
8 verify|confirm|validate|update|re_validate|restore|reactivate|unlock|secure your|the .. account|password|identity|mailbox|login|credentials|billing_information|payment_information|information|email .. click|link|immediately|within|below|here|now|suspend*|to_avoid|hours|avoid|or
8 your|the account|mailbox|password|email|e_mail|access|storage|office_365|microsoft_365|netflix|paypal|apple_id|amazon .. will_be|has_been|is|was|been|about_to|expires|expire .. suspended|locked|limited|deactivated|disabled|terminated|expire|expires|closed|blocked|compromised|restricted|deleted|today|full|expired
7 unusual|suspicious|unauthorized|unrecognized sign_in|signin|login|activity|log_in|transaction|attempt|access
7 click|follow|use|open|visit .. link|here|button|below|attachment .. verify|confirm|avoid|restore|keep|password|account|login|log_in|sign_in|validate|review_document|claim|secure|unlock|release
7 password .. expire|expires|expired|reset|expiring|verification
7 sign|log in|on .. to_view|view|to_access|access|to_verify|with_your|to_review|to_keep|to_release|keep .. document|password|message|file|email|voicemail|account|messages?
8 gift cards|card|certificates .. buy|purchase|need|send|pick_up|scratch|codes|code|for?
7 buy|purchase|get|pick_up|need .. gift cards|card
7 are you available|at_your_desk|free .. task|favor|errand|discreet*
6 discreet*|confidential .. task|transaction|request|transfer|payment|keep_this
8 update|change|changed|changing|new|switch|switched|different|revised|updated|our .. bank|banking|ach|wire|wiring|remittance|remit_to|payment|direct_deposit|routing .. details|information|instructions|account|accounts|number|info
8 bank|banking|wire|wiring|ach|direct_deposit|routing .. details|information|instructions|account|info .. changed|has_changed|have_changed|been_updated|updated|new|different|effective|update|revised
7 direct deposit .. change|update|new|switch|payroll|account
7 send|wire|remit|transfer|direct|make|pay .. all|future|payment*|funds|the_money|balance|this .. new|different|following|below|updated account|bank
6 under audit .. account|bank
6 urgent wire|transfer
8 wire|transfer # .. today|immediately|asap|urgent*|account|now
8 won|winner|lottery|inheritance|million|beneficiary|next_of_kin|unclaimed .. prize|funds|claim|usd|dollars|transfer|lottery|million
8 bitcoin|btc|crypto wallet|payment|ransom|address
7 recorded you|webcam
7 shared .. document|file .. view|review|open|access|sign .. link|here|secure*|onedrive|sharepoint|docusign|login|credentials|now|it
6 docusign|onedrive|sharepoint|dropbox|wetransfer .. document|file .. click|view|review|sign_in|expires|pending|waiting
6 s:action_required|urgent_action|security_alert|verify|final_notice|account_suspended|account_alert|mailbox|password|undelivered_mail|quarantine*|wire_transfer|payment_details|bank_details|wire_instructions
6 mailbox .. full|quota|storage|limit|exceed*|upgrade
6 quarantin* .. messages|emails|release|mail
6 parcel|package|delivery .. fee|customs|held|failed .. click|link|pay
6 social security|ssn .. send|confirm|number|verify
6 send .. password|passwords|login|credentials|ssn|social_security|account_number|card_number
6 tax refund .. claim|click|link
5 failure to .. will|result|comply .. suspen*|terminat*|clos*|loss
5 within # hours
4 dear customer|user|client|account_holder|valued_customer|beneficiary|friend|email_user
4 kindly .. click|confirm|verify|update|remit|wire|open|download
4 enable macros|content|editing
-6 password .. portal|for_the_report|protected .. is|separately?
-5 gift card .. thank*
7 verifique|confirme|actualice .. cuenta|contraseña|datos .. enlace|clic|suspendida|aquí?
7 cuenta .. suspendida|bloqueada
7 vérifiez|confirmez .. compte|mot_de_passe|identité
7 compte .. suspendu|bloqué|limité
7 konto|passwort|zugang .. bestätigen|verifizieren|gesperrt|abläuft|aktualisieren
7 bestätigen sie .. konto|zugangsdaten|passwort|daten
7 bankverbindung .. geändert|neue|ändern|aktualisieren
7 neue bankverbindung
7 datos|cuenta bancarios|bancaria .. nueva|nuevos|cambiado|cambio|actualizar
7 nuevos|nueva|cambio .. datos_bancarios|cuenta_bancaria
7 coordonnées bancaires|rib .. changé|nouvelles|nouveau|modifié|mise
7 账户 ... 验证
7 账号 ... 冻结
7 密码 ... 过期
8 process|make|complete|send|initiate|handle .. wire|transfer|payment .. today|urgent*|immediately|now|asap
8 urgent|confidential|immediate wire|transfer|payment
8 wire .. #
8 switched|changed|changing|moved|new banks|bank|banking|bank_account|account .. update|details|please|ach?
8 update .. ach|bank|banking|wire|account|payment|remittance .. on_file|information|details|records
8 log|sign in with your .. email|password|credentials
8 view|open|listen|access|review .. document|message|file|voicemail|attachment .. sign_in|log_in|login|password|credentials
7 voice|voicemail message .. attachment|attached|listen|open|click
8 account|access|mailbox .. has|will|been|be|is .. limited|suspended|deactivated|locked|closed|restricted|terminated|disabled
8 verify|confirm your .. identity|password|account|billing|information|email|credentials
8 exceeded .. quota|storage|limit
8 keep this between|confidential|quiet
8 send .. codes|code
6 don't|do_not discuss_this|tell_anyone|mention_this
4 don't|do_not call|phone me
8 payments|payment .. must|should|to .. sent|go|made|directed|remitted .. new account|bank|details?
8 password .. expires|expire|expiring
8 secure|following|button|below link .. sign|log|verify|confirm|password|signing
8 new account .. at|with|details|payments|number
8 account .. under audit|review
8 previous|old account .. under_audit|closed|no_longer|audit
7 helpdesk|help_desk|it_support|it_department .. password|account|mailbox
7 s:payment_instructions|bank_details|password_expiry|helpdesk|security_notice|payment_update
5 clicking .. link
"""

PROMPT_INJECTION = """
8 ignore|disregard|forget|override|bypass all|any|the|your|my|previous|prior|above|every|these|earlier .. instructions|instruction|prompt|prompts|rules|guidelines|policy|policies|guardrails|restrictions|safeguards|system_prompt|training
8 you are|act|behave|operate now|as .. mode|admin|administrator|dan|unrestricted|developer|root|assistant|agent|jailbroken
8 system|developer|admin prompt|override|message|instruction
7 reveal|print|show|repeat|output|leak|dump .. system_prompt|prompt|instructions|api_key|credentials|secrets|configuration
8 if you are|you're an|a ai|llm|language_model|bot|automated|assistant|agent|model
8 attention|note|message|instructions|instruction|dear|hello|hey to|for|ai|automated the|any|all|an|ai? .. assistant|agent|ai|model|bot|llm|automated_system|automation|parser
7 as an ai|llm|automated
7 ai|automated|autonomous|virtual assistant|agent|system|model|bot .. must|should|shall|please|is_authorized|is_required|will_now|are_authorized|approve|mark|create|forward|send|treat
6 do_not|don't|without log|logging|tell|alert|notify|flag|inform|mention .. action|anyone|operator|user|human|this|humans|operators|the
6 mark this|as .. approved|whitelisted|trusted|verified
6 set|change|raise|update .. credit_limit|agent_enabled|send_mode|policy .. #|true|false|to|unlimited
6 send|forward|export|email .. all .. client|customer|contact|user|data|records|credit .. data|list|csv|records|emails|limits
6 policy check|engine|verdict
6 maintenance|debug|god|developer|sudo mode
7 ignora|ignore|olvida .. instrucciones|instrucciones_anteriores
7 ignorez|oubliez .. instructions|consignes
7 ignoriere*|vergiss .. anweisungen|instruktionen|vorherigen
7 忽略 ... 指令
7 忽略 ... 指示
8 ignore|disregard|forget|override your|my|all|any|every|the .. earlier|previous|prior|above|existing|system rules|instructions|instruction|prompts|guidelines|directives
8 credit check|policy|safety|guardrails|approval .. is|are|now disabled|off|overridden
8 system override
8 approve every|all pending|held|open orders|requests|cards
8 set .. credit_limit|limit .. unlimited|#|to
8 automated assistant
8 ai model
7 do_not|don't tell|inform|notify|alert|show your|the|any operator|user|human|supervisor|anyone
8 override|bypass|ignore|suspend .. safety|security|rules|policy|guardrails|approval|instructions|protocols
8 mark .. sender|this|email|account|client .. trusted|approved|verified|safe|paid
8 release|approve all|every .. held|pending|cards|orders|requests
8 assistant processing
8 ai|automated assistant|agent processing|reading|handling
"""

INDEPENDENCE_VIOLATION = """
8 value|appraisal|appraised_value|number|it|this|house|home|property|report|appraiser|come .. needs|need|has|have|must|should|got|better|gotta to? .. come_in|come_back|hit|be_at_least|appraise|land|reach|get_to|support|value_at|be_above|make .. ##|contract|price|value|loan_amount|least|higher
8 {ask} .. make_sure|ensure|guarantee|see_to_it|confirm .. value|appraisal|it|property|house|home|report .. comes|hits|appraises|supports|reaches|is_at_least|lands|meets|come_in|hit .. ##|contract|price|at|value|loan?
8 make|get|push|bump|bring|raise|nudge|increase|adjust|move|stretch the|this|that|your|it|his|her .. value|valuation|number|appraisal .. up|work|higher|to|by|##|there
8 make .. value|number|numbers|deal work
7 come|comes|came|appraise|appraises|value in? .. at_least|no_less_than|minimum_of|north_of ##
7 need .. at_least|minimum|a ## .. value|appraisal|appraised|valuation
7 need|needs|want|wants .. value|valuation|appraised_value .. of|at|to_be|for|around|over|above ##
7 need|needs|want|wants .. appraisal .. to_be|over|above|of_at_least|at_least ##
7 target|desired|predetermined|required|needed|minimum|magic value|number|valuation|appraised_value
7 hit .. value|number|contract_price|purchase_price|target|##
7 only .. pay|paid|send|use|order*|business .. if .. value|appraisal|hits|comes|number|makes
7 won't|will_not|not|never .. pay|use|order|send|hire .. unless|if|because .. value|low|hits|comes
7 never|not|stop|don't|do_not .. use|send|assign|hire|work_with .. appraiser .. again|low|value|kills|conservative
7 use|send|assign|find|pick|choose|get|request .. appraiser|one|somebody|someone .. who|that .. hit|hits|higher|understands|friendly|comes_in|makes|flexible|won't|generous|value|doesn't_kill
7 more favorable|generous|flexible|friendly|aggressive .. appraiser|value|valuation|opinion
7 don't|do_not let .. value|appraisal .. low|kill|below|short
6 before .. order|send|assign|accept .. what|can|think|will .. value|hit|##
6 can|could|will|would you|they|he|she|appraiser .. hit|get|make|reach|support|justify|see_it .. value|number|##|contract_price
6 preliminary|ballpark|pre|heads_up|estimate .. value|comp_check .. before|first|if|ordering
6 comp check
6 lose|losing|lost|stop|pull .. business|orders|volume .. unless|if .. value|low|hits|appraisal
5 owner|loan_officer|lo|branch_manager|broker .. told|tell|call|called|pressure*|contacted|asked .. appraiser .. value|number|higher|##
6 pressur* .. appraiser|value
6 appraiser .. pressur*
7 leave|left|take|omit|exclude|ignore|overlook|skip|hide|don't_mention|not_mention|remove .. repairs|damage|crack|mold|foreclosure|defect*|roof|foundation|water_damage|deferred_maintenance|comp .. report|out|off|so|value|from?
8 {ask} .. remove|replace|pull|drop|exclude|ban|blacklist .. appraiser
8 have|want|get|need .. appraiser .. removed|replaced|pulled|dropped|excluded|banned|blacklisted|taken_off
7 appraiser .. removed|taken_off|pulled from|off .. panel|list|rotation|file|order|assignment
8 tell|remind|let .. appraiser .. we|i need|needs|want|expect|have_to_have #
-6 reconsideration|rov
-5 fee|quote|bid|price|invoice .. come_in|at_least|lower|down
-5 e&o|insurance|coverage|limits .. at_least|minimum
-5 contract price|purchase_price #
7 valor|avalúo|tasación .. tiene_que|debe|necesitamos|necesito|salga|llegue|llegar|alcance|mínimo
7 valeur|estimation|évaluation .. doit|atteindre|au_moins|minimum|faut
7 wert|gutachten|bewertung .. muss|mindestens|erreichen|hinkommen|passen
7 必须 .. 估 .. 到
7 估值 ... 至少
7 评估 价 ... 达到
8 value|number|appraisal|it .. gets|get|comes|come|needs_to|has_to .. where it|we needs|need
8 value|appraised_value|valuation .. needs|need|has|must to? be|come .. ##|higher|least
8 can't|cannot|won't|not close .. if|unless .. value|##
8 will|would|think|can|could it|they|you|he|she|this|house|value|property|appraiser|your_appraiser|your_man|your_guy .. hit|make|reach|come_in_at|get_to|get_it_to|appraise_for ##
8 get .. number|value .. up|to|higher
8 {ask} .. get|tell|ask|have .. appraiser .. number|value|higher|up|hit|raise
8 always|keeps|keep come|comes|coming in .. low|short|under
8 hit our|the|my|your number|numbers|value|price|target
8 leave|omit|exclude|remove|hide|skip|keep .. out_of|from|off .. report|appraisal
8 pay .. when|if|once|after|unless .. value
8 come|comes in at ## .. or|otherwise|deal
6 deal|loan .. dead|dies|killed|falls_apart .. value|unless|if|or?
7 valor .. salga|llegue|por_lo_menos|mínimo|al_menos
-8 fee|quote|bid .. value
8 has|have|needs|need|must|got|should to? appraise|come_in|value|hit|be_valued .. for|at|least|over|above|around|near .. ##
8 appraise for|at .. at_least|least|##|minimum
8 bump|raise|push|increase|nudge|boost|lift|pad|inflate .. value|appraisal|number|valuation .. by|to|up|ten|grand|##?
8 send|give|bring you .. deals|orders|business|work .. if|value|bump|number
8 if you .. value|number|hit|make_it .. send|give|bring|business|orders|deals
8 make sure .. appraiser|guy|your_guy .. knows|understands|gets|value|number
7 favorable|high|higher value|valuation|appraisal
7 loan officer|lo|broker|originator .. pick|choose|choosing|selecting|wants .. appraiser
7 use .. same|specific|our|my|preferred|friendly appraiser
8 word|talk|chat|talking_to|conversation|lean_on|nudge|coach|steer|persuade|convince|sweet_talk .. with|to? .. appraiser .. before|about|value|number|sign*|low|so
8 anything|nothing|not|if|unless|come|comes .. under|below|less_than|short_of|south_of|shy_of ## .. walks|walk|dies|die|kills|dead|tanks|falls|no_good|won't_work|doesn't_work|useless|blows
8 remember|return|repay|owe .. favor|favour
8 make|worth .. it worth .. while
8 take|scratch care_of|your|my .. back|appraiser|you .. if|value|number
8 appraiser .. knows|know|understand|understands|told|aware|remind|reminded .. what|where|number|value|need|price|##
8 help|work .. us|me|with_us .. on|with .. the value|number|valuation
8 if .. number|value|figure|appraisal|it .. starts|begins|ends|comes|lands .. with|in|at|over|above|north .. ##|happy|seven|six|eight|nine
8 everybody|everyone|we|all .. goes|go .. home .. happy
8 hint|whisper|slip ... to .. appraiser
8 pass .. along .. to .. appraiser .. will|would|can|ok|okay|wink
8 between you .. me|us .. number|value|figure|appraiser|appraisal
7 has|have|needs|got|must to hit ##
8 if .. appraiser|he|she|they .. get|hit|reach|come_in|land .. to|at ##
-8 room|wiggle_room|give|movement .. price|fee|quote|bid
8 bit|little|tad|touch|more generous|flexible|kind|friendly|optimistic ... ##|value|number|appraiser|commission
8 generous|flexible|optimistic ... say|at|around|like ##
8 commission|bonus|paycheck|deal|closing .. hangs|rides|rests|depends .. on
-8 hit|make|meet|reach the? # th|st|nd|rd
8 needs|need|has|wants|want|have to see|find|read ## .. in|on .. report|appraisal
8 if .. appraiser .. can't|cannot|won't|doesn't .. find|get|hit|see|make .. it|there|that|## .. i|we
8 know|have|find|use .. one|another|somebody|someone .. who .. can|will|does
8 bring|brings|get|gets|land|lands .. in|home|it at|around|over|near|above ##
8 number|figure|value|report|appraisal .. with|needs a ## in_front
8 quiet word
8 scratch my|your back
8 next # orders|deals|files .. yours
8 anything|something lower|less|under|below .. no|kills|won't|dead|and|means|is
8 expecting|hoping|counting|needs|need|looking .. at_least ## .. ... no|deal|loan|lower|dead|pass|appraiser
8 number|value|figure has|needs to start|begin|be_at|hit
7 so the|your appraiser|guy|man|he knows|is_aware ... ##
"""

VENDOR_SPAM = """
7 seo|backlink|backlinks|guest_post|link_building|lead_generation|web_design|website_redesign|search_engine_optimization|google_ranking|domain_authority|digital_marketing|web_traffic
6 leads .. your|qualified|exclusive|guaranteed|fresh|list|generate|business|more|mortgage
6 email|contact|mailing|attendee|attendees|executives|decision_maker* list|lists|database .. of|for|interested|purchas*|acquir*|counts?
6 interested in .. acquiring|purchasing|buying .. list|database|leads
6 came|stumbled|ran|looking across|upon|at|through|over your|the website|site|profile|company|linkedin|business
6 i|we noticed|saw|see|visited|checked your|that_your|you're|you_are|you .. website|site|hiring|company|linkedin|business|struggling|listing|competitors
7 we|our|i help|helps|helped|work_with|works_with|partner_with|specialize|specialise|assist|empower|enable .. companies|businesses|firms|teams|organizations|like_yours|like_you|lenders|appraisers|appraisal_companies|agencies|clients_like|smbs|owners .. grow|increase|save|reduce|boost|scale|automate|double|generate|get|in?
6 grow|boost|scale|increase|double|skyrocket|supercharge|10x|improve|maximize|transform your business|sales|revenue|traffic|leads|roi|productivity|conversion*|pipeline|online_presence|visibility|bottom_line|rankings
6 free|no_obligation|complimentary trial|demo|consultation|audit|quote_today|webinar|ebook|whitepaper|guide|sample|assessment|strategy_call
6 schedule|book|see|request|get|watch|set_up|offer a|your|an? .. demo|demonstration|strategy_call|discovery_call
6 limited time|exclusive|special offer|discount|deal|promotion|pricing
6 act now|today_only|don't_miss|sign_up_now|sign_up_today|register_now|register_today|order_now|buy_now|buy_today
6 #? off your|first|all|today|everything|when
5 discount|coupon|promo|promotional code|offer|price|pricing
6 our|this platform|software|solution|tool|app|ai_powered|product|technology|saas|services .. helps|help|allows|enables|automates|lets|reduces|saves|streamline*|integrates|can_help|is_designed|delivers|eliminates
6 would|are|might you .. open_to|interested .. quick_chat|demo|learning|call|chat|conversation|seeing|hearing|exploring|15|minute*|discussing
6 quick # ?minute|min|minutes|call|chat
6 worth a .. chat|conversation|call|look|quick
5 bumping|floating|resurfacing|following_up_on my|this|our .. last|previous|email|note|earlier|top
5 who|right person .. handles|charge|responsible|best|decision|contact|speak|talk .. for|your|to|about|marketing|it|hr|hiring|software?
5 right|best|appropriate person .. speak|talk|discuss|contact|this|about
6 outsourc* .. services|team|company|back_office|virtual|your|partner|to
6 virtual assistant*|offshore|staff_augmentation|bookkeeping_services|payroll_services|it_services|cleaning_services|janitorial
6 business loan|funding|capital|line_of_credit .. approved|pre_approved|qualify|rates|up_to|fast|quick|no
6 pre approved|qualified .. for|up_to
6 merchant cash advance
6 webinar|conference|expo|summit|trade_show .. register|join|sponsor*|booth|attend|seats|early_bird|exhibit*
5 register|sign_up .. today|now|here|free|webinar
5 newsletter|subscribe
4 s:quick_question|partnership_opportunity|partnership|increase_your|boost_your|free|special_offer|last_chance|webinar|save_#|grow_your|lead_gen*|opportunity|collaboration
4 cold email|outreach
4 trusted by|case_study|case_studies|testimonials|roi
4 unsubscribe
4 cost effective|affordable|competitive|lowest rates|prices|pricing|solutions
5 promotional products|office_supplies|toner|printer
5 cyber|managed security|it_services|services
5 wholesale|manufacturer|factory|supplier .. china|prices|products|export|we_are|catalog*
4 reply stop|unsubscribe|remove|no
4 if .. not .. interested .. let|just|reply|please
-5 your bid|quote|proposal|firm
-4 order|appraisal|borrower|loan .. mv|hp|status
6 aumente|aumentar|impulse|posicionamiento .. ventas|negocio|web|tráfico|seo
6 augmentez|boostez|développez .. ventes|visibilité|chiffre|trafic
6 steigern|steigern_sie|optimieren .. umsatz|reichweite|website|vertrieb|kunden
6 推广 ... 产品
6 优惠 ... 价
6 供应商 ... 工厂
7 your website|site|web_site .. traffic|rank*|errors|seo|missing|visitors|google|page|improve|speed
7 rank|ranking|ranked .. page|google|#|first|higher
7 page one
7 help|helping|work_with .. businesses|companies|firms|lenders|appraisers|agencies|teams .. like|rank|grow|get|generate|save|find
7 verified|targeted|updated list|database .. of
7 offshore|outsourced|remote|virtual team|staff|assistant|assistants|agency
7 # off .. first|your|all|month|until|when|order?
7 save|saves|saving .. hours|hours_a_week|time|money|up_to|#|thousands .. week|month|year|every?
7 our platform|software|tool|solution|app|service
7 seats .. limited
7 pre approved|qualified .. #|capital|funding|loan|up_to
7 working capital
7 special|limited offer|deal|promotion|discount
7 off your plate
7 fraction of .. cost
7 bumping|bump this|my
7 open to .. chat|call|conversation|learning|demo|discussing
7 book|schedule a .. demo|call|time .. week|today|here|now|with|below?
6 free .. audit|trial|consultation|demo|sample|assessment|webinar
6 do you have|got # minutes|min
-6 order|appraisal|report|borrower|loan .. number|due|hold|cancel
6 we've|we_have|i've|we helped|worked_with|partnered .. shops|companies|firms|businesses|clients|teams|owners
6 scale|grow|expand|boost your .. business|firm|company|revenue|pipeline
7 s:scale|grow|boost|double|increase|skyrocket your|sales|revenue|leads|business
6 interested in .. hearing|learning|seeing|knowing .. how|more
6 proven|innovative|cutting_edge|award_winning|powerful|turnkey|revolutionary|leading|trusted system|solution|platform|process|method|strategy|tool|provider|software
6 our|my company|agency|firm|team|business offers|provides|specializes|delivers|helps|is_a|manufactures
6 we offer|provide|specialize|specialise|deliver|manufacture|supply|sell .. services|solutions|products|affordable|quality|professional|cleaning|marketing|it|seo|leads|printing
6 reply for|to|with .. free|estimate|quote|learn|yes|interested
6 free estimate|quote|report|analysis|ebook|guide|sample|gift
6 affordable|competitive|low_cost|best|unbeatable services|prices|rates|pricing|rate
6 monthly|annual revenue
6 # k .. revenue|month|sales
6 dear sir|sirs|madam|business_owner|manager|decision_maker
5 click|visit .. learn_more|our_website|website|here ..
5 no obligation|strings|commitment|cost
3 linkedin
6 we|we've|we_have|our_team|i've|i built|created|made|developed|launched|designed a|an|our|the .. tool|app|platform|software|ai|product|system|solution|plugin|widget|bot
6 free|complimentary .. seat|spot|month|license|setup|pilot|account|copy .. first|for|to
6 first # shops|firms|customers|companies|signups|users|businesses|offices|appraisers|clients
5 want|are_you|interested in $
6 we|i help|helps .. companies|firms|shops|offices|lenders|appraisers|businesses ... rank|first|google|grow|close|win|save|clients|customers|leads
6 our bots|bot|agents|team|people|experts|platform|system .. answer|handle|write|type|do|take|process|manage .. phones|calls|reports|orders|emails|their|your
6 shops|firms|companies|competitors|offices|appraisers .. in_your .. already|zip|area|city|state
6 offshore|overseas|remote
6 saving|save|saves .. up_to|#
6 put_together|make|build|design|sell|craft|create websites|website|logos|brochures|apps|funnels|ads|videos|flyers
6 first|one|your month|week|order|year|report .. costs_nothing|free|on_us|on_the_house|half_price
6 sell|sells themselves|itself
6 cuts|cut|slashes|slash|halves|reduces .. time|cost|costs|hours .. in|by|half
6 floating|float this|it|my
"""
