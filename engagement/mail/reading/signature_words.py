"""The words signatures are made of, in the languages our clients write: closings, titles, companies, streets, boilerplate.

Only tables and the tests made of them live here; `signature_block` decides where a signature begins and ends.
"""

from __future__ import annotations

import re
import unicodedata

# A closing line is made of these words alone ...
_CLOSING_FILLERS = frozenset(
    "a all again and & with my the very much so many in advance lot bunch from to you your yours best warm warmest kind kindest warmly "
    "submitted for of have time attention help assistance cooperation consideration support patience understanding business prompt quick response "
    "take talk speak soon later care everyone team regards wishes sending lots ever always "
    "mit mfg vielen lieben herzlichen freundlichen freundliche freundlichem viele beste besten liebe lieben herzliche schöne schönen sonnige aus "
    "bien à a vous avec mes nos meilleures meilleurs sincères respectueuses cordiales distinguées salutations d'avance par bonne belle "
    "un una cordial cordiales atento afectuoso reciba saludo saludos muy muchas de con "
    "com os meus melhores um cumprimentos grande "
    "cordiali distinti migliori un i tanti mille anticipatamente "
    "met vriendelijke vriendelijk hartelijke alvast bij voorbaat dank "
    "z s с з wyrazami szacunku serdeczne najlepsze "
    "med vänlig vänliga venlig venlige vennlig hilsen hilsner bästa hjärtliga mange ystävällisin ystävällisesti parhain "
    "iyi saygılarımla přátelským üdvözlettel tisztelettel baráti".split()
)
# ... and has one of these, which nobody writes alone on a line otherwise.
_CLOSING_HEADS = frozenset(
    "greetings thanks thank thx tks thnx tx ty thankyou regards rgds rgrds brgds wishes best cheers sincerely truly faithfully respectfully "
    "cordially warmly appreciatively gratefully fondly love hugs xo xoxo xx later ciao yours gratitude blessings br kr "
    "grüßen gruessen grüssen grüße gruesse grüsse gruß gruss mfg lg vg bg hochachtungsvoll danke dank "
    "cordialement salutations amicalement sincèrement respectueusement bises bisous merci cdt cdlt bàv "
    "saludos saludo atentamente cordialmente gracias abrazo abrazos besos atte "
    "atenciosamente att cumprimentos obrigado obrigada abraço abraços abs "
    "saluti saluto grazie cordialità "
    "groet groeten groetjes groetnis mvg gr hoogachtend bedankt "
    "pozdrawiam pozdrowienia poważaniem szacunkiem dziękuję "
    "уважением приветом спасибо повагою дякую найкращими пожеланиями побажаннями "
    "hälsning hälsningar hilsen hilsner mvh vh tack takk tak terveisin kiitos hälsn "
    "pozdravem pozdravy pozdrav děkuji úctou "
    "saygılarımla saygılarımızla saygılar selamlar çalışmalar teşekkürler günler sevgiler "
    "üdvözlettel üdv tisztelettel köszönettel köszönöm".split()
)
_WISH = re.compile(
    r"(?:(?:hope (?:this|that) helps|talk (?:to you )?soon|speak (?:to you )?soon|see you(?: soon)?|take care|stay safe|looking forward|"
    r"(?:have|enjoy) (?:a|an|your|the) (?:\w+ ){0,2}(?:day|one|weekend|evening|week|night|holidays?|trip|afternoon|morning)|"
    r"bien à (?:vous|toi)|a presto|à bientôt|bonne (?:journée|soirée|fin de journée)|belle journée|buona giornata|buon lavoro|schönes wochenende|schönen (?:tag|abend)|fijne dag|"
    r"feliz (?:día|fin de semana)|que tenga (?:un )?buen día|bom (?:dia|fim de semana)|ha en bra dag|"
    r"je vous prie d'agréer[^.!?]{0,120}|veuillez (?:agréer|recevoir)[^.!?]{0,120}|i remain|your friend|god bless(?: you)?|"
    r"in (?:service|christ|him)|keep well|be well|many thanks for [\w ]{1,40}))",
    re.I,
)
_CJK_CLOSING = re.compile(
    r"^(?:此致|敬礼|敬禮|祝好|顺祝商祺|順祝商祺|顺颂商祺|顺颂时祺|敬上|敬祝|祝您?(?:工作顺利|工作愉快|一切顺利|生活愉快|商祺|安好)|谢谢|謝謝|多谢|多謝|此致敬礼|"
    r"(?:以上、?)?(?:何卒、?|どうぞ、?)?(?:よろしく|宜しく)(?:お願い(?:いた|致)?(?:します|申し上げます)?|どうぞ)?|敬具|草々|以上|"
    r"감사합니다|고맙습니다|드림|올림)[\s。.!！,，、]*$"
)
_EDGE = " \t.,;:!?…-–—~*_|'\"()\u3000，。！、:)"


