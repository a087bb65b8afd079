"""Turns an HTML body into the text a reader sees, without the quoted mail and without hidden text.

What lives here: quote containers of mail programs, hidden elements, layout to text. What does not: quote rules for plain
text (`newest`). HTML is never rendered or trusted: it becomes text or nothing.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import islice

from inscriptis import Inscriptis
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from . import quote_words as words
from .parsing import clean_text

MAX_HTML_CHARACTERS = 300_000
MAX_ELEMENTS = 10_000
MAX_INLINE_ANSWERS = 100

_QUOTE_CLASSES = frozenset(
    "gmail_quote gmail_quote_container gmail_extra_quote yahoo_quoted yahoo-quoted-begin moz-cite-prefix moz-forward-container "
    "protonmail_quote zmail_extra tutanota_quote front-blockquote outlookmessageheader mail_quote quoted_text "
    "freebirdformviewerviewheader wordsection1-quote bloop_original_html".split()
)
_QUOTE_IDS = frozenset(
    "divrplyfwdmsg olk_src_body_section x_divrplyfwdmsg mail-editor-reference-message-container "
    "ms-outlook-mobile-reference-message reply-intro replysplit isforwardcontent appendonsend oriMsgHtmlSeperator".lower().split()
)
# Everything behind these in document order is the quoted mail as well, because the container holds only its header.
_CUTS_THE_REST = frozenset(
    {
        "divrplyfwdmsg",
        "x_divrplyfwdmsg",
        "appendonsend",
        "replysplit",
        "outlookmessageheader",
        "moz-cite-prefix",
    }
)
_SIGNATURE_MARKS = frozenset(
    "gmail_signature moz-signature signature protonmail_signature_block front-signature "
    "ms-outlook-mobile-signature apple-mail-signature tutanota_signature".split()
)
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?![.\d]*[1-9])|opacity\s*:\s*0(?:\.0*)?(?![\d.])"
    r"|max-height\s*:\s*0(?![.\d]*[1-9])|(?:text-indent|left|top)\s*:\s*-\d{3,}|color\s*:\s*transparent",
    re.I,
)
_COLOUR = re.compile(r"(?<![\w-])color\s*:\s*([^;!]+)", re.I)
_BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*([^;!]+)", re.I)
_LINE_CLASS = re.compile(r"\bMso(?:Normal|PlainText|ListParagraph|NoSpacing)", re.I)
_NO_MARGIN = re.compile(r"(?<![\w-])margin\s*:\s*0(?:\.0*)?(?:p[tx]|cm|mm|in|em)?\s*(?:;|$|0)", re.I)
_WHITE = frozenset(
    {"#fff", "#ffffff", "white", "rgb(255,255,255)", "#fefefe", "#fffffe", "rgba(255,255,255,1)"}
)
_DROPPED_TAGS = frozenset(
    {"script", "style", "head", "title", "template", "noscript", "object", "svg", "iframe", "form", "select"}
)
_OUTLOOK_RULE = re.compile(
    r"border-top\s*:\s*(?:solid|[\d.]+p[tx] solid)|border\s*:\s*none;\s*border-top", re.I
)


@dataclass(frozen=True)
class HtmlText:
    """`newest` is what stands above and between quotes, `whole` everything visible; `hidden` is text no reader sees."""

    newest: str
    whole: str
    hidden: str
    had_quote: bool
    is_forward: bool


def read_html(source: str) -> HtmlText:
    """Visible text of an HTML mail body; never raises, whatever the markup."""
    source = source[:MAX_HTML_CHARACTERS]
    tree = _parsed(source)
    if tree is None:
        plain = _stripped(source)
        return HtmlText(plain, plain, "", False, False)
    hidden = _remove_hidden(tree)
    _close_paragraphs(tree)
    whole = _as_text(tree)
    is_forward = bool(re.search(r"^-{3,}\s*Forwarded message", whole, re.M))
    had_quote = _remove_quotes(tree, is_forward)
    newest = _as_text(tree) if had_quote else whole
    return HtmlText(newest, whole, hidden, had_quote, is_forward)


def _parsed(source: str) -> HtmlElement | None:
    cleaned = re.sub(r"<\?xml[^>]{0,500}\?>", "", source)
    if not cleaned.strip() or cleaned.count("<") - cleaned.count("</") > MAX_ELEMENTS:
        return None
    try:
        parser = HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
        tree: HtmlElement = document_fromstring(cleaned.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None  # Nothing a parser accepts: the caller strips the tags instead.
    return tree


def _stripped(source: str) -> str:
    """Text of markup too large or too broken for a tree: tags out, entities in, in linear time."""
    without = _without_scripts(source)
    without = re.sub(r"<(?:br|/p|/div|/tr|/li|/h\d)\b[^<>]{0,500}>", "\n", without, flags=re.I)
    return _tidy(html.unescape(re.sub(r"<[^<>]{0,5000}>", "", without)))


_SCRIPT = re.compile(r"<(/?)(script|style)\b[^<>]{0,500}>", re.I)


def _without_scripts(source: str) -> str:
    """Markup without scripts and styles, an unclosed one with all behind it; one pass, where a lazy pattern would look ahead from each."""
    kept: list[str] = []
    begin = 0
    inside = ""
    for tag in _SCRIPT.finditer(source):
        closes, name = tag[1], tag[2].lower()
        if not inside and not closes:
            kept.append(source[begin : tag.start()])
            inside = name
        elif inside == name and closes:
            begin, inside = tag.end(), ""
    return " ".join([*kept, "" if inside else source[begin:]])


def _drop(element: HtmlElement) -> None:
    """Removes an element and its content, keeping the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        previous = element.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _text_of(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def _remove_hidden(tree: HtmlElement) -> str:
    """Takes out what no reader sees and returns its words."""
    hidden: list[str] = []
    for element in list(tree.iter()):
        if not isinstance(element.tag, str):
            continue
        if element.tag in _DROPPED_TAGS:
            if element.tag != "head" or element.getparent() is not None:
                _drop(element)
        elif _is_hidden(element):
            words = _text_of(element)
            if words:
                hidden.append(words)
            _drop(element)
    return "\n".join(hidden)[:20_000]


def _close_paragraphs(tree: HtmlElement) -> None:
    """Makes plain lines of paragraphs without a margin, as Outlook writes each line, and blank lines of blocks that hold a blank."""
    for element in list(tree.iter("p", "div")):
        if element.tag == "p" and (
            _LINE_CLASS.search(element.get("class") or "") or _NO_MARGIN.search(element.get("style") or "")
        ):
            element.tag = "div"
        if element.tag == "div" and _holds_a_blank(element):
            etree.SubElement(element, "br")


def _holds_a_blank(element: HtmlElement) -> bool:
    if len(element) > 1 or any(len(child) or child.tag in ("br", "img", "hr") for child in element):
        return False
    words = (element.text or "") + "".join((child.text or "") + (child.tail or "") for child in element)
    return "\u00a0" in words and not words.strip()


def _is_hidden(element: HtmlElement) -> bool:
    if element.tag in ("html", "body"):
        return False
    if "hidden" in element.attrib or element.get("aria-hidden") == "true" and element.tag != "img":
        return True
    style = element.get("style") or ""
    if style and _HIDDEN_STYLE.search(style):
        return True
    colour = _COLOUR.search(style)
    foreground = _flat(colour[1]) if colour else _flat(element.get("color") or "")
    if not foreground:
        return False
    ground = _background_of(element)
    return foreground == ground or (foreground in _WHITE and ground in _WHITE)


def _flat(colour: str) -> str:
    return re.sub(r"\s+", "", colour).lower()


def _background_of(element: HtmlElement) -> str:
    node: HtmlElement | None = element
    for _ in range(12):
        if node is None:
            break
        match = _BACKGROUND.search(node.get("style") or "")
        if match:
            return _flat(match[1])
        if node.get("bgcolor"):
            return _flat(node.get("bgcolor") or "")
        node = node.getparent()
    return "#ffffff"


def _remove_quotes(tree: HtmlElement, is_forward: bool) -> bool:
    """Drops the quoted mail; a blockquote with the writer's text after it is an inline reply and stays as `> ` lines."""
    found = False
    inline_answers = 0
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if not _is_quote(element):
            continue
        if not is_forward and inline_answers < MAX_INLINE_ANSWERS:
            if _has_answers_after(element):
                inline_answers += 1
                _mark_quoted(element)
                found = True
                continue
            if _holds_answers(element):
                continue
        found = True
        if _cuts_rest(element):
            _drop_following(element)
        _drop(element)
    return found


def _marks(element: HtmlElement) -> set[str]:
    classes = (element.get("class") or "").lower().split()
    return {*classes, (element.get("id") or "").lower()}


def _is_quote(element: HtmlElement) -> bool:
    marks = _marks(element)
    if marks & _QUOTE_CLASSES or marks & _QUOTE_IDS:
        return True
    if element.tag == "blockquote":
        return (
            element.get("type") == "cite"
            or element.get("cite") is not None
            or _is_introduced(_before(element))
        )
    if element.tag == "div" and _OUTLOOK_RULE.search(element.get("style") or ""):
        label = _text_of(element)[:60]
        return bool(words.FROM_LABEL.match(label) or words.OTHER_LABELS["sent"].match(label))
    return False


def _is_introduced(words_before: str) -> bool:
    """Whether the words end as the line does that introduces a quotation; "the seller said:" is the writer's own."""
    if not words_before.endswith((":", "：")):
        return False
    has_date, has_address = words.DATE_HINT.search(words_before), words.ADDRESS_HINT.search(words_before)
    says_written = words.ATTRIBUTION_BARE_END.search(words_before.rstrip(":： "))
    is_attribution = words.ATTRIBUTION_END.search(words_before) and (has_date or has_address)
    return bool(says_written or is_attribution or (has_date and words.ANGLE_ADDRESS.search(words_before)))


def _before(element: HtmlElement) -> str:
    """The words right before the element in its parent."""
    previous = element.getprevious()
    parent = element.getparent()
    words = (
        (previous.tail or "") if previous is not None else (parent.text or "" if parent is not None else "")
    )
    if not words.strip() and previous is not None:
        words = _text_of(previous)
    return words[-300:].strip()


def _cuts_rest(element: HtmlElement) -> bool:
    """Whether all that follows belongs to the quoted mail; behind a line that introduces a quotation answers may stand."""
    following = element.getnext()
    if "moz-cite-prefix" in _marks(element) and following is not None and following.tag == "blockquote":
        return False
    return bool(_marks(element) & _CUTS_THE_REST) or (
        element.tag == "div" and bool(_OUTLOOK_RULE.search(element.get("style") or ""))
    )


def _drop_following(element: HtmlElement) -> None:
    """Drops everything behind the element in document order."""
    node: HtmlElement | None = element
    while node is not None and node.tag != "body":
        for sibling in list(node.itersiblings()):
            sibling.getparent().remove(sibling)
        node.tail = None
        node = node.getparent()


def _has_answers_after(element: HtmlElement) -> bool:
    """True when the writer's own words follow a quoted block: answers under questions, not a signature."""
    if element.tag != "blockquote":
        return False
    if (element.tail or "").strip():
        return True
    for sibling in islice(element.itersiblings(), 12):
        if sibling.tag == "blockquote" or _marks(sibling) & (_SIGNATURE_MARKS | _QUOTE_CLASSES | _QUOTE_IDS):
            return False
        words = " ".join("".join(islice(sibling.itertext(), 50)).split())
        if words.startswith("-- ") or words == "--":
            return False
        if words or (sibling.tail or "").strip():
            return True
    return False


def _holds_answers(element: HtmlElement) -> bool:
    """True for a container, not itself a quotation, in which the writer answered between quoted blocks."""
    if element.tag == "blockquote" or _cuts_rest(element):
        return False
    return any(_has_answers_after(child) for child in islice(element.iterchildren("blockquote"), 50))


def _mark_quoted(element: HtmlElement) -> None:
    lines = [" ".join(line.split()) for line in _as_text(element).splitlines() if line.strip()]
    tail = element.tail
    for child in list(element):
        element.remove(child)
    element.text = ""
    for line in lines:
        piece = etree.SubElement(element, "div")
        piece.text = "> " + line
    element.tag = "div"
    element.tail = tail


_CSS = CSS_PROFILES["relaxed"].copy()
_CSS["blockquote"] = _CSS["p"]
del _CSS["span"]  # It puts blanks around; a span may hold half a word.


def _as_text(tree: HtmlElement) -> str:
    text = Inscriptis(tree, ParserConfig(css=_CSS, display_links=False, display_images=False)).get_text()
    return _tidy(text)


_ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")


def _tidy(text: str) -> str:
    """Same words, no layout padding: indents and runs of blank lines carry no meaning in a mail."""
    text = _ZERO_WIDTH.sub("", clean_text(text)).replace("\u00a0", " ")
    lines = [re.sub(r"[ \t\x0b\x0c]+", " ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
