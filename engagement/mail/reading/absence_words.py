"""The set phrases of absence notices in the languages our clients write; `auto_reply` reads dates and people behind them.

Only tables and the patterns made of them live here.
"""

from __future__ import annotations

import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner enero janvier janeiro gennaio gen januari styczeń stycznia sty январь января янв січень січня leden ledna ocak január tammikuu tammikuuta",
            "february feb februar febrero février fév fevereiro fev febbraio februari luty lutego lut февраль февраля фев лютий лютого únor února şubat február helmikuu helmikuuta",
            "march mar märz maerz marzo mars março maart mrt marzec marca март марта березень березня březen března mart március maaliskuu maaliskuuta marts",
            "april apr abril abr avril avr aprile kwiecień kwietnia kwi апрель апреля апр квітень квітня duben dubna nisan április huhtikuu huhtikuuta",
            "may mai mayo maio maggio mag mei maj maja май мая травень травня květen května mayıs május toukokuu toukokuuta",
            "june jun juni junio juin junho giugno giu czerwiec czerwca cze июнь июня червень červen června haziran június kesäkuu kesäkuuta",
            "july jul juli julio juillet juil julho luglio lug lipiec lipca lip июль июля липень липня červenec července temmuz július heinäkuu heinäkuuta",
            "august aug agosto ago août aout augustus augusti sierpień sierpnia август августа авг серпень серпня srpen srpna ağustos augusztus elokuu elokuuta",
            "september sep sept septiembre septembre setembro set settembre wrzesień września wrz сентябрь сентября сен вересень вересня září eylül szeptember syyskuu syyskuuta",
            "october oct oktober okt octubre octobre outubro ottobre ott październik października paź октябрь октября окт жовтень жовтня říjen října ekim október lokakuu lokakuuta",
            "november nov noviembre novembre novembro listopad listopada lis ноябрь ноября ноя листопада listopadu kasım marraskuu marraskuuta",
            "december dec dezember dez diciembre dic décembre déc dezembro dicembre grudzień grudnia gru декабрь декабря дек грудень грудня prosinec prosince aralık joulukuu joulukuuta desember",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon montag lunes lundi segunda segunda-feira lunedì lunedi maandag poniedziałek понедельник понеділок måndag mandag maanantai pondělí pazartesi hétfő 星期一 周一 月曜日",
            "tuesday tue tues dienstag martes mardi terça terça-feira martedì martedi dinsdag wtorek вторник вівторок tisdag tirsdag tiistai úterý salı kedd 星期二 周二 火曜日",
            "wednesday wed mittwoch miércoles mercredi quarta quarta-feira mercoledì mercoledi woensdag środa среду среда середу onsdag keskiviikko středa středu çarşamba szerda 星期三 周三 水曜日",
            "thursday thu thur thurs donnerstag jueves jeudi quinta quinta-feira giovedì giovedi donderdag czwartek четверг четвер torsdag torstai čtvrtek perşembe csütörtök 星期四 周四 木曜日",
            "friday fri freitag viernes vendredi sexta sexta-feira venerdì venerdi vrijdag piątek пятницу пятница п'ятницю fredag perjantai pátek cuma péntek 星期五 周五 金曜日",
            "saturday sat samstag sonnabend sábado samedi sabato zaterdag sobota sobotę субботу lördag lørdag lauantai sobotu cumartesi szombat 星期六 周六 土曜日",
            "sunday sun sonntag domingo dimanche domenica zondag niedziela niedzielę воскресенье söndag søndag sunnuntai neděle neděli pazar vasárnap 星期日 周日 日曜日",
        )
    )
    for name in names.split()
}

