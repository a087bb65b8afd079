"""The kernel's own addresses; the console's pages are the admin's."""

from django.urls import path

from agent.api import ring_cycles
from agent.views import show_alive, show_ready, switch_tenant

app_name = "agent"

urlpatterns = [
    path("console/tenant/", switch_tenant, name="switch_tenant"),
    path("api/cron/agent", ring_cycles, name="ring_cycles"),
    path("livez", show_alive, name="livez"),
    path("readyz", show_ready, name="readyz"),
]
