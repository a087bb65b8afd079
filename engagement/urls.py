"""Addresses of the API that belong to contacts; the console's pages are the admin's."""

from django.urls import path

from engagement.api import ContactList, ContactRow

app_name = "engagement"

urlpatterns = [
    path("api/v1/contacts", ContactList.as_view(), name="contacts"),
    path("api/v1/contacts/<int:pk>", ContactRow.as_view(), name="contact"),
]
