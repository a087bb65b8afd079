"""The addresses that people who get our mail open; the console's pages are the admin's."""

from django.urls import path

from engagement.mail.views import choose_preferences

app_name = "mail"

urlpatterns = [
    path("messages/<str:token>", choose_preferences, name="preferences"),
]