def bare(text: str) -> str:
    """Lower-case words without decoration, for looking up in tables."""
    return " ".join(text.lower().replace("i\u0307", "i").replace("’", "'").split()).strip(_EDGE)


def is_closing(line: str) -> bool:
    """Whether the whole line is a closing formula: "Thanks,", "Mit freundlichen Grüßen", "Have a great day!"."""
    if len(line) > 130 or line.rstrip().endswith("?"):
        return False
    if _CJK_CLOSING.match(line.strip()):
        return True
    if line.strip(" \t-~") == "@+":
        return True
    words = [word.strip(_EDGE) for word in bare(re.sub(r"[/&+]", " & ", line)).split()]
    words = [word for word in words if word]
    if not words:
        return False
    if (
        len(words) >= 3
        and words[-2] in ("aus", "from", "de", "van", "uit")
        and not line.rstrip().endswith(".")
    ):
        words = words[:-2]
    is_formula = (
        len(words) <= 8
        and any(word in _CLOSING_HEADS for word in words)
        and all(word in _CLOSING_HEADS or word in _CLOSING_FILLERS for word in words)
    )
    return is_formula or bool(_WISH.fullmatch(bare(line)))


def is_thanks_only(line: str) -> bool:
    """Thanks and wishes that end many mails without being signed."""
    return not line.rstrip().endswith((",", "，")) and not _FORMAL.search(line)


_FORMAL = re.compile(
    r"regards|sincerely|truly|faithfully|respectfully|cordially|gr(?:ü|ue)(?:ß|ss)|hochachtungsvoll|cordialement|salutations|saludos|atentamente|atenciosamente|cumprimentos|"
    r"saluti|groet|pozdraw|poważaniem|уважением|повагою|hilsen|hälsning|terveisin|pozdravem|saygı|üdvözlettel|tisztelettel|此致|敬",
    re.I,
)

_CLOSING_PREFIX = re.compile(
    r"^\W{0,3}(?P<closing>(?:(?:many |warm(?:est)? |kind(?:est)? |best |with |much )*(?:thanks|thank you|thankyou|thx|tks|ty|regards|rgds|wishes|cheers|best|love|sincerely|"
    r"cordially|respectfully|yours truly|take care|later|hugs|xoxo|xo)(?: again| so much| very much| a lot| a million| in advance| much| and (?:best |kind )?regards)?"
    r"|(?:viele |liebe |beste |schöne |herzliche )?(?:grüße|gruesse|grüsse|gruß|gruss)|mfg|lg|vg|danke|merci|cordialement|saludos|gracias|un abrazo|abrazos|abraços|obrigad[oa]|att|grazie|saluti|ciao|"
    r"groetjes?|groeten?|gr|mvg|pozdrawiam|с уважением|з повагою|mvh|hilsen|s pozdravem))\b(?P<gap>\W{0,6})(?P<rest>\S.{0,60})$",
    re.I,
)


def split_closing(line: str) -> tuple[str, str] | None:
    """What stands between and behind a closing at the start of a line: "Thanks! -Bob" gives ("! -", "Bob")."""
    match = _CLOSING_PREFIX.match(line.strip()[:130])
    return (match["gap"], match["rest"]) if match else None


_ADDRESSES_NOBODY = re.compile(
    r"(?:regards|rgds|wishes|sincerely|respectfully|cordially|love|yours truly|gr(?:ü|ue|u)(?:ß|ss)e?n?|mfg|lg|vg|cordialement|saludos|abraz|abraç|saluti|groet\w*|gr|mvg|pozdrawiam|уважением|повагою|mvh|hilsen|pozdravem)$",
    re.I,
)


def is_unmistakable(line: str) -> bool:
    """Whether a closing with a name behind it can only be the writer's own: "LG Sabine" is, "Thanks Tom" may speak to Tom."""
    match = _CLOSING_PREFIX.match(line.strip()[:130])
    return (
        bool(match)
        and bool(_ADDRESSES_NOBODY.search(match["closing"]))
        and bool(_NAME_ALONE.fullmatch(match["rest"].strip()))
    )


