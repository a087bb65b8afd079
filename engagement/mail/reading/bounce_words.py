"""Whether the words and codes of a failed delivery say that the address is dead.

What lives here: the phrases of mail servers and what they mean. What does not: which recipient they are about (`bounces`).
Dead means unknown user or host, moved, or a host that takes no mail, whatever the class digit. Policy, spam, authentication,
relaying, a full or closed mailbox are not, even as 5.7.1. The words decide; the code only where they are silent.
"""

from __future__ import annotations

import re

_SOFT_WORDS = re.compile(
    r"spam|spf|dkim|dmarc|black ?list|block ?list|blocked|dnsbl|rbl|\bpolic|reputation|authenti|relay|not permitted to relay|quota|mailbox (?:is )?full|over ?quota|out of storage|insufficient (?:system )?(?:storage|space|disk)|disk full|exceed|too (?:large|big|many)|"
    r"size limit|message size|grey ?list|gray ?list|try again|temporar|later|timed? ?out|timeout|connection (?:refused|reset|lost|timed|died|dropped)|rate limit|throttl|defer|content|virus|malware|infected|banned|rejected due|"
    r"reverse dns|ptr|helo|unsolicited|bulk mail|junk|security|suspicious|denied|not authori[sz]ed|prohibited|restricted|access|disabled|suspend|inactive|deactivated|expired|not accepting|on vacation|loop|"
    r"\btls\b|starttls|certificate|encrypt|unrouteable mail domain.{0,20}temporar|service (?:not available|unavailable)|storage|closed|locked|frozen|syntax|8bit|header|filter|refused by|listed|abuse|sender (?:address )?(?:rejected|verify|denied)|verify failed|resources",
    re.I,
)
# Phrases that name a missing mailbox and nothing else: no code beside them makes them a matter of policy.
_NO_SUCH_USER = re.compile(
    r"no such (?:user|person|recipient|mailbox|account|address|local)|user (?:\S{1,80} )?unknown|unknown (?:user|recipient|account|mailbox)|no mailbox (?:here )?by that name|"
    r"(?:user|mailbox|recipient|account|address)(?: \S{1,80})? (?:does not|doesn'?t|not) (?:exist|found)|(?:mailbox|user|recipient) not found|invalid (?:recipient|mailbox|user)\b|not a valid (?:recipient|mailbox|user)|"
    r"account that you tried to reach does not exist|recipient(?:notfound| not found)|user does(?:n't| not) have an? \S{1,80} account|unbekannt|n'existe pas|no existe|non esiste|bestaat niet|sconosciut|desconocid|存在しません|存在しない|不存在|존재하지 않|не существует",
    re.I,
)
_DEAD_WORDS = re.compile(
    r"(?:user|recipient|mailbox|address|account|addressee|alias|destination|local ?part|mail ?box|email account|e-?mail address|rcpt)\b[^\n]{0,60}?\b(?:unknown|not (?:found|exist|known|valid|listed|recogni[sz]ed|in (?:our|the|address)|local|here)|doesn'?t exist|does not exist|do not exist|invalid|no longer (?:exist|valid|available|here|active|in use|on server|employed)|"
    r"undeliverable|unrout\w+|no such|nonexist|non-exist|doesn'?t have|not a (?:known|valid)|not listed|is not local|has been (?:removed|deleted|terminated))|"
    r"(?:unknown|no such|invalid|nonexistent|non-existent|bad|undeliverable|unrout\w+|no) (?:local[- ]?part|local user|user|users|recipients?|mailbox|account|address|destination mailbox|person|alias|email|local recipient|virtual (?:mailbox|user)|mail ?drop|addressee|name)|"
    r"not our customer|5\.1\.[0136]\b|RecipNotFound|user doesn't|not listed in (?:domino|public|the)|isn't in my|not a mailbox|unable to find (?:user|recipient)|who does not exist|"
    r"there is no (?:user|one|account|mailbox|such)|(?:couldn'?t|could not|cannot|can't) (?:find (?:the |this |a |any )?(?:user|recipient|address|mailbox|account)|be found)|wasn'?t found|was not found|is not a (?:known|valid)|not known here|no longer with|left the (?:company|organi[sz]ation)|moved to|has moved|new address|address (?:has )?changed|"
    r"inconnu|onbekend|introuvable|konnte nicht gefunden|nicht gefunden|existiert nicht|no se (?:encontró|encuentra)|não (?:existe|encontrad)|nie istnieje|nieznany|не найден|неизвестн|not exist|this account (?:has been|is) discontinued|該当(?:する)?(?:ユーザ|アドレス)|宛先(?:不明|が見つか)|リストにありません|無效|无效的?(?:收件|邮箱|地址)|"
    r"address error|bad destination|(?:5\d\d|5\.\d\.\d)[^\n]{0,80}mailbox (?:unavailable|not available)|mailbox \S{1,80} is unavailable|unknown or illegal alias|not like recipient",
    re.I,
)
_DEAD_HOST = re.compile(
    r"host (?:or domain )?(?:name )?(?:lookup failed|unknown|not found|could not be found)|unknown host|domain (?:\S{1,80} )?(?:not found|does not exist|doesn'?t exist|unknown|is not valid|has no|invalid|could not be found|couldn'?t be found)|no such (?:host|domain)|name or service not known|nxdomain|unrouteable mail domain|"
    r"unrouteable address|bad destination (?:host|system)|no mx|null ?mx|does not accept (?:e-?)?mail|domain does not receive|5\.1\.2\b|5\.1\.10|5\.4\.4\b|host does not|no mail hosts|couldn'?t find any host|can'?t find (?:any )?(?:host|mx)|not a valid (?:domain|host)|DNS Error.{0,60}(?:not found|no such|doesn't exist)|domain name (?:not found|system)|"
    r"illegal host/domain|relay.{0,20}does not exist|cannot resolve|could not resolve|all relevant mx records point to non-?existent|an mx or srv record indicated no smtp service|no smtp service",
    re.I,
)
# Microsoft's and others' set phrases for "no such user" that name no reason.
_REFUSED_USER = re.compile(
    r"5\.4\.1\b.{0,120}recipient address rejected: access denied|recipient address rejected\.?\s*(?:$|\(in reply to rcpt)|rcpt to:?\s?rejected",
    re.I | re.M,
)
# What the server holds against the writer or the message, whatever it says about the recipient beside it.
_ABOUT_SENDER = re.compile(
    r"sender (?:address |domain )?(?:rejected|verif|denied|\S{1,80} rejected)|domain of (?:the )?sender|sender'?s? domain|invalid sender|[45]\.1\.[78]\b|in reply to (?:the )?mail from|unauthenticated|not allowed to send|"
    r"may not exist, or you may not have permission",
    re.I,
)
_SOFT_ALWAYS = re.compile(
    r"quota|mailbox (?:is )?full|full mailbox|inbox is full|out of storage|\b5[ .]?2[ .]?2\b|too many|receiving mail at a rate|\bspf\b|blocked|blacklist|account (?:is |has been )?(?:disabled|suspended)|unverified address",
    re.I,
)
_SOFT_FIRST = re.compile(
    r"spam|block ?list|dnsbl|dkim|dmarc|relay(?:ing)?|greylist|graylist|policy|authenticat|reverse dns|temporar|try again|reputation|virus|too (?:large|big)|insufficient|rate limit|"
    r"helo|suspend|inactive|not accepting messages|timed? ?out|connection (?:refused|reset|timed)|banned|unsolicited|message size|storage|lookup (?:failure|failed).{0,30}(?:try|retry|tempor)|4\.\d\.\d|access denied|denied by|5\.7\.\d+|5\.2\.[23]\b",
    re.I,
)
# The server had taken the recipient; what it refused was the content (503 tells of a pipelined RCPT that had failed).
_AFTER_DATA = re.compile(
    r"end of data|smtp command\s+data|in reply to (?:the )?data|>>> data\s+<<< [45]\d\d(?!.{0,400}(?:<<< 503|no valid recipients))",
    re.I | re.S,
)
# Yahoo looks for the mailbox only then.
_LATE_LOOKUP = re.compile(r"doesn'?t have an? \S{1,80} account|mailbox not found|not a valid recipient", re.I)
_DEAD_CODES = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.4.4"})


