from django.apps import AppConfig


class GmailConfig(AppConfig):
    """Mailboxes at Gmail: their connection, reading what is new in them, and sending through them."""

    name = "engagement.mail.gmail"
    label = "gmail"
    verbose_name = "Gmail"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.core.checks import Tags, register

        from agent.registry import registry
        from engagement.mail.gmail.checks import check_connected_mailboxes, check_settings
        from engagement.mail.gmail.engine import GmailEngine

        registry.register(GmailEngine())
        register(check_settings, Tags.security)
        register(check_connected_mailboxes, Tags.database)
