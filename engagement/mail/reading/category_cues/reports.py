"""What mails about a report say: asking where it is, having it put right, having its value looked at again.

The notation and the weights are those of the package."""

from __future__ import annotations

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
5 any sign|signs|whisper|inkling|luck|joy|clue|forecast|feel|read|peep .. of|on|with|when|yet|for
5 sign of life
5 how's|hows|how_is|how_are|how_goes .. coming|going|looking|progressing|moving|it|shaping|we|doing
5 how|where are|is|do we looking|at|with|stand|on ..
5 where's|wheres|whereabouts|whats_happening|what's_happening|what's_going_on|what's_up|what_happened .. with|to|on|of|at|the|our|my|for?
5 when|how_soon|what_day do|does|will|should|can|might|would|could ... land|hit|arrive|drop|come|see|show|pop|reach|lay .. inbox|hands|desk|eyes|report|it|appraisal|in|through|up|here
5 {role} .. asking|asks|asked|wants|needs|wondering|bugging|after|pinging|keeps .. me|us|when|where|to_know|status|update|eta|know|about|for
5 needs|wants|need|want|like to know when|where|how_long|if|whether
5 report|appraisal|inspection|it|that|this|one .. cooking|in_the_oven|in_the_pipeline|in_the_works|on_pace|on_time|running_late|running_on_time|moving_along|progressing|almost_there
5 give|throw|toss|offer|float me|us .. date|day|timeframe|eta|ballpark|idea|estimate|clue
5 has|did|have .. appraiser|anyone|anybody|someone|inspector|they .. been_out|made_it|gone|been_by|stopped_by|seen|visited|gotten_in|shown_up|been_there
4 expect|look_for|count_on|hope_for .. {orders}|it|delivery
5 soon .. {orders}|ready|done
5 confirm|verify|assure ... report|appraisal|it|inspection|delivery|that|we .. delivered|on_time|on_schedule|as_scheduled|today|tomorrow|completed|done|ready|in|here|finished
5 haven't|have_not|hasn't|not|never|nor|no hear|heard|seen|gotten .. peep|anything|thing|word|squat|back|boo|whisper|news
5 tell me|us ... will|is|it's|it'll|going .. be|arrive|make_it|on|there|here|ready|done ..
5 has|have|did .. appraiser|inspector|anyone|anybody .. been|gone|stopped .. out|by|there|over|yet
5 curious|wondering|wonder whether|if|when|how
5 how are we|things|you doing .. over_there|on|with|there|our|my
5 peek|look|glance .. at|into .. and|tell|let|see .. if|whether|when|where
5 tell|let me|us .. know? if|whether .. date|appointment|time|inspection|visit .. set|scheduled|booked|fixed|made
5 phone|phones won't_stop|ringing|keeps_ringing|off_the_hook
5 where .. are|is|do|does .. we|it|things|they .. with|on
5 how close|far|near .. are|is we|you|they|it|the
5 will|shall|can i|we have|get|see .. it|report|appraisal|that .. tonight|today|tomorrow|monday|tuesday|wednesday|thursday|friday|in_time|before|by
5 still|i'm|we're|am|are without .. report|appraisal|word|date
7 where are|do|does we|you|things|it|this .. stand|at|with
6 where is it|my_report|our_report|the_report|my_appraisal|the_appraisal|our_appraisal
5 did|have you .. get|receive|received|got .. order|request .. placed|sent|submitted|yesterday|this_morning
6 did .. inspection|appointment|visit .. happen|go|take_place|occur
6 how far|close .. along|to|from done|finished|finish*|$
6 any movement|word|sign .. on|yet|from|$
6 is|are still on_schedule|on_track
5 when .. might|will|can|could .. see|have|get|expect .. something|report|draft
6 he|she|appraiser .. done|finished writing|typing
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
3 appraiser must|needs_to
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
-6 {role} .. needs|wants|need|want|asking|like to|when know|when|expect|update|status|eta
5 nit|nits|nitpick|nitpicks|redline|redlines|markup|markups|quibble|quibbles|red_pen
5 photo|page|map|sketch|grid|addendum|comp|box|form|field|certification|exhibit|line|cover|legal|signature|license|narrative|paragraph|picture #? .. shows|reads|says|states|lists|is_blank|is_wrong|blank|missing|doesn't|isn't|cut_off|illegible|blurry|upside_down
5 reads|says|shows|states|lists|has .. where|but|while|whereas|when|instead_of|yet .. should|says|shows|is|fema|county|title|contract|order|says
5 left blank|unchecked|unsigned|empty|out
5 doesn't|don't|does_not|do_not|won't|didn't|not match|agree|tie|reconcile|jibe|square|add_up|line_up|foot .. with|to|the|page|sketch|grid|our
5 unsigned|undated|unchecked|mislabeled|mislabelled|transposed
5 report|appraisal|appraiser .. never|nowhere|fails|failed|does_not|doesn't|didn't mention*|explain*|address*|discuss*|state*|include*|comment*|say
5 second|another|fresh look|pass .. at|on .. report|page|grid|adjustment*|comments|photos
5 reviewer|review|underwriter|uw|investor|auditor|qc .. flagged|spotted|caught|wants|bounced|kicked|marked|questions|objects|balked|hung_up
5 please|can|could .. appraiser .. fix|correct|clean_up|tidy_up|straighten|redo|swap|replace|add|expand|elaborate|sign
5 page|pg|page_number # ... says|calls|shows|lists|states|has|reads|reports|puts|describes
5 calls|describes|labels|lists|reports it|them|the_property|the_house|this a|an|as|the ... photo|photos|but|while|sketch|map
5 no|missing|without cost_approach|income_approach|sketch|map|photos|photo|signature|license|addendum|market_conditions|comment*|exposure_time|reconciliation|certification
5 comp|comparable|sale #? is|was|are|older|dated|sold|too|over|beyond|outside ... old|older|limit|month|months|miles|mile|away|far
5 investor|uw|underwriter|underwriting|lender|reviewer|qc|review|bank bounced|kicked|sent|rejected|returned|spat|threw .. it|this|that|the|one|back
5 sort|iron|clear|clean it|that|them|these|this out|up .. page|report|appraiser|he|she|please
5 plat|county|zoning|flood|legal|deed|tax_record|assessor .. map|says|shows .. but|page|report|different
5 tidy|clean|spruce up .. report|please|pages|it
5 report .. has|uses|carries|shows|lists|names|still .. old|wrong|former|previous|incorrect .. name|bank|lender|address|date
5 effective date .. is|wrong|should|reads|says|of
5 reviewer|underwriter|uw|investor|auditor|they|qc|review .. wants|want|needs|need|like to? know|understand|see .. why|how|where|what
5 why|where .. zero_value|no_value|no_adjustment|adjustment|approach|no_weight|contributory
5 cost|income|sales third|approach|comparison approach? .. missing|went|omitted|absent|left
5 isn't|not|aren't sold|convinced|satisfied|comfortable .. on|with|by .. adjustment|hit|comp|location|gla|value|condition|the
5 few|couple|more lines|words|sentences .. on|about|how|why
5 mls|county|tax|public|title|contract|plat|survey .. report|appraiser .. shows|says|lists|has
5 listed at|as|in # .. report|appraiser .. shows|says|has
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
6 value|figure|number|appraisal|opinion|result|valuation|conclusion .. seems|seemed|looks|feels|is|was|came_in|comes_in|came|landed {low}
6 houses|homes|places|sales|neighbors|condos|units|properties|ones|lots .. sold|went|closed|fetched|brought|traded|moved .. for|at|above|over|higher|more|since|# ..
5 weigh|revisit|rethink|reexamine|re_examine|reweigh|take_another_look_at|second_look|look_again|another_look .. value|number|figure|those|these|sales|comps|them|at|conclusion
6 push|pushing back .. value|number|figure|appraisal|conclusion
5 at|by|over|with|about the? figure|number|value|result .. shocked|stunned|floored|fell|surprised|baffled|disappointed|chair
5 shocked|stunned|floored|surprised|baffled|puzzled|disappointed .. at|by|with|over .. figure|number|value|result|valuation
5 sold|went|closed for|at .. more|sixty|fifty|forty|thirty|#|over|above|higher .. more|than|above|since|last|same_street|down_the_street|next_door|block
5 same street|block|subdivision|neighborhood .. sold|went|closed|fetched
6 missed the boat|mark|market
6 next_door|same_floor_plan|same_model|same_street|identical|across_the_street|same_builder|down_the_block|around_the_corner|same_layout ... brought|sold|went|fetched|got|closed
6 second|another|fresh|closer look .. at .. value|number|figure|comps|sales|valuation|it|this|that
5 brought|fetched|got|went|sold # .. more|over|above|in {month}|last|this
5 {party} .. think|thinks|feel|feels|believe|believes|convinced|swear|swears|insist|insists .. value|number|house|worth|low|your|man|appraiser|missed
6 overlooked|ignored|missed|forgot|skipped|disregarded|discounted .. roof|kitchen|remodel|addition|sale|sales|comp|comps|upgrades|basement|view|acreage|garage|number
6 figure|value|number|valuation|appraisal .. revisited|reconsidered|reviewed|looked_at_again|rechecked|re_examined|reopened|raised
6 reopen|revisit|reconsider|rethink .. opinion|value|number|figure|conclusion|valuation
6 closings|sales|homes|houses .. within .. mile|miles|block|blocks .. richer|higher|better|more|above|all
6 submitted|filed|attached|enclosed .. reconsider*|rov|rebuttal|appeal
"""