def is_vague(words: str) -> bool:
    """Whether the words give no reason either way."""
    return not (
        _DEAD_WORDS.search(words) or _DEAD_HOST.search(words) or _NO_SUCH_USER.search(words)
    ) and not (_SOFT_WORDS.search(words))


def is_hard(status: str, words: str, action: str = "", session: str = "") -> bool:
    """Whether the address is dead. `session` is the transcript, which tells at what point the server refused."""
    if action.startswith("delayed") or _ABOUT_SENDER.search(words):
        return False
    names_user = _NO_SUCH_USER.search(words)
    dead = names_user or _DEAD_WORDS.search(words) or _DEAD_HOST.search(words)
    if dead:
        rest = words[: dead.start()] + " " + words[dead.end() :]
        if _SOFT_ALWAYS.search(rest) or status == "5.2.0":  # The mailbox is there, says RFC 3463.
            return False
        is_late = _AFTER_DATA.search(f"{words}\n{session}") and not status.startswith("5.1.")
        if is_late and not _LATE_LOOKUP.search(words):
            return False
        return bool(names_user) or not _SOFT_FIRST.search(rest) or status in _DEAD_CODES
    if _REFUSED_USER.search(words):
        return True
    if status.startswith("4") or _SOFT_FIRST.search(words) or _SOFT_ALWAYS.search(words):
        return False
    return status in _DEAD_CODES