_NAME_ALONE = re.compile(r"[^\W\d_a-zß-öø-ÿ][^\W\d_]{1,20}\.?(?: [^\W\d_a-zß-öø-ÿ][^\W\d_'’.-]{0,24}){0,2}")
GREETING = re.compile(
    r"^\W{0,3}(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|greetings|hola|buen[oa]s|estimad[oa]s?|bonjour|bonsoir|cher|chère|hallo|guten|sehr geehrte|liebe[rs]?|"
    r"olá|prezad[oa]s?|bom dia|boa tarde|ciao|buongiorno|gentile|egregio|beste|geachte|goede\w+|dzień dobry|witam|добрый|добрий|здравствуйте|уважаем|hej|hei|"
    r"merhaba|dobrý|jó napot|to whom)\b",
    re.I,
)
POSTSCRIPT = re.compile(r"^\W{0,3}(?:p\.?\s?s\.?|p\.\s?p\.\s?s\.?|n\.b\.?|edit:|ps)(?=[\s:.,–—-])", re.I)
TITLE = re.compile(
    r"\b(?:manager|president|director|officer|processor|assistant|underwriter|coordinator|specialist|analyst|appraiser|consultant|counsel|lender|originator|closer|"
    r"[asec]?vp|avp|evp|svp|ceo|cfo|coo|cto|cio|cmo|cro|realtor®?|broker|agent|attorney|lawyer|paralegal|partner|associate|executive|administrator|supervisor|representative|rep|"
    r"engineer|developer|architect|designer|founder|owner|principal|chair(?:man|woman|person)?|treasurer|secretary|clerk|controller|comptroller|accountant|auditor|bookkeeper|"
    r"head of|lead|professor|lecturer|dean|fellow|researcher|scientist|student|editor|producer|trader|adviser|advisor|planner|technician|inspector|surveyor|examiner|"
    r"receptionist|superintendent|foreman|loan officer|account payable|buyer|strategist|programmer|nurse|physician|intern|trustee|commissioner|liaison|trainer|recruiter|"
    r"geschäftsführer(?:in)?|leiter(?:in)?|sachverständige[r]?|sachbearbeiter(?:in)?|berater(?:in)?|vorstand|prokurist(?:in)?|inhaber(?:in)?|rechtsanw[aä]lt(?:in)?|referent(?:in)?|makler(?:in)?|"
    r"directeur|directrice|responsable|chargée? d|conseill(?:er|ère)|gérante?|assistante?|chef de|clerc|notaire|expert(?:e)?|ingénieure?|avocate?|"
    r"directora?|gerente|jef[ea] de|asesora?|abogad[oa]|responsable|perit[oa]|tasadora?|coordinadora?|encargad[oa]|analista|ejecutiv[oa]|"
    r"diretora?|engenheir[oa]|avaliadora?|consultora?|corretora?|advogad[oa]|sóci[oa]|coordenadora?|"
    r"direttore|direttrice|responsabile|amministratore|consulente|avvocato|perito|titolare|impiegat[oa]|"
    r"directeur|adviseur|taxateur|makelaar|medewerk(?:er|ster)|hoofd|notarieel|eigenaar|"
    r"dyrektor|kierownik|specjalist[ak]|rzeczoznawca|prezes|asystent(?:ka)?|doradca|księgow[ay]|"
    r"директор|менеджер|начальник|оценщик|специалист|бухгалтер|юрист|инженер|керівник|оцінювач|фахівець|"
    r"vd|daglig leder|direktør|ejendomsmægler|konsult(?:ent)?|rådgiver|rådgivare|leder|chef|handläggare|saksbehandler|takstmann|toimitusjohtaja|asiantuntija|päällikkö|"
    r"ředitel(?:ka)?|jednatel(?:ka)?|odhadce|vedoucí|müdür[üu]?|uzman[ıi]?|değerleme uzmanı|igazgató|ügyvezető|vezető)\b"
    r"|经理|總監|总监|主任|总裁|董事|工程师|律师|会计|顾问|部長|課長|係長|社長|取締役|代表|担当|主管|専務|常務|대표|부장|과장|대리|이사",
    re.I,
)
COMPANY_FORM = re.compile(
    r"(?:\b(?:l\.?l\.?c|l\.?l\.?p|inc|corp|corporation|incorporated|ltd|limited|plc|n\.a|p\.?c|p\.?a|pllc|co|gmbh|ag|kg|ohg|e\.k|e\.v|mbh|sarl|sas|sa|s\.a|s\.a\.s|s\.l|s\.l\.u|s\.a\.u|"
    r"ltda|lda|s\.?p\.?a|s\.?r\.?l|b\.?v|n\.?v|vof|sp\. z o\.o|s\.?r\.?o|a\.?s|ab|a/s|aps|oy|oyj|kft|zrt|bt|pty|pvt|pte|pjsc|llp|fcu|fsb|aş)\b\.?(?=[\s,|)]*$|\s*[|,•·–-]\s))"
    r"|(?:\b(?:ооо|оао|зао|пао|тов|ип)\b)|有限公司|股份|公司|集团|株式会社|有限会社|合同会社|银行|銀行|(?:주식회사|\(주\))",
    re.I,
)
COMPANY_WORD = re.compile(
    r"\b(?:bank|banc|bancorp|credit union|mortgage|lending|home loans|loans|realty|real estate|properties|holdings|capital|partners|group|associates|company|enterprises|"
    r"industries|systems|solutions|technologies|labs|studios?|services|insurance|title|escrow|valuation|appraisals?|advisors|advisers|financial|finance|savings|trust|"
    r"university|college|institute|school of|hospital|clinic|foundation|church|city of|county of|town of|state of|agency|chamber|association|society|club|"
    r"consulting|management|construction|builders|homes|surveying|inspections|settlement|trading|shipping|logistics|media|press|law|legal group|"
    r"immobilien|bank|sparkasse|volksbank|versicherung|kanzlei|büro|gruppe|verlag|universität|hochschule|"
    r"banque|étude|cabinet|agence|société|groupe|université|notaires|immobilier|"
    r"banco|caja|tasaciones|inmobiliaria|grupo|asociados|universidad|"
    r"imóveis|imobiliária|avaliações|banca|studio|immobiliare|gruppo|università|"
    r"makelaars|makelaardij|notariskantoor|vastgoed|taxaties|universiteit|biuro|kancelaria|nieruchomości|fastigheter|eiendom|ejendomme|byrå|kiinteistö)\b",
    re.I,
)
DEPARTMENT = re.compile(
    r"\b(?:department|office of|dept\.?|division|desk|unit|team|accounts (?:payable|receivable)|human resources|customer (?:service|support|care)|operations center|legal|sales|marketing|"
    r"abteilung|referat|bereich|fachbereich|vertrieb|buchhaltung|einkauf|service|direction|pôle|département|comptabilité|departamento|área|contabilidad|administración|"
    r"departamento|setor|ufficio|reparto|amministrazione|afdeling|dział|wydział|отдел|департамент|відділ|avdelning|avdeling|afdeling|osasto|oddělení|departmanı|osztály)\b|[部課科处處室]$|営業部|财务部",
    re.I,
)
PHONE_LABEL = re.compile(
    r"(?:^|[\s|,;•·(/])(?:o|p|t|m|c|d|f|h|w|tel\w*|ph|phone|office|main|direct(?: dial| line)?|ddi|dir|cell\w*|mobile?|mob|handy|gsm|fax|facsimile|telefax|voice|toll[- ]free|ext|work|home|"
    r"tél\w*|portable|fixe|móvil|movil|celular|tlm|telemóvel|teléfono|fone|cellulare|tlf|puh|gsm|kom|komórka|тел|моб|факс|телефон|мобильный|电话|手机|传真|電話|携帯|전화|휴대폰)"
    r"\s*[.:：)#|]*\s*(?:\+|\(|\d)",
    re.I,
)
STREET = re.compile(
    r"^\W{0,2}(?:\d{1,6}[a-z]?(?:[-–/]\d{1,5})?,?\s+(?:[nsew]\.?[ew]?\.?\s+)?[\w'’.]+(?:\s+[\w'’.]+){0,5}|one\s+\w+\s+\w+)\b.*\b(?:st|street|ave|avenue|blvd|boulevard|rd|road|dr|drive|ln|lane|ct|court|"
    r"pl|place|plaza|way|pkwy|parkway|hwy|highway|sq|square|ter|terrace|cir|circle|trail|broadway|pike|row|rue|av|allée|chemin|quai|place|cours|route|loop|center|centre)\b"
    r"|\bp\.?\s?o\.?\s?box\s+\d|\b(?:suite|ste|floor|room|unit|bldg|building)\.?\s+#?\w{1,6}\b"
    r"|\b[\w-]*(?:straße|strasse|str\.|allee|platz|weg|gasse|ring|ufer|damm)\s+\d|\b(?:rue|avenue|av\.|calle|c/|paseo|plaza|rua|avenida|praça|via|viale|corso|piazza|ul\.|ulica|al\.)\s+\S+"
    r"|\b\w+(?:straat|laan|gracht|kade|plein|gatan|vägen|gata|vej|gade|katu|tie)\s+\d|\b(?:улица|ул\.|проспект|пр\.|вул\.)\s|\b(?:cad\.|cd\.|sok\.|sk\.|mah\.|utca|út)\b|[路街道]\S{0,8}号|丁目|\bpostfach\s+\d",
    re.I,
)
CITY = re.compile(
    r"\b[A-Z]{2}\.?,?\s+\d{5}(?:-\d{4})?\b|,\s*(?:[A-Z][a-z]+\.?\s*){1,2}\s+\d{5}\b"  # Portland, OR 97209
    r"|(?:^|[\s,·|-])(?:[A-Z]{1,2}-)?\d{4,5}\s+[A-ZÄÖÜÉ][\w'’-]+\b(?!(?:\s+[\w.]{1,20}){0,4}\s+(?i:st|street|ave|avenue|blvd|rd|road|dr|drive|ln|lane|ct|court|way|pkwy|hwy|suite|ste)\b)|\b\d{4}\s?[A-Z]{2}\s+[A-Z][\w-]+"  # 50968 Köln, 1012 AB Amsterdam
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b"  # SY8 1BS, K1A 0B1
    r"|\b[A-Z][a-z]+\s+\d{6}\b|\b\d{3}\s\d{2}\s+[A-ZÅÄÖ]\w+|\b\d{2}-\d{3}\s+[A-ZŁŚŻ]\w+|〒\s?\d{3}-\d{4}|^\s*[A-Z][\w .]+,\s*[A-Z]{2}\s*$",
)
_BOILERPLATE_CUES = [
    re.compile(cue, re.I)
    for cue in (
        r"confidential|vertraulich|confidentiel|confidencial|riservat|vertrouwelijk|poufn|конфиденциал|机密|保密|fortrolig|konfident",
        r"intended (?:only|solely|recipient|for|use)|sole use|ausschließlich für|exclusivement|exclusiv|uitsluitend|destinatari|destinataire|bestemd|предназначен|recipient",
        r"privileged|proprietary|legally protected",
        r"(?:in|by) (?:error|mistake)|irrt(?:ü|ue)mlich|par erreur|por error|por engano|per errore|ten onrechte|ошибк",
        r"(?:please|immediately) (?:notify|advise|contact|inform|call)|notify (?:the|us|me)|informieren sie|avertir|notifi",
        r"(?:delete|destroy)\b.{0,20}\b(?:it|this|the|all)|vernichten|supprimer|eliminar|cancell|verwijder",
        r"disclos|disseminat|distribut|copying|weitergabe|diffusion|divulga",
        r"unauthori[sz]ed|strictly prohibited|nicht gestattet|interdite?|prohibid|vietat",
        r"not (?:the|an) (?:intended|named|addressee)|nicht der richtige",
        r"this (?:e-?mail|message|communication|transmission|electronic)|diese (?:e-?mail|nachricht)|ce (?:message|courriel)|este (?:mensaje|correo|mensagem|e-mail)|questo messaggio|dit bericht",
        r"virus|malware|accepts? no (?:liability|responsibility)|shall not be liable",
        r"before printing|avant d'imprimer|consider the environment|bevor sie diese",
        r"wire (?:fraud|transfer|instructions)|wiring instructions",
        r"public records?|subject to (?:disclosure|public)|tax advice|circular 230|securities|not an offer|opinions? expressed",
    )
]
_BOILERPLATE_HEAD = re.compile(
    r"^\W*(?:confidential(?:ity)?(?: notice| statement| note)?|disclaimer|legal (?:notice|disclaimer)|privileged(?: and confidential)?|important(?: notice)?|notice|caution|warning|external(?: e-?mail)?|"
    r"wire fraud(?: alert| warning)?|(?:e-?mail )?fraud (?:alert|warning)|security (?:notice|alert)|aviso(?: legal| de confidencialidad)?|avis de confidentialité|haftungsausschluss|"
    r"this (?:e-?mail|message|communication|transmission|electronic)|the information (?:contained )?in|please (?:consider the environment|think before|don't print)|"
    r"think green|save (?:a tree|paper)|p please consider|ce message|este (?:mensaje|correo|mensagem)|questo messaggio|diese (?:e-?mail|nachricht)|dit bericht)\b",
    re.I,
)
_PROGRAM_ADDED = re.compile(
    r"^\W*(?:do you yahoo|get your (?:free|private)|get personalized email|free (?:e-?mail|download)|sent (?:from|via|with) |join the world.s largest|chat with friends|msn (?:photos|messenger|explorer|hotmail)|"
    r"https?://(?:\w+\.)?(?:explorer\.msn|personal\.mail\.yahoo|messenger\.(?:msn|yahoo)|mail\.yahoo|auctions\.yahoo|photos\.yahoo)\S*|.{0,60}mailing list\b.{0,80}$|to (?:unsubscribe|stop receiving)|if you (?:wish|want|would like) to (?:stop receiving|unsubscribe|opt out)|unsubscribe|https?://\S*unsubscribe\S*$|you received this (?:message|email) because|"
    r"to post to this group|virus-free\.|scanned by|this (?:e-?mail|message) (?:has been|was) (?:scanned|checked)|powered by|"
    r"https?://\S*(?:mailman|listinfo|groups\.google)\S*$|\S+@lists?\.\S+$|for more options, visit|signed-off-by:|reviewed-by:|acked-by:)",
    re.I,
)
_ATTACHMENT = re.compile(
    r"^\W*(?:\(see attached file|<<.{1,120}>>|\[attachment|\[cid:|(?:attached|attachment)s?: ?\S+\.\w{2,4}$|-?\s*[\w .,&()#'-]{1,80}\.(?:docx?|xlsx?|pdf|pptx?|txt|zip|jpe?g|gif|png|htm|html|vcf|wpd|rtf|csv)\)?(?:\s*<<.*>>)?\s*$)",
    re.I,
)
IMAGE = re.compile(r"^\W*\[(?:image|cid|logo|img|inline image|photo|banner)[^\[\]\n]{0,120}\]\W*$", re.I)


