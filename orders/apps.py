from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """Orders, prices and clients' credit: taking orders in, judging them, and fixing what is safe to fix."""

    name = "orders"
    verbose_name = "Orders"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from agent.registry import registry
        from documents.sources import sources
        from orders.engine import OrdersEngine
        from orders.services.documents import OrderDocuments

        registry.register(OrdersEngine())
        sources.register(OrderDocuments())
