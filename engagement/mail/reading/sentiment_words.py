"""The single words that tell how a writer feels, with weights from -4 to 4, and those that turn, strengthen or excuse what stands by them.

A lexicon of our own, for business and customer mail. What lives here: words. What does not: phrases (`sentiment_phrases`,
`sentiment_formulas`), and the counting (`sentiment`).
"""

from __future__ import annotations

WORDS = """
3.5 amazing fantastic outstanding phenomenal exceptional superb stellar flawless flawlessly delighted thrilled ecstatic overjoyed unbeatable incredible fabulous magnificent marvelous marvellous sensational
3 excellent wonderful awesome terrific brilliant perfect perfectly impeccable impeccably impressed impressive superior spectacular splendid kudos bravo lifesaver godsend gem spotless exemplary unmatched
2.5 love loved loves loving great congratulations congrats delicious gorgeous enjoyed enjoyable delightful seamless seamlessly effortless effortlessly grateful thankful excited exciting thrilled commend commendable applaud praise praised adore memorable
2 happy pleased glad enjoy enjoying lovely helpful smoothly satisfied satisfying pleasure recommend recommended recommending appreciative thorough courteous friendly knowledgeable proud beautiful beautifully superbly blessed cheerful hilarious engaging inspiring valuable amazed relieved heartfelt generous gracious
1.5 responsive professionalism attentive pleasant pleasantly smooth efficient efficiently reliable dependable trustworthy polite kind patient caring welcoming intuitive nice fun awesome-ness improved improvement success successful successfully appreciated appreciate comfy comfortable cozy flawless skilled talented cooperative accommodating insightful
1 good better best well quick quickly fast prompt promptly professional easy easily solved resolved win won winning strong positive clean worked accurate flexible proactive favorite favourite fair affordable useful benefit interested eager hopeful approved cleared helped fine works safe fresh bright calm solid
-0.8 unfortunately sadly late delay delays delayed overdue pending wait waiting missing missed hard tough concern concerns difficult slow slower expensive old lost unclear regret denied declined cancelled canceled stuck short limited risk tired busy cold cheap doubt dead sorry
-1.2 issue issues confusing confused confusion concerned trouble unable incomplete inconvenient inconvenience questionable vague lacking lacks outdated worried worry worrying unexpected hassle pain struggle struggling unanswered wrong uncomfortable inconsistent unsure stress stressful pricey overpriced complicated boring tedious uneasy nervous anxious unavailable negative
-1.6 hurt slipping incorrectly error errors mistake mistakes problem problems fail failed fails failing failure failures bug bugs glitch glitches disagree dispute disputed complaint complaints complain complained complaining noisy dirty stained smelly stale rotten leaking leaks leaked flickers stranded ruined cracked torn tore shattered scratched dented moldy mouldy freezing freezes lag lagging laggy confiscated painful painfully exhausting exhausted demoralizing decline declining worse
-2 broken broke breaks buggy crash crashed crashes crashing defective faulty damaged malfunction malfunctioning unresolved unresponsive inaccurate inaccurately poorly overcharged mischarged overcharging annoyed annoying annoys unhappy dissatisfied dissatisfaction ignored ignoring ignores rejected refused refuses unreliable unfair unnecessary unreasonable unwilling mess messy disorganized disorganised misleading misled wasted waste wasting inexperienced inefficient unhelpful unfriendly unsafe unsanitary chaos chaotic botched sloppy dishonest deceived neglect neglected hostile cheated delays-again hung-up
-2.5 disappointed disappointing disappointment disappoints frustrated frustrating frustration frustrates upset upsetting bad poor unprofessional careless carelessness rude rudeness dismissive condescending arrogant subpar shoddy useless unusable unsatisfactory unsatisfied inexcusable irritated irritating irresponsible negligent incompetent inept regrettable displeased dismayed aggravating aggravated fiasco failure-again miserable filthy gross hopeless laughable embarrassing embarrassed embarrassment humiliating unbearable unworkable unusably
-3 unacceptable angry terrible terribly horrible horribly awful worst ridiculous furious outrageous outraged appalled appalling atrocious disgusted disgusting pathetic nightmare disaster disastrous livid abysmal dreadful horrendous disgraceful disgrace infuriating infuriated scam scammed scammers fraud fraudulent hate hated worthless garbage trash rubbish joke crap crappy lousy incompetence deplorable shameful shame insulting insulted insult liars lies lied cheating robbed ripoff stolen stole inhumane sickening vile
2.5 excelente excelentes genial fantástico fantástica maravilloso maravillosa impecable encantado encantada contentos contento contenta satisfecho satisfechos felicidades perfecto perfecta estupendo
-2.5 decepcionado decepcionada decepcionados inaceptable pésimo pésima molesto molesta molestos queja terrible horrible malísimo enojado enojada frustrado frustrada estafa vergüenza
-1.6 error errores mala malo retraso tarde roto rota defectuoso
2.5 excellent excellente parfait parfaite satisfait satisfaits satisfaite formidable superbe génial géniale félicitations impeccable merveilleux
-2.5 déçu déçue déçus inacceptable mécontent mécontente mécontents plainte réclamation scandaleux frustré frustrée lamentable honteux catastrophique furieux
-1.6 erreur erreurs retard erroné mauvais mauvaise cassé défectueux
2.5 hervorragend hervorragende hervorragenden ausgezeichnet ausgezeichnete großartig zufrieden perfekt begeistert wunderbar erfreut
-2.5 enttäuscht unzufrieden inakzeptabel beschwerde ärgerlich verärgert unverschämt unverschämtheit mangelhaft katastrophe katastrophal unmöglich
-1.6 fehler falsch falsche verspätet verspätung schlecht schlechte kaputt defekt
2.5 ótimo ótima parabéns ottimo ottima eccellente perfetto perfetta soddisfatto soddisfatta uitstekend uitstekende geweldig geweldige tevreden
-2.5 insatisfeito insatisfeita inaceitável péssimo péssima deluso delusa inaccettabile pessimo pessima teleurgesteld ontevreden onacceptabel klacht vergonha vergogna
-1.6 atraso erro ritardo errore fout
"""

