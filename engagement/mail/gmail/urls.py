"""The addresses of connecting a mailbox; its pages are the admin's."""

from django.urls import path

from engagement.mail.gmail.views import come_back, give_access_back, go_to_google

app_name = "gmail"

urlpatterns = [
    path("console/gmail/<int:mailbox_id>/connect", go_to_google, name="connect"),
    path("console/gmail/<int:account_id>/disconnect", give_access_back, name="disconnect"),
    path("console/gmail/callback", come_back, name="callback"),
]
