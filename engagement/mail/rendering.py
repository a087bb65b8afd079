"""What a message says: the templates under `templates/mail/`, filled in for one person.

What lives here: subject and text, the greeting, and which variables stayed unfilled. What does not: headers and
bytes (`engagement.mail.outbound`). Values come from contacts, clients and mail: they are data, and a value that
looks like a template is shown as it is and never run.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.template import Context, Engine, TemplateDoesNotExist

from agent.models import Tenant
from engagement.mail.models import Stream
from engagement.models import ClientType, Contact

_NAME = re.compile(r"[a-z_]{1,40}/[a-z_]{1,60}")
# What the template engine writes for a variable it cannot resolve. Private-use characters: no value holds them.
_OPEN, _CLOSE = "\ue000", "\ue001"
_UNRESOLVED = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
_LEFT_OVER = re.compile(r"\{\{\s*([^{}]{1,80}?)\s*\}\}|\{%[^{}]{0,80}%\}")
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class Rendered:
    """A message's words. `unresolved` names the variables that were not filled in; such a message is never sent.

    `footer` stands below the text: why the person gets this, and how to stop it. Transactional messages have none.
    """

    subject: str
    text: str
    unresolved: tuple[str, ...]
    footer: str = ""


def render_message(
    *,
    template: str,
    variables: Mapping[str, Any],
    contact: Contact | None,
    tenant: Tenant,
    reply_address: str,
    stream: str,
    opt_out_url: str = "",
) -> Rendered:
    """The subject and text of `template` (such as `engagement/check_in`) for one contact.

    Every template may use `greeting`, `contact`, `company`, `tenant_name` and `reply_address` beside its own
    variables; `company` is the client that the contact works for, and is absent for a private person. A variable
    that is absent, None or blank counts as unresolved wherever the template prints it.
    """
    if not _NAME.fullmatch(template):
        return Rendered("", "", (f"template {template!r}",))
    own = {
        "greeting": greet(contact),
        "contact": {"first_name": contact.first_name, "last_name": contact.last_name} if contact else None,
        "company": _company_of(contact),
        "tenant_name": tenant.name,
        "reply_address": reply_address,
    }
    # Plain text: nothing is escaped, because nothing is interpreted by whoever reads it.
    context = Context(_filled({**variables, **own}), autoescape=False)
    try:
        subject = _engine().get_template(f"{template}.subject.txt").render(context)
        text = _engine().get_template(f"{template}.txt").render(context)
    except TemplateDoesNotExist as missing:
        return Rendered("", "", (f"template {missing}",))
    return Rendered(
        subject=" ".join(subject.split()),
        text=_BLANK_LINES.sub("\n\n", text).strip() + "\n",
        unresolved=_unresolved_in(subject + text),
        footer="" if stream == Stream.TRANSACTIONAL else _footer(stream, tenant, opt_out_url),
    )


def _footer(stream: str, tenant: Tenant, opt_out_url: str) -> str:
    context = {"stream": stream, "tenant_name": tenant.name, "opt_out_url": opt_out_url}
    return _engine().get_template("footer.txt").render(Context(context, autoescape=False))


def greet(contact: Contact | None) -> str:
    """The salutation: by first name, or without a name where several people read the mailbox."""
    if contact is None or contact.is_shared_mailbox or not contact.first_name.strip():
        return "Hello,"
    return f"Hello {' '.join(contact.first_name.split())},"


def _company_of(contact: Contact | None) -> str:
    """The client whose people this contact is one of."""
    client = contact.client if contact is not None else None
    return "" if client is None or client.client_type == ClientType.PRIVATE else client.name


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that say something; the rest is left out, so that the template engine reports it."""
    filled: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            filled[name] = _filled(value)
        elif isinstance(value, str):
            if text := _PRIVATE_USE.sub("", value).strip():
                filled[name] = text
        elif value is not None:
            filled[name] = value
    return filled


def _unresolved_in(text: str) -> tuple[str, ...]:
    """Names of unfilled variables, in order, also of placeholders that a value brought along."""
    names = [match[1] for match in _UNRESOLVED.finditer(text)]
    names += [(match[1] or match[0]).strip() for match in _LEFT_OVER.finditer(text)]
    return tuple(dict.fromkeys(names))


@cache
def _engine() -> Engine:
    """The templates of mail, with a mark where a variable could not be resolved."""
    return Engine(dirs=[settings.REPOSITORY / "templates" / "mail"], string_if_invalid=f"{_OPEN}%s{_CLOSE}")
