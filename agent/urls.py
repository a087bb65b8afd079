"""The kernel's own addresses; the console's pages are the admin's."""

from django.urls import path

from agent.api import ring_clean_up, ring_cycles, show_metrics
from agent.views import show_alive, show_ready, switch_tenant

app_name = "agent"

urlpatterns = [
    path("console/tenant/", switch_tenant, name="switch_tenant"),
    path("api/cron/agent", ring_cycles, name="ring_cycles"),
    path("api/agent/chat/cleanup", ring_clean_up, name="ring_clean_up"),
    path("metrics", show_metrics, name="metrics"),
    path("livez", show_alive, name="livez"),
    path("readyz", show_ready, name="readyz"),
]
