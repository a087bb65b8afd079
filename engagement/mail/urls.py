"""What people who get our mail open, and where providers tell us of it; the console's pages are the admin's."""

from django.urls import path

from engagement.mail.api import ring_gmail, take_provider_event
from engagement.mail.suppression_api import LiftSuppression, SuppressionRow, Suppressions
from engagement.mail.views import choose_preferences

app_name = "mail"

urlpatterns = [
    path("messages/<str:token>", choose_preferences, name="preferences"),
    path("api/cron/gmail", ring_gmail, name="ring_gmail"),
    path("api/v1/suppressions", Suppressions.as_view(), name="suppressions"),
    path("api/v1/suppressions/<int:pk>", SuppressionRow.as_view(), name="suppression"),
    path("api/v1/suppressions/<int:pk>/lift", LiftSuppression.as_view(), name="lift_suppression"),
    path("api/webhooks/<slug:provider>", take_provider_event, name="webhook"),
]