# Behind or before these stands the day they are back.
BACK = re.compile(
    r"\b(?:(?:will |shall |'ll )?(?:be |am |is |are )?(?:back|returning)(?: (?:in|at|to)(?: the| my)? (?:office|work|desk|town))?|(?:will |shall |i )?returns?(?:ing)?(?! (?:your|all|any|calls|e-?mails?|messages?|the call)\b)(?: to(?: the| my)? (?:office|work|desk))?|"
    r"in the office again|available again|reachable again|resum\w+(?: work| duties)?|will respond (?:to you )?(?:on|when i return on)|respond(?:ing)? to (?:your|all) (?:e-?mails?|messages?) (?:on|upon my return on|when i return on)|first day back|re-?open\w*|"
    r"wieder (?:im (?:büro|hause|haus|dienst)|da|erreichbar|zurück|für sie (?:da|erreichbar)|zur verfügung|persönlich erreichbar|anwesend)|zurück(?: im büro)?|"
    r"(?:de )?retour(?:ne|nerai)?(?: au bureau)?|reviens|reviendrai|serai de nouveau|à nouveau (?:disponible|joignable)|reprendrai|"
    r"de vuelta|regres(?:o|aré|aremos|ando)|vuelvo|volveré|me reincorporar?[éeo]|estaré de nuevo|nuevamente disponible|"
    r"de volta|retorno|retornarei|voltarei|volto|regresso|regressarei|novamente disponível|"
    r"rientro|rientrerò|torno|tornerò|di nuovo (?:in ufficio|disponibile|operativ[oa])|sarò di ritorno|"
    r"weer (?:bereikbaar|aanwezig|terug|op kantoor|beschikbaar)|terug(?: op kantoor)?|"
    r"wracam|wrócę|powrót|z powrotem|ponownie dostępn[ya]|będę dostępn[ya]|"
    r"вернусь|выйду|возвращаюсь|буду на месте|буду доступ\w+|на связи|повернусь|повертаюсь|"
    r"åter|tillbaka|tilbake|tilbage|retur|palaan|takaisin|tavoitettavissa|"
    r"vrátím se|zpět|zpátky|budu k dispozici|döneceğim|ofiste olacağım|tekrar|visszatérek|visszaérkezem|újra elérhető)\b|返回|回到|回来|回來|回公司|복귀|恢复|復帰|出社|戻り|出勤",
    re.I,
)
# That day itself is the first one back: "out until Monday".
UNTIL = re.compile(
    r"\b(?:until|till|til|'til|untill|bis(?: zum)?|jusqu'(?:au?|à)|jusqu’(?:au?|à)|hasta(?: el)?|até(?: o)?(?: dia)?|fino al?|sino al?|tot(?: en met)?|t/m|do(?: dnia)?|до|по|t\.o\.m\.?|till(?: och med)?|til(?: og med)?|asti|saakka|kadar|až do|-ig)\b|至|到|まで|까지",
    re.I,
)
# The last day away: they are back on the next working day.
THROUGH = re.compile(
    r"\b(?:through|thru|inclusive|including|up to and including|einschlie(?:ß|ss)lich|inklusive|inkl\.?|inclus(?:e|ive|ivement)?|incluid[oa]|inclusive|incluso|compreso|tot en met|t/m|włącznie|включительно|включно|till och med|t\.o\.m|til og med|t\.o\.m\.|včetně|dahil)\b",
    re.I,
)
RANGE = re.compile(
    r"^\s*(?:-|–|—|to|through|thru|bis(?: zum)?|au|al?|até|ao?|al|tot(?: en met)?|t/m|do|по|–|至|~|から|til|till|and)\s*$",
    re.I,
)
ABSENT = re.compile(
    r"\b(?:out of (?:the )?office|away|on (?:\w+ )?(?:leave|vacation|holidays?|pto|business|travel)|out(?: of office)?|travell?ing|unavailable|not in the office|office (?:is|will be) closed|closed|"
    r"abwesend|nicht (?:im (?:büro|hause|haus)|erreichbar|da)|(?:im )?urlaub|auf dienstreise|absente?|en congés?|en vacances|en déplacement|fermé|"
    r"fuera de (?:la )?oficina|de vacaciones|ausente|de viaje|fora do escritório|de férias|ausência|assente|in ferie|fuori (?:ufficio|sede)|chius[oi]|"
    r"afwezig|met vakantie|op vakantie|niet aanwezig|nieobecn[ya]|na urlopie|poza biurem|urlop|в отпуске|отсутств\w+|у відпустці|відсутн\w+|"
    r"semester|frånvarande|på ferie|fraværende|bortreist|lomalla|poissa|dovolen\w+|nepřítom\w+|mimo kancelář|izinde\w*|izinli\w*|ofis dışında|szabadságon|távol)\b|휴가|부재|출장|休假|外出|不在|出差|年假|休暇|休業",
    re.I,
)
LEFT = re.compile(
    r"\b(?:(?:is|am|are) no longer (?:with|at|working (?:at|for|with)|employed|an employee|part of|associated with|a member of)|no longer works?\b|no longer employed|(?:has|have|'ve) left (?:the |our |my )?(?!a (?:message|voice)|you|for (?:the )?(?:day|today|vacation))"
    r"(?:company|firm|organi[sz]ation|bank|business|team|agency|department|office permanently|position|role|(?-i:[A-Z])\w+)|(?:has|have) (?:retired|resigned|departed|moved on)|(?:is|am) (?:now )?retired|left (?:the company|the firm|the organi[sz]ation)|last day (?:at|with)\b|"
    r"no longer in (?:this|that|the) (?:role|position)|(?:changed|moved to (?:a )?(?:new|another|different)|taken (?:on )?a new|transferred to (?:a )?(?:new|another|different)) (?:role|roles|position|job|department)|"
    r"nicht mehr (?:(?:in|für|bei|im) [^.!?\n]{1,60}?(?:tätig|beschäftigt)|(?:im|in unserem|bei|für) (?:unternehmen|haus|uns\b)|tätig|beschäftigt|bei uns)|(?:hat|habe) (?:das|unser|die|unsere) (?:unternehmen|haus|firma|bank)(?: [^!?\n]{1,30}?)? verlassen|aus dem unternehmen ausgeschieden|im ruhestand|"
    r"ne (?:fait|fais) plus partie|n'est plus (?:employée?|en poste|salariée?|chez|dans|collaborat)|n’est plus|ne travaille plus|a quitté (?:l'|la |le |notre |ses )|ai quitté (?:l'|la |le |notre )|"
    r"ya no (?:trabaja|trabajo|labora|forma parte|pertenece|está con)|ha dejado (?:la empresa|de trabajar)|dejó (?:la empresa|de trabajar)|"
    r"não (?:trabalha|trabalho) mais|não (?:faz|faço) mais parte|já não (?:trabalha|faz parte|colabora)|deixou a empresa|não está mais na empresa|"
    r"non (?:lavora|lavoro) più|non (?:fa|faccio) più parte|non è più (?:in|con|dipendente)|ha lasciato (?:l'azienda|la società|la nostra)|"
    r"(?:werkt|werk) niet (?:meer|langer)|niet (?:meer|langer) werkzaam|niet meer in dienst|heeft (?:ons bedrijf|het bedrijf|de organisatie) verlaten|uit dienst|"
    r"(?:już )?nie pracuje(?: już)?|nie pracuję|не работает|уволил\w+|більше не працює|"
    r"arbetar inte längre|har slutat|jobber ikke lenger|har sluttet|arbejder ikke længere|er fratrådt|ei (?:enää )?työskentele|"
    r"již nepracuje|už nepracuje|çalışmamaktadır|çalışmıyor|ayrılmıştır|ayrılmış bulunmakta|már nem dolgozik)|퇴사|퇴직|已离职|已離職|已经离职|不再任职|不在本公司|退職いたしました|退職しました|退職",
    re.I,
)
NEW_ADDRESS = re.compile(
    r"\b(?:address (?:has|is|was) (?:now )?(?:changed|moved)|new (?:e-?mail )?address|neue (?:e-?mail-?)?adresse|nouvelle adresse|nueva dirección|novo endereço|nuovo indirizzo)\b[^\n]{0,40}$",
    re.I,
)
TURN_TO = re.compile(
    r"\b(?:contact|reach out to|reach|please (?:call|email|e-mail|write|try|ask|direct|forward|send|speak|see)|e-?mail|call|write(?: to)?|direct (?:\w+ ){0,4}to|forward (?:\w+ ){0,4}to|send (?:\w+ ){0,4}to|speak (?:to|with)|get in touch with|turn to|replaced by|succeeded by|taken over by|"
    r"covering for me|in my absence|my (?:colleague|replacement|backup|assistant)|assist(?:ance)?|"
    r"wenden sie sich (?:bitte )?(?:an|direkt an)|kontaktieren sie|erreichen sie|vertretung|vertritt mich|vertreten durch|kollegin|kollegen?|schreiben sie (?:bitte )?an|nachfolger(?:in)?|ansprechpartner(?:in)?|"
    r"contacter|contactez|joindre|adresse[rz](?:-vous)?(?: à)?|écrire à|collègue|remplaçante?|"
    r"contacte(?: con)?|contactar(?: con)?|(?:póngase|ponerse|comuníquese|comunicarse|diríjase|dirigirse)(?: en contacto)?(?: con| a)|escriba a|escribir a|llame a|compañer[oa]|"
    r"(?:entre|entrar) em contat[o]? com|contat[ea]r?|contactar|procure|escreva para|ligue para|dirija-se a|"
    r"contatt(?:are|ate|i)|rivolgersi a|rivolgetevi a|scrivere a|collega|"
    r"contact op(?:nemen)? met|neem contact op met|terecht bij|bereiken|mailen naar|bel(?:len)?|collega|vervang\w+|"
    r"kontakt(?:ować|uj|owanie)?(?: się)? z|proszę o kontakt z|pisać na|zastępuje mnie|zastępstwo|"
    r"обращайтесь|обратитесь|обращаться|свяжитесь|связаться|пишите|звертайтеся|зверніться|"
    r"kontakta|kontakte?|henvend (?:deg|dig)(?: til)?|vänd dig till|ota yhteyttä|yhteyttä|"
    r"kontaktujte|obra[cť]te se na|obracejte se na|zastupuje mě|iletişime geç\w+|ile iletişim\w*|başvur\w+|keress\w*|fordul\w+)\b|联系|聯絡|联络|致电|請洽|ご連絡|連絡先|までお願い",
    re.I,
)
