"""What mails say that judge our work: complaints, praise, answers to our feedback question.

The notation and the weights are those of the package."""

from __future__ import annotations

COMPLAINT = """
6 s:complaint|unacceptable|disappointed|frustrated|grievance|very_unhappy|unhappy
6 formal|file|filing|lodge|lodging|make|register|official .. complaint
6 unacceptable|ridiculous|outrageous|appalling|inexcusable|disgraceful|atrocious|horrible|terrible|awful|pathetic|unprofessional
4 disappointed|frustrated|frustrating|disappointing|fed_up|furious|angry|dissatisfied|upset|unhappy|livid|appalled|disgusted|annoyed
4 #|second|third|fourth|fifth time|late|report .. this|month|week|in_a_row|late|late_report
5 second|third|fourth|fifth|2nd|3rd|4th time|late|missed|order|report
4 nobody|no_one|noone answers|answered|responds|responded|called|showed|returns|returned|calls|cares|knows|seems
4 move|take|taking|moving|pull|pulling our|my business|volume|orders|work .. elsewhere|someone|another|away|competitor
3 weeks|days|hours|week late|overdue|past_due|behind
3 still|been waiting
4 no|lack|poor|bad|rude .. communication|service|response|attitude|quality|customer_service
4 rude|dismissive|careless|sloppy|incompetent|negligent
3 cost us|me|our|the
3 expect better|more|explanation
4 not happy|acceptable|satisfied|pleased|impressed|good_enough|what_we_expect*
4 what is going on
4 last straw|final_straw
5 queja|reclamo|reclamación|inaceptable|decepcionado|decepcionada|decepcionados|pésimo|molesto|molesta
5 réclamation|plainte|inacceptable|déçu|déçue|déçus|mécontent|mécontente|scandaleux
5 beschwerde|inakzeptabel|unzufrieden|enttäuscht|unverschämt|ärgerlich|verärgert|reklamation|unmöglich
5 reclamação|inaceitável|decepcionado|insatisfeito|reclamo|inaccettabile|deluso|delusa|insoddisfatto|klacht|onacceptabel|teleurgesteld
5 投诉
5 失望
5 不满
5 无法接受
5 太慢
5 another|again|yet delay|mistake|error|excuse
5 report|complain|complaining .. behavior|behaviour|conduct|appraiser|treatment
5 because of you|your
5 make this|it right
5 has|have|had to stop
5 done|tired|sick chasing|waiting|of_waiting|asking
5 gone|going|went downhill
4 no explanation
4 extremely|very|really|so|deeply disappoint*|upset|frustrat*|unhappy|annoyed
4 pay|deserve|expect .. better
4 rude|argued|yelled|disrespectful|unprofessional|mud|gate_open
4 no show|shows
4 waited|waiting|wait .. weeks|days|hours|months|week|month|day|hour
4 arrived|came|showed|was|were|delivered .. late|hour|hours|after
4 reflects badly|poorly
4 another|yet closing|deal|deadline|order|file .. blown|missed|lost|late|wrong
4 nobody|no_one|none .. read|reads|listens|listen|cares|follows|seems|understands|knows
4 explained|told|asked|said .. times|occasions|already|repeatedly
4 give up
4 house next door
4 made fun
4 skipped|blown
3 never|didn't showed|show|called|responded|answered .. up|back
2 mistake|mistakes|errors|error
-4 i|we put|entered|typed|gave .. wrong
"""

