"""Signing in, as a person does it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_a_person_signs_in_and_sees_the_home_page(open_window, width, meridian):
    User.objects.create_superuser("dana", password="unguessable")
    window = open_window(width)
    page = window.open("/admin/")
    window.expect_sound()
    page.get_by_label("Username").fill("dana")
    page.get_by_label("Password").fill("unguessable")
    window.press("Log in")
    assert page.url == f"{window.address}/admin/"
    assert page.get_by_text("Meridian Valuation Services").first.is_visible()
    window.expect_sound()


def test_a_wrong_password_is_refused_in_words(open_window, width, meridian):
    User.objects.create_superuser("dana", password="unguessable")
    window = open_window(width)
    page = window.open("/admin/")
    page.get_by_label("Username").fill("dana")
    page.get_by_label("Password").fill("something else")
    window.press("Log in")
    assert page.get_by_text("Please enter the correct username and password").is_visible()
    window.expect_sound()
