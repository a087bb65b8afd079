"""The addresses of the site: the operator console, the kernel's own, and those that recipients of mail open."""

from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from agent.rest.problems import find_nothing

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index")),
    path("admin/", admin.site.urls),
    path("", include("agent.urls")),
    path("", include("agent.rest.urls")),
    path("", include("documents.urls")),
    path("", include("engagement.urls")),
    path("", include("engagement.mail.urls")),
    path("", include("engagement.mail.gmail.urls")),
    path("", include("orders.urls")),
    # Last: what no other address of the API is.
    re_path(r"^api(?:/.*)?$", find_nothing),
]