PRAISE = """
5 great|good|excellent|amazing|fantastic|awesome|wonderful|terrific|outstanding|nice|superb|incredible|fabulous|stellar|beautiful|phenomenal|exceptional job|work|service|report|team|turnaround|turn_time|appraiser|communication|experience
5 well done|kudos|bravo
5 kudos
5 pass|share|convey|send|extend .. thanks|compliments|appreciation|kudos|gratitude|thank_you .. to|along?
4 job well done
4 thank_you|thanks .. quick|fast|great|excellent|hard_work|going_above|prompt|outstanding|amazing|wonderful|help|helping|speedy|turnaround|turning|getting_this|patience|professional*|stepping_up
5 impressed|delighted|thrilled|blown_away|very_happy|so_happy|really_happy|extremely_happy|very_pleased|extremely_pleased|really_pleased|super_happy
5 above and beyond
5 pleasure|joy to work|working|doing
4 days|day|week early|ahead
4 best appraiser|appraisers|vendor|amc|team|report|service|company|firm|partner
4 love|loved|adore|enjoy|enjoyed working|the|your|how
4 really|truly|very_much|greatly|so_much|sincerely appreciate|appreciated|grateful|helpful
4 wow
4 not one|a_single condition|revision|stip|correction
4 couldn't|could_not|can't be|have_been|ask happier|better|for_better
3 keep up .. good|great|work
4 rock|rocks|lifesaver|life_saver|made_my_day|saved_the_day|saved_us|saved_our
4 hats off
4 highly recommend
3 thorough|professional|responsive|courteous|knowledgeable
4 shout out
4 s:thank_you|thanks|great_job|kudos|compliment|compliments|praise|appreciation
5 excelente trabajo|servicio|informe
5 excelente|felicidades|felicitaciones|muy_contentos|muy_satisfechos|impecable
5 excellent|superbe|bravo|félicitations|très_satisfaits|très_satisfait|ravi|ravis|parfait travail|service|rapport?
5 hervorragend*|ausgezeichnet*|großartig*|tolle_arbeit|sehr_zufrieden|super_arbeit|klasse
5 excelente|ótimo|parabéns|ottimo|eccellente|complimenti|uitstekend|geweldig
5 非常满意
5 做得很好
4 太好了
5 smooth|great|wonderful|excellent|pleasant|fantastic|good|positive|terrific|best .. experience
5 top notch
5 first class|rate
5 saved us|me|the_day|our|my
5 turning .. around
5 best|finest|cleanest|nicest .. report|appraiser|team|read|seen|worked
5 you|you're|you_guys|your_team .. are the? best|great|awesome|amazing|fantastic|wonderful|rock
5 appreciated|appreciate .. way|how|your|quick|help|work|effort|job|handled|patience
4 did|does|done an|a .. outstanding|great|excellent|fantastic|amazing|wonderful|good|super|terrific .. job
5 zufrieden|hervorragende|ausgezeichnete|vielen_dank_für_die
5 excelente|excelentes|perfecto|perfecta
5 satisfaits|excellent|parfait
5 满意
5 can't|cannot tell|express|thank .. enough|how|much
5 meant .. to us|the|me|family|lot|world
5 keep it|this|up .. up
5 cleanest|finest|smoothest|easiest|quickest|fastest|best|nicest
5 went out|way .. on_a|of_his|of_her|of_their|saturday|sunday|weekend
5 shout out
5 big|huge|special|sincere|heartfelt thanks|thank_you|shout_out|kudos
5 happy|pleased|satisfied|delighted|thrilled with .. report|service|work|appraiser|how|job|turnaround
5 compliment|compliments|commend|recognize|praise
4 made .. easy|smooth|painless|possible
4 exceeded|exceeds|beyond
4 spotless|flawless|impeccable|top_notch|immaculate|exemplary
"""

FEEDBACK_RESPONSE = """
8 s:how did we|i do
7 s:survey|feedback|satisfaction|nps|rate|rating|review_request|your_experience|your_opinion
6 # out of #
6 {score}
5 # stars|star
5 i'd|i_would|would|we'd|i|we rate|give|score .. you|it|this|service|#|a
4 my|our rating|score|feedback|survey|review is|would_be|response
5 survey response|answers|results|attached
4 here|this is|are my|our|some feedback|review|thoughts .. survey|service|experience|order?
3 answering|answer|response|reply to your survey|feedback|questions
3 communication excellent|good|fair|poor|great
5 calificación|puntuación|encuesta
5 note|notation de #
5 sondage|enquête|umfrage|bewertung_#|pesquisa|sondaggio|enquête
5 # von #
5 # de #
5 # sur #
5 # 分
7 s:how was|were|is your
7 s:experience|satisfaction|rate_your|rate|feedback|survey|your_thoughts|review_us
5 overall satisfaction|rating|score
-6 s:feedback .. needed|portal
8 s:how .. are we|you doing
8 s:how are we doing
6 very|somewhat|extremely|mostly satisfied|dissatisfied
5 # ?stars
6 would rate|score
6 my|our feedback|rating|score
5 give|giving|gave it|you|them a|an #|score|rating
5 give|giving|gave it|you|them #
"""
