"""What mails say that judge our work: complaints, praise, answers to our feedback question.

The notation and the weights are those of the package."""

from __future__ import annotations

COMPLAINT = """
6 s:complaint|unacceptable|disappointed|frustrated|grievance|very_unhappy|unhappy
6 formal|file|filing|lodge|lodging|make|register|official .. complaint
6 unacceptable|ridiculous|outrageous|appalling|inexcusable|disgraceful|atrocious|horrible|terrible|awful|pathetic|unprofessional
4 disappointed|frustrated|frustrating|disappointing|fed_up|furious|angry|dissatisfied|upset|unhappy|livid|appalled|disgusted|annoyed
4 #|second|third|fourth|fifth time|late|report .. this|month|week|in_a_row|late|late_report
5 second|third|fourth|fifth|2nd|3rd|4th time|late|missed|delay
5 second|third|fourth|fifth|2nd|3rd|4th .. order|report|file|inspection .. late|wrong|missed|botched|month|week|row
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
5 dropped|drop|dropping the ball
5 asleep at
5 had enough|it_with|it_up_to
5 wit's|wits end
5 ghosted|ghosting|stonewalled|blown_off|strung_along|left_hanging|left_in_the_dark|hung_out_to_dry
5 third|second|fourth|another|every|broken|empty promise|promises|excuse|excuses|apology|miss|strike|fiasco|disaster
5 egg on .. face
5 made|makes|making us|me .. look .. bad|foolish|stupid|ridiculous|like
5 never set|stepped|bothered|looked|went .. foot|inside|to|out
5 amateur|amateurish|shambles|circus|train_wreck|trainwreck|clown_show|debacle|mess|joke|farce|black_hole|travesty
5 not cutting|good_enough|the_standard|what_we_pay .. it|for?
5 is|are|was anybody|anyone|someone .. home|alive|there|awake|minding
5 pay|paying|paid .. for .. this|better|that|what
5 patience .. thin|out|gone|end|short|limit|worn
5 stopped|quit|no_longer believing|believe|trusting|trust .. word|you|us|a_word
4 wrong .. wrong
5 radio silence
5 crickets
5 covering|apologizing|apologising|making_excuses for you|your|this
5 your|the appraiser|appraisers|fellow|man|guy|inspector|person|people|contractor|rep .. left|broke|tracked|let|scratched|damaged|lost|smoked|swore|cursed|scared|insulted|shouted|yelled|argued|barged|parked|refused|hung_up|knocked|lied|forgot|ignored
5 beside himself|herself|themselves|myself
5 excuses|excuse
5 if i|we wanted .. i|we
5 the_one you swore|promised|guaranteed|said|assured
5 more time .. than
5 every|each single? order|report|file|time|one|month .. needed|needs|late|wrong|has|comes|takes|had
5 where .. is|are my|our report|order|appraisal|refund ... you|promised|swore
5 slog|ordeal|headache|runaround|pulling_teeth|uphill_battle
5 policing|babysitting|chasing|fixing|double_checking|re_checking your
5 how many|often times .. do|must|have|should .. i|we
5 getting silly|ridiculous|old|absurd|tiresome|out_of_hand|embarrassing
5 at your expense|cost
5 boot|mud|muddy|dirty prints|footprints|shoes|tracks|boots
5 asked .. for .. ago|times|already|before|twice
5 thinking|considering|seriously|tempted .. of|about|to .. sending|moving|taking|switching|leaving|pulling .. elsewhere|away|someone|another|business|orders|volume
5 on .. phone .. entire|whole time|visit|inspection
5 portal|site|system|website|software|platform .. has_been|is|was|keeps|goes|went|been down|offline|crashing|unusable
5 can't|cannot|impossible_to work like_this|this_way|under
5 support|help_desk|nobody|your_office|your_desk .. does_not|doesn't|won't|never pick_up|answer|respond|reply|help
5 embarrassed|embarrassing|ashamed|humiliating|mortified
5 fiction|fairy_tale|fantasy|a_lie
5 cancelled|canceled|rescheduled|postponed .. twice|three_times|again|same_day|day_of
5 lost .. credibility|face|trust|confidence
5 gone|left|done|finished in # minutes
5 is_that|is_this|what .. we|i pay|paid|paying for|#
5 # days|weeks|hours after .. due|deadline|promised
5 concerned|worried|troubled|alarmed|dismayed about|by|with|over .. quality|service|accuracy|delays|performance|turn_times|errors
5 all i|we get|got|hear is|are
5 every single? day .. this|and|for
5 walk|walking|walked|leave|leaving away|us|over .. because_of|over
5 # of .. last|past # .. errors|late|wrong|mistakes|revisions
5 no shows
5 in the time .. took you
5 why is this|it .. difficult|hard
5 second|third|fourth|2nd|3rd|4th request|reminder|follow_up|email|attempt
5 # promises|excuses|apologies
5 run|running out of things|excuses|ways .. tell|say
5 proofread|proofreads|checked|checks|reviewed .. this_report|your_reports|your_work
"""

