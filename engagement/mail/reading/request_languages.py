"""Explicit requests in the languages beside English that our clients write: one row per language.

German, Spanish, French, Portuguese, Italian, Dutch, Chinese, Polish, Swedish, Danish and Norwegian, Russian, Japanese.
A row holds what asks, what only sounds like asking (courtesy, condition, own plan), and what marks the language. English is
in `request_acts` and `request_forms`; these rows cover the forms business mail really uses, not the languages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class _Language:
    code: str
    call: re.Pattern[str]
    meeting: re.Pattern[str]
    refusal: re.Pattern[str]


def _language(code: str, *, call: str, meeting: str, refusal: str) -> _Language:
    return _Language(code, *(re.compile(pattern, re.I) for pattern in (call, meeting, refusal)))


_LANGUAGES: tuple[_Language, ...] = (
    _language(
        "de",
        call=r"(?:^|[,.:;-] |\bbitte |\bund |\bdann |\bdaher )(?:rufen sie|ruf|ruft) (?:mich|uns|ihn|sie|bitte|doch|frau|herrn|den|die|meinen|meine|unseren|unsere)\b.{0,60}\b(?:an|zurück)\b"
        r"|\b(?:könnten|können|würden|kann|könnte|kannst|könntest|würde|würdest|wollen|möchten)\b.{0,60}\b(?:anrufen|zurückrufen|durchrufen|anzurufen|telefonieren|telefonisch (?:melden|kontaktieren)|ans telefon)\b"
        r"|\bbitte\b.{0,50}\b(?:anrufen|zurückrufen|anzurufen|zurückzurufen|durchrufen|telefonisch (?:bei|melden))\b|\b(?:bitte|bitten) (?:um|sie um|dringend um|freundlich um)\b.{0,30}\b(?:rückruf|anruf|telefonat|telefontermin|gespräch)\b|\brückruf (?:erbeten|bitte)\b"
        r"|\b(?:möchte|würde|möchten|würden|muss|müssen|wünsche)\b.{0,20}\b(?:mit)\b.{0,60}\b(?:sprechen|telefonieren|reden)\b|\bmelden sie sich\b.{0,40}\b(?:telefonisch|per telefon)\b|\b(?:geben|gib) (?:sie )?(?:mir|uns) (?:bitte )?(?:einen )?(?:anruf|rückruf)"
        r"|\bich (?:brauche|erwarte|wünsche|erbitte)\b.{0,25}\b(?:rückruf|anruf|termin|gespräch)\b|\bjemand\b.{0,40}\b(?:anrufen|zurückrufen)\b",
        meeting=r"\b(?:können|könnten|wollen|sollen) wir\b.{0,60}\b(?:telefonieren|sprechen|treffen|zusammensetzen|gespräch|termin|call|meeting|videokonferenz)\b|\b(?:termin|telefontermin|telefonat|gespräch|call|meeting|besprechung|videocall)\b.{0,30}\b(?:vereinbaren|ausmachen|ansetzen|einplanen|organisieren|einstellen)\b"
        r"|\bhätten sie\b.{0,60}\b(?:zeit)\b.{0,60}\b(?:telefonat|anruf|gespräch|treffen|call|meeting|termin|telefonieren|sprechen)\b|\bhaben sie\b.{0,40}\bzeit\b.{0,60}\b(?:telefonat|anruf|gespräch|treffen|call|meeting|termin|telefonieren|sprechen)\b|\bwann\b.{0,40}\b(?:telefonieren|sprechen|treffen|erreiche)\b.{0,20}\?",
        refusal=r"zögern|bei (?:rück)?fragen|\bfalls\b|\bwenn sie\b.{0,30}(?:fragen|haben|brauchen|benötigen|wünschen)|\bwenn (?:etwas|es|noch)\b|sollten sie|zur verfügung|\b(?:ich|wir) (?:rufe|rufen|werde|werden|melde|melden)\b|nicht (?:nötig|notwendig|erforderlich|anrufen|mehr)|\bkein(?:e|en)? (?:anruf|rückruf|telefonat)|bitte nicht|jederzeit|den (?:eigentümer|mieter|kunden|darlehensnehmer|makler)\b.{0,40}(?:termin|besichtigung)|\bum .{0,20}(?:besichtigung|zugang)",
    ),
    _language(
        "es",
        call=r"\b(?:ll[áa]me(?:me|nos|n|nme|la|lo)?|ll[áa]ma(?:me|nos|dme)|ll[áa]menme|ll[áa]mennos|devu[ée]lva(?:me|nos)|telefon[ée]eme)\b|\b(?:me|nos|le|lo|la)\s+(?:puede|pueden|podría|podrían|puedes|podrías)\b.{0,30}\b(?:llamar|marcar|devolver la llamada)\b|\b(?:puede|pueden|podría|podrían|puedes|podrías)\b.{0,40}\b(?:llamarme|llamarnos|llamarle|llamarlo|llamarla|llamar(?: a|me)?|devolverme la llamada|comunicarse conmigo por teléfono|marcarme)\b"
        r"|\b(?:necesito|necesitamos|quisiera|quisiéramos|quiero|queremos|me gustaría|nos gustaría|desearía|deseo)\b.{0,25}\bhablar (?:con|directamente)\b|\b(?:necesito|quisiera|quiero|solicito|pido|agradecería|agradeceré)\b.{0,25}\bque\b.{0,40}\b(?:me|nos) (?:llame|llamen|llamara|llamaran)\b|\bque (?:alguien )?(?:me|nos) llamen?\b|\b(?:necesito|necesitamos|quisiera|quisiéramos|solicito|solicitamos|pido|pedimos|agradecería|espero|quiero|queremos) (?:una |tener una |otra )?(?:llamada|reunión|videollamada)\b|\bd[ée](?:me|nos) una llamada\b|\bpor favor (?:de )?(?:llamar(?!se)|marcar)\b",
        meeting=r"\b(?:agendar|programar|concertar|coordinar|organizar|fijar|planificar|tener|hacer|agendamos|programamos)\b.{0,30}\b(?:llamada|reunión|videollamada|cita|videoconferencia|encuentro)\b|\b(?:podemos|podríamos|podamos|cuándo podemos|cuando podemos)\b.{0,30}\b(?:hablar|reunirnos|vernos|conversar|platicar)\b|\btiene[ns]?\b.{0,40}\b(?:disponibilidad|tiempo|disponible)\b.{0,30}\b(?:llamada|hablar|reunión|reunirnos|conversar)\b|\breunirse con (?:nosotros|nuestro)\b|\b(?:pasar|venir) (?:por|a) (?:nuestra|la) oficina\b",
        refusal=r"no dude|si tiene|si tienes|cualquier (?:duda|pregunta|consulta|cosa)|si necesita|en caso de|no es necesario|no hace falta|no (?:me|nos) llame|le llamar[ée]|lo llamar[ée]|te llamo|le llamo|los llamaremos|le llamaremos|quedo a|para (?:coordinar|programar|agendar)\b.{0,20}(?:inspección|visita|acceso)|se llama|\bme llamo\b|si hay|si desea",
    ),
    _language(
        "fr",
        call=r"\b(?:r?appel(?:ez|le|er|lez)|téléphone[zr])[- ](?:moi|nous|le|la)\b|\b(?:pouvez|pourriez|pourrais|peux|peut|pourrait|voulez|voudriez|puis-je|peut-on)\b.{0,60}\b(?:m'appeler|me rappeler|nous rappeler|nous appeler|me téléphoner|nous téléphoner|appeler|rappeler|me joindre par téléphone|passer un (?:coup de fil|appel))\b"
        r"|\b(?:merci|prière|veuillez|svp|s'il vous plaît|s'il te plaît)\b.{0,20}\b(?:de )?(?:bien vouloir )?(?:m'appeler|me rappeler|nous rappeler|nous appeler|me téléphoner|rappeler|appeler)\b|\b(?:souhaite|souhaiterais|souhaiterions|souhaitons|voudrais|voudrions|aimerais|aimerions|veux|dois|besoin de)\b.{0,20}\b(?:parler|m'entretenir|nous entretenir|discuter|échanger)\b.{0,30}\b(?:avec|à)\b|\b(?:souhaite|souhaiterais|voudrais|aimerais|attends|demande)\b.{0,20}\b(?:être rappelée?|un rendez-vous|une réunion|un entretien|un rappel|un appel|qu'on me rappelle|que (?:quelqu'un|vous) (?:me|nous) (?:r?appel))",
        meeting=r"\b(?:organiser|planifier|fixer|convenir d'|convenir|programmer|caler|prévoir|proposer)\b.{0,30}\b(?:appel|rendez-vous|réunion|visio|visioconférence|entretien|rencontre|point téléphonique|call)\b|\b(?:quand|à quel moment|quelle heure)\b.{0,30}\b(?:pouvons-nous|peut-on|pourrions-nous|pourrait-on)\b.{0,30}\b(?:parler|appeler|échanger|rencontrer|voir|discuter)\b|\b(?:seriez-vous|êtes-vous|serais-tu|es-tu)\b.{0,20}\b(?:disponible|libre)s?\b.{0,50}\b(?:appel|parler|échanger|réunion|rendez-vous|visio|call|discuter)\b|\b(?:pouvons-nous|pourrions-nous|peut-on)\b.{0,20}\b(?:nous (?:parler|appeler|rencontrer|voir)|se (?:parler|voir|rencontrer)|échanger par téléphone)\b",
        refusal=r"n'hésite|si vous avez|si tu as|pour toute (?:question|information)|en cas de|si besoin|si nécessaire|inutile|pas (?:besoin|nécessaire|la peine)|\bne (?:m'|me |nous )|je vous (?:r?appel)|nous vous (?:r?appel)|je vais|reste (?:à votre|joignable)|restons à votre|pour (?:fixer|prendre|convenir).{0,20}(?:visite|inspection)",
    ),
    _language(
        "pt",
        call=r"\b(?:ligue(?:m)?|liga)(?:-me|-nos| para (?:mim|nós|o|a|meu|minha)| de volta|,? por favor)\b|\b(?:me|nos) lig(?:ue|uem|a|ar)\b|\b(?:poderia|poderiam|pode|podem|podia|alguém pode|alguém poderia)\b.{0,40}\b(?:ligar|telefonar|retornar (?:a |minha |a minha |nossa )*ligação|me ligar)\b|\b(?:gostaria|gostaríamos|quero|queria|preciso|precisamos|queremos)\b.{0,20}\bfalar com\b|\b(?:gostaria|gostaríamos|preciso|precisamos|solicito|solicitamos|peço|aguardo|quero)\b.{0,15}\b(?:uma|de uma|sua) (?:ligação|chamada|reunião|conversa|videochamada)\b|\bpreciso que\b.{0,30}\b(?:me|nos) ligue(?:m)?\b|\bfavor (?:me )?ligar\b|\bdê(?:-me)? uma ligada\b",
        meeting=r"\b(?:agendar|marcar|combinar|programar|agendarmos|marcarmos)\b.{0,30}\b(?:ligação|reunião|chamada|videochamada|conversa|call|videoconferência|encontro)\b|\b(?:podemos|poderíamos|quando podemos)\b.{0,20}\b(?:conversar|falar|reunir|encontrar)\b|\b(?:tem|teria|têm) (?:disponibilidade|tempo|um tempo|horário)\b.{0,40}\b(?:ligação|conversar|falar|reunião|call)\b",
        refusal=r"não hesite|fique à vontade|se (?:tiver|houver|precisar)|qualquer (?:dúvida|pergunta|coisa)|\bcaso\b|não (?:é necessário|precisa|me ligue)|vou ligar|ligarei|ligaremos|à disposição|te ligo|para agendar a (?:inspeção|visita|vistoria)",
    ),
    _language(
        "it",
        call=r"\b(?:mi|ci) (?:r?ichiam[ai]|r?ichiamate|r?ichiamino|telefoni|chiam[ai]|chiamate|chiamino)\b|\b(?:r?i)?chiam(?:atemi|ateci|ami|aci)\b|\b(?:può|potrebbe|potete|potreste|puoi|potresti|possono|potrebbero)\b.{0,40}\b(?:chiamarmi|richiamarmi|telefonarmi|chiamarci|richiamarci|telefonarci|chiamare|richiamare|telefonare|darmi un colpo di telefono)\b|\b(?:vorrei|vorremmo|desidero|desidererei|gradirei|ho bisogno|avrei bisogno|voglio|dovrei|mi piacerebbe)\b.{0,25}\bparlare (?:con|direttamente)\b|\b(?:vorrei|gradirei|chiedo|attendo|richiedo|desidero)\b.{0,15}\b(?:essere (?:ri)?chiamat[oa]|una (?:telefonata|chiamata)|un richiamo)\b|\bsi prega di (?:ri)?chiamare\b|\b(?:la|vi|ti) prego di (?:ri)?chiamar|\b(?:le|vi|ti) chiedo di (?:ri)?(?:chiamar|telefonar)|\b(?:vorrei|vorremmo|chiedo|chiediamo|avremmo bisogno di|ho bisogno di) (?:un |una |di un |di una )?(?:incontro|riunione|call|appuntamento|colloquio)",
        meeting=r"\b(?:fissare|organizzare|programmare|concordare|pianificare|fissiamo|organizziamo|programmiamo)\b.{0,30}\b(?:chiamata|call|riunione|telefonata|videochiamata|incontro|appuntamento|videoconferenza|colloquio)\b|\b(?:possiamo|potremmo|quando possiamo)\b.{0,20}\b(?:sentirci|parlare|parlarne|vederci|incontrarci)\b|\b(?:sarebbe|è|siete|sareste) (?:disponibil[ei]|liber[oai])\b.{0,50}\b(?:chiamata|call|telefonata|incontro|riunione|parlare|sentirci)\b|\bha tempo\b.{0,30}\b(?:chiamata|call|telefonata|parlare)\b",
        refusal=r"non esit|se (?:ha|avete|hai) (?:domande|dubbi|bisogno|qualche)|per qualsiasi|in caso|qualora|non è necessario|non (?:mi|ci) chiam|non occorre|la chiamo|la chiamerò|vi chiameremo|resto a|restiamo a|mi chiamo|si chiama|per fissare.{0,20}(?:sopralluogo|visita)",
    ),
    _language(
        "nl",
        call=r"\b(?:kunt|kun|kan|zou|zouden|wilt|wil|kunnen|willen)\b.{0,60}\b(?:terugbellen|opbellen|bellen|telefonisch contact|even bellen)\b|\bbel (?:me|mij|ons|mijn|onze|hem|haar)\b|\b(?:graag|gelieve|verzoek(?:e)?)\b.{0,30}\b(?:terug te bellen|terugbellen|te bellen|telefoontje|belletje|telefonisch contact|teruggebeld)\b|\b(?:wil|zou|willen|zouden)\b.{0,30}\b(?:spreken|praten|teruggebeld worden|gebeld worden)\b.{0,40}|\bneem\b.{0,30}\btelefonisch contact\b|\bterugbelverzoek\b",
        meeting=r"\b(?:afspraak|call|gesprek|overleg|meeting|belafspraak|videogesprek)\b.{0,20}\b(?:maken|inplannen|plannen|regelen|inschieten|afspreken)\b|\b(?:kunnen|zullen) we\b.{0,40}\b(?:bellen|afspreken|overleggen|spreken|inplannen|meeten|zitten)\b|\b(?:heeft|heb|hebt)\b.{0,30}\btijd\b.{0,40}\b(?:bellen|gesprek|overleg|call|afspraak|telefoontje)\b|\bwanneer\b.{0,30}\b(?:bellen|spreken|afspreken)\b.{0,10}\?",
        refusal=r"aarzel|bij vragen|mocht u|mocht je|als u vragen|als je vragen|heeft u (?:nog )?vragen|niet nodig|hoeft niet|niet bellen|u kunt (?:mij|ons|me) (?:altijd )?bellen|ik bel|wij bellen|we bellen|ik zal (?:u|je)|bereikbaar|\bindien\b",
    ),
    _language(
        "zh",
        call=r"请(?:您|你|尽快|务必|马上|今天|明天|下午|上午|于|在|让|安排|派|有空|方便时|人|专人|经理|负责人|联系人|同事|你们|贵公司|[\d点:：年月日号周一二三四五六]){0,12}(?:给我|给我们|跟我|与我|和我|致|打|回)?(?:打个?电话|回个?电话|回电|来电|致电|通个?电话|电话联系)|(?:能|能否|可以|可否|能不能|麻烦|希望).{0,14}(?:给我|给我们|跟我|与我)?(?:打个?电话|回个?电话|回电|通个?电话|通话|电话联系)|我想(?:和|跟|与).{1,12}(?:通话|谈谈|面谈|通电话)",
        meeting=r"(?:能|能否|可以|可否|请|希望|想|麻烦).{0,14}(?:安排|预约|约|开|召开).{0,12}(?:会议|通话|见面|电话会|视频会)",
        refusal=r"如有|若有|如果|任何问题|随时|不用|不必|无需|我会|我们会|不要|已经|谢谢您的来电|感谢来电",
    ),
    _language(
        "pl",
        call=r"\bproszę\b.{0,30}\b(?:zadzwonić|oddzwonić|o telefon|o (?:pilny |szybki |bezpośredni )?kontakt telefoniczny|o rozmowę)\b|\b(?:czy )?(?:może|mógłby|mogłaby|mogliby|możecie|moglibyście)\b.{0,40}\b(?:zadzwonić|oddzwonić)\b|\bchciał(?:bym|abym|ibyśmy)\b.{0,20}\b(?:porozmawiać|rozmawiać) z\b",
        meeting=r"\b(?:umówić|zaplanować|zorganizować|ustalić)\b.{0,30}\b(?:rozmowę|spotkanie|telefon|wideokonferencję|spotkania)\b|\bczy możemy\b.{0,20}\b(?:porozmawiać|spotkać)\b",
        refusal=r"w razie|jeśli|jeżeli|gdyby|nie (?:trzeba|musi|wahaj|dzwon)|zadzwonię|zadzwonimy",
    ),
    _language(
        "sv",
        call=r"\b(?:kan|kunde|skulle|vill|vänligen|snälla|var god)\b.{0,40}\b(?:ringa|ringer|ring) (?:till )?(?:mig|oss|upp mig)\b|\bring (?:mig|oss|gärna upp)\b|\b(?:vill|skulle vilja|behöver)\b.{0,20}\b(?:prata|tala) med\b",
        meeting=r"\b(?:boka|ordna|planera)\b.{0,25}\b(?:möte|samtal|telefonmöte|videomöte)\b",
        refusal=r"tveka|om du|om ni|vid frågor|behöver inte|jag ringer|vi ringer|ring inte",
    ),
    _language(
        "da",
        call=r"\b(?:kan|kunne|vil|ville|vær så snill|venligst|vennligst)\b.{0,40}\bring(?:e)? (?:til )?(?:mig|meg|os|oss|tilbage|tilbake)\b|\bring (?:mig|meg|os|oss)\b|\b(?:vil gerne|vil gjerne|ønsker å|ønsker at|trenger å|må)\b.{0,20}\b(?:tale|snakke|snakket) med\b",
        meeting=r"\b(?:aftale|avtale|booke|planlægge|arrangere)\b.{0,25}\b(?:møde|møte|samtale|telefonmøde|telefonmøte|videomøde|videomøte)\b|\bkan vi (?:snakke|tale|mødes|møtes|ringes)\b",
        refusal=r"\bnøl\b|tøv ikke|hvis du|hvis i\b|hvis dere|om du har|ved spørgsmål|ved spørsmål|behøver ikke|trenger ikke|jeg ringer|vi ringer|ring ikke|ikke ring|velkommen til at|gerne ringe|gjerne ringe",
    ),
    _language(
        "ru",
        call=r"(?:позвоните|перезвоните|наберите)\b.{0,15}\b(?:мне|нам|пожалуйста|клиенту|владельцу)|\b(?:прошу|просим|просьба)\b.{0,25}(?:позвонить|перезвонить|связаться (?:со мной|с нами) по телефону|созвониться)|\b(?:могли бы|можете|может кто-нибудь|мог бы)\b.{0,30}(?:позвонить|перезвонить)|\b(?:хочу|хотел(?:а)? бы|хотели бы|нужно|необходимо)\b.{0,20}поговорить с",
        meeting=r"\b(?:можем|могли бы|давайте|предлагаю)\b.{0,25}(?:созвониться|созвонимся|встретиться|встретимся|встречу|звонок)|(?:назначить|организовать|запланировать)\b.{0,20}(?:встречу|звонок|созвон)",
        refusal=r"если|не стесняйтесь|в случае|не нужно|не надо|не звоните|я (?:вам )?(?:позвоню|перезвоню)|мы (?:вам )?(?:позвоним|перезвоним)|при возникновении",
    ),
    _language(
        "ja",
        call=r"(?:お電話|電話|折り返し|ご連絡のお電話)(?:を|で)?.{0,12}(?:ください|下さい|いただけ(?:ます|ません|ない)|お願い(?:します|いたします|できます)|もらえ)|お電話.{0,8}(?:いただきたい|頂きたい)|電話で(?:お話|相談|話).{0,10}(?:したい|させて|できます)",
        meeting=r"(?:打ち合わせ|お打ち合わせ|会議|ミーティング|面談|お時間).{0,16}(?:設定|お願い|いただけ|頂け|できます|させて)",
        refusal=r"ご不明|ご質問|お気軽|何かあれ|場合は|ありがとう|いただきました|不要|結構です|こちらから|遠慮なく",
    ),
)
_HINT = re.compile(
    r"ruf|telefon|gespr|termin|sprechen|zeit für|ll[aá]m|devuélv|agendar|concertar|fissa|organizz|programm|agend|marcar|hablar|reuni|llamada|conversar|appel|rappel|parler|rendez|réunion|échang|entretenir|lig(?:ue|ar|a)|falar|convers|chiam|telefonat|parlare|sentirci|"
    r"incontr|richiam|colloquio|appuntamento|bel(?:len)?\b|spreken|afspra|afspreken|gebeld|telefo|позвон|перезвон|созвон|встре|поговор|наберите|møde|møte|snakke|tale|電話|折り返し|打ち合わせ|会議|ミーティング|面談|お時間|电话|电|会议|见面|通话|dzwon|rozmaw|spotka|ring|prata|reunião|möte|visio|vederci|sprek|overleg|vernos|encontrar",
    re.I,
)


def find_foreign(flat: str) -> str | None:
    """The kind (call or meeting) of request when the sentence asks in one of these languages, else None."""
    if not _HINT.search(flat):
        return None
    for language in _LANGUAGES:
        for kind, pattern in (("call", language.call), ("meeting", language.meeting)):
            if pattern.search(flat):
                return None if language.refusal.search(flat) else kind
    return None
