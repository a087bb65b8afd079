"""Finds a person's wish to get no more mail: "STOP", "please remove me from your list", in the languages clients write.

What lives here: reading the newest text. What does not: the scope of a suppression and one-click headers (services).
"Stop the order" and "to unsubscribe reply STOP" are not wishes to be left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .closing import unread_spans
from .newest import NewestText
from .sentences import Mask, split_sentences


@dataclass(frozen=True)
class OptOut:
    """The sentence that asks, with offsets into the newest text."""

    evidence: str
    start: int
    end: int


_ONE_WORD = re.compile(
    r"^\W*(?:please |pls )?(?:stop(?:pall| all)?|unsubscribe(?: me)?(?: please)?|unsub|remove(?: me)?|opt[ -]?out|cancel (?:my )?subscription|take me off|"
    r"abmelden|abbestellen|désabonner|désinscrire|désinscription|desabonner|baja|dar de baja|cancelar (?:la )?suscripción|descadastrar|cancelar inscrição|disiscrivimi|cancellami|disiscrizione|afmelden|uitschrijven|退订|退訂|отписаться|wypisz)(?: please| thanks| thank you| now| immediately)?\W*$",
    re.I,
)
_ASKS = re.compile(
    r"\bunsubscribe (?:me|us|my|this|from|please|immediately|at once|now|the above)\b|\b(?:please|kindly|want to|like to|need to|wish to|asked to|trying to|how do i|can you|could you|would you) (?:be )?(?:unsubscribe[d]?|opt(?:ed)?[ -]?out)\b|"
    r"\b(?:remove|delete|take) (?:me|us|my (?:name|e-?mail|address|info|information|contact|details)(?: address)?|this (?:e-?mail )?address|our (?:e-?mail|address)[^.]{0,20}|\S{1,60}@\S{1,60}) ?(?:off|from|out of)[^.?!]{0,30}\b(?:list|lists|mailing|mailings|distribution|database|e-?mails?|marketing|newsletter|campaign|system|blast|it)s?\b|"
    r"\b(?:stop|quit|cease) sending (?:me |us )?(?:these |your |the |any )?(?:\w{1,20} )?(?:market|marketing|promotional|sales|news|industry) (?:reports?|updates?|letters?|e-?mails?|mail|messages)\b|"
    r"\b(?:stop|quit|cease|discontinue) (?:sending|e-?mailing|emailing|spamming|contacting|messaging|mailing|these (?:e-?mails?|messages)|the (?:e-?mails?|newsletters?|spam)|all (?:e-?mails?|marketing))\b(?![^.?!]{0,40}\b(?:orders?|appraiser|report|borrower|invoice|to the|it to|reports?)\b)|"
    r"\b(?:no (?:more|further)|do not want (?:any )?(?:more|further|these)|don't want (?:any )?(?:more|further|these|your)|do not wish to receive(?: any)?(?: more| further)?|no longer (?:want|wish|wishes|interested in receiving)(?: to (?:receive|get))?|not interested in receiving) (?:any )?(?:more |of )?(?:your |these |this |marketing |promotional |such |to receive |receive )*(?:e-?mails?|messages|newsletters?|mailings?|marketing|updates|communications?|solicitations?|spam)\b|"
    r"\b(?:don't|do not|never|please don't|please do not) (?:e-?mail|contact|send|write|message|spam|solicit) (?:me|us|this address|to this address)(?: (?:again|anymore|any ?more|any longer|any ?more e-?mails?|marketing|these|newsletters?|e-?mails|more)\b|\s*[.!]?\s*$)|"
    r"\bopt(?:ing)? (?:me |us )?out (?:of|from) (?:\w+ ){0,3}(?:e-?mails?|list|marketing|mailings?|communications?|newsletters?|updates)\b|\b(?:lose|forget) my (?:e-?mail )?address\b|\bnever signed up\b|\b(?:take|strike|cross) my name off\b(?![^.?!]{0,30}\b(?:order|report|loan|file|title|appraisal|contract|deed)s?\b)|"
    r"\b(?:don't|do not) want (?:any |these |those |your |this )?(?:more )?(?:(?:market|marketing|sales|promotional) (?:letters?|updates?)|(?:\w{1,20} )?(?:bulletins?|flyers?|newsletters?|blasts?|mailings?))\b|"
    r"\btake (?:me|us) off\b[^.?!]{0,25}\b(?:list|mailing|emails?)\b|\b(?:i|we)(?:'d| would)? (?:like|want|wish) to (?:unsubscribe|opt out|be (?:removed|taken off|unsubscribed))\b",
    re.I,
)
_ASKS_FOREIGN = re.compile(
    r"\b(?:bitte )?(?:nehmen|streichen|entfernen|löschen|tragen) sie (?:mich|uns|meine (?:e-?mail-?)?adresse)\b.{0,50}\b(?:verteiler|liste|newsletter|aus)\b|\bkeine (?:weiteren )?(?:e-?mails|mails|newsletter|werbung)\b(?: mehr)?.{0,30}\b(?:senden|schicken|erhalten|bekommen|zusenden|mehr)\b|"
    r"\b(?:veuillez|merci de|pouvez-vous|pourriez-vous)\b.{0,30}\b(?:me désabonner|me désinscrire|me retirer|supprimer mon adresse|m'enlever|ne plus m'envoyer|cesser)\b|\bne (?:souhaite|veux) plus recevoir\b|"
    r"\b(?:por favor )?(?:d[ée]n?me de baja|elim[ií]n(?:e|en)me|qu[ií]t(?:e|en)me|b[óo]rr(?:e|en)me|remu[ée]v(?:a|an)me)\b|\bno (?:deseo|quiero) (?:recibir )?(?:más )?(?:correos|emails|mensajes|recibir)\b|\bdejen? de (?:enviarme|mandarme)\b|"
    r"\b(?:me )?(?:remova|retire|descadastre|remover|exclua)(?:-me)?\b.{0,30}\b(?:lista|emails?|e-mails?|cadastro)\b|\bnão (?:desejo|quero) (?:mais )?receber\b|"
    r"\b(?:cancell(?:atemi|ami|i)|toglietemi|rimuovetemi|disiscriv\w+)\b.{0,40}|\bnon (?:desidero|voglio) (?:più )?ricevere\b|"
    r"\b(?:gelieve|graag|wilt u|kunt u)\b.{0,30}\b(?:uitschrijven|afmelden|verwijderen van|uit te schrijven|af te melden)\b|\bgeen (?:e-?mails?|mails|nieuwsbrie\w+) meer\b",
    re.I,
)
_INSTRUCTS_OTHERS = re.compile(
    r"\b(?:to|if you (?:wish|want|would like|no longer|'d like)[^.]{0,40}|click|reply (?:with )?(?:\"|')?stop|you can|you may)\b[^.?!]{0,40}\b(?:unsubscribe|stop receiving|opt[ -]?out|be removed)\b[^.?!]{0,60}\b(?:click|reply|visit|follow|here|link|send|email us)\b|\bclick here\b|\breply (?:with )?[\"']?(?:stop|unsubscribe)\b",
    re.I,
)
_ABOUT_ORDERS = re.compile(
    r"\b(?:stop|cancel|remove)\b[^.?!]{0,25}\b(?:order|appraisal|inspection|work|assignment|payment|contingency|comp|comparable|hold|condition|page|photo|line|fee)\b",
    re.I,
)


def find_opt_out(text: NewestText | str, *, subject: str = "") -> OptOut | None:
    """The first wish to get no more mail in the sender's own words, or None. `subject` counts only when it is the wish itself
    and the text says nothing else."""
    newest = text if isinstance(text, NewestText) else NewestText(text)
    if newest.is_only_quote:
        return None
    masked = Mask([*newest.quoted, *unread_spans(newest.text)])
    for number, sentence in enumerate(split_sentences(newest.text)):
        if number and masked.covers(sentence.start):
            continue
        flat = sentence.text.replace("’", "'").replace("\n", " ")
        if _INSTRUCTS_OTHERS.search(flat) or _ABOUT_ORDERS.search(flat):
            continue
        if (_ONE_WORD.match(flat) and number == 0) or _ASKS.search(flat) or _ASKS_FOREIGN.search(flat):
            return OptOut(sentence.text, sentence.start, sentence.end)
    if not newest.text.strip() and _ONE_WORD.match(subject):
        return OptOut("", 0, 0)
    return None