PRAISE = """
5 great|good|excellent|amazing|fantastic|awesome|wonderful|terrific|outstanding|nice|superb|incredible|fabulous|stellar|beautiful|phenomenal|exceptional job|work|service|report|team|turnaround|turn_time|appraiser|communication|experience
5 well done|kudos|bravo
5 kudos
5 pass|share|convey|send|extend .. thanks|compliments|appreciation|kudos|gratitude|thank_you .. to|along?
4 job well done
2 thank_you|thanks .. help|helping
4 thank_you|thanks .. quick|fast|great|excellent|hard_work|going_above|prompt|outstanding|amazing|wonderful|speedy|turnaround|turning|getting_this|patience|professional*|stepping_up
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
5 excellent|superbe|bravo|félicitations|très_satisfaits|très_satisfait|suis_ravi|sommes_ravis|très_ravis|parfait travail|service|rapport?
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
5 cleanest|finest|smoothest|nicest
5 went out|way .. on_a|of_his|of_her|of_their|saturday|sunday|weekend
5 shout out
5 big|huge|special|sincere|heartfelt thanks|thank_you|shout_out|kudos
5 happy|pleased|satisfied|delighted|thrilled with .. report|service|work|appraiser|how|job|turnaround
5 compliment|compliments|commend|recognize|praise
4 made .. easy|smooth|painless|possible
4 exceeded|exceeds|beyond
4 spotless|flawless|impeccable|top_notch|immaculate|exemplary
5 hats off
5 saved our|my|the bacon|hide|day|deal|skin|closing|neck
5 drinks|beers|lunch|coffee|dinner|round is|are on me|us
5 drinks|beers|lunch|dinner on me|us
5 owe|owes you|him|her|them .. one|beer|lunch|coffee|drink
5 knocked|hit .. out_of_the_park|out_of_the_ballpark|it_for_six
5 nailed it|this
5 worth .. weight
5 rock star|solid
5 rockstar|superstar|home_run|homerun|slam_dunk|class_act|gold_standard|gem|champ|champs|wizard|magician|miracle_worker|lifesaver
5 clockwork|smooth_as|like_butter|like_a_dream|without_a_hitch|not_a_hitch
5 blew|blown .. away|out_of_the_water|socks
5 made me|us .. look .. good|great|smart|like_a_hero
5 whatever you .. keep
5 tip|tipping .. hat|cap
5 pat on .. back
5 gold|golden|pure_gold|first_rate|top_shelf|second_to_none
5 cleanest|smoothest|finest|easiest .. file|report|closing|deal|order|appraisal|ever|year
5 give|gives|deserves|deserve|gets|earned .. raise|bonus|medal|promotion|cookie|gold_star|award|round_of_applause|pat_on_the_back|day_off
5 never|rarely|seldom seen|had|worked|read|met|come_across .. so|this|such|better|clearer|cleaner|faster|smoother|clear|clean|thorough|quick|like
5 in|for # years .. never|first|best
5 frame it
5 tamed|charmed|won_over|handled|soothed|calmed .. homeowner|borrower|seller|owner|grumpiest|difficult|angry
5 delivered|finished|worked|came|went|got_it_done .. on_a .. sunday|saturday|weekend|holiday
5 above .. call_of_duty
5 owe|owes .. a? cake|pizza|donuts|doughnuts|cookies|bottle|steak|dinner|round
5 people|folks|appraisers|person|someone like that|her|him|them|you|this .. rare|hard_to_find|gold|gem|few
5 turned|turns|turning .. into .. closing|win|success|joy|breeze
5 explained|walked|guided|helped .. patiently|kindly|as_if|through|clearly|like
5 so|very|extremely|wonderfully|incredibly patient|kind|gracious|gentle|understanding|courteous with|to
-5 appreciate|appreciated .. your call|email|reply|response|time|message|patience|business|note
5 has|have|won|got|gained a fan
5 who|that likes|praises nothing|nobody|no_one
5 liked|loved|enjoyed this|the|your|that .. one|report|work
-5 referred|recommended|suggested .. by|you|to
6 above and_beyond
6 hats off
6 take back what_i_said
6 how it|this should be done
6 saved .. day|deal|us|me|my|our
6 nailed it
6 pleasure as_always|to_work|working|doing
6 not|without a_single|one|any .. question|questions|condition|conditions|stip|stips|comment
6 deserves|deserve .. raise|medal|bonus
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
7 s:your_experience|satisfaction|rate_your|rate|feedback|survey|your_thoughts|review_us
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
6 zero|one|two|three|four|five|six|seven|eight|nine|ten out_of|from_me|from_us|of_ten|of_five|of_10|stars
6 solid|strong|easy|perfect|weak #|seven|eight|nine|ten .. from|out
5 would|could|might be|have_been a|an? ten|nine|five|10|9|5 .. if|but|except
6 #|one stars|star
6 full|top|high|perfect marks|score|points
6 happily|gladly .. again
8 s:how satisfied|happy|likely
8 s:how did|was|were|are|is .. you|your|we|i|it
"""
