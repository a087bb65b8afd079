"""The console's pages of mail: conversations, messages as plain text, bounces, suppressions and mailboxes."""

from engagement.mail.admin.mailboxes import MailboxAdmin
from engagement.mail.admin.messages import AttachmentAdmin, MessageAdmin, SentToAdmin, ThreadAdmin
from engagement.mail.admin.suppression import BounceAdmin, EmailSuppressionAdmin

__all__ = [
    "AttachmentAdmin",
    "BounceAdmin",
    "EmailSuppressionAdmin",
    "MailboxAdmin",
    "MessageAdmin",
    "SentToAdmin",
    "ThreadAdmin",
]
