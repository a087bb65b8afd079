from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """What an operator must be told: conditions, alerts, notices, automatic demotion, and the watch over all of it."""

    name = "agent.alerts"
    verbose_name = "Alerts"
    default_auto_field = "django.db.models.BigAutoField"
