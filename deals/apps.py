from django.apps import AppConfig


class DealsConfig(AppConfig):
    """Business being won: deals, their stages and what was done about them."""

    name = "deals"
    verbose_name = "Deals"
    default_auto_field = "django.db.models.BigAutoField"
