"""The window itself: it notices each kind of fault that the other tests rely on it to notice."""

from __future__ import annotations

import pytest

from tests.browser.conftest import TELEPHONE

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

SOUND = "<html lang=en><title>A page</title><main><h1>A page</h1>{}</main>"


@pytest.fixture
def window(open_window):
    return open_window(TELEPHONE)


def test_a_sound_page_has_nothing_wrong_with_it(window):
    window.page.set_content(SOUND.format("<p>Everything is to be seen.</p>"))
    window.expect_sound()


@pytest.mark.parametrize(
    "body",
    [
        "<p style='width: 9rem; overflow: hidden; white-space: nowrap'>More than there is room for here</p>",
        "<p style='height: 1rem; overflow: hidden; width: 5rem'>More than there is room for here</p>",
        "<p style='white-space: nowrap; width: 60rem'>Further than the window</p>",
        "<p style='position: absolute; left: -3rem'>Begins beside the window</p>",
    ],
)
def test_text_that_is_cut_off_is_found(window, body):
    window.page.set_content(SOUND.format(body))
    assert window.find_cut_off() != []


def test_text_that_can_be_scrolled_to_is_not_cut_off(window):
    body = (
        "<div tabindex=0 style='overflow-x: auto'><p style='width: 60rem'>Wide, and to be scrolled</p></div>"
    )
    window.page.set_content(SOUND.format(body))
    assert window.find_cut_off() == []


def test_a_barrier_is_found(window):
    window.page.set_content(SOUND.format("<p style='color: #ddd'>Pale</p><img src='data:,'><input>"))
    found = " ".join(window.find_barriers())
    assert all(word in found for word in ("color-contrast", "image-alt", "label"))


def test_an_error_of_the_console_and_a_request_to_another_machine_are_faults(window):
    page = window.open("/admin/login/")
    page.evaluate("console.error('something broke')")
    page.evaluate("fetch('https://fonts.example.com/font.woff2').catch(() => null)")
    page.evaluate("fetch('/nowhere')")
    page.wait_for_load_state("networkidle")
    told = " ".join(window.faults)
    assert all(word in told for word in ("something broke", "fonts.example.com", "answer 404"))
