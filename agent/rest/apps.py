from django.apps import AppConfig


class RestConfig(AppConfig):
    """The API for other programs: tokens, answers kept for repeated requests, and what every resource has in common."""

    name = "agent.rest"
    label = "rest"
    verbose_name = "API"
    default_auto_field = "django.db.models.BigAutoField"
