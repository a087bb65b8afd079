"""The console's pages of mail: conversations, messages as plain text, suppressions, mailboxes, and what failed."""

from engagement.mail.admin.failures import ProviderFailureAdmin
from engagement.mail.admin.links import MailLinkAdmin
from engagement.mail.admin.mailboxes import MailboxAdmin
from engagement.mail.admin.messages import AttachmentAdmin, MessageAdmin, SentToAdmin, ThreadAdmin
from engagement.mail.admin.provider_events import ProviderEventAdmin
from engagement.mail.admin.sending_domains import DomainCheckAdmin
from engagement.mail.admin.suppression import BounceAdmin, EmailSuppressionAdmin

__all__ = [
    "AttachmentAdmin",
    "BounceAdmin",
    "DomainCheckAdmin",
    "EmailSuppressionAdmin",
    "MailLinkAdmin",
    "MailboxAdmin",
    "MessageAdmin",
    "ProviderEventAdmin",
    "ProviderFailureAdmin",
    "SentToAdmin",
    "ThreadAdmin",
]