_SIDE_BY_SIDE = re.compile(
    r"(?<![:：\s])(?:\s{3,}|\t+)"
    r"|\s+(?=(?:direct(?: dial| line)?|office|main|cell|mobile|mobil|e?fax|telefax|tel|telefon|phone|ph|[optmcdf])\b\s?[.:]{0,2}\s?[+(\d])"
    r"|(?<=[a-z])\s+(?=\d{1,6}\s(?:[NSEW]{1,2}\.?\s)?[A-Z][\w.' -]{2,40}\s(?:St|Street|Ave|Avenue|Blvd|Rd|Road|Dr|Drive|Ln|Lane|Ct|Way|Pkwy|Hwy|Place|Pl)\b)",
    re.I,
)


def side_by_side(line: str) -> list[str]:
    """What a table or wide gaps set beside each other in one line: name and number, company and street."""
    return [part for part in (piece.strip() for piece in _SIDE_BY_SIDE.split(line[:400])) if part]


def names_company(text: str) -> bool:
    """Whether a legal form or a word of the trade makes it a company's name."""
    return bool(COMPANY_FORM.search(text) or COMPANY_WORD.search(text))


def names_department(text: str) -> bool:
    """Whether it is a part of a company: by its last word, or by any word when nothing makes it the company itself."""
    is_part = re.search(r"\b(?:department|dept\.?|desk|team|unit|division|abteilung|afdeling)$", text, re.I)
    return bool(is_part) or bool(DEPARTMENT.search(text)) and not names_company(text)


def is_organisation(text: str) -> bool:
    """Whether words name a company, a desk or an office rather than a person."""
    return names_company(text) or bool(DEPARTMENT.search(text))


def cues_of_boilerplate(paragraph: str) -> int:
    """How many of the set phrases of legal notices stand in it; a heading that says so counts as one."""
    sample = paragraph[:3_000]
    return sum(1 for cue in _BOILERPLATE_CUES if cue.search(sample)) + bool(_BOILERPLATE_HEAD.match(sample))


def is_program_added(line: str) -> bool:
    """Adverts of mail services, list footers and names of attachments, which no one typed."""
    return len(line) < 400 and bool(_PROGRAM_ADDED.match(line) or _ATTACHMENT.match(line))


def letters(text: str) -> str:
    """Letters and digits only, lower-case, without accents: for comparing names with addresses."""
    decomposed = unicodedata.normalize("NFKD", text.lower()).replace("ß", "ss")
    return "".join(char for char in decomposed if char.isalnum())
