"""What clients open from our mails about their orders; the console's pages are the admin's."""

from django.urls import path

from orders.views import answer_checklist

app_name = "orders"

urlpatterns = [path("answers/<str:token>", answer_checklist, name="answer")]
