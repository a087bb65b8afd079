from django.apps import AppConfig


class MailConfig(AppConfig):
    """Mail in and out: reading, storing, suppression, delivery, and the requests that clients make by mail."""

    name = "engagement.mail"
    label = "mail"
    verbose_name = "Mail"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.core.checks import register

        from agent.registry import registry
        from documents.sources import sources
        from engagement.mail.attachments import MailAttachments
        from engagement.mail.checks import check_public_url, check_signing_secret
        from engagement.mail.engine import MailEngine

        registry.register(MailEngine())
        sources.register(MailAttachments())
        register(check_public_url, "mail", deploy=True)
        register(check_signing_secret, "mail", deploy=True)