# Said of a mishap these are irony: they count as badly as they sound good.
IRONIES = """
oh? great|fantastic|wonderful|brilliant|perfect|lovely|awesome|bravo|congratulations|congrats|stellar|terrific|amazing $
oh great|fantastic|wonderful|brilliant|perfect|lovely|awesome|joy
great|nice|good|fine|excellent|brilliant|stellar|fantastic|wonderful job|work|going|one|service
well done
way to go
thanks|thank_you a_lot|a_bunch|so_much|for_nothing
really|so|very professional|helpful|classy
just great|perfect|wonderful|what
can't wait to
love how|it_when
"""

NEGATORS = frozenset(
    "not no never without isn't wasn't aren't weren't don't doesn't didn't won't wouldn't can't cannot couldn't shouldn't hasn't haven't hadn't ain't neither nor hardly "
    "barely nothing none nobody less nicht kein keine keinen nie pas jamais sans ni não nunca sin non niet geen rarely".split()
)
BOOSTERS = dict.fromkeys(
    "very really extremely so incredibly absolutely totally completely super truly highly exceptionally particularly especially utterly deeply quite muy très sehr molto heel too".split(),
    1.3,
) | dict.fromkeys(
    "somewhat slightly bit little fairly kinda sort mildly rather partly mostly almost".split(), 0.6
)
TURNS = frozenset(
    "but however although though yet except unfortunately pero mais aber mas ma maar sin 但 但是".split()
)
SUPPOSED = frozenset("if unless whether wenn falls si se als 如果".split())
COURTESY = frozenset("please kindly pls sorry apologies apologize bitte merci".split())
# Words of a mood: who uses one is not only asking for help, however politely.
FEELINGS = frozenset(
    word
    for line in WORDS.strip().split("\n")
    for weight, *words in [line.split()]
    if float(weight) <= -2
    for word in words
)
