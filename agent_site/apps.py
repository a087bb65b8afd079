import gc

from django.apps import AppConfig


class AgentSiteConfig(AppConfig):
    """The site: settings, doors, schedule, embedded servers and the demo desk. Has no tables of its own."""

    name = "agent_site"
    verbose_name = "Site"

    def ready(self) -> None:
        """Make this project's Celery application the one that shared tasks are sent through."""
        from django.core.checks import Tags, register

        from agent_site import checks
        from agent_site.celery import create_broker_folders

        create_broker_folders()
        for check in (checks.check_secret_key, checks.check_shared_secrets, checks.check_webhook_signature):
            register(check, Tags.security, deploy=True)
        # Every model is loaded, and stays to the end of the process: full collections need not look at any of it.
        gc.freeze()
