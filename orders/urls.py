"""What clients open from our mails about their orders, and what programs ask; the console's pages are the admin's."""

from django.urls import path

from orders.api import ApplyFix, ExceptionList, ExceptionRow, OrderRow, Orders, UndoFix, ValidateOrder
from orders.views import answer_checklist

app_name = "orders"

urlpatterns = [
    path("answers/<str:token>", answer_checklist, name="answer"),
    path("api/v1/orders", Orders.as_view(), name="orders"),
    path("api/v1/orders/validate", ValidateOrder.as_view(), name="validate"),
    path("api/v1/orders/<int:pk>", OrderRow.as_view(), name="order"),
    path("api/v1/exceptions", ExceptionList.as_view(), name="exceptions"),
    path("api/v1/exceptions/<int:pk>", ExceptionRow.as_view(), name="exception"),
    path("api/v1/exceptions/<int:pk>/apply-fix", ApplyFix.as_view(), name="apply_fix"),
    path("api/v1/exceptions/<int:pk>/undo-fix", UndoFix.as_view(), name="undo_fix"),
]
