from django.apps import AppConfig


class MetricsConfig(AppConfig):
    """The figures a monitoring system reads, computed from the database."""

    name = "agent.metrics"
    label = "metrics"
    verbose_name = "Metrics"
    default_auto_field = "django.db.models.BigAutoField"
