from django.apps import AppConfig


class AgentSiteConfig(AppConfig):
    """The site: settings, doors, schedule, embedded servers and the demo desk. Has no tables of its own."""

    name = "agent_site"
    verbose_name = "Site"
