"""Addresses of the API that belong to the kernel; each domain adds its own."""

from django.urls import path

from agent.alerts.api import AcknowledgeAlert, AlertList, AlertRow
from agent.rest.administration import Administration, AgentHealth
from agent.rest.resources import (
    ApprovalList,
    ApprovalRow,
    ApproveCard,
    CardList,
    CardRow,
    EventList,
    EventRow,
    RejectCard,
    RunList,
    RunRow,
)
from agent.rest.schema import show_docs, show_schema

app_name = "rest"

urlpatterns = [
    path("api/schema/", show_schema, name="schema"),
    path("api/docs/", show_docs, name="docs"),
    path("api/admin/agent", Administration.as_view(), name="administration"),
    path("api/admin/agent/health", AgentHealth.as_view(), name="health"),
    path("api/v1/cards", CardList.as_view(), name="cards"),
    path("api/v1/cards/<int:pk>", CardRow.as_view(), name="card"),
    path("api/v1/approvals", ApprovalList.as_view(), name="approvals"),
    path("api/v1/approvals/<int:pk>", ApprovalRow.as_view(), name="approval"),
    path("api/v1/approvals/<int:pk>/approve", ApproveCard.as_view(), name="approve"),
    path("api/v1/approvals/<int:pk>/reject", RejectCard.as_view(), name="reject"),
    path("api/v1/runs", RunList.as_view(), name="runs"),
    path("api/v1/runs/<int:pk>", RunRow.as_view(), name="run"),
    path("api/v1/events", EventList.as_view(), name="events"),
    path("api/v1/events/<int:pk>", EventRow.as_view(), name="event"),
    path("api/v1/alerts", AlertList.as_view(), name="alerts"),
    path("api/v1/alerts/<int:pk>", AlertRow.as_view(), name="alert"),
    path("api/v1/alerts/<int:pk>/acknowledge", AcknowledgeAlert.as_view(), name="acknowledge_alert"),
]
